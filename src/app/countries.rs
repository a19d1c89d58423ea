//! Countries as a reader of the window's language knows them.

use super::words::Words;
use crate::data::country_names::{self, CountryName};
use crate::data::spelling::plain;
use crate::scenario::Country;

/// All of them by their name in a language.
#[must_use]
pub fn by_name(words: &Words) -> Vec<&'static CountryName> {
    let mut countries: Vec<&CountryName> = country_names::all().iter().collect();
    countries.sort_by_cached_key(|country| plain(country.in_language(words.code)));
    countries
}

/// The name of a scenario's country: in the reader's language where it is the one of the tables, else as it is written.
#[must_use]
pub fn name(country: &Country, words: &Words) -> String {
    let known = country_names::all().iter().find(|known| known.iso3 == country.iso3);
    let known = known.filter(|known| known.all().any(|name| name == country.name));
    known.map_or_else(
        || country.name.clone(),
        |known| known.in_language(words.code).to_owned(),
    )
}
