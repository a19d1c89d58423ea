//! How each column is read: what it means, what was seen in it and how sure that is, each with a choice of others.

use std::collections::BTreeSet;
use std::ops::Range;

use eframe::egui::{self, Color32, Popup, Pos2, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::import::Import;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, capital, fill};
use crate::data::tables::{
    Aside, ColumnHolds, ColumnRecipe, Meaning, Measure, NumberUnit, Place, Recipe, Sex, Sheet, Sure, letters,
};

/// Height of a reading.
pub(super) const HEIGHT: f32 = 52.0;
/// Columns alike from which they are folded into one.
const ALIKE: usize = 4;
/// Least and greatest width of a column.
const WIDTH: (f32, f32) = (88.0, 190.0);
/// Rows by which the width of a column is told.
const LOOKED_AT: usize = 40;

/// A column of the sheet, or several alike that are folded into one.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Columns of the sheet.
    pub columns: Range<usize>,
    /// Where it begins, and its width.
    pub left: f32,
    pub width: f32,
}

/// What is shown of the columns; `open` are the first of those alike that are to stand one by one.
#[allow(clippy::cast_precision_loss)]
pub(super) fn shown(sheet: &Sheet, recipe: &Recipe, open: &BTreeSet<usize>, words: &Words) -> Vec<Shown> {
    let (mut all, mut left, mut at) = (Vec::new(), 0.0, 0);
    let is_open = |at: usize| {
        open.iter()
            .any(|first| (*first..*first + alike(recipe, *first)).contains(&at))
    };
    while at < recipe.columns.len() {
        let count = alike(recipe, at);
        let is_empty = recipe.columns[at].meaning == Meaning::Aside(Aside::Empty);
        let folds = (count >= ALIKE || (is_empty && count > 1)) && !is_open(at);
        let columns = at..at + if folds { count } else { 1 };
        let rows = sheet.upper.iter().skip(recipe.header).take(LOOKED_AT);
        let letters = rows.filter_map(|row| Some(row.cells.get(at)?.shown().chars().count()));
        let own = if is_empty {
            0.0
        } else {
            letters.max().unwrap_or(0) as f32 * 6.6 + 14.0
        };
        let name = meaning_name(recipe.columns[at].meaning, words).chars().count() as f32 * 7.4 + 26.0;
        let width = own.max(name).clamp(WIDTH.0, WIDTH.1);
        all.push(Shown {
            columns: columns.clone(),
            left,
            width,
        });
        left += width;
        at = columns.end;
    }
    all
}

/// How many columns from this one on are read alike.
fn alike(recipe: &Recipe, first: usize) -> usize {
    let folds = |column: &ColumnRecipe| {
        let part = !column.levels.is_empty() || column.sex.is_some();
        let meaning = matches!(column.meaning, Meaning::Number(Measure::Learners) if part);
        column.sure != Sure::Asks && (meaning || matches!(column.meaning, Meaning::Aside(_)))
    };
    let Some(column) = recipe.columns.get(first).filter(|column| folds(column)) else {
        return 1;
    };
    let same = |other: &&ColumnRecipe| folds(other) && other.meaning == column.meaning;
    recipe.columns[first..].iter().take_while(same).count().max(1)
}

/// What a person wants of a reading.
pub(super) enum Wanted {
    /// Another meaning or unit: the recipe is changed.
    Changed,
    /// To unfold the columns from this one on.
    Unfold(usize),
}

/// A reading over its columns.
pub(super) fn reading(
    ui: &Ui,
    rect: Rect,
    import: &mut Import,
    columns: &Range<usize>,
    asked: &[usize],
    words: &Words,
) -> Option<Wanted> {
    let palette = Palette::of(ui);
    let column = import.recipe.columns.get(columns.start)?.clone();
    let is_asked = column.sure == Sure::Asks || !asked.is_empty();
    let at = letters(columns.start);
    let response = ui.interact(rect, ui.scope_id().with(("reading", columns.start)), Sense::click());
    let name = fill(words.regions_column, &[("letter", &at)]);
    let meaning = match column.sex {
        _ if columns.len() > 1 && !matches!(column.meaning, Meaning::Aside(_)) => words.regions_parts.to_owned(),
        Some(Sex::Girls) => fill(
            words.regions_girls_of,
            &[("what", &meaning_name(column.meaning, words))],
        ),
        Some(Sex::Boys) => fill(words.regions_boys_of, &[("what", &meaning_name(column.meaning, words))]),
        None => meaning_name(column.meaning, words),
    };
    let sure = if is_asked { Sure::Asks } else { column.sure };
    let seen = if columns.len() > 1 {
        fill(words.regions_columns_alike, &[("count", &words.count(columns.len()))])
    } else {
        seen(&import.sheet, &column, columns.start, words)
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    let (fill_colour, edge) = if is_asked {
        (tint(palette, palette.doubt), palette.doubt)
    } else if response.hovered() {
        (palette.chosen, palette.accent)
    } else {
        (palette.card, palette.edge)
    };
    let inner = rect.shrink2(vec2(1.5, 0.0));
    let stroke = if response.has_focus() {
        Stroke::new(2.0, palette.accent)
    } else {
        Stroke::new(1.0, edge)
    };
    ui.painter().rect(inner, 4, fill_colour, stroke, StrokeKind::Inside);
    let is_aside = matches!(column.meaning, Meaning::Aside(_));
    let ink = if is_aside { palette.weak } else { palette.text };
    let line = |row: f32| Rect::from_min_size(inner.min + vec2(6.0, 3.0 + row), vec2(inner.width() - 12.0, 15.0));
    write(ui, line(0.0), &meaning, &theme::bold(theme::BODY), ink);
    write(ui, line(16.0), &seen, &theme::text(theme::SMALL), palette.weak);
    if !is_aside || is_asked {
        let below = line(32.0);
        sign(ui, below.left_center() + vec2(5.0, 0.0), sure);
        let (text, colour) = sure_name(sure, palette, words);
        write(
            ui,
            below.with_min_x(below.left() + 14.0),
            text,
            &theme::text(theme::SMALL),
            colour,
        );
    }
    let mut badge = pos2(inner.right() - 10.0, inner.top() + 10.0);
    for number in asked.iter().take(2) {
        self::badge(ui, badge, *number);
        badge.x -= 18.0;
    }
    // An arrow says that more can be chosen.
    let corner = pos2(inner.right() - 10.0, inner.bottom() - 9.0);
    let arrow = [(-3.5, -1.5), (0.0, 2.0), (3.5, -1.5)].map(|(x, y)| corner + vec2(x, y));
    ui.painter()
        .add(Shape::line(arrow.to_vec(), Stroke::new(1.3, palette.weak)));
    let response = response.on_hover_ui(|ui| {
        ui.label(RichText::new(format!("{at} · {}", column.header)).strong());
        ui.label(format!("{meaning} · {seen}"));
    });
    let mut wanted = None;
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(190.0);
        let scroll = egui::ScrollArea::vertical().max_height(330.0);
        scroll.show(ui, |ui| wanted = choices(ui, import, columns, &column, words));
    });
    wanted
}

/// Other readings of a column.
fn choices(
    ui: &mut Ui,
    import: &mut Import,
    columns: &Range<usize>,
    column: &ColumnRecipe,
    words: &Words,
) -> Option<Wanted> {
    let mut wanted = None;
    if columns.len() > 1 && ui.button(words.regions_unfold).clicked() {
        return Some(Wanted::Unfold(columns.start));
    }
    if let Some(measure) = column.meaning.share() {
        ui.label(RichText::new(words.regions_unit).small().weak());
        let units = [
            NumberUnit::Share,
            NumberUnit::Percent,
            NumberUnit::CountOf,
            NumberUnit::Words,
        ];
        for unit in units {
            let chosen = column.unit == unit;
            if ui.selectable_label(chosen, unit_name(unit, measure, words)).clicked() && !chosen {
                for at in columns.clone() {
                    import.recipe.columns[at] = column.by_hand(column.meaning);
                    import.recipe.columns[at].unit = unit;
                }
                wanted = Some(Wanted::Changed);
            }
        }
        ui.separator();
    }
    ui.label(RichText::new(words.regions_meaning).small().weak());
    for meaning in Meaning::choices() {
        let aside = |meaning| matches!(meaning, Meaning::Aside(_));
        let chosen = meaning == column.meaning || (aside(meaning) && aside(column.meaning));
        let name = if aside(meaning) {
            words.regions_left_aside.to_owned()
        } else {
            meaning_name(meaning, words)
        };
        if ui.selectable_label(chosen, name).clicked() && !chosen {
            for at in columns.clone() {
                import.recipe.columns[at] = import.recipe.columns[at].by_hand(meaning);
            }
            wanted = Some(Wanted::Changed);
        }
    }
    wanted
}

/// Ground of what waits for an answer, or is wrong: its text stays readable.
pub(super) fn tint(palette: &Palette, colour: Color32) -> Color32 {
    palette.card.lerp_to_gamma(colour, 0.14)
}

/// A text in a line, cut where it has no room.
pub(super) fn write(ui: &Ui, place: Rect, text: &str, font: &egui::FontId, colour: Color32) -> f32 {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font.clone(), colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.width().max(1.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(place.left(), place.center().y - galley.size().y / 2.0);
    let width = galley.size().x;
    ui.painter().galley(at, galley, colour);
    width
}

/// How sure a reading is, as a shape.
pub(super) fn sign(ui: &Ui, at: Pos2, sure: Sure) {
    let (palette, painter) = (Palette::of(ui), ui.painter());
    match sure {
        Sure::Sure => {
            let tick = [(-4.0, 0.0), (-1.0, 3.0), (4.0, -3.5)].map(|(x, y)| at + vec2(x, y));
            painter.add(Shape::line(tick.to_vec(), Stroke::new(1.8, palette.good)));
        }
        Sure::Likely => {
            painter.circle_stroke(at, 4.0, Stroke::new(1.3, palette.accent));
            #[allow(clippy::cast_precision_loss)]
            let half = (0..=8).map(|step| {
                let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::PI * step as f32 / 8.0;
                at + 4.0 * vec2(angle.cos(), angle.sin())
            });
            painter.add(Shape::convex_polygon(half.collect(), palette.accent, Stroke::NONE));
        }
        Sure::Asks => {
            let corners = [(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)].map(|(x, y)| at + vec2(x, y));
            painter.add(Shape::convex_polygon(corners.to_vec(), palette.doubt, Stroke::NONE));
        }
    }
}

/// The same in a word.
pub(super) const fn sure_name(sure: Sure, palette: &Palette, words: &Words) -> (&'static str, Color32) {
    match sure {
        Sure::Sure => (words.regions_sure, palette.good),
        Sure::Likely => (words.regions_likely, palette.accent),
        Sure::Asks => (words.regions_asks, palette.doubt),
    }
}

/// The number of a question.
pub(super) fn badge(ui: &Ui, at: Pos2, number: usize) {
    let palette = Palette::of(ui);
    ui.painter().circle_filled(at, 7.5, palette.doubt);
    let font = theme::bold(theme::SMALL);
    ui.painter()
        .text(at, egui::Align2::CENTER_CENTER, number.to_string(), font, palette.card);
}

/// What was seen in a column.
fn seen(sheet: &Sheet, column: &ColumnRecipe, at: usize, words: &Words) -> String {
    if let Meaning::Aside(Aside::Person) = column.meaning {
        return words.regions_seen_person.to_owned();
    }
    match sheet.holds(at) {
        ColumnHolds::Nothing => words.regions_seen_nothing.to_owned(),
        ColumnHolds::Truths => words.regions_seen_truths.to_owned(),
        ColumnHolds::Percents => words.regions_seen_percents.to_owned(),
        ColumnHolds::Numbers(least, most) => {
            let number = |value: f64| words.decimals(value);
            fill(
                words.regions_seen_numbers,
                &[("least", &number(least)), ("most", &number(most))],
            )
        }
        ColumnHolds::Unique => words.regions_seen_unique.to_owned(),
        ColumnHolds::Texts(count, more) => {
            let count = format!("{}{}", words.count(count), if more { "+" } else { "" });
            fill(words.regions_seen_texts, &[("count", &count)])
        }
    }
}

/// What the numbers of a column may be.
const fn unit_name(unit: NumberUnit, measure: Measure, words: &Words) -> &'static str {
    match unit {
        NumberUnit::Percent => words.regions_unit_percent,
        NumberUnit::CountOf if matches!(measure.kind(), crate::data::tables::Kind::OfLearners) => {
            words.regions_unit_learners
        }
        NumberUnit::CountOf => words.regions_unit_schools,
        NumberUnit::Words => words.regions_unit_words,
        NumberUnit::Share | NumberUnit::Itself => words.regions_unit_share,
    }
}

/// What a column means, in words.
pub(super) fn meaning_name(meaning: Meaning, words: &Words) -> String {
    let name = match meaning {
        Meaning::Aside(why) => match why {
            Aside::PartOfTotal => words.regions_aside_part,
            Aside::TotalOfParts => words.regions_aside_total_of_parts,
            Aside::OtherYear => words.regions_aside_other_year,
            Aside::OutsideLevels => words.regions_aside_outside,
            Aside::Person => words.regions_aside_person,
            Aside::Empty => words.regions_aside_empty,
            Aside::NotKept => words.regions_aside_new,
            Aside::Unknown | Aside::NotNeeded | Aside::ByHand => words.regions_left_aside,
        },
        Meaning::Place(Place::Region) => words.regions_region,
        Meaning::Place(Place::District) => words.table_district,
        Meaning::Place(Place::Ward) => words.table_ward,
        Meaning::Locality => words.table_locality,
        Meaning::Level => words.regions_level,
        Meaning::SizeClass => words.table_size_class,
        Meaning::Year => words.table_year,
        Meaning::Sex => words.table_sex,
        Meaning::Code => words.table_code,
        Meaning::School => words.table_school,
        Meaning::Number(measure) => return measure_name(measure, words),
    };
    name.to_owned()
}

/// What is counted, in words.
pub(super) fn measure_name(measure: Measure, words: &Words) -> String {
    let name = match measure {
        Measure::Schools => words.table_schools,
        Measure::Learners => words.regions_learners,
        Measure::Teachers => words.regions_teachers,
        Measure::Power => words.table_power,
        Measure::Grid => words.table_grid,
        Measure::Solar => words.table_solar,
        Measure::Internet => words.table_internet,
        Measure::Cellular => words.table_cellular,
        Measure::Fibre => words.table_fibre,
        Measure::Wireless => words.table_wireless,
        Measure::Satellite => words.table_satellite,
        Measure::Computers => words.table_computers,
        Measure::Devices => words.table_devices,
        Measure::Mbps => words.table_mbps,
        Measure::Reach4g => words.table_reach_4g,
        Measure::ReachFibre => words.table_reach_fibre,
        Measure::Girls => words.equity_girls,
        Measure::Disability => words.equity_with,
        Measure::Poorest => words.equity_q1,
        Measure::Second => words.equity_q2,
        Measure::Middle => words.equity_q3,
        Measure::Fourth => words.equity_q4,
        Measure::Richest => words.equity_q5,
    };
    capital(name)
}
