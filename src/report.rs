//! What runs have to say: tables for a spreadsheet, a summary for a screen, figures for a page, several side by side.

pub mod burden;
pub mod cases;
pub mod compared;
pub mod disputed;
pub mod figure;
pub mod groups;
pub mod practice;
mod shocked;
pub mod summary;
pub mod tables;
pub mod trust;
mod uis;
