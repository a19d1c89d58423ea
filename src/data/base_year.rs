//! The base year beside what is published.
