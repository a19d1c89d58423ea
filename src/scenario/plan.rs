//! What a planner decides. A component that is left out stays as it is: only what exists is kept up.

use super::field::{Field, Role, Tag};
use super::messages::Value;
use super::prices::{Device, TrainingMode};
use super::simplex::Simplex;
use super::{Level, Lever, Quantity, YearPath};
use crate::units::Unit;

crate::choice! {
    /// Cost component. A section of [`Plan`] bears the name of each.
    pub enum Component {
        /// Electricity in schools.
        Power = "power",
        /// Network inside the school, classroom sets.
        Campus = "campus",
        /// Internet for pupils.
        Links = "links",
        /// Devices for learners.
        Devices = "devices",
        /// Teachers' ICT competence.
        Training = "training",
        /// Digital content.
        Content = "content",
        /// Platform, EMIS, identity, security.
        Systems = "systems",
        /// Technical support.
        Support = "support",
        /// Assistive provision, adapted schools, programmes for girls.
        Inclusion = "inclusion",
        /// Connections, devices on loan and offline kits at home.
        HomeAccess = "home_access",
        /// Courses for youth, adults and children out of school.
        Lifelong = "lifelong",
        /// Posts and offices by tier.
        Governance = "governance",
        /// Management, monitoring, contingency.
        Management = "management",
    }
}

/// What money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Power, internet, networks inside schools.
    PowerAndLinks,
    /// Devices.
    Devices,
    /// Training of teachers.
    Teachers,
    /// Content, systems, technical support, inclusion, home access, lifelong learning.
    ContentAndSupport,
    /// Posts, offices, management.
    Management,
}

impl Purpose {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 5] = [
        Self::PowerAndLinks,
        Self::Devices,
        Self::Teachers,
        Self::ContentAndSupport,
        Self::Management,
    ];
}

impl Component {
    /// What money for it is for.
    #[must_use]
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Power | Self::Campus | Self::Links => Purpose::PowerAndLinks,
            Self::Devices => Purpose::Devices,
            Self::Training => Purpose::Teachers,
            Self::Content | Self::Systems | Self::Support | Self::Inclusion | Self::HomeAccess | Self::Lifelong => {
                Purpose::ContentAndSupport
            }
            Self::Governance | Self::Management => Purpose::Management,
        }
    }
}

impl From<Component> for Value {
    fn from(component: Component) -> Self {
        Self::Word(component.name())
    }
}

crate::choice! {
    /// Which groups are served first when money does not reach for all.
    pub enum Order {
        /// All groups get the same share.
        Proportional = "proportional",
        /// Groups with the most learners in the poorest two fifths first.
        PoorestFirst = "poorest_first",
        /// Groups that cost least per learner first.
        CheapestFirst = "cheapest_first",
        /// Groups with the most learners first.
        LargestFirst = "largest_first",
        /// Rural groups with the least 4G coverage first.
        MostRemoteFirst = "most_remote_first",
    }
}

crate::choice! {
    /// State of a teacher's ICT competence (UNESCO ICT-CFT).
    pub enum Competence {
        /// Knowledge acquisition.
        Acquisition = "acquisition",
        /// Knowledge deepening.
        Deepening = "deepening",
        /// Knowledge creation.
        Creation = "creation",
    }
}

crate::section! {
    /// The plan: targets and choices by component.
    pub struct Plan / PlanSlots {
        /// Which groups are served first.
        order: Order = Field::choice();
        /// How far what is new goes to schools that lack only this: 1 as far as there are such schools, 0 by chance. What stands stays where it is.
        bundling: YearPath = Field::path(Unit::Share).default(0.5).likely(0.2, 0.9).from("model 3", Tag::Judgement).role(Role::Plan).slider(0.0, 1.0, 0.01);
        /// The most that the plan may cost a year, in constant US$ of the price year; it is held against the cost and changes nothing.
        ceiling: Option<YearPath> = Field::path(Unit::Usd).idle("a mark: the cost is held against it");
        /// Electricity in schools.
        power: Option<PowerPlan> = Field::fields();
        /// Network inside the school, and classroom sets.
        campus: Option<CampusPlan> = Field::fields();
        /// Internet for pupils.
        links: Option<LinksPlan> = Field::fields();
        /// Devices for learners.
        devices: Option<DevicesPlan> = Field::fields();
        /// Teachers' ICT competence.
        training: Option<TrainingPlan> = Field::fields();
        /// Digital content.
        content: Option<ContentPlan> = Field::fields();
        /// Learning platform, EMIS, identity, hosting, security.
        systems: Option<SystemsPlan> = Field::fields();
        /// Technical support.
        support: Option<SupportPlan> = Field::fields();
        /// Assistive provision, adapted schools, programmes for girls.
        inclusion: Option<InclusionPlan> = Field::fields();
        /// Connections, devices on loan and offline kits at home.
        home_access: Option<HomeAccessPlan> = Field::fields();
        /// Courses for youth, adults and children out of school.
        lifelong: Option<LifelongPlan> = Field::fields();
        /// Posts and offices of the ministry, of regions and of districts.
        governance: Option<GovernancePlan> = Field::fields();
        /// Management, monitoring and contingency.
        management: Option<ManagementPlan> = Field::fields().role(Role::Plan);
        /// How learners use what is there; without a mode nothing is learned from it.
        learning: Vec<LearningUse> = Field::list();
        /// What the curriculum prescribes, by level; a level that is not named stays as the country has it.
        curriculum: Vec<CurriculumPlan> = Field::list();
    }
}

crate::section! {
    /// What the curriculum of a level prescribes.
    pub struct CurriculumPlan / CurriculumPlanSlots {
        /// Which level.
        level: Level = Field::choice().required().key();
        /// Share of learners whose curriculum prescribes computer or internet use in school (ED4, ED6, ED25).
        entitled: YearPath = Field::path(Unit::Share).required().slider(0.0, 1.0, 0.01);
    }
}

crate::section! {
    /// Electricity in schools.
    pub struct PowerPlan / PowerPlanSlots {
        /// Share of each group's schools with power at year end; a group that has more keeps it.
        powered: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// Solar system of a newly powered school, before devices and links ask for more.
        system: Quantity = Field::number(Unit::Kilowatt).within(0.05, 100.0).default(2.0).likely(1.0, 11.0).from("model 2.1: ICT-only system; Giga's 11 kW is a choice", Tag::Calculated).slider(0.5, 12.0, 0.1);
        /// Share of newly powered schools that are connected to the grid instead of solar.
        grid_share: Quantity = Field::number(Unit::Share).default(0.0).from("model 2.1", Tag::Setting);
    }
}

crate::section! {
    /// Network inside the school, and classroom sets.
    pub struct CampusPlan / CampusPlanSlots {
        /// Share of each group's schools with a network in all rooms at year end.
        networked: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// Share of rooms with a classroom set (screen, projector, offline content, charging) at year end; it has no outcome of its own.
        classroom_sets: Lever = Field::target(Unit::Share).default(0.0).from("model 2.8b: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
    }
}

crate::choice! {
    /// What is bought for a school's link.
    pub enum LinkService {
        /// A managed service: installation apart, a level of service and repair in the price.
        Managed = "managed",
        /// A household plan: cheap, no level of service.
        Household = "household",
    }
}

crate::choice! {
    /// Rule by which the capacity of a school's link follows its size.
    pub enum LinkRule {
        /// By devices, or learners if fewer, that are online at the same moment.
        PerDevice = "per_device",
        /// By learners of the largest shift, whatever the devices.
        PerLearner = "per_learner",
        /// By steps of learners of the largest shift.
        Steps = "steps",
    }
}

crate::section! {
    /// A step of a rule by size.
    pub struct LinkStep / LinkStepSlots {
        /// From so many learners of the largest shift on.
        learners: Quantity = Field::number(Unit::Count).required();
        /// Capacity.
        mbps: Quantity = Field::number(Unit::Mbps).within(0.1, 1e6).required();
    }
}

impl LinksPlan {
    /// Most steps of a rule by size.
    pub const STEPS: usize = 8;
}

crate::section! {
    /// Internet for pupils.
    pub struct LinksPlan / LinksPlanSlots {
        /// Share of each group's schools with a pupil-accessible link at year end.
        connected: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// Least capacity of a school's link.
        floor: Quantity = Field::number(Unit::Mbps).within(0.1, 10_000.0).default(20.0).likely(10.0, 100.0).from("evidence C1: Giga and CPP planning floor", Tag::Read).slider(5.0, 200.0, 5.0);
        /// What is bought for a link of the plan; links of before it stay household plans until their hardware ends.
        service: LinkService = Field::choice();
        /// Rule by which capacity follows the size of the school.
        rule: LinkRule = Field::choice();
        /// Under the rule `per_learner`: capacity for each learner of the largest shift.
        per_learner: Quantity = Field::number(Unit::Mbps).within(0.0, 100.0).default(1.0).likely(0.1, 1.0).from("evidence M1.1: Brazil, 1 Mbit/s a pupil of the largest shift", Tag::ReadSecond);
        /// Under the rule `per_learner`: largest capacity.
        most: Quantity = Field::number(Unit::Mbps).within(0.1, 1e6).default(1_000.0).from("evidence M1.2: ENEC stops at 1 Gbit/s", Tag::ReadSecond);
        /// Under the rule `steps`: at most eight steps, in rising order.
        steps: Vec<LinkStep> = Field::list();
        /// Capacity for each learner online at the same moment, under the rule `per_device`.
        per_user: Quantity = Field::number(Unit::Mbps).within(0.0, 100.0).default(2.0).likely(1.0, 4.0).from("evidence C1: CPP demand", Tag::Read);
        /// Share of learners (or devices, if fewer) online at the same moment.
        concurrency: Quantity = Field::number(Unit::Share).default(0.1).likely(0.05, 0.3).from("evidence C1: CPP demand", Tag::Read);
    }
}

crate::section! {
    /// Devices for learners.
    pub struct DevicesPlan / DevicesPlanSlots {
        /// Share of each group's schools that are equipped at year end.
        equipped: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// Learners for each working device in an equipped school.
        learners_per_device: Lever = Field::lever(Unit::LearnersPerDevice).within(0.2, 500.0).required().slider(1.0, 60.0, 1.0).starts(10.0);
        /// Device in primary schools.
        primary: Device = Field::choice();
        /// Device in lower secondary schools.
        lower_secondary: Device = Field::choice();
        /// Device in upper secondary schools.
        upper_secondary: Device = Field::choice();
        /// Spare devices as a share of those in use.
        spares: Quantity = Field::number(Unit::Share).default(0.05).likely(0.02, 0.1).from("evidence B2", Tag::Calculated).slider(0.0, 0.3, 0.01);
        /// Shifts of learners that share the same devices, where they are not the country's; they then hold without the plan too.
        shifts: Option<Quantity> = Field::number(Unit::Ratio).within(1.0, 3.0).belongs("country.schooling.shifts");
    }
}

crate::section! {
    /// Teachers' ICT competence.
    pub struct TrainingPlan / TrainingPlanSlots {
        /// Share of teachers at or above the ready state at year end.
        ready: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// State from which a teacher counts as ready.
        ready_state: Competence = Field::choice();
        /// Days of training that a course gives; fewer than a step takes move fewer teachers.
        days: Quantity = Field::number(Unit::Days).within(0.5, 200.0).default(10.0).likely(5.0, 15.0).from("model 10: ten days; evidence D11 gives 40 to 60 hours", Tag::Judgement).slider(1.0, 40.0, 1.0);
        /// Share of teachers followed up after training, which slows decay.
        follow_up: Lever = Field::lever(Unit::Share).default(0.0).from("model 1.4", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of newly hired teachers who arrive at knowledge acquisition from pre-service training; never less than the country's own.
        preservice: Lever = Field::lever(Unit::Share).default(0.0).from("model 1.4: the country's own share goes on", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Modes of training and their shares.
        modes: Vec<TrainingShare> = Field::list();
    }
}

crate::section! {
    /// One mode of training and its share; without any, all is by workshop.
    pub struct TrainingShare / TrainingShareSlots {
        /// Mode.
        mode: TrainingMode = Field::choice().required().key();
        /// Share of training in this mode.
        share: Quantity = Field::number(Unit::Share).required().of(Simplex::Training);
    }
}

crate::section! {
    /// Digital content.
    pub struct ContentPlan / ContentPlanSlots {
        /// Share of the curriculum with digital content in the language of instruction.
        coverage: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01);
        /// Subjects, where they are not the country's; they then hold without the plan too.
        subjects: Option<Quantity> = Field::number(Unit::Count).within(1.0, 30.0).belongs("country.schooling.subjects");
        /// Languages of instruction, where they are not the country's; they then hold without the plan too.
        languages: Option<Quantity> = Field::number(Unit::Count).within(1.0, 50.0).belongs("country.schooling.languages");
        /// Share of covered courses that are adapted from open educational resources; the rest is licensed.
        open: Quantity = Field::number(Unit::Share).default(1.0).from("Qingdao Declaration, paragraph 6", Tag::Setting);
    }
}

crate::section! {
    /// Learning platform, EMIS, identity, hosting, security.
    pub struct SystemsPlan / SystemsPlanSlots {
        /// Share of users (teachers, and learners in schools with a link) whom the systems serve at year end.
        users: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01).role(Role::Both);
    }
}

crate::section! {
    /// Posts and offices of the ministry, of regions and of districts; how many there are to be is the country's.
    pub struct GovernancePlan / GovernancePlanSlots {
        /// Share of the posts that is filled at year end.
        staffed: Lever = Field::target(Unit::Share).required().slider(0.0, 1.0, 0.01).role(Role::Both);
    }
}

crate::section! {
    /// Technical support.
    pub struct SupportPlan / SupportPlanSlots {
        /// Technicians for each 1,000 devices at year end.
        technicians: Lever = Field::lever(Unit::PerThousandDevices).within(0.0, 100.0).required().slider(0.0, 20.0, 0.5);
        /// Share of the devices that a help desk looks after from afar, with software for remote management.
        help_desk: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.5: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01).role(Role::Both);
    }
}

crate::section! {
    /// Assistive provision, adapted schools, programmes for girls. What there is of them today is kept up by others and costs the plan nothing; the plan pays for what it adds.
    pub struct InclusionPlan / InclusionPlanSlots {
        /// Share of learners with a difficulty who have what they need at year end: a device, its fitting, a specialist teacher, accessible titles; a group that has more keeps it.
        assistive: Lever = Field::target(Unit::Share).default(0.0).from("model 2.6: today's provision goes on", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of each group's schools with adapted infrastructure at year end (4.a.1.d): ramps, toilets, rooms; a group that has more keeps it.
        adapted: Lever = Field::target(Unit::Share).default(0.0).from("model 2.6: what is adapted today stays", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of girls in gender-responsive programmes; what these do for use is `evidence.girls_effect`.
        girls: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.6: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
    }
}

crate::section! {
    /// What learners have at home by the plan: in each group it goes to the poorest fifths first, among those who have none. What homes have today costs nothing here.
    pub struct HomeAccessPlan / HomeAccessPlanSlots {
        /// Share of learners who have a subsidised or zero-rated connection at home by the plan at year end; no more than have none today.
        connections: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of learners who have a device on loan to take home at year end; no more than have none today.
        loaned: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of learners for whom an offline kit is kept ready at year end: content on a box, printed, by radio; no more than have no connection with a device today.
        kits: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Learners who share a kit. More of them make it cheaper; that they then learn less from it is not known here.
        learners_per_kit: Quantity = Field::number(Unit::Count).within(1.0, 100.0).default(10.0).likely(4.0, 25.0).from("model 2.7: children of neighbouring homes; no published case", Tag::Judgement);
    }
}

crate::section! {
    /// Courses for youth, adults and children out of school, online and at learning centres: schools after hours, non-formal settings. What there is of them today is in the country's figures and costs the plan nothing.
    pub struct LifelongPlan / LifelongPlanSlots {
        /// Share of the children of school age who are out of school and take part in a second-chance course in the year.
        children: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of the people of 15 to 24 who take part in a course in the year.
        youth: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 0.5, 0.005);
        /// Share of the people of 25 and older who do.
        adults: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 0.5, 0.005);
        /// Share of learners who meet at a learning centre; the others learn online alone.
        at_centre: Lever = Field::lever(Unit::Share).default(0.5).from("model 2.7", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of learners in technical and vocational courses, which cost more.
        vocational: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Share of courses whose quality is assured and whose certificate is recognised.
        recognised: Lever = Field::lever(Unit::Share).default(0.0).from("model 2.7: none unless stated", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Women among learners.
        women: Quantity = Field::number(Unit::Share).default(0.5).likely(0.3, 0.7).from("model 2.7: as many women as men", Tag::Setting).slider(0.0, 1.0, 0.01);
        /// Courses that are developed and kept up to date, over all kinds and languages.
        courses: Quantity = Field::number(Unit::Count).within(1.0, 100_000.0).default(20.0).likely(5.0, 100.0).from("model 2.7", Tag::Judgement).slider(1.0, 200.0, 1.0);
    }
}

crate::section! {
    /// Management, as shares of the need of the other components.
    pub struct ManagementPlan / ManagementPlanSlots {
        /// Programme management.
        programme: Quantity = Field::number(Unit::Share).default(0.07).likely(0.05, 0.15).from("model 10: 12 % for management in all; evidence H gives 5 to 15 %", Tag::Judgement).slider(0.0, 0.2, 0.005);
        /// Monitoring and evaluation.
        monitoring: Quantity = Field::number(Unit::Share).default(0.03).likely(0.02, 0.05).from("evidence H", Tag::Recall);
        /// Data protection.
        data_protection: Quantity = Field::number(Unit::Share).default(0.01).likely(0.005, 0.02).from("model 2.8", Tag::Judgement);
        /// Contingency.
        contingency: Quantity = Field::number(Unit::Share).default(0.01).likely(0.0, 0.1).from("model 10: 12 % for management in all; evidence H gives 5 to 15 % where a budget wants one", Tag::Judgement).slider(0.0, 0.2, 0.005);
    }
}

crate::section! {
    /// A mode of learning and the share of learners who use it.
    pub struct LearningUse / LearningUseSlots {
        /// Name of a mode in `evidence.modes`.
        mode: String = Field::text().required().key();
        /// Share of learners in this mode.
        share: YearPath = Field::path(Unit::Share).required().of(Simplex::Learning);
        /// Share of learners in this mode in the base year, where it is not the country's; it then holds without the plan too.
        base_share: Option<Quantity> = Field::number(Unit::Share).of(Simplex::LearningBefore).belongs("country.modes");
    }
}
