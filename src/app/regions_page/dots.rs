//! What the schools of each region have today: electricity, computers and internet on one scale, beside their number and
//! mean size; the country on top.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{self, Key, Rect, Sense, Ui, vec2};

use crate::app::chart::{self, Dots, Head};
use crate::app::document::View;
use crate::app::phrases::{level_name, locality_name, source_line};
use crate::app::theme::Palette;
use crate::app::widgets::choice;
use crate::app::words::{Words, capital, fill};
use crate::report::figure::DotRow;
use crate::scenario::{Component, Country, Group, Level, Locality};

/// Height of a region below which the chart scrolls.
const ROW: f32 = 17.0;
/// Room for title, names of columns and source.
const AROUND: f32 = 96.0;

/// By what the regions are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Order {
    Name,
    Schools,
    Size,
    #[default]
    Power,
    Computers,
    Internet,
}

/// How the chart is looked at.
#[derive(Debug, Default)]
pub(super) struct DotsView {
    order: Order,
    level: Option<Level>,
    /// Regions whose groups are shown.
    open: BTreeSet<String>,
}

/// Schools of a region.
#[derive(Clone, Copy, Debug, Default)]
struct Have {
    schools: f64,
    learners: f64,
    /// Schools with electricity, computers, internet.
    with: [f64; 3],
}

impl Have {
    fn add(&mut self, group: &Group) {
        let schools = group.schools.value;
        let links = [&group.fibre, &group.cellular, &group.wireless, &group.satellite];
        let online: f64 = links.iter().map(|link| link.value).sum();
        let shares = [group.grid.value + group.solar.value, group.equipped.value, online];
        self.schools += schools;
        self.learners += group.learners.value;
        for (sum, share) in self.with.iter_mut().zip(shares) {
            *sum += schools * share.min(1.0);
        }
    }

    fn share(&self, of: usize) -> f64 {
        self.with[of] / self.schools
    }

    fn size(&self) -> f64 {
        self.learners / self.schools
    }

    /// What the order goes by, the most first.
    fn key(&self, order: Order) -> f64 {
        match order {
            Order::Name => 0.0,
            Order::Schools => self.schools,
            Order::Size => self.size(),
            Order::Power => self.share(0),
            Order::Computers => self.share(1),
            Order::Internet => self.share(2),
        }
    }

    fn row(&self, name: &str, words: &Words) -> DotRow {
        DotRow {
            name: name.to_owned(),
            counted: self.schools,
            told: [words.grouped(self.schools), words.grouped(self.size())],
            values: (0..3).map(|of| 100.0 * self.share(of)).collect(),
        }
    }
}

/// The regions and the whole, of one level or all.
fn regions(country: &Country, level: Option<Level>) -> (Vec<(&str, Have)>, Have) {
    let mut all: Vec<(&str, Have)> = Vec::new();
    let mut whole = Have::default();
    let counted = country
        .groups
        .iter()
        .filter(|group| level.is_none_or(|level| level == group.level));
    for group in counted.filter(|group| group.schools.value > 0.0) {
        whole.add(group);
        let known = all.iter().position(|(name, _)| *name == group.region);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            all.push((&group.region, Have::default()));
        }
        all[at].1.add(group);
    }
    (all, whole)
}

/// The groups of a region by level and locality.
fn groups(country: &Country, region: &str, level: Option<Level>) -> BTreeMap<(Level, Locality), Have> {
    let mut all: BTreeMap<(Level, Locality), Have> = BTreeMap::new();
    let own = country.groups.iter().filter(|group| group.region == region);
    let own = own.filter(|group| group.schools.value > 0.0 && level.is_none_or(|level| level == group.level));
    for group in own {
        all.entry((group.level, group.locality)).or_default().add(group);
    }
    all
}

/// Whether there is more than one region to be compared.
pub(super) fn are_some(country: &Country) -> bool {
    let mut names = country
        .groups
        .iter()
        .map(|group| group.region.as_str())
        .filter(|name| !name.is_empty());
    let first = names.next();
    first.is_some_and(|first| names.any(|name| name != first))
}

/// The choices above the chart.
pub(super) fn choices(ui: &mut Ui, country: &Country, state: &mut DotsView, words: &Words) {
    let orders = [
        Order::Power,
        Order::Computers,
        Order::Internet,
        Order::Schools,
        Order::Size,
        Order::Name,
    ];
    let name = |order: Order| match order {
        Order::Name => words.regions_by_name.to_owned(),
        Order::Schools => words.regions_by_schools.to_owned(),
        Order::Size => words.regions_by_size.to_owned(),
        Order::Power => capital(words.table_power),
        Order::Computers => capital(words.table_computers),
        Order::Internet => capital(words.table_internet),
    };
    ui.label(egui::RichText::new(words.regions_sorted).small().weak());
    state.order = choice(ui, words.regions_sorted, 130.0, state.order, orders, name).unwrap_or(state.order);
    let levels: Vec<Level> = country.levels.iter().map(|level| level.level).collect();
    if state.level.is_some_and(|level| !levels.contains(&level)) {
        state.level = None;
    }
    let all = std::iter::once(None).chain(levels.into_iter().map(Some));
    let name = |level: Option<Level>| {
        level
            .map_or(words.regions_all_levels, |level| level_name(level, words))
            .to_owned()
    };
    ui.label(egui::RichText::new(words.regions_level).small().weak());
    state.level = choice(ui, words.regions_level, 130.0, state.level, all, name).unwrap_or(state.level);
}

/// The chart; it scrolls where there are more regions than room.
#[allow(clippy::cast_precision_loss)]
pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut DotsView) {
    let (words, palette) = (view.words, Palette::of(ui));
    let (mut all, whole) = regions(&view.scenario.country, state.level);
    all.sort_by(|a, b| {
        // What lies in no region comes last.
        let last = a.0.is_empty().cmp(&b.0.is_empty());
        let by = b.1.key(state.order).total_cmp(&a.1.key(state.order));
        last.then(by).then_with(|| a.0.cmp(b.0))
    });
    let named = |name: &str| {
        if name.is_empty() {
            words.regions_rest.to_owned()
        } else {
            name.to_owned()
        }
    };
    let (mut rows, mut regions) = (Vec::new(), Vec::new());
    for (name, have) in &all {
        rows.push(have.row(&named(name), words));
        regions.push(Some(*name));
        if state.open.contains(*name) {
            for ((level, locality), have) in groups(&view.scenario.country, name, state.level) {
                let locality = locality_name(locality, words).to_lowercase();
                rows.push(have.row(&format!("· {}, {locality}", level_name(level, words)), words));
                regions.push(None);
            }
        }
    }
    let level = state
        .level
        .map_or(words.regions_all_levels, |level| level_name(level, words));
    let most = all.iter().filter(|(name, _)| !name.is_empty());
    let summary = most.clone().max_by(|a, b| a.1.share(0).total_cmp(&b.1.share(0)));
    let least = most.min_by(|a, b| a.1.share(0).total_cmp(&b.1.share(0)));
    let share = |have: &Have| words.show(crate::units::Unit::Share, have.share(0));
    let summary = summary.zip(least).map(|((high, has), (low, lacks))| {
        let values = [
            ("high", *high),
            ("most", &share(has)),
            ("low", *low),
            ("least", &share(lacks)),
        ];
        fill(words.regions_dots_summary, &values)
    });
    let head = Head {
        title: fill(words.regions_dots, &[("level", level)]),
        unit: words.regions_dots_unit.to_owned(),
        source: fill(words.regions_dots_note, &[("source", &source_line(view))]),
        summary: summary.unwrap_or_default(),
    };
    let marks = [
        (capital(words.table_power), palette.component(Component::Power)),
        (capital(words.table_computers), palette.component(Component::Devices)),
        (capital(words.table_internet), palette.component(Component::Links)),
    ];
    let dots = Dots {
        whole: whole.row(words.regions_whole, words),
        told: [
            words.regions_count_schools.to_owned(),
            words.regions_mean_size.to_owned(),
        ],
        marks: marks.into(),
        rows,
    };
    let height = AROUND + ROW * (regions.len() + 1) as f32;
    let mut turned = None;
    let clip = ui.clip_rect();
    egui::ScrollArea::vertical()
        .id_salt("dots")
        .auto_shrink(false)
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), ui.available_height().max(height));
            let (place, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            let frames = chart::dots(ui, words, Rect::from_min_size(place.min, size), &head, dots.clone());
            for (frame, region) in frames.iter().skip(1).zip(&regions) {
                if let Some(region) = region.filter(|region| turns(ui, *frame, &named(region), words)) {
                    turned = Some(region.to_owned());
                }
            }
            // The country stays in sight, with the names of the columns above it.
            let top = ui.clip_rect().top().max(clip.top());
            if let Some(whole) = frames.first().filter(|_| place.top() < top - 1.0) {
                let mut over = ui.new_child(egui::UiBuilder::new().id_salt("over").max_rect(place));
                let strip = Rect::from_min_max(place.min, whole.max).translate(vec2(0.0, top - place.top()));
                over.set_clip_rect(strip.with_max_x(place.right()).intersect(ui.clip_rect()));
                let size = Rect::from_min_size(place.min, size);
                chart::dots(&over, words, size.translate(vec2(0.0, top - place.top())), &head, dots);
            }
        });
    if let Some(region) = turned
        && !state.open.remove(&region)
    {
        state.open.insert(region);
    }
}

/// Whether a region is to be opened or closed: by a click on its row, or by its keys.
fn turns(ui: &Ui, frame: Rect, name: &str, words: &Words) -> bool {
    let response = ui.interact(
        frame,
        ui.scope_id().with(("region", name)),
        Sense::focusable_noninteractive(),
    );
    let label = fill(words.regions_open_groups, &[("region", name)]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if response.has_focus() {
        let edge = ui.visuals().selection.stroke;
        ui.painter().rect_stroke(frame, 3, edge, egui::StrokeKind::Inside);
    }
    let keys = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space));
    let pressed = response.contains_pointer() && ui.input(|input| input.pointer.primary_clicked());
    pressed || (response.has_focus() && keys)
}
