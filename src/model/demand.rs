//! Chapter 1: learners and teachers, from births to the last grade.
//!
//! Enrolment flows grade by grade and by sex, `E(t+1) = M E(t) + intake`. No source gives enrolment by grade, so one
//! promotion rate per level and one intake (or transition) rate are solved such that the flow, run through the births
//! of the past, sums to the published enrolment and ends in the published intake to the last grade.
//!
//! Children of an age are births of their year, scaled to the published population of their five-year group where there
//! is one: so deaths and migration count.

use std::ops::Range;

use nalgebra::{DMatrix, DVector};

use super::tables::Model;
use crate::scenario::Country;
use crate::scenario::country::{GROUPS_OF_AGES, group_of_age, of_group};

/// Years of births before the base year through which the flow runs to find enrolment by grade.
const HISTORY: usize = 25;

/// Years before the base year for which intake to the last grade is kept; completion looks back five years.
pub(crate) const LOOK_BACK: usize = 5;

const SEXES: usize = 2;

/// Numbers of a level on which its flow depends.
const KEYS: usize = 6;

/// Solved progression through a level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progression {
    /// Share of a grade's learners who enter the next grade a year later.
    pub promotion: f64,
    /// Share who repeat.
    pub repetition: f64,
    /// Entrants for each unit of what feeds the level (people of entry age, or graduates of the level below), by sex.
    pub entry: [f64; SEXES],
    /// Whether the published figures ask for more than full promotion, so that it was capped.
    pub capped: bool,
    /// Entrants of both sexes over graduates of the level below in the base year; not a number for the lowest level.
    pub entrants_per_graduate: f64,
}

/// Learners and teachers by year; filled by [`Demand::project`].
#[derive(Clone, Debug)]
pub struct Demand {
    years: usize,
    levels: usize,
    grades: usize,
    /// Progression by level.
    pub progression: Vec<Progression>,
    /// Parameters for which `progression` holds.
    solved_for: Vec<f64>,
    /// Numbers of the levels, then births by year, then population of each group of ages by year.
    key: Vec<f64>,
    /// Population of a group of ages over the births of its years `[t][group]`; 1 where none is published.
    survival: Vec<f64>,
    enrolment: Vec<DVector<f64>>,
    next: DVector<f64>,
    flow: Vec<DMatrix<f64>>,
    base_by_grade: Vec<DVector<f64>>,
    /// Learners `[t][level][sex]`, girls first.
    learners: Vec<f64>,
    /// Learners `[t][grade]`.
    by_grade: Vec<f64>,
    /// Learners who left for good from the last grade of a level `[t][level]`.
    leavers: Vec<f64>,
    /// New entrants of the last grade over the people of its age `[t + LOOK_BACK][level]`.
    last_grade: Vec<f64>,
    /// People of the level's ages `[t][level]`.
    cohort: Vec<f64>,
    /// Teachers `[t][level]`.
    teachers: Vec<f64>,
    /// Newly hired teachers `[t][level]`.
    hires: Vec<f64>,
    /// Share of teachers with the minimum qualification `[t][level]`.
    qualified: Vec<f64>,
    feed: Vec<f64>,
    grade_now: Vec<f64>,
    grade_next: Vec<f64>,
    outflow: Vec<f64>,
}

impl Demand {
    /// Room for a model's levels and years.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let (years, levels, grades) = (model.years, model.levels.len(), model.grades);
        let births = years + Country::BIRTHS_BEFORE as usize;
        let keys = levels * KEYS + births + years * GROUPS_OF_AGES;
        Self {
            years,
            levels,
            grades,
            progression: vec![Progression::default(); levels],
            solved_for: vec![f64::NAN; keys],
            key: vec![0.0; keys],
            survival: vec![1.0; years * GROUPS_OF_AGES],
            enrolment: vec![DVector::zeros(grades); SEXES],
            next: DVector::zeros(grades),
            flow: vec![DMatrix::zeros(grades, grades); SEXES],
            base_by_grade: vec![DVector::zeros(grades); SEXES],
            learners: vec![0.0; years * levels * SEXES],
            by_grade: vec![0.0; years * grades],
            leavers: vec![0.0; years * levels],
            last_grade: vec![0.0; (years + LOOK_BACK) * levels],
            cohort: vec![0.0; years * levels],
            teachers: vec![0.0; years * levels],
            hires: vec![0.0; years * levels],
            qualified: vec![0.0; years * levels],
            feed: vec![0.0; HISTORY + 1],
            grade_now: vec![0.0; grades],
            grade_next: vec![0.0; grades],
            outflow: vec![0.0; HISTORY + 1],
        }
    }

    /// Learners of a level, both sexes.
    #[must_use]
    pub fn learners(&self, t: usize, level: usize) -> f64 {
        let at = (t * self.levels + level) * SEXES;
        self.learners[at] + self.learners[at + 1]
    }

    /// Girls among the learners of a level.
    #[must_use]
    pub fn girls(&self, t: usize, level: usize) -> f64 {
        self.learners[(t * self.levels + level) * SEXES]
    }

    /// Learners of a level in a year over those of the base year.
    #[must_use]
    pub fn growth(&self, t: usize, level: usize) -> f64 {
        self.learners(t, level) / self.learners(0, level)
    }

    /// Learners of one grade; grades of all levels are numbered through.
    #[must_use]
    pub fn in_grade(&self, t: usize, grade: usize) -> f64 {
        self.by_grade[t * self.grades + grade]
    }

    /// Graduates of a level who do not enter the next one.
    #[must_use]
    pub fn leavers(&self, t: usize, level: usize) -> f64 {
        self.leavers[t * self.levels + level]
    }

    /// Learners of a grade of a level in the year before who are in no grade this year: dropouts, and graduates of the last
    /// grade who do not go on.
    #[must_use]
    pub fn gone(&self, model: &Model, t: usize, level: usize, grade: usize) -> f64 {
        let table = &model.levels[level];
        let step = &self.progression[level];
        let dropouts = (1.0 - step.promotion - step.repetition).max(0.0);
        let graduates = if grade + 1 == table.grades {
            self.leavers(t, level)
        } else {
            0.0
        };
        self.in_grade(t - 1, table.first_grade + grade) * dropouts + graduates
    }

    /// Teachers of a level.
    #[must_use]
    pub fn teachers(&self, t: usize, level: usize) -> f64 {
        self.teachers[t * self.levels + level]
    }

    /// Teachers hired in a year.
    #[must_use]
    pub fn hires(&self, t: usize, level: usize) -> f64 {
        self.hires[t * self.levels + level]
    }

    /// Share of a level's teachers with the minimum qualification (4.c.1); not a number where unknown.
    #[must_use]
    pub fn qualified(&self, t: usize, level: usize) -> f64 {
        self.qualified[t * self.levels + level]
    }

    /// Population of the level's official age, implied by enrolment and gross enrolment ratio of the base year.
    fn population(&self, t: usize, level: usize, ger: f64) -> f64 {
        self.learners(0, level) / ger * self.cohort[t * self.levels + level] / self.cohort[level]
    }

    /// Gross enrolment ratio.
    #[must_use]
    pub fn ger(&self, model: &Model, p: &[f64], t: usize, level: usize) -> f64 {
        let ger = Model::number(p, model.slots.country.levels[model.levels[level].data].ger);
        self.learners(t, level) / self.population(t, level, ger)
    }

    /// Modelled share out of school (1.2): `1 - (1 - oos_b) GER(t) / GER(b)`, kept between 0 and 1.
    #[must_use]
    pub fn out_of_school(&self, model: &Model, p: &[f64], t: usize, level: usize) -> Option<f64> {
        let slots = &model.slots.country.levels[model.levels[level].data];
        let base = Model::number(p, slots.out_of_school?);
        let change = self.ger(model, p, t, level) / Model::number(p, slots.ger);
        Some((1.0 - (1.0 - base) * change).clamp(0.0, 1.0))
    }

    /// Children of a level's ages who are out of school; none where their share is not published.
    #[must_use]
    pub(crate) fn children_out_of_school(&self, model: &Model, p: &[f64], t: usize, level: usize) -> Option<f64> {
        let share = self.out_of_school(model, p, t, level)?;
        Some(share * self.learners(t, level) / self.ger(model, p, t, level))
    }

    /// People of some ages in a year.
    #[must_use]
    pub(crate) fn people(&self, t: usize, ages: Range<i32>) -> f64 {
        let year = i32::try_from(t).unwrap_or(0);
        ages.map(|age| self.aged(year, age)).sum()
    }

    /// Modelled completion rate (1.2, SDG 4.1.2): the base rate times the change of last-grade intake three to five years before.
    #[must_use]
    pub fn completion(&self, model: &Model, p: &[f64], t: usize, level: usize) -> Option<f64> {
        let base = Model::number(p, model.slots.country.levels[model.levels[level].data].completion?);
        let mean = |t: usize| {
            (0..3)
                .map(|back| self.last_grade[(t + back) * self.levels + level])
                .sum::<f64>()
        };
        Some((base * mean(t) / mean(0)).clamp(0.0, 1.0))
    }

    /// Fills all years for one parameter vector.
    pub fn project(&mut self, model: &Model, p: &[f64]) {
        for (index, table) in model.levels.iter().enumerate() {
            let slots = &model.slots.country.levels[table.data];
            let values = [
                slots.learners,
                slots.ger,
                slots.girls,
                slots.repeaters,
                slots.last_grade_intake,
                slots.entry_age,
            ];
            for (place, slot) in values.into_iter().enumerate() {
                self.key[index * KEYS + place] = Model::number(p, slot);
            }
        }
        let births = model.slots.country.births.0 as usize;
        let window = births - Country::BIRTHS_BEFORE as usize..births + self.years;
        let at = self.levels * KEYS;
        let ages = at + window.len();
        self.key[at..ages].copy_from_slice(&p[window]);
        let population = &model.slots.country.population;
        for (group, slot) in [population.aged_5_9, population.aged_10_14, population.aged_15_19]
            .into_iter()
            .enumerate()
        {
            for t in 0..self.years {
                // No published population is told from a changed one, so that a model may take either.
                self.key[ages + t * GROUPS_OF_AGES + group] = slot.map_or(0.0, |slot| Model::at(p, slot, t));
            }
        }
        if self
            .key
            .iter()
            .zip(&self.solved_for)
            .any(|(new, old)| new.to_bits() != old.to_bits())
        {
            self.survive();
            self.solve(model);
            self.solved_for.copy_from_slice(&self.key);
            self.flow_forward(model);
        }
        self.teach(model, p);
    }

    /// Births of a year, counted from the base year.
    fn births(&self, t: i32) -> f64 {
        let births = &self.key[self.levels * KEYS..self.key.len() - self.years * GROUPS_OF_AGES];
        let at = usize::try_from(t + i32::try_from(Country::BIRTHS_BEFORE).unwrap_or(0)).unwrap_or(0);
        births[at.min(births.len() - 1)]
    }

    /// Fills the population of each group of ages over the births of its years.
    fn survive(&mut self) {
        let ages = self.key.len() - self.years * GROUPS_OF_AGES;
        for t in 0..self.years {
            let year = i32::try_from(t).unwrap_or(0);
            for group in 0..GROUPS_OF_AGES {
                let at = t * GROUPS_OF_AGES + group;
                let published = self.key[ages + at];
                let born: f64 = of_group(group).map(|age| self.births(year - age)).sum();
                self.survival[at] = if published > 0.0 { published / born } else { 1.0 };
            }
        }
    }

    /// People of an age in a year counted from the base year. In the past they are as many of their births as in the
    /// base year.
    fn aged(&self, t: i32, age: i32) -> f64 {
        let year = usize::try_from(t).unwrap_or(0);
        self.births(t - age) * self.survival[year * GROUPS_OF_AGES + group_of_age(age)]
    }

    /// Age of entry into a level.
    #[allow(clippy::cast_possible_truncation)]
    fn entry_age(&self, level: usize) -> i32 {
        self.key[level * KEYS + KEYS - 1].round() as i32
    }

    /// Finds promotion and entry rates level by level, and enrolment by grade in the base year.
    fn solve(&mut self, model: &Model) {
        for (index, table) in model.levels.iter().enumerate() {
            let key: [f64; KEYS] = std::array::from_fn(|place| self.key[index * KEYS + place]);
            let [learners, ger, girls, repetition, last_grade_intake, _] = key;
            let entry_age = self.entry_age(index);
            // What feeds the level in each year of the past: people of entry age, or graduates of the level below.
            for back in 0..=HISTORY {
                let year = -i32::try_from(HISTORY - back).unwrap_or(0);
                self.feed[back] = if index == 0 {
                    self.aged(year, entry_age)
                } else {
                    self.outflow[back]
                };
            }
            let grades = table.grades;
            let ages = i32::try_from(grades).unwrap_or(1);
            let of_age: f64 = (0..ages).map(|age| self.aged(0, entry_age + age)).sum();
            let last_age = self.aged(0, entry_age + ages - 1);
            let wanted = last_grade_intake * (learners / ger) * last_age / of_age / learners;
            // The share of the last grade's new entrants in enrolment rises with promotion: find the rate by halving.
            let (mut low, mut high) = (0.02, 1.0 - repetition);
            let capped = self.run_history(grades, high, repetition, None) < wanted;
            if capped {
                low = high;
            }
            for _ in 0..44 {
                let middle = 0.5 * (low + high);
                if self.run_history(grades, middle, repetition, None) < wanted {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            let promotion = 0.5 * (low + high);
            let mut last = [0.0; LOOK_BACK + 1];
            self.run_history(grades, promotion, repetition, Some(&mut last));
            let total: f64 = self.grade_now[..grades].iter().sum();
            let entry = [girls * learners / total, (1.0 - girls) * learners / total];
            for (back, intake) in last.iter().enumerate() {
                let year = i32::try_from(back).unwrap_or(0) - i32::try_from(LOOK_BACK).unwrap_or(0);
                let cohort = self.aged(year, entry_age + ages - 1);
                self.last_grade[back * self.levels + index] = intake * (entry[0] + entry[1]) / cohort;
            }
            for sex in 0..SEXES {
                for grade in 0..grades {
                    self.base_by_grade[sex][table.first_grade + grade] = self.grade_now[grade] * entry[sex];
                }
            }
            // Graduates of this level, both sexes, feed the next one; its own entry rates carry the split by sex.
            for value in &mut self.outflow {
                *value *= entry[0] + entry[1];
            }
            self.progression[index] = Progression {
                promotion,
                repetition,
                entry,
                capped,
                entrants_per_graduate: if index == 0 { f64::NAN } else { entry[0] + entry[1] },
            };
        }
        // Entry rates above the first level are per graduate of both sexes; make them per graduate of the same sex, from
        // the top down: the rates of the level below must still be those of both sexes.
        for index in (1..model.levels.len()).rev() {
            let below = self.progression[index - 1].entry;
            let both = below[0] + below[1];
            for sex in 0..SEXES {
                self.progression[index].entry[sex] *= if below[sex] > 0.0 { both / below[sex] } else { 0.0 };
            }
        }
    }

    /// Runs a level through the past on `feed` for one unit of entry; leaves enrolment by grade in `grade_now` and
    /// graduates in `outflow`; gives the last grade's new entrants over enrolment in the base year.
    fn run_history(&mut self, grades: usize, p: f64, r: f64, mut last: Option<&mut [f64; LOOK_BACK + 1]>) -> f64 {
        let mut entrants = self.feed[0];
        for grade in 0..grades {
            self.grade_now[grade] = entrants / (1.0 - r);
            entrants = p * self.grade_now[grade];
        }
        let mut new_in_last = if grades > 1 {
            p * self.grade_now[grades - 2]
        } else {
            self.feed[0]
        };
        let keep = last.is_some();
        if keep {
            self.outflow[0] = p * self.grade_now[grades - 1];
        }
        for back in 1..=HISTORY {
            new_in_last = if grades > 1 {
                p * self.grade_now[grades - 2]
            } else {
                self.feed[back]
            };
            if keep {
                self.outflow[back] = p * self.grade_now[grades - 1];
            }
            for grade in 0..grades {
                let entering = if grade == 0 {
                    self.feed[back]
                } else {
                    p * self.grade_now[grade - 1]
                };
                self.grade_next[grade] = entering + r * self.grade_now[grade];
            }
            self.grade_now[..grades].copy_from_slice(&self.grade_next[..grades]);
            if let Some(last) = last.as_deref_mut().filter(|_| back >= HISTORY - LOOK_BACK) {
                last[back + LOOK_BACK - HISTORY] = new_in_last;
            }
        }
        new_in_last / self.grade_now[..grades].iter().sum::<f64>()
    }

    /// Runs the matrix flow from the base year to the horizon.
    fn flow_forward(&mut self, model: &Model) {
        for sex in 0..SEXES {
            let m = &mut self.flow[sex];
            m.fill(0.0);
            for (index, table) in model.levels.iter().enumerate() {
                let step = self.progression[index];
                for grade in 0..table.grades {
                    let at = table.first_grade + grade;
                    m[(at, at)] = step.repetition;
                    if grade > 0 {
                        m[(at, at - 1)] = step.promotion;
                    } else if index > 0 {
                        m[(at, at - 1)] = self.progression[index - 1].promotion * step.entry[sex];
                    }
                }
            }
            self.enrolment[sex].copy_from(&self.base_by_grade[sex]);
        }
        for t in 0..self.years {
            let year = i32::try_from(t).unwrap_or(0);
            if t > 0 {
                let mut new_in_last = [0.0; 8];
                for sex in 0..SEXES {
                    for (index, table) in model.levels.iter().enumerate() {
                        let last = table.first_grade + table.grades - 1;
                        let graduates = self.progression[index].promotion * self.enrolment[sex][last];
                        let onward = self
                            .progression
                            .get(index + 1)
                            .map_or(0.0, |next| next.entry[sex].min(1.0));
                        let at = t * self.levels + index;
                        self.leavers[at] = if sex == 0 { 0.0 } else { self.leavers[at] } + graduates * (1.0 - onward);
                        if table.grades > 1 {
                            new_in_last[index.min(7)] +=
                                self.progression[index].promotion * self.enrolment[sex][last - 1];
                        }
                    }
                    self.next.gemv(1.0, &self.flow[sex], &self.enrolment[sex], 0.0);
                    self.next[0] += self.progression[0].entry[sex] * self.aged(year, self.entry_age(0));
                    self.enrolment[sex].copy_from(&self.next);
                }
                for (index, table) in model.levels.iter().enumerate() {
                    let ages = i32::try_from(table.grades).unwrap_or(1);
                    let new = if table.grades > 1 {
                        new_in_last[index.min(7)]
                    } else {
                        self.enrolment[0][table.first_grade] + self.enrolment[1][table.first_grade]
                    };
                    self.last_grade[(t + LOOK_BACK) * self.levels + index] =
                        new / self.aged(year, self.entry_age(index) + ages - 1);
                }
            }
            for (index, table) in model.levels.iter().enumerate() {
                for sex in 0..SEXES {
                    let grades = table.first_grade..table.first_grade + table.grades;
                    self.learners[(t * self.levels + index) * SEXES + sex] =
                        grades.map(|grade| self.enrolment[sex][grade]).sum();
                }
                let ages = i32::try_from(table.grades).unwrap_or(1);
                self.cohort[t * self.levels + index] =
                    (0..ages).map(|age| self.aged(year, self.entry_age(index) + age)).sum();
            }
            for grade in 0..self.grades {
                self.by_grade[t * self.grades + grade] = self.enrolment[0][grade] + self.enrolment[1][grade];
            }
        }
    }

    /// Teachers (1.3): `T(t) = max(E / PTR, (1 - attrition) T(t-1))`; the qualified move only by the quality of hires.
    fn teach(&mut self, model: &Model, p: &[f64]) {
        for (index, table) in model.levels.iter().enumerate() {
            let slots = &model.slots.country.levels[table.data];
            let base = Model::number(p, slots.teachers);
            let attrition = Model::number(p, slots.attrition);
            let hired_qualified = Model::number(p, slots.hires_qualified);
            let mut stock = base;
            let mut qualified = slots.qualified.map_or(f64::NAN, |slot| Model::number(p, slot));
            for t in 0..self.years {
                let mut hires = 0.0;
                if t > 0 {
                    let stay = (1.0 - attrition) * stock;
                    let wanted = (base * self.growth(t, index)).max(stay);
                    hires = wanted - stay;
                    qualified = (qualified * stay + hired_qualified * hires) / wanted.max(1e-12);
                    stock = wanted;
                }
                let at = t * self.levels + index;
                self.teachers[at] = stock;
                self.hires[at] = hires;
                self.qualified[at] = qualified;
            }
        }
    }
}
