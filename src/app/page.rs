//! The pages of the window.

use super::words::Words;

/// A page of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Levers and what they do.
    #[default]
    Plan,
    /// Cost, funding, gap.
    Money,
    /// The sources of money, one by one.
    Funding,
    /// Scenarios side by side.
    Compare,
    /// Who is reached.
    Equity,
    /// Every number with its source.
    Sources,
    /// A ministry's own regional table.
    Regions,
}

impl Page {
    /// All pages, in the order of the strip at the left.
    pub const ALL: [Self; 7] = [
        Self::Plan,
        Self::Money,
        Self::Funding,
        Self::Compare,
        Self::Equity,
        Self::Sources,
        Self::Regions,
    ];

    /// Name and what it is for.
    #[must_use]
    pub const fn words(self, words: &Words) -> (&'static str, &'static str) {
        match self {
            Self::Plan => (words.page_plan, words.page_plan_hint),
            Self::Money => (words.page_money, words.page_money_hint),
            Self::Funding => (words.page_funding, words.page_funding_hint),
            Self::Compare => (words.page_compare, words.page_compare_hint),
            Self::Equity => (words.page_equity, words.page_equity_hint),
            Self::Sources => (words.page_sources, words.page_sources_hint),
            Self::Regions => (words.page_regions, words.page_regions_hint),
        }
    }
}
