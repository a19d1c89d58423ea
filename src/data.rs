//! The room of tables: what is embedded, a country made from it, a ministry's own regions, a first plan.
//!
//! - [`pack`]: the published figures, as they were published, one compact table a publisher.
//! - [`baseline`]: a full [`Country`](crate::scenario::Country) from the pack; what no source has is filled by the
//!   stated stand-ins (P1 to P26) and marked as such.
//! - [`groups`]: a ministry's regional table in place of the six national groups.
//! - [`starter`]: a first scenario around a country.
//! - [`store`]: files in, and out whole or not at all.
//! - [`base_year`]: published figures beside ours, for the book.
//!
//! The pack and the bundled scenarios are part of the program. Tables whose licence does not allow every use lie in a
//! folder of their own; a build without that folder works, with more stand-ins.

pub mod base_year;
pub mod baseline;
pub mod groups;
pub mod pack;
pub mod starter;
pub mod store;

pub use baseline::{Refusal, country};
pub use pack::Pack;
pub use starter::new_scenario;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Bundled scenarios and country files: path below `scenarios` (`countries/senegal.ron`), text.
#[must_use]
pub fn bundled() -> &'static [(&'static str, &'static str)] {
    embedded::SCENARIOS
}

/// The text of a bundled file: `countries/senegal.ron`, also with `scenarios/` or `../` before it.
#[must_use]
pub fn bundled_file(path: &str) -> Option<&'static str> {
    let mut path = path.replace('\\', "/");
    while let Some(rest) = ["./", "../", "scenarios/"].iter().find_map(|start| path.strip_prefix(start)) {
        path = rest.to_owned();
    }
    bundled().iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// Commit that the program was built from, short, or `unknown`.
pub const COMMIT: &str = env!("ROLLCALL_COMMIT");
