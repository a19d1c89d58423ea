//! From the rows of a regional table to groups of schools that add up to the national totals.

use super::rows::{Reader, TableRow, whole};
use crate::scenario::messages;
use crate::scenario::{Country, Group, Level, Locality, Passport, Quantity, Severity};
use crate::units::{grouped, with_minus};

/// Difference from the national total up to which a column is kept as it is.
const TOLERANCE: f64 = 0.01;

/// Factor beyond which a table is refused instead of scaled to the national total.
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

/// The country with the rows as groups.
pub(super) fn assemble(
    mut country: Country,
    rows: &[TableRow<'_>],
    reader: &mut Reader<'_>,
) -> (Country, Vec<Reconciled>) {
    let before = std::mem::take(&mut country.groups);
    let mut reconciled = Vec::new();
    for level in &country.levels {
        let own: Vec<&TableRow<'_>> = rows.iter().filter(|row| row.level == level.level).collect();
        if own.is_empty() {
            reader.say(
                Severity::Warning,
                "level-not-in-table",
                &whole(),
                "level",
                messages::level_not_in_table(level.level),
                None,
            );
            let stay = before.iter().filter(|group| group.level == level.level);
            country.groups.extend(stay.cloned());
            continue;
        }
        let sum: f64 = own.iter().filter_map(|row| row.get("learners")).sum();
        let learners = reconcile("learners", level.level, sum, level.learners.value, reader);
        let staffed: Vec<f64> = own.iter().filter_map(|row| row.get("teachers")).collect();
        let staff: f64 = staffed.iter().sum();
        let stated = staffed.len() == own.len();
        if stated && staff <= 0.0 {
            let (rule, hint) = (messages::no_group_teachers(), messages::no_group_teachers_hint());
            reader.say(
                Severity::Error,
                "no-teachers",
                &whole(),
                level.level.name(),
                rule,
                Some(hint),
            );
        }
        let teachers =
            (stated && staff > 0.0).then(|| reconcile("teachers", level.level, staff, level.teachers.value, reader));
        let scale = |reconciled: Option<&Reconciled>| reconciled.map_or((1.0, String::new()), |r| (r.by, r.note()));
        let scales = [scale(Some(&learners)), scale(teachers.as_ref())];
        let per_learner = level.teachers.value / level.learners.value;
        let like = |locality: Locality| mean(&before, level.level, locality);
        let (urban, rural) = (like(Locality::Urban), like(Locality::Rural));
        for row in own {
            let like = if row.locality == Locality::Urban {
                &urban
            } else {
                &rural
            };
            if let Some(like) = like {
                country.groups.push(group(row, like, &scales, per_learner, reader.file));
            }
        }
        reconciled.push(learners);
        reconciled.extend(teachers);
    }
    (country, reconciled)
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
            source: "mean of the regions that stood here before".into(),
            ..Passport::default()
        },
    )
}

fn reconcile(what: &'static str, level: Level, table: f64, national: f64, reader: &mut Reader<'_>) -> Reconciled {
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
    if apart.abs() <= TOLERANCE {
        let rule = messages::totals_kept(level, sum, national_sum, percent);
        reader.say(Severity::Note, "reconciled", &whole(), what, rule, None);
        return reconciled;
    }
    reconciled.by = national / table;
    let by = reconciled.by;
    let rule = messages::totals_scaled(level, sum, national_sum, percent, format!("{by:.4}"));
    let hint = messages::totals_scaled_hint(what);
    // A table that is five times too small or large is not a table of this country, or was read wrongly.
    let severity = if (1.0 / FARTHEST..=FARTHEST).contains(&by) {
        Severity::Warning
    } else {
        Severity::Error
    };
    reader.say(severity, "reconciled", &whole(), what, rule, hint);
    reconciled
}

fn group(row: &TableRow<'_>, like: &Group, scales: &[(f64, String); 2], per_learner: f64, file: &str) -> Group {
    let [learners, teachers] = scales;
    let given = |value: f64, note: &str| {
        Quantity::with(
            value,
            Passport {
                source: file.into(),
                note: note.into(),
                ..Passport::default()
            },
        )
    };
    let take = |name: &str, national: &Quantity| {
        row.get(name)
            .map_or_else(|| of_the_nation(national), |value| given(value, ""))
    };
    let learners_here = row.get("learners").unwrap_or(0.0) * learners.0;
    let (grid, solar) = power(row, like, &given);
    let [cellular, fibre, wireless, satellite] = links(row, like, &given);
    Group {
        region: row.region.clone(),
        locality: row.locality,
        level: row.level,
        schools: given(row.get("schools").unwrap_or(0.0), ""),
        learners: given(learners_here, &learners.1),
        teachers: match row.get("teachers") {
            Some(count) => given(count * teachers.0, &teachers.1),
            None => marked("P24: national learners per teacher", learners_here * per_learner, None),
        },
        grid,
        solar,
        fibre,
        cellular,
        wireless,
        satellite,
        mbps: take("mbps", &like.mbps),
        reach_4g: take("reach_4g", &like.reach_4g),
        reach_fibre: take("reach_fibre", &like.reach_fibre),
        equipped: take("computers", &like.equipped),
        devices: take("devices", &like.devices),
        girls: match row.get("girls") {
            // As in the national groups: a figure of the level, which no source has by place.
            None if like.region.is_empty() => like.girls.clone(),
            _ => take("girls", &like.girls),
        },
        poorest: take("poorest", &like.poorest),
        second: take("second", &like.second),
        middle: take("middle", &like.middle),
        fourth: take("fourth", &like.fourth),
        richest: take("richest", &like.richest),
        disability: take("disability", &like.disability),
    }
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
fn power(row: &TableRow<'_>, like: &Group, given: &dyn Fn(f64, &str) -> Quantity) -> (Quantity, Quantity) {
    let national = like.grid.value + like.solar.value;
    let of_solar = if national > 0.0 {
        like.solar.value / national
    } else {
        0.0
    };
    match (row.get("power"), row.get("grid"), row.get("solar")) {
        (_, Some(grid), Some(solar)) => (given(grid, ""), given(solar, "")),
        (Some(power), Some(grid), None) => (given(grid, ""), given((power - grid).max(0.0), "power less grid")),
        (Some(power), None, Some(solar)) => (given((power - solar).max(0.0), "power less solar"), given(solar, "")),
        (Some(power), None, None) => {
            let note = "power parted into grid and solar as in the national group";
            (given(power * (1.0 - of_solar), note), given(power * of_solar, note))
        }
        (None, Some(grid), None) => (
            given(grid, ""),
            marked("P24: national value", like.solar.value.min(1.0 - grid), None),
        ),
        (None, None, Some(solar)) => (
            marked("P24: national value", like.grid.value.min(1.0 - solar), None),
            given(solar, ""),
        ),
        (None, None, None) => (of_the_nation(&like.grid), of_the_nation(&like.solar)),
    }
}

/// Cellular, fibre, wireless, satellite: what is written; the rest of `internet` counts as cellular (P17).
fn links(row: &TableRow<'_>, like: &Group, given: &dyn Fn(f64, &str) -> Quantity) -> [Quantity; 4] {
    let nation = [&like.cellular, &like.fibre, &like.wireless, &like.satellite];
    let names = ["cellular", "fibre", "wireless", "satellite"];
    if names.iter().all(|name| row.get(name).is_none()) && row.get("internet").is_none() {
        return nation.map(of_the_nation);
    }
    let mut shares = names.map(|name| {
        row.get(name)
            .map_or_else(|| given(0.0, "none written"), |share| given(share, ""))
    });
    if let (Some(all), None) = (row.get("internet"), row.get("cellular")) {
        let others: f64 = shares[1..].iter().map(|share| share.value).sum();
        shares[0] = marked(
            "P17: links without a named technology counted as cellular",
            (all - others).max(0.0),
            None,
        );
    } else if row.get("internet").is_none() && row.get("cellular").is_none() {
        let others: f64 = shares[1..].iter().map(|share| share.value).sum();
        shares[0] = marked("P24: national value", like.cellular.value.min(1.0 - others), None);
    }
    shares
}
