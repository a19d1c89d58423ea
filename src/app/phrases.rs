//! What several pages say alike: levels and places by name, where numbers come from, the scale of money.

use super::countries;
use super::document::View;
use super::words::{Words, fill};
use crate::scenario::{Country, Level, Locality};
use crate::units::IN_MILLIONS;

/// Name of a level, as charts give it.
#[must_use]
pub const fn level_name(level: Level, words: &Words) -> &'static str {
    match level {
        Level::Primary => words.primary,
        Level::LowerSecondary => words.lower_secondary,
        Level::UpperSecondary => words.upper_secondary,
    }
}

/// Name of a locality.
#[must_use]
pub const fn locality_name(locality: Locality, words: &Words) -> &'static str {
    match locality {
        Locality::Urban => words.urban,
        Locality::Rural => words.rural,
    }
}

/// Where the numbers of a chart come from.
#[must_use]
pub fn source_line(view: &View<'_>) -> String {
    fill(
        view.words.source_line,
        &[
            ("country", &country_text(&view.scenario.country, view.words)),
            ("base", &view.scenario.base_year.to_string()),
        ],
    )
}

/// The country, and which levels its numbers leave out.
#[must_use]
pub fn country_text(country: &Country, words: &Words) -> String {
    let (name, missing) = (countries::name(country, words), country.levels_left_out());
    if missing.is_empty() {
        return name;
    }
    let levels = levels_text(&missing, words);
    fill(words.country_without, &[("country", &name), ("levels", &levels)])
}

/// Levels in running text.
#[must_use]
pub fn levels_text(levels: &[Level], words: &Words) -> String {
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
