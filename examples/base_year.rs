//! Writes the book's table of the base year: `cargo run --example base_year > docs/src/base_year.md`.

use std::error::Error;

use rollcall::data::{Pack, base_year};

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", base_year::chapter(&Pack::embedded())?);
    Ok(())
}
