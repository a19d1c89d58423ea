//! Texts, years, what may be left out, and lists in a file.

use std::any::Any;

use super::numbers::read_code;
use super::{Entry, Leaf, LeafMut};
use crate::scenario::currency::CurrencyCode;
use crate::scenario::field::{Field, ROOT};
use crate::scenario::messages;
use crate::scenario::parameters::{Keys, Layout};
use crate::scenario::read::Reader;
use crate::scenario::tree::{Node, NodeKind};
use crate::scenario::write::Writer;

impl Entry for String {
    type Slots = Self;

    fn read(node: &Node, _: &'static Field, reader: &mut Reader<'_>) -> Self {
        reader.text(node)
    }

    fn absent(_: &'static Field) -> Self {
        Self::new()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_empty()
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.quoted(self);
    }

    /// What no run reads makes no difference between two layouts.
    fn lay(&self, _: &'static Field, layout: &mut Layout<'_>) -> Self {
        if layout.is_read() { self.clone() } else { Self::new() }
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, self);
    }
}

impl Entry for CurrencyCode {
    type Slots = String;

    fn read(node: &Node, _: &'static Field, reader: &mut Reader<'_>) -> Self {
        Self(read_code(node, reader))
    }

    fn absent(_: &'static Field) -> Self {
        Self::default()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.0.is_empty()
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.value(&self.0);
    }

    fn lay(&self, _: &'static Field, _: &mut Layout<'_>) -> String {
        self.0.clone()
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, &self.0);
    }
}

impl Entry for i32 {
    type Slots = Self;

    fn read(node: &Node, _: &'static Field, reader: &mut Reader<'_>) -> Self {
        reader.year(node).unwrap_or(0)
    }

    #[allow(clippy::cast_possible_truncation)]
    fn absent(field: &'static Field) -> Self {
        field.default.unwrap_or(0.0) as Self
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        field.default == Some(f64::from(*self))
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.value(&self.to_string());
    }

    fn lay(&self, _: &'static Field, _: &mut Layout<'_>) -> Self {
        *self
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, &self.to_string());
    }
}

impl<T: Entry> Entry for Option<T> {
    type Slots = Option<T::Slots>;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        (!reader.is_word(node, "None")).then(|| T::read(node, field, reader))
    }

    fn absent(_: &'static Field) -> Self {
        None
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_none()
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        match self {
            Some(value) => value.write(field, writer),
            None => writer.value("None"),
        }
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> Self::Slots {
        self.as_ref().map(|value| value.lay(field, layout))
    }

    fn part(&self, path: &str) -> Option<&dyn Any> {
        self.as_ref()?.part(path)
    }

    fn part_mut(&mut self, path: &str) -> Option<&mut dyn Any> {
        self.as_mut()?.part_mut(path)
    }

    fn begin(&mut self, path: &str) {
        let section = self.get_or_insert_with(|| T::absent(&ROOT));
        section.begin(path);
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        if let Some(value) = self {
            value.walk(path, field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        if let Some(value) = self {
            value.walk_mut(path, field, see);
        }
    }

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        if let Some(value) = self {
            value.walk_words(path, field, see);
        }
    }

    fn key(&self) -> String {
        self.as_ref().map_or_else(String::new, Entry::key)
    }

    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        T::describe(path, field, see);
    }
}

impl<T: Entry> Entry for Vec<T> {
    type Slots = Vec<T::Slots>;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        let NodeKind::List(items) = &node.kind else {
            let hint = matches!(node.kind, NodeKind::Struct(..)).then(messages::list_wanted_hint);
            reader.error(node, "wrong-type", messages::list_wanted(node.kind_name()), hint);
            return Self::new();
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| reader.within(index, item, |node, reader| T::read(node, field, reader)))
            .collect()
    }

    fn absent(_: &'static Field) -> Self {
        Self::new()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_empty()
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        writer.open("[");
        for item in self {
            writer.item(|writer| item.write(field, writer));
        }
        writer.close("]");
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> Self::Slots {
        let mut keys = Keys::default();
        let start = layout.len();
        let mut slots = Vec::with_capacity(self.len());
        for (index, item) in self.iter().enumerate() {
            slots.push(layout.item(index, || keys.tell(item.key()), |layout| item.lay(field, layout)));
            if index == 0 {
                layout.expect_like(start, self.len() - 1);
            }
        }
        slots
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        for (index, item) in self.iter().enumerate() {
            item.walk(&format!("{path}[{index}]"), field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        for (index, item) in self.iter_mut().enumerate() {
            item.walk_mut(&format!("{path}[{index}]"), field, see);
        }
    }

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        for (index, item) in self.iter().enumerate() {
            item.walk_words(&format!("{path}[{index}]"), field, see);
        }
    }

    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        T::describe(&format!("{path}[]"), field, see);
    }
}
