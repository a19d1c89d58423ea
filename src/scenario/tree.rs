//! A RON text as a tree in which every value knows where it stands. Names and words stay in the text; see
//! [`Source::written`](super::source::Source::written).

use super::messages::{self, Message};
use super::source::{Source, Span};

/// One value of a RON text.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// Shape of a value.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A number, not necessarily finite.
    Number(f64),
    /// A quoted text.
    Text(String),
    /// A bare word, such as `tablet`, `true` or `None`.
    Word,
    /// `[a, b]`.
    List(Vec<Node>),
    /// `{key: value}`; keys are nodes.
    Map(Vec<(Node, Node)>),
    /// `(name: value)`, with the word before the bracket, empty if there is none.
    Struct(Span, Vec<(Span, Node)>),
    /// `Word(value, ...)`.
    Tuple(Span, Vec<Node>),
}

impl Node {
    /// A bare word.
    #[must_use]
    pub const fn word(span: Span) -> Self {
        Self {
            span,
            kind: NodeKind::Word,
        }
    }

    /// What is meant: `Some(x)` counts as x.
    #[must_use]
    pub fn bare(&self, source: &Source) -> &Self {
        match &self.kind {
            NodeKind::Tuple(word, items) if items.len() == 1 && source.written(*word) == "Some" => &items[0],
            _ => self,
        }
    }

    /// The kind in words, for messages.
    #[must_use]
    pub(crate) fn kind_name(&self) -> Message {
        match self.kind {
            NodeKind::Number(_) => messages::kind_number(),
            NodeKind::Text(_) => messages::kind_text(),
            NodeKind::Word => messages::kind_word(),
            NodeKind::List(_) => messages::kind_list(),
            NodeKind::Map(_) => messages::kind_map(),
            NodeKind::Struct(..) => messages::kind_group(),
            NodeKind::Tuple(..) => messages::kind_named(),
        }
    }
}
