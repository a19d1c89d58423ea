//! What a sheet gives, how its sums stand to what is published, what was assumed of it and left out, and the button that
//! takes it.

use eframe::egui::{self, Align, Label, Layout, RichText, Ui, vec2};

use super::import::Import;
use super::questions::found;
use super::readings::{measure_name, sign};
use super::rows::reason_name;
use crate::app::phrases::level_name;
use crate::app::theme::{self, Palette};
use crate::app::widgets::choice;
use crate::app::words::{Words, fill};
use crate::data::tables::{Apart, LevelSum, LevelTotal, Meaning, RowsAre, Sure};
use crate::scenario::Severity;
use crate::units::{self, Unit};

/// Differences from what is published up to which a sum is sure, and likely.
const CLOSE: [f64; 2] = [0.03, 0.1];
/// Notes and warnings that are listed; the rest is counted.
const LISTED: usize = 40;
/// Height of the button and what stands around it.
const FOOT: f32 = 98.0;

/// What a person asks for.
#[derive(Default)]
pub(super) struct Wanted {
    /// The recipe was changed.
    pub changed: bool,
    /// To take these figures.
    pub used: bool,
    /// To see this line and column.
    pub jump: Option<(Option<usize>, Option<usize>)>,
}

/// Shows the card.
pub(super) fn show(ui: &mut Ui, import: &mut Import, busy: bool, words: &Words) -> Wanted {
    let mut wanted = Wanted::default();
    let room = ui.available_height() - FOOT;
    egui::ScrollArea::vertical()
        .id_salt("gives")
        .auto_shrink(false)
        .max_height(room.max(theme::ROW))
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            counts(ui, import, words);
            wanted.changed |= classes(ui, import, words);
            since(ui, import, words);
            ui.separator();
            published(ui, import, words);
            wanted.changed |= total(ui, import, words);
            ui.separator();
            assumed(ui, import, words);
            let others = import.findings.iter().filter(|finding| {
                // Sums and rows stand above in full.
                finding.severity != Severity::Error && finding.code != "reconciled" && finding.code != "no-figure"
            });
            let others: Vec<_> = others.collect();
            if !others.is_empty() {
                ui.add_space(theme::GAP);
                ui.label(RichText::new(words.regions_problems).heading());
            }
            for finding in others.iter().take(LISTED) {
                wanted.jump = found(ui, import, finding, words).or(wanted.jump.take());
            }
            if others.len() > LISTED {
                ui.label(fill(
                    words.regions_more,
                    &[("count", &words.count(others.len() - LISTED))],
                ));
            }
        });
    foot(ui, import, busy, &mut wanted, words);
    wanted
}

fn counts(ui: &mut Ui, import: &Import, words: &Words) {
    ui.label(RichText::new(words.regions_gives).heading());
    let told = &import.told;
    let [schools, learners] = told.counts;
    let places = fill(words.regions_places, &[("regions", &words.count(told.regions))]);
    let each = [
        (words.grouped(schools), words.table_schools.to_owned()),
        (words.grouped(learners), words.regions_learners.to_lowercase()),
        (words.count(told.groups), places),
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 22.0;
        for (number, name) in each {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.label(RichText::new(number).font(theme::bold(theme::NAME)));
                ui.label(RichText::new(name).small().weak());
            });
        }
    });
}

/// Into how many classes by size the schools of a register are split; true if another number was chosen.
fn classes(ui: &mut Ui, import: &mut Import, words: &Words) -> bool {
    let recipe = &mut import.recipe;
    let told = [Meaning::Sex, Meaning::SizeClass].map(|meaning| recipe.column(meaning));
    if recipe.rows != RowsAre::Schools || told != [None; 2] {
        return false;
    }
    let name = |number: Option<u8>| {
        number.map_or(words.regions_no_classes.to_owned(), |number| {
            fill(words.regions_classes_of, &[("count", &number.to_string())])
        })
    };
    let choices = std::iter::once(None).chain((3..=10).map(Some));
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.regions_classes).small().weak())
            .on_hover_text(words.regions_classes_hint);
        chosen = choice(ui, words.regions_classes, 130.0, recipe.size_classes, choices, name);
    });
    if let Some(number) = chosen {
        recipe.size_classes = number;
    }
    chosen.is_some()
}

/// What differs from the table behind the plan's groups.
fn since(ui: &mut Ui, import: &Import, words: &Words) {
    let (Some(since), Some(kept)) = (&import.told.since, &import.kept) else {
        return;
    };
    ui.separator();
    ui.label(RichText::new(fill(words.regions_since, &[("file", &kept.file)])).heading());
    let said = |apart: &Apart| {
        let place = if apart.region.is_empty() {
            level_name(apart.level, words).to_owned()
        } else {
            format!("{}, {}", apart.region, level_name(apart.level, words))
        };
        let change = units::signed(apart.change(), |share| words.show(Unit::Share, share));
        let values = [
            ("place", place.as_str()),
            ("what", &measure_name(apart.measure, words).to_lowercase()),
            ("before", &words.grouped(apart.before)),
            ("now", &words.grouped(apart.now)),
            ("change", &change),
        ];
        fill(words.regions_since_line, &values)
    };
    for apart in &since.levels {
        ui.add(Label::new(said(apart)).wrap());
    }
    for (template, names) in [(words.regions_come, &since.come), (words.regions_gone, &since.gone)] {
        if !names.is_empty() {
            let text = fill(template, &[("regions", &names.join(", "))]);
            ui.add(Label::new(RichText::new(text).color(Palette::of(ui).doubt)).wrap());
        }
    }
    if since.regions.is_empty() {
        ui.label(RichText::new(words.regions_since_near).small().weak());
    } else {
        ui.label(RichText::new(words.regions_since_far).small().weak());
    }
    for apart in since.regions.iter().take(LISTED) {
        ui.add(Label::new(format!("◆ {}", said(apart))).wrap());
    }
    if since.regions.len() > LISTED {
        ui.label(fill(
            words.regions_more,
            &[("count", &words.count(since.regions.len() - LISTED))],
        ));
    }
}

fn published(ui: &mut Ui, import: &Import, words: &Words) {
    ui.label(RichText::new(words.regions_totals).heading());
    let width = ui.available_width();
    let columns = [width * 0.28, width * 0.21, width * 0.21, width * 0.3];
    let head = [
        "",
        words.regions_total_table,
        words.regions_total_published,
        words.regions_total_apart,
    ];
    line(ui, columns, head.map(|text| RichText::new(text).small().weak()), None);
    let mut levels: Vec<&[LevelSum]> = import.told.sums.chunk_by(|one, next| one.level == next.level).collect();
    // Levels of which the sheet says nothing are told last.
    levels.sort_by_key(|sums| sums.iter().all(|sum| sum.table.is_none()));
    for sums in levels {
        let level = level_name(sums[0].level, words);
        let bold = RichText::new(level).font(theme::bold(theme::BODY));
        if sums.iter().all(|sum| sum.table.is_none()) {
            let all = sums
                .first()
                .and_then(|sum| sum.published)
                .map_or(String::new(), |value| words.grouped(value));
            let rest = RichText::new(words.regions_not_in_sheet).small().weak();
            line(ui, columns, [bold, RichText::new(""), RichText::new(all), rest], None);
            continue;
        }
        ui.label(bold);
        for sum in sums {
            sum_of(ui, columns, sum, words);
        }
    }
}

/// To which total learners and teachers of a level add up in the plan; true if another was chosen.
fn total(ui: &mut Ui, import: &mut Import, words: &Words) -> bool {
    let name = |total: LevelTotal| {
        match total {
            LevelTotal::Published => words.regions_total_of_published,
            LevelTotal::Sheet => words.regions_total_of_sheet,
        }
        .to_owned()
    };
    let choices = [LevelTotal::Published, LevelTotal::Sheet];
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.regions_total_taken).small().weak())
            .on_hover_text(words.regions_total_taken_hint);
        let width = ui.available_width() - 8.0;
        chosen = choice(ui, words.regions_total_taken, width, import.recipe.total, choices, name);
    });
    if let Some(total) = chosen {
        import.recipe.total = total;
    }
    chosen.is_some()
}

/// A sum against what is published.
fn sum_of(ui: &mut Ui, columns: [f32; 4], sum: &LevelSum, words: &Words) {
    let palette = Palette::of(ui);
    let share = sum.measure.is_share();
    let said = |value: f64| {
        if share {
            words.show(Unit::Share, value)
        } else {
            words.grouped(value)
        }
    };
    let name = format!("   {}", measure_name(sum.measure, words));
    let table = sum.table.map_or(words.regions_not_told.to_owned(), said);
    let published = sum.published.map_or(words.regions_nothing_published.to_owned(), said);
    let (apart, mark) = match (sum.table, sum.published) {
        (Some(table), Some(published)) => {
            let apart = if share {
                table - published
            } else {
                table / published - 1.0
            };
            let said = if share {
                units::signed(apart * 100.0, |points| words.show(Unit::Points, points))
            } else {
                units::signed(apart, |share| words.show(Unit::Share, share))
            };
            (said, Some(mark(apart)))
        }
        (Some(_), None) => {
            let assumed = sum.assumed.map(said);
            (
                assumed.map_or(String::new(), |assumed| {
                    fill(words.regions_assumed_so, &[("value", &assumed)])
                }),
                None,
            )
        }
        _ => (String::new(), None),
    };
    let ink = if mark == Some(Sure::Asks) {
        palette.doubt
    } else {
        palette.text
    };
    let texts = [
        RichText::new(name),
        RichText::new(table),
        RichText::new(published),
        match mark {
            None => RichText::new(apart).small().weak(),
            Some(_) => RichText::new(apart).color(ink),
        },
    ];
    line(ui, columns, texts, mark);
}

/// How near a sum is: within 3 %, within 10, beyond.
fn mark(apart: f64) -> Sure {
    match apart.abs() {
        near if near <= CLOSE[0] => Sure::Sure,
        near if near <= CLOSE[1] => Sure::Likely,
        _ => Sure::Asks,
    }
}

/// A row of the table of sums.
fn line(ui: &mut Ui, columns: [f32; 4], texts: [RichText; 4], mark: Option<Sure>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (at, (width, text)) in columns.into_iter().zip(texts).enumerate() {
            let layout = if at == 0 {
                Layout::left_to_right(Align::Center)
            } else {
                Layout::right_to_left(Align::Center)
            };
            ui.allocate_ui_with_layout(vec2(width, 17.0), layout, |ui| {
                ui.set_min_width(width);
                let label = ui.add(Label::new(text).truncate());
                if let (3, Some(mark)) = (at, mark) {
                    sign(ui, label.rect.left_center() - vec2(9.0, 0.0), mark);
                }
            });
        }
    });
}

fn assumed(ui: &mut Ui, import: &Import, words: &Words) {
    ui.label(RichText::new(words.regions_assumed).heading());
    let told = &import.told;
    for said in &told.assumed {
        ui.add(Label::new(format!("· {}", words.say(said))).wrap());
    }
    for (why, count) in &told.aside {
        let values = [("why", reason_name(*why, words)), ("count", &words.count(*count))];
        ui.label(fill(words.regions_rows_aside, &values));
    }
    if told.assumed.is_empty() && told.aside.is_empty() {
        ui.label(RichText::new(words.regions_nothing_assumed).color(Palette::of(ui).good));
    }
}

/// The button that takes it, and what it does.
fn foot(ui: &mut Ui, import: &mut Import, busy: bool, wanted: &mut Wanted, words: &Words) {
    let palette = Palette::of(ui);
    ui.separator();
    ui.checkbox(&mut import.keep, words.regions_keep)
        .on_hover_text(words.regions_keep_hint);
    let usable = import.edited.is_some() && !busy;
    let (text, colour) = if busy {
        (words.regions_checking.to_owned(), palette.weak)
    } else if import.edited.is_none() {
        (words.regions_first_mend.to_owned(), palette.bad)
    } else {
        let regions = words.count(import.told.regions);
        (fill(words.regions_ready, &[("regions", &regions)]), palette.good)
    };
    ui.add(Label::new(RichText::new(&text).small().color(colour)).truncate())
        .on_hover_text(text);
    let name = RichText::new(words.regions_use)
        .font(theme::bold(theme::BODY))
        .color(palette.card);
    let button = egui::Button::new(name).fill(palette.accent);
    let size = vec2(ui.available_width(), 28.0);
    wanted.used = ui
        .add_enabled_ui(usable, |ui| ui.add_sized(size, button))
        .inner
        .clicked();
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(words.regions_use_hint).small().weak());
    });
}
