//! The sheet's own rows, with its own numbers of rows and letters of columns: nothing is put in another order. What is left
//! aside stays in sight with its reason, long runs of rows that are read alike are folded. Only what is in sight is laid out.

use std::collections::BTreeSet;
use std::ops::Range;

use eframe::egui::{self, Popup, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::import::Import;
use super::readings::{self, Shown, Wanted, sign, sure_name, tint, write};
use crate::app::findings;
use crate::app::memo::Same;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::data::tables::{Aside, Meaning, RowAside, Sheet, SheetRow, Sure, letters};
use crate::scenario::Severity;

/// Height of a row.
const LINE: f32 = 19.0;
/// Room for the numbers of rows.
const NUMBERS: f32 = 52.0;
/// Width of the strip that stands for the whole file.
const STRIP: f32 = 9.0;
/// Rows that a small sheet has: none of them is folded.
const SMALL: usize = 60;
/// Rows that stay in sight at the top, and below a row that is left aside.
const FIRST: usize = 8;
const NEXT: usize = 1;

/// How the rows are looked at.
#[derive(Debug, Default)]
pub(super) struct RowsView {
    of: Option<Same<Sheet>>,
    /// First rows of runs, and first columns of those alike, that are unfolded.
    open: BTreeSet<usize>,
    open_columns: BTreeSet<usize>,
    /// Where a person has gone last.
    at: Option<(Option<usize>, Option<usize>)>,
    /// Where to go: line, and column from 0.
    pub jump: Option<(Option<usize>, Option<usize>)>,
}

/// What stands in a line of the page: a row by its position, rows that are folded, rows that are not kept, a note at the end.
enum Piece {
    Rows(Range<usize>),
    Folded(Range<usize>),
    Beyond(usize),
    Note(usize),
}

impl Piece {
    fn lines(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Folded(_) | Self::Beyond(_) | Self::Note(_) => 1,
        }
    }
}

/// All pieces, from above to below.
fn pieces(import: &Import, open: &BTreeSet<usize>) -> Vec<Piece> {
    let sheet = &import.sheet;
    let below = (import.recipe.header + import.recipe.header_rows).min(sheet.upper.len());
    let told = &import.told;
    let is_plain = |row: &SheetRow<'_>| !told.reasons.contains_key(&row.line) && !told.doubted.contains_key(&row.line);
    let mut pieces = vec![Piece::Rows(0..below)];
    let (mut at, mut keep) = (below, FIRST);
    while at < sheet.upper.len() {
        let run = sheet.upper[at..].iter().take_while(|row| is_plain(row)).count();
        let folds = sheet.rows > SMALL && run > keep + 3 && !open.contains(&(at + keep));
        if folds {
            pieces.push(Piece::Rows(at..at + keep));
            pieces.push(Piece::Folded(at + keep..at + run));
        } else {
            pieces.push(Piece::Rows(at..at + run));
        }
        at += run;
        keep = NEXT;
        let marked = sheet.upper[at..].iter().take_while(|row| !is_plain(row)).count();
        pieces.push(Piece::Rows(at..at + marked));
        at += marked;
    }
    let beyond = sheet.rows.saturating_sub(sheet.upper.len() + sheet.lower.len());
    if beyond > 0 {
        pieces.push(Piece::Beyond(beyond));
    }
    pieces.extend((0..sheet.lower.len()).map(Piece::Note));
    pieces
}

/// What a person asks for.
#[derive(Default)]
pub(super) struct InRows {
    /// A reading was changed.
    pub changed: bool,
    /// Another header: position of its first row, and their number.
    pub header: Option<(usize, usize)>,
}

/// Shows the sheet.
#[allow(clippy::cast_precision_loss)]
pub(super) fn show(ui: &mut Ui, import: &mut Import, state: &mut RowsView, words: &Words) -> InRows {
    let mut wish = InRows::default();
    if state.of.as_ref() != Some(&Same::of(&import.sheet)) {
        *state = RowsView {
            of: Some(Same::of(&import.sheet)),
            jump: state.jump.take(),
            ..RowsView::default()
        };
    }
    heading(ui, words);
    ui.spacing_mut().item_spacing.y = 0.0;
    if let Some((_, Some(column))) = state.jump {
        unfold_to(import, state, column, words);
    }
    let columns = readings::shown(&import.sheet, &import.recipe, &state.open_columns, words);
    let width = columns.last().map_or(0.0, |last| last.left + last.width);
    let foot = LINE;
    let area = ui.available_rect_before_wrap();
    let head = area
        .with_min_x(area.left() + NUMBERS)
        .with_max_x(area.right() - STRIP - 4.0);
    let head = head.with_max_y(area.top() + readings::HEIGHT + LINE - 3.0);
    let body = Rect::from_min_max(
        pos2(head.left(), head.bottom()),
        pos2(head.right(), area.bottom() - foot),
    );
    let mut scroll = ScrollArea::both().id_salt("rows of the sheet").auto_shrink(false);
    let mut lines = pieces(import, &state.open);
    if let Some((line, column)) = state.jump.take() {
        state.at = Some((line, column));
        if let Some(line) = line {
            if let Some(Piece::Folded(rows)) = lines.iter().find(|piece| holds(&import.sheet, piece, line)) {
                state.open.insert(rows.start);
                lines = pieces(import, &state.open);
            }
            let above = offset_of(&import.sheet, &lines, line).saturating_sub(3);
            scroll = scroll.vertical_scroll_offset(above as f32 * LINE);
        }
        let shown = column.and_then(|column| columns.iter().find(|shown| shown.columns.contains(&column)));
        if let Some(shown) = shown {
            scroll = scroll.horizontal_scroll_offset((shown.left - 60.0).max(0.0));
        }
    }
    let count: usize = lines.iter().map(Piece::lines).sum();
    let outer = ui.clip_rect();
    let mut in_body = ui.new_child(egui::UiBuilder::new().max_rect(body));
    let (mut pressed, mut numbers) = (None, Vec::new());
    let output = scroll.show_viewport(&mut in_body, |ui, viewport| {
        ui.set_width(width.max(viewport.width()));
        ui.set_height(count as f32 * LINE);
        let sight = ui.clip_rect();
        let origin = ui.max_rect().min;
        let across = Rect::from_min_max(pos2(area.left(), sight.top()), sight.max).intersect(outer);
        let (mut line, first) = (0, (viewport.top() / LINE).floor());
        for piece in &lines {
            let count = piece.lines();
            for at in 0..count {
                if (line + at) as f32 >= first && ((line + at) as f32) * LINE < viewport.bottom() {
                    let top = origin.y + (line + at) as f32 * LINE;
                    let rect = Rect::from_min_size(pos2(origin.x, top), vec2(width.max(viewport.width()), LINE));
                    if let Some(first) = one(ui, import, piece, at, rect, across, &columns, state.at, words) {
                        pressed = Some(first);
                    }
                    if let Piece::Rows(rows) = piece {
                        numbers.push((rows.start + at, rect.top()));
                    }
                }
            }
            line += count;
        }
    });
    state.open.extend(pressed);
    let mut beside = ui.new_child(egui::UiBuilder::new().max_rect(body.with_min_x(area.left())));
    beside.set_clip_rect(body.with_min_x(area.left()).intersect(outer));
    for (position, top) in numbers {
        let place = Rect::from_min_size(pos2(area.left(), top), vec2(NUMBERS - 3.0, LINE));
        wish.header = number(&beside, import, position, place, words).or(wish.header);
    }
    strip(
        ui,
        import,
        Rect::from_min_max(
            pos2(area.right() - STRIP, body.top()),
            pos2(area.right(), body.bottom()),
        ),
    );
    let mut over = ui.new_child(egui::UiBuilder::new().max_rect(head));
    over.set_clip_rect(head.intersect(ui.clip_rect()));
    for shown in &columns {
        let left = head.left() + shown.left - output.state.clamped_offset().x;
        let place = Rect::from_min_size(pos2(left, head.top()), vec2(shown.width, readings::HEIGHT));
        if !place.intersects(head) {
            continue;
        }
        let about = |at: &Option<usize>| at.is_some_and(|at| shown.columns.contains(&at));
        let questions = import.told.questions.iter().enumerate();
        let asked: Vec<usize> = questions
            .filter(|(_, question)| about(&question.column))
            .map(|(at, _)| at + 1)
            .collect();
        match readings::reading(&over, place, import, &shown.columns, &asked, words) {
            Some(Wanted::Changed) => wish.changed = true,
            Some(Wanted::Unfold(first)) => {
                state.open_columns.insert(first);
            }
            None => {}
        }
        let below = Rect::from_min_size(place.left_bottom(), vec2(shown.width, LINE - 3.0)).shrink2(vec2(5.0, 0.0));
        let (first, last) = (letters(shown.columns.start), letters(shown.columns.end - 1));
        let text = if first == last {
            first
        } else {
            format!("{first}–{last}")
        };
        write(&over, below, &text, &theme::text(theme::SMALL), Palette::of(ui).weak);
    }
    ui.allocate_rect(area.with_max_y(area.bottom() - foot), Sense::hover());
    below(ui, import, words);
    wish
}

/// The number of a row: a click asks for the header that begins with it.
fn number(ui: &Ui, import: &Import, position: usize, place: Rect, words: &Words) -> Option<(usize, usize)> {
    let line = import.sheet.upper.get(position)?.line;
    let response = ui.interact(place, ui.scope_id().with(("number", position)), Sense::click());
    let name = fill(words.regions_row_number, &[("line", &words.count(line))]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if response.hovered() || response.has_focus() {
        let edge = Stroke::new(1.0, Palette::of(ui).accent);
        ui.painter().rect_stroke(place.shrink(1.0), 3, edge, StrokeKind::Inside);
    }
    let response = response.on_hover_text(words.regions_row_number_hint);
    let mut header = None;
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(200.0);
        let names = [
            words.regions_header_one,
            words.regions_header_two,
            words.regions_header_three,
        ];
        let now = (import.recipe.header, import.recipe.header_rows);
        for (name, count) in names.into_iter().zip(1..) {
            let chosen = now == (position, count);
            let fits = position + count <= import.sheet.upper.len();
            if fits && ui.selectable_label(chosen, name).clicked() && !chosen {
                header = Some((position, count));
            }
        }
    });
    header
}

fn heading(ui: &mut Ui, words: &Words) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.regions_as_it_is).heading());
        ui.add_space(10.0);
        for sure in [Sure::Sure, Sure::Likely, Sure::Asks] {
            let (place, _) = ui.allocate_exact_size(vec2(10.0, 14.0), Sense::hover());
            sign(ui, place.center(), sure);
            let (text, colour) = sure_name(sure, palette, words);
            ui.label(RichText::new(text).small().color(colour));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(RichText::new(words.regions_change).small().weak()).truncate());
        });
    });
}

/// Unfolds the columns alike among which one stands.
fn unfold_to(import: &Import, state: &mut RowsView, column: usize, words: &Words) {
    let columns = readings::shown(&import.sheet, &import.recipe, &state.open_columns, words);
    let folded = columns
        .iter()
        .find(|shown| shown.columns.len() > 1 && shown.columns.contains(&column));
    state.open_columns.extend(folded.map(|shown| shown.columns.start));
}

fn holds(sheet: &Sheet, piece: &Piece, line: usize) -> bool {
    match piece {
        Piece::Rows(rows) | Piece::Folded(rows) => sheet.upper[rows.clone()]
            .binary_search_by_key(&line, |row| row.line)
            .is_ok(),
        Piece::Beyond(_) => false,
        Piece::Note(at) => sheet.lower[*at].line == line,
    }
}

/// Lines of the page above the one in which a row of the sheet stands; where it is not kept, above what stands for it.
fn offset_of(sheet: &Sheet, pieces: &[Piece], line: usize) -> usize {
    let mut above = 0;
    for piece in pieces {
        if let Piece::Rows(rows) = piece
            && let Ok(at) = sheet.upper[rows.clone()].binary_search_by_key(&line, |row| row.line)
        {
            return above + at;
        }
        if holds(sheet, piece, line) || matches!(piece, Piece::Beyond(_)) {
            return above;
        }
        above += piece.lines();
    }
    above
}

/// A line of the page; the first row of what is to be unfolded.
#[allow(clippy::too_many_arguments)]
fn one(
    ui: &Ui,
    import: &Import,
    piece: &Piece,
    at: usize,
    rect: Rect,
    across: Rect,
    columns: &[Shown],
    gone_to: Option<(Option<usize>, Option<usize>)>,
    words: &Words,
) -> Option<usize> {
    let palette = Palette::of(ui);
    let (row, position) = match piece {
        Piece::Rows(rows) => (&import.sheet.upper[rows.start + at], Some(rows.start + at)),
        Piece::Note(at) => (&import.sheet.lower[*at], None),
        Piece::Folded(rows) => {
            let text = fill(words.regions_folded, &[("count", &words.count(rows.len()))]);
            let place = Rect::from_min_max(pos2(across.left(), rect.top()), pos2(across.right(), rect.bottom()))
                .intersect(across);
            let response = ui.interact(place, ui.scope_id().with(("folded", rows.start)), Sense::click());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
            let colour = if response.hovered() || response.has_focus() {
                palette.accent
            } else {
                palette.weak
            };
            fold(ui, place, &text, colour);
            return response.clicked().then_some(rows.start);
        }
        Piece::Beyond(count) => {
            let text = fill(words.regions_folded, &[("count", &words.count(*count))]);
            let place = Rect::from_min_max(pos2(across.left(), rect.top()), pos2(across.right(), rect.bottom()))
                .intersect(across);
            fold(ui, place, &text, palette.weak);
            return None;
        }
    };
    let header = import.recipe.header..import.recipe.header + import.recipe.header_rows;
    let is_header = position.is_some_and(|position| header.contains(&position));
    let reason = import.told.reasons.get(&row.line).copied();
    let reason = reason.or((position.is_none()).then_some(RowAside::Note));
    let reason = reason.or_else(|| position.filter(|at| *at < header.start).map(|_| RowAside::Title));
    let whole = Rect::from_min_max(pos2(across.left(), rect.top()), pos2(across.right(), rect.bottom()));
    // The gutter lies outside of what scrolls.
    let wide = beside(ui, whole.intersect(across));
    if is_header {
        wide.rect_filled(whole, 0, palette.chosen);
        wide.rect_filled(whole.with_max_x(whole.left() + 3.0), 0, palette.accent);
    } else if reason.is_some() {
        wide.rect_filled(whole, 0, palette.ground);
    }
    wide.hline(
        whole.x_range(),
        whole.bottom(),
        Stroke::new(1.0, palette.grid.gamma_multiply(0.6)),
    );
    let number = pos2(across.left() + NUMBERS - 6.0, rect.center().y);
    let font = theme::text(theme::SMALL);
    wide.text(
        number,
        egui::Align2::RIGHT_CENTER,
        words.count(row.line),
        font,
        palette.weak,
    );
    cells(ui, import, row, rect, columns, (is_header, reason.is_some()), words);
    if let Some((Some(line), column)) = gone_to
        && line == row.line
    {
        let shown = column.and_then(|column| columns.iter().find(|shown| shown.columns.contains(&column)));
        let edge = Stroke::new(1.5, palette.accent);
        match shown {
            Some(shown) => {
                let place = Rect::from_min_size(pos2(rect.left() + shown.left, rect.top()), vec2(shown.width, LINE));
                ui.painter().rect_stroke(place, 3, edge, StrokeKind::Inside);
            }
            None => {
                wide.rect_stroke(whole, 3, edge, StrokeKind::Inside);
            }
        }
    }
    let pill = match reason {
        _ if position.is_some_and(|at| at + 1 == header.end) && is_header => {
            Some((words.regions_header, palette.accent))
        }
        Some(why) => Some((reason_name(why, words), palette.weak)),
        None => None,
    };
    if let Some((text, colour)) = pill {
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), theme::text(theme::SMALL), colour);
        let size = galley.size() + vec2(12.0, 2.0);
        let place = Rect::from_min_size(pos2(whole.right() - size.x - 4.0, rect.center().y - size.y / 2.0), size);
        ui.painter()
            .rect(place, 7, palette.card, Stroke::new(1.0, colour), StrokeKind::Inside);
        ui.painter().galley(place.min + vec2(6.0, 1.0), galley, colour);
    }
    None
}

/// Draws beside what scrolls, too.
fn beside(ui: &Ui, place: Rect) -> egui::Painter {
    let mut painter = ui.painter().clone();
    painter.set_clip_rect(place);
    painter
}

fn fold(ui: &Ui, place: Rect, text: &str, colour: egui::Color32) {
    let palette = Palette::of(ui);
    let from = pos2(place.left() + NUMBERS - 12.0, place.center().y);
    let wide = beside(ui, place);
    for step in [-4.0, 0.0, 4.0] {
        wide.circle_filled(from + vec2(0.0, step), 1.2, palette.weak);
    }
    let at = from + vec2(14.0, 0.0);
    let right = wide
        .text(at, egui::Align2::LEFT_CENTER, text, theme::text(theme::SMALL), colour)
        .right();
    let dots = [pos2(right + 8.0, at.y), pos2(place.right() - 6.0, at.y)];
    wide.extend(egui::Shape::dashed_line(
        &dots,
        Stroke::new(1.0, palette.grid),
        2.0,
        4.0,
    ));
}

/// The cells of a row that are in sight.
fn cells(
    ui: &Ui,
    import: &Import,
    row: &SheetRow<'_>,
    rect: Rect,
    columns: &[Shown],
    (is_header, is_aside): (bool, bool),
    words: &Words,
) {
    let (palette, sight) = (Palette::of(ui), ui.clip_rect());
    let name = row
        .cells
        .iter()
        .map(|cell| cell.shown())
        .filter(|text| !text.is_empty());
    let name = format!("{} · {}", row.line, name.collect::<Vec<_>>().join(" · "));
    let response = ui.interact(
        rect.intersect(sight),
        ui.scope_id().with(("row", row.line)),
        Sense::hover(),
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    let font = if is_header {
        theme::bold(theme::BODY - 0.5)
    } else {
        theme::text(theme::BODY - 0.5)
    };
    let alone = row.cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
    for shown in columns {
        let place = Rect::from_min_size(pos2(rect.left() + shown.left, rect.top()), vec2(shown.width, LINE));
        if !(place.intersects(sight) || alone) {
            continue;
        }
        let column = &import.recipe.columns[shown.columns.start];
        let own = shown.columns.clone().filter_map(|at| row.cells.get(at));
        let finding = own.clone().find_map(|cell| import.marks.get(&(cell.line, cell.column)));
        let finding = finding.map(|at| &import.findings[*at]);
        let texts = own.map(|cell| cell.shown()).filter(|text| !text.is_empty());
        let mut text = texts.take(4).collect::<Vec<_>>().join("  ");
        let is_number = matches!(column.meaning, Meaning::Number(_)) && !is_header && shown.columns.len() == 1;
        let mut ink = if is_aside || matches!(column.meaning, Meaning::Aside(_)) {
            palette.weak
        } else {
            palette.text
        };
        if let Some(finding) = finding {
            let colour = findings::ink(finding.severity, palette);
            ui.painter().rect_filled(place.shrink(1.0), 2, tint(palette, colour));
            ink = if finding.severity == Severity::Error {
                palette.bad
            } else {
                palette.text
            };
            text = format!("{} {text}", findings::sign(finding.severity));
            let hint = findings::said(finding, import.tried.as_deref(), words);
            let place = place.intersect(sight);
            let response = ui.interact(
                place,
                ui.scope_id().with(("cell", row.line, shown.columns.start)),
                Sense::hover(),
            );
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
            response.on_hover_text(hint);
        }
        if text.is_empty() {
            continue;
        }
        let mut inside = place.shrink2(vec2(5.0, 0.0));
        if alone && text.chars().count() > 8 {
            inside = inside.with_max_x(rect.right());
        }
        if is_number {
            // What does not fit begins at the left, so that its first digits are seen.
            let galley = ui.painter().layout_no_wrap(text.clone(), font.clone(), ink);
            if galley.size().x <= inside.width() {
                let at = pos2(
                    inside.right() - galley.size().x,
                    inside.center().y - galley.size().y / 2.0,
                );
                ui.painter().galley(at, galley, ink);
                continue;
            }
        }
        write(ui, inside, &text, &font, ink);
    }
}

/// The whole file as a strip: rows left aside, and rows in which something is wrong or in doubt.
#[allow(clippy::cast_precision_loss)]
fn strip(ui: &Ui, import: &Import, place: Rect) {
    let palette = Palette::of(ui);
    ui.painter().rect_filled(place, 2, palette.ground);
    let sheet = &import.sheet;
    let last = sheet.lower.back().or(sheet.upper.last()).map_or(1, |row| row.line);
    let last = last.max(sheet.rows).max(1) as f32;
    let tick = |line: usize, colour: egui::Color32, height: f32| {
        let y = place.top() + place.height() * (line as f32 / last).min(1.0);
        let mark = Rect::from_center_size(pos2(place.center().x, y), vec2(STRIP, height));
        ui.painter().rect_filled(mark.intersect(place), 0, colour);
    };
    for line in import.told.reasons.keys() {
        tick(*line, palette.grid, 1.0);
    }
    for (line, severity) in &import.told.doubted {
        tick(*line, findings::ink(*severity, palette), 2.5);
    }
}

/// How many columns are used, and which are not.
fn below(ui: &mut Ui, import: &Import, words: &Words) {
    let aside = |meaning: &Meaning| matches!(meaning, Meaning::Aside(why) if *why != Aside::Empty);
    let told = import
        .recipe
        .columns
        .iter()
        .filter(|column| column.meaning != Meaning::Aside(Aside::Empty));
    let (left, used): (Vec<_>, Vec<_>) = told.partition(|column| aside(&column.meaning));
    let persons = left
        .iter()
        .any(|column| column.meaning == Meaning::Aside(Aside::Person));
    let names: Vec<&str> = left
        .iter()
        .map(|column| column.header.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let counts = [used.len() + left.len(), used.len(), left.len()].map(|count| words.count(count));
    let template = if names.is_empty() {
        words.regions_columns_all
    } else {
        words.regions_columns
    };
    let values = [
        ("all", counts[0].as_str()),
        ("used", &counts[1]),
        ("aside", &counts[2]),
        ("names", &names.join(", ")),
    ];
    let text = format!(
        "{} {}",
        fill(template, &values),
        if persons {
            words.regions_persons
        } else {
            words.regions_no_persons
        }
    );
    ui.add(egui::Label::new(RichText::new(&text).small().weak()).truncate())
        .on_hover_text(&text);
}

/// Why a row is left aside.
pub(super) const fn reason_name(why: RowAside, words: &Words) -> &'static str {
    match why {
        RowAside::Title => words.regions_row_title,
        RowAside::Total => words.regions_row_total,
        RowAside::Note => words.regions_row_note,
        RowAside::ColumnNumbers => words.regions_row_numbers,
        RowAside::OtherYear => words.regions_row_year,
        RowAside::OutsideLevels => words.regions_row_outside,
        RowAside::NoLevel => words.regions_row_no_level,
        RowAside::NoRegion => words.regions_row_no_region,
        RowAside::NoLearners => words.regions_row_no_learners,
    }
}
