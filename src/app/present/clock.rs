//! The dark-schools clock: two plans or packages side by side, a year at a time. Which schools have power, internet and working devices in
//! service, which had them and have them no more?
//!
//! A dot is a round number of schools. Its place is fixed: rural schools first, then urban ones; lit, then dark again, then those that
//! never were. Numbers are rounded as the dots are, so that they agree.

use eframe::egui::{self, Align2, Key, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::super::document::View;
use super::super::outcome::Outcome;
use super::super::plan_page::charts::Guess;
use super::super::theme::{self, DARK};
use super::super::words::{Words, capital, fill};
use std::sync::Arc;

use crate::model::{Bin, ledger, stat};
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
    /// How often another was chosen for the left and for the right.
    chosen: [usize; 2],
    /// The room's guess of the share of schools that are dark in the last year of the plan at the left, if it was asked.
    pub(super) guess: Option<Guess>,
}

/// A plan under a package, with its name.
pub(in crate::app) type Packaged = (String, Arc<Outcome>);

impl Clock {
    /// Asks the room before it sees.
    pub(super) const fn ask(&mut self) {
        (self.t, self.next) = (0, None);
        self.guess = Some(Guess {
            value: 0.5,
            revealed: false,
        });
    }

    /// Shows the last year beside the guess.
    pub(super) fn reveal(&mut self, view: &View<'_>, packages: &[Packaged]) {
        if let Some(guess) = self.guess.as_mut().filter(|guess| !guess.revealed) {
            guess.revealed = true;
            self.t = years(&plans(view, packages, self)).saturating_sub(1);
        }
    }

    /// Whether the room is guessing: then no later year is shown.
    pub(super) fn is_hidden(&self) -> bool {
        self.guess.is_some_and(|guess| !guess.revealed)
    }
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

/// All that can be shown: the plan that is presented, other open plans, the plan under packages.
fn candidates<'a>(view: &View<'a>, packages: &'a [Packaged]) -> Vec<(&'a Outcome, &'a str)> {
    let shown = view.documents.get(view.current).zip(view.now);
    let shown = shown.map(|(document, now)| (now, document.scenario.title.as_str()));
    let others = view.documents.iter().enumerate().filter(|(at, _)| *at != view.current);
    let others = others.filter_map(|(_, document)| Some((&**document.now.as_ref()?, document.scenario.title.as_str())));
    let packages = packages.iter().map(|(name, outcome)| (&**outcome, name.as_str()));
    shown.into_iter().chain(others).chain(packages).collect()
}

/// The two that are shown, or the one that there is.
fn plans<'a>(view: &View<'a>, packages: &'a [Packaged], clock: &Clock) -> Vec<(&'a Outcome, &'a str)> {
    let all = candidates(view, packages);
    let count = all.len();
    if count < 2 {
        return all;
    }
    let left = clock.chosen[0] % count;
    // Never the same twice.
    let right = (left + 1 + clock.chosen[1] % (count - 1)) % count;
    vec![all[left], all[right]]
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
pub(super) fn keys(ui: &Ui, view: &View<'_>, packages: &[Packaged], clock: &mut Clock) -> Turned {
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let last = years(&plans(view, packages, clock)).saturating_sub(1);
    clock.t = clock.t.min(last);
    let turned = if pressed(Key::PageDown) {
        Turned::On
    } else if pressed(Key::PageUp) {
        Turned::Back
    } else if clock.is_hidden() {
        // What the room guesses is not shown before.
        return Turned::Taken;
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
    } else if let Some(side) = [Key::Num1, Key::Num2].into_iter().position(pressed) {
        clock.chosen[side] += 1;
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
        let [lit, dark, _] = shown(outcome, t, each);
        let schools = |schools: f64| words.show(Unit::Count, schools);
        let values = [
            ("plan", *name),
            ("lit", &*schools(lit)),
            ("dark", &*schools(dark)),
            ("had", &*schools(lit + dark)),
        ];
        let template = if dark > 0.0 { words.clock_dark } else { words.clock_lit };
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

/// Schools lit, dark again and never reached as they are said: rounded as the dots are, but counted where too few are left for a dot.
fn shown(outcome: &Outcome, t: usize, each: f64) -> [f64; 3] {
    let (dots, all) = (in_all(outcome, t, each), Lit::of(outcome, t, None));
    let said = |at: usize, schools: f64| match dots[at] {
        0 if schools < each => schools.round().max(0.0),
        dots => count(dots) * each,
    };
    let never = all.all - all.lit - all.dark;
    [said(0, all.lit), said(1, all.dark), said(2, never)]
}

/// Schools of a guess, in whole dots.
fn guessed(guess: &Guess, outcome: &Outcome, each: f64) -> f64 {
    (guess.value * Lit::of(outcome, 0, None).all / each).round() * each
}

/// Schools that a dot of these plans stands for.
fn dot(plans: &[(&Outcome, &str)]) -> f64 {
    let all = plans.iter().map(|(plan, _)| Lit::of(plan, 0, None).all);
    schools_of_a_dot(all.fold(1.0, f64::max))
}

/// The guess as it stands beside its rail.
pub(super) fn guess_shown(view: &View<'_>, packages: &[Packaged], clock: &Clock) -> String {
    let plans = plans(view, packages, clock);
    let guess = clock.guess.as_ref().zip(plans.first());
    guess.map_or_else(String::new, |(guess, (outcome, _))| {
        let schools = guessed(guess, outcome, dot(&plans));
        view.words.show(Unit::Count, schools)
    })
}

/// What the screen is called: the question and the year; what the room is asked; what it said of the last year, and the model.
pub(super) fn title(view: &View<'_>, packages: &[Packaged], clock: &Clock) -> String {
    let plans = plans(view, packages, clock);
    let year = |t: usize| {
        let year = plans.first().and_then(|(plan, _)| plan.years.get(t).copied());
        year.unwrap_or_default().to_string()
    };
    let last = years(&plans).saturating_sub(1);
    if clock.is_hidden() {
        let plan = plans.first().map_or("", |(_, name)| *name);
        return fill(view.words.clock_guess, &[("year", &year(last)), ("plan", plan)]);
    }
    if let (Some(_), Some((outcome, _))) = (clock.guess.filter(|_| clock.t == last), plans.first()) {
        let each = dot(&plans);
        let model = view.words.show(Unit::Count, shown(outcome, last, each)[1]);
        let said = guess_shown(view, packages, clock);
        return fill(view.words.present_revealed, &[("guess", &said), ("model", &model)]);
    }
    fill(view.words.clock_title, &[("year", &year(clock.t))])
}

/// The mark of the plan at the left or at the right.
const fn mark(at: usize) -> &'static str {
    if at == 0 { "●" } else { "■" }
}

/// What bends a line: in which year, and its name.
struct Event {
    t: usize,
    name: String,
    /// Whether its name stands before its year.
    before: bool,
}

/// The last payment of the largest source that ends within the years, and the year with most schools lit of the plan at the left.
fn events(plans: &[(&Outcome, &str)], each: f64, words: &Words) -> Vec<Event> {
    let last = years(plans).saturating_sub(1);
    // Of which plan it is its mark says, where there are two.
    let of = |at: usize, name: String| match plans.len() {
        1 => name,
        _ => format!("{} {name}", mark(at)),
    };
    let mut events: Vec<Event> = Vec::new();
    for (at, (outcome, _)) in plans.iter().enumerate() {
        let money = &outcome.run.run.money;
        let ended = money.ids().skip(1).filter_map(|source| {
            let paid = |t: &usize| money.of(*t, source).spent.0;
            let end = (1..=last).rev().find(|t| paid(t) >= 1.0)?;
            (end < last).then(|| (end, (1..=end).map(|t| paid(&t)).sum::<f64>(), source))
        });
        let largest = ended.reduce(|most, other| if other.1 > most.1 { other } else { most });
        if let Some((t, _, source)) = largest {
            let name = fill(
                words.clock_last_payment,
                &[("source", ledger::source_name(&outcome.run, source))],
            );
            match events
                .iter_mut()
                .find(|event| event.name.ends_with(&name) && event.t == t)
            {
                Some(event) => event.name = format!("{}{}", mark(0), of(at, name)),
                None => events.push(Event {
                    t,
                    name: of(at, name),
                    before: true,
                }),
            }
        }
    }
    if let Some((outcome, _)) = plans.first() {
        let lit = |t: usize| shown(outcome, t, each)[0];
        let best = (0..=last).reduce(|most, t| if lit(t) > lit(most) { t } else { most });
        // At the end of the years it is no event.
        if let Some(t) = best.filter(|t| *t > 0 && lit(*t) > lit(last)) {
            let name = fill(words.clock_most_lit, &[("count", &words.show(Unit::Count, lit(t)))]);
            let name = of(0, name);
            events.push(Event { t, name, before: false });
        }
    }
    events
}

/// Shows the screen, always on dark ground.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, packages: &[Packaged], clock: &mut Clock, rect: Rect) {
    let plans = plans(view, packages, clock);
    if plans.is_empty() {
        return;
    }
    tick(ui, clock, &plans);
    let (words, t) = (view.words, clock.t.min(years(&plans) - 1));
    let each = dot(&plans);
    ui.painter().rect_filled(rect, theme::ROUND, DARK.ground);
    let inside = rect.shrink(theme::GAP);
    let said = if clock.is_hidden() {
        words.clock_hidden.to_owned()
    } else {
        sentence(&plans, t, each, words)
    };
    let foot = inside.with_min_y(inside.bottom() - 56.0);
    let chart = Rect::from_min_max(
        pos2(inside.left(), foot.top() - 88.0),
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
    scrubber(ui, chart, (&plans, each), clock, words);
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
    let [lit, dark, never] = shown(outcome, t, each);
    // Texts of a line, one behind the other, cut where they have no room; how high it is.
    let write = |y: f32, texts: &[(String, egui::FontId, egui::Color32)]| {
        let (mut x, mut height) = (rect.left(), 0.0_f32);
        for (text, font, colour) in texts {
            let mut job = egui::text::LayoutJob::simple_singleline(text.clone(), font.clone(), *colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width((rect.right() - x).max(1.0));
            let galley = painter.layout_job(job);
            let size = galley.size();
            height = height.max(size.y);
            // On one foot, however large.
            painter.galley(pos2(x, y + (height - size.y) * 0.8), galley, *colour);
            x += size.x + theme::GAP;
        }
        height
    };
    let name_font = theme::bold(theme::NAME);
    let mut y = rect.top();
    y += write(y, &[(format!("{} {name}", mark(at)), name_font.clone(), DARK.text)]);
    let numbers = [
        (words.clock_lit_count, lit, name_font.clone(), theme::LAMP),
        (words.clock_dark_count, dark, name_font, DARK.bad),
        (words.clock_never_count, never, theme::text(theme::SMALL), DARK.weak),
    ];
    // What there is none of is not said.
    let numbers = numbers.into_iter().filter(|(_, schools, ..)| *schools > 0.0);
    let numbers: Vec<_> = numbers
        .map(|(template, schools, font, colour)| {
            let said = words.show(Unit::Count, schools);
            (fill(template, &[("count", &said)]), font, colour)
        })
        .collect();
    y += write(y, &numbers);
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
            capital(&words.word(locality.name())),
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

/// The years with schools lit of each plan, past bright and future dim, with what bends them; the playhead snaps to years.
fn scrubber(ui: &mut Ui, rect: Rect, (plans, each): (&[(&Outcome, &str)], f64), clock: &mut Clock, words: &Words) {
    let last = years(plans) - 1;
    // Room for the names of events above, for the playhead and the years below.
    let line = rect.shrink2(vec2(24.0, 0.0));
    let line = Rect::from_min_max(line.min + vec2(0.0, 16.0), line.max - vec2(0.0, 24.0));
    // The height of what is not shown yet says nothing.
    let hidden = clock.is_hidden();
    let height = |plan: &Outcome, t: usize| {
        let here = Lit::of(plan, t, None);
        if hidden { here.all } else { here.lit }
    };
    let most = plans.iter().flat_map(|(plan, _)| (0..=last).map(|t| height(plan, t)));
    let most = most.fold(1.0, f64::max);
    let x = |t: usize| line.left() + line.width() * points(t) / points(last.max(1));
    #[allow(clippy::cast_possible_truncation)]
    let y = |lit: f64| line.bottom() - line.height() * (lit / most) as f32;
    let response = ui.interact(rect, ui.scope_id().with("clock"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::slider(!clock.is_hidden(), count(clock.t), words.clock_years));
    if let Some(at) = response.interact_pointer_pos().filter(|_| !clock.is_hidden()) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let nearest = ((at.x - line.left()) / line.width().max(1.0) * points(last))
            .round()
            .max(0.0) as usize;
        (clock.t, clock.next) = (nearest.min(last), None);
    }
    let t = clock.t.min(last);
    let painter = ui.painter();
    painter.line_segment([line.left_bottom(), line.right_bottom()], Stroke::new(1.0, DARK.grid));
    let write = |at: Pos2, anchor: Align2, text: String, colour: egui::Color32| {
        painter.text(at, anchor, text, theme::text(theme::SMALL), colour)
    };
    if !clock.is_hidden() {
        for event in events(plans, each, words) {
            let dash = [pos2(x(event.t), rect.top()), pos2(x(event.t), line.bottom())];
            painter.extend(Shape::dashed_line(&dash, Stroke::new(1.0, DARK.weak), 3.0, 3.0));
            let (anchor, aside) = if event.before {
                (Align2::RIGHT_TOP, -5.0)
            } else {
                (Align2::LEFT_TOP, 5.0)
            };
            write(pos2(x(event.t) + aside, rect.top()), anchor, event.name, DARK.weak);
        }
    }
    for (at, (plan, _)) in plans.iter().enumerate() {
        let curve: Vec<Pos2> = (0..=last).map(|t| pos2(x(t), y(Lit::of(plan, t, None).lit))).collect();
        let past = (&curve[..=t], theme::LAMP);
        let future = (&curve[t..], theme::LAMP.gamma_multiply(0.4));
        for (part, colour) in std::iter::once(past).chain((!clock.is_hidden()).then_some(future)) {
            let stroke = Stroke::new(if at == 0 { theme::BOLD_LINE } else { 2.0 }, colour);
            if at == 0 {
                painter.add(Shape::line(part.to_vec(), stroke));
            } else {
                painter.extend(Shape::dotted_line(part, colour, 5.0, 1.4));
            }
        }
    }
    let every = (last / 8).max(1);
    // The year of the playhead has a ground of its own; others make room for it.
    for other in (0..=last).step_by(every).filter(|other| *other != t) {
        if (x(other) - x(t)).abs() > 30.0 {
            let year = plans[0].0.years[other].to_string();
            write(pos2(x(other), rect.bottom()), Align2::CENTER_BOTTOM, year, DARK.weak);
        }
    }
    let year = plans[0].0.years[t].to_string();
    let font = theme::bold(theme::SMALL);
    let galley = painter.layout_no_wrap(year, font, DARK.ground);
    let place = Align2::CENTER_BOTTOM.anchor_size(pos2(x(t), rect.bottom()), galley.size());
    painter.rect_filled(place.expand2(vec2(4.0, 0.0)), 3, DARK.text);
    painter.galley(place.min, galley, DARK.ground);
    painter.line_segment(
        [pos2(x(t), line.top()), pos2(x(t), line.bottom())],
        Stroke::new(1.5, DARK.text),
    );
    painter.circle(pos2(x(t), line.bottom()), 4.0, DARK.ground, Stroke::new(3.0, DARK.text));
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
