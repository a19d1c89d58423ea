//! One declaration per input. The [`section!`](crate::section) macro turns it into the field of a struct, a line
//! of the file format, a slot of the parameter vector and an entry of the registry, so that the four cannot differ.

mod numbers;
mod words;

use std::any::Any;

use super::field::Field;
use super::parameters::Layout;
use super::read::Reader;
use super::tree::Node;
use super::write::Writer;
use super::{Quantity, YearPath};

/// A number or path met on a walk through a scenario.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A single number.
    Number(&'a Quantity),
    /// A path of numbers.
    Path(&'a YearPath),
}

/// The same, to be changed.
#[derive(Debug)]
pub enum LeafMut<'a> {
    /// A single number.
    Number(&'a mut Quantity),
    /// A path of numbers.
    Path(&'a mut YearPath),
}

/// Something that can stand in a scenario file.
pub trait Entry: Sized + 'static {
    /// Where its numbers stand in the parameter vector; words and texts stand for themselves.
    type Slots: Clone + std::fmt::Debug + Eq;

    /// Reads it, reporting what is wrong.
    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self;
    /// What it is when it is not written.
    fn absent(field: &'static Field) -> Self;
    /// Whether writing it can be spared because reading would bring the same back.
    fn is_absent(&self, field: &'static Field) -> bool;
    /// Writes its value.
    fn write(&self, field: &'static Field, writer: &mut Writer);
    /// The word that it puts before the bracket of the section in which it stands.
    fn word(&self) -> &'static str {
        ""
    }
    /// Gives its numbers a place in the parameter vector.
    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> Self::Slots;
    /// Shows each number with its path.
    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>));
    /// The same, to change them.
    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>));
    /// Shows each word, text and year with its path: what [`walk`](Entry::walk) passes over.
    fn walk_words(&self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, &str)) {}
    /// What tells it from its like in a list; empty where nothing does.
    fn key(&self) -> String {
        let mut key = String::new();
        self.walk_words("", &super::field::ROOT, &mut |_, field, word| {
            if field.key && !word.is_empty() {
                if !key.is_empty() {
                    key.push('/');
                }
                key.push_str(word);
            }
        });
        key
    }
    /// What stands at a path below, as what it is; none where a section around it is left out.
    fn part(&self, path: &str) -> Option<&dyn Any> {
        path.is_empty().then_some(self as &dyn Any)
    }
    /// The same, to change it.
    fn part_mut(&mut self, path: &str) -> Option<&mut dyn Any> {
        path.is_empty().then_some(self as &mut dyn Any)
    }
    /// Writes a section that is left out at a path below, with its defaults.
    fn begin(&mut self, _path: &str) {}
    /// Lists every field below, whether or not a scenario fills it.
    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        see(path, field);
    }
}

/// A group of fields.
pub trait Section: Entry {
    /// Its fields, in file order.
    const FIELDS: &'static [Field];

    /// Writes its fields without a bracket around them.
    fn write_fields(&self, writer: &mut Writer);

    /// Default of one of its numbers, where a scenario leaves the whole section out.
    #[must_use]
    fn default_of(name: &str) -> f64 {
        let field = Self::FIELDS.iter().find(|field| field.name == name);
        field.and_then(|field| field.default).unwrap_or(0.0)
    }
}

/// Declares a section: struct, file format, slots of the parameter vector and registry entries in one.
#[macro_export]
macro_rules! section {
    (
        $(#[doc = $about:literal])*
        pub struct $Name:ident / $Slots:ident {
            $( $(#[doc = $doc:literal])+ $field:ident : $ty:ty = $spec:expr; )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Name { $( $(#[doc = $doc])+ pub $field: $ty, )* }

        #[doc = concat!("Where the numbers of [`", stringify!($Name), "`] stand in the parameter vector.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $Slots { $( $(#[doc = $doc])+ pub $field: <$ty as $crate::scenario::registry::Entry>::Slots, )* }

        impl Default for $Name {
            /// What holds where nothing is written.
            fn default() -> Self { $crate::scenario::registry::Entry::absent(&$crate::scenario::field::ROOT) }
        }

        impl $crate::scenario::registry::Section for $Name {
            const FIELDS: &'static [$crate::scenario::field::Field] =
                &[ $( $spec.named(stringify!($field), concat!($($doc),+)) ),* ];

            fn write_fields(&self, writer: &mut $crate::scenario::write::Writer) {
                use $crate::scenario::registry::Entry;
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field");
                   if writer.wants(field, self.$field.is_absent(field)) {
                       writer.field(field, |writer| self.$field.write(field, writer));
                   } )*
            }
        }

        #[allow(unused_assignments, unused_imports, unused_mut, unused_variables)]
        impl $crate::scenario::registry::Entry for $Name {
            type Slots = $Slots;

            fn read(
                node: &$crate::scenario::tree::Node,
                _: &'static $crate::scenario::field::Field,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Self {
                use $crate::scenario::registry::{Entry, Section};
                let parts = reader.open(node, Self::FIELDS);
                let mut at = 0;
                Self { $( $field: {
                    let field = &Self::FIELDS[at];
                    let part = parts[at];
                    at += 1;
                    match part {
                        Some(node) => reader.part(field, node, |node, reader| <$ty as Entry>::read(node, field, reader)),
                        None => <$ty as Entry>::absent(field),
                    }
                } ),* }
            }

            fn absent(_: &'static $crate::scenario::field::Field) -> Self {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                Self { $( $field: <$ty as Entry>::absent(fields.next().expect("a field")) ),* }
            }

            fn is_absent(&self, _: &'static $crate::scenario::field::Field) -> bool {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                true $( && self.$field.is_absent(fields.next().expect("a field")) )*
            }

            fn write(&self, _: &'static $crate::scenario::field::Field, writer: &mut $crate::scenario::write::Writer) {
                use $crate::scenario::registry::{Entry, Section};
                $( writer.value(self.$field.word()); )*
                writer.open("(");
                self.write_fields(writer);
                writer.close(")");
            }

            fn lay(
                &self,
                _: &'static $crate::scenario::field::Field,
                layout: &mut $crate::scenario::parameters::Layout<'_>,
            ) -> $Slots {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                $Slots { $( $field: {
                    let field = fields.next().expect("a field");
                    layout.within(field, |layout| self.$field.lay(field, layout))
                } ),* }
            }

            fn walk<'a>(
                &'a self,
                path: &str,
                _: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::Leaf<'a>),
            ) {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk(&field.below(path), field, see); )*
            }

            fn walk_mut(
                &mut self,
                path: &str,
                _: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::LeafMut<'_>),
            ) {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk_mut(&field.below(path), field, see); )*
            }

            fn walk_words(
                &self,
                path: &str,
                _: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, &str),
            ) {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk_words(&field.below(path), field, see); )*
            }

            fn part(&self, path: &str) -> Option<&dyn std::any::Any> {
                use $crate::scenario::registry::Entry;
                let (name, rest) = path.split_once('.').unwrap_or((path, ""));
                match name {
                    "" => Some(self as &dyn std::any::Any),
                    $( stringify!($field) => Entry::part(&self.$field, rest), )*
                    _ => None,
                }
            }

            fn part_mut(&mut self, path: &str) -> Option<&mut dyn std::any::Any> {
                use $crate::scenario::registry::Entry;
                let (name, rest) = path.split_once('.').unwrap_or((path, ""));
                match name {
                    "" => Some(self as &mut dyn std::any::Any),
                    $( stringify!($field) => Entry::part_mut(&mut self.$field, rest), )*
                    _ => None,
                }
            }

            fn begin(&mut self, path: &str) {
                use $crate::scenario::registry::Entry;
                let (name, rest) = path.split_once('.').unwrap_or((path, ""));
                match name {
                    $( stringify!($field) => Entry::begin(&mut self.$field, rest), )*
                    _ => {}
                }
            }

            fn describe(
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field),
            ) {
                use $crate::scenario::registry::{Entry, Section};
                see(path, field);
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); <$ty as Entry>::describe(&field.below(path), field, see); )*
            }
        }
    };
}

/// Declares the kinds in which a section comes: an enum whose variants hold the fields of each. In a file the word of the
/// kind stands before the bracket of the section, `grant(name: ..., commitment: ...)`, and its fields among the others.
#[macro_export]
macro_rules! kinds {
    (
        $(#[doc = $about:literal])*
        pub enum $Name:ident / $Slots:ident { $( $(#[doc = $doc:literal])+ $Variant:ident($Fields:ident) = $word:literal, )* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $Name { $( $(#[doc = $doc])+ $Variant($Fields), )* }

        #[doc = concat!("Where the numbers of [`", stringify!($Name), "`] stand in the parameter vector.")]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $Slots { $( $(#[doc = $doc])+ $Variant(<$Fields as $crate::scenario::registry::Entry>::Slots), )* }

        impl $Name {
            /// All of them, in order.
            pub const KINDS: &'static [$crate::scenario::field::Kind] = &[ $( $crate::scenario::field::Kind {
                name: $word,
                doc: concat!($($doc),+),
                fields: <$Fields as $crate::scenario::registry::Section>::FIELDS,
            } ),* ];

            /// The word in files and tables.
            #[must_use]
            pub const fn name(&self) -> &'static str { match self { $( Self::$Variant(_) => $word, )* } }

            /// The kind that a word names, with its defaults; what must be written is nothing.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                $( if word == $word {
                    return Some(Self::$Variant($crate::scenario::registry::Entry::absent(&$crate::scenario::field::ROOT)));
                } )*
                None
            }
        }

        impl $crate::scenario::registry::Entry for $Name {
            type Slots = $Slots;

            fn read(
                node: &$crate::scenario::tree::Node,
                field: &'static $crate::scenario::field::Field,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Self {
                if let Some((word, node)) = reader.kind(node, Self::KINDS) {
                    $( if word == $word {
                        return Self::$Variant($crate::scenario::registry::Entry::read(&node, field, reader));
                    } )*
                }
                Self::absent(field)
            }

            fn absent(field: &'static $crate::scenario::field::Field) -> Self {
                type Absent = fn(&'static $crate::scenario::field::Field) -> $Name;
                let all: &[Absent] = &[ $( |field| Self::$Variant($crate::scenario::registry::Entry::absent(field)) ),* ];
                all[0](field)
            }

            fn is_absent(&self, _: &'static $crate::scenario::field::Field) -> bool { false }

            fn write(&self, _: &'static $crate::scenario::field::Field, writer: &mut $crate::scenario::write::Writer) {
                match self { $( Self::$Variant(fields) => $crate::scenario::registry::Section::write_fields(fields, writer), )* }
            }

            fn word(&self) -> &'static str { self.name() }

            fn part(&self, path: &str) -> Option<&dyn std::any::Any> {
                match self { $( Self::$Variant(fields) => fields.part(path), )* }
            }

            fn part_mut(&mut self, path: &str) -> Option<&mut dyn std::any::Any> {
                match self { $( Self::$Variant(fields) => fields.part_mut(path), )* }
            }

            fn begin(&mut self, path: &str) {
                match self { $( Self::$Variant(fields) => fields.begin(path), )* }
            }

            fn lay(
                &self,
                field: &'static $crate::scenario::field::Field,
                layout: &mut $crate::scenario::parameters::Layout<'_>,
            ) -> $Slots {
                match self { $( Self::$Variant(fields) => $Slots::$Variant(fields.lay(field, layout)), )* }
            }

            fn walk<'a>(
                &'a self,
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::Leaf<'a>),
            ) {
                match self { $( Self::$Variant(fields) => fields.walk(path, field, see), )* }
            }

            fn walk_mut(
                &mut self,
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::LeafMut<'_>),
            ) {
                match self { $( Self::$Variant(fields) => fields.walk_mut(path, field, see), )* }
            }

            fn walk_words(
                &self,
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, &str),
            ) {
                see(&$crate::scenario::field::join(path, field.name), field, self.name());
                match self { $( Self::$Variant(fields) => fields.walk_words(path, field, see), )* }
            }

            fn describe(
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field),
            ) {
                see(&$crate::scenario::field::join(path, field.name), field);
                let mut seen = std::collections::BTreeSet::new();
                // What several kinds have is told once.
                $( <$Fields as $crate::scenario::registry::Entry>::describe(path, field, &mut |below, field| {
                    if below != path && seen.insert(below.to_owned()) {
                        see(below, field);
                    }
                }); )*
            }
        }
    };
}

/// Declares a choice: an enum whose variants are words of the file format.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $about:literal])*
        pub enum $Name:ident { $( $(#[doc = $doc:literal])+ $Variant:ident = $word:literal, )* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $( $(#[doc = $doc])+ $Variant, )* }

        impl $Name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$Variant ),* ];

            /// The word in files and tables.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $( Self::$Variant => $word, )* } }

            /// The meaning.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $( Self::$Variant => concat!($($doc),+), )* } }

            /// The choice that a word names.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == word)
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }

        impl $crate::scenario::registry::Entry for $Name {
            type Slots = Self;

            fn read(
                node: &$crate::scenario::tree::Node,
                _: &'static $crate::scenario::field::Field,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Self {
                let words: Vec<&str> = Self::ALL.iter().map(|choice| choice.name()).collect();
                reader.word(node, &words).and_then(|word| Self::from_name(&word)).unwrap_or(Self::ALL[0])
            }

            fn absent(_: &'static $crate::scenario::field::Field) -> Self { Self::ALL[0] }

            fn is_absent(&self, field: &'static $crate::scenario::field::Field) -> bool {
                !field.required && *self == Self::ALL[0]
            }

            fn write(&self, _: &'static $crate::scenario::field::Field, writer: &mut $crate::scenario::write::Writer) {
                writer.value(self.name());
            }

            fn lay(
                &self,
                _: &'static $crate::scenario::field::Field,
                _: &mut $crate::scenario::parameters::Layout<'_>,
            ) -> Self {
                *self
            }

            fn walk<'a>(
                &'a self, _: &str, _: &'static $crate::scenario::field::Field,
                _: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::Leaf<'a>),
            ) {}

            fn walk_mut(
                &mut self, _: &str, _: &'static $crate::scenario::field::Field,
                _: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, $crate::scenario::registry::LeafMut<'_>),
            ) {}

            fn walk_words(
                &self,
                path: &str,
                field: &'static $crate::scenario::field::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::field::Field, &str),
            ) {
                see(path, field, self.name());
            }
        }
    };
}
