//! Six national groups: three levels, urban and rural. No source counts schools by level and place, so nearly all of it
//! rests on stated stand-ins around published national figures.

use super::Context;
use super::levels::code;
use super::stand_in::{assumed, default_of, resting_on};
use crate::data::pack::Records;
use crate::scenario::field::ROOT;
use crate::scenario::registry::Entry;
use crate::scenario::{Group, Level, LevelData, Locality, Quantity};

/// Rural schools have half the learners of urban ones (P5).
const RURAL_SIZE: f64 = 0.5;
/// Solar share of powered rural schools: Kenya, 3,239 of 22,258 powered schools (evidence A4.5).
const SOLAR_OF_POWERED: f64 = 0.15;
/// Tilt of rural life along the wealth fifths, in log-odds a fifth (P26).
const WEALTH_TILT: f64 = 0.9;
/// Below this share of learners one of the two localities is left out.
const NEGLIGIBLE: f64 = 0.005;

/// A value for urban and one for rural schools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Urban.
    pub urban: f64,
    /// Rural.
    pub rural: f64,
}

impl Pair {
    const fn at(self, locality: Locality) -> f64 {
        match locality {
            Locality::Urban => self.urban,
            Locality::Rural => self.rural,
        }
    }
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The shift c at which `mean(c)`, rising in c, equals `wanted`, by bisection.
fn solve(wanted: f64, mean: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if mean(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// P24: splits a national share so that urban and rural log-odds differ by `gap` and the weighted mean is the national
/// share: u = expit(c + gap), r = expit(c), c solved.
#[must_use]
pub fn split(national: f64, gap: f64, weight: Pair) -> Pair {
    let total = weight.urban + weight.rural;
    if national <= 0.0 || national >= 1.0 || weight.urban <= 0.0 || weight.rural <= 0.0 {
        return Pair {
            urban: national,
            rural: national,
        };
    }
    let at = |c: f64| Pair {
        urban: expit(c + gap),
        rural: expit(c),
    };
    at(solve(national, |c| {
        (at(c).urban * weight.urban + at(c).rural * weight.rural) / total
    }))
}

/// P26: share of each wealth fifth among urban and rural learners. The chance that a learner of fifth q lives in the
/// country is expit(c - 0.9(q-3)), c solved so that it averages to the rural share. `fifths` add up to 1.
#[must_use]
pub(crate) fn fifths_by_place(fifths: [f64; 5], rural_share: f64) -> [Pair; 5] {
    if rural_share <= 0.0 || rural_share >= 1.0 {
        return fifths.map(|f| Pair { urban: f, rural: f });
    }
    let chance = |c: f64, q: usize| expit(c - WEALTH_TILT * [-2.0, -1.0, 0.0, 1.0, 2.0][q]);
    let c = solve(rural_share, |c| (0..5).map(|q| fifths[q] * chance(c, q)).sum());
    std::array::from_fn(|q| {
        let rural = chance(c, q);
        Pair {
            urban: fifths[q] * (1.0 - rural) / (1.0 - rural_share),
            rural: fifths[q] * rural / rural_share,
        }
    })
}

/// Schools for urban and rural learners: in all `learners / size`, rural schools half as large as urban ones (P5).
#[must_use]
pub fn schools(learners: Pair, size: f64) -> Pair {
    let total = (learners.urban + learners.rural) / size;
    let rural_size = (learners.urban * RURAL_SIZE + learners.rural) / total;
    let count = |l: f64, size: f64| if l > 0.0 { (l / size).round().max(1.0) } else { 0.0 };
    Pair {
        urban: count(learners.urban, rural_size / RURAL_SIZE),
        rural: count(learners.rural, rural_size),
    }
}

/// Groups of these levels, level by level, urban before rural.
#[must_use]
pub fn groups(context: &Context<'_>, levels: &[LevelData]) -> Vec<Group> {
    let gap = gap(context);
    levels
        .iter()
        .flat_map(|level| groups_of_level(context, level, &gap))
        .collect()
}

/// Difference of urban and rural log-odds of household electricity.
struct Gap {
    value: f64,
    /// What it rests on.
    words: String,
}

/// Of the latest survey; else what surveys found in countries with as much electricity.
fn gap(context: &Context<'_>) -> Gap {
    let odds = |percent: f64| logit((percent / 100.0).clamp(0.02, 0.98));
    if let Some([urban, rural]) = context
        .records
        .together(&["GDL.ELECTR.URB", "GDL.ELECTR.RUR"])
        .as_deref()
    {
        let value = (odds(urban.value) - odds(rural.value)).max(0.0);
        return Gap {
            value,
            words: format!(
                "household electricity {:.0} % urban, {:.0} % rural ({}, {})",
                urban.value, rural.value, urban.source, urban.year
            ),
        };
    }
    match context.records.latest("EG.ELC.ACCS.ZS") {
        Some(access) => {
            let value = typical_gap(access.value);
            Gap {
                value,
                words: format!(
                    "log-odds {value:.2} apart, typical where {:.0} % of people have electricity ({}, {})",
                    access.value, access.source, access.year
                ),
            }
        }
        None => Gap {
            value: 1.5,
            words: "log-odds 1.5 apart, the middle of all surveys".into(),
        },
    }
}

/// Typical difference of urban and rural log-odds of household electricity, by the share of people with electricity.
///
/// Medians of 171 surveys since 2010 (Global Data Lab, shares cut to 2-98 %) in bands of access of the same year (World
/// Bank): below 25 %, 25-50, 50-70, 70-85, 85-95, 95-99, above; straight lines between the middles of the bands.
#[must_use]
pub(crate) fn typical_gap(percent_with_electricity: f64) -> f64 {
    const MEDIANS: [(f64, f64); 7] = [
        (12.5, 3.1),
        (37.5, 2.65),
        (60.0, 2.3),
        (77.5, 1.9),
        (90.0, 1.6),
        (97.0, 0.9),
        (99.5, 0.0),
    ];
    let x = percent_with_electricity.clamp(MEDIANS[0].0, MEDIANS[6].0);
    let pair = MEDIANS.windows(2).find(|pair| x <= pair[1].0);
    pair.map_or(0.0, |pair| {
        pair[0].1 + (pair[1].1 - pair[0].1) * (x - pair[0].0) / (pair[1].0 - pair[0].0)
    })
}

/// Rural share of learners, and what it rests on.
struct RuralShare {
    share: f64,
    year: Option<i32>,
    source: &'static str,
    note: String,
}

/// Rural share of learners: that of the population in primary school; above it lowered by completion of the level below.
fn rural_share(records: &Records, level: Level) -> RuralShare {
    let Some(rural) = records.latest("SP.RUR.TOTL.ZS") else {
        return RuralShare {
            share: 0.5,
            year: None,
            source: "P24: half of the learners",
            note: "no figure for the rural population".into(),
        };
    };
    let share = (rural.value / 100.0).clamp(0.0, 1.0);
    let below = match level {
        Level::Primary => None,
        Level::LowerSecondary => records.together(&["UIS.CR.1.RUR", "UIS.CR.1.URB"]),
        Level::UpperSecondary => records.together(&["UIS.CR.2.RUR", "UIS.CR.2.URB"]),
    };
    let base = format!(
        "rural {:.1} % of the population ({}, {})",
        rural.value, rural.source, rural.year
    );
    match below.as_deref() {
        Some([r, u]) if r.value > 0.0 && u.value > 0.0 => {
            let (reached_r, reached_u) = (share * r.value, (1.0 - share) * u.value);
            RuralShare {
                share: reached_r / (reached_r + reached_u),
                year: Some(rural.year),
                source: "P24: rural share of the population, lowered by completion of the level below",
                note: format!(
                    "{base}; completion {:.0} % rural and {:.0} % urban ({}, {})",
                    r.value, u.value, r.source, r.year
                ),
            }
        }
        _ => RuralShare {
            share,
            year: Some(rural.year),
            source: "P24: rural share of the population",
            note: base,
        },
    }
}

/// Shares of the wealth fifths among learners: a fifth each in primary; above it by completion of the level below (P23).
fn fifths(records: &Records, level: Level) -> ([f64; 5], Option<i32>) {
    let c = match level {
        Level::Primary => return ([0.2; 5], None),
        Level::LowerSecondary => '1',
        Level::UpperSecondary => '2',
    };
    let names: [String; 5] = std::array::from_fn(|q| format!("UIS.CR.{c}.Q{}", q + 1));
    let names: [&str; 5] = std::array::from_fn(|q| names[q].as_str());
    match records.together(&names) {
        Some(rates) if rates.iter().all(|o| o.value > 0.0) => {
            let sum: f64 = rates.iter().map(|o| o.value).sum();
            (std::array::from_fn(|q| rates[q].value / sum), Some(rates[0].year))
        }
        _ => ([0.2; 5], None),
    }
}

/// A national share of schools, published or the median of the income group (P4).
struct National {
    value: f64,
    range: Option<(f64, f64)>,
    year: Option<i32>,
    words: String,
}

fn national(context: &Context<'_>, level: Level, what: &str) -> National {
    let (records, c) = (context.records, code(level));
    let own = format!("UIS.SCHBSP.{c}.{what}");
    let mut candidates = vec![(own.clone(), "")];
    if what == "WCOMPUT" {
        candidates.push((format!("SYB.SCHBSP.{c}.WCOMPUT"), ""));
    }
    if level != Level::Primary {
        candidates.push((format!("UIS.SCHBSP.2T3.{what}"), ", secondary as a whole"));
    }
    for (indicator, note) in &candidates {
        if let Some(found) = records.latest(indicator).filter(|o| (0.0..=100.0).contains(&o.value)) {
            let words = format!("national {:.1} % ({}, {}{note})", found.value, found.source, found.year);
            return National {
                value: found.value / 100.0,
                range: None,
                year: Some(found.year),
                words,
            };
        }
    }
    let (group, quartiles) = context
        .pack
        .median(&context.place.income, &own)
        .map_or(("no".to_owned(), [20.0, 50.0, 80.0]), |(group, median)| {
            (group.to_lowercase(), median.quartiles)
        });
    let [low, middle, high] = quartiles.map(|percent| percent / 100.0);
    let group = if group == "all countries" {
        group
    } else {
        format!("{group} countries")
    };
    National {
        value: middle,
        range: Some((low, high)),
        year: None,
        words: format!("P4: median of {group}"),
    }
}

impl National {
    /// Urban and rural shares with their ranges: of a published value from half to one and a half times the gap, of a
    /// median over its quartiles.
    fn by_place(&self, gap: &Gap, weight: Pair, locality: Locality) -> (f64, (f64, f64)) {
        let value = split(self.value, gap.value, weight).at(locality);
        let (one, other) = match self.range {
            Some((low, high)) => (
                split(low, gap.value, weight).at(locality),
                split(high, gap.value, weight).at(locality),
            ),
            None => (
                split(self.value, gap.value * 0.5, weight).at(locality),
                split(self.value, gap.value * 1.5, weight).at(locality),
            ),
        };
        (value, (one.min(other), one.max(other)))
    }

    fn quantity(&self, gap: &Gap, weight: Pair, locality: Locality, factor: f64, key: &str) -> Quantity {
        let (value, (low, high)) = self.by_place(gap, weight, locality);
        let quantity = |source: &str, note: String| {
            resting_on(
                assumed(source, value * factor, (low * factor, high * factor)),
                self.year,
                note,
            )
        };
        if self.range.is_some() {
            quantity(&self.words, format!("split by {}", gap.words))
        } else {
            quantity(key, format!("{}, split by {}", self.words, gap.words))
        }
    }
}

#[allow(clippy::too_many_lines)]
fn groups_of_level(context: &Context<'_>, level: &LevelData, gap: &Gap) -> Vec<Group> {
    let records = context.records;
    let countryside = rural_share(records, level.level);
    let mut share = countryside.share;
    if share < NEGLIGIBLE {
        share = 0.0;
    } else if share > 1.0 - NEGLIGIBLE {
        share = 1.0;
    }
    let all = level.learners.value;
    let rural = (all * share).round();
    let learners = Pair {
        urban: all - rural,
        rural,
    };
    let (size, small, large) = match level.level {
        Level::Primary => (250.0, 120.0, 500.0),
        Level::LowerSecondary => (400.0, 200.0, 700.0),
        Level::UpperSecondary => (450.0, 200.0, 900.0),
    };
    let buildings = schools(learners, size);
    let power = national(context, level.level, "WELEC");
    let internet = national(context, level.level, "WINTERN");
    let computers = national(context, level.level, "WCOMPUT");
    let (wealth, wealth_year) = fifths(records, level.level);
    let wealth = fifths_by_place(wealth, share);
    let reach = reach_4g(context, share);

    let one = |locality: Locality| {
        let here = learners.at(locality);
        let part = here / all;
        let rural_here = locality == Locality::Rural;
        let powered = |factor: f64, key: &str| power.quantity(gap, buildings, locality, factor, key);
        let above = |what: &National| {
            (what.value > power.value + 0.005).then(|| {
                format!(
                    "; above electricity ({:.1} % against {:.1} %), only powered schools count",
                    what.value * 100.0,
                    power.value * 100.0
                )
            })
        };
        let access = |what: &National, key: &str| {
            let mut quantity = what.quantity(gap, buildings, locality, 1.0, key);
            if let (Some(passport), Some(note)) = (quantity.passport_mut(), above(what)) {
                passport.note.push_str(&note);
            }
            quantity
        };
        let solar_of = if rural_here { SOLAR_OF_POWERED } else { 0.0 };
        let cellular = access(&internet, "P17: all links counted as cellular");
        let fifth = |q: usize| {
            let value = wealth[q].at(locality);
            let source = if wealth_year.is_some() {
                "P23: completion of the level below by fifth, rural tilt P26"
            } else {
                "P23: a fifth each, rural tilt P26"
            };
            resting_on(
                assumed(source, value, (value * 0.6, (value * 1.5).min(1.0))),
                wealth_year,
                "",
            )
        };
        let [poorest, second, middle, fourth, richest] = std::array::from_fn(fifth);
        let margin = (0.1 * all).min(all - here).min(here).round();
        let covered = reach.at(locality).max(cellular.value);
        let (fibre, fibre_range) = if rural_here {
            (0.05, (0.0, 0.2))
        } else {
            (0.3, (0.1, 0.8))
        };
        let mut girls = level.girls.clone();
        if let Some(passport) = girls.passport_mut() {
            passport.note = "national value of the level".into();
        }
        Group {
            region: String::new(),
            locality,
            level: level.level,
            size_class: String::new(),
            schools: resting_on(
                assumed(
                    "P5 (national)",
                    buildings.at(locality),
                    (
                        (buildings.at(locality) * size / large).round(),
                        (buildings.at(locality) * size / small).round(),
                    ),
                ),
                None,
                format!("all learners / {size:.0} ({small:.0}-{large:.0}), rural schools half the size of urban ones"),
            ),
            learners: resting_on(
                assumed(countryside.source, here, (here - margin, here + margin)),
                countryside.year,
                countryside.note.clone(),
            ),
            teachers: resting_on(
                assumed(
                    "P24: in proportion to learners",
                    (level.teachers.value * part).round(),
                    (
                        (level.teachers.value * part * 0.8).round(),
                        (level.teachers.value * part * 1.2).round(),
                    ),
                ),
                level.teachers.passport.as_ref().and_then(|p| p.year),
                "",
            ),
            grid: powered(1.0 - solar_of, "P24"),
            solar: if rural_here {
                powered(
                    solar_of,
                    "P25: 15 % of powered rural schools, after Kenya (evidence A4.5)",
                )
            } else {
                assumed("P25: none in urban schools", 0.0, (0.0, 0.05))
            },
            cellular,
            mbps: default_of::<Group>("mbps"),
            reach_4g: {
                let range = if reach.known {
                    ((covered - 0.1).max(0.0), (covered + 0.05).min(1.0))
                } else {
                    (0.5, 0.95)
                };
                resting_on(assumed(reach.source, covered, range), reach.year, reach.note.clone())
            },
            reach_fibre: assumed("P15", fibre, fibre_range),
            equipped: access(&computers, "P24"),
            devices: default_of::<Group>("devices"),
            girls,
            poorest,
            second,
            middle,
            fourth,
            richest,
            disability: default_of::<Group>("disability"),
            ..Group::absent(&ROOT)
        }
    };
    [Locality::Urban, Locality::Rural]
        .into_iter()
        .filter(|locality| learners.at(*locality) > 0.0)
        .map(one)
        .collect()
}

struct Reach {
    shares: Pair,
    known: bool,
    year: Option<i32>,
    source: &'static str,
    note: String,
}

impl Reach {
    const fn at(&self, locality: Locality) -> f64 {
        self.shares.at(locality)
    }
}

/// 4G: national coverage of the population goes to urban places first, the rest is rural.
fn reach_4g(context: &Context<'_>, rural: f64) -> Reach {
    let Some(coverage) = context
        .records
        .latest("ITU.COV.4G")
        .filter(|o| (0.0..=100.0).contains(&o.value))
    else {
        return Reach {
            shares: Pair { urban: 0.8, rural: 0.8 },
            known: false,
            year: None,
            source: "P15: no figure for 4G coverage under an open licence",
            note: "never below the schools already connected".into(),
        };
    };
    let share = coverage.value / 100.0;
    let urban = if rural >= 1.0 {
        share
    } else {
        (share / (1.0 - rural)).min(1.0)
    };
    let shares = Pair {
        urban,
        rural: if rural <= 0.0 {
            share
        } else {
            ((share - (1.0 - rural) * urban) / rural).max(0.0)
        },
    };
    let note = format!(
        "national {:.1} % of people ({}, {}); never below the schools already connected",
        coverage.value, coverage.source, coverage.year
    );
    Reach {
        shares,
        known: true,
        year: Some(coverage.year),
        source: "P24: 4G coverage, urban places first",
        note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_keeps_the_published_mean_and_the_gap() {
        let weight = Pair {
            urban: 300.0,
            rural: 700.0,
        };
        let pair = split(0.534_274, 2.5, weight);
        assert!((0.3 * pair.urban + 0.7 * pair.rural - 0.534_274).abs() < 1e-12);
        assert!((logit(pair.urban) - logit(pair.rural) - 2.5).abs() < 1e-9);
        // By hand: equal weights, mean 0.5 and a gap of 2 ln 3 are 0.75 and 0.25.
        let pair = split(0.5, 2.0 * 3.0_f64.ln(), Pair { urban: 1.0, rural: 1.0 });
        assert!((pair.urban - 0.75).abs() < 1e-12 && (pair.rural - 0.25).abs() < 1e-12);
    }

    #[test]
    fn the_typical_gap_closes_as_electricity_spreads() {
        // By hand: halfway between 12.5 and 37.5 % lies (3.1 + 2.65) / 2.
        assert!((typical_gap(25.0) - 2.875).abs() < 1e-12);
        assert!((typical_gap(0.0) - 3.1).abs() < 1e-12 && typical_gap(100.0).abs() < 1e-12);
    }

    #[test]
    fn a_split_of_all_or_nothing_stays_so() {
        let weight = Pair { urban: 1.0, rural: 2.0 };
        assert_eq!(split(0.0, 2.0, weight), Pair { urban: 0.0, rural: 0.0 });
        assert_eq!(split(1.0, 2.0, weight), Pair { urban: 1.0, rural: 1.0 });
    }

    #[test]
    fn fifths_add_up_in_each_place_and_over_both() {
        let fifths = [0.1, 0.15, 0.2, 0.25, 0.3];
        let parts = fifths_by_place(fifths, 0.55);
        let sum = |place: fn(&Pair) -> f64| parts.iter().map(place).sum::<f64>();
        assert!((sum(|p| p.urban) - 1.0).abs() < 1e-9 && (sum(|p| p.rural) - 1.0).abs() < 1e-9);
        for (part, fifth) in parts.iter().zip(fifths) {
            assert!((0.45 * part.urban + 0.55 * part.rural - fifth).abs() < 1e-9);
        }
        assert!(parts[0].rural > parts[0].urban && parts[4].rural < parts[4].urban);
    }

    #[test]
    fn rural_schools_are_half_as_large() {
        // By hand: 100,000 learners at 250 make 400 schools. Rural size s: 50,000/2s + 50,000/s = 400, s = 187.5;
        // 133 urban schools of 375 and 267 rural ones of 187.5.
        assert_eq!(
            schools(
                Pair {
                    urban: 50_000.0,
                    rural: 50_000.0
                },
                250.0
            ),
            Pair {
                urban: 133.0,
                rural: 267.0
            }
        );
    }
}
