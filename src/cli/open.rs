//! `rollcall open`, and `rollcall` alone: the window.

use std::path::Path;

use super::Named;

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct Open {
    #[command(flatten)]
    named: Named,
}

impl Open {
    pub(super) fn run(&self) -> u8 {
        window(Some(&self.named.file))
    }
}

/// Opens the window, on a file if one is named; a bundled scenario comes as a text that has no file yet.
#[cfg(feature = "gui")]
pub(super) fn window(file: Option<&Path>) -> u8 {
    use super::say::tell;
    use super::{DONE, FAILED};
    use crate::app::{self, StartUp};
    let start = StartUp {
        path: file.map(Path::to_path_buf),
    };
    match app::run(start) {
        Ok(()) => DONE,
        Err(error) => {
            tell(&format!("rollcall: {error}"));
            FAILED
        }
    }
}

/// Says that there is no window in this build.
#[cfg(not(feature = "gui"))]
pub(super) fn window(file: Option<&Path>) -> u8 {
    let file = file.map_or_else(|| "FILE".to_owned(), |file| file.display().to_string());
    super::say::tell(&format!(
        "rollcall: this build has no window; `rollcall run {file}` prints the results, `rollcall --help` says more."
    ));
    super::FAILED
}
