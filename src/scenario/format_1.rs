//! Files of format 1: a source named its mechanism in a field, `kind: grant`, and could hold the fields of any other.

use super::field::Kind;
use super::findings::Severity;
use super::funding::SourceKind;
use super::messages;
use super::read::Reader;
use super::source::Span;
use super::tree::{Node, NodeKind};

/// Makes the tree of a scenario of format 1 that of the same scenario in format 2.
pub(super) fn bring_up(root: &mut Node, reader: &mut Reader<'_>) {
    let Some(funding) = field(root, "funding", reader) else {
        return;
    };
    reader.change("funding", funding, |funding, reader| {
        let Some(sources) = field(funding, "sources", reader) else {
            return;
        };
        reader.change("sources", sources, |sources, reader| {
            let NodeKind::List(sources) = &mut sources.kind else {
                return;
            };
            for (index, source) in sources.iter_mut().enumerate() {
                reader.change(index, source, bring_up_source);
            }
        });
    });
}

/// Mechanisms that format 1 knows, and the terms of theirs.
const MECHANISMS: [&str; 4] = [
    "domestic_budget",
    "universal_service_levy",
    "grant",
    "concessional_loan",
];
const TERMS: [&str; 11] = [
    "amount",
    "share_of_education",
    "rate",
    "education_share",
    "disbursement",
    "commitment",
    "release",
    "interest",
    "fee",
    "maturity",
    "grace",
];

/// Puts the kind before the bracket and leaves out the fields of other kinds, which never counted.
fn bring_up_source(source: &mut Node, reader: &mut Reader<'_>) {
    let NodeKind::Struct(word, fields) = &mut source.kind else {
        return;
    };
    let Some(at) = fields.iter().position(|(name, _)| reader.written(*name) == "kind") else {
        return;
    };
    let (_, named) = fields.remove(at);
    *word = match named.kind {
        NodeKind::Text(_) => Span {
            start: named.span.start + 1,
            end: named.span.end - 1,
        },
        _ => named.span,
    };
    let named = *word;
    let word = reader.written(named);
    let Some(kind) = SourceKind::KINDS.iter().find(|kind| kind.name == word) else {
        return;
    };
    let having = |name: &str| -> Vec<&str> {
        let of = |kind: &&Kind| kind.has(name);
        SourceKind::KINDS.iter().filter(of).map(|kind| kind.name).collect()
    };
    let newer = |span: &Span| {
        let name = reader.written(*span);
        !having(name).is_empty() && !TERMS.contains(&name)
    };
    let first = if MECHANISMS.contains(&kind.name) {
        fields.iter().map(|(span, _)| *span).find(newer)
    } else {
        Some(named)
    };
    if let Some(span) = first {
        let rule = messages::newer_terms(reader.written(span).to_owned());
        let hint = messages::newer_terms_hint(kind.name);
        reader.report_name(Severity::Error, span, "newer-terms", rule, hint);
    }
    fields.retain(|(span, _)| {
        let name = reader.written(*span);
        let mut having = having(name);
        having.retain(|kind| MECHANISMS.contains(kind));
        let counts = having.is_empty() || having.contains(&kind.name);
        if !counts {
            let rule = messages::field_of_kind(kind.name, having.join(", "));
            let hint = messages::field_never_counted();
            reader.report_name(Severity::Warning, *span, "field-of-kind", rule, hint);
        }
        counts
    });
}

/// A field of a group.
fn field<'n>(node: &'n mut Node, name: &str, reader: &Reader<'_>) -> Option<&'n mut Node> {
    let NodeKind::Struct(_, fields) = &mut node.kind else {
        return None;
    };
    let is = |field: &&mut (Span, Node)| reader.written(field.0) == name;
    fields.iter_mut().find(is).map(|(_, value)| value)
}
