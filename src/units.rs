//! Units of measure: what a number means, how it is written for a person, and which values can exist at all.
//!
//! A number in a scenario or a result has exactly one [`Unit`]. The registry gives each input its unit and
//! the indicator list gives each output its unit, so no number is ever shown without one.

mod plural;

use std::collections::BTreeMap;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

pub use plural::Plurals;
use serde::{Deserialize, Serialize};

/// How the number of a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figures {
    /// At most one decimal.
    Decimals,
    /// The same, of a hundred times the value.
    Percent,
    /// Three figures, or a number of millions.
    Magnitude,
    /// This many decimals.
    Places(usize),
    /// As the calendar has it.
    Year,
}

macro_rules! units {
    ($( #[doc = $doc:literal] $Unit:ident = $name:literal, $figures:expr, $template:literal; )*) => {
        /// Unit of an input or output number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Unit { $( #[doc = $doc] $Unit, )* }

        impl Unit {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$Unit ),* ];

            /// Name used in tables, files and the book.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $( Self::$Unit => $name, )* } }

            /// A value with its unit in English. Before and after `|` stand the form for one and that for more.
            #[must_use]
            pub const fn template(self) -> &'static str { match self { $( Self::$Unit => $template, )* } }

            const fn figures(self) -> Figures {
                use Figures::{Decimals, Magnitude, Percent, Places, Year};
                match self { $( Self::$Unit => $figures, )* }
            }
        }
    };
}

units! {
    /// Fraction between 0 and 1.
    Share = "share", Percent, "{value} %";
    /// Fraction that may pass 1, such as a gross enrolment ratio or a parity ratio.
    Ratio = "ratio", Places(2), "{value}";
    /// Difference of two shares, times 100.
    Points = "points", Decimals, "{value} point|{value} points";
    /// A pure index.
    Index = "index", Places(2), "{value}";
    /// Number of persons, schools, devices or courses.
    Count = "count", Magnitude, "{value}";
    /// Constant US dollars of the price year.
    Usd = "usd", Magnitude, "US$ {value}";
    /// Nominal US dollars.
    NominalUsd = "nominal_usd", Magnitude, "US$ {value}";
    /// US dollars per learner and year.
    UsdPerLearner = "usd_per_learner", Magnitude, "US$ {value} per learner";
    /// US dollars for one learner, subject and year.
    UsdPerLearnerYear = "usd_per_learner_subject_year", Magnitude, "US$ {value} per learner, subject and year";
    /// US dollars a year.
    UsdPerYear = "usd_per_year", Magnitude, "US$ {value} a year";
    /// US dollars per Mbit/s and year.
    UsdPerMbpsYear = "usd_per_mbps_year", Magnitude, "US$ {value} per Mbit/s and year";
    /// US dollars per kilometre.
    UsdPerKm = "usd_per_km", Magnitude, "US$ {value} per km";
    /// US dollars per watt of solar capacity.
    UsdPerWatt = "usd_per_watt", Magnitude, "US$ {value} per watt";
    /// US dollars per kilowatt-hour.
    UsdPerKwh = "usd_per_kwh", Places(3), "US$ {value} per kWh";
    /// US dollars per teacher and day.
    UsdPerDay = "usd_per_teacher_day", Magnitude, "US$ {value} per teacher and day";
    /// Multiple of GDP per person.
    GdpPerPerson = "gdp_per_person", Magnitude, "{value} times GDP per person";
    /// Local currency units per US dollar.
    LcuPerUsd = "lcu_per_usd", Magnitude, "{value} per US$";
    /// Share per year.
    PerYear = "share_per_year", Percent, "{value} % a year";
    /// Standard deviations of test scores.
    Sd = "sd", Places(2), "{value} SD";
    /// Standard deviations per school year.
    SdPerYear = "sd_per_year", Places(2), "{value} SD a year";
    /// Years.
    Years = "years", Decimals, "{value} year|{value} years";
    /// Months.
    Months = "months", Decimals, "{value} month|{value} months";
    /// Days.
    Days = "days", Decimals, "{value} day|{value} days";
    /// Hours per learner and week.
    HoursPerWeek = "hours_per_week", Decimals, "{value} h a week";
    /// Hours of full sun a day.
    HoursPerDay = "hours_per_day", Decimals, "{value} h a day";
    /// Calendar year.
    CalendarYear = "calendar_year", Year, "{value}";
    /// Megabits per second.
    Mbps = "mbps", Magnitude, "{value} Mbit/s";
    /// Kilometres.
    Km = "km", Decimals, "{value} km";
    /// Kilowatts.
    Kilowatt = "kw", Decimals, "{value} kW";
    /// Watts.
    Watt = "watt", Decimals, "{value} W";
    /// Kilowatt-hours a year.
    KwhPerYear = "kwh_per_year", Magnitude, "{value} kWh a year";
    /// Kilowatt-hours a day.
    KwhPerDay = "kwh_per_day", Places(2), "{value} kWh a day";
    /// Learners for each device.
    LearnersPerDevice = "learners_per_device", Decimals, "{value} learner per device|{value} learners per device";
    /// Devices in each equipped school.
    DevicesPerSchool = "devices_per_school", Decimals, "{value} device per school|{value} devices per school";
    /// Technicians for each 1,000 devices.
    PerThousandDevices = "per_1000_devices", Decimals, "{value} per 1 000 devices";
}

macro_rules! dollars {
    ($( $(#[doc = $doc:literal])+ $Usd:ident; )*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $Usd(pub f64);

        impl Add for $Usd {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self(self.0 + other.0) }
        }

        impl AddAssign for $Usd {
            fn add_assign(&mut self, other: Self) { self.0 += other.0; }
        }

        impl Sub for $Usd {
            type Output = Self;
            fn sub(self, other: Self) -> Self { Self(self.0 - other.0) }
        }

        impl Mul<f64> for $Usd {
            type Output = Self;
            fn mul(self, factor: f64) -> Self { Self(self.0 * factor) }
        }

        impl Sum for $Usd {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self { Self(all.map(|amount| amount.0).sum()) }
        }
    )* };
}

dollars! {
    /// An amount of constant US dollars of the price year. It is no nominal amount, and cannot be added to one:
    ///
    /// ```compile_fail
    /// let sum = rollcall::units::ConstantUsd(1.0) + rollcall::units::NominalUsd(1.0);
    /// ```
    ConstantUsd;
    /// An amount of nominal US dollars, as a contract names it.
    NominalUsd;
}

impl Unit {
    /// True for units in which 0.85 is shown to a person as 85 %.
    #[must_use]
    pub const fn is_percentage(self) -> bool {
        matches!(self, Self::Share | Self::PerYear)
    }

    /// True for money in any form.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Usd
                | Self::NominalUsd
                | Self::UsdPerLearner
                | Self::UsdPerLearnerYear
                | Self::UsdPerYear
                | Self::UsdPerMbpsYear
                | Self::UsdPerKm
                | Self::UsdPerWatt
                | Self::UsdPerKwh
                | Self::UsdPerDay
        )
    }

    /// The value as a person reads it in English, with its unit: `85 %`, `US$ 287 million`, `12 learners per device`.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        Style::ENGLISH.show(self, value)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The marks in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberFormat {
    /// `1 234.5`
    SpacePoint,
    /// `1 234,5`
    SpaceComma,
    /// `1,234.5`
    CommaPoint,
    /// `1.234,5`
    PointComma,
    /// `1’234.5`
    ApostrophePoint,
}

impl NumberFormat {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::SpacePoint,
        Self::SpaceComma,
        Self::CommaPoint,
        Self::PointComma,
        Self::ApostrophePoint,
    ];

    /// What stands between thousands.
    #[must_use]
    pub const fn group(self) -> char {
        match self {
            Self::SpacePoint | Self::SpaceComma => '\u{202f}',
            Self::CommaPoint => ',',
            Self::PointComma => '.',
            Self::ApostrophePoint => '’',
        }
    }

    /// What stands before decimals.
    #[must_use]
    pub const fn decimal(self) -> char {
        match self {
            Self::SpacePoint | Self::CommaPoint | Self::ApostrophePoint => '.',
            Self::SpaceComma | Self::PointComma => ',',
        }
    }

    /// A number that shows the format.
    #[must_use]
    pub fn example(self) -> String {
        self.mark("1234.5")
    }

    /// Puts the marks into a number as Rust writes it.
    #[must_use]
    pub fn mark(self, plain: &str) -> String {
        let (whole, part) = plain
            .split_once('.')
            .map_or((plain, None), |(whole, part)| (whole, Some(part)));
        let digits = whole.trim_start_matches(['-', '+']);
        // A minus sign, not a hyphen, wherever a person reads a number.
        let mut text = with_minus(&whole[..whole.len() - digits.len()]);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(self.group());
            }
            text.push(digit);
        }
        if let Some(part) = part {
            text.push(self.decimal());
            text.push_str(part);
        }
        text
    }

    /// At most one decimal, none for whole or large numbers: `2`, `2.5`, `85`.
    #[must_use]
    pub fn decimals(self, value: f64) -> String {
        self.mark(&one_decimal(value))
    }

    /// Whole number with marks between thousands: `26 400`.
    #[must_use]
    pub fn grouped(self, value: f64) -> String {
        self.mark(&format!("{:.0}", tidy_zero(value.round())))
    }

    /// This many decimals.
    #[must_use]
    pub fn fixed(self, value: f64, places: usize) -> String {
        self.mark(&fixed(value, places))
    }
}

/// From this size on amounts of money are drawn and said in millions.
pub const IN_MILLIONS: f64 = 1e5;

/// How numbers are written for a reader: the marks in them and the words around them.
#[derive(Clone, Debug)]
pub struct Style {
    /// Marks.
    pub format: NumberFormat,
    /// The forms of a text with a number.
    pub plurals: Plurals,
    /// Millions.
    pub million: &'static str,
    /// Thousands of millions.
    pub billion: &'static str,
    /// What stands where there is no number.
    pub unknown: &'static str,
    /// Units that are not written as in English.
    pub units: BTreeMap<Unit, &'static str>,
}

impl Style {
    /// English.
    pub const ENGLISH: Self = Self {
        format: NumberFormat::SpacePoint,
        plurals: Plurals::ENGLISH,
        million: "{value} million",
        billion: "{value} billion",
        unknown: "not known",
        units: BTreeMap::new(),
    };

    /// The value as a person reads it, with its unit.
    #[must_use]
    pub fn show(&self, unit: Unit, value: f64) -> String {
        // Rounded as a percentage it must still be a number.
        if !(value * 1000.0).is_finite() {
            return self.unknown.into();
        }
        let plain = match unit.figures() {
            Figures::Decimals => one_decimal(value),
            Figures::Percent => one_decimal(value * 100.0),
            Figures::Places(places) => fixed(value, places),
            Figures::Year => return format!("{value:.0}"),
            Figures::Magnitude => return self.form(self.template(unit), value, &self.magnitude(value)),
        };
        self.said(self.template(unit), &plain)
    }

    /// The text that a unit puts around a value.
    #[must_use]
    pub fn template(&self, unit: Unit) -> &'static str {
        self.units.get(&unit).copied().unwrap_or(unit.template())
    }

    /// A magnitude a person can read: `287 million`, `4.2 billion`, `26 400`, `123`.
    #[must_use]
    pub fn magnitude(&self, value: f64) -> String {
        let size = value.abs();
        if size >= 999.5e6 {
            self.said(self.billion, &three_figures(value / 1e9))
        } else if size >= 999_500.0 {
            self.said(self.million, &three_figures(value / 1e6))
        } else if size >= 999.5 {
            self.format.grouped(value)
        } else {
            self.format.mark(&three_figures(value))
        }
    }

    /// A magnitude beside a larger one: where that is said in millions, this is too, so that nobody counts digits.
    #[must_use]
    pub fn magnitude_beside(&self, value: f64, largest: f64) -> String {
        let size = value.abs();
        if size.max(largest.abs()) < IN_MILLIONS || !(1e3..999_500.0).contains(&size) {
            return self.magnitude(value);
        }
        let millions = value / 1e6;
        let places = if size < 99_950.0 { 3 } else { 2 };
        self.said(
            self.million,
            fixed(millions, places).trim_end_matches('0').trim_end_matches('.'),
        )
    }

    /// Constant US dollars beside a larger amount.
    #[must_use]
    pub fn money_beside(&self, value: f64, largest: f64) -> String {
        if !value.is_finite() {
            return self.unknown.into();
        }
        self.form(self.template(Unit::Usd), value, &self.magnitude_beside(value, largest))
    }

    /// A number as Rust writes it, with its marks and the words around it.
    fn said(&self, template: &str, plain: &str) -> String {
        // What is shown decides: 1.04 is shown as 1.
        let shown = plain.parse().unwrap_or(f64::NAN);
        self.form(template, shown, &self.format.mark(plain))
    }

    fn form(&self, template: &str, value: f64, text: &str) -> String {
        self.plural(template, value).replace("{value}", text)
    }

    /// The form of a text that goes with a number: `{few} learner|{few} learners`.
    #[must_use]
    pub fn plural<'a>(&self, template: &'a str, value: f64) -> &'a str {
        self.plurals.form(template, value)
    }
}

/// At most one decimal, none for whole or large numbers: `2`, `2.5`, `85`.
#[must_use]
pub fn decimals(value: f64) -> String {
    Style::ENGLISH.format.decimals(value)
}

/// A magnitude a person can read: `287 million`, `4.2 billion`, `26 400`, `123`.
#[must_use]
pub fn magnitude(value: f64) -> String {
    Style::ENGLISH.magnitude(value)
}

/// Whole number with a narrow space between thousands: `26 400`.
#[must_use]
pub fn grouped(value: f64) -> String {
    Style::ENGLISH.format.grouped(value)
}

/// A number as Rust writes it with a minus sign in the place of the hyphen, as a person reads it.
#[must_use]
pub(crate) fn with_minus(plain: &str) -> String {
    plain.replace('-', "\u{2212}")
}

/// This many decimals, with a point; what rounds to nothing has no sign.
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    if is_nothing(&text) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

/// Whether a number has been rounded to nothing.
fn is_nothing(shown: &str) -> bool {
    !shown.contains(|digit: char| ('1'..='9').contains(&digit))
}

/// A difference with its sign, its size as `show` has it; what rounds to nothing has not fallen.
#[must_use]
pub fn signed(difference: f64, show: impl Fn(f64) -> String) -> String {
    let size = show(difference.abs());
    let sign = if difference < 0.0 && !is_nothing(&size) {
        "\u{2212}"
    } else {
        "+"
    };
    format!("{sign}{size}")
}

fn one_decimal(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.abs() >= 100.0 || (rounded - rounded.round()).abs() < 1e-9 {
        format!("{:.0}", tidy_zero(rounded.round()))
    } else {
        format!("{rounded:.1}")
    }
}

fn three_figures(value: f64) -> String {
    let size = value.abs();
    let places = if size >= 99.95 || size == 0.0 {
        0
    } else if size >= 9.995 {
        1
    } else {
        2
    };
    let text = fixed(value, places);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text
    }
}

fn tidy_zero(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_read_as_a_person_says_them() {
        assert_eq!(Unit::Usd.show(287_034_511.02), "US$ 287 million");
        assert_eq!(Unit::Usd.show(4_240_000_000.0), "US$ 4.24 billion");
        assert_eq!(Unit::Count.show(26_400.4), "26\u{202f}400");
        assert_eq!(Unit::Share.show(0.853), "85.3 %");
        assert_eq!(Unit::Usd.show(0.0), "US$ 0");
        assert_eq!(Unit::Usd.show(999_999_999.0), "US$ 1 billion");
        assert_eq!(grouped(-1_234_567.0), "\u{2212}1\u{202f}234\u{202f}567");
    }

    #[test]
    fn a_format_has_its_own_marks() {
        let shown: Vec<String> = NumberFormat::ALL
            .iter()
            .map(|format| format.mark("-1234567.25"))
            .collect();
        assert_eq!(
            shown,
            [
                "\u{2212}1\u{202f}234\u{202f}567.25",
                "\u{2212}1\u{202f}234\u{202f}567,25",
                "\u{2212}1,234,567.25",
                "\u{2212}1.234.567,25",
                "\u{2212}1’234’567.25"
            ]
        );
        assert_eq!(NumberFormat::PointComma.decimals(1234.56), "1.235");
        assert_eq!(NumberFormat::SpaceComma.fixed(0.126, 2), "0,13");
        assert_eq!(NumberFormat::CommaPoint.grouped(999.6), "1,000");
    }

    #[test]
    fn amounts_side_by_side_have_one_scale() {
        let said = |value, largest| Style::ENGLISH.money_beside(value, largest);
        assert_eq!(said(916_181.0, 125e6), "US$ 0.92 million");
        assert_eq!(said(-50_000.0, 125e6), "US$ \u{2212}0.05 million");
        assert_eq!(said(12_345.0, 125e6), "US$ 0.012 million");
        assert_eq!(said(916_181.0, 0.0), "US$ 0.92 million");
        assert_eq!(said(997_000.0, 125e6), "US$ 1 million");
        assert_eq!(said(16_181.0, 0.0), "US$ 16\u{202f}181");
        assert_eq!(said(8.2, 125e6), "US$ 8.2");
        assert_eq!(said(125e6, 4.2e9), "US$ 125 million");
        assert_eq!(said(0.0, 125e6), "US$ 0");
    }

    #[test]
    fn one_has_a_form_of_its_own() {
        assert_eq!(Unit::Years.show(1.04), "1 year");
        assert_eq!(Unit::Years.show(1.06), "1.1 years");
        assert_eq!(Unit::Days.show(0.0), "0 days");
        let french = Style {
            format: NumberFormat::SpaceComma,
            plurals: Plurals::of("fr", "one|other").expect("French"),
            million: "{value} million|{value} millions",
            units: BTreeMap::from([(Unit::Usd, "{value} US$"), (Unit::Years, "{value} an|{value} ans")]),
            ..Style::ENGLISH
        };
        assert_eq!(french.show(Unit::Usd, 1_500_000.0), "1,5 million US$");
        assert_eq!(french.show(Unit::Usd, 287e6), "287 millions US$");
        assert_eq!(french.show(Unit::Years, 1.5), "1,5 an");
        assert_eq!(french.show(Unit::Years, 2.0), "2 ans");
        assert_eq!(french.show(Unit::CalendarYear, 2030.0), "2030");
    }

    #[test]
    fn nothing_unknown_is_shown_as_a_number() {
        assert_eq!(Unit::Usd.show(f64::NAN), "not known");
        // As a percentage it would be beyond any number.
        assert_eq!(Unit::Share.show(1e307), "not known");
    }
}
