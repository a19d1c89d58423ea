//! Terms of the glossary where they stand as labels: dots under the word, and its sentence on pointing.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::{self, Color32, Galley, Label, Painter, Pos2, Response, Shape, Ui, pos2};

use super::theme::Palette;
use super::words::Words;
use super::words::glossary::{SENTENCES, TERMS};

/// Where terms stand in a text, and their sentences; each place belongs to one term.
#[must_use]
pub fn find(text: &str, words: &Words) -> Vec<(Range<usize>, String)> {
    let plain = text.to_lowercase();
    if plain.len() != text.len() {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for (at, (key, _, english)) in TERMS.iter().enumerate() {
        let forms = words.engine(&format!("term.{key}.words")).unwrap_or(english);
        let place = forms.split('|').find_map(|form| place(&plain, form));
        let Some(place) = place else { continue };
        if found
            .iter()
            .all(|(other, _)| other.end <= place.start || place.end <= other.start)
        {
            let own = words.engine(&format!("term.{key}"));
            found.push((place, own.map_or_else(|| SENTENCES[at].1.clone(), str::to_owned)));
        }
    }
    found.sort_by_key(|(place, _)| place.start);
    found
}

/// Where a form stands as whole words.
fn place(text: &str, form: &str) -> Option<Range<usize>> {
    let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(form).find_map(|(start, _)| {
        let end = start + form.len();
        let whole = !inside(text[..start].chars().next_back()) && !inside(text[end..].chars().next());
        whole.then_some(start..end)
    })
}

/// The sentences of the terms in a text.
#[must_use]
pub(crate) fn sentences(text: &str, words: &Words) -> String {
    let sentences: Vec<String> = find(text, words).into_iter().map(|(_, sentence)| sentence).collect();
    sentences.join("\n\n")
}

/// Draws dots under the terms of a text that was laid out as it is.
pub fn mark(painter: &Painter, at: Pos2, galley: &Arc<Galley>, text: &str, words: &Words, colour: Color32) {
    for (range, _) in find(text, words) {
        let place = |end: usize| {
            let cursor = egui::text::CCursor::new(text[..end].chars().count());
            galley.pos_from_cursor(cursor).translate(at.to_vec2())
        };
        let (from, to) = (place(range.start), place(range.end));
        // A term that is cut or runs over two lines is marked where it begins.
        let right = if (to.top() - from.top()).abs() < 1.0 {
            to.left()
        } else {
            at.x + galley.size().x
        };
        let line = [pos2(from.left(), from.bottom() - 0.5), pos2(right, from.bottom() - 0.5)];
        painter.extend(Shape::dotted_line(&line, colour, 3.0, 0.7));
    }
}

/// Tells the sentences on pointing, and to a screen reader.
fn explain(response: Response, sentences: &str) -> Response {
    if sentences.is_empty() {
        return response;
    }
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_description(sentences);
    });
    response.on_hover_text(sentences)
}

/// A label in which terms are marked and explained.
pub fn label(ui: &mut Ui, label: Label, text: &str, words: &Words) -> Response {
    let (at, galley, response) = label.layout_in_ui(ui);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    let colour = ui.visuals().text_color();
    let weak = Palette::of(ui).weak;
    ui.painter().galley(at, Arc::clone(&galley), colour);
    mark(ui.painter(), at, &galley, text, words, weak);
    explain(response, &sentences(text, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::{ENGLISH, language};

    #[test]
    fn every_term_has_its_sentence_in_both_languages() {
        for (key, term, _) in TERMS {
            let sentence = &SENTENCES.iter().find(|(known, _)| known == key).expect("a key").1;
            assert!(sentence.len() > term.len() + 12, "{term}: {sentence}");
        }
        let said = |text: &str, words: &Words| {
            find(text, words)
                .into_iter()
                .map(|(_, sentence)| sentence)
                .collect::<Vec<_>>()
        };
        let english = said("Reach: device, link, power, ready teacher", &ENGLISH);
        assert!(
            english[0].starts_with("Reach: Share of learners") && english[1].starts_with("Ready teacher:"),
            "{english:?}"
        );
        assert!(said("Outreach", &ENGLISH).is_empty());
        let french = said("Portée : appareil, connexion", &language("fr").words);
        assert!(french[0].starts_with("Portée"), "{french:?}");
    }
}
