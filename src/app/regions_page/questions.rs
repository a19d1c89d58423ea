//! What stops a table, with its cell, and what a person is asked: each question in a sentence with its counts, two or three
//! answers, and the proposal marked, which holds if it is left.

use eframe::egui::{self, Align, Label, Layout, RichText, Sense, Ui, vec2};

use super::import::Import;
use super::readings::badge;
use crate::app::findings::{self, ink, sign};
use crate::app::phrases::level_name;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::data::tables::{Reconciled, letters};
use crate::scenario::{Finding, Severity};
use crate::units::{self, Unit};

/// Errors that are listed; the rest is counted.
const LISTED: usize = 100;

/// What a person asks for.
#[derive(Default)]
pub(super) struct Answered {
    /// The recipe was changed.
    pub changed: bool,
    /// To see this line and column.
    pub jump: Option<(Option<usize>, Option<usize>)>,
}

/// Height that the list would like to have.
#[allow(clippy::cast_precision_loss)]
pub(super) fn wanted(import: &Import) -> f32 {
    let errors = import.count(Severity::Error).min(4);
    let questions = import.told.questions.len().min(5);
    let far = import.far().is_some();
    34.0 + 44.0 * (errors + questions) as f32 + if far { 40.0 } else { 0.0 } + if errors > 0 { 22.0 } else { 0.0 }
}

/// Shows the list.
pub(super) fn show(ui: &mut Ui, import: &mut Import, words: &Words) -> Answered {
    let mut answered = Answered::default();
    let palette = Palette::of(ui);
    let errors = import.count(Severity::Error);
    let questions = import.told.questions.clone();
    ui.horizontal(|ui| {
        if errors > 0 {
            let text = fill(words.regions_blocked, &[("count", &words.count(errors))]);
            ui.label(RichText::new(text).heading().color(palette.bad));
        } else if questions.is_empty() {
            ui.label(RichText::new(words.regions_no_questions).heading().color(palette.good));
        } else {
            let text = fill(words.regions_questions, &[("count", &words.count(questions.len()))]);
            ui.label(RichText::new(text).heading());
            ui.add(Label::new(RichText::new(words.regions_questions_hint).small().weak()).truncate());
        }
    });
    let scroll = egui::ScrollArea::vertical()
        .id_salt("questions")
        .auto_shrink(false)
        .min_scrolled_height(0.0);
    scroll.show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 6.0);
        let wrong = import
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        for finding in wrong.take(LISTED) {
            answered.jump = found(ui, import, finding, words).or(answered.jump.take());
        }
        if errors > LISTED {
            ui.label(fill(words.regions_more, &[("count", &words.count(errors - LISTED))]));
        }
        if let Some(far) = import.far().filter(|_| errors == 0) {
            ui.label(RichText::new(said_far(far, words)).color(palette.doubt));
        }
        for (at, question) in questions.iter().enumerate() {
            ui.separator();
            ui.horizontal(|ui| {
                let (place, _) = ui.allocate_exact_size(vec2(18.0, 32.0), Sense::hover());
                badge(ui, place.center(), at + 1);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    for answer in question.answers.iter().rev() {
                        let text = words.say(&answer.text);
                        let text = if answer.holds {
                            RichText::new(format!("✓ {text}")).font(theme::bold(theme::BODY))
                        } else {
                            RichText::new(text)
                        };
                        let button = egui::Button::selectable(answer.holds, text).frame_when_inactive(true);
                        if ui.add(button).clicked() && !answer.holds {
                            import.recipe.change(answer.change);
                            answered.changed = true;
                        }
                    }
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        ui.add(Label::new(words.say(&question.text)).wrap());
                        ui.horizontal(|ui| {
                            let line = question.lines.first().copied();
                            if (line.is_some() || question.column.is_some())
                                && ui.link(RichText::new(words.regions_show).small()).clicked()
                            {
                                answered.jump = Some((line, question.column));
                            }
                            let evidence = RichText::new(words.say(&question.evidence)).small().weak();
                            ui.add(Label::new(evidence).truncate());
                        });
                    });
                });
            });
        }
    });
    answered
}

/// A finding in a line that leads to its cell.
pub(super) fn found(
    ui: &mut Ui,
    import: &Import,
    finding: &Finding,
    words: &Words,
) -> Option<(Option<usize>, Option<usize>)> {
    let palette = Palette::of(ui);
    let rows = &import.sheet.upper;
    let row = rows.binary_search_by_key(&finding.place.line, |row| row.line);
    let cells = row.ok().and_then(|row| rows.get(row));
    let column = cells.and_then(|row| row.cells.iter().position(|cell| cell.column == finding.place.column));
    let at = column.map(|column| {
        let line = finding.place.line.to_string();
        fill(words.regions_at, &[("line", &line), ("letter", &letters(column))])
    });
    let place = at.map_or(String::new(), |at| format!("{at} · "));
    let line = findings::line(finding, import.tried.as_deref(), words);
    let text = format!("{} {place}{line}", sign(finding.severity));
    let label = Label::new(RichText::new(text).color(ink(finding.severity, palette))).wrap();
    let response = ui.add(label.sense(Sense::click()));
    ui.add_space(2.0);
    (response.clicked() && finding.place.line > 0).then_some((Some(finding.place.line), column))
}

/// A sum that lies far from what is published, and what is done about it.
fn said_far(far: &Reconciled, words: &Words) -> String {
    let what = if far.what == "teachers" {
        words.regions_teachers
    } else {
        words.regions_learners
    };
    let apart = units::signed(far.apart(), |share| words.show(Unit::Share, share));
    fill(
        words.regions_far,
        &[
            ("what", what),
            ("level", level_name(far.level, words)),
            ("table", &words.grouped(far.table)),
            ("national", &words.grouped(far.national)),
            ("apart", &apart),
            ("by", &words.fixed(far.by, 3)),
        ],
    )
}
