//! What several pages say alike: levels and places by name, where numbers come from, the scale of money.

use super::countries;
use super::document::View;
use super::words::{Words, fill};
use crate::scenario::currency::DOLLAR;
use crate::scenario::field::Field;
use crate::scenario::measure::Scope;
use crate::scenario::person::{Disability, Person, Sex, Wealth};
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::{Country, Level, Locality, Scenario, Source};
use crate::units::IN_MILLIONS;

/// Name of a level, as charts give it.
#[must_use]
pub(crate) const fn level_name(level: Level, words: &Words) -> &'static str {
    match level {
        Level::Primary => words.primary,
        Level::LowerSecondary => words.lower_secondary,
        Level::UpperSecondary => words.upper_secondary,
    }
}

/// Name of a locality.
#[must_use]
pub(crate) const fn locality_name(locality: Locality, words: &Words) -> &'static str {
    match locality {
        Locality::Urban => words.urban,
        Locality::Rural => words.rural,
    }
}

/// Name of a margin of learners.
#[must_use]
pub(crate) const fn person_name(person: Person, words: &Words) -> &'static str {
    match person {
        Person::Sex(Sex::Female) => words.equity_girls,
        Person::Sex(Sex::Male) => words.equity_boys,
        Person::Wealth(Wealth::Poorest) => words.equity_q1,
        Person::Wealth(Wealth::Second) => words.equity_q2,
        Person::Wealth(Wealth::Middle) => words.equity_q3,
        Person::Wealth(Wealth::Fourth) => words.equity_q4,
        Person::Wealth(Wealth::Richest) => words.equity_q5,
        Person::Disability(Disability::With) => words.equity_with,
        Person::Disability(Disability::Without) => words.equity_without,
    }
}

/// Place and margin of learners that a target names, in running text.
#[must_use]
pub(crate) fn whom(scope: &Scope<'_>, words: &Words) -> Vec<String> {
    [
        scope.region.map(str::to_owned),
        scope
            .locality
            .map(|locality| locality_name(locality, words).to_lowercase()),
        scope.person.map(|person| person_name(person, words).to_lowercase()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where the numbers of a chart come from.
#[must_use]
pub(crate) fn source_line(view: &View<'_>) -> String {
    fill(
        view.words.source_line,
        &[
            ("country", &country_text(&view.scenario.country, view.words)),
            ("base", &view.scenario.base_year.to_string()),
        ],
    )
}

/// The foot of a chart; where what is to be found falls below zero in a year, with the reason.
#[must_use]
pub(crate) fn with_catching_up(foot: &str, to_find: &[f64], words: &Words) -> String {
    let most = to_find.iter().fold(0.0, |most: f64, gap| most.max(gap.abs()));
    if to_find.iter().any(|gap| *gap < -0.002 * most) {
        fill(words.catching_up, &[("source", foot)])
    } else {
        foot.to_owned()
    }
}

/// The country, and which levels its numbers leave out.
#[must_use]
pub(crate) fn country_text(country: &Country, words: &Words) -> String {
    let (name, missing) = (countries::name(country, words), country.levels_left_out());
    if missing.is_empty() {
        return name;
    }
    let levels = levels_text(&missing, words);
    fill(words.country_without, &[("country", &name), ("levels", &levels)])
}

/// Levels in running text.
#[must_use]
pub(crate) fn levels_text(levels: &[Level], words: &Words) -> String {
    let name = |level: &Level| words.word(level.name());
    match levels {
        [first, second] => fill(words.levels_two, &[("first", &name(first)), ("second", &name(second))]),
        levels => levels.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// A scale for money: divisor and name.
#[must_use]
pub fn scale(most: f64, words: &Words) -> (f64, &'static str) {
    if most >= 2e9 {
        (1e9, words.scale_billion)
    } else if most >= IN_MILLIONS {
        (1e6, words.scale_million)
    } else if most >= 1e3 {
        (1e3, words.scale_thousand)
    } else {
        (1.0, words.scale_one)
    }
}

/// How long ago something was, in words.
#[must_use]
pub fn age(seconds: u64, words: &Words) -> String {
    let (template, number) = match seconds {
        0..120 => (words.age_seconds, seconds),
        120..7200 => (words.age_minutes, seconds / 60),
        7200..172_800 => (words.age_hours, seconds / 3600),
        _ => (words.age_days, seconds / 86_400),
    };
    fill(template, &[("n", &number.to_string())])
}

/// An amount as it is shown, in the currency in which it is written; none is US dollars.
#[must_use]
pub fn in_currency(shown: &str, currency: &str) -> String {
    if currency.is_empty() {
        shown.to_owned()
    } else {
        shown.replace("US$", currency)
    }
}

/// The currency in which a source writes a term; none for US dollars and for what is no amount.
#[must_use]
pub fn currency_of<'a>(scenario: &Scenario, source: &'a Source, field: &Field) -> &'a str {
    let code = PriceBasis::of(scenario).code_of(&source.currency.0);
    if field.is_dated_money() && code != DOLLAR {
        code
    } else {
        ""
    }
}
