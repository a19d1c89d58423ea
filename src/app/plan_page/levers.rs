//! The levers of the plan: search, groups, and for each lever its name, number and rail.

use eframe::egui::{self, Ui};

use super::{PlanView, money, path_editor, rail, shocks};
use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::lever::{LeverId, group_name, groups, is_planned};
use crate::app::page::Page;
use crate::app::palette;
use crate::app::search::{self, Fit};
use crate::app::targets;
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::units::Unit;

/// Width of the mark of low confidence behind a name.
const MARK: f32 = 16.0;

/// Width of the arrow that opens the years.
const ARROW: f32 = 26.0;

/// How the levers are looked at.
#[derive(Debug, Default)]
pub struct LeverView {
    search: String,
    /// Whether the targets are shown.
    targets: bool,
    /// The lever whose years are shown.
    open: Option<(LeverId, path_editor::PathView)>,
}

impl LeverView {
    /// Shows the levers of a name only.
    pub(crate) fn look_for(&mut self, name: String) {
        self.search = name;
    }
}

/// The levers of the scenario that is shown.
pub fn levers(ui: &mut Ui, view: &View<'_>, page: &mut PlanView, queue: &mut Queue) {
    let (scenario, words) = (view.scenario, view.words);
    let PlanView {
        levers: state,
        shocks: shocks_open,
        struck,
    } = page;
    let palette = Palette::of(ui);
    let search = egui::TextEdit::singleline(&mut state.search)
        .id(widgets::search())
        .hint_text(words.lever_search)
        .desired_width(f32::INFINITY);
    let response = ui.add(search);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.lever_search));
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.spacing_mut().button_padding.y = 0.0;
    ui.spacing_mut().interact_size.y = 17.0;
    let wanted = state.search.trim().to_owned();
    let of_targets = targets::fits(scenario, words, |text| {
        search::fit(text, "", &wanted).is_some_and(|fit| fit < Fit::Slip)
    });
    // Without money no other lever does anything: it is the first.
    if search::fit(words.money_levers, &search::of_text("add_money", words), &wanted).is_some_and(|fit| fit < Fit::Slip)
    {
        money::rows(ui, view, queue);
    }
    // Who searches among the levers finds them first.
    if of_targets && wanted.is_empty() {
        queue.extend(targets::show(ui, view, &mut state.targets));
    }
    // What happens to the country is no lever, but it is tried like one.
    let of_shocks = search::fit(words.shocks, words.shocks_also, &wanted).is_some_and(|fit| fit < Fit::Slip);
    if of_shocks {
        queue.extend(shocks::rows(ui, view, shocks_open, struck));
    }
    let mut found = of_targets || of_shocks;
    let levers = search::levers(&wanted, scenario.horizon, words);
    if !wanted.is_empty() {
        for note in search::notes(&wanted, words) {
            ui.add(egui::Label::new(egui::RichText::new(note).small()).wrap());
        }
    }
    for (group, members) in groups() {
        let name = group_name(*group, words);
        let shown: Vec<LeverId> = members.iter().copied().filter(|lever| levers.contains(lever)).collect();
        if shown.is_empty() {
            continue;
        }
        found = true;
        let colour = group.map_or(palette.text, |component| palette.component(component));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            widgets::group_name(ui, colour, name);
        });
        if is_planned(scenario, *group) {
            for lever in shown {
                queue.extend(show(ui, view, lever, colour, &mut state.open));
            }
        } else if let Some(component) = group {
            ui.label(egui::RichText::new(words.not_in_plan).weak());
            let label = fill(words.add_name, &[("group", name)]);
            let button = ui.button(words.add);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if button.clicked() {
                queue.push(Command::Add(*component));
            }
        }
    }
    if of_targets && !wanted.is_empty() {
        queue.extend(targets::show(ui, view, &mut state.targets));
    }
    if !found {
        ui.label(egui::RichText::new(words.lever_none).weak());
    }
    if !wanted.is_empty() {
        queue.extend(elsewhere(ui, &wanted, words));
    }
}

/// What a search among the levers means on other pages.
fn elsewhere(ui: &mut Ui, wanted: &str, words: &Words) -> Option<Command> {
    let pages = Page::ALL
        .into_iter()
        .filter(|page| *page != Page::Plan)
        .map(|page| palette::Entry {
            name: fill(words.go_to_page, &[("page", page.words(words).0)]),
            also: String::new(),
            command: Command::Show(page),
        });
    let numbers = palette::prices(words).into_iter().map(|what| palette::Entry {
        name: fill(words.find_number, &[("what", &what)]),
        also: String::new(),
        command: Command::FindNumber(what),
    });
    let meant = |entry: &palette::Entry| entry.fit(wanted, words).is_some_and(|fit| fit < Fit::Slip);
    let found: Vec<palette::Entry> = pages.chain(numbers).filter(meant).collect();
    if found.is_empty() {
        return None;
    }
    let mut command = None;
    ui.add_space(6.0);
    ui.label(egui::RichText::new(words.lever_elsewhere).small().weak());
    for entry in found {
        if ui.link(&entry.name).clicked() {
            command = Some(entry.command);
        }
    }
    command
}

/// One lever: name, mark of low confidence, number that can be typed, slider.
fn show(
    ui: &mut Ui,
    view: &View<'_>,
    lever: LeverId,
    colour: egui::Color32,
    open: &mut Option<(LeverId, path_editor::PathView)>,
) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let value = lever.get(scenario)?;
    let field = lever.field();
    let (_, _, step) = lever.span();
    let palette = Palette::of(ui);
    let name = lever.name(words, scenario.horizon);
    let examples = [
        words.show(Unit::Share, 0.35),
        words.fixed(1.2, 1),
        words.count(1_200_000),
    ];
    let mut hint = fill(
        words.value_hint,
        &[
            ("doc", words.meaning(lever.path(), field)),
            ("share", &examples[0]),
            ("millions", &examples[1]),
            ("whole", &examples[2]),
        ],
    );
    if let Some((low, high)) = field.likely {
        hint = format!(
            "{hint} {}",
            fill(
                words.likely,
                &[("low", &lever.show(low, words)), ("high", &lever.show(high, words))]
            )
        );
    }
    if !lever.between(scenario).is_empty() {
        hint = format!("{hint} {}", words.years_between);
    }
    let cases = lever.exceptions(scenario, words);
    if let Some(cases) = &cases {
        hint = format!("{hint} {}", fill(words.exceptions, &[("cases", cases)]));
    }
    let mut entered = None;
    let label = ui
        .horizontal(|ui| {
            let (doubt, is_path) = (lever.doubt(scenario, words), lever.is_path(scenario));
            // Where a name is long it is cut, not its number.
            let signs = if doubt.is_some() { MARK } else { 0.0 } + if is_path { ARROW } else { 0.0 };
            let label = ui
                .scope(|ui| {
                    ui.set_max_width(ui.available_width() - signs - theme::LEVER_NUMBER_LEAST);
                    ui.add(egui::Label::new(&name).truncate())
                })
                .inner;
            if let Some(why) = doubt {
                let mark = ui.label(egui::RichText::new("◆").font(theme::text(9.0)).color(palette.doubt));
                mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.low_mark));
                mark.on_hover_text(why);
            }
            if is_path {
                years_button(ui, lever, &name, open, words);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.visuals_mut().override_text_color = Some(palette.accent);
                ui.style_mut().override_text_style = Some(egui::TextStyle::Heading);
                // Until it is pointed at or typed in, a number looks like text.
                ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::NONE;
                ui.visuals_mut().text_edit_bg_color = Some(palette.card);
                let field = NumberField {
                    name: &name,
                    value,
                    shown: &lever.show(value, words),
                    unit: field.unit,
                    within: field.within,
                    width: theme::LEVER_NUMBER.min(ui.available_width() - 8.0),
                };
                let (response, taken) = typed::number_field(ui, field, words);
                response.labelled_by(label.id).on_hover_text(&hint);
                entered = taken;
            });
            label
        })
        .inner;
    if let Some(cases) = &cases {
        // What the slider does not move is said, not left to a hint.
        let text = egui::RichText::new(fill(words.but, &[("cases", cases)]))
            .weak()
            .font(theme::text(11.0));
        ui.add(egui::Label::new(text).truncate());
    }
    // A path at its horizon may differ from what was set in the last bit; that is no movement.
    let moved = |edited: f64| (edited - value).abs() > step * 1e-6;
    let mut command = entered
        .filter(|entered| moved(*entered))
        .map(|value| Command::SetLever {
            lever,
            value,
            more: false,
        });
    let (slid, edited) = ui
        .scope(|ui| {
            let width = ui.available_width();
            slim(ui, colour);
            let (slid, edited) = rail::show(ui, view, lever, width, colour);
            (slid.labelled_by(label.id), edited)
        })
        .inner;
    if command.is_none() && slid.changed() && moved(edited) {
        command = Some(Command::SetLever {
            lever,
            value: edited,
            more: slid.dragged(),
        });
    }
    if command.is_none() && slid.drag_stopped() {
        command = Some(Command::Settle);
    }
    if let Some((_, state)) = open.as_mut().filter(|(of, _)| *of == lever) {
        command = command.or(path_editor::show(ui, lever, scenario, colour, state, words));
    }
    command
}

/// Opens and closes the years of a lever.
fn years_button(
    ui: &mut Ui,
    lever: LeverId,
    name: &str,
    open: &mut Option<(LeverId, path_editor::PathView)>,
    words: &Words,
) {
    let is_open = open.as_ref().is_some_and(|(of, _)| *of == lever);
    let label = fill(words.path_years, &[("lever", name)]);
    if widgets::unfold(ui, is_open, &label).clicked() {
        *open = (!is_open).then(|| (lever, path_editor::PathView::default()));
    }
}

/// Makes the sliders of a part of the page slim, in a colour.
pub(super) fn slim(ui: &mut Ui, colour: egui::Color32) {
    // A slider is as high as a line of text or a widget, whichever is more.
    ui.spacing_mut().interact_size.y = theme::SLIDER;
    ui.style_mut()
        .text_styles
        .insert(egui::TextStyle::Body, theme::text(6.0));
    let shapes = &mut ui.visuals_mut().widgets;
    for shape in [&mut shapes.inactive, &mut shapes.hovered, &mut shapes.active] {
        shape.fg_stroke = egui::Stroke::new(2.0, colour);
        shape.bg_stroke = egui::Stroke::NONE;
    }
}
