//! What a run has to say: tables for a spreadsheet, a summary for a screen, figures for a page.

pub mod figure;
pub mod summary;
pub mod tables;
pub mod trust;
