//! Questions asked of many runs.

pub mod compare;
pub mod parallel;
pub mod sensitivity;
