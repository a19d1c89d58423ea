//! The list of changes: every edit by name, when it was made and what it did, those that were undone in grey below; a click
//! goes there, a bookmark finds a state again.

use eframe::egui::{self, RichText, Ui};

use super::command::Command;
use super::document::Document;
use super::history::{Headline, History};
use super::theme::{self, Palette};
use super::words::{Words, fill};
use super::{journal, lever, phrases};
use crate::units::{self, Unit};

/// How the list is looked at.
#[derive(Clone, Debug, Default)]
pub struct ChangeList {
    /// Name for a new bookmark.
    name: String,
    /// Whether bookmarked states alone are shown.
    marked: bool,
    /// The state at which the list was scrolled last.
    seen: Option<usize>,
}

/// Shows the list beside the page, which goes on answering.
pub fn show(ctx: &egui::Context, state: &mut ChangeList, document: &Document, words: &Words) -> Option<Command> {
    let mut command = None;
    let mut open = true;
    egui::Window::new(fill(words.history_title, &[("file", &document.name)]))
        .id(egui::Id::unique("changes"))
        .open(&mut open)
        .collapsible(false)
        .default_width(theme::CHANGES)
        .anchor(
            egui::Align2::RIGHT_TOP,
            egui::vec2(-theme::GAP, theme::BAR + theme::GAP),
        )
        .show(ctx, |ui| {
            ui.set_width(theme::CHANGES.min(ctx.content_rect().width() - 4.0 * theme::GAP));
            command = bookmark(ui, state, document, words);
            ui.checkbox(&mut state.marked, words.history_marked_only);
            ui.separator();
            command = command.take().or(list(ui, state, document, words));
            ui.add_space(4.0);
        });
    // Escape leaves a field first.
    let left =
        ctx.input(|input| input.key_pressed(egui::Key::Escape)) && ctx.memory(|memory| memory.focused().is_none());
    if !open || left {
        command = command.or(Some(Command::History));
    }
    command
}

/// A name, and a button that gives it to what is shown.
fn bookmark(ui: &mut Ui, state: &mut ChangeList, document: &Document, words: &Words) -> Option<Command> {
    let history = &document.history;
    let now = history.to_undo().unwrap_or(words.history_oldest);
    ui.label(RichText::new(words.history_now).small().weak());
    ui.add(egui::Label::new(now).truncate());
    let mut done = false;
    ui.horizontal(|ui| {
        let room = theme::GAP + ui.spacing().button_padding.x * 2.0 + 70.0;
        let field = ui.add(
            egui::TextEdit::singleline(&mut state.name)
                .hint_text(words.history_name)
                .desired_width(ui.available_width() - room),
        );
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.history_name));
        done = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        done |= ui
            .button(words.history_mark)
            .on_hover_text(words.history_mark_hint)
            .clicked();
    });
    done.then(|| {
        let name = std::mem::take(&mut state.name);
        Command::Mark {
            at: history.at(),
            // Without a name of its own, a bookmark is called after the change.
            name: if name.trim().is_empty() { now.to_owned() } else { name },
        }
    })
}

/// What a change does to reach and to what it costs to do it all.
#[must_use]
pub fn effect(before: Headline, after: Headline, words: &Words) -> String {
    let (gain, dearer) = (after.reach - before.reach, after.cost - before.cost);
    // Less than a twentieth of a point, or a dollar, is not worth a sign.
    let reach = if gain.abs() < 5e-4 {
        words.foot_same.to_owned()
    } else {
        fill(words.foot_points, &[("value", &lever::points(gain, words))])
    };
    let cost = if dearer.abs() < 1.0 {
        words.foot_same.to_owned()
    } else {
        units::signed(dearer, |amount| words.show(Unit::Usd, amount))
    };
    fill(words.foot_effect, &[("reach", &reach), ("cost", &cost)])
}

/// When a state was reached and what the change that leads to it did, as far as that is known; of the oldest, what it
/// comes to.
fn remark(history: &History, at: usize, now: u64, words: &Words) -> String {
    let noted = history.noted();
    let headline = |at: usize| noted.get(&at).and_then(|noted| noted.headline);
    let when = noted.get(&at).and_then(|noted| noted.when);
    let when = when.map(|when| {
        fill(
            words.history_ago,
            &[("age", &phrases::age(now.saturating_sub(when), words))],
        )
    });
    let did = match at.checked_sub(1) {
        Some(before) => headline(before)
            .zip(headline(at))
            .map(|(before, after)| effect(before, after, words)),
        None => headline(0).map(|first| {
            let (reach, cost) = (words.show(Unit::Share, first.reach), words.show(Unit::Usd, first.cost));
            fill(words.foot_effect, &[("reach", &reach), ("cost", &cost)])
        }),
    };
    when.into_iter().chain(did).collect::<Vec<_>>().join("  ·  ")
}

fn list(ui: &mut Ui, state: &mut ChangeList, document: &Document, words: &Words) -> Option<Command> {
    let (history, palette) = (&document.history, Palette::of(ui));
    let all: Vec<&str> = std::iter::once(words.history_oldest).chain(history.edits()).collect();
    let shown: Vec<usize> = (0..all.len())
        .filter(|at| !state.marked || history.marks().contains_key(at))
        .collect();
    if shown.is_empty() {
        ui.label(words.history_no_marks);
    }
    let line = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
    let height = line + ui.text_style_height(&egui::TextStyle::Small) + 2.0;
    let most = ui.ctx().content_rect().height() - theme::CHANGES_ABOVE;
    let mut area = egui::ScrollArea::vertical()
        .auto_shrink([false, true])
        .min_scrolled_height(most)
        .max_height(most);
    let now = journal::now();
    // The present one is brought into view when it has become another.
    if state.seen != Some(history.at())
        && let Some(row) = shown.iter().position(|at| *at == history.at())
    {
        #[allow(clippy::cast_precision_loss)]
        let above = row as f32 * (height + ui.spacing().item_spacing.y);
        area = area.vertical_scroll_offset((above - most / 2.0).max(0.0));
    }
    state.seen = Some(history.at());
    let mut command = None;
    area.show_rows(ui, height, shown.len(), |ui, rows| {
        for at in shown[rows].iter().copied() {
            let mark = history.marks().get(&at);
            let text = match mark {
                Some(mark) if mark == all[at] => format!("● {mark}"),
                Some(mark) => fill(words.history_named, &[("mark", mark), ("what", all[at])]),
                None => all[at].to_owned(),
            };
            let is_now = at == history.at();
            let label = if is_now {
                RichText::new(&text).font(theme::bold(theme::BODY))
            } else if at > history.at() {
                RichText::new(&text).color(palette.weak).italics()
            } else {
                RichText::new(&text)
            };
            let remark = remark(history, at, now, words);
            // Both lines are drawn into room that is taken at once, so that all rows are of one height.
            let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::hover());
            let (above, below) = rect.split_top_bottom_at_y(rect.top() + line);
            let inside = |ui: &mut Ui, rect: egui::Rect| {
                let builder = egui::UiBuilder::new().max_rect(rect);
                ui.new_child(builder.layout(egui::Layout::left_to_right(egui::Align::Center)))
            };
            let small = RichText::new(&remark).small().color(palette.weak);
            let below = below.with_min_x(rect.left() + ui.spacing().button_padding.x);
            inside(ui, below).add(egui::Label::new(small).truncate());
            // The name ends before the cross, however long it is.
            let cross = if mark.is_some() { 24.0 } else { 0.0 };
            let (name, cross) = above.split_left_right_at_x(above.right() - cross);
            // The empty text at the right keeps the name at the left.
            let button = egui::Button::selectable(is_now, label).truncate().right_text("");
            let row = inside(ui, name).add(button.min_size(name.size()));
            row.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_now, &text));
            if row.on_hover_text([text.as_str(), remark.as_str()].join("\n")).clicked() {
                command = Some(Command::Travel(at));
            }
            if let Some(mark) = mark {
                let label = fill(words.history_unmark, &[("mark", mark)]);
                let button = inside(ui, cross).add(egui::Button::new("×").small());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                if button.on_hover_text(&label).clicked() {
                    command = Some(Command::Mark {
                        at,
                        name: String::new(),
                    });
                }
            }
        }
    });
    command
}
