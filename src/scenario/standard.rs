//! Standards: norms of a ministry or a programme that set some levers of a plan and leave the others as they are.
//!
//! A standard is a small file with its source. What it does not set stays the plan's own.

use super::field::{Field, ROOT};
use super::findings::Finding;
use super::lever::Lever;
use super::plan::{CampusPlan, LinkRule, LinkService, LinkStep};
use super::registry::Entry;
use super::text::{read_section, write_file};
use super::year_path::YearPath;
use super::{Quantity, Scenario};
use crate::units::Unit;

crate::section! {
    /// A standard.
    pub struct Standard / StandardSlots {
        /// Name.
        name: String = Field::text().required();
        /// Where it is published.
        source: String = Field::text().required();
        /// What it asks for that no lever says, and what is ours.
        note: String = Field::text();
        /// Links to schools.
        links: Option<LinksStandard> = Field::fields();
        /// Network inside the school, and classroom sets.
        campus: Option<CampusStandard> = Field::fields();
        /// Learners for each working device in an equipped school.
        learners_per_device: Option<Quantity> = Field::number(Unit::LearnersPerDevice).within(0.2, 500.0);
        /// Days of training that a course gives.
        training_days: Option<Quantity> = Field::number(Unit::Days).within(0.5, 200.0);
    }
}

crate::section! {
    /// What a standard says of links.
    pub struct LinksStandard / LinksStandardSlots {
        /// What is bought.
        service: Option<LinkService> = Field::choice();
        /// Rule by which capacity follows the size of the school.
        rule: Option<LinkRule> = Field::choice();
        /// Least capacity.
        floor: Option<Quantity> = Field::number(Unit::Mbps).within(0.1, 10_000.0);
        /// Capacity for each learner of the largest shift.
        per_learner: Option<Quantity> = Field::number(Unit::Mbps).within(0.0, 100.0);
        /// Largest capacity.
        most: Option<Quantity> = Field::number(Unit::Mbps).within(0.1, 1e6);
        /// Steps by size.
        steps: Vec<LinkStep> = Field::list();
    }
}

crate::section! {
    /// What a standard says of networks inside schools, as shares of schools with a link and of rooms.
    pub struct CampusStandard / CampusStandardSlots {
        /// Share of the schools with a link that have a network in all rooms.
        networked: Option<Quantity> = Field::number(Unit::Share);
        /// Share of rooms with a classroom set.
        classroom_sets: Option<Quantity> = Field::number(Unit::Share);
    }
}

/// A standard as the text of a file.
#[must_use]
pub fn write_standard(standard: &Standard) -> String {
    write_file(standard, false)
}

/// Reads a standard from the bytes of a file: the standard, if no finding is an error, and all findings.
#[must_use]
pub fn read_standard(file: &str, bytes: &[u8]) -> (Option<Standard>, Vec<Finding>) {
    read_section(file, bytes, |_, _| Vec::new())
}

impl Standard {
    /// What a plan asks for at its horizon, as a standard that can be laid over others: the rule of its links, networks and
    /// classroom sets, the ratio that holds where no case says otherwise, and the days of a course.
    #[must_use]
    pub fn of(scenario: &Scenario, name: &str, source: &str) -> Self {
        let plan = &scenario.plan;
        let last = |lever: &Lever| lever.cases[0].to.at(scenario.horizon);
        let links = plan.links.as_ref().map(|links| {
            let by_learner = links.rule == LinkRule::PerLearner;
            let steps = if links.rule == LinkRule::Steps {
                links.steps.clone()
            } else {
                Vec::new()
            };
            LinksStandard {
                service: Some(links.service),
                rule: Some(links.rule),
                floor: Some(links.floor.clone()),
                per_learner: by_learner.then(|| links.per_learner.clone()),
                most: by_learner.then(|| links.most.clone()),
                steps,
            }
        });
        let campus = plan.campus.as_ref().map(|campus| {
            let linked = plan.links.as_ref().map(|links| last(&links.connected));
            let share = linked
                .filter(|linked| *linked > 0.0)
                .map(|linked| last(&campus.networked) / linked);
            CampusStandard {
                networked: share.map(|share| Quantity::new(share.min(1.0))),
                classroom_sets: Some(Quantity::new(last(&campus.classroom_sets))),
            }
        });
        Self {
            name: name.to_owned(),
            source: source.to_owned(),
            links,
            campus,
            learners_per_device: plan
                .devices
                .as_ref()
                .map(|devices| Quantity::new(last(&devices.learners_per_device))),
            training_days: plan.training.as_ref().map(|training| training.days.clone()),
            ..Self::absent(&ROOT)
        }
    }

    /// A scenario whose plan keeps to the standard: what it sets takes the place of the plan's own, where the plan has that
    /// component; networks inside schools come where the links of the plan come.
    #[must_use]
    pub fn over(&self, scenario: &Scenario) -> Scenario {
        let mut laid = scenario.clone();
        let plan = &mut laid.plan;
        if let (Some(standard), Some(links)) = (&self.links, &mut plan.links) {
            set(&mut links.service, standard.service.as_ref());
            set(&mut links.rule, standard.rule.as_ref());
            set(&mut links.floor, standard.floor.as_ref());
            set(&mut links.per_learner, standard.per_learner.as_ref());
            set(&mut links.most, standard.most.as_ref());
            if !standard.steps.is_empty() {
                links.steps.clone_from(&standard.steps);
            }
        }
        if let Some(standard) = &self.campus {
            let campus = plan.campus.get_or_insert_with(|| CampusPlan {
                networked: Lever::everywhere(YearPath::constant(0.0)),
                ..CampusPlan::absent(&ROOT)
            });
            if let (Some(share), Some(links)) = (&standard.networked, &plan.links) {
                campus.networked = times(&links.connected, share.value);
            }
            if let Some(share) = &standard.classroom_sets {
                let first = (laid.plan_from - 1, 0.0);
                let last = (laid.horizon, share.value);
                campus.classroom_sets = Lever::everywhere(YearPath::of(&[first, last]));
            }
        }
        if let (Some(ratio), Some(devices)) = (&self.learners_per_device, &mut plan.devices) {
            devices.learners_per_device = Lever::everywhere(YearPath::constant(ratio.value));
        }
        if let (Some(days), Some(training)) = (&self.training_days, &mut plan.training) {
            training.days = days.clone();
        }
        laid
    }
}

fn set<T: Clone>(of_plan: &mut T, standard: Option<&T>) {
    if let Some(standard) = standard {
        of_plan.clone_from(standard);
    }
}

/// A lever times a share, case by case.
fn times(lever: &Lever, share: f64) -> Lever {
    let mut scaled = lever.clone();
    for case in &mut scaled.cases {
        for (_, value) in &mut case.to.points {
            *value *= share;
        }
    }
    scaled
}
