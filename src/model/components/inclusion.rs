//! Inclusion (2.6): what learners with a difficulty need, schools adapted to them (4.a.1.d), programmes for girls.
//!
//! Each difficulty has a package of things with a price and a life; learners who have what they need share specialist
//! teachers, and the titles of their courses are made accessible. What there is today is kept up by others: it costs nothing
//! here, with the plan and without it. The plan pays for what it adds, and for the upkeep of that.

use std::array::from_fn;

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{Population, Shared};
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, above, all, divide_or, max, min, narrow, pick, widen};
use crate::model::lever::{LeverMap, target};
use crate::model::life::Life;
use crate::model::schooling::courses;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::{Component, Country, Group, Need, Plan};

// Packages stand in the order of the difficulties, from the first on.
cost_lines! { Inclusion in Connectivity, School, Devices;
    TEACHERS = "specialist teachers", Upkeep, Recurrent, "teacher", false, ["prices.inclusion.teacher"] in Capacity, School, Training;
    UPKEEP = "upkeep of packages", Upkeep, Recurrent, "usd_of_packages", false, ["prices.inclusion.upkeep"];
    SCHOOL_UPKEEP = "upkeep of adapted schools", Upkeep, Recurrent, "school", false, ["prices.inclusion.school", "prices.inclusion.school_upkeep"] in Connectivity, School, Connectivity;
    PROGRAMMES = "programmes for girls", Upkeep, Recurrent, "girl", false, ["prices.inclusion.girl"] in Capacity, School, Training;
    RENEWAL = "packages for seeing", Renewal, Capital, "learner", true, ["prices.inclusion.seeing"];
    RENEWAL_HEARING = "packages for hearing", Renewal, Capital, "learner", true, ["prices.inclusion.hearing"];
    RENEWAL_MOVING = "packages for moving", Renewal, Capital, "learner", true, ["prices.inclusion.moving"];
    RENEWAL_COMMUNICATING = "packages for communicating", Renewal, Capital, "learner", true, ["prices.inclusion.communicating"];
    RENEWAL_LEARNING = "packages for learning", Renewal, Capital, "learner", true, ["prices.inclusion.learning"];
    RENEWAL_PSYCHOSOCIAL = "psychosocial packages", Renewal, Capital, "learner", true, ["prices.inclusion.psychosocial"];
    REFITTING = "fitting", Renewal, Recurrent, "usd_of_packages", false, ["prices.inclusion.fitting"] in Capacity, School, Devices;
    SCHOOLS_RENEWAL = "adapted schools", Renewal, Capital, "school", false, ["prices.inclusion.school"] in Connectivity, School, Connectivity;
    TITLES_RENEWAL = "accessible titles", Renewal, Capital, "course", false, ["prices.inclusion.titles"] in Content, Centre, Platforms;
    NEW = "packages for seeing", Expansion, Capital, "learner", true, ["prices.inclusion.seeing"];
    NEW_HEARING = "packages for hearing", Expansion, Capital, "learner", true, ["prices.inclusion.hearing"];
    NEW_MOVING = "packages for moving", Expansion, Capital, "learner", true, ["prices.inclusion.moving"];
    NEW_COMMUNICATING = "packages for communicating", Expansion, Capital, "learner", true, ["prices.inclusion.communicating"];
    NEW_LEARNING = "packages for learning", Expansion, Capital, "learner", true, ["prices.inclusion.learning"];
    NEW_PSYCHOSOCIAL = "psychosocial packages", Expansion, Capital, "learner", true, ["prices.inclusion.psychosocial"];
    FITTING = "fitting", Expansion, Recurrent, "usd_of_packages", false, ["prices.inclusion.fitting"] in Capacity, School, Devices;
    SCHOOLS = "adapted schools", Expansion, Capital, "school", false, ["prices.inclusion.school"] in Connectivity, School, Connectivity;
    TITLES = "accessible titles", Expansion, Capital, "course", false, ["prices.inclusion.titles"] in Content, Centre, Platforms;
    NEW_TEACHERS = "specialist teachers", Expansion, Recurrent, "teacher", false, ["prices.inclusion.teacher"] in Capacity, School, Training;
    NEW_UPKEEP = "upkeep of packages", Expansion, Recurrent, "usd_of_packages", false, ["prices.inclusion.upkeep"];
    NEW_SCHOOL_UPKEEP = "upkeep of adapted schools", Expansion, Recurrent, "school", false, ["prices.inclusion.school", "prices.inclusion.school_upkeep"] in Connectivity, School, Connectivity;
    NEW_PROGRAMMES = "programmes for girls", Expansion, Recurrent, "girl", false, ["prices.inclusion.girl"] in Capacity, School, Training;
}

/// Difficulties: seeing, hearing, moving, communicating, remembering or learning, psychosocial.
const DIFFICULTIES: usize = 6;

/// Inclusion.
#[derive(Clone, Debug)]
pub struct Inclusion;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct InclusionTables {
    levers: Option<Levers>,
}

/// The levers, resolved for each group.
#[derive(Clone, Debug)]
struct Levers {
    assistive: LeverMap,
    adapted: LeverMap,
    girls: LeverMap,
}

/// The package of one difficulty in one year.
#[derive(Clone, Copy, Debug)]
struct Package {
    /// Its part of the learners with a difficulty.
    part: f64,
    price: f64,
    taxed: f64,
    /// What of the packages that stand ends in a year: learners grow and leave, things break.
    per_life: f64,
}

/// Prices and shares of one year.
#[derive(Clone, Debug)]
pub struct InclusionYear {
    packages: [Package; DIFFICULTIES],
    fitting: f64,
    upkeep: f64,
    teacher: f64,
    per_teacher: f64,
    titles: f64,
    per_titles_life: f64,
    courses: [f64; LEVELS],
    school: f64,
    school_upkeep: f64,
    school_life: Life,
    girl: f64,
    /// Share of learners with a difficulty who have what they need in the base year.
    today: f64,
    /// Share of schools adapted in the base year, by level.
    adapted: [f64; LEVELS],
}

/// What the plan has added in four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct InclusionStock {
    /// Learners with what they need, by difficulty.
    packages: [Lanes; DIFFICULTIES],
    /// Schools adapted.
    schools: Lanes,
    /// Share of the group's part of the curriculum whose titles are accessible.
    titles: Lanes,
    /// Share of girls in programmes.
    girls: Lanes,
    /// Planned this year: packages that end, those of them that are still needed, those that are added; schools and titles that are renewed
    /// and added.
    ends: [Lanes; DIFFICULTIES],
    renewed: [Lanes; DIFFICULTIES],
    added: [Lanes; DIFFICULTIES],
    schools_plan: [Lanes; 2],
    titles_plan: [Lanes; 2],
    /// Planned this year: share of girls who go on, share who come.
    girls_plan: [Lanes; 2],
}

/// Together.
#[inline(always)]
fn total(of: [Lanes; DIFFICULTIES]) -> Lanes {
    of.into_iter().fold(ZERO, |sum, one| sum + one)
}

impl InclusionYear {
    /// What so many packages are worth, without taxes.
    #[inline(always)]
    fn worth(&self, of: [Lanes; DIFFICULTIES]) -> Lanes {
        total(from_fn(|kind| of[kind] * self.packages[kind].price))
    }

    /// The same with taxes.
    #[inline(always)]
    fn taxed(&self, of: [Lanes; DIFFICULTIES]) -> Lanes {
        total(from_fn(|kind| of[kind] * self.packages[kind].taxed))
    }

    /// Part of a level's courses that falls on a group, which is its share of learners.
    #[inline(always)]
    fn courses(&self, here: &Population, level: usize) -> Lanes {
        self.courses[level] * here.learner_share
    }
}

impl ComponentModel for Inclusion {
    const COMPONENT: Component = Component::Inclusion;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("learners with what they need by the plan", "learner"));

    type Tables = InclusionTables;
    type Yearly = InclusionYear;
    type Stock = InclusionStock;
    /// Schools adapted.
    type Placed = [f32; LANES];

    fn tables(model: &Model) -> InclusionTables {
        let plan = model.slots.plan.inclusion.as_ref();
        InclusionTables {
            levers: plan.map(|plan| Levers {
                assistive: LeverMap::of(model, &plan.assistive),
                adapted: LeverMap::of(model, &plan.adapted),
                girls: LeverMap::of(model, &plan.girls),
            }),
        }
    }

    fn yearly(year: &Year<'_>, _: &InclusionTables) -> InclusionYear {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let (prices, parts) = (&model.slots.prices.inclusion, &model.slots.country.difficulties);
        let tax = tax_factor(model, p);
        let package = |part, price, life, market| {
            let price = year.traded(market, price);
            Package {
                part: number(part),
                price,
                taxed: price * tax,
                per_life: 1.0 / number(life),
            }
        };
        let mut adapted = [0.0; LEVELS];
        for (adapted, level) in adapted.iter_mut().zip(&model.levels) {
            *adapted = number(model.slots.country.levels[level.data].adapted);
        }
        let school = number(prices.school);
        InclusionYear {
            packages: [
                package(parts.seeing, prices.seeing, prices.seeing_life, Market::Hardware),
                package(parts.hearing, prices.hearing, prices.hearing_life, Market::Hardware),
                package(parts.moving, prices.moving, prices.moving_life, Market::Hardware),
                package(
                    parts.communicating,
                    prices.communicating,
                    prices.communicating_life,
                    Market::Devices,
                ),
                package(parts.learning, prices.learning, prices.learning_life, Market::Hardware),
                package(
                    parts.psychosocial,
                    prices.psychosocial,
                    prices.psychosocial_life,
                    Market::Hardware,
                ),
            ],
            fitting: number(prices.fitting),
            upkeep: number(prices.upkeep),
            teacher: year.local(prices.teacher, prices.teacher_by_income),
            per_teacher: 1.0 / number(prices.learners_each),
            titles: number(prices.titles),
            per_titles_life: 1.0 / number(prices.titles_life),
            courses: courses(model, p),
            school,
            school_upkeep: number(prices.school_upkeep) * school,
            school_life: Life::new(number(prices.school_life), year.t),
            girl: year.local(prices.girl, prices.girl_by_income),
            today: number(model.slots.country.people.assistive),
            adapted,
        }
    }

    fn prices(own: &InclusionYear, prices: &mut Prices<'_>) {
        for (line, price) in [
            (TEACHERS, own.teacher),
            (NEW_TEACHERS, own.teacher),
            (UPKEEP, own.upkeep),
            (NEW_UPKEEP, own.upkeep),
            (SCHOOL_UPKEEP, own.school_upkeep),
            (NEW_SCHOOL_UPKEEP, own.school_upkeep),
            (PROGRAMMES, own.girl),
            (NEW_PROGRAMMES, own.girl),
            (REFITTING, own.fitting),
            (FITTING, own.fitting),
            (SCHOOLS_RENEWAL, own.school),
            (SCHOOLS, own.school),
            (TITLES_RENEWAL, own.titles),
            (TITLES, own.titles),
        ] {
            prices.set(line, price);
        }
        for (kind, package) in own.packages.iter().enumerate() {
            prices.set(RENEWAL + kind, package.price);
            prices.set(NEW + kind, package.price);
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        let adapted = |group: &Group| {
            let table = country.levels.iter().find(|table| table.level == group.level);
            table.map_or(0.0, |table| table.adapted.value)
        };
        match lever {
            "assistive" => Some(country.people.assistive.value),
            "adapted" => mean(country, |group| group.schools.value, adapted),
            "girls" => Some(0.0),
            _ => None,
        }
    }

    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        for at in block.fours() {
            let level = now.year.model.level_of_four(block.first + at);
            block.s[at] = InclusionStock::default();
            let shared = &mut block.shared[at];
            shared.assistive = all(now.own.today);
            shared.adapted = all(now.own.adapted[level]);
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let Some(levers) = now.tables.levers.as_ref() else {
            return;
        };
        let acts = now.year.acts();
        let lever = |of| Some(of).filter(|_| acts);
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let placed = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let level = model.level_of_four(four);
            // What the plan is to add to what there is today.
            let today = all(own.today);
            let assistive = target(lever(&levers.assistive), p, four, t, today) - today;
            let adapted = all(own.adapted[level]);
            let adapted = target(lever(&levers.adapted), p, four, t, adapted) - adapted;
            let with_difficulty = here.learners * here.disability;
            s.ends = from_fn(|kind| s.packages[kind] * own.packages[kind].per_life);
            let wanted = |kind: usize| assistive * with_difficulty * own.packages[kind].part;
            s.added = from_fn(|kind| max(wanted(kind) - s.packages[kind], ZERO));
            // Where learners become fewer, what ends is replaced as far as it is needed.
            s.renewed = from_fn(|kind| min(s.ends[kind], max(wanted(kind) + s.ends[kind] - s.packages[kind], ZERO)));
            let ends = own.school_life.of_placed(t, |y| widen(placed[y]));
            s.schools_plan = [min(ends, s.schools), max(adapted * here.schools - s.schools, ZERO)];
            // Titles are made for all who come after; nobody needs them where the plan adds nobody.
            let wanted = pick(above(assistive * with_difficulty, ZERO), ONE, s.titles);
            s.titles_plan = [s.titles * own.per_titles_life, wanted - s.titles];
            let in_programmes = lever(&levers.girls).map_or(ZERO, |lever| lever.at(p, four, t));
            let goes_on = min(s.girls, in_programmes);
            s.girls_plan = [goes_on, in_programmes - goes_on];
            let (people, girls) = (total(s.packages), here.learners * here.girls);
            let teachers = [people, 0.5 * total(s.added)].map(|people| people * own.per_teacher);
            let worth = [own.worth(s.packages), 0.5 * own.worth(s.added)];
            let schools = [s.schools, 0.5 * s.schools_plan[1]];
            let programmes = [goes_on * girls, 0.5 * s.girls_plan[1] * girls];
            let fitting = [own.worth(s.renewed), own.worth(s.added)];
            let courses = own.courses(here, level);
            let titles = s.titles_plan.map(|share| share * courses);
            let mut quantities = [ZERO; LINE_COUNT];
            for (needs, [kept, new]) in [
                ([TEACHERS, NEW_TEACHERS], teachers),
                ([UPKEEP, NEW_UPKEEP], worth),
                ([SCHOOL_UPKEEP, NEW_SCHOOL_UPKEEP], schools),
                ([PROGRAMMES, NEW_PROGRAMMES], programmes),
                ([REFITTING, FITTING], fitting),
                ([SCHOOLS_RENEWAL, SCHOOLS], s.schools_plan),
                ([TITLES_RENEWAL, TITLES], titles),
            ] {
                (quantities[needs[0]], quantities[needs[1]]) = (kept, new);
            }
            quantities[RENEWAL..RENEWAL + DIFFICULTIES].copy_from_slice(&s.renewed);
            quantities[NEW..NEW + DIFFICULTIES].copy_from_slice(&s.added);
            lines.bin(now.bins[four]);
            lines.add_all(quantities);
            // A year of it, and half a year of what is new.
            let runs = |at: usize| {
                teachers[at] * own.teacher
                    + worth[at] * own.upkeep
                    + schools[at] * own.school_upkeep
                    + programmes[at] * own.girl
            };
            let buys = |packages: [Lanes; DIFFICULTIES], at: usize| {
                own.taxed(packages)
                    + fitting[at] * own.fitting
                    + s.schools_plan[at] * own.school
                    + titles[at] * own.titles
            };
            let needed = [runs(0), buys(s.renewed, 0), buys(s.added, 1) + runs(1)];
            // Nothing of it would stand without a plan; how much there is of it is counted in what it serves.
            let stands = people + s.schools + s.titles * courses + s.girls * girls;
            block.state(now, at, [stands; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        let own = now.own;
        if now.tables.levers.is_none() {
            return;
        }
        let [upkeep, renewal, expansion] = [Need::Upkeep, Need::Renewal, Need::Expansion].map(|need| funded.of(need));
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let level = model.level_of_four(four);
            let (paid, new) = (upkeep.at(four), expansion.at(four));
            let replaced = renewal.at(four);
            let lost = ONE - replaced;
            let added = s.added.map(|of| of * new);
            let gone = from_fn(|kind| s.ends[kind] - s.renewed[kind] * replaced);
            let served = (total(s.packages) - total(gone)) * paid + total(added);
            let [schools_gone, schools_new] = [s.schools_plan[0] * lost, s.schools_plan[1] * new];
            let schools = (s.schools - schools_gone) * paid + schools_new;
            let [goes_on, comes] = [s.girls_plan[0], s.girls_plan[1] * new];
            say(
                shared,
                [own.today, own.adapted[level]],
                [
                    divide_or(served, here.learners * here.disability, ZERO),
                    schools * here.per_school,
                    goes_on * paid + comes,
                ],
            );
            s.packages = from_fn(|kind| s.packages[kind] - gone[kind] + added[kind]);
            s.schools += schools_new - schools_gone;
            s.titles += s.titles_plan[1] * new - s.titles_plan[0] * lost;
            s.girls = goes_on + comes;
            block.placed[at * model.years + t] = narrow(schools_new + s.schools_plan[0] - schools_gone);
            flow.bin(now.bins[four]);
            flow.add_all([total(added), total(gone)]);
        }
    }

    /// Packages and titles, whose ages are mixed, and schools.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let (own, s) = (now.own, &block.s[at]);
        let placed = &block.placed[at * model.years..(at + 1) * model.years];
        let yearly = from_fn(|kind| s.packages[kind] * own.packages[kind].per_life);
        let titles = s.titles * own.courses(&block.here[at], model.level_of_four(block.first + at)) * own.titles;
        let left = own.school_life.left_of_placed(t, |y| widen(placed[y]));
        [
            own.taxed(yearly)
                + own.worth(yearly) * own.fitting
                + s.schools * (own.school * own.school_life.steady)
                + titles * own.per_titles_life,
            0.5 * (own.taxed(s.packages) + titles) + min(left, s.schools) * own.school,
        ]
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &InclusionStock, _: &Population, _: usize) -> Lanes {
        total(s.packages)
    }
}

/// Says what is there: what others keep up today, and what of the plan's is in service.
#[inline(always)]
fn say(shared: &mut Shared, [assistive, adapted]: [f64; 2], [served, schools, girls]: [Lanes; 3]) {
    shared.assistive = min(all(assistive) + served, ONE);
    shared.adapted = min(all(adapted) + schools, ONE);
    shared.girls_programme = girls;
}
