//! The sentence with which the page Plan opens: what the plan does, for how much, what is missing, what holds back. Its
//! numbers are those of the cards, written the same way.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Ui};

use super::document::View;
use super::outcome::{Missing, NOTHING, Outcome};
use super::phrases::levels_text;
use super::theme::{self, Palette};
use super::words::{Words, fill};
use crate::model::measures::Binding;
use crate::scenario::{Level, Scenario};
use crate::units::Unit;

/// Shows the sentence; it can be marked and copied.
pub fn show(ui: &mut Ui, view: &View<'_>) {
    let Some(now) = view.now else { return };
    let (does, rest) = parts(view.scenario, now, view.words);
    let palette = Palette::of(ui);
    let mut job = LayoutJob::default();
    let mut put = |text: &str, font| job.append(text, 0.0, TextFormat::simple(font, palette.text));
    put(&does, theme::bold(theme::HEADING));
    put(&format!(" {rest}"), theme::text(theme::HEADING));
    let shown = ui.add(egui::Label::new(job).wrap().selectable(true));
    // What can be marked counts as a control, which needs a name.
    ui.ctx().accesskit_node_builder(shown.id, |node| {
        node.set_label(format!("{does} {rest}"));
        node.clear_value();
    });
}

/// The sentence.
#[must_use]
pub fn of(scenario: &Scenario, now: &Outcome, words: &Words) -> String {
    let (does, rest) = parts(scenario, now, words);
    format!("{does} {rest}")
}

/// What the plan does, and all the rest.
fn parts(scenario: &Scenario, now: &Outcome, words: &Words) -> (String, String) {
    let score = now.scores.iter().find(|score| score.is_reach_of_all());
    let (year, reached, base) = score.map_or((scenario.horizon, None, None), |score| {
        (score.target.year, score.reached, score.base)
    });
    let changes = now
        .cost
        .iter()
        .any(|(_, by_year)| by_year.iter().any(|cost| cost.abs() > NOTHING));
    let template = if changes {
        words.sentence_does
    } else {
        words.sentence_no_plan
    };
    let does = fill(
        template,
        &[
            ("year", &year.to_string()),
            ("reach", &learners(reached, scenario, words)),
        ],
    );
    let texts = [
        words.sentence_of,
        words.sentence_all_today,
        words.sentence_nearly_all_today,
        words.sentence_nearly_none_today,
        words.sentence_none_today,
    ];
    let today = base.map_or_else(|| words.unknown.to_owned(), |base| in_words(base, texts, words));
    // A tenth and one in seven may be the same share.
    let as_today = matches!((reached, base), (Some(reached), Some(base)) if (reached - base).abs() < 0.01);
    let mut rest = if as_today && changes {
        words.sentence_as_today.to_owned()
    } else {
        fill(words.sentence_today, &[("today", &today)])
    };
    if changes {
        rest = format!("{rest} {}", money(now, year, words));
    } else {
        rest.push('.');
    }
    if let Some(year) = now.dark.year().filter(|_| now.reserve_may_help) {
        let reserve = fill(words.sentence_reserve, &[("year", &year.to_string())]);
        rest = format!("{rest} {reserve}");
    } else if let Some(binding) = now.held_most.filter(|_| reached.is_some_and(|reached| reached < 0.995)) {
        let lacks = lacking(binding, words);
        let held = match now.years.last() {
            Some(last) if *last != year => format!("{lacks} ({last})"),
            _ => lacks.to_owned(),
        };
        rest = format!("{rest} {}", fill(words.sentence_holds, &[("what", &held)]));
    }
    (does, rest)
}

/// A share in whole tenths, or as one in so many where it is less.
fn frequency(share: f64) -> Option<(i32, i32)> {
    let tenths = (share * 10.0).round();
    #[allow(clippy::cast_possible_truncation)]
    match share {
        share if (0.15..0.95).contains(&share) => Some((tenths as i32, 10)),
        share if (0.01..0.15).contains(&share) => Some((1, (1.0 / share).round() as i32)),
        _ => None,
    }
}

/// How many learners are reached, in words.
fn learners(share: Option<f64>, scenario: &Scenario, words: &Words) -> String {
    // All learners are those of the levels that the country's data hold.
    let texts = [
        words.sentence_reach,
        words.sentence_all,
        words.sentence_nearly_all,
        words.sentence_nearly_none,
        words.sentence_none,
    ];
    let reach = share.map_or_else(
        || words.sentence_unknown.to_owned(),
        |share| in_words(share, texts, words),
    );
    if scenario.country.levels_left_out().is_empty() {
        return reach;
    }
    let levels: Vec<Level> = scenario.country.levels.iter().map(|level| level.level).collect();
    let levels = levels_text(&levels, words);
    fill(words.sentence_levels, &[("reach", &reach), ("levels", &levels)])
}

/// A share as a natural frequency, or the word for all, nearly all, nearly none and none.
fn in_words(share: f64, [some, all, nearly_all, nearly_none, none]: [&'static str; 5], words: &Words) -> String {
    match frequency(share) {
        Some((few, of)) => {
            let form = words.numbers.plural(some, f64::from(few));
            fill(form, &[("few", &few.to_string()), ("of", &of.to_string())])
        }
        None if share >= 0.995 => all.to_owned(),
        None if share > 0.5 => nearly_all.to_owned(),
        None if share < 0.0005 => none.to_owned(),
        None => nearly_none.to_owned(),
    }
}

/// What it costs and what of that has no source; over which years where the plan goes on after the year of its reach.
fn money(now: &Outcome, reached: i32, words: &Words) -> String {
    let show = |value: f64| words.show(Unit::Usd, value);
    let over = |value: f64| match now.years[..] {
        [_, from, .., to] if to != reached => {
            let years = [("from", &*from.to_string()), ("to", &to.to_string())];
            format!("{} {}", show(value), fill(words.sentence_years, &years))
        }
        _ => show(value),
    };
    let cost = if now.cost_full < -NOTHING {
        fill(words.sentence_saves, &[("value", &over(-now.cost_full))])
    } else {
        fill(words.sentence_costs, &[("value", &over(now.cost_full))])
    };
    let last = now.years.last().copied();
    let (template, year) = match now.missing() {
        Missing::Nothing => (words.sentence_funded, None),
        // What waits in one year is paid for in a later one.
        Missing::Late(year) => (words.sentence_late, Some(year)),
        Missing::From(year) if now.cost_paid <= NOTHING && now.cost_full > NOTHING => {
            (words.sentence_unfunded, Some(year))
        }
        Missing::From(year) if Some(year) == last => (words.sentence_missing_last, Some(year)),
        Missing::From(year) => (words.sentence_missing, Some(year)),
    };
    let year = year.map_or(String::new(), |year| year.to_string());
    fill(
        template,
        &[
            ("cost", &cost),
            ("all", &over(now.cost_full)),
            ("value", &show(now.to_find())),
            ("year", &year),
        ],
    )
}

/// What is scarce, in words.
const fn lacking(binding: Binding, words: &Words) -> &'static str {
    match binding {
        Binding::Power => words.lacks_power,
        Binding::Link => words.lacks_link,
        Binding::Devices => words.lacks_devices,
        Binding::Teachers => words.lacks_teachers,
        Binding::Hours => words.lacks_hours,
        Binding::Networks => words.lacks_networks,
        Binding::Money => words.lacks_money,
    }
}
