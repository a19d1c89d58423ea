//! Countries as a reader of the window's language knows them.

use std::sync::LazyLock;

use super::words::Words;
use crate::data::Pack;
use crate::data::groups::plain;
use crate::data::pack::CountryName;
use crate::scenario::Country;

/// Countries that the tables know.
static COUNTRIES: LazyLock<Vec<CountryName>> = LazyLock::new(|| Pack::embedded().countries().to_vec());

/// All of them by their name in a language.
#[must_use]
pub fn by_name(words: &Words) -> Vec<&'static CountryName> {
    let mut countries: Vec<&CountryName> = COUNTRIES.iter().collect();
    countries.sort_by_cached_key(|country| plain(country.in_language(words.code)));
    countries
}

/// The name of a scenario's country: in the reader's language where it is the one of the tables, else as it is written.
#[must_use]
pub fn name(country: &Country, words: &Words) -> String {
    let known = COUNTRIES.iter().find(|known| known.iso3 == country.iso3);
    let known = known.filter(|known| known.all().any(|name| name == country.name));
    known.map_or_else(
        || country.name.clone(),
        |known| known.in_language(words.code).to_owned(),
    )
}
