//! What a run came to: how every [`Measure`] is computed from a run that is only lent, at either detail, for any level,
//! place and person (4.1 to 4.3, 5, 6.6).

mod binding;
mod burden;
mod dark;
mod money;
mod place;
mod rows;
mod scoreboard;
mod unequal;

use std::ops::Range;

pub use binding::{Binding, binding, held_back};
pub use dark::Dark;
use place::PlaceIndex;
pub use rows::{IndicatorRow, each_row, rows};
pub use scoreboard::{Progress, scoreboard};

use super::equity::{adjusted_parity, gap, odds_ratio, parity};
use super::outcomes::{held_by_enrolled, learned_by, proficiency, taken_along};
use super::pass::Pass;
use super::skills::{self, Audience};
use super::sums::{Bin, OfPersons, Table, at_home, shut, stat};
use super::tables::Model;
use super::trajectory::Trajectory;
use super::workspace::Workspace;
use crate::scenario::measure::{Comparison, Indicator, Measure, Scope, Told};
use crate::scenario::parameters::NumberSlot;
use crate::scenario::person::{Dimension, Person, Sex, Side};

/// A finished run that is lent to be read.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Tables.
    pub model: &'a Model,
    /// Parameter vector that was run.
    pub parameters: &'a [f64],
    /// Results.
    pub workspace: &'a Workspace,
    /// Whether the twin is read, not the plan.
    is_twin: bool,
    /// Bins by place, where many are asked for.
    index: Option<&'a PlaceIndex<'a>>,
}

impl Trajectory {
    /// Lends the run.
    #[must_use]
    pub fn lend(&self) -> Run<'_> {
        Run::new(&self.model, &self.parameters, &self.run)
    }
}

impl<'a> Run<'a> {
    /// A run of these parameters. What it costs to do it all is told where [`Model::pay_in_full`] was asked.
    #[must_use]
    pub fn new(model: &'a Model, parameters: &'a [f64], workspace: &'a Workspace) -> Self {
        Self {
            model,
            parameters,
            workspace,
            is_twin: false,
            index: None,
        }
    }

    /// The same without a new plan: its twin, which costs nothing beyond itself.
    #[must_use]
    pub fn twin(self) -> Self {
        Self { is_twin: true, ..self }
    }

    /// Value in a year; none where there is none.
    #[must_use]
    pub fn value(&self, indicator: impl Into<Indicator>, scope: Scope<'_>, t: usize) -> Option<f64> {
        self.over(indicator, scope, t..t + 1)
    }

    /// Value over some years: what is told over years is that of all of them together, anything else that of the last.
    #[must_use]
    pub fn over(&self, indicator: impl Into<Indicator>, scope: Scope<'_>, years: Range<usize>) -> Option<f64> {
        Here::new(*self, scope).indicator(indicator.into(), &years)
    }

    /// Value by a year: what is told over years is that of all years up to it, anything else that of the year.
    #[must_use]
    pub fn by(&self, indicator: impl Into<Indicator>, scope: Scope<'_>, t: usize) -> Option<f64> {
        let indicator = indicator.into();
        match indicator {
            Indicator::Plain(measure) if measure.told() != Told::ByYear => self.over(indicator, scope, 1..t + 1),
            _ => self.value(indicator, scope, t),
        }
    }

    /// The pass that is read.
    pub(crate) fn pass(&self) -> &'a Pass {
        if self.is_twin {
            &self.workspace.twin
        } else {
            &self.workspace.plan
        }
    }

    fn number(&self, slot: NumberSlot) -> f64 {
        Model::number(self.parameters, slot)
    }

    /// The run as far as skills are told of it.
    fn skills(&self) -> skills::Told<'_> {
        skills::Told {
            model: self.model,
            p: self.parameters,
            demand: &self.workspace.demand,
            skills: &self.pass().skills,
        }
    }

    /// Share of youth or adults who take part in education or training.
    fn participation(&self, t: usize, audience: Audience) -> Option<f64> {
        let learners = self.pass().over(t, stat::LIFELONG + audience as usize, &|_| true);
        self.skills().participation(t, audience, learners)
    }

    /// Share of a level's learners whose curriculum prescribes computers in a year: the plan's where it acts and names the
    /// level, the country's elsewhere.
    fn entitled(&self, t: usize, level: usize) -> f64 {
        let model = self.model;
        let mut planned = model.slots.plan.curriculum.iter();
        let planned = planned.find(|of| of.level == model.levels[level].level);
        match planned.filter(|_| !self.is_twin && t >= model.plan_from) {
            Some(of) => Model::at(self.parameters, of.entitled, t),
            None => self.number(model.slots.country.people.entitled),
        }
    }
}

/// A run, seen in one scope.
#[derive(Clone, Copy)]
struct Here<'a> {
    run: Run<'a>,
    scope: Scope<'a>,
    /// Bins of the place, where they are listed.
    listed: Option<&'a [Bin]>,
}

impl<'a> Here<'a> {
    fn new(run: Run<'a>, scope: Scope<'a>) -> Self {
        let listed = run.index.map(|index| index.bins(&scope));
        Self { run, scope, listed }
    }

    fn indicator(&self, indicator: Indicator, years: &Range<usize>) -> Option<f64> {
        match indicator {
            Indicator::Plain(measure) => self.measure(measure, years),
            Indicator::Between(measure, comparison, by) => {
                let [low, high] = self.sides(measure, by, years)?;
                match comparison {
                    Comparison::Gap => Some(gap(low, high)),
                    Comparison::Parity => adjusted_parity(low, high),
                    Comparison::Ratio => parity(low, high),
                    Comparison::Odds => odds_ratio(low, high),
                }
            }
            Indicator::Among(measure, inequality) => self.unequal(measure, inequality, years),
        }
    }

    /// Values of the two sides of a dimension.
    fn sides(&self, measure: Measure, by: Dimension, years: &Range<usize>) -> Option<[f64; 2]> {
        let one = |side| match side {
            Side::Person(person) if self.scope.person.is_none() => Self {
                scope: Scope {
                    person: Some(person),
                    ..self.scope
                },
                ..*self
            }
            .measure(measure, years),
            Side::Locality(locality) if self.scope.locality.is_none() => {
                let scope = Scope {
                    locality: Some(locality),
                    ..self.scope
                };
                Here::new(self.run, scope).measure(measure, years)
            }
            Side::Person(_) | Side::Locality(_) => None,
        };
        let [low, high] = by.sides();
        Some([one(low)?, one(high)?])
    }

    fn measure(&self, measure: Measure, years: &Range<usize>) -> Option<f64> {
        let Scope {
            level,
            region,
            locality,
            person,
        } = self.scope;
        let run = self.run;
        let in_a_place = region.is_some() || locality.is_some();
        let by_place = measure.has_places() && run.workspace.detail.places;
        let by_person =
            |person| measure.is_told_of(person) && (!measure.has_persons() || run.pass().sums.persons.is_kept());
        if (in_a_place && !by_place) || person.is_some_and(|person| !by_person(person)) {
            return None;
        }
        let position = |level| run.model.levels.iter().position(|table| table.level == level);
        let level = measure.level(level, |level| position(level).is_some()).ok()?;
        let level = level.and_then(position);
        let t = years.end.checked_sub(1)?;
        let demand = &run.workspace.demand;
        let (learning, economy) = (&run.model.slots.country.learning, &run.model.slots.country.economy);
        match measure {
            // Without a plan there is none that could be paid for.
            Measure::CostPaid
            | Measure::CostPerLearner
            | Measure::CostPerReached
            | Measure::LearningYearsPerMoney
            | Measure::DebtService
            | Measure::DebtOfRevenue
            | Measure::DebtOfExports
            | Measure::DebtOfEducation
            | Measure::ChargeOfIncome
                if run.is_twin =>
            {
                None
            }
            Measure::Reach => self.learners(t, stat::REACHED, OfPersons::Reached),
            Measure::Dose => self.learners(t, stat::DOSE, OfPersons::Dose),
            Measure::Electricity => self.ratio(t, stat::POWERED, stat::SCHOOLS),
            Measure::PupilInternet | Measure::SchoolInternet => self.ratio(t, stat::LINKED, stat::SCHOOLS),
            Measure::Computers => self.ratio(t, stat::EQUIPPED, stat::SCHOOLS),
            Measure::AdaptedSchools => self.ratio(t, stat::ADAPTED, stat::SCHOOLS),
            Measure::Assistive => self.ratio(t, stat::PROVIDED, stat::DIFFICULTY),
            Measure::GirlsProgramme => self.ratio(t, stat::GIRLS_PROGRAMME, stat::GIRLS),
            Measure::LearnersPerDevice => self.ratio(t, stat::LEARNERS, stat::DEVICES),
            Measure::TrainedTeachers => self.ratio(t, stat::ACQUISITION, stat::TEACHERS),
            Measure::ConnectedDevices => self.ratio(t, stat::CONNECTED_DEVICES, stat::SCHOOLS),
            Measure::EntitledPerDevice => self.entitled(t, stat::LEARNERS_EQUIPPED, stat::DEVICES),
            Measure::EntitledOnline => self.entitled(t, stat::LEARNERS_LINKED, stat::LEARNERS),
            Measure::EntitledPerConnectedDevice => {
                self.entitled(t, stat::LEARNERS_CONNECTED_DEVICES, stat::CONNECTED_DEVICES)
            }
            Measure::HomeAccess => self.go_on(t),
            Measure::Learners => Some(demand.learners(t, level?)),
            Measure::Teachers => Some(demand.teachers(t, level?)),
            Measure::Hires => Some(demand.hires(t, level?)),
            Measure::GrossEnrolment => Some(demand.ger(run.model, run.parameters, t, level?)),
            Measure::OutOfSchool => demand.out_of_school(run.model, run.parameters, t, level?),
            Measure::Completion => demand.completion(run.model, run.parameters, t, level?),
            Measure::QualifiedTeachers => self.qualified(t, level),
            Measure::Learning => {
                let level = level?;
                match person {
                    None => Some(run.last_grade(run.pass(), t, level)),
                    Some(person) => Some(run.learned_by(person, t, level)),
                }
            }
            Measure::LearningGain => {
                let of = |pass| Some(run.last_grade(pass, t, level?));
                Some(of(run.pass())? - of(&run.workspace.twin)?)
            }
            Measure::EarlyReading => run.proficient(t, level?, Some(3), learning.early_reading),
            Measure::EarlyMathematics => run.proficient(t, level?, Some(3), learning.early_mathematics),
            Measure::PrimaryReading => run.proficient(t, level?, None, learning.primary_reading),
            Measure::PrimaryMathematics => run.proficient(t, level?, None, learning.primary_mathematics),
            Measure::SecondaryReading => run.proficient(t, level?, None, learning.lower_secondary_reading),
            Measure::SecondaryMathematics => run.proficient(t, level?, None, learning.lower_secondary_mathematics),
            Measure::CopyMove => run.skills().copy_move(t, self.sex()),
            Measure::CopyMoveYouth => run.skills().copy_move_of_youth(t),
            Measure::ParticipationYouth => run.participation(t, Audience::Youth),
            Measure::ParticipationAdults => run.participation(t, Audience::Adults),
            Measure::LifelongParticipants => self.in_courses(t, stat::LIFELONG..stat::LIFELONG_COMPLETED),
            Measure::LifelongCompleted => self.in_courses(t, stat::LIFELONG_COMPLETED..stat::LIFELONG_CERTIFIED),
            Measure::LifelongCertified => self.in_courses(t, stat::LIFELONG_CERTIFIED..stat::LIFELONG_VOCATIONAL),
            Measure::LifelongVocational => self.in_courses(t, stat::LIFELONG_VOCATIONAL..stat::COUNT),
            Measure::LearningYears => (t > 0).then(|| run.learning_years_left(t))?.1,
            Measure::LearningYearsGained => run.learns().then(|| {
                let left: f64 = (1..=t).map(|t| run.learning_years_left(t).0).sum();
                left + run.learning_years_enrolled(t)
            }),
            Measure::LearningYearsLeft => run
                .learns()
                .then(|| (1..=t).map(|t| run.learning_years_left(t).0).sum()),
            Measure::LearningYearsEnrolled => run.learns().then(|| run.learning_years_enrolled(t)),
            Measure::LearningYearsPerMoney => over(
                self.measure(Measure::LearningYearsGained, years)? * 100.0,
                run.spent_on_schools(run.planned(years)),
            ),
            Measure::CostPresent => run.cost_present(years),
            Measure::CostAnnual => run.cost_annual(years),
            Measure::DarkLearners => {
                (t > 0 && self.sum(t, stat::SCHOOLS) > 0.0).then(|| self.sum(t, stat::DARK_LEARNERS))
            }
            Measure::Continuity => {
                // Of closures what homes have counts half at the beginning and half at the end of the year, as doses do.
                let [opening, end] = [(t.checked_sub(1), 1), (Some(t), 0)].map(|(t, next)| {
                    let [closed, stopped] = self.closed_at_home(t?, next)?;
                    (closed > 0.0).then(|| 1.0 - stopped / closed)
                });
                end.map(|end| (0.5 * (opening.unwrap_or(end) + end)).clamp(0.0, 1.0))
            }
            Measure::ClosedMonths => self.shut(t, shut::MONTHS),
            Measure::ClosedLearners => self.shut(t, shut::LEARNERS),
            Measure::StoppedLearners => {
                let closed = self.shut(t, shut::LEARNERS)?;
                Some(closed * (1.0 - self.measure(Measure::Continuity, years).unwrap_or(1.0)))
            }
            Measure::DebtService => added_up(years, |t| Some(run.workspace.money.debt_service(t).0)),
            Measure::DebtOfRevenue => run.debt_service_over(t, economy.public_revenue),
            Measure::DebtOfExports => run.debt_service_over(t, economy.exports),
            Measure::DebtOfEducation => run.debt_service_over(t, Some(economy.education_spending)),
            Measure::CostOfGdp => run.cost_over(years, 1.0),
            Measure::CostOfSpending => run.cost_over(years, run.number(economy.public_spending?)),
            Measure::CostOfEducation => run.cost_over(years, run.number(economy.education_spending)),
            Measure::SpendingPerLearner => run.spending_per_learner(t),
            Measure::EducationOfGdp => run.education_over(t, 1.0),
            Measure::EducationOfSpending => run.education_over(t, run.number(economy.public_spending?)),
            Measure::ChargeOfIncome => run.charge_of_income(t),
            Measure::CostFull => added_up(years, |t| run.cost_full(t)),
            Measure::CostPaid => added_up(years, |t| Some(run.cost_paid(t))),
            Measure::ToFind => added_up(years, |t| run.to_find(t)),
            Measure::ToFindShare => over(
                added_up(years, |t| run.to_find(t))?,
                added_up(years, |t| run.cost_full(t))?,
            ),
            Measure::CostPerLearner => {
                let planned = run.planned(years);
                over(run.spent_on_schools(planned.clone()), run.learner_years(planned))
            }
            Measure::CostPerReached => over(run.spent_on_schools(run.planned(years)), run.reached_beyond_twin(years)),
            Measure::FirstDarkYear => run.first_dark(years).map(|t| f64::from(run.model.calendar(t))),
            Measure::DarkSchools => (t > 0 && self.sum(t, stat::SCHOOLS) > 0.0).then(|| self.sum(t, stat::DARK)),
        }
    }

    /// One sum over another, of learners who may be those of a margin.
    fn learners(&self, t: usize, which: usize, of_person: OfPersons) -> Option<f64> {
        let Some(person) = self.scope.person else {
            return self.ratio(t, which, stat::LEARNERS);
        };
        let pass = self.run.pass();
        let sum = |which| match self.listed {
            Some(bins) => pass.persons_these(t, person, which, bins),
            None => pass.persons(t, person, which, &|bin| self.holds(bin)),
        };
        let learners = sum(OfPersons::Learners);
        (learners > 0.0).then(|| sum(of_person) / learners)
    }

    /// One sum over another. Of nothing, and of next to nothing, no ratio can be told.
    fn ratio(&self, t: usize, which: usize, of: usize) -> Option<f64> {
        let under = self.sum(t, of);
        (under > 0.0)
            .then(|| self.sum(t, which) / under)
            .filter(|ratio| ratio.is_finite())
    }

    /// Learners of a sum whose curriculum entitles them, over another sum: over devices of the levels in which it entitles
    /// anybody, or over all learners. None where it entitles nobody.
    fn entitled(&self, t: usize, which: usize, of: usize) -> Option<f64> {
        let (run, pass) = (self.run, self.run.pass());
        let (mut learners, mut under, mut anybody) = (0.0, 0.0, false);
        for bin in pass
            .bins()
            .filter(|bin| self.listed.map_or_else(|| self.holds(*bin), |bins| bins.contains(bin)))
        {
            let entitled = run.entitled(t, pass.level(bin));
            learners += entitled * pass.stat(t, bin, which);
            if entitled > 0.0 || of == stat::LEARNERS {
                under += pass.stat(t, bin, of);
            }
            anybody |= entitled > 0.0;
        }
        (anybody && under > 0.0)
            .then(|| learners / under)
            .filter(|ratio| ratio.is_finite())
    }

    /// The sex whose learners are meant.
    const fn sex(&self) -> Option<Sex> {
        match self.scope.person {
            Some(Person::Sex(sex)) => Some(sex),
            _ => None,
        }
    }

    /// Learners in courses out of school, of some sums; none where the plan leaves them out.
    fn in_courses(&self, t: usize, which: Range<usize>) -> Option<f64> {
        let part = skills::part_of(self.run.model, self.run.parameters, self.sex())?;
        Some(part * which.map(|which| self.sum(t, which)).sum::<f64>())
    }

    fn sum(&self, t: usize, which: usize) -> f64 {
        self.sum_of(&self.run.pass().sums.stats, t, which)
    }

    /// Share of learners, who may be those of a margin, who can go on at home; none where that is not asked.
    fn go_on(&self, t: usize) -> Option<f64> {
        let pass = self.run.pass();
        let table = &pass.sums.at_home;
        let sum = |which| self.sum_of(table, t, which);
        if !table.is_kept() {
            return None;
        }
        let (go_on, learners) = match self.scope.person {
            None => (sum(at_home::GO_ON), self.sum(t, stat::LEARNERS)),
            Some(person) => (
                sum(at_home::of(person)),
                self.sum_of(&pass.sums.persons, t, OfPersons::Learners.of(person)),
            ),
        };
        (learners > 0.0).then(|| (go_on / learners).min(1.0))
    }

    /// Learner-months for which schools are closed in a year, or learners of a year lose in the one after, and those of learners who cannot
    /// go on with what they have at home at the end of the year; of a margin where one is asked for, in years of school.
    fn closed_at_home(&self, t: usize, next: usize) -> Option<[f64; 2]> {
        let of_all = [shut::MONTHS, shut::MONTHS_NEXT][next];
        let rows = match self.scope.person {
            None => [of_all, of_all + 1].map(|which| self.shut(t, which)),
            Some(person) => {
                let table = &self.run.pass().sums.at_home;
                let rows = [at_home::closed(person, next == 1), at_home::stopped(person, next == 1)];
                rows.map(|which| table.is_kept().then(|| self.sum_of(table, t, which)))
            }
        };
        Some([rows[0]?, rows[1]?])
    }

    /// A sum of the schools that shocks close; none where they close none in any year.
    fn shut(&self, t: usize, which: usize) -> Option<f64> {
        let table = &self.run.pass().sums.shut;
        table.is_kept().then(|| self.sum_of(table, t, which))
    }

    fn sum_of(&self, table: &Table, t: usize, which: usize) -> f64 {
        let get = |bin| table.get(t, which, bin);
        match self.listed {
            Some(bins) => bins.iter().copied().map(get).sum(),
            None => self.run.pass().bins().filter(|bin| self.holds(*bin)).map(get).sum(),
        }
    }

    /// Whether a bin lies in the place. Where places are not told apart, a bin is a level.
    fn holds(&self, bin: Bin) -> bool {
        let Scope {
            level,
            region,
            locality,
            ..
        } = self.scope;
        let (model, pass) = (self.run.model, self.run.pass());
        let is_level = |level| model.levels[pass.level(bin)].level == level;
        level.is_none_or(is_level)
            && region.is_none_or(|region| model.cuts[bin.index()].region == region)
            && locality.is_none_or(|locality| model.cuts[bin.index()].locality == locality)
    }

    /// Share of teachers who are qualified; none where it is not known of every level.
    fn qualified(&self, t: usize, level: Option<usize>) -> Option<f64> {
        let demand = &self.run.workspace.demand;
        let (mut qualified, mut teachers) = (0.0, 0.0);
        for index in (0..self.run.model.levels.len()).filter(|index| level.is_none_or(|level| level == *index)) {
            let share = demand.qualified(t, index);
            if share.is_nan() {
                return None;
            }
            qualified += share * demand.teachers(t, index);
            teachers += demand.teachers(t, index);
        }
        (teachers > 0.0).then(|| qualified / teachers)
    }
}

/// One over another; less than one of that is nobody and nothing, and a ratio to it would be noise.
fn over(value: f64, by: f64) -> Option<f64> {
    (by >= 1.0).then(|| value / by)
}

/// An amount added up over the years with money; none where there is no such year.
fn added_up(years: &Range<usize>, of: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let years = years.start.max(1)..years.end;
    (!years.is_empty()).then(|| years.map(of).sum::<Option<f64>>())?
}

impl Run<'_> {
    /// Learning gain of the last grade of a level.
    fn last_grade(&self, pass: &Pass, t: usize, level: usize) -> f64 {
        let table = &self.model.levels[level];
        pass.theta(t, table.first_grade + table.grades - 1)
    }

    /// The same of the learners of a margin.
    fn learned_by(&self, person: Person, t: usize, level: usize) -> f64 {
        let table = &self.model.levels[level];
        let learned = learned_by(self.model, self.parameters, (self.pass(), self.is_twin), person, t);
        learned[table.first_grade + table.grades - 1]
    }

    /// Share at minimum proficiency at a grade of a level; the last one where no grade is given.
    fn proficient(&self, t: usize, level: usize, grade: Option<usize>, base: Option<NumberSlot>) -> Option<f64> {
        let table = &self.model.levels[level];
        let grade = grade.unwrap_or(table.grades).min(table.grades);
        let theta = self.pass().theta(t, table.first_grade + grade - 1);
        Some(proficiency(self.number(base?), theta))
    }

    /// Whether the plan has a mode of learning.
    fn learns(&self) -> bool {
        !self.model.scenario.plan.learning.is_empty()
    }

    /// Learning-adjusted years beyond no new plan that those who leave school in a year take along, and what that is for each
    /// of them.
    fn learning_years_left(&self, t: usize) -> (f64, Option<f64>) {
        let of = |pass| taken_along(self.model, self.parameters, &self.workspace.demand, pass, t);
        let ((gained, leaving), (without, _)) = (of(self.pass()), of(&self.workspace.twin));
        let beyond = gained - without;
        (beyond, (leaving > 0.0).then(|| beyond / leaving))
    }

    /// Learning-adjusted years beyond no new plan that those enrolled have gained so far.
    fn learning_years_enrolled(&self, t: usize) -> f64 {
        let of = |pass| held_by_enrolled(self.model, self.parameters, &self.workspace.demand, pass, t);
        of(self.pass()) - of(&self.workspace.twin)
    }
}
