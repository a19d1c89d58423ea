//! Where the fields of what was read stand. Nothing is kept by path: a path leads through the tree of the text.

use super::findings::Place;
use super::source::{Source, Span};
use super::tree::{Node, NodeKind};
use super::year_path::fiscal_year;

/// Where the fields of a scenario stand, in its own text and in that of the country that it names.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Path of what a text holds (empty for a scenario), the text, its tree.
    texts: Vec<(String, Source, Node)>,
}

impl Places {
    /// No places: of a scenario that was not read from a text.
    #[must_use]
    pub const fn new() -> Self {
        Self { texts: Vec::new() }
    }

    /// Adds a text that holds the field of a path.
    pub fn add(&mut self, path: &str, source: Source, root: Node) {
        self.texts.push((path.into(), source, root));
    }

    /// Whether a field is written.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// Where a field is written, if it is.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Place> {
        let (source, node) = self.find(path)?;
        Some(source.place(node.span.start as usize))
    }

    fn find(&self, path: &str) -> Option<(&Source, &Node)> {
        self.texts.iter().rev().find_map(|(above, source, root)| {
            let path = path.strip_prefix(above.as_str())?;
            let inside = above.is_empty() || path.starts_with('.');
            let node = inside.then(|| below(source, root, path)).flatten()?;
            Some((source, node))
        })
    }

    /// Path of the innermost field that is written at a place; empty if there is none.
    #[must_use]
    pub(crate) fn path_at(&self, place: &Place) -> String {
        let paths = self.texts.iter().filter(|(_, source, _)| source.file == place.file);
        let mut paths = paths.map(|(above, source, root)| {
            let mut path = above.clone();
            let at = source.byte_of(place.line, place.column);
            if leads_to(source, root, at, &mut path) {
                path
            } else {
                String::new()
            }
        });
        paths.find(|path| !path.is_empty()).unwrap_or_default()
    }
}

/// The node to which a path leads: `.groups[3].schools`.
fn below<'n>(source: &Source, root: &'n Node, path: &str) -> Option<&'n Node> {
    let (mut node, mut path) = (root, path);
    while !path.is_empty() {
        let inside = node.bare(source);
        if let Some(rest) = path.strip_prefix('[') {
            let (index, rest) = rest.split_once(']')?;
            node = match &inside.kind {
                NodeKind::List(items) => items.get(index.parse::<usize>().ok()?)?,
                NodeKind::Map(pairs) => {
                    let year: i32 = index.parse().ok()?;
                    let is = |key: &Node| match &key.kind {
                        NodeKind::Number(number) => *number == f64::from(year),
                        NodeKind::Text(text) => fiscal_year(text) == Some(year),
                        _ => false,
                    };
                    &pairs.iter().rev().find(|(key, _)| is(key))?.1
                }
                _ => return None,
            };
            path = rest;
        } else {
            path = path.strip_prefix('.').unwrap_or(path);
            let (name, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
            let NodeKind::Struct(_, fields) = &inside.kind else {
                return None;
            };
            let is = |field: &&(Span, Node)| source.written(field.0) == name;
            node = &fields.iter().rev().find(is)?.1;
            path = rest;
        }
    }
    Some(node)
}

/// Appends to a path what leads to the innermost node that starts at a byte; whether there is one.
fn leads_to(source: &Source, node: &Node, at: usize, path: &mut String) -> bool {
    let length = path.len();
    let mut try_part = |part: &str, inner: &Node| {
        let span = inner.span.start as usize..inner.span.end as usize;
        span.contains(&at) && {
            path.push_str(if path.is_empty() {
                part.trim_start_matches('.')
            } else {
                part
            });
            leads_to(source, inner, at, path) || {
                path.truncate(length);
                false
            }
        }
    };
    let inside = match &node.bare(source).kind {
        NodeKind::Struct(_, fields) => fields
            .iter()
            .any(|(name, value)| try_part(&format!(".{}", source.written(*name)), value)),
        NodeKind::List(items) => (0..)
            .zip(items)
            .any(|(index, item): (usize, _)| try_part(&format!("[{index}]"), item)),
        NodeKind::Map(pairs) => pairs.iter().any(|(key, value)| {
            key.span.start as usize == at || try_part(&format!("[{}]", source.written(key.span)), value)
        }),
        _ => false,
    };
    inside || node.bare(source).span.start as usize == at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parser::parse;

    #[test]
    fn a_path_leads_to_a_field_and_back() {
        let text = "(\n a: [(b: 1), (b: Some({2027: 5, 2030: 6}))],\n c: (value: 2),\n)";
        let (source, root, _) = parse("a.ron", text.as_bytes()).expect("a tree");
        let mut places = Places::default();
        places.add("", source, root);
        for (path, line, column) in [("a[1].b[2030]", 2, 39), ("c", 3, 5), ("c.value", 3, 13), ("a[0]", 2, 6)] {
            let place = places.of(path).expect(path);
            assert_eq!((place.line, place.column), (line, column), "{path}");
            assert_eq!(places.path_at(&place), path);
        }
        for path in ["a[2]", "a.b", "c[0]", "c.low", "d"] {
            assert!(!places.holds(path), "{path}");
        }
    }
}
