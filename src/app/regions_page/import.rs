//! A table that is to become the regions: read and checked beside the window, so that the window never waits.

#![allow(clippy::result_large_err)] // A finding is made once per table; nothing is gained by a box.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use eframe::egui;

use super::sizes::Sizes;
use crate::app::jobs::{Jobs, Lane, Ticket};
use crate::app::outcome::Outcome as Results;
use crate::data::store;
use crate::data::tables::{
    self, File, Kept, LevelSum, LevelTotal, Measure, NoTable, Outcome, Question, Reconciled, RowAside, Sheet,
    SinceBefore,
};
use crate::scenario::check::check;
use crate::scenario::messages::Message;
use crate::scenario::places::Places;
use crate::scenario::{Country, Finding, Level, Place, Scenario, Severity, messages};

/// Where a table comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Name for the person and for the source of each figure.
    pub name: String,
    /// The table itself.
    pub content: Content,
    /// Sheet of a workbook; none for the first that is understood.
    pub sheet: Option<usize>,
    /// First row of the header, by its position, and their number; none to look for it.
    pub header: Option<(usize, usize)>,
    /// Whether it is read as the table behind the plan's groups was.
    pub again: bool,
}

/// What is to be read.
#[derive(Clone, Debug)]
pub enum Content {
    /// A file.
    Path(PathBuf),
    /// What was pasted.
    Bytes(Arc<[u8]>),
    /// What was opened before: another sheet of it.
    File(Arc<File>),
}

/// A table that was read, and what it would do to the scenario.
#[derive(Clone, Debug)]
pub struct Import {
    /// Name of the file.
    pub name: String,
    /// The file, for another sheet of it.
    pub file: Arc<File>,
    /// The sheet that is shown, as it is.
    pub sheet: Arc<Sheet>,
    /// How it is read.
    pub recipe: tables::Recipe,
    /// Whether that is kept with the plan for the file of the next year.
    pub keep: bool,
    /// How the table behind the plan's groups was read, where this one is read as that was.
    pub kept: Option<Arc<Kept>>,
    /// What was found while it was looked at.
    missed: Vec<Finding>,
    /// The mark before decimals that was chosen for all columns.
    pub decimal: Option<char>,
    /// The scenario against which it was checked.
    pub scenario: Arc<Scenario>,
    /// The scenario with these regions; none if a finding is an error.
    pub edited: Option<Arc<Scenario>>,
    /// The same, also where it cannot be used: findings are about it.
    pub tried: Option<Arc<Scenario>>,
    /// What was found, errors first.
    pub findings: Vec<Finding>,
    /// Finding of a cell, by line and column; the gravest.
    pub marks: BTreeMap<(usize, usize), usize>,
    /// Columns against national totals.
    pub reconciled: Vec<Reconciled>,
    /// What it says of itself.
    pub told: Told,
    /// Results of the plan with it; none where it cannot be used.
    pub run: Option<Arc<Results>>,
}

/// What a table says of itself, as it is read.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What a person is asked; the answers that hold are marked.
    pub questions: Vec<Question>,
    /// Sums by level against what is published.
    pub sums: Vec<LevelSum>,
    /// What was assumed, each with its count.
    pub assumed: Vec<Message>,
    /// Rows left aside, by the reason.
    pub aside: Vec<(RowAside, usize)>,
    /// The reason of each row that is left aside, by its line.
    pub reasons: BTreeMap<usize, RowAside>,
    /// Lines in which something is wrong or in doubt, by the gravest.
    pub doubted: BTreeMap<usize, Severity>,
    /// Rows that were added up.
    pub rows: usize,
    /// Groups that come of it.
    pub groups: usize,
    /// Regions among them.
    pub regions: usize,
    /// Schools and learners of them all.
    pub counts: [f64; 2],
    /// Sizes of its schools by level, where rows are schools.
    pub(super) sizes: BTreeMap<Level, Sizes>,
    /// What differs from the table behind the plan's groups, where this one is read as that was.
    pub since: Option<SinceBefore>,
}

/// Change of a region's number from one year's table to the next that is listed.
const SINCE: f64 = 0.1;
/// Difference from a national total that is said.
pub(crate) const LARGE: f64 = 0.1;

impl Import {
    fn read(origin: Origin, scenario: Arc<Scenario>, stop: &AtomicBool) -> Result<Self, Finding> {
        let Origin {
            name,
            content,
            sheet,
            header,
            again,
        } = origin;
        let refused = |why: NoTable| why.finding(&name);
        let file = match content {
            Content::Path(path) => {
                let bytes = store::read_table(&path).map_err(|finding| too_large(finding, &name))?;
                Arc::new(File::open(&name, bytes, stop).map_err(refused)?)
            }
            Content::Bytes(bytes) => Arc::new(File::open(&name, bytes, stop).map_err(refused)?),
            Content::File(file) => file,
        };
        let country = &*scenario.country;
        let kept = Kept::of(country).filter(|_| again).map(Arc::new);
        let by_guess = |sheet: Sheet| {
            let recipe = tables::Recipe::guess(&sheet, country);
            (sheet, recipe, Vec::new())
        };
        let looked = match (sheet, &kept) {
            (Some(sheet), _) => file.look(sheet, header, country, stop).map(by_guess),
            (None, Some(kept)) => file.look_again(kept, country, stop),
            (None, None) => file.look_for(country, stop).map(by_guess),
        };
        let (sheet, recipe, missed) = looked.map_err(refused)?;
        let mut import = Self {
            recipe,
            keep: true,
            kept,
            missed,
            decimal: None,
            name,
            file,
            sheet: Arc::new(sheet),
            edited: None,
            tried: None,
            findings: Vec::new(),
            marks: BTreeMap::new(),
            reconciled: Vec::new(),
            told: Told::default(),
            run: None,
            scenario: Arc::clone(&scenario),
        };
        import.check(scenario, stop)?;
        Ok(import)
    }

    /// What the table does to a scenario: only its groups change. A scenario with errors is never offered.
    fn check(&mut self, scenario: Arc<Scenario>, stop: &AtomicBool) -> Result<(), Finding> {
        let country = Country::clone(&scenario.country);
        let read = self.file.read(&self.sheet, &self.recipe, country, stop);
        let read = read.map_err(|why| why.finding(&self.name))?;
        self.told = Told::of(&read);
        let since = |kept: &Arc<Kept>| kept.since(&scenario.country, &read.groups, SINCE);
        self.told.since = self.kept.as_ref().map(since);
        let Outcome {
            country,
            mut findings,
            reconciled,
            ..
        } = read;
        findings.extend(self.missed.iter().cloned());
        (self.edited, self.tried, self.run) = (None, None, None);
        if let Some(country) = country {
            let mut edited = Scenario::clone(&scenario);
            // Inline from now on: the file that is named holds other groups.
            edited.country = country.into();
            // Groups are compared by name: their positions change.
            let found = |scenario: &Scenario| check(scenario, "", &Places::new());
            let known: Vec<_> = found(&scenario)
                .iter()
                .map(|finding| by_name(finding, &scenario))
                .collect();
            findings.extend(found(&edited).into_iter().filter(|finding| match finding.severity {
                Severity::Error => true,
                Severity::Warning => !known.contains(&by_name(finding, &edited)),
                Severity::Note => false,
            }));
            let edited = Arc::new(edited);
            self.tried = Some(Arc::clone(&edited));
            if !findings.iter().any(|finding| finding.severity == Severity::Error) {
                self.run = Some(Arc::new(Results::of(Arc::clone(&edited))));
                self.edited = Some(edited);
            }
        }
        findings.sort_by_key(|finding| finding.severity);
        self.marks.clear();
        for (index, finding) in findings.iter().enumerate() {
            let place = (finding.place.line, finding.place.column);
            // What is left aside is seen as such.
            if place.0 > 0 && finding.severity < Severity::Note && finding.code != "unknown-column" {
                self.marks.entry(place).or_insert(index);
                self.told.doubted.entry(place.0).or_insert(finding.severity);
            }
        }
        self.findings = findings;
        self.reconciled = reconciled;
        self.scenario = scenario;
        Ok(())
    }

    /// The scenario with these regions, with or without how they are read.
    #[must_use]
    pub fn to_use(&self) -> Option<Arc<Scenario>> {
        let edited = self.edited.as_ref()?;
        if self.keep {
            return Some(Arc::clone(edited));
        }
        let mut scenario = Scenario::clone(edited);
        let mut country = Country::clone(&scenario.country);
        country.reading.clear();
        scenario.country = country.into();
        Some(Arc::new(scenario))
    }

    /// Number of findings of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The largest difference from a national total, if it is large and the rows are brought to that.
    #[must_use]
    pub fn far(&self) -> Option<&Reconciled> {
        self.reconciled
            .iter()
            .filter(|part| part.apart().abs() > LARGE && self.recipe.total == LevelTotal::Published)
            .max_by(|a, b| a.apart().abs().total_cmp(&b.apart().abs()))
    }
}

impl Told {
    fn of(read: &Outcome) -> Self {
        let sum = |measure: Measure| read.groups.iter().filter_map(|group| group.get(measure)).sum();
        let regions: BTreeSet<&str> = read.groups.iter().map(|group| group.region.as_str()).collect();
        let reasons = read
            .aside
            .iter()
            .flat_map(|(why, _, lines)| lines.iter().map(|line| (*line, *why)));
        Self {
            questions: read.questions.clone(),
            sums: read.sums.clone(),
            assumed: read.assumed.clone(),
            aside: read.aside.iter().map(|(why, count, _)| (*why, *count)).collect(),
            reasons: reasons.collect(),
            doubted: BTreeMap::new(),
            rows: read.rows,
            groups: read.groups.len(),
            regions: regions.len(),
            counts: [sum(Measure::Schools), sum(Measure::Learners)],
            sizes: read
                .sizes
                .iter()
                .filter_map(|(level, sizes)| Some((*level, Sizes::of(sizes)?)))
                .collect(),
            since: None,
        }
    }
}

/// A file that is too large is here no scenario but a table.
fn too_large(finding: Finding, name: &str) -> Finding {
    if finding.code == "file-too-large" {
        return NoTable::TooLarge.finding(name);
    }
    Finding {
        hint: None,
        place: Place {
            file: name.into(),
            ..finding.place
        },
        ..finding
    }
}

/// A finding with its group by name in place of its position.
fn by_name(finding: &Finding, scenario: &Scenario) -> Finding {
    let place = finding
        .path
        .strip_prefix("country.groups[")
        .and_then(|rest| rest.split_once(']'));
    let group = place.and_then(|(index, _)| scenario.country.groups.get(index.parse::<usize>().ok()?));
    let path = match (place, group) {
        (Some((_, field)), Some(group)) => format!("{} {} {}{field}", group.region, group.locality, group.level),
        _ => finding.path.clone(),
    };
    Finding {
        path,
        ..finding.clone()
    }
}

/// Something that is being read or checked.
#[derive(Debug)]
pub struct Reading {
    /// Name of the file.
    pub name: String,
    ticket: Ticket<Result<Import, Finding>>,
    since: f64,
}

impl Reading {
    /// Reads and checks a table.
    #[must_use]
    pub fn of(jobs: &Jobs, origin: Origin, scenario: Arc<Scenario>, now: f64) -> Self {
        Self {
            name: origin.name.clone(),
            ticket: jobs.start(Lane::Reading, move |progress| {
                Import::read(origin, scenario, progress.cancelled())
            }),
            since: now,
        }
    }

    /// Checks a table again, by another mapping or against another scenario.
    #[must_use]
    pub fn again(jobs: &Jobs, mut import: Import, scenario: Arc<Scenario>, now: f64) -> Self {
        Self {
            name: import.name.clone(),
            ticket: jobs.start(Lane::Reading, move |progress| {
                import.check(scenario, progress.cancelled())?;
                Ok(import)
            }),
            since: now,
        }
    }

    /// The answer, once there is one.
    #[must_use]
    pub fn take(&self) -> Option<Result<Import, Finding>> {
        let broke = |_| {
            let why = NoTable::Workbook(messages::no_room().into());
            Err(why.finding(&self.name))
        };
        Some(self.ticket.take()?.unwrap_or_else(broke))
    }

    /// Whether it takes so long that a person wants to know.
    #[must_use]
    pub(crate) fn is_slow(&self, ui: &egui::Ui) -> bool {
        #[allow(clippy::cast_possible_truncation)]
        let left = (0.5 + self.since - ui.input(|input| input.time)) as f32;
        if left > 0.0 {
            ui.ctx().request_repaint_after_secs(left + 0.01);
        }
        left <= 0.0
    }
}
