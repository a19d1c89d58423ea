//! The country as it is before the plan: economy, school levels, births, groups of schools.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::field::{Field, Role, Tag};
use super::messages::{self, Message, Value};
use super::parameters::Layout;
use super::prices::Device;
use super::read::Reader;
use super::registry::{Entry, Leaf, LeafMut};
use super::simplex::Simplex;
use super::tree::{Node, NodeKind};
use super::write::Writer;
use super::{Quantity, YearPath};
use crate::units::Unit;

crate::choice! {
    /// Level of schooling (ISCED 2011).
    pub enum Level {
        /// Primary (ISCED 1).
        Primary = "primary",
        /// Lower secondary (ISCED 2).
        LowerSecondary = "lower_secondary",
        /// Upper secondary (ISCED 3).
        UpperSecondary = "upper_secondary",
    }
}

crate::choice! {
    /// Kind of place.
    pub enum Locality {
        /// Urban.
        Urban = "urban",
        /// Rural.
        Rural = "rural",
    }
}

impl From<Locality> for Value {
    fn from(locality: Locality) -> Self {
        Self::Message(match locality {
            Locality::Urban => messages::locality_urban(),
            Locality::Rural => messages::locality_rural(),
        })
    }
}

impl From<Level> for Value {
    fn from(level: Level) -> Self {
        Self::Message(level.message())
    }
}

impl Level {
    /// Its name as a message.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Primary => messages::level_primary(),
            Self::LowerSecondary => messages::level_lower_secondary(),
            Self::UpperSecondary => messages::level_upper_secondary(),
        }
    }

    /// What people call it, in English: `lower secondary`.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        self.message().english()
    }
}

crate::section! {
    /// A country: what a plan starts from.
    pub struct Country / CountrySlots {
        /// ISO 3166 code of three letters.
        iso3: String = Field::text().required().role(Role::Nobody);
        /// Name.
        name: String = Field::text().required().role(Role::Nobody);
        /// Money and people.
        economy: Economy = Field::fields().required();
        /// Live births by calendar year; they drive school entry.
        births: YearPath = Field::path(Unit::Count).within(1.0, 1e15).required().any_year().earlier(Country::BIRTHS_BEFORE);
        /// Population by year, where published.
        population: Population = Field::fields();
        /// Use of what stands in the school, by person.
        people: People = Field::fields();
        /// Learners with a disability by their difficulty.
        difficulties: Difficulties = Field::fields();
        /// How schools teach; a plan finds it so and does not change it.
        schooling: Schooling = Field::fields();
        /// What stands in the base year of networks inside schools and of systems.
        services: ServicesToday = Field::fields();
        /// Posts that plan, steer and watch over ICT in schools.
        governance: Establishment = Field::fields();
        /// Proficiency in the base year.
        learning: BaseLearning = Field::fields();
        /// What youth and adults can do, and who of them takes part in learning.
        skills: Skills = Field::fields();
        /// Modes of learning with ICT in use in the base year; they go on without a plan.
        modes: Vec<ModeToday> = Field::list();
        /// Levels of schooling.
        levels: Vec<LevelData> = Field::list().required();
        /// Groups of schools alike in region, locality and level.
        groups: Vec<Group> = Field::list().required();
        /// How the ministry's table behind the groups is read, for the table of the next year; written by the program.
        reading: String = Field::text().role(Role::Nobody);
    }
}

crate::choice! {
    /// How much debt a country can carry, as the IMF and the World Bank class it.
    pub enum DebtCapacity {
        /// Medium.
        Medium = "medium",
        /// Weak.
        Weak = "weak",
        /// Strong.
        Strong = "strong",
    }
}

crate::section! {
    /// Macroeconomic figures of the base year.
    pub struct Economy / EconomySlots {
        /// Gross domestic product of a year, in US dollars of that year; of the price year where no year is written.
        gdp: Quantity = Field::number(Unit::Usd).required();
        /// Growth of real GDP by year.
        gdp_growth: YearPath = Field::path(Unit::PerYear).within(-0.5, 0.5).default(0.04).likely(0.02, 0.06).from("model 0: held where no projection exists", Tag::Judgement).any_year();
        /// Public spending on education as a share of GDP.
        education_spending: Quantity = Field::number(Unit::Share).default(0.04).likely(0.03, 0.06).from("evidence G3: Incheon benchmark of at least 4 % of GDP", Tag::Judgement).role(Role::Money);
        /// Public revenue as a share of GDP, where known.
        public_revenue: Option<Quantity> = Field::number(Unit::Share).role(Role::Target);
        /// Public spending as a share of GDP, where known.
        public_spending: Option<Quantity> = Field::number(Unit::Share).role(Role::Target);
        /// Exports of goods and services over GDP, where known.
        exports: Option<Quantity> = Field::number(Unit::Ratio).within(0.0, 10.0).role(Role::Target);
        /// Service of the public external debt that there is without the plan, as a share of GDP, where known.
        debt_service: Option<Quantity> = Field::number(Unit::Share).role(Role::Target);
        /// Present value of that debt over GDP, where known.
        external_debt: Option<Quantity> = Field::number(Unit::Ratio).within(0.0, 10.0).role(Role::Target);
        /// How much debt the country can carry, as the IMF and the World Bank class it.
        debt_capacity: DebtCapacity = Field::choice().role(Role::Nobody);
        /// Telecommunications revenue as a share of GDP; base of the universal service levy.
        telecom_revenue: Quantity = Field::number(Unit::Share).default(0.03).likely(0.015, 0.05).from("P22", Tag::Judgement).role(Role::Money);
        /// Inflation of the US dollar, for nominal terms.
        us_inflation: YearPath = Field::path(Unit::PerYear).within(-0.2, 0.5).default(0.02).likely(0.015, 0.03).from("price stability aim of 2 %", Tag::Judgement).any_year().role(Role::Money);
        /// Real depreciation of the currency a year; makes imported goods dearer.
        real_depreciation: Quantity = Field::number(Unit::PerYear).within(-0.5, 0.5).default(0.0).likely(0.0, 0.05).from("model 0: no real change unless stated", Tag::Setting);
        /// Local currency units per US dollar by year, as far as published; a single number is that of its year, or of the price year. Amounts in local currency are exchanged at the rate of their year. Later years are assumptions: sources in the country's money follow them.
        exchange_rate: Option<YearPath> = Field::path(Unit::LcuPerUsd).any_year().role(Role::Money);
        /// Discount rate by which the OECD DAC measures the grant element of a loan to this country.
        dac_discount: Quantity = Field::number(Unit::PerYear).default(0.09).from("evidence G1: 9 % for least developed and low-income, 7 % lower-middle, 6 % upper-middle", Tag::Read).role(Role::Money);
    }
}

crate::section! {
    /// Population by year. Where the ages are left out, children are counted by births, which miss deaths and migration.
    pub struct Population / PopulationSlots {
        /// People of all ages.
        total: Option<YearPath> = Field::path(Unit::Count).within(1.0, 1e15).any_year();
        /// People aged 5 to 9; births of ages below 10 are scaled to them.
        aged_5_9: Option<YearPath> = Field::path(Unit::Count).within(1.0, 1e15).any_year();
        /// People aged 10 to 14; births of these ages are scaled to them.
        aged_10_14: Option<YearPath> = Field::path(Unit::Count).within(1.0, 1e15).any_year();
        /// People aged 15 to 19; births of ages from 15 on are scaled to them.
        aged_15_19: Option<YearPath> = Field::path(Unit::Count).within(1.0, 1e15).any_year();
    }
}

impl Population {
    /// Population of the groups of ages, in order.
    #[must_use]
    pub fn groups(&self) -> [Option<&YearPath>; GROUPS_OF_AGES] {
        [&self.aged_5_9, &self.aged_10_14, &self.aged_15_19].map(Option::as_ref)
    }
}

/// Groups of five ages whose population a country may state: 5 to 9, 10 to 14, 15 to 19.
pub const GROUPS_OF_AGES: usize = 3;

/// The group to whose population an age is scaled: its own, or the nearest.
#[must_use]
pub fn group_of_age(age: i32) -> usize {
    usize::try_from(age / 5 - 1).unwrap_or(0).min(GROUPS_OF_AGES - 1)
}

/// Ages of a group.
#[must_use]
pub fn of_group(group: usize) -> std::ops::Range<i32> {
    let first = 5 + 5 * i32::try_from(group).unwrap_or(0);
    first..first + 5
}

crate::section! {
    /// Share of learners who have something at home, by wealth of their households.
    pub struct AtHome / AtHomeSlots {
        /// Of the poorest fifth of households.
        poorest: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.5).from("model 2.7: nobody unless stated", Tag::Judgement);
        /// Of the second fifth.
        second: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.6).from("model 2.7: nobody unless stated", Tag::Judgement);
        /// Of the middle fifth.
        middle: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.7).from("model 2.7: nobody unless stated", Tag::Judgement);
        /// Of the fourth fifth.
        fourth: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.8).from("model 2.7: nobody unless stated", Tag::Judgement);
        /// Of the richest fifth.
        richest: Quantity = Field::number(Unit::Share).default(0.0).likely(0.0, 0.9).from("model 2.7: nobody unless stated", Tag::Judgement);
    }
}

crate::section! {
    /// How far learners can use what their school has. The indicator by person is the school's times this factor.
    pub struct People / PeopleSlots {
        /// Use by girls relative to boys, without a programme for them.
        girls_use: Quantity = Field::number(Unit::Share).default(0.95).likely(0.85, 1.0).from("model 3: gender gap in use", Tag::Judgement);
        /// Use by learners with disabilities who lack assistive provision, relative to others.
        disability_use: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.8).from("model 3: the mean over the domains of difficulty", Tag::Judgement);
        /// Share of learners with disabilities who have what they need today. Others than the plan keep it up: households, health services, charities; it costs nothing here, with the plan and without it.
        assistive: Quantity = Field::number(Unit::Share).default(0.1).likely(0.03, 0.3).from("evidence M8.5: one child in ten; M8.7 has 3 to 90 % by country", Tag::Read);
        /// Share of learners whose curriculum prescribes computer or internet use in school (ED4, ED6, ED25).
        entitled: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.9).from("model 4.3: entitlement is an input", Tag::Judgement);
        /// Chance of damage and loss in rural schools relative to the national mean.
        rural_hazard: Quantity = Field::number(Unit::Ratio).within(0.1, 10.0).default(1.3).likely(1.0, 1.5).from("evidence B2.3: poor areas 2.3 times favourable ones, split around the mean", Tag::Calculated);
        /// Chance of damage and loss in urban schools relative to the national mean.
        urban_hazard: Quantity = Field::number(Unit::Ratio).within(0.1, 10.0).default(0.57).likely(0.5, 1.0).from("evidence B2.3: poor areas 2.3 times favourable ones, split around the mean", Tag::Calculated);
        /// Who has a connection at home on which a learner can work, by wealth. Households pay for it; it costs nothing here.
        connected_at_home: AtHome = Field::fields();
        /// Who has a device at home on which a learner can work, by wealth. It is taken to stand in the homes that have a connection, as far as there are such.
        device_at_home: AtHome = Field::fields();
    }
}

crate::section! {
    /// Learners with a disability by the difficulty that they have, the largest where there are several; shares of these learners.
    pub struct Difficulties / DifficultiesSlots {
        /// Seeing.
        seeing: Quantity = Field::number(Unit::Share).default(0.08).likely(0.04, 0.12).from("evidence M8.3: 1 % of ages 5 to 17, of the 12.5 % of M8.1; our own split", Tag::Judgement).of(Simplex::Difficulty);
        /// Hearing.
        hearing: Quantity = Field::number(Unit::Share).default(0.08).likely(0.04, 0.12).from("evidence M8.3: 1 % of ages 5 to 17, of the 12.5 % of M8.1; our own split", Tag::Judgement).of(Simplex::Difficulty);
        /// Moving.
        moving: Quantity = Field::number(Unit::Share).default(0.08).likely(0.04, 0.12).from("evidence M8.3: 1 % of ages 5 to 17, of the 12.5 % of M8.1; our own split", Tag::Judgement).of(Simplex::Difficulty);
        /// Communicating.
        communicating: Quantity = Field::number(Unit::Share).default(0.08).likely(0.04, 0.12).from("our own split: 1 % of ages 5 to 17, of the 12.5 % of evidence M8.1", Tag::Judgement).of(Simplex::Difficulty);
        /// Remembering or learning.
        learning: Quantity = Field::number(Unit::Share).default(0.24).likely(0.16, 0.48).from("our own split: 3 % of ages 5 to 17, of the 12.5 % of evidence M8.1", Tag::Judgement).of(Simplex::Difficulty);
        /// Psychosocial: anxiety, depression, behaviour.
        psychosocial: Quantity = Field::number(Unit::Share).default(0.44).likely(0.16, 0.72).from("our own split: 5.5 % of ages 5 to 17, of the 12.5 % of evidence M8.1", Tag::Judgement).of(Simplex::Difficulty);
    }
}

impl People {
    /// Use by learners with a disability relative to others, a share of whom has what they need.
    #[must_use]
    pub fn use_with_disability(&self, provided: f64) -> f64 {
        self.disability_use.value + (1.0 - self.disability_use.value) * provided
    }

    /// Use by girls relative to boys, a share of whom is in programmes with an effect.
    #[must_use]
    pub fn use_by_girls(&self, in_programmes: f64, effect: f64) -> f64 {
        self.girls_use.value + effect.min(1.0 - self.girls_use.value) * in_programmes
    }
}

crate::section! {
    /// How schools teach and what they have is used, with any plan and without one.
    pub struct Schooling / SchoolingSlots {
        /// Shifts of learners that share the same rooms and devices.
        shifts: Quantity = Field::number(Unit::Ratio).within(1.0, 3.0).default(1.0).likely(1.0, 2.0).from("model 2.3", Tag::Setting);
        /// Hours a week in which a device can be used by one shift.
        device_hours: Quantity = Field::number(Unit::HoursPerWeek).within(1.0, 60.0).default(25.0).likely(15.0, 30.0).from("model 2.3", Tag::Judgement);
        /// How far links and devices stand in the same schools in the base year: 1 always, 0 by chance.
        co_location: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.9).from("model 3", Tag::Judgement);
        /// Share of a school's learners whom a link serves without a network inside the school: those in rooms near it.
        near_link: Quantity = Field::number(Unit::Share).default(0.5).likely(0.2, 0.8).from("model 11: no study found", Tag::Judgement);
        /// Capacity that a learner uses while online.
        user_mbps: Quantity = Field::number(Unit::Mbps).within(0.01, 100.0).default(2.0).likely(1.0, 4.0).from("evidence C1: CPP demand", Tag::Read);
        /// Share of the devices that are online at the same moment.
        online_at_once: Quantity = Field::number(Unit::Share).within(0.001, 1.0).default(0.1).likely(0.05, 0.3).from("evidence C1: CPP demand", Tag::Read);
        /// Subjects.
        subjects: Quantity = Field::number(Unit::Count).within(1.0, 30.0).default(6.0).likely(3.0, 10.0).from("model 2.4", Tag::Judgement);
        /// Languages of instruction.
        languages: Quantity = Field::number(Unit::Count).within(1.0, 50.0).default(1.0).from("model 2.4", Tag::Setting);
    }
}

crate::section! {
    /// What stands in the base year of networks inside schools and of systems.
    pub struct ServicesToday / ServicesTodaySlots {
        /// Share of the schools with a link that have a network in all rooms.
        networked: Quantity = Field::number(Unit::Share).default(0.1).likely(0.0, 0.4).from("model 11: no published figure", Tag::Judgement);
        /// Share of users (teachers, and learners in schools with a link) whom systems serve.
        systems: Quantity = Field::number(Unit::Share).default(0.0).from("model 11: none unless stated", Tag::Setting);
    }
}

crate::section! {
    /// A mode of learning with ICT that is in use in the base year.
    pub struct ModeToday / ModeTodaySlots {
        /// Name of a mode in `evidence.modes`.
        mode: String = Field::text().required().key();
        /// Share of learners in this mode.
        share: Quantity = Field::number(Unit::Share).required().of(Simplex::LearningBefore);
    }
}

crate::section! {
    /// Posts that plan, steer and watch over ICT in schools.
    pub struct Establishment / EstablishmentSlots {
        /// Share of the posts that is filled in the base year.
        staffed: Quantity = Field::number(Unit::Share).default(0.0).from("model 11: none unless stated", Tag::Setting);
        /// Posts in the ministry.
        ministry: Quantity = Field::number(Unit::Count).within(0.0, 10_000.0).default(20.0).likely(10.0, 50.0).from("model 11", Tag::Judgement);
        /// Posts in each region.
        region: Quantity = Field::number(Unit::Count).within(0.0, 1_000.0).default(2.0).likely(1.0, 4.0).from("model 11", Tag::Judgement);
        /// Posts in each district.
        district: Quantity = Field::number(Unit::Count).within(0.0, 1_000.0).default(1.0).likely(0.5, 2.0).from("model 11", Tag::Judgement);
        /// Learners of a region, where the groups name none.
        region_learners: Quantity = Field::number(Unit::Count).within(100.0, 1e9).default(250_000.0).from("model 11", Tag::Judgement);
        /// Schools of a district.
        district_schools: Quantity = Field::number(Unit::Count).within(1.0, 1e6).default(200.0).from("model 11", Tag::Judgement);
    }
}

crate::section! {
    /// Share of learners at or above minimum proficiency (SDG 4.1.1) in the base year; left out where no assessment exists.
    pub struct BaseLearning / BaseLearningSlots {
        /// Reading, grade 2 or 3 (4.1.1.a).
        early_reading: Option<Quantity> = Field::number(Unit::Share);
        /// Mathematics, grade 2 or 3 (4.1.1.a).
        early_mathematics: Option<Quantity> = Field::number(Unit::Share);
        /// Reading, end of primary (4.1.1.b).
        primary_reading: Option<Quantity> = Field::number(Unit::Share);
        /// Mathematics, end of primary (4.1.1.b).
        primary_mathematics: Option<Quantity> = Field::number(Unit::Share);
        /// Reading, end of lower secondary (4.1.1.c).
        lower_secondary_reading: Option<Quantity> = Field::number(Unit::Share);
        /// Mathematics, end of lower secondary (4.1.1.c).
        lower_secondary_mathematics: Option<Quantity> = Field::number(Unit::Share);
    }
}

crate::section! {
    /// Youth and adults in the base year: share who copied or moved a file in the last three months (SDG 4.4.1, one of its activities) and who took part in formal or
    /// non-formal education in the last twelve (SDG 4.3.1); left out where nothing is published.
    pub struct Skills / SkillsSlots {
        /// Youth and adults of 15 and older who copied or moved a file.
        copy_move: Option<Quantity> = Field::number(Unit::Share);
        /// Youth of 15 to 24 who did.
        copy_move_youth: Option<Quantity> = Field::number(Unit::Share);
        /// Women of 15 and older who did.
        copy_move_women: Option<Quantity> = Field::number(Unit::Share);
        /// Men of 15 and older who did.
        copy_move_men: Option<Quantity> = Field::number(Unit::Share);
        /// Youth of 15 to 24 who took part in education or training.
        participation_youth: Option<Quantity> = Field::number(Unit::Share);
        /// Adults of 25 and older who did.
        participation_adults: Option<Quantity> = Field::number(Unit::Share);
    }
}

crate::section! {
    /// One level of schooling, national figures.
    pub struct LevelData / LevelDataSlots {
        /// Which level.
        level: Level = Field::choice().required().key();
        /// Official age of entry.
        entry_age: Quantity = Field::number(Unit::Years).within(3.0, 20.0).required();
        /// Number of grades.
        duration: Quantity = Field::number(Unit::Years).within(1.0, 9.0).required().role(Role::Shape);
        /// Learners enrolled.
        learners: Quantity = Field::number(Unit::Count).required();
        /// Gross enrolment ratio.
        ger: Quantity = Field::number(Unit::Ratio).within(0.01, 3.0).required();
        /// Girls as a share of learners.
        girls: Quantity = Field::number(Unit::Share).default(0.49).likely(0.4, 0.55).from("P23: no figure by sex", Tag::Judgement);
        /// Repeaters as a share of learners.
        repeaters: Quantity = Field::number(Unit::Share).within(0.0, 0.5).default(0.05).likely(0.0, 0.15).from("P19", Tag::Judgement);
        /// Gross intake ratio to the last grade: new entrants of the last grade over the population of its age.
        last_grade_intake: Quantity = Field::number(Unit::Ratio).within(0.01, 2.0).required();
        /// Teachers.
        teachers: Quantity = Field::number(Unit::Count).required();
        /// Share of teachers with the minimum qualification (SDG 4.c.1).
        qualified: Option<Quantity> = Field::number(Unit::Share);
        /// Share of newly hired teachers with the minimum qualification.
        hires_qualified: Quantity = Field::number(Unit::Share).default(0.8).likely(0.5, 1.0).from("model 1.3", Tag::Judgement);
        /// Teachers who leave in a year.
        attrition: Quantity = Field::number(Unit::PerYear).within(0.0, 0.5).default(0.05).likely(0.03, 0.09).from("P9", Tag::Judgement);
        /// Share of newly hired teachers who arrive at knowledge acquisition from pre-service training.
        preservice: Quantity = Field::number(Unit::Share).default(0.2).likely(0.0, 0.6).from("model 1.4", Tag::Judgement);
        /// Completion rate (SDG 4.1.2).
        completion: Option<Quantity> = Field::number(Unit::Share);
        /// Share of children of official age out of school.
        out_of_school: Option<Quantity> = Field::number(Unit::Share);
        /// Share of teachers without ICT competence (ICT-CFT).
        competence_none: Quantity = Field::number(Unit::Share).default(0.8).likely(0.6, 0.95).from("P20", Tag::Judgement).of(Simplex::Competence);
        /// Share of teachers at knowledge acquisition (ICT-CFT level 1).
        competence_acquisition: Quantity = Field::number(Unit::Share).default(0.15).likely(0.05, 0.3).from("P20", Tag::Judgement).of(Simplex::Competence);
        /// Share of teachers at knowledge deepening (ICT-CFT level 2).
        competence_deepening: Quantity = Field::number(Unit::Share).default(0.05).likely(0.0, 0.1).from("P20", Tag::Judgement).of(Simplex::Competence);
        /// Kind of the devices that schools have today.
        device: Device = Field::choice();
        /// Share of schools with adapted infrastructure and materials for learners with disabilities (SDG 4.a.1.d). Others than the plan keep them up; it costs nothing here.
        adapted: Quantity = Field::number(Unit::Share).default(0.2).likely(0.05, 0.5).from("P28: near the median of lower-income countries", Tag::Judgement);
        /// Share of the curriculum with digital content in the language of instruction.
        content: Quantity = Field::number(Unit::Share).default(0.1).likely(0.0, 0.4).from("P21", Tag::Judgement);
    }
}

crate::section! {
    /// Schools alike in region, locality and level. Shares are shares of the group's schools.
    pub struct Group / GroupSlots {
        /// Region; empty for the whole country.
        region: String = Field::text().key();
        /// Urban or rural.
        locality: Locality = Field::choice().required().key();
        /// Level of schooling.
        level: Level = Field::choice().required().key();
        /// Size class, where the schools of a place are split by their learners; empty for all of them.
        size_class: String = Field::text().key();
        /// Number of schools.
        schools: Quantity = Field::number(Unit::Count).required();
        /// Number of learners.
        learners: Quantity = Field::number(Unit::Count).required();
        /// Number of teachers.
        teachers: Quantity = Field::number(Unit::Count).required();
        /// Schools on the electricity grid (or with a generator).
        grid: Quantity = Field::number(Unit::Share).required().of(Simplex::Power);
        /// Schools with solar power.
        solar: Quantity = Field::number(Unit::Share).default(0.0).from("P24: none unless known", Tag::Setting).of(Simplex::Power);
        /// Schools with a pupil-accessible link over fibre.
        fibre: Quantity = Field::number(Unit::Share).default(0.0).from("P17: none unless known", Tag::Setting).of(Simplex::Link);
        /// Schools with a pupil-accessible link over the mobile network.
        cellular: Quantity = Field::number(Unit::Share).required().of(Simplex::Link);
        /// Schools with a pupil-accessible link over point-to-point radio.
        wireless: Quantity = Field::number(Unit::Share).default(0.0).from("P17: none unless known", Tag::Setting).of(Simplex::Link);
        /// Schools with a pupil-accessible link over satellite.
        satellite: Quantity = Field::number(Unit::Share).default(0.0).from("P17: none unless known", Tag::Setting).of(Simplex::Link);
        /// Capacity of the connected schools' links today.
        mbps: Quantity = Field::number(Unit::Mbps).within(0.1, 10_000.0).default(10.0).likely(2.0, 50.0).from("P17", Tag::Judgement);
        /// Schools inside 4G coverage.
        reach_4g: Quantity = Field::number(Unit::Share).required();
        /// Schools that fibre can reach within the hop that is priced.
        reach_fibre: Quantity = Field::number(Unit::Share).default(0.1).likely(0.0, 0.4).from("P15", Tag::Judgement);
        /// Schools with computers or tablets for pedagogical use (4.a.1 computers).
        equipped: Quantity = Field::number(Unit::Share).required();
        /// Devices in each equipped school.
        devices: Quantity = Field::number(Unit::DevicesPerSchool).within(0.0, 10_000.0).default(10.0).likely(3.0, 30.0).from("P16", Tag::Judgement);
        /// Girls as a share of learners.
        girls: Quantity = Field::number(Unit::Share).default(0.49).likely(0.4, 0.55).from("P23", Tag::Judgement);
        /// Learners of the poorest fifth of households, as a share of learners.
        poorest: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.3).from("P23", Tag::Judgement).of(Simplex::Fifth);
        /// Learners of the second fifth.
        second: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.3).from("P23", Tag::Judgement).of(Simplex::Fifth);
        /// Learners of the middle fifth.
        middle: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.3).from("P23", Tag::Judgement).of(Simplex::Fifth);
        /// Learners of the fourth fifth.
        fourth: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.3).from("P23", Tag::Judgement).of(Simplex::Fifth);
        /// Learners of the richest fifth.
        richest: Quantity = Field::number(Unit::Share).default(0.2).likely(0.1, 0.3).from("P23", Tag::Judgement).of(Simplex::Fifth);
        /// Learners with a disability, as a share of learners.
        disability: Quantity = Field::number(Unit::Share).default(0.125).likely(0.06, 0.21).from("P23: 12.5 % of ages 5 to 17 by UNICEF, evidence M8.1; by domain our own", Tag::Judgement);
    }
}

impl Group {
    /// Share of schools with a link: where more are said to have one than power, the surplus does not count.
    #[must_use]
    pub(crate) fn linked(&self) -> f64 {
        let links = [&self.fibre, &self.cellular, &self.wireless, &self.satellite];
        let power = self.grid.value + self.solar.value;
        links.iter().map(|link| link.value).sum::<f64>().min(power).min(1.0)
    }

    /// Share of schools with devices, as far as there is power.
    #[must_use]
    pub(crate) fn equipped_today(&self) -> f64 {
        self.equipped.value.min(self.grid.value + self.solar.value)
    }
}

impl Country {
    /// Years before the base year of which births are read: the oldest cohort in the past through which demand runs, at the
    /// latest entry and the longest level.
    pub(crate) const BIRTHS_BEFORE: u32 = 60;

    /// People of an age in a year: births of their year, scaled to the published population of their group of ages;
    /// births alone where none is published.
    #[must_use]
    pub fn aged(&self, year: i32, age: i32) -> f64 {
        let group = group_of_age(age);
        let published = self.population.groups()[group];
        let born = |age: i32| self.births.at(year - age);
        let survival = published.map_or(1.0, |path| path.at(year) / of_group(group).map(born).sum::<f64>());
        born(age) * survival
    }

    /// Levels for which it has no figures: they are in no number of a run.
    #[must_use]
    pub fn levels_left_out(&self) -> Vec<Level> {
        let absent = |level: &Level| self.levels.iter().all(|data| data.level != *level);
        Level::ALL.iter().copied().filter(absent).collect()
    }
}

/// A country inside a scenario: written there, or taken from a file of its own. Copies of a scenario share it; whoever
/// changes one makes its own first.
#[derive(Clone, Debug)]
pub struct PlacedCountry {
    /// File relative to the scenario; empty when the country is written inline.
    pub file: String,
    country: Arc<Country>,
}

impl PlacedCountry {
    /// Whether both are one country, whatever files they come from.
    #[must_use]
    pub(crate) fn is_same_country(&self, other: &Self) -> bool {
        self.is_shared_with(other) || self.country == other.country
    }

    /// Whether both are one and the same in memory; then nothing can differ.
    #[must_use]
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.country, &other.country)
    }
}

impl PartialEq for PlacedCountry {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file && self.is_same_country(other)
    }
}

impl Deref for PlacedCountry {
    type Target = Country;

    fn deref(&self) -> &Country {
        &self.country
    }
}

impl DerefMut for PlacedCountry {
    fn deref_mut(&mut self) -> &mut Country {
        Arc::make_mut(&mut self.country)
    }
}

impl From<Country> for PlacedCountry {
    fn from(country: Country) -> Self {
        Self {
            file: String::new(),
            country: Arc::new(country),
        }
    }
}

impl Entry for PlacedCountry {
    type Slots = Arc<CountrySlots>;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        match &node.kind {
            NodeKind::Tuple(word, items) if items.len() == 1 && reader.written(*word) == "File" => {
                let file = reader.text(&items[0]);
                let country = reader
                    .country_file(&items[0], &file, |node, reader| Country::read(node, field, reader))
                    .unwrap_or_else(|| Country::absent(field));
                Self {
                    file,
                    country: Arc::new(country),
                }
            }
            _ => Country::read(node, field, reader).into(),
        }
    }

    fn absent(field: &'static Field) -> Self {
        Country::absent(field).into()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        false
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        if self.file.is_empty() {
            self.country.write(field, writer);
        } else {
            writer.value(&format!("File({})", super::write::quote(&self.file)));
        }
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> Arc<CountrySlots> {
        layout.shared(|layout| Arc::new(self.country.lay(field, layout)))
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        self.country.walk(path, field, see);
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        let before = Arc::clone(&self.country);
        Arc::make_mut(&mut self.country).walk_mut(path, field, see);
        if self.country == before {
            // Nothing has changed: shared again.
            self.country = before;
        }
    }

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        self.country.walk_words(path, field, see);
    }

    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        Country::describe(path, field, see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_a_country_until_one_of_them_is_changed() {
        let mut country = Country::absent(&super::super::field::ROOT);
        country.name = "Atlantis".into();
        let one = PlacedCountry::from(country);
        let mut other = one.clone();
        assert!(Arc::ptr_eq(&one.country, &other.country));
        other.name = "Lemuria".into();
        assert_eq!((one.name.as_str(), other.name.as_str()), ("Atlantis", "Lemuria"));
        assert!(one == one.clone() && one != other);
    }
}
