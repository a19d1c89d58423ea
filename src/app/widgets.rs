//! What several pages are made of: a switch between a few choices, and a table of numbers.

use eframe::egui::{self, Color32, Key, Rect, Response, RichText, Ui, vec2};

use super::words::Words;
use super::{terms, theme};

/// Space between the buttons of a switch.
const BETWEEN: f32 = 2.0;

/// Name of the field by which a page is searched; a page has one at most.
#[must_use]
pub fn search() -> egui::Id {
    egui::Id::unique("search")
}

/// Goes to the search field of the page; what is typed there next takes the place of what stands in it.
pub fn find(ctx: &egui::Context) {
    retype(ctx, search());
}

/// Goes to a text field; what is typed next takes the place of what stands in it.
pub(crate) fn retype(ctx: &egui::Context, field: egui::Id) {
    let mut state = egui::text_edit::TextEditState::load(ctx, field).unwrap_or_default();
    let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(all));
    state.store(ctx, field);
    ctx.memory_mut(|memory| memory.request_focus(field));
}

/// One of a few, as buttons side by side. A choice that cannot be made now says why in its last part.
pub fn switch<T: Copy + PartialEq>(ui: &mut Ui, name: &str, choices: &[(T, &str, Option<&str>)], chosen: &mut T) {
    // The buttons stay together: where the line has no room for all of them, they begin the next.
    let padding = 2.0 * ui.spacing().button_padding.x + BETWEEN;
    let width = |text: &str, font| {
        ui.painter()
            .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
            .size()
            .x
    };
    let buttons: f32 = choices
        .iter()
        .map(|(_, word, _)| width(word, theme::bold(theme::BODY)) + padding)
        .sum();
    if ui.available_size_before_wrap().x < width(name, theme::text(theme::SMALL)) + buttons + theme::GAP {
        ui.end_row();
    }
    ui.label(RichText::new(name).small().weak());
    ui.spacing_mut().item_spacing.x = BETWEEN;
    for (value, word, barred) in choices {
        let selected = *chosen == *value;
        // The chosen one is bold, so that it is known without colour.
        let text = if selected {
            RichText::new(*word).font(theme::bold(theme::BODY))
        } else {
            RichText::new(*word)
        };
        let button = egui::Button::selectable(selected, text).frame_when_inactive(true);
        let mut response = ui.add_enabled(barred.is_none(), button);
        response.widget_info(|| {
            let name = format!("{name}: {word}");
            egui::WidgetInfo::selected(egui::Role::RadioButton, barred.is_none(), selected, name)
        });
        if let Some(why) = barred {
            response = response.on_disabled_hover_text(*why);
        }
        if response.clicked() {
            *chosen = *value;
            // The buttons before it are drawn already: nobody sees one choice marked and another shown.
            ui.ctx().request_discard("another choice");
        }
    }
    ui.add_space(theme::GAP);
    ui.spacing_mut().item_spacing.x = 6.0;
}

/// One of several, in a list that opens; the one that was newly chosen.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: T,
    choices: impl IntoIterator<Item = T>,
    text: impl Fn(T) -> String,
) -> Option<T> {
    let mut new = None;
    let shown = egui::ComboBox::from_id_salt(name)
        .selected_text(text(chosen))
        .width(width)
        .truncate()
        .show_ui(ui, |ui| {
            for choice in choices {
                if ui.selectable_label(choice == chosen, text(choice)).clicked() && choice != chosen {
                    new = Some(choice);
                }
            }
        });
    shown
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
    new
}

/// Some of several, ticked in a list that opens and stays open; the ones newly chosen. `text` says what they come to.
pub(crate) fn several<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &[T],
    all: &[(String, T)],
    text: &str,
) -> Option<Vec<T>> {
    let mut new = None;
    let combo = egui::ComboBox::from_id_salt(name)
        .selected_text(text)
        .width(width)
        .truncate()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            for (word, item) in all {
                let mut ticked = chosen.contains(item);
                if ui.checkbox(&mut ticked, word).changed() {
                    let kept = all.iter().map(|(_, other)| other);
                    let kept = kept.filter(|other| if *other == item { ticked } else { chosen.contains(other) });
                    new = Some(kept.cloned().collect());
                }
            }
        });
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
    new
}

/// How all groups of levers begin: a mark of their colour and the name in bold.
pub(crate) fn group_name(ui: &mut Ui, colour: Color32, name: &str) {
    let (mark, _) = ui.allocate_exact_size(vec2(4.0, 15.0), egui::Sense::hover());
    ui.painter().rect_filled(mark, 1, colour);
    ui.label(RichText::new(name).font(theme::bold(theme::HEADING)));
}

/// A small arrow that opens and closes what stands below it.
pub(crate) fn unfold(ui: &mut Ui, is_open: bool, name: &str) -> Response {
    let size = vec2(18.0, 16.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_open, name));
    let colour = ui.style().interact(&response).text_color();
    if response.has_focus() || response.hovered() {
        let edge = ui.visuals().selection.stroke;
        ui.painter().rect_stroke(rect, 3, edge, egui::StrokeKind::Inside);
    }
    // An arrow that points to what it opens, drawn because the fonts have none so small.
    let (middle, tip) = (rect.center(), if is_open { -2.5 } else { 2.5 });
    let arrow = [(-4.5, -tip), (0.0, tip), (4.5, -tip)].map(|(x, y)| middle + vec2(x, y));
    ui.painter()
        .add(egui::Shape::line(arrow.to_vec(), egui::Stroke::new(1.5, colour)));
    response.on_hover_text(name)
}

/// What moves sideways without a bar, which would cover it: a mark at either end says that there is more, and leads there.
pub fn roll(ui: &mut Ui, name: &str, width: f32, words: &Words, inside: impl FnOnce(&mut Ui)) {
    let wanted = egui::Id::unique(name).with("wanted");
    let mut area = egui::ScrollArea::horizontal()
        .id_salt(name)
        .max_width(width)
        .auto_shrink([false, true])
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
    if let Some(offset) = ui.data_mut(|data| data.remove_temp::<f32>(wanted)) {
        area = area.horizontal_scroll_offset(offset);
    }
    let shown = area.show(ui, inside);
    let (room, at) = (shown.inner_rect, shown.state.clamped_offset().x);
    let most = (shown.content_size.x - room.width()).max(0.0);
    let palette = theme::Palette::of(ui);
    for (is_right, is_more, name) in [
        (false, at > 1.0, words.more_left),
        (true, most - at > 1.0, words.more_right),
    ] {
        if !is_more {
            continue;
        }
        let side = if is_right {
            room.right() - 11.0
        } else {
            room.left() + 11.0
        };
        let place = Rect::from_center_size(egui::pos2(side, room.center().y), vec2(20.0, 28.0));
        let button = ui.interact(place, shown.id.with(name), egui::Sense::click());
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
        let (fill, ink) = if button.hovered() || button.has_focus() {
            (palette.chosen, palette.accent)
        } else {
            (palette.card, palette.text)
        };
        let edge = egui::Stroke::new(1.0, palette.accent);
        ui.painter().rect(place, 4, fill, edge, egui::StrokeKind::Inside);
        let tip = if is_right { 2.5 } else { -2.5 };
        let arrow = [(-tip, -4.5), (tip, 0.0), (-tip, 4.5)].map(|(x, y)| place.center() + vec2(x, y));
        ui.painter()
            .add(egui::Shape::line(arrow.to_vec(), egui::Stroke::new(1.5, ink)));
        if button.on_hover_text(name).clicked() {
            let step = room.width() * if is_right { 0.8 } else { -0.8 };
            ui.data_mut(|data| data.insert_temp(wanted, (at + step).clamp(0.0, most)));
            ui.ctx().request_repaint();
        }
    }
}

/// Room for what a page shows, above the note at its foot, which says on what it rests. Where the room is too little for a
/// chart, the page has to scroll.
pub(crate) fn above_note(ui: &mut Ui, note: &str, inside: impl FnOnce(&mut Ui)) {
    let text = RichText::new(note).small().weak();
    let font = theme::text(theme::SMALL);
    let lines = ui
        .painter()
        .layout(note.to_owned(), font, Color32::PLACEHOLDER, ui.available_width());
    let height = ui.available_height() - lines.size().y - theme::GAP;
    let area = vec2(ui.available_width(), height.max(theme::CHART_LOW));
    ui.allocate_ui(area, |ui| {
        ui.set_min_size(area);
        ui.set_max_size(area);
        inside(ui);
    });
    ui.add(egui::Label::new(text).wrap());
}

/// Scrolls what is inside a scroll area by the keys by which a person turns pages, where they are heard and no text is typed.
pub(crate) fn turn_by_keys(ui: &Ui, heard: bool) {
    if !heard || ui.ctx().text_edit_focused() {
        return;
    }
    let screen = ui.clip_rect().height();
    let pressed = |key, way: f32| ui.input(|input| if input.key_pressed(key) { way } else { 0.0 });
    let pages = pressed(Key::PageUp, 0.9) - pressed(Key::PageDown, 0.9);
    let ends = pressed(Key::Home, END) - pressed(Key::End, END);
    if pages + ends != 0.0 {
        ui.scroll_with_delta(vec2(0.0, pages * screen + ends));
    }
}

/// Further than any page is high.
const END: f32 = 1e6;

/// Places for charts of at least the usual size, side by side as far as they go, which fill the room there is.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
pub fn places<const N: usize>(ui: &mut Ui) -> [Rect; N] {
    let area = ui.available_rect_before_wrap();
    let fit = ((area.width() + theme::GAP) / (theme::CHART.x + theme::GAP)) as usize;
    // No row is left half empty.
    let columns = (1..=fit.clamp(1, 3))
        .rev()
        .find(|columns| N.is_multiple_of(*columns))
        .unwrap_or(1);
    let rows = N.div_ceil(columns);
    let share = |room: f32, count: usize| (room + theme::GAP) / count as f32 - theme::GAP;
    let size = vec2(
        share(area.width(), columns),
        share(area.height(), rows).max(theme::CHART_LOW),
    );
    let step = size + vec2(theme::GAP, theme::GAP);
    ui.allocate_space(vec2(area.width(), step.y * rows as f32 - theme::GAP));
    std::array::from_fn(|at| {
        let corner = vec2((at % columns) as f32, (at / columns) as f32) * step;
        Rect::from_min_size(area.min + corner, size)
    })
}

/// A table: what the columns hold, rows that start with their name, and a last row that sums them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
    /// The sum of the rows, where they have one.
    pub total: Option<Vec<String>>,
}

/// Shows a table; it scrolls where it has no room.
pub fn table(ui: &mut Ui, name: &str, table: &Table, words: &Words) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.label(RichText::new(name).heading());
        egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            egui::Grid::new(name)
                .striped(true)
                .min_col_width(84.0)
                .spacing([18.0, 4.0])
                .show(ui, |ui| {
                    row(ui, &table.head, true, words);
                    for cells in &table.rows {
                        row(ui, cells, false, words);
                    }
                    if let Some(total) = &table.total {
                        row(ui, total, true, words);
                    }
                });
        });
    });
}

fn row(ui: &mut Ui, cells: &[String], bold: bool, words: &Words) {
    let text = |cell: &String| {
        if bold {
            RichText::new(cell).font(theme::bold(theme::BODY))
        } else {
            RichText::new(cell)
        }
    };
    for (at, cell) in cells.iter().enumerate() {
        if at == 0 {
            terms::label(ui, egui::Label::new(text(cell)), cell, words);
        } else {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(text(cell))
            });
        }
    }
    ui.end_row();
}
