//! Questions asked of many runs.

pub mod parallel;
pub mod sensitivity;
