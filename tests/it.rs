//! All integration tests, one binary.

mod it {
    pub mod allocation;
    pub mod book;
    pub mod engine;
    pub mod example;
    pub mod magnitudes;
    pub mod regression;
    pub mod worked;
}

use it::example;
