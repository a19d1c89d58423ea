//! What the program promises to those who use it from outside: one binary, a file per behaviour.

#![allow(clippy::disallowed_methods, clippy::format_collect)] // Tests read and write files, and build texts from parts.

#[path = "it/access.rs"]
mod access;
#[cfg(feature = "gui")]
#[path = "it/afterwards.rs"]
mod afterwards;
#[path = "it/allocation.rs"]
mod allocation;
#[path = "../benches/fuzz/biff.rs"]
mod biff;
#[path = "it/book.rs"]
mod book;
#[cfg(feature = "gui")]
#[path = "it/broken.rs"]
mod broken;
#[path = "it/burden.rs"]
mod burden;
#[path = "it/campus.rs"]
mod campus;
#[allow(dead_code)] // The random tests need more of it.
#[path = "../benches/fuzz/chance.rs"]
mod chance;
#[cfg(feature = "gui")]
#[path = "it/changes.rs"]
mod changes;
#[cfg(feature = "gui")]
#[path = "it/chart_labels.rs"]
mod chart_labels;
#[cfg(feature = "gui")]
#[path = "it/chart_menus.rs"]
mod chart_menus;
#[cfg(feature = "gui")]
#[path = "it/chart_sums.rs"]
mod chart_sums;
#[cfg(feature = "gui")]
#[path = "it/charts.rs"]
mod charts;
#[path = "it/classes.rs"]
mod classes;
#[path = "it/cli.rs"]
mod cli;
#[path = "it/compare.rs"]
mod compare;
#[cfg(feature = "gui")]
#[path = "it/compare_packages.rs"]
mod compare_packages;
#[cfg(feature = "gui")]
#[path = "it/compare_page.rs"]
mod compare_page;
#[path = "it/counterpart.rs"]
mod counterpart;
#[path = "it/country_file.rs"]
mod country_file;
#[path = "it/currencies.rs"]
mod currencies;
#[cfg(feature = "gui")]
#[path = "it/dark_clock.rs"]
mod dark_clock;
#[path = "it/devices.rs"]
mod devices;
#[path = "it/diagnostics.rs"]
mod diagnostics;
#[path = "it/donors.rs"]
mod donors;
#[path = "it/engine.rs"]
mod engine;
#[path = "it/example.rs"]
mod enlarged;
#[path = "it/field.rs"]
mod field;
#[path = "it/field_tables.rs"]
mod field_tables;
#[path = "it/fifty_edits.rs"]
mod fifty_edits;
#[cfg(feature = "gui")]
#[path = "it/findings.rs"]
mod findings;
#[path = "it/fixed_parts.rs"]
mod fixed_parts;
#[path = "it/formats.rs"]
mod formats;
#[cfg(feature = "gui")]
#[path = "it/funding_page.rs"]
mod funding_page;
#[cfg(feature = "gui")]
#[path = "it/gate.rs"]
mod gate;
#[path = "it/governance.rs"]
mod governance;
#[path = "it/grammar.rs"]
mod grammar;
#[cfg(feature = "gui")]
#[path = "it/guide.rs"]
mod guide;
#[cfg(feature = "gui")]
#[path = "it/habits.rs"]
mod habits;
#[cfg(feature = "gui")]
#[path = "it/harness.rs"]
mod harness;
#[path = "it/headline.rs"]
mod headline;
#[cfg(feature = "gui")]
#[path = "it/help.rs"]
mod help;
#[path = "it/home_access.rs"]
mod home_access;
#[path = "it/hostile.rs"]
mod hostile;
#[path = "it/house.rs"]
mod house;
#[path = "it/inclusion.rs"]
mod inclusion;
#[cfg(feature = "gui")]
#[path = "it/journal.rs"]
mod journal;
#[cfg(feature = "gui")]
#[path = "it/keeping.rs"]
mod keeping;
#[cfg(feature = "gui")]
#[path = "it/languages.rs"]
mod languages;
#[path = "it/learning_modes.rs"]
mod learning_modes;
#[cfg(feature = "gui")]
#[path = "it/left_out.rs"]
mod left_out;
#[cfg(feature = "gui")]
#[path = "it/levels.rs"]
mod levels;
#[path = "it/lifelong.rs"]
mod lifelong;
#[cfg(feature = "gui")]
#[path = "it/look.rs"]
mod look;
#[path = "it/magnitudes.rs"]
mod magnitudes;
#[path = "it/many.rs"]
mod many;
#[cfg(feature = "gui")]
#[path = "it/meanwhile.rs"]
mod meanwhile;
#[path = "it/mechanisms.rs"]
mod mechanisms;
#[path = "it/money_as_written.rs"]
mod money_as_written;
#[cfg(feature = "gui")]
#[path = "it/money_equity.rs"]
mod money_equity;
#[path = "it/monotony.rs"]
mod monotony;
#[path = "it/more_money.rs"]
mod more_money;
#[cfg(feature = "gui")]
#[path = "it/naming.rs"]
mod naming;
#[path = "it/new_component.rs"]
mod new_component;
#[cfg(feature = "gui")]
#[path = "it/new_plan.rs"]
mod new_plan;
#[cfg(feature = "gui")]
#[path = "it/numbers.rs"]
mod numbers;
#[path = "it/one_measure.rs"]
mod one_measure;
#[path = "../benches/fuzz/opendocument.rs"]
mod opendocument;
#[path = "it/packages.rs"]
mod packages;
#[path = "it/parameters.rs"]
mod parameters;
#[cfg(feature = "gui")]
#[path = "it/plan_paths.rs"]
mod plan_paths;
#[path = "it/practices.rs"]
mod practices;
#[path = "it/prices.rs"]
mod prices;
#[path = "it/properties.rs"]
mod properties;
#[path = "it/random_packages.rs"]
mod random_packages;
#[cfg(feature = "gui")]
#[path = "it/regions_page.rs"]
mod regions_page;
#[path = "it/regression.rs"]
mod regression;
#[cfg(feature = "gui")]
#[path = "it/replay.rs"]
mod replay;
#[path = "it/results.rs"]
mod results;
#[path = "it/retold.rs"]
mod retold;
#[path = "it/school_flow.rs"]
mod school_flow;
#[cfg(feature = "gui")]
#[path = "it/search.rs"]
mod search;
#[cfg(feature = "gui")]
#[path = "it/sentence.rs"]
mod sentence;
#[path = "it/shapes.rs"]
mod shapes;
#[path = "it/shares.rs"]
mod shares;
#[path = "it/shocks.rs"]
mod shocks;
#[cfg(feature = "gui")]
#[path = "it/shocks_page.rs"]
mod shocks_page;
#[path = "it/size_classes.rs"]
mod size_classes;
#[path = "it/sound.rs"]
mod sound;
#[cfg(feature = "gui")]
#[path = "it/sources_page.rs"]
mod sources_page;
#[path = "it/standards.rs"]
mod standards;
#[cfg(feature = "gui")]
#[path = "it/standards_page.rs"]
mod standards_page;
#[path = "it/systems.rs"]
mod systems;
#[path = "it/table_habits.rs"]
mod table_habits;
#[path = "it/table_kept.rs"]
mod table_kept;
#[path = "it/table_total.rs"]
mod table_total;
#[path = "it/table_units.rs"]
mod table_units;
#[path = "it/table_words.rs"]
mod table_words;
#[path = "it/tables.rs"]
mod tables;
#[path = "it/teachers.rs"]
mod teachers;
#[path = "it/terms.rs"]
mod terms;
#[path = "it/unequal.rs"]
mod unequal;
#[path = "it/verdict.rs"]
mod verdict;
#[path = "it/views.rs"]
mod views;
#[cfg(feature = "gui")]
#[path = "it/window.rs"]
mod window;
#[path = "../benches/fuzz/workbook.rs"]
mod workbook;
#[path = "it/workbooks.rs"]
mod workbooks;
#[path = "it/worked.rs"]
mod worked;

use assert_cmd::Command;

/// The program, started in the package's own folder.
fn rollcall() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// What came of a call: exit code, standard output, standard error.
struct Said {
    code: i32,
    out: String,
    err: String,
}

fn said(arguments: &[&str]) -> Said {
    of(&mut rollcall(), arguments)
}

fn of(command: &mut Command, arguments: &[&str]) -> Said {
    let output = command.args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said {
        code: output.status.code().expect("an exit code, not a signal"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

const EXAMPLE: &str = "tests/data/example.ron";

fn example() -> String {
    std::fs::read_to_string(format!("{}/{EXAMPLE}", env!("CARGO_MANIFEST_DIR"))).expect("the example")
}
