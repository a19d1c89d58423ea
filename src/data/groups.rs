//! A ministry's regional table.
