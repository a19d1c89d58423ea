//! The fields of a form: a name above each, and below a number what is understood of it.

use eframe::egui::{Key, Response, RichText, TextEdit, Ui};

use super::typed;
use super::words::Words;
use crate::units::Unit;

/// What the fields of a form met in a frame.
#[derive(Default)]
pub(super) struct Fields {
    /// Enter was pressed in one.
    pub entered: bool,
    /// One was left.
    pub left: bool,
    /// One was typed in.
    pub changed: bool,
}

impl Fields {
    /// Takes note of what happened to a field.
    pub(super) fn meet(&mut self, ui: &Ui, response: &Response) {
        self.entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        self.left |= response.lost_focus();
        self.changed |= response.changed();
    }

    /// A text under its name.
    pub fn text(&mut self, ui: &mut Ui, name: &str, text: &mut String, hint: &'static str, width: f32) -> Response {
        ui.vertical(|ui| {
            let label = ui.label(RichText::new(name).small().weak());
            let edit = TextEdit::singleline(text).hint_text(hint).desired_width(width);
            let response = ui.add(edit).labelled_by(label.id);
            self.meet(ui, &response);
            response
        })
        .inner
    }

    /// A number, with what is understood of it below.
    #[allow(clippy::too_many_arguments)]
    pub fn number(
        &mut self,
        ui: &mut Ui,
        name: &str,
        text: &mut String,
        unit: Unit,
        within: (f64, f64),
        width: f32,
        words: &Words,
    ) -> Response {
        ui.vertical(|ui| {
            ui.set_max_width(width + 8.0);
            let response = self.text(ui, name, text, "", width);
            let read = typed::parse(text, unit, within, words);
            // A year is what it is; nothing typed needs no answer.
            if !text.trim().is_empty() && (read.is_err() || unit != Unit::CalendarYear) {
                typed::say(ui, &read, words);
            }
            response
        })
        .inner
    }
}
