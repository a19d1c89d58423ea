//! Opens the window on a scenario file: `cargo run --example window -- tests/data/example.ron`.

use std::process::ExitCode;

use rollcall::app::{self, StartUp};

fn main() -> ExitCode {
    let path = std::env::args_os().nth(1).map_or_else(|| "tests/data/example.ron".into(), Into::into);
    match app::run(StartUp { path: Some(path), bundled: None }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
