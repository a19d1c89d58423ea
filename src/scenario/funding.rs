//! Who pays. The existing budget, which keeps up what stands, is always there and is not listed.

use super::currency::CurrencyCode;
use super::field::{Field, Role, Tag};
pub use super::mechanisms::*;
use super::{Component, Level, Quantity, YearPath};
use crate::units::Unit;

crate::choice! {
    /// Economic nature of a cost.
    pub enum Nature {
        /// Buys something that lasts longer than a year.
        Capital = "capital",
        /// Comes back every year.
        Recurrent = "recurrent",
    }
}

crate::choice! {
    /// Why money is needed.
    pub enum Need {
        /// Keep in service what existed at the start of the year.
        Upkeep = "upkeep",
        /// Replace what reaches its end this year.
        Renewal = "renewal",
        /// Move toward this year's target.
        Expansion = "expansion",
    }
}

crate::choice! {
    /// When the money of a source is used.
    pub enum Timing {
        /// What can wait waits for the year in which it is needed most.
        Waits = "waits",
        /// As early as there is a need for it.
        Earliest = "earliest",
    }
}

crate::section! {
    /// A source of money.
    pub struct Source / SourceSlots {
        /// Name, used in tables and charts.
        name: String = Field::text().required().key();
        /// Mechanism: the word before the bracket.
        kind: SourceKind = Field::kind(SourceKind::KINDS);
        /// Share of what is newly available that can be spent within the year, on keeping and on expansion, in all years; without it the rules of execution hold.
        absorption: Option<Quantity> = Field::number(Unit::Share).likely(0.6, 1.0);
        /// Currency in which all its amounts are and its debt is served: a code of ISO 4217, or `LCU` for the country's own; US dollars when left out.
        currency: CurrencyCode = Field::text();
        /// Units of that currency for one US dollar by year; for the country's own its published rates hold when left out.
        exchange_rate: Option<YearPath> = Field::path(Unit::LcuPerUsd).any_year();
        /// Growth of prices a year in its currency, by which what it gives each year grows from the price year on; 0 where amounts are of each year's own money. When left out amounts keep what they are worth in US dollars.
        inflation: Option<YearPath> = Field::path(Unit::PerYear).within(-0.5, 10.0).any_year();
        /// When its money is used: kept for the year in which it is needed most, or as early as it can be.
        timing: Timing = Field::choice();
        /// Last year in which its money may be used; the last of the run when left out.
        until: Option<Quantity> = Field::number(Unit::CalendarYear);
        /// The source's own administration: share of its money that does not reach needs.
        overhead: Quantity = Field::number(Unit::Share).within(0.0, 0.9).default(0.0).likely(0.0, 0.13).from("evidence G2: grants 5 to 13 %", Tag::Setting);
        /// Money of the counterpart that each US dollar of this source asks for; without it the source pays alone.
        matching: Option<Quantity> = Field::number(Unit::Ratio).within(1e-6, 1e6);
        /// Name of the source that gives the counterpart; it may pay alone as well.
        counterpart: String = Field::text();
        /// Components that it may pay; all when left out.
        components: Vec<Component> = Field::list();
        /// Natures that it may pay; both when left out.
        natures: Vec<Nature> = Field::list();
        /// Needs that it may pay; all when left out.
        needs: Vec<Need> = Field::list();
        /// Levels that it may pay for; all when left out.
        levels: Vec<Level> = Field::list();
        /// Regions that it may pay for; all when left out.
        regions: Vec<String> = Field::list();
        /// Remark.
        note: String = Field::text().role(Role::Nobody);
    }
}

crate::section! {
    /// Rules of funding.
    pub struct Funding / FundingSlots {
        /// Share of what existing services need for upkeep and renewal that the existing budget goes on paying.
        existing: Quantity = Field::number(Unit::Share).default(1.0).from("model 0: existing services are kept up", Tag::Setting).role(Role::Both);
        /// Month in which fiscal years begin, 1 to 12; with it the years of releases, amounts and shares may be written as `"2026/27"`.
        fiscal_year_start: Quantity = Field::number(Unit::Count).within(1.0, 12.0).default(1.0).idle("a month of the calendar: it says what fiscal years are");
        /// Sources, in the order in which ties are broken.
        sources: Vec<Source> = Field::list();
        /// Components in order of priority within each kind of need; those left out follow in the usual order.
        priority: Vec<Component> = Field::list();
        /// Share of newly available money that can be spent within its year on keeping what stands.
        keeping_absorption: Quantity = Field::number(Unit::Share).default(0.95).likely(0.8, 1.0).from("evidence G3: recurrent budgets are executed to 95 to 100 %", Tag::Recall);
        /// Share of newly available money that can be spent on expansion within its year, in the first year of a source.
        absorption_first: Quantity = Field::number(Unit::Share).default(0.5).likely(0.1, 0.9).from("evidence G3: capital programmes 60 to 85 % in a whole sector, less in their first years", Tag::Judgement);
        /// The same in its second year.
        absorption_second: Quantity = Field::number(Unit::Share).default(0.75).likely(0.3, 0.95).from("evidence G3: between the first and later years", Tag::Judgement);
        /// The same in its third year.
        absorption_third: Quantity = Field::number(Unit::Share).default(0.85).likely(0.5, 1.0).from("evidence G3: capital 60 to 85 % in a whole sector", Tag::Judgement);
        /// The same in later years.
        absorption_later: Quantity = Field::number(Unit::Share).default(0.9).likely(0.7, 1.0).from("evidence G3: capital 60 to 85 % in a whole sector", Tag::Judgement);
        /// Part of what could be spent in a year that cannot where management and governance of the year before were not paid at all.
        unmanaged: Quantity = Field::number(Unit::Share).default(0.3).likely(0.0, 0.6).from("model 11: stand-in", Tag::Judgement);
        /// Years ahead for which money that can wait is kept for upkeep and renewal of what stands, before this year's expansion.
        reserve_years: Quantity = Field::number(Unit::Years).within(0.0, 10.0).default(0.0).from("model 6.2: no reserve unless asked for", Tag::Setting);
        /// Rate by which cheap money is told from dear: what a source costs is its repayment, discounted so.
        discount: Quantity = Field::number(Unit::PerYear).default(0.05).from("model 6.2: the rate of the grant element in debt analyses", Tag::Setting);
        /// Share of the schools that had power, link and devices in service that must have lost them before a year counts as dark.
        dark: Quantity = Field::number(Unit::Share).default(0.01).from("model 6.6", Tag::Setting);
    }
}

impl Funding {
    /// Month in which fiscal years begin.
    #[must_use]
    pub fn starts_in(&self) -> u8 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // Between 1 and 12, by the rule of its field.
        let month = self.fiscal_year_start.value as u8;
        month.clamp(1, 12)
    }
}
