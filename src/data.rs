//! The room of tables: what is embedded, a country made from it, a ministry's own regions, a first plan.
//!
//! - [`pack`]: the published figures, as they were published, one compact table a publisher.
//! - [`country_names`]: a country by whatever name people use; [`spelling`]: how words are compared.
//! - [`baseline`]: a full [`Country`](crate::scenario::Country) from the pack; what no source has is filled by the
//!   stated stand-ins (P1 to P28) and marked as such.
//! - [`registers`]: schools counted in a country's own register, where one is bundled.
//! - [`tables`]: a ministry's own tables and registers in place of the six national groups.
//! - [`starter`]: a first scenario around a country.
//! - [`store`]: files in, and out whole or not at all.
//! - [`base_year`]: published figures beside ours, for the book.
//!
//! The pack and the bundled scenarios are part of the program. Tables whose licence does not allow every use lie in a
//! folder of their own; a build without that folder works, with more stand-ins.

pub mod base_year;
pub mod baseline;
pub mod country_names;
pub mod pack;
pub mod registers;
pub mod spelling;
pub mod starter;
pub mod store;
pub mod tables;

pub use baseline::{Refusal, country};
pub use pack::Pack;
pub use starter::new_scenario;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Languages of the window beside English: code and text of the file.
pub static LANGUAGES: &[(&str, &str)] = embedded::LANGUAGES;

/// Chapters of the book: name of the file (`guide.md`), text.
pub static CHAPTERS: &[(&str, &str)] = embedded::CHAPTERS;

/// Other words for texts of the window, for searches: code of the language and text of the file.
pub static SEARCH: &[(&str, &str)] = embedded::SEARCH;

/// Bundled scenarios and country files: path below `scenarios` (`countries/senegal.ron`), text.
#[must_use]
pub fn bundled() -> &'static [(&'static str, &'static str)] {
    embedded::SCENARIOS
}

/// Code and file name (below `countries`) of the countries that are bundled, made from open data alone.
pub const BUNDLED: [(&str, &str); 8] = [
    ("SEN", "senegal"),
    ("SLE", "sierra_leone"),
    ("BGD", "bangladesh"),
    ("RWA", "rwanda"),
    ("PHL", "philippines"),
    ("JOR", "jordan"),
    ("DOM", "dominican_republic"),
    ("TON", "tonga"),
];

/// The text of a bundled file: `countries/senegal.ron`, also with `scenarios/` or `../` before it.
#[must_use]
pub fn bundled_file(path: &str) -> Option<&'static str> {
    let mut path = path.replace('\\', "/");
    while let Some(rest) = ["./", "../", "scenarios/"]
        .iter()
        .find_map(|start| path.strip_prefix(start))
    {
        path = rest.to_owned();
    }
    bundled().iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// Commit that the program was built from, short, or `unknown`.
pub const COMMIT: &str = env!("ROLLCALL_COMMIT");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::text::write_country;

    #[test]
    fn bundled_countries_are_what_the_open_data_make() {
        let pack = Pack::embedded();
        for (iso3, name) in BUNDLED {
            let (Ok(country), Some(text)) = (
                country(&pack, iso3, true),
                bundled_file(&format!("countries/{name}.ron")),
            ) else {
                continue;
            };
            assert!(
                write_country(&country) == text,
                "{name}: write it anew, cargo run --no-default-features --example bundle_countries"
            );
        }
    }

    #[test]
    fn a_bundled_file_is_found_from_where_a_scenario_names_it() {
        let Some(text) = bundled_file("countries/senegal.ron") else {
            return;
        };
        for path in [
            "../countries/senegal.ron",
            "scenarios/countries/senegal.ron",
            "./scenarios\\countries/senegal.ron",
        ] {
            assert_eq!(bundled_file(path), Some(text));
        }
        assert_eq!(bundled_file("countries/atlantis.ron"), None);
    }
}
