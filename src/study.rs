//! Questions asked of many runs.

pub mod compare;
pub mod donors;
pub mod parallel;
pub mod recovery;
pub mod sensitivity;
pub mod unreached;
