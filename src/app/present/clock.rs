//! The dark-schools clock: open plans side by side, a year at a time. Which schools have power, internet and working devices in
//! service, which had them and have them no more?
//!
//! A dot is a round number of schools. Its place is fixed: rural schools first, then urban ones; lit, then dark again, then those that
//! never were. Numbers are rounded as the dots are, so that they agree.

use eframe::egui::{self, Align2, Key, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::super::document::View;
use super::super::outcome::Outcome;
use super::super::theme::{self, DARK};
use super::super::words::{Words, fill};
use crate::model::{Bin, stat};
use crate::scenario::Locality;
use crate::units::Unit;

/// Most dots of a field.
const MOST_DOTS: f64 = 130.0;

/// Seconds of a year while it plays.
const YEAR: f64 = 1.0;

/// Where the clock stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Clock {
    /// Years since the base year.
    t: usize,
    /// When the next year comes, while it plays, in seconds of the window.
    next: Option<f64>,
    /// Which of the other open plans stands beside the one that is presented.
    other: usize,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    /// The clock took it.
    Taken,
    /// To the next screen.
    On,
    /// To the one before.
    Back,
    /// Nothing was pressed.
    Nothing,
}

/// Schools of a year and a locality, as dots or as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Lit {
    all: f64,
    lit: f64,
    dark: f64,
}

impl Lit {
    fn of(outcome: &Outcome, t: usize, locality: Option<Locality>) -> Self {
        let (run, plan) = (&outcome.run, &outcome.run.run.plan);
        let here = |bin: Bin| locality.is_none_or(|here| run.model.cuts[bin.index()].locality == here);
        let of = |which: usize| plan.over(t.min(run.model.years - 1), which, &here);
        Self {
            all: of(stat::SCHOOLS),
            lit: of(stat::LIT),
            dark: of(stat::DARK),
        }
    }

    /// The same in dots of so many schools; a dot stands for one thing.
    fn dots(self, each: f64) -> [usize; 3] {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let of = |schools: f64| (schools / each).round().max(0.0) as usize;
        let all = of(self.all);
        let lit = of(self.lit).min(all);
        let dark = of(self.dark).min(all - lit);
        [lit, dark, all - lit - dark]
    }
}

/// Schools that a dot stands for: the smallest round number with which no field has too many.
fn schools_of_a_dot(schools: f64) -> f64 {
    let round = (0..7).flat_map(|tens| [1.0, 5.0].map(|times| times * 10_f64.powi(tens)));
    round
        .into_iter()
        .find(|each| schools / each <= MOST_DOTS)
        .unwrap_or(5e6)
}

/// The plans that are shown, with their names: the one that is presented and another.
fn plans<'a>(view: &View<'a>, clock: &Clock) -> Vec<(&'a Outcome, &'a str)> {
    let shown = view.documents.get(view.current).zip(view.now);
    let others: Vec<_> = view
        .documents
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != view.current)
        .filter_map(|(_, document)| Some((&**document.now.as_ref()?, document.scenario.title.as_str())))
        .collect();
    let mut plans: Vec<_> = shown
        .map(|(document, now)| (now, document.scenario.title.as_str()))
        .into_iter()
        .collect();
    if !others.is_empty() {
        plans.push(others[clock.other % others.len()]);
    }
    plans
}

/// Number of years that all plans have.
fn years(plans: &[(&Outcome, &str)]) -> usize {
    plans.iter().map(|(outcome, _)| outcome.years.len()).min().unwrap_or(1)
}

/// First dark year of a plan, counted from its base year.
fn first_dark(outcome: &Outcome) -> Option<usize> {
    let year = outcome.dark.year()?;
    outcome.years.iter().position(|of| *of == year)
}

/// Takes the keys of the screen: a year, a screen where there is none, play, first and last year, another plan.
pub(super) fn keys(ui: &Ui, view: &View<'_>, clock: &mut Clock) -> Turned {
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let last = years(&plans(view, clock)).saturating_sub(1);
    clock.t = clock.t.min(last);
    let turned = if pressed(Key::PageDown) {
        Turned::On
    } else if pressed(Key::PageUp) {
        Turned::Back
    } else if pressed(Key::ArrowRight) {
        clock.t += 1;
        if clock.t > last { Turned::On } else { Turned::Taken }
    } else if pressed(Key::ArrowLeft) {
        if clock.t == 0 {
            Turned::Back
        } else {
            clock.t -= 1;
            Turned::Taken
        }
    } else if pressed(Key::Home) {
        clock.t = 0;
        Turned::Taken
    } else if pressed(Key::End) {
        clock.t = last;
        Turned::Taken
    } else if pressed(Key::Num2) {
        clock.other += 1;
        Turned::Taken
    } else {
        Turned::Nothing
    };
    clock.t = clock.t.min(last);
    if turned != Turned::Nothing {
        clock.next = None;
    }
    if pressed(Key::Space) {
        play(ui, clock, last);
        return Turned::Taken;
    }
    turned
}

fn play(ui: &Ui, clock: &mut Clock, last: usize) {
    let now = ui.input(|input| input.time);
    if clock.next.take().is_none() {
        if clock.t >= last {
            clock.t = 0;
        }
        clock.next = Some(now + YEAR);
    }
}

/// Moves on while it plays; it stops in the first dark year and in the last.
fn tick(ui: &Ui, clock: &mut Clock, plans: &[(&Outcome, &str)]) {
    let Some(next) = clock.next else { return };
    let now = ui.input(|input| input.time);
    if now >= next {
        clock.t = (clock.t + 1).min(years(plans) - 1);
        let stops = clock.t + 1 >= years(plans) || plans.iter().any(|(plan, _)| first_dark(plan) == Some(clock.t));
        clock.next = (!stops).then_some(now + YEAR);
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
}

/// The sentence of the year.
fn sentence(plans: &[(&Outcome, &str)], t: usize, each: f64, words: &Words) -> String {
    let mut said = Vec::new();
    for (outcome, name) in plans {
        let [lit, dark, _] = in_all(outcome, t, each);
        let schools = |dots: usize| words.show(Unit::Count, count(dots) * each);
        let values = [
            ("plan", *name),
            ("lit", &*schools(lit)),
            ("dark", &*schools(dark)),
            ("had", &*schools(lit + dark)),
        ];
        let template = if dark > 0 { words.clock_dark } else { words.clock_lit };
        said.push(fill(template, &values));
    }
    said.join(" ")
}

#[allow(clippy::cast_precision_loss)]
fn count(dots: usize) -> f64 {
    dots as f64
}

/// A number of points.
#[allow(clippy::cast_precision_loss)]
fn points(number: usize) -> f32 {
    number as f32
}

/// Dots of both localities together.
fn in_all(outcome: &Outcome, t: usize, each: f64) -> [usize; 3] {
    let [rural, urban] = [Locality::Rural, Locality::Urban].map(|here| Lit::of(outcome, t, Some(here)).dots(each));
    [0, 1, 2].map(|at| rural[at] + urban[at])
}

/// What the screen is called: the question, and the year.
pub(super) fn title(view: &View<'_>, clock: &Clock) -> String {
    let plans = plans(view, clock);
    let year = plans
        .first()
        .and_then(|(plan, _)| plan.years.get(clock.t).copied())
        .unwrap_or_default();
    fill(view.words.clock_title, &[("year", &year.to_string())])
}

/// Shows the screen, always on dark ground.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, clock: &mut Clock, rect: Rect) {
    let plans = plans(view, clock);
    if plans.is_empty() {
        return;
    }
    tick(ui, clock, &plans);
    let (words, t) = (view.words, clock.t.min(years(&plans) - 1));
    let most = plans
        .iter()
        .map(|(plan, _)| Lit::of(plan, 0, None).all)
        .fold(1.0, f64::max);
    let each = schools_of_a_dot(most);
    ui.painter().rect_filled(rect, theme::ROUND, DARK.ground);
    let inside = rect.shrink(theme::GAP);
    let said = sentence(&plans, t, each, words);
    let foot = inside.with_min_y(inside.bottom() - 44.0);
    let chart = Rect::from_min_max(
        pos2(inside.left(), foot.top() - 66.0),
        pos2(inside.right(), foot.top() - 6.0),
    );
    let fields = inside.with_max_y(chart.top() - 6.0);
    let gaps = points(plans.len() - 1) * theme::GAP * 2.0;
    let width = (fields.width() - gaps) / points(plans.len());
    for (at, (outcome, name)) in plans.iter().enumerate() {
        let left = fields.left() + points(at) * (width + theme::GAP * 2.0);
        let here = Rect::from_min_size(pos2(left, fields.top()), vec2(width, fields.height()));
        field(
            &ui.painter().with_clip_rect(here),
            here,
            (outcome, name, at),
            (t, each),
            words,
        );
    }
    scrubber(ui, chart, &plans, clock, words);
    ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| {
        ui.add(
            egui::Label::new(
                egui::RichText::new(said)
                    .font(theme::text(theme::HEADING))
                    .color(DARK.text),
            )
            .wrap(),
        );
        let dot = fill(words.clock_dot, &[("schools", &words.show(Unit::Count, each))]);
        ui.label(egui::RichText::new(dot).small().color(DARK.weak));
    });
}

/// The field of a plan: its name, its numbers, and a dot for so many schools.
fn field(
    painter: &Painter,
    rect: Rect,
    (outcome, name, at): (&Outcome, &str, usize),
    (t, each): (usize, f64),
    words: &Words,
) {
    let [lit, dark, never] = in_all(outcome, t, each);
    let schools = |dots: usize| words.show(Unit::Count, count(dots) * each);
    let mut y = rect.top();
    let mark = if at == 0 { "●" } else { "■" };
    let mut write = |text: String, size: f32, colour: egui::Color32, bold: bool| {
        let font = if bold { theme::bold(size) } else { theme::text(size) };
        let mut job = egui::text::LayoutJob::simple_singleline(text, font, colour);
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width());
        let galley = painter.layout_job(job);
        let height = galley.size().y;
        painter.galley(pos2(rect.left(), y), galley, colour);
        y += height;
    };
    write(format!("{mark} {name}"), theme::NAME, DARK.text, true);
    write(
        fill(words.clock_lit_count, &[("count", &schools(lit))]),
        theme::NUMBER,
        theme::LAMP,
        true,
    );
    write(
        fill(words.clock_dark_count, &[("count", &schools(dark))]),
        theme::NAME,
        DARK.bad,
        true,
    );
    write(
        fill(words.clock_never_count, &[("count", &schools(never))]),
        theme::SMALL,
        DARK.weak,
        false,
    );
    let room = rect.with_min_y(y + 4.0);
    let kinds = [Locality::Rural, Locality::Urban].map(|here| (here, Lit::of(outcome, t, Some(here)).dots(each)));
    let dots = |of: [usize; 3]| of.iter().sum::<usize>();
    // The largest dots with which both localities fit, each under its name.
    let name = 14.0;
    let rows = |step: f32, of: [usize; 3]| (points(dots(of)) / (room.width() / step).floor().max(1.0)).ceil();
    let fits = |step: f32| kinds.iter().map(|(_, of)| name + rows(step, *of) * step).sum::<f32>() <= room.height();
    let mut step = 20.0;
    while step > 5.0 && !fits(step) {
        step -= 0.5;
    }
    let mut top = room.top();
    for (locality, of) in kinds {
        painter.text(
            pos2(room.left(), top),
            Align2::LEFT_TOP,
            words.word(locality.name()),
            theme::text(theme::SMALL),
            DARK.weak,
        );
        top += name;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let across = (room.width() / step).floor().max(1.0) as usize;
        for dot in 0..dots(of) {
            let centre = pos2(
                room.left() + (points(dot % across) + 0.5) * step,
                top + (points(dot / across) + 0.5) * step,
            );
            let kind = usize::from(dot >= of[0]) + usize::from(dot >= of[0] + of[1]);
            school(painter, centre, step, kind);
        }
        top += rows(step, of) * step;
    }
}

/// A dot: lit is a disc with a halo, dark again a crossed ring, never reached a small dot.
fn school(painter: &Painter, centre: Pos2, step: f32, kind: usize) {
    let radius = 0.3 * step;
    match kind {
        0 => {
            painter.circle_filled(centre, 0.46 * step, theme::LAMP.gamma_multiply(0.2));
            painter.circle_filled(centre, radius, theme::LAMP);
        }
        1 => {
            let stroke = Stroke::new((0.07 * step).max(0.8), DARK.bad);
            painter.circle_stroke(centre, radius, stroke);
            let arm = 0.5 * radius;
            for (x, y) in [(arm, arm), (arm, -arm)] {
                painter.line_segment([centre - vec2(x, y), centre + vec2(x, y)], stroke);
            }
        }
        _ => {
            painter.circle_filled(centre, 0.08 * step, DARK.weak);
        }
    }
}

/// The years with schools lit of each plan, past bright and future dim; the playhead snaps to years.
fn scrubber(ui: &mut Ui, rect: Rect, plans: &[(&Outcome, &str)], clock: &mut Clock, words: &Words) {
    let last = years(plans) - 1;
    let line = rect.shrink2(vec2(24.0, 0.0)).with_max_y(rect.bottom() - 14.0);
    let most = plans
        .iter()
        .flat_map(|(plan, _)| (0..=last).map(|t| Lit::of(plan, t, None).lit))
        .fold(1.0, f64::max);
    let x = |t: usize| line.left() + line.width() * points(t) / points(last.max(1));
    #[allow(clippy::cast_possible_truncation)]
    let y = |lit: f64| line.bottom() - line.height() * (lit / most) as f32;
    let response = ui.interact(rect, ui.scope_id().with("clock"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::slider(true, count(clock.t), words.clock_lit_count));
    if let Some(at) = response.interact_pointer_pos() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let nearest = ((at.x - line.left()) / line.width().max(1.0) * points(last))
            .round()
            .max(0.0) as usize;
        (clock.t, clock.next) = (nearest.min(last), None);
    }
    let t = clock.t.min(last);
    let painter = ui.painter();
    painter.line_segment([line.left_bottom(), line.right_bottom()], Stroke::new(1.0, DARK.grid));
    for (at, (plan, _)) in plans.iter().enumerate() {
        let curve: Vec<Pos2> = (0..=last).map(|t| pos2(x(t), y(Lit::of(plan, t, None).lit))).collect();
        for (part, colour) in [
            (&curve[..=t], theme::LAMP),
            (&curve[t..], theme::LAMP.gamma_multiply(0.4)),
        ] {
            let stroke = Stroke::new(if at == 0 { theme::BOLD_LINE } else { 2.0 }, colour);
            if at == 0 {
                painter.add(Shape::line(part.to_vec(), stroke));
            } else {
                painter.extend(Shape::dotted_line(part, colour, 5.0, 1.4));
            }
        }
    }
    let every = (last / 8).max(1);
    for t in (0..=last).step_by(every) {
        let year = plans[0].0.years[t].to_string();
        painter.text(
            pos2(x(t), rect.bottom()),
            Align2::CENTER_BOTTOM,
            year,
            theme::text(theme::SMALL),
            DARK.weak,
        );
    }
    painter.line_segment(
        [pos2(x(t), rect.top()), pos2(x(t), line.bottom())],
        Stroke::new(1.5, DARK.text),
    );
    painter.circle(pos2(x(t), line.bottom()), 5.0, DARK.ground, Stroke::new(3.0, DARK.text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_is_a_round_number_of_schools() {
        for (schools, each) in [
            (12.0, 1.0),
            (131.0, 5.0),
            (650.0, 5.0),
            (651.0, 10.0),
            (12_400.0, 100.0),
            (130_000.0, 1_000.0),
        ] {
            assert_eq!(schools_of_a_dot(schools), each, "{schools}");
        }
    }

    /// 7 000 schools, 3 650 lit, 1 740 dark: 37 dots of a hundred and 17, rounded each; 16 are left.
    #[test]
    fn dots_add_up_to_all_schools() {
        let of = Lit {
            all: 7_000.0,
            lit: 3_650.0,
            dark: 1_740.0,
        };
        assert_eq!(of.dots(100.0), [37, 17, 16]);
        let full = Lit {
            all: 7_000.0,
            lit: 6_980.0,
            dark: 60.0,
        };
        assert_eq!(full.dots(100.0), [70, 0, 0]);
    }
}
