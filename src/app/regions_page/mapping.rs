//! A table that is to become the regions, as it will be read: its columns, its cells, what is wrong and where.

use std::sync::Arc;

use eframe::egui::{self, Align, Label, Layout, Rect, RichText, Ui, vec2};

use super::import::Import;
use crate::app::findings::{self, ink, sign};
use crate::app::phrases::level_name;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::data::tables::{Aside, Meaning, NumberUnit, Reconciled, SheetRow, letters};
use crate::scenario::{Finding, Scenario, Severity};
use crate::units::{self, Unit};

/// What a person asks for.
pub(super) enum Asked {
    /// To check it again by the mapping as it is now.
    Check,
    /// To read another sheet.
    Sheet(usize),
    /// To leave the table.
    PutAside,
    /// To take these regions.
    Use(Arc<Scenario>),
}

/// Findings that are listed; the rest is counted.
const LISTED: usize = 100;

pub(super) fn show(
    ui: &mut Ui,
    import: &mut Import,
    jump: &mut Option<usize>,
    busy: bool,
    words: &Words,
) -> Option<Asked> {
    let mut asked = None;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        asked = top(ui, import, busy, words);
    });
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let area = ui.available_rect_before_wrap();
    let right = theme::FINDINGS.min(area.width() * 0.45);
    let (left, right) = area.split_left_right_at_x(area.right() - right);
    let left = left.with_max_x(left.right() - theme::GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            asked = asked.take().or(cells(ui, import, jump.take(), words));
        });
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            egui::ScrollArea::vertical()
                .id_salt("findings")
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width() - 6.0);
                    totals(ui, import, words);
                    ui.add_space(theme::GAP);
                    *jump = problems(ui, import, words);
                });
        });
    });
    asked
}

/// What the table is, whether it can be used, and the button that does.
fn top(ui: &mut Ui, import: &mut Import, busy: bool, words: &Words) -> Option<Asked> {
    let mut asked = None;
    let palette = Palette::of(ui);
    let rows = import
        .sheet
        .rows
        .saturating_sub(import.recipe.header + import.recipe.header_rows);
    let far = import.far().cloned();
    let errors = import.count(Severity::Error);
    ui.horizontal(|ui| {
        let title = fill(
            words.regions_title,
            &[("file", &import.name), ("rows", &words.count(rows))],
        );
        ui.label(RichText::new(title).heading());
        if import.file.sheets.len() > 1 {
            ui.label(words.regions_sheet);
            let mut sheet = import.sheet.index;
            let combo = egui::ComboBox::from_id_salt("sheet").selected_text(&import.file.sheets[sheet]);
            let shown = combo.show_ui(ui, |ui| {
                for (index, name) in import.file.sheets.iter().enumerate() {
                    ui.selectable_value(&mut sheet, index, name.as_str());
                }
            });
            named(&shown.response, words.regions_sheet);
            if sheet != import.sheet.index {
                asked = Some(Asked::Sheet(sheet));
            }
        }
        ui.label(words.regions_numbers);
        let meant = |decimal: Option<char>| match decimal {
            None => words.regions_numbers_as_is,
            Some('.') => words.regions_numbers_point,
            Some(_) => words.regions_numbers_comma,
        };
        let before = import.decimal;
        let combo = egui::ComboBox::from_id_salt("numbers")
            .selected_text(meant(before))
            .width(theme::FIELD);
        let shown = combo.show_ui(ui, |ui| {
            for decimal in [None, Some('.'), Some(',')] {
                ui.selectable_value(&mut import.decimal, decimal, meant(decimal));
            }
        });
        named(&shown.response, words.regions_numbers);
        if import.decimal != before {
            import.recipe.set_decimal(import.decimal);
            asked = Some(Asked::Check);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(words.regions_aside).clicked() {
                asked = Some(Asked::PutAside);
            }
            let usable = import
                .edited
                .as_ref()
                .filter(|_| !busy && (far.is_none() || import.accepted));
            let button = egui::Button::new(RichText::new(words.regions_use).strong());
            if ui.add_enabled(usable.is_some(), button).clicked()
                && let Some(edited) = usable
            {
                asked = Some(Asked::Use(Arc::clone(edited)));
            }
        });
    });
    if busy {
        ui.label(words.regions_checking);
    } else if errors > 0 {
        let text = fill(words.regions_blocked, &[("count", &words.count(errors))]);
        ui.label(RichText::new(text).strong().color(palette.bad));
    } else if far.is_none() || import.accepted {
        let text = fill(words.regions_ready, &[("regions", &words.count(import.regions()))]);
        ui.label(RichText::new(text).color(palette.good));
    }
    if let Some(far) = &far {
        let text = fill(
            words.regions_far,
            &[
                ("what", what(far, words)),
                ("level", level_name(far.level, words)),
                ("table", &words.grouped(far.table)),
                ("national", &words.grouped(far.national)),
                ("apart", &apart(far, words)),
                ("by", &words.fixed(far.by, 3)),
            ],
        );
        ui.label(RichText::new(text).strong().color(palette.doubt));
        if errors == 0 {
            ui.checkbox(&mut import.accepted, words.regions_accept);
        }
    }
    asked
}

fn named(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}

fn what(part: &Reconciled, words: &Words) -> &'static str {
    if part.what == "teachers" {
        words.regions_teachers
    } else {
        words.regions_learners
    }
}

fn apart(part: &Reconciled, words: &Words) -> String {
    units::signed(part.apart(), |share| words.show(Unit::Share, share))
}

/// The cells under their headers, and above each header what it is taken for.
fn cells(ui: &mut Ui, import: &mut Import, jump: Option<usize>, words: &Words) -> Option<Asked> {
    let mut asked = None;
    let sheet = Arc::clone(&import.sheet);
    let (header, below) = (import.recipe.header, import.recipe.header + import.recipe.header_rows);
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::horizontal()
        .id_salt("columns")
        .auto_shrink(false)
        .show(ui, |ui| {
            let columns = import.recipe.columns.len();
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let number = vec2(theme::CELL * 0.4, theme::ROW);
                ui.allocate_ui(number, |ui| {
                    ui.set_min_size(number);
                });
                for column in 0..columns {
                    let room = vec2(theme::CELL, theme::ROW * 2.0);
                    let layout = Layout::top_down(Align::Min);
                    ui.allocate_ui_with_layout(room, layout, |ui| {
                        ui.set_min_size(room);
                        if choose(ui, import, column, words) {
                            asked = Some(Asked::Check);
                        }
                    });
                }
            });
            for row in sheet.upper.get(header..below).unwrap_or_default() {
                cells_of(ui, import, row, true, words);
            }
            let rows = sheet.upper.get(below..).unwrap_or_default();
            let mut area = egui::ScrollArea::vertical().id_salt("rows").auto_shrink(false);
            if let Some(row) = jump {
                #[allow(clippy::cast_precision_loss)]
                let offset = row.saturating_sub(below + 1) as f32 * theme::ROW;
                area = area.vertical_scroll_offset(offset);
            }
            area.show_rows(ui, theme::ROW, rows.len(), |ui, shown| {
                for row in &rows[shown] {
                    cells_of(ui, import, row, false, words);
                }
            });
        });
    asked
}

/// What a column is taken for; true if that was changed.
fn choose(ui: &mut Ui, import: &mut Import, column: usize, words: &Words) -> bool {
    let before = import.recipe.columns[column].clone();
    let mut meaning = before.meaning;
    let name = |meaning: Meaning| meaning.name().unwrap_or(words.regions_left_aside);
    let at = letters(column);
    let combo = egui::ComboBox::from_id_salt(("column", column))
        .selected_text(name(meaning))
        .width(theme::CELL - 8.0)
        .truncate();
    let shown = combo.show_ui(ui, |ui| {
        for choice in Meaning::choices() {
            ui.selectable_value(&mut meaning, choice, name(choice));
        }
    });
    named(&shown.response, &fill(words.regions_column, &[("letter", &at)]));
    let changed = meaning != before.meaning
        && !matches!(
            (meaning, before.meaning),
            (Meaning::Aside(Aside::ByHand), Meaning::Aside(_))
        );
    if changed {
        import.recipe.columns[column] = before.by_hand(meaning);
    }
    let unit = &mut import.recipe.columns[column].unit;
    if meaning.share().is_some() && matches!(unit, NumberUnit::Share | NumberUnit::Percent) {
        let mut percent = *unit == NumberUnit::Percent;
        let response = ui
            .checkbox(&mut percent, words.regions_percent)
            .on_hover_text(words.regions_percent_hint);
        let label = fill(words.regions_percent_name, &[("letter", &at)]);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, percent, &label));
        *unit = if percent {
            NumberUnit::Percent
        } else {
            NumberUnit::Share
        };
    }
    import.recipe.columns[column] != before
}

/// A row of cells; what is wrong is marked where it stands.
fn cells_of(ui: &mut Ui, import: &Import, row: &SheetRow<'_>, header: bool, words: &Words) {
    let palette = Palette::of(ui);
    let columns = import.recipe.columns.len();
    let number = theme::CELL * 0.4;
    #[allow(clippy::cast_precision_loss)]
    let width = number + theme::CELL * columns as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::ROW), egui::Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, palette.grid));
    let line = row.line;
    let mut put = |left: f32, width: f32, text: RichText, hint: Option<String>| {
        let cell =
            Rect::from_min_size(rect.left_top() + vec2(left, 0.0), vec2(width, theme::ROW)).shrink2(vec2(4.0, 1.0));
        let inside = egui::UiBuilder::new()
            .max_rect(cell)
            .layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(inside, |ui| {
            let label = ui.add(Label::new(text).truncate());
            if let Some(hint) = hint {
                label.on_hover_text(hint);
            }
        });
    };
    put(0.0, number, RichText::new(line.to_string()).small().weak(), None);
    for (column, cell) in row.cells.iter().enumerate().take(columns) {
        let finding = import
            .marks
            .get(&(cell.line, cell.column))
            .map(|index| &import.findings[*index]);
        let aside = matches!(import.recipe.columns[column].meaning, Meaning::Aside(_));
        let mut text = match finding {
            Some(finding) => RichText::new(format!("{} {}", sign(finding.severity), cell.shown()))
                .color(ink(finding.severity, palette)),
            None if aside => RichText::new(cell.shown()).weak(),
            None => RichText::new(cell.shown()),
        };
        if header {
            text = text.font(theme::bold(theme::BODY));
        }
        #[allow(clippy::cast_precision_loss)]
        let left = number + theme::CELL * column as f32;
        put(
            left,
            theme::CELL,
            text,
            finding.map(|finding| findings::said(finding, import.tried.as_deref(), words)),
        );
    }
}

/// The table's sums against the national totals.
fn totals(ui: &mut Ui, import: &Import, words: &Words) {
    ui.label(RichText::new(words.regions_totals).heading());
    if import.reconciled.is_empty() {
        ui.label(RichText::new(words.regions_no_totals).weak());
        return;
    }
    let palette = Palette::of(ui);
    egui::Grid::new("totals")
        .num_columns(5)
        .spacing([10.0, 3.0])
        .show(ui, |ui| {
            ui.label("");
            for header in [
                words.regions_total_table,
                words.regions_total_national,
                words.regions_total_apart,
                words.regions_total_by,
            ] {
                ui.label(RichText::new(header).small().weak());
            }
            ui.end_row();
            for part in &import.reconciled {
                ui.label(format!("{}, {}", what(part, words), level_name(part.level, words)));
                let number = |ui: &mut Ui, text: String| {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text));
                };
                number(ui, words.grouped(part.table));
                number(ui, words.grouped(part.national));
                let large = part.apart().abs() > super::import::LARGE;
                let mark = if large { "◆ " } else { "" };
                let text = RichText::new(format!("{mark}{}", apart(part, words)));
                ui.label(if large {
                    text.strong().color(palette.doubt)
                } else {
                    text
                });
                ui.label(if part.by == 1.0 {
                    words.regions_kept.to_owned()
                } else {
                    words.fixed(part.by, 3)
                });
                ui.end_row();
            }
        });
}

/// What was found, the gravest first; the row of the one that is pressed.
fn problems(ui: &mut Ui, import: &Import, words: &Words) -> Option<usize> {
    let mut pressed = None;
    let palette = Palette::of(ui);
    ui.label(RichText::new(words.regions_problems).heading());
    // The sums stand above in full.
    let shown: Vec<&Finding> = import
        .findings
        .iter()
        .filter(|finding| finding.code != "reconciled" || finding.severity == Severity::Error)
        .collect();
    if shown.is_empty() {
        ui.label(RichText::new(words.regions_no_problems).color(palette.good));
    }
    for finding in shown.iter().take(LISTED) {
        let rows = &import.sheet.upper;
        let row = rows.binary_search_by_key(&finding.place.line, |row| row.line);
        let cells = row.ok().and_then(|row| rows.get(row));
        let column = cells.and_then(|row| row.cells.iter().position(|cell| cell.column == finding.place.column));
        let at = column.map(|column| {
            let line = finding.place.line.to_string();
            fill(words.regions_at, &[("line", &line), ("letter", &letters(column))])
        });
        let place = at.map_or(String::new(), |at| format!("{at} · "));
        let text = format!(
            "{} {place}{}",
            sign(finding.severity),
            findings::line(finding, import.tried.as_deref(), words)
        );
        let label = Label::new(RichText::new(text).color(ink(finding.severity, palette))).wrap();
        if ui.add(label.sense(egui::Sense::click())).clicked() {
            pressed = row.ok();
        }
        ui.add_space(2.0);
    }
    if shown.len() > LISTED {
        let more = words.count(shown.len() - LISTED);
        ui.label(fill(words.regions_more, &[("count", &more)]));
    }
    pressed
}
