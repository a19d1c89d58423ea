//! Plan, cost and compare a country's roll-out of ICT in education toward 2030.
//!
//! The rooms, in the order in which data passes through them:
//!
//! - [`units`]: what a number means and how it is shown.
//! - [`scenario`]: what a planner writes, as types; text in and out; findings.
//! - [`model`]: from scenario to trajectory, one file per chapter of the book.
//! - [`data`]: the only room that touches files: saving, the embedded data, a country from open data.
//! - [`study`]: questions asked of many runs.
//! - [`report`]: tables and summaries.
//! - [`cli`]: the command line, one file per subcommand.
//! - `app`: the window (feature `gui`).

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod data;
pub mod model;
pub mod report;
pub mod scenario;
pub mod study;
pub mod units;
