//! What happens to a country, whatever its plan: schools that are closed, what is lost in them, prices that jump.

use super::Quantity;
use super::field::{Field, Tag};
use super::markets::Market;
use super::quantity::Passport;
use crate::units::Unit;

crate::kinds! {
    /// What strikes.
    pub enum ShockKind / ShockKindSlots {
        /// Water closes schools and spoils what stands in them.
        Flood(ClosureTerms) = "flood",
        /// Conflict closes schools; what stands in them is damaged or taken.
        Conflict(ClosureTerms) = "conflict",
        /// Disease closes schools.
        Pandemic(ClosureTerms) = "pandemic",
        /// The country's currency loses worth: what is imported grows dearer, beside what is paid for at home.
        CurrencyFall(CurrencyTerms) = "currency_fall",
        /// Prices of one market jump.
        PriceJump(PriceTerms) = "price_jump",
    }
}

crate::section! {
    /// Something that happens to the country in one year, with any plan and without one.
    pub struct Shock / ShockSlots {
        /// What strikes: the word before the bracket.
        kind: ShockKind = Field::kind(ShockKind::KINDS).key();
        /// Year in which it strikes.
        year: i32 = Field::number(Unit::CalendarYear).required().key().idle("a year of the calendar: it says what is asked");
    }
}

crate::section! {
    /// What closes schools has: where, how many, for how long, and what is lost in them.
    pub struct ClosureTerms / ClosureSlots {
        /// Regions that are struck; the whole country when left out.
        regions: Vec<String> = Field::list();
        /// Share of the schools there that is closed.
        closed: Quantity = Field::number(Unit::Share).required();
        /// Months of the school year for which they are closed; a school year has nine.
        months: Quantity = Field::number(Unit::Months).within(0.0, SCHOOL_MONTHS).required();
        /// What of what stands in the closed schools is lost.
        lost: Lost = Field::fields();
    }
}

/// Months of a school year (model 7.1).
pub const SCHOOL_MONTHS: f64 = 9.0;

crate::section! {
    /// Shares of what stands in the closed schools that are lost at the end of the year.
    pub struct Lost / LostSlots {
        /// Of solar systems and connections to the grid.
        power: Quantity = Field::number(Unit::Share).default(0.0).from("model 7.1: nothing unless stated", Tag::Setting);
        /// Of links.
        links: Quantity = Field::number(Unit::Share).default(0.0).from("model 7.1: nothing unless stated", Tag::Setting);
        /// Of networks inside schools and classroom sets.
        campus: Quantity = Field::number(Unit::Share).default(0.0).from("model 7.1: nothing unless stated", Tag::Setting);
        /// Of devices.
        devices: Quantity = Field::number(Unit::Share).default(0.0).from("model 7.1: nothing unless stated", Tag::Setting);
    }
}

crate::section! {
    /// What a fall of the currency has.
    pub struct CurrencyTerms / CurrencySlots {
        /// By how much prices rise from that year on, beside what is paid for at home: 0.25 is a quarter.
        jump: Quantity = Field::number(Unit::Share).within(0.0, 10.0).required();
    }
}

crate::section! {
    /// What a jump of prices has.
    pub struct PriceTerms / PriceSlots {
        /// By how much prices rise from that year on, beside what is paid for at home: 0.25 is a quarter.
        jump: Quantity = Field::number(Unit::Share).within(0.0, 10.0).required();
        /// Market whose prices jump.
        market: Market = Field::choice();
    }
}

impl ShockKind {
    /// What it says of closed schools, where it closes any.
    #[must_use]
    pub const fn closure(&self) -> Option<&ClosureTerms> {
        match self {
            Self::Flood(terms) | Self::Conflict(terms) | Self::Pandemic(terms) => Some(terms),
            Self::CurrencyFall(_) | Self::PriceJump(_) => None,
        }
    }
}

impl ShockKindSlots {
    /// Where the numbers of what closes schools stand.
    #[must_use]
    pub const fn closure(&self) -> Option<&ClosureSlots> {
        match self {
            Self::Flood(terms) | Self::Conflict(terms) | Self::Pandemic(terms) => Some(terms),
            Self::CurrencyFall(_) | Self::PriceJump(_) => None,
        }
    }
}

impl ClosureTerms {
    /// Whether it strikes a region.
    #[must_use]
    pub fn strikes(&self, region: &str) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|struck| struck == region)
    }
}

impl Shock {
    /// One of a kind in a year, to begin with; none for another word. How much it closes, takes and makes dearer has no usual
    /// value: the numbers are an example of low confidence, those of the bundled scenarios where there is one of the kind.
    #[must_use]
    pub fn example(kind: &str, year: i32) -> Option<Self> {
        const FIFTH: [f64; 3] = [0.2, 0.05, 0.5];
        const HALF: [f64; 3] = [0.5, 0.1, 0.9];
        const NOTHING: [f64; 3] = [0.0, 0.0, 0.1];
        let number = |[value, low, high]: [f64; 3], source: &str| {
            let passport = Passport {
                low: Some(low),
                high: Some(high),
                source: source.to_owned(),
                low_confidence: true,
                ..Passport::default()
            };
            Quantity::with(value, passport)
        };
        let example = |range| number(range, "assumed: an example");
        let closure = |closed, months, [power, links, campus, devices]: [[f64; 3]; 4]| ClosureTerms {
            regions: Vec::new(),
            closed: example(closed),
            months: example(months),
            lost: Lost {
                power: example(power),
                links: example(links),
                campus: example(campus),
                devices: example(devices),
            },
        };
        let kind = match ShockKind::of(kind)? {
            ShockKind::Flood(_) => ShockKind::Flood(closure(
                FIFTH,
                [3.0, 1.0, 6.0],
                [FIFTH, FIFTH, [0.3, 0.1, 0.6], [0.4, 0.1, 0.8]],
            )),
            ShockKind::Conflict(_) => ShockKind::Conflict(closure([0.1, 0.02, 0.4], [6.0, 2.0, 9.0], [HALF; 4])),
            ShockKind::Pandemic(_) => ShockKind::Pandemic(closure([1.0, 0.5, 1.0], [4.0, 1.0, 9.0], [NOTHING; 4])),
            ShockKind::CurrencyFall(_) => ShockKind::CurrencyFall(CurrencyTerms {
                jump: example([0.3, 0.1, 1.0]),
            }),
            ShockKind::PriceJump(_) => ShockKind::PriceJump(PriceTerms {
                jump: number(
                    [0.25, 0.1, 0.4],
                    "assumed: evidence M4.8 has 17 % from 2025 to 2026, a forecast",
                ),
                market: Market::Devices,
            }),
        };
        Some(Self { kind, year })
    }
}
