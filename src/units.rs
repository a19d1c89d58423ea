//! Units of measure: what a number means, how it is written for a person, and which values can exist at all.
//!
//! A number in a scenario or a result has exactly one [`Unit`]. The registry gives each input its unit and
//! the indicator list gives each output its unit, so no number is ever shown without one.

use std::fmt;

/// Unit of an input or output number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Fraction between 0 and 1.
    Share,
    /// Fraction that may pass 1, such as a gross enrolment ratio or a parity ratio.
    Ratio,
    /// Difference of two shares, times 100.
    Points,
    /// A pure index.
    Index,
    /// Number of persons, schools, devices or courses.
    Count,
    /// Constant US dollars of the price year.
    Usd,
    /// Nominal US dollars.
    NominalUsd,
    /// US dollars per learner and year.
    UsdPerLearner,
    /// US dollars for one learner, subject and year.
    UsdPerLearnerYear,
    /// US dollars a year.
    UsdPerYear,
    /// US dollars per Mbit/s and year.
    UsdPerMbpsYear,
    /// US dollars per kilometre.
    UsdPerKm,
    /// US dollars per watt of solar capacity.
    UsdPerWatt,
    /// US dollars per kilowatt-hour.
    UsdPerKwh,
    /// US dollars per teacher and day.
    UsdPerDay,
    /// Local currency units per US dollar.
    LcuPerUsd,
    /// Share per year.
    PerYear,
    /// Standard deviations of test scores.
    Sd,
    /// Standard deviations per school year.
    SdPerYear,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
    /// Hours per learner and week.
    HoursPerWeek,
    /// Hours of full sun a day.
    HoursPerDay,
    /// Calendar year.
    CalendarYear,
    /// Megabits per second.
    Mbps,
    /// Kilometres.
    Km,
    /// Kilowatts.
    Kilowatt,
    /// Watts.
    Watt,
    /// Kilowatt-hours a year.
    KwhPerYear,
    /// Kilowatt-hours a day.
    KwhPerDay,
    /// Learners for each device.
    LearnersPerDevice,
    /// Devices in each equipped school.
    DevicesPerSchool,
    /// Technicians for each 1,000 devices.
    PerThousandDevices,
}

impl Unit {
    /// Name used in tables, files and the book.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Points => "points",
            Self::Index => "index",
            Self::Count => "count",
            Self::Usd => "usd",
            Self::NominalUsd => "nominal_usd",
            Self::UsdPerLearner => "usd_per_learner",
            Self::UsdPerLearnerYear => "usd_per_learner_subject_year",
            Self::UsdPerYear => "usd_per_year",
            Self::UsdPerMbpsYear => "usd_per_mbps_year",
            Self::UsdPerKm => "usd_per_km",
            Self::UsdPerWatt => "usd_per_watt",
            Self::UsdPerKwh => "usd_per_kwh",
            Self::UsdPerDay => "usd_per_teacher_day",
            Self::LcuPerUsd => "lcu_per_usd",
            Self::PerYear => "share_per_year",
            Self::Sd => "sd",
            Self::SdPerYear => "sd_per_year",
            Self::Years => "years",
            Self::Months => "months",
            Self::Days => "days",
            Self::HoursPerWeek => "hours_per_week",
            Self::HoursPerDay => "hours_per_day",
            Self::CalendarYear => "calendar_year",
            Self::Mbps => "mbps",
            Self::Km => "km",
            Self::Kilowatt => "kw",
            Self::Watt => "watt",
            Self::KwhPerYear => "kwh_per_year",
            Self::KwhPerDay => "kwh_per_day",
            Self::LearnersPerDevice => "learners_per_device",
            Self::DevicesPerSchool => "devices_per_school",
            Self::PerThousandDevices => "per_1000_devices",
        }
    }

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

    /// The value as a person reads it, with its unit: `85 %`, `US$ 287 million`, `12 learners per device`.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        if !value.is_finite() {
            return "not known".into();
        }
        match self {
            Self::Share => format!("{} %", decimals(value * 100.0)),
            Self::PerYear => format!("{} % a year", decimals(value * 100.0)),
            Self::Points => format!("{} points", decimals(value)),
            Self::Usd | Self::NominalUsd => format!("US$ {}", magnitude(value)),
            Self::UsdPerLearner => format!("US$ {} per learner", magnitude(value)),
            Self::UsdPerLearnerYear => format!("US$ {} per learner, subject and year", magnitude(value)),
            Self::UsdPerYear => format!("US$ {} a year", magnitude(value)),
            Self::UsdPerMbpsYear => format!("US$ {} per Mbit/s and year", magnitude(value)),
            Self::UsdPerKm => format!("US$ {} per km", magnitude(value)),
            Self::UsdPerWatt => format!("US$ {} per watt", magnitude(value)),
            Self::UsdPerKwh => format!("US$ {value:.3} per kWh"),
            Self::UsdPerDay => format!("US$ {} per teacher and day", magnitude(value)),
            Self::LcuPerUsd => format!("{} per US$", magnitude(value)),
            Self::Sd => format!("{value:.2} SD"),
            Self::SdPerYear => format!("{value:.2} SD a year"),
            Self::Years => format!("{} years", decimals(value)),
            Self::Months => format!("{} months", decimals(value)),
            Self::Days => format!("{} days", decimals(value)),
            Self::HoursPerWeek => format!("{} h a week", decimals(value)),
            Self::HoursPerDay => format!("{} h a day", decimals(value)),
            Self::CalendarYear => format!("{value:.0}"),
            Self::Mbps => format!("{} Mbit/s", magnitude(value)),
            Self::Km => format!("{} km", decimals(value)),
            Self::Kilowatt => format!("{} kW", decimals(value)),
            Self::Watt => format!("{} W", decimals(value)),
            Self::KwhPerYear => format!("{} kWh a year", magnitude(value)),
            Self::KwhPerDay => format!("{value:.2} kWh a day"),
            Self::LearnersPerDevice => format!("{} learners per device", decimals(value)),
            Self::DevicesPerSchool => format!("{} devices per school", decimals(value)),
            Self::PerThousandDevices => format!("{} per 1 000 devices", decimals(value)),
            Self::Ratio | Self::Index => format!("{value:.2}"),
            Self::Count => magnitude(value),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// At most one decimal, none for whole or large numbers: `2`, `2.5`, `85`.
#[must_use]
pub fn decimals(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.abs() >= 100.0 || (rounded - rounded.round()).abs() < 1e-9 {
        format!("{:.0}", tidy_zero(rounded.round()))
    } else {
        format!("{rounded:.1}")
    }
}

/// A magnitude a person can read: `287 million`, `4.2 billion`, `26 400`, `123`.
#[must_use]
pub fn magnitude(value: f64) -> String {
    let size = value.abs();
    if size >= 999.5e6 {
        format!("{} billion", three_figures(value / 1e9))
    } else if size >= 999_500.0 {
        format!("{} million", three_figures(value / 1e6))
    } else if size >= 999.5 {
        grouped(value)
    } else {
        three_figures(value)
    }
}

/// Whole number with a narrow space between thousands: `26 400`.
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", tidy_zero(value.round()));
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits.as_str()), |rest| ("-", rest));
    let mut text = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
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
    let text = format!("{value:.places$}");
    if text.contains('.') {
        let short = text.trim_end_matches('0').trim_end_matches('.');
        if short == "-0" { "0".into() } else { short.into() }
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
        assert_eq!(grouped(-1_234_567.0), "-1\u{202f}234\u{202f}567");
    }

    #[test]
    fn nothing_unknown_is_shown_as_a_number() {
        assert_eq!(Unit::Usd.show(f64::NAN), "not known");
    }
}
