//! What can be asked of a run: every outcome is declared here once, and `model::measures` says how it is computed.
//!
//! A [`Measure`] is declared with its code, its unit, which way is better and where it exists. An [`Indicator`] is what
//! stands in the tables and what a target names: a measure, or how one differs between two sides.

use std::borrow::Cow;

use super::field::Field;
use super::findings::nearest;
use super::parameters::Layout;
use super::person::{Dimension, Person};
use super::read::Reader;
use super::registry::{Entry, Leaf, LeafMut};
use super::tree::Node;
use super::write::Writer;
use super::{Level, Locality, messages};
use crate::units::Unit;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The more the better.
    Higher,
    /// The less the better.
    Lower,
    /// Neither: a size, or something that is best in the middle.
    Neither,
}

/// For which levels of schooling a measure exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// For each level and for all together.
    EachAndAll,
    /// For each level; where none is named, the last one is meant.
    Each,
    /// For all together.
    All,
    /// For this one.
    One(Level),
}

/// Over which years a measure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Of a year.
    ByYear,
    /// Of a year, and of several years together.
    OverYears,
    /// Of several years together.
    OfAll,
}

/// Of which margins of learners a measure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persons {
    /// Of none.
    None,
    /// By sex.
    Sexes,
    /// By sex, wealth fifth and disability.
    All,
}

/// What is known of a measure.
#[derive(Clone, Copy, Debug)]
struct Declared {
    code: &'static str,
    name: &'static str,
    short: &'static str,
    unit: Unit,
    better: Better,
    levels: Levels,
    told: Told,
    places: bool,
    persons: Persons,
    compared: bool,
}

impl Declared {
    const fn new(code: &'static str, name: &'static str, unit: Unit, better: Better, levels: Levels) -> Self {
        Self {
            code,
            name,
            short: name,
            unit,
            better,
            levels,
            told: Told::ByYear,
            places: false,
            persons: Persons::None,
            compared: false,
        }
    }

    /// What it is called where there is little room.
    const fn short(mut self, short: &'static str) -> Self {
        self.short = short;
        self
    }

    /// It exists also by region and locality.
    const fn by_place(mut self) -> Self {
        self.places = true;
        self
    }

    /// It exists also by sex, wealth fifth and disability.
    const fn by_person(mut self) -> Self {
        self.persons = Persons::All;
        self
    }

    /// It exists also by sex, and by nothing else of a person.
    const fn by_sex(mut self) -> Self {
        self.persons = Persons::Sexes;
        self
    }

    /// Its gap and its parity between two sides are indicators too.
    const fn compared(mut self) -> Self {
        self.compared = true;
        self
    }

    const fn told(mut self, told: Told) -> Self {
        self.told = told;
        self
    }
}

macro_rules! measures {
    ($( #[doc = $doc:literal] $Measure:ident = $declared:expr; )*) => {
        /// An outcome, in the order of `indicators.csv`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Measure { $( #[doc = $doc] $Measure, )* }

        impl Measure {
            /// All of them.
            pub const ALL: &'static [Self] = &[ $( Self::$Measure ),* ];

            const fn declared(self) -> Declared {
                use Better::{Higher, Lower, Neither};
                use Levels::{All, Each, EachAndAll, One};
                const fn new(code: &'static str, name: &'static str, unit: Unit, better: Better, levels: Levels) -> Declared {
                    Declared::new(code, name, unit, better, levels)
                }
                match self { $( Self::$Measure => $declared, )* }
            }
        }
    };
}

measures! {
    /// Learners in schools where power, link, devices and ready teachers meet.
    Reach = new("reach", "learners reached", Unit::Share, Higher, EachAndAll).short("reach").by_place().by_person().compared();
    /// The same in full-dose equivalents.
    Dose = new("dose", "learning dose", Unit::Share, Higher, EachAndAll).short("dose").by_place().by_person().compared();
    /// Schools with electricity.
    Electricity = new("4.a.1.a", "schools with power", Unit::Share, Higher, EachAndAll).short("power").by_place().compared();
    /// Schools with a link that pupils may use.
    PupilInternet = new("4.a.1.b", "schools online", Unit::Share, Higher, EachAndAll).short("online").by_place().compared();
    /// Schools with computers for teaching.
    Computers = new("4.a.1.c", "schools equipped", Unit::Share, Higher, EachAndAll).short("equipped").by_place().compared();
    /// Schools adapted to learners with disabilities.
    AdaptedSchools = new("4.a.1.d", "schools adapted to disability", Unit::Share, Higher, EachAndAll).short("adapted").by_place().compared();
    /// Learners for each device, all learners.
    LearnersPerDevice = new("ED4bis", "learners per device", Unit::LearnersPerDevice, Lower, EachAndAll).by_place();
    /// Schools with internet of any type.
    SchoolInternet = new("ED5", "schools with internet of any type", Unit::Share, Higher, EachAndAll).short("any internet").by_place();
    /// Teachers with basic ICT skills.
    TrainedTeachers = new("ED8", "teachers trained in ICT", Unit::Share, Higher, EachAndAll).short("teachers trained").by_place();
    /// Connected devices in each school.
    ConnectedDevices = new("ED27", "connected devices per school", Unit::DevicesPerSchool, Higher, EachAndAll).short("online devices").by_place();
    /// Entitled learners of equipped schools for each device.
    EntitledPerDevice = new("ED4", "entitled learners per device", Unit::LearnersPerDevice, Lower, EachAndAll).by_place();
    /// Entitled learners with internet at school.
    EntitledOnline = new("ED6", "entitled learners online", Unit::Share, Higher, EachAndAll).short("entitled online").by_place();
    /// Entitled learners of connected and equipped schools for each connected device.
    EntitledPerConnectedDevice = new("ED25", "entitled learners per connected device", Unit::LearnersPerDevice, Lower, EachAndAll).by_place();
    /// Learners with a difficulty who have what they need.
    Assistive = new("assistive", "learners with a difficulty who have what they need", Unit::Share, Higher, EachAndAll).short("assistive provision").by_place();
    /// Girls in gender-responsive programmes.
    GirlsProgramme = new("girls_programme", "girls in gender-responsive programmes", Unit::Share, Higher, EachAndAll).short("girls in programmes").by_place();
    /// Learners who can go on at home.
    HomeAccess = new("learn_at_home", "learners who can go on at home", Unit::Share, Higher, EachAndAll).short("home access").by_place().by_person().compared();
    /// Learners.
    Learners = new("learners", "learners", Unit::Count, Neither, Each);
    /// Teachers.
    Teachers = new("teachers", "teachers", Unit::Count, Neither, Each);
    /// Teachers hired.
    Hires = new("hires", "teachers hired", Unit::Count, Neither, Each);
    /// Gross enrolment ratio.
    GrossEnrolment = new("ger", "gross enrolment ratio", Unit::Ratio, Neither, Each).short("gross enrolment");
    /// Children of the level's age who are out of school.
    OutOfSchool = new("out_of_school", "children out of school", Unit::Share, Lower, Each).short("out of school");
    /// Completion.
    Completion = new("4.1.2", "completion", Unit::Share, Higher, Each);
    /// Teachers with the minimum qualification.
    QualifiedTeachers = new("4.c.1", "qualified teachers", Unit::Share, Higher, EachAndAll);
    /// Learning gain at the end of the level.
    Learning = new("theta", "learning gain", Unit::Sd, Higher, Each).by_person();
    /// Minimum proficiency in reading, grade 3.
    EarlyReading = new("4.1.1.a.reading", "reading, grade 3", Unit::Share, Higher, One(Level::Primary));
    /// Minimum proficiency in mathematics, grade 3.
    EarlyMathematics = new("4.1.1.a.mathematics", "mathematics, grade 3", Unit::Share, Higher, One(Level::Primary));
    /// Minimum proficiency in reading, end of primary.
    PrimaryReading = new("4.1.1.b.reading", "reading, end of primary", Unit::Share, Higher, One(Level::Primary)).short("end-primary reading");
    /// Minimum proficiency in mathematics, end of primary.
    PrimaryMathematics = new("4.1.1.b.mathematics", "mathematics, end of primary", Unit::Share, Higher, One(Level::Primary)).short("end-primary maths");
    /// Minimum proficiency in reading, end of lower secondary.
    SecondaryReading = new("4.1.1.c.reading", "reading, end of lower secondary", Unit::Share, Higher, One(Level::LowerSecondary)).short("end-secondary reading");
    /// Minimum proficiency in mathematics, end of lower secondary.
    SecondaryMathematics = new("4.1.1.c.mathematics", "mathematics, end of lower secondary", Unit::Share, Higher, One(Level::LowerSecondary)).short("end-secondary maths");
    /// Youth and adults who copied or moved a file.
    CopyMove = new("4.4.1.copy_move", "youth and adults who copied or moved a file", Unit::Share, Higher, All).short("ICT skill").by_sex();
    /// Youth who did.
    CopyMoveYouth = new("4.4.1.copy_move.youth", "youth who copied or moved a file", Unit::Share, Higher, All).short("ICT skill of youth");
    /// Youth who take part in education or training.
    ParticipationYouth = new("4.3.1.youth", "youth in education or training", Unit::Share, Higher, All).short("youth who learn");
    /// Adults who take part in education or training.
    ParticipationAdults = new("4.3.1.adults", "adults in education or training", Unit::Share, Higher, All).short("adults who learn");
    /// Learners in the plan's courses for youth, adults and children out of school.
    LifelongParticipants = new("lifelong_participants", "learners in courses out of school", Unit::Count, Higher, All).short("in courses").by_place().by_sex();
    /// Those of them who complete.
    LifelongCompleted = new("lifelong_completed", "learners who complete a course out of school", Unit::Count, Higher, All).short("courses completed").by_place().by_sex();
    /// Those of them who get a recognised certificate.
    LifelongCertified = new("lifelong_certified", "learners with a recognised certificate", Unit::Count, Higher, All).short("certificates").by_place().by_sex();
    /// Learners in technical and vocational courses of the plan.
    LifelongVocational = new("lifelong_vocational", "learners in technical and vocational courses", Unit::Count, Higher, All).short("vocational courses").by_place().by_sex();
    /// Learning-adjusted years beyond no new plan that each learner who leaves school in the year takes along.
    LearningYears = new("lays", "learning-adjusted years per leaver", Unit::Years, Higher, All).short("years per leaver");
    /// To do it all: what the plan costs beyond no new plan when all is paid for.
    CostFull = new("cost_full", "to do it all", Unit::Usd, Lower, All).short("cost").told(Told::OverYears);
    /// Has a source: what is paid for beyond what keeps up what stands.
    CostPaid = new("cost_paid", "has a source", Unit::Usd, Neither, All).told(Told::OverYears);
    /// To find: what doing it all takes beyond what has a source.
    ToFind = new("to_find", "to find", Unit::Usd, Lower, All).told(Told::OverYears);
    /// Its share of what it costs to do it all.
    ToFindShare = new("to_find_share", "to find, of all", Unit::Share, Lower, All).told(Told::OfAll);
    /// Money that goes out for the plan, for each learner and year.
    CostPerLearner = new("cost_per_learner", "paid per learner and year", Unit::UsdPerLearner, Lower, All).short("paid per learner").told(Told::OverYears);
    /// The same money for each learner-year reached beyond no new plan.
    CostPerReached = new("cost_per_reached", "paid per learner-year reached", Unit::UsdPerLearner, Lower, All).told(Told::OfAll);
    /// First year in which unpaid upkeep takes equipped schools out of service.
    FirstDarkYear = new("first_dark_year", "first dark year", Unit::CalendarYear, Higher, All).told(Told::OfAll);
    /// Equipped schools that lose power or link for want of upkeep.
    DarkSchools = new("dark_schools", "dark schools", Unit::Count, Lower, EachAndAll).by_place();
    /// Gain in learning of the last grade beyond no new plan.
    LearningGain = new("learning_gain", "learning gain beyond no new plan", Unit::Sd, Higher, Each);
    /// Learning-adjusted years beyond no new plan of all who have left school since the base year and of all enrolled: a level, never added over years.
    LearningYearsGained = new("lays_gained", "learning-adjusted years gained", Unit::Years, Higher, All).short("years gained");
    /// The same for each US$ 100 that goes out for the plan.
    LearningYearsPerMoney = new("lays_per_100usd", "learning-adjusted years per US$ 100 of plan", Unit::Years, Higher, All).short("years per US$ 100").told(Told::OfAll);
    /// Of the learning-adjusted years gained, those of learners who have left school.
    LearningYearsLeft = new("lays_left", "learning-adjusted years of those who left", Unit::Years, Higher, All);
    /// Of the learning-adjusted years gained, those of learners who are enrolled.
    LearningYearsEnrolled = new("lays_enrolled", "learning-adjusted years of those enrolled", Unit::Years, Higher, All);
    /// Present value in the base year of doing it all, at the real rate of discount.
    CostPresent = new("cost_present", "present value of doing it all", Unit::Usd, Lower, All).told(Told::OfAll);
    /// Equal amount a year with that present value.
    CostAnnual = new("cost_annual", "equivalent annual cost", Unit::Usd, Lower, All).told(Told::OfAll);
    /// Learners of dark schools.
    DarkLearners = new("dark_learners", "learners of dark schools", Unit::Count, Lower, EachAndAll).by_place();
    /// Learners of closed schools who can go on at home, while schools are closed.
    Continuity = new("continuity", "learners of closed schools who go on", Unit::Share, Higher, EachAndAll).short("learning goes on").by_place().by_person();
    /// Learner-months for which schools are closed.
    ClosedMonths = new("closed_months", "learner-months of closed schools", Unit::Count, Lower, EachAndAll).short("closed months").by_place();
    /// Learners of schools that are closed for some time of the year.
    ClosedLearners = new("closed_learners", "learners of closed schools", Unit::Count, Lower, EachAndAll).by_place();
    /// Of these the learners who cannot go on at home.
    StoppedLearners = new("stopped_learners", "learners of closed schools who stop", Unit::Count, Lower, EachAndAll).by_place();
    /// What is paid for the plan's debt: principal, interest and fees, in constant US$.
    DebtService = new("plan_debt_service", "debt service of the plan", Unit::Usd, Lower, All).short("debt service").told(Told::OverYears);
    /// Debt service of the plan over public revenue.
    DebtOfRevenue = new("debt_of_revenue", "debt service of the plan over public revenue", Unit::Ratio, Lower, All).short("debt service over revenue");
    /// Debt service of the plan over exports.
    DebtOfExports = new("debt_of_exports", "debt service of the plan over exports", Unit::Ratio, Lower, All).short("debt service over exports");
    /// Debt service of the plan over public spending on education.
    DebtOfEducation = new("debt_of_education", "debt service of the plan over education spending", Unit::Ratio, Lower, All).short("debt service over education");
    /// To do it all over gross domestic product.
    CostOfGdp = new("cost_of_gdp", "to do it all, over GDP", Unit::Ratio, Lower, All).short("cost over GDP").told(Told::OverYears);
    /// To do it all over public spending.
    CostOfSpending = new("cost_of_spending", "to do it all, over public spending", Unit::Ratio, Lower, All).short("cost over public spending").told(Told::OverYears);
    /// To do it all over public spending on education.
    CostOfEducation = new("cost_of_education", "to do it all, over education spending", Unit::Ratio, Lower, All).short("cost over education").told(Told::OverYears);
    /// Public spending on education for each learner of the scenario's levels.
    SpendingPerLearner = new("spending_per_learner", "education spending per learner", Unit::UsdPerLearner, Neither, All);
    /// Public spending on education with doing it all on top, over gross domestic product; the benchmark is 4 to 6 %.
    EducationOfGdp = new("education_of_gdp", "education spending with the plan, over GDP", Unit::Ratio, Neither, All).short("education over GDP");
    /// The same over public spending; the benchmark is 15 to 20 %.
    EducationOfSpending = new("education_of_spending", "education spending with the plan, over public spending", Unit::Ratio, Neither, All).short("education over public spending");
    /// What households of the poorest fifth are charged for a learner and year, over the yearly income of one of their people.
    ChargeOfIncome = new("charge_of_income", "charge on the poorest fifth, over income per head", Unit::Ratio, Lower, All).short("charge over income");
}

impl Measure {
    /// Code in tables and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.declared().code
    }

    /// Name in English.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.declared().name
    }

    /// Short name in English: its name where that is short.
    #[must_use]
    pub const fn short(self) -> &'static str {
        self.declared().short
    }

    /// Unit of its values.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.declared().unit
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(self) -> Better {
        self.declared().better
    }

    /// For which levels it exists.
    #[must_use]
    pub const fn levels(self) -> Levels {
        self.declared().levels
    }

    /// Over which years it is told.
    #[must_use]
    pub const fn told(self) -> Told {
        self.declared().told
    }

    /// Whether it exists by region and locality.
    #[must_use]
    pub const fn has_places(self) -> bool {
        self.declared().places
    }

    /// Whether it exists by sex, wealth fifth and disability.
    #[must_use]
    pub const fn has_persons(self) -> bool {
        matches!(self.declared().persons, Persons::All)
    }

    /// Whether it exists for these learners.
    #[must_use]
    pub const fn is_told_of(self, person: Person) -> bool {
        match self.declared().persons {
            Persons::None => false,
            Persons::Sexes => matches!(person, Person::Sex(_)),
            Persons::All => true,
        }
    }

    /// The dimensions between whose sides it is compared.
    pub fn dimensions(self) -> impl Iterator<Item = Dimension> {
        let Declared {
            places,
            persons,
            compared,
            ..
        } = self.declared();
        let is_told = move |dimension: &Dimension| match dimension {
            Dimension::Locality => places,
            Dimension::Sex | Dimension::Wealth | Dimension::Disability => persons == Persons::All,
        };
        Dimension::ALL
            .iter()
            .copied()
            .filter(move |dimension| compared && is_told(dimension))
    }

    /// The level that is meant where one or none is named, in a country that has some of them.
    ///
    /// # Errors
    /// If there is no value for that.
    pub fn level(self, named: Option<Level>, has: impl Fn(Level) -> bool) -> Result<Option<Level>, NoSuchLevel> {
        let last = || Level::ALL.iter().rev().copied().find(|level| has(*level));
        match self.levels() {
            Levels::EachAndAll => named.is_none_or(&has).then_some(named),
            Levels::Each => named.or_else(last).filter(|level| has(*level)).map(Some),
            Levels::All => named.is_none().then_some(None),
            Levels::One(one) => (named.is_none_or(|level| level == one) && has(one)).then_some(Some(one)),
        }
        .ok_or(NoSuchLevel)
    }
}

/// Of whom a value is told: a level, a place, a margin of learners; none of them means all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope<'a> {
    /// Level.
    pub level: Option<Level>,
    /// Region.
    pub region: Option<&'a str>,
    /// Locality.
    pub locality: Option<Locality>,
    /// Margin of learners.
    pub person: Option<Person>,
}

impl Scope<'_> {
    /// All together.
    pub const ALL: Self = Self {
        level: None,
        region: None,
        locality: None,
        person: None,
    };

    /// A level, or all together.
    #[must_use]
    pub const fn of(level: Option<Level>) -> Self {
        Self { level, ..Self::ALL }
    }
}

/// A measure has no value for a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchLevel;

crate::choice! {
    /// How two sides are compared (4.4).
    pub enum Comparison {
        /// Worse-off side less the other, in percentage points.
        Gap = "gap",
        /// Adjusted parity of the two sides: SDG indicator 4.5.1.
        Parity = "4.5.1",
        /// Parity ratio: worse-off side over the other.
        Ratio = "ratio",
        /// Odds of the worse-off side over those of the other.
        Odds = "odds",
    }
}

crate::choice! {
    /// How unequal a measure is over wealth fifths or places (4.4).
    pub enum Inequality {
        /// Concentration index from the poorest fifth to the richest.
        Concentration = "concentration",
        /// The same, corrected for the bounds of a share.
        Erreygers = "erreygers",
        /// Gini coefficient over places.
        Gini = "gini",
        /// Theil's T over places.
        Theil = "theil",
        /// What of it lies between regions.
        TheilBetween = "theil_between",
        /// What of it lies within regions.
        TheilWithin = "theil_within",
        /// Atkinson's index over places.
        Atkinson = "atkinson",
        /// Mean of the tenth of learners who live where it is lowest.
        WorstTenth = "worst_tenth",
    }
}

impl Inequality {
    /// Whether fifths by wealth are told apart, not places.
    #[must_use]
    pub const fn is_by_wealth(self) -> bool {
        matches!(self, Self::Concentration | Self::Erreygers)
    }
}

/// What stands in the column `indicator` of the tables and what a target names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Indicator {
    /// A measure.
    Plain(Measure),
    /// How it differs between two sides.
    Between(Measure, Comparison, Dimension),
    /// How unequal it is among all.
    Among(Measure, Inequality),
}

impl From<Measure> for Indicator {
    fn from(measure: Measure) -> Self {
        Self::Plain(measure)
    }
}

impl Indicator {
    /// All of them: measures, then their comparisons, then how unequal they are.
    pub fn all() -> impl Iterator<Item = Self> {
        let measures = || Measure::ALL.iter().copied();
        measures()
            .map(Self::Plain)
            .chain(measures().flat_map(Self::between))
            .chain(measures().flat_map(Self::among))
    }

    /// Comparisons of a measure between two sides.
    pub fn between(measure: Measure) -> impl Iterator<Item = Self> {
        let each = move |by| {
            let comparisons = Comparison::ALL.iter();
            comparisons.map(move |comparison| Self::Between(measure, *comparison, by))
        };
        measure.dimensions().flat_map(each)
    }

    /// How unequal a measure is.
    pub fn among(measure: Measure) -> impl Iterator<Item = Self> {
        let told = move |inequality: &Inequality| {
            let dimension = if inequality.is_by_wealth() {
                Dimension::Wealth
            } else {
                Dimension::Locality
            };
            measure.dimensions().any(|by| by == dimension)
        };
        let all = Inequality::ALL.iter().copied().filter(told);
        all.map(move |inequality| Self::Among(measure, inequality))
    }

    /// The indicator of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|indicator| indicator.code() == code)
    }

    /// The measure that is told or compared.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Plain(measure) | Self::Between(measure, ..) | Self::Among(measure, _) => measure,
        }
    }

    /// Code in tables and files.
    #[must_use]
    pub fn code(self) -> Cow<'static, str> {
        match self {
            Self::Plain(measure) => measure.code().into(),
            Self::Between(measure, comparison, by) => format!("{comparison}.{}.{by}", measure.code()).into(),
            Self::Among(measure, inequality) => format!("{inequality}.{}", measure.code()).into(),
        }
    }

    /// Name in English.
    #[must_use]
    pub fn in_words(self) -> Cow<'static, str> {
        match self {
            Self::Plain(measure) => measure.name().into(),
            Self::Between(measure, comparison, by) => {
                let comparison = match comparison {
                    Comparison::Gap => "gap",
                    Comparison::Parity => "parity",
                    Comparison::Ratio => "ratio",
                    Comparison::Odds => "odds ratio",
                };
                format!("{}, {comparison} by {by}", measure.name()).into()
            }
            Self::Among(measure, inequality) => {
                let inequality = match inequality {
                    Inequality::Concentration => "concentration by wealth",
                    Inequality::Erreygers => "corrected concentration by wealth",
                    Inequality::Gini => "Gini among places",
                    Inequality::Theil => "Theil among places",
                    Inequality::TheilBetween => "Theil between regions",
                    Inequality::TheilWithin => "Theil within regions",
                    Inequality::Atkinson => "Atkinson among places",
                    Inequality::WorstTenth => "worst-off tenth",
                };
                format!("{}, {inequality}", measure.name()).into()
            }
        }
    }

    /// Unit of its values.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Plain(measure) | Self::Among(measure, Inequality::WorstTenth) => measure.unit(),
            Self::Between(_, Comparison::Gap, _) => Unit::Points,
            Self::Between(..) => Unit::Ratio,
            Self::Among(..) => Unit::Index,
        }
    }

    /// The name of the first field of a scope for which there is no value.
    #[must_use]
    pub fn lacks(self, scope: &Scope<'_>) -> Option<&'static str> {
        let measure = self.measure();
        let by = match self {
            Self::Plain(_) | Self::Among(..) => None,
            Self::Between(_, _, by) => Some(by),
        };
        let level = match measure.levels() {
            Levels::EachAndAll | Levels::Each => false,
            Levels::All => scope.level.is_some(),
            Levels::One(one) => scope.level.is_some_and(|level| level != one),
        };
        let locality = scope.locality.is_some() && (!measure.has_places() || by == Some(Dimension::Locality));
        let among = matches!(self, Self::Among(..));
        let between_persons = by.is_some_and(|by| by != Dimension::Locality);
        let person = scope
            .person
            .filter(|person| !measure.is_told_of(*person) || between_persons || among);
        match person {
            _ if level => Some("level"),
            _ if scope.region.is_some() && !measure.has_places() => Some("region"),
            _ if locality => Some("locality"),
            person => person.map(|person| person.dimension().name()),
        }
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(self) -> Better {
        match self {
            Self::Plain(measure) | Self::Among(measure, Inequality::WorstTenth) => measure.better(),
            Self::Between(..) | Self::Among(..) => Better::Neither,
        }
    }
}

impl std::fmt::Display for Indicator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code())
    }
}

impl Entry for Indicator {
    type Slots = Self;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        let code = reader.text(node);
        Self::from_code(&code).unwrap_or_else(|| {
            let known: Vec<_> = Self::all().map(Self::code).collect();
            let names = known.iter().map(|code| &**code);
            let plain: Vec<&str> = Measure::ALL.iter().map(|measure| measure.code()).collect();
            let hint = nearest(&code, names).map_or_else(|| messages::known(plain.join(", ")), messages::did_you_mean);
            // What is no text has been reported.
            if !code.is_empty() {
                reader.error(node, "unknown-indicator", messages::unknown_indicator(), hint);
            }
            Self::absent(field)
        })
    }

    fn absent(_: &'static Field) -> Self {
        Measure::Reach.into()
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        !field.required && *self == Self::absent(field)
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.quoted(&self.code());
    }

    fn lay(&self, _: &'static Field, _: &mut Layout<'_>) -> Self {
        *self
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, &self.code());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_one_indicator() {
        for indicator in Indicator::all() {
            assert_eq!(Indicator::from_code(&indicator.code()), Some(indicator));
        }
        assert_eq!(Indicator::from_code("reech"), None);
    }

    #[test]
    fn what_has_no_value_is_named() {
        let lacks = |indicator: Indicator, scope: Scope<'_>| indicator.lacks(&scope);
        let cost = Measure::CostFull.into();
        assert_eq!(lacks(cost, Scope::ALL), None);
        assert_eq!(lacks(cost, Scope::of(Some(Level::Primary))), Some("level"));
        let north = Scope {
            region: Some("North"),
            ..Scope::ALL
        };
        assert_eq!(
            (lacks(cost, north), lacks(Measure::Reach.into(), north)),
            (Some("region"), None)
        );
        let poorest = Scope {
            person: Some(Person::Wealth(super::super::person::Wealth::Poorest)),
            ..Scope::ALL
        };
        assert_eq!(lacks(Measure::Electricity.into(), poorest), Some("wealth"));
        assert_eq!(
            lacks(
                Indicator::Between(Measure::Reach, Comparison::Gap, Dimension::Sex),
                poorest
            ),
            Some("wealth")
        );
        assert_eq!(
            lacks(Measure::PrimaryReading.into(), Scope::of(Some(Level::LowerSecondary))),
            Some("level")
        );
    }
}
