//! Writes the bundled country files from the embedded open data: `cargo run --example bundle_countries`.

#![allow(clippy::disallowed_methods)] // Writes the files of the project itself.

use std::error::Error;
use std::fs;

use rollcall::data::{BUNDLED, Pack, country};
use rollcall::scenario::text::write_country;

fn main() -> Result<(), Box<dyn Error>> {
    let pack = Pack::embedded();
    fs::create_dir_all("scenarios/countries")?;
    for (iso3, name) in BUNDLED {
        fs::write(
            format!("scenarios/countries/{name}.ron"),
            write_country(&country(&pack, iso3, true)?),
        )?;
        println!("scenarios/countries/{name}.ron");
    }
    Ok(())
}
