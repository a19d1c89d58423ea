//! Cost rows of one year, for checking a chapter by hand: `cargo run --no-default-features --example rows -- FILE YEAR`.
#![allow(clippy::disallowed_methods)] // a small reader of its own

use rollcall::model::{ledger, simulate};
use rollcall::scenario::{messages, text};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a scenario file");
    let year: i32 = arguments.next().and_then(|year| year.parse().ok()).unwrap_or(2027);
    let folder = std::path::Path::new(&file)
        .parent()
        .map(std::path::Path::to_path_buf)
        .unwrap_or_default();
    let bytes = std::fs::read(&file).expect("a readable file");
    let reading = text::read_scenario(&file, &bytes, &|name| {
        std::fs::read(folder.join(name))
            .map(|bytes| (name.to_owned(), bytes))
            .map_err(|error| messages::reported(error.to_string()))
    });
    let Some(scenario) = reading.scenario else {
        reading.findings.iter().for_each(|finding| println!("{finding}"));
        return;
    };
    let run = simulate(&scenario);
    println!("level,locality,component,category,need,layer,quantity,unit,price,amount");
    for row in ledger::costs(&run).filter(|row| row.year == year) {
        let line = row.line;
        let layer = if row.existing { "existing" } else { "plan" };
        println!(
            "{},{},{},{},{},{layer},{:.6},{},{:.6},{:.2}",
            row.level,
            row.locality,
            line.component,
            line.category,
            line.need,
            row.quantity,
            line.unit,
            row.price,
            row.amount().0
        );
    }
    println!("stock,level,locality,opening,in,out,closing");
    for row in ledger::stocks(&run).filter(|row| row.year == year) {
        println!(
            "{},{},{},{:.4},{:.4},{:.4},{:.4}",
            row.stock, row.level, row.locality, row.opening, row.into, row.out, row.closing
        );
    }
}
