//! From the rows of a regional table to groups of schools that add up to the national totals.

use super::measure::Measure;
use super::recipe::LevelTotal;
use super::remarks::Remarks;
use super::tally::GroupRow;
use crate::scenario::messages;
use crate::scenario::{Country, Group, Level, LevelData, Locality, Passport, Quantity, Severity};
use crate::units::{grouped, with_minus};

/// Difference from the national total up to which a column is kept as it is.
const TOLERANCE: f64 = 0.01;

/// Factor beyond which it is said how many times a table is from the national total: it may be of a part of the country,
/// or in other units.
const FARTHEST: f64 = 5.0;

/// A column of the table against the national total of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled {
    /// `learners` or `teachers`.
    pub what: &'static str,
    /// Level.
    pub level: Level,
    /// Sum over the rows.
    pub table: f64,
    /// National total.
    pub national: f64,
    /// What the rows are multiplied with; 1 where they are kept.
    pub by: f64,
}

impl Reconciled {
    /// Table over national total, less 1.
    #[must_use]
    pub fn apart(&self) -> f64 {
        self.table / self.national - 1.0
    }

    fn note(&self) -> String {
        if self.by == 1.0 {
            return String::new();
        }
        format!("multiplied by {:.4} to add up to the national total", self.by)
    }
}

/// The country with the rows as groups; what they leave open is as in the nation's.
pub(super) fn assemble(
    mut country: Country,
    nation: &Country,
    rows: &[GroupRow],
    total: LevelTotal,
    from: &str,
    remarks: &mut Remarks<'_>,
) -> (Country, Vec<Reconciled>) {
    let before = std::mem::take(&mut country.groups);
    let mut reconciled = Vec::new();
    for level in &mut country.levels {
        let own: Vec<&GroupRow> = rows.iter().filter(|row| row.level == level.level).collect();
        if own.is_empty() {
            remarks.whole(
                Severity::Warning,
                "level-not-in-table",
                "level",
                messages::level_not_in_table(level.level),
                None,
            );
            let stay = before.iter().filter(|group| group.level == level.level);
            country.groups.extend(stay.cloned());
            continue;
        }
        if let Some(published) = nation.levels.iter().find(|known| known.level == level.level) {
            level.learners.clone_from(&published.learners);
            level.teachers.clone_from(&published.teachers);
        }
        let per_learner = level.teachers.value / level.learners.value;
        let mut reconcile = |what, sum, national| reconcile(what, level.level, sum, national, total, remarks);
        let sum: f64 = own.iter().filter_map(|row| row.get(Measure::Learners)).sum();
        let learners = reconcile("learners", sum, level.learners.value);
        let staffed: Vec<f64> = own.iter().filter_map(|row| row.get(Measure::Teachers)).collect();
        let staff: f64 = staffed.iter().sum();
        let stated = staffed.len() == own.len();
        // Where some tell their teachers, these are held against the nation's of so many learners.
        let of_told = own.iter().filter(|row| row.get(Measure::Teachers).is_some());
        let of_told: f64 = of_told.filter_map(|row| row.get(Measure::Learners)).sum();
        let part = if stated || sum <= 0.0 { 1.0 } else { of_told / sum };
        let teachers = (staff > 0.0).then(|| reconcile("teachers", staff, level.teachers.value * part));
        if stated && staff <= 0.0 {
            let (rule, hint) = (messages::no_group_teachers(), messages::no_group_teachers_hint());
            remarks.whole(Severity::Error, "no-teachers", level.level.name(), rule, Some(hint));
        }
        let scale = |reconciled: Option<&Reconciled>| reconciled.map_or((1.0, String::new()), |r| (r.by, r.note()));
        let scales = [scale(Some(&learners)), scale(teachers.as_ref())];
        let like = |locality: Locality| mean(&nation.groups, level.level, locality);
        let (urban, rural) = (like(Locality::Urban), like(Locality::Rural));
        for row in own {
            let like = if row.locality == Locality::Urban {
                &urban
            } else {
                &rural
            };
            if let Some(like) = like {
                country.groups.push(group(row, like, &scales, per_learner, from));
            }
        }
        if total == LevelTotal::Sheet && learners.table > 0.0 {
            own_totals(
                level,
                &learners,
                teachers.as_ref().filter(|_| stated),
                per_learner,
                from,
            );
        }
        reconciled.push(learners);
        reconciled.extend(teachers);
    }
    (country, reconciled)
}

/// The totals of a level as its sheet has them; teachers that it does not tell as the nation's per learner.
fn own_totals(
    level: &mut LevelData,
    learners: &Reconciled,
    teachers: Option<&Reconciled>,
    per_learner: f64,
    from: &str,
) {
    let told = |value: f64| {
        let (source, note) = (from.into(), OF_SHEET.into());
        let passport = Passport {
            source,
            note,
            ..Passport::default()
        };
        Quantity::with(value, passport)
    };
    level.learners = told(learners.table);
    level.teachers = teachers.map_or_else(
        || marked("P24: national learners per teacher", learners.table * per_learner, None),
        |teachers| told(teachers.table),
    );
}

/// The note of a total that is a sheet's.
const OF_SHEET: &str = "sum of the sheet in place of the published total";

/// Whether the totals of a level are those of a sheet.
pub(super) fn is_of_sheet(level: &LevelData) -> bool {
    level
        .learners
        .passport
        .as_ref()
        .is_some_and(|passport| passport.note == OF_SHEET)
}

/// A field of a group, and what it is weighted with.
type Part = fn(&mut Group) -> &mut Quantity;
type Weight = fn(&Group) -> f64;

/// What a level and locality have on average over the country: the group itself where there is one. A level without
/// groups in this locality is averaged over those that it has.
fn mean(groups: &[Group], level: Level, locality: Locality) -> Option<Group> {
    let of_level = || groups.iter().filter(move |group| group.level == level);
    let mut own: Vec<&Group> = of_level().filter(|group| group.locality == locality).collect();
    if own.is_empty() {
        own = of_level().collect();
    }
    let mut mean = Group::clone(own.first()?);
    if own.len() == 1 {
        return Some(mean);
    }
    let linked: Weight =
        |g| g.schools.value * (g.fibre.value + g.cellular.value + g.wireless.value + g.satellite.value);
    let schools: Weight = |g| g.schools.value;
    let learners: Weight = |g| g.learners.value;
    let parts: [(Part, Weight); 17] = [
        (|g| &mut g.grid, schools),
        (|g| &mut g.solar, schools),
        (|g| &mut g.fibre, schools),
        (|g| &mut g.cellular, schools),
        (|g| &mut g.wireless, schools),
        (|g| &mut g.satellite, schools),
        (|g| &mut g.reach_4g, schools),
        (|g| &mut g.reach_fibre, schools),
        (|g| &mut g.equipped, schools),
        (|g| &mut g.mbps, linked),
        (|g| &mut g.devices, |g| g.schools.value * g.equipped.value),
        (|g| &mut g.girls, learners),
        (|g| &mut g.disability, learners),
        (|g| &mut g.poorest, learners),
        (|g| &mut g.second, learners),
        (|g| &mut g.middle, learners),
        (|g| &mut g.fourth, learners),
    ];
    let mut own: Vec<Group> = own.into_iter().cloned().collect();
    for (part, weight) in parts {
        let whole: f64 = own.iter().map(weight).sum();
        if whole > 0.0 {
            let sum: f64 = own.iter_mut().map(|group| weight(group) * part(group).value).sum();
            *part(&mut mean) = averaged(sum / whole);
        }
    }
    let others = mean.poorest.value + mean.second.value + mean.middle.value + mean.fourth.value;
    mean.richest = averaged((1.0 - others).max(0.0));
    Some(mean)
}

fn averaged(value: f64) -> Quantity {
    Quantity::with(
        value,
        Passport {
            source: "mean of the nation's groups".into(),
            ..Passport::default()
        },
    )
}

fn reconcile(
    what: &'static str,
    level: Level,
    table: f64,
    national: f64,
    total: LevelTotal,
    remarks: &mut Remarks<'_>,
) -> Reconciled {
    let mut reconciled = Reconciled {
        what,
        level,
        table,
        national,
        by: 1.0,
    };
    let apart = reconciled.apart();
    let (sum, national_sum, percent) = (
        grouped(table),
        grouped(national),
        with_minus(&format!("{:+.1}", apart * 100.0)),
    );
    let by = national / table;
    if !(by.is_finite() && by > 0.0) {
        let rule = messages::totals_none(level, what, sum, national_sum);
        remarks.whole(Severity::Error, "reconciled", what, rule, None);
        return reconciled;
    }
    if apart.abs() <= TOLERANCE && total == LevelTotal::Published {
        let rule = messages::totals_kept(level, sum, national_sum, percent);
        remarks.whole(Severity::Note, "reconciled", what, rule, None);
        return reconciled;
    }
    let is_far = !(1.0 / FARTHEST..=FARTHEST).contains(&by);
    if total == LevelTotal::Sheet {
        let rule = messages::totals_of_sheet(level, what, sum, national_sum, percent);
        let (severity, hint) = if is_far {
            (Severity::Warning, Some(messages::totals_far_hint()))
        } else {
            (Severity::Note, None)
        };
        remarks.whole(severity, "reconciled", what, rule, hint);
        return reconciled;
    }
    reconciled.by = by;
    let factor = format!("{by:.4}");
    let (rule, hint) = if !is_far {
        let rule = messages::totals_scaled(level, sum, national_sum, percent, factor);
        (rule, messages::totals_scaled_hint())
    } else if by > 1.0 {
        let rule = messages::totals_far_below(level, what, sum, national_sum, times(by), factor);
        (rule, messages::totals_far_hint())
    } else {
        let rule = messages::totals_far_above(level, what, sum, national_sum, times(1.0 / by), factor);
        (rule, messages::totals_far_hint())
    };
    remarks.whole(Severity::Warning, "reconciled", what, rule, hint);
    reconciled
}

/// A factor in whole numbers where it is large.
fn times(factor: f64) -> String {
    if factor < 20.0 {
        format!("{factor:.1}")
    } else {
        grouped(factor.round())
    }
}

fn group(row: &GroupRow, like: &Group, scales: &[(f64, String); 2], per_learner: f64, from: &str) -> Group {
    let [learners, teachers] = scales;
    let given = |measure: Measure, value: f64, note: &str| cited(row, measure, value, note, from);
    let take = |measure: Measure, national: &Quantity| {
        row.get(measure)
            .map_or_else(|| of_the_nation(national), |value| given(measure, value, ""))
    };
    let learners_here = row.get(Measure::Learners).unwrap_or(0.0) * learners.0;
    let (grid, solar) = power(row, like, from);
    let [cellular, fibre, wireless, satellite] = links(row, like, from);
    Group {
        region: row.region.clone(),
        locality: row.locality,
        level: row.level,
        size_class: row.size_class.clone(),
        schools: given(Measure::Schools, row.get(Measure::Schools).unwrap_or(0.0), ""),
        learners: given(Measure::Learners, learners_here, &learners.1),
        teachers: match row.get(Measure::Teachers) {
            Some(count) => given(Measure::Teachers, count * teachers.0, &teachers.1),
            None => marked("P24: national learners per teacher", learners_here * per_learner, None),
        },
        grid,
        solar,
        fibre,
        cellular,
        wireless,
        satellite,
        mbps: take(Measure::Mbps, &like.mbps),
        reach_4g: take(Measure::Reach4g, &like.reach_4g),
        reach_fibre: take(Measure::ReachFibre, &like.reach_fibre),
        equipped: take(Measure::Computers, &like.equipped),
        devices: take(Measure::Devices, &like.devices),
        girls: match row.get(Measure::Girls) {
            // As in the national groups: a figure of the level, which no source has by place.
            None if like.region.is_empty() => like.girls.clone(),
            _ => take(Measure::Girls, &like.girls),
        },
        poorest: take(Measure::Poorest, &like.poorest),
        second: take(Measure::Second, &like.second),
        middle: take(Measure::Middle, &like.middle),
        fourth: take(Measure::Fourth, &like.fourth),
        richest: take(Measure::Richest, &like.richest),
        disability: take(Measure::Disability, &like.disability),
    }
}

/// A number with its file, sheet and cell, and what was done with it.
fn cited(row: &GroupRow, measure: Measure, value: f64, note: &str, from: &str) -> Quantity {
    let cells = row.cells(measure);
    let counts = matches!(measure, Measure::Schools | Measure::Learners | Measure::Teachers);
    let assumed = if counts { row.assumed.as_slice() } else { &[] };
    let notes: Vec<&str> = [cells.as_str(), note]
        .into_iter()
        .chain(assumed.iter().copied())
        .filter(|note| !note.is_empty())
        .collect();
    Quantity::with(
        value,
        Passport {
            source: from.into(),
            note: notes.join("; "),
            low_confidence: !assumed.is_empty(),
            ..Passport::default()
        },
    )
}

fn marked(source: &str, value: f64, range: Option<(f64, f64)>) -> Quantity {
    let (low, high) = range.map_or((None, None), |(low, high)| {
        (Some(low.min(value)), Some(high.max(value)))
    });
    Quantity::with(
        value,
        Passport {
            low,
            high,
            source: source.into(),
            low_confidence: true,
            ..Passport::default()
        },
    )
}

/// The national value as a stand-in for a region's.
fn of_the_nation(national: &Quantity) -> Quantity {
    // What nobody has written is no more assumed of a region than of the nation.
    if national.passport.is_none() {
        return national.clone();
    }
    let range = national.passport.as_ref().and_then(|p| p.low.zip(p.high));
    let mut quantity = marked("P24: national value", national.value, range);
    if let (Some(own), Some(from)) = (quantity.passport_mut(), &national.passport) {
        own.year = from.year;
        own.note.clone_from(&from.source);
    }
    quantity
}

/// Grid and solar: as written; `power` alone is parted as in the national group.
fn power(row: &GroupRow, like: &Group, from: &str) -> (Quantity, Quantity) {
    let national = like.grid.value + like.solar.value;
    let of_solar = if national > 0.0 {
        like.solar.value / national
    } else {
        0.0
    };
    let given = |measure: Measure, value: f64| cited(row, measure, value, "", from);
    let parted = |value: f64, note: &str| cited(row, Measure::Power, value, note, from);
    match (row.get(Measure::Power), row.get(Measure::Grid), row.get(Measure::Solar)) {
        (_, Some(grid), Some(solar)) => (given(Measure::Grid, grid), given(Measure::Solar, solar)),
        (Some(power), Some(grid), None) => (
            given(Measure::Grid, grid),
            parted((power - grid).max(0.0), "power less grid"),
        ),
        (Some(power), None, Some(solar)) => (
            parted((power - solar).max(0.0), "power less solar"),
            given(Measure::Solar, solar),
        ),
        (Some(power), None, None) => {
            let note = "power parted into grid and solar as in the national group";
            (parted(power * (1.0 - of_solar), note), parted(power * of_solar, note))
        }
        (None, Some(grid), None) => (
            given(Measure::Grid, grid),
            marked("P24: national value", like.solar.value.min(1.0 - grid), None),
        ),
        (None, None, Some(solar)) => (
            marked("P24: national value", like.grid.value.min(1.0 - solar), None),
            given(Measure::Solar, solar),
        ),
        (None, None, None) => (of_the_nation(&like.grid), of_the_nation(&like.solar)),
    }
}

/// Cellular, fibre, wireless, satellite: what is written; the rest of `internet` counts as cellular (P17).
fn links(row: &GroupRow, like: &Group, from: &str) -> [Quantity; 4] {
    let nation = [&like.cellular, &like.fibre, &like.wireless, &like.satellite];
    let ways = [Measure::Cellular, Measure::Fibre, Measure::Wireless, Measure::Satellite];
    let (internet, cellular) = (row.get(Measure::Internet), row.get(Measure::Cellular));
    if ways.iter().all(|way| row.get(*way).is_none()) && internet.is_none() {
        return nation.map(of_the_nation);
    }
    let mut shares = ways.map(|way| match row.get(way) {
        Some(share) => cited(row, way, share, "", from),
        None => cited(row, way, 0.0, "none written", from),
    });
    let others: f64 = shares[1..].iter().map(|share| share.value).sum();
    if let (Some(all), None) = (internet, cellular) {
        let note = "P17: links without a named technology counted as cellular";
        shares[0] = cited(row, Measure::Internet, (all - others).max(0.0), note, from);
    } else if internet.is_none() && cellular.is_none() {
        shares[0] = marked("P24: national value", like.cellular.value.min(1.0 - others), None);
    }
    shares
}
