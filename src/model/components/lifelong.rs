//! Lifelong learning (2.7): courses for youth, adults and children out of school, online and at learning centres.
//!
//! Groups carry a part of the country's youth and adults by learners of the base year, and of the children out of school of their
//! level. What there is of such courses today is in what the country publishes; here stands what the plan adds to it. Learners of a year
//! are paid for in that year; courses and seats stand and are renewed.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::groups::Population;
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, above, divide_or, max, min, narrow, pick, widen};
use crate::model::lever::LeverMap;
use crate::model::life::Life;
use crate::model::skills;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::{Component, Country, Need, Plan};

cost_lines! { Lifelong in Capacity, Centre, Training;
    ONLINE = "learners online", Upkeep, Recurrent, "learner", false, ["prices.lifelong.online"] in Content, Centre, Platforms;
    CENTRE = "learners at centres", Upkeep, Recurrent, "learner", false, ["prices.lifelong.centre"] in Capacity, School, Training;
    VOCATIONAL = "vocational courses", Upkeep, Recurrent, "learner", false, ["prices.lifelong.vocational"] in Capacity, School, Training;
    CERTIFICATES = "certificates", Upkeep, Recurrent, "certificate", false, ["prices.lifelong.certificate"];
    QUALITY = "quality assurance", Upkeep, Recurrent, "course", false, ["prices.lifelong.quality"];
    SEAT_UPKEEP = "upkeep of seats", Upkeep, Recurrent, "seat", false, ["prices.lifelong.seat", "prices.lifelong.seat_upkeep"] in Connectivity, School, Devices;
    COURSES_RENEWAL = "courses out of school", Renewal, Capital, "course", false, ["prices.lifelong.course"] in Content, Centre, Platforms;
    SEATS_RENEWAL = "seats at centres", Renewal, Capital, "seat", true, ["prices.lifelong.seat"] in Connectivity, School, Devices;
    COURSES = "courses out of school", Expansion, Capital, "course", false, ["prices.lifelong.course"] in Content, Centre, Platforms;
    SEATS = "seats at centres", Expansion, Capital, "seat", true, ["prices.lifelong.seat"] in Connectivity, School, Devices;
    NEW_ONLINE = "learners online", Expansion, Recurrent, "learner", false, ["prices.lifelong.online"] in Content, Centre, Platforms;
    NEW_CENTRE = "learners at centres", Expansion, Recurrent, "learner", false, ["prices.lifelong.centre"] in Capacity, School, Training;
    NEW_VOCATIONAL = "vocational courses", Expansion, Recurrent, "learner", false, ["prices.lifelong.vocational"] in Capacity, School, Training;
    NEW_CERTIFICATES = "certificates", Expansion, Recurrent, "certificate", false, ["prices.lifelong.certificate"];
    NEW_QUALITY = "quality assurance", Expansion, Recurrent, "course", false, ["prices.lifelong.quality"];
    NEW_SEAT_UPKEEP = "upkeep of seats", Expansion, Recurrent, "seat", false, ["prices.lifelong.seat", "prices.lifelong.seat_upkeep"] in Connectivity, School, Devices;
}

/// Children out of school, youth, adults.
const AUDIENCES: usize = 3;

/// What a learner costs: online, at a centre, more in a vocational course, a certificate.
const EACH: usize = 4;

/// Lifelong learning.
#[derive(Clone, Debug)]
pub struct Lifelong;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct LifelongTables {
    levers: Option<Levers>,
}

/// The levers, resolved for each group.
#[derive(Clone, Debug)]
struct Levers {
    learners: [LeverMap; AUDIENCES],
    at_centre: LeverMap,
    vocational: LeverMap,
    recognised: LeverMap,
}

/// Prices, norms and people of one year.
#[derive(Clone, Debug)]
pub struct LifelongYear {
    /// Price of a learner online, of one at a centre, of what a vocational course costs more, of a certificate.
    each: [f64; EACH],
    course: f64,
    course_ends: f64,
    quality: f64,
    seat: f64,
    taxed_seat: f64,
    seat_life: Life,
    seat_upkeep: f64,
    per_seat: f64,
    /// Courses of the country's groups of a level.
    courses: [f64; LEVELS],
    /// People of a level's groups, by audience.
    people: [[f64; AUDIENCES]; LEVELS],
    /// Share who complete online and at a centre.
    completes: [f64; 2],
}

/// What the plan has in four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct LifelongStock {
    /// Share of the people who take part, by audience.
    takes_part: [Lanes; AUDIENCES],
    /// Share of the group's part of the courses that stands.
    courses: Lanes,
    /// Seats at centres.
    seats: Lanes,
    /// Planned this year: learners who would go on at last year's share and learners who come, by audience.
    goes_on: [Lanes; AUDIENCES],
    comes: [Lanes; AUDIENCES],
    /// Planned this year: courses and seats that are renewed and that are added, seats that end.
    courses_plan: [Lanes; 2],
    seats_plan: [Lanes; 2],
    seats_end: Lanes,
    /// This year's shares: at a centre, in vocational courses, recognised.
    shares: [Lanes; 3],
}

/// All audiences together.
#[inline(always)]
fn total(of: [Lanes; AUDIENCES]) -> Lanes {
    of[0] + of[1] + of[2]
}

impl LifelongYear {
    /// People of four groups by audience: their part of those of the level.
    #[inline(always)]
    fn people(&self, here: &Population, level: usize) -> [Lanes; AUDIENCES] {
        self.people[level].map(|people| people * here.learner_share)
    }

    /// Of so many learners those online, those at a centre, those in vocational courses, and certificates.
    #[inline(always)]
    fn parts(&self, learners: Lanes, [at_centre, vocational, recognised]: [Lanes; 3]) -> [Lanes; EACH] {
        let (online, centre) = (learners * (ONE - at_centre), learners * at_centre);
        let completed = online * self.completes[0] + centre * self.completes[1];
        [online, centre, learners * vocational, completed * recognised]
    }

    /// What these cost.
    #[inline(always)]
    fn cost(&self, parts: [Lanes; EACH]) -> Lanes {
        (0..EACH).fold(ZERO, |sum, of| sum + parts[of] * self.each[of])
    }
}

impl ComponentModel for Lifelong {
    const COMPONENT: Component = Component::Lifelong;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("seats at learning centres", "seat"));

    type Tables = LifelongTables;
    type Yearly = LifelongYear;
    type Stock = LifelongStock;
    /// Seats.
    type Placed = [f32; LANES];

    fn tables(model: &Model) -> LifelongTables {
        let plan = model.slots.plan.lifelong.as_ref();
        LifelongTables {
            levers: plan.map(|plan| Levers {
                learners: [&plan.children, &plan.youth, &plan.adults].map(|lever| LeverMap::of(model, lever)),
                at_centre: LeverMap::of(model, &plan.at_centre),
                vocational: LeverMap::of(model, &plan.vocational),
                recognised: LeverMap::of(model, &plan.recognised),
            }),
        }
    }

    fn yearly(year: &Year<'_>, _: &LifelongTables) -> LifelongYear {
        let Year {
            t, p, model, demand, ..
        } = *year;
        let number = |slot| Model::number(p, slot);
        let prices = &model.slots.prices.lifelong;
        let evidence = &model.slots.evidence.skills;
        let seat = year.traded(Market::Hardware, prices.seat);
        let (mut people, mut courses) = ([[0.0; AUDIENCES]; LEVELS], [0.0; LEVELS]);
        if let Some(plan) = &model.slots.plan.lifelong {
            let learners: f64 = (0..model.levels.len()).map(|level| demand.learners(0, level)).sum();
            for level in 0..model.levels.len() {
                people[level] = skills::people(model, p, demand, t, level);
                courses[level] = number(plan.courses) * demand.learners(0, level) / learners.max(1e-12);
            }
        }
        LifelongYear {
            each: [
                number(prices.online),
                year.local(prices.centre, prices.centre_by_income),
                year.local(prices.vocational, prices.vocational_by_income),
                number(prices.certificate),
            ],
            course: number(prices.course),
            course_ends: 1.0 / number(prices.course_life),
            quality: number(prices.quality),
            seat,
            taxed_seat: seat * tax_factor(model, p),
            seat_life: Life::new(number(prices.seat_life), t),
            seat_upkeep: number(prices.seat_upkeep) * seat,
            per_seat: 1.0 / number(prices.learners_per_seat),
            courses,
            people,
            completes: [number(evidence.completion_online), number(evidence.completion_centre)],
        }
    }

    fn prices(own: &LifelongYear, prices: &mut Prices<'_>) {
        for (at, price) in own.each.into_iter().enumerate() {
            prices.set(ONLINE + at, price);
            prices.set(NEW_ONLINE + at, price);
        }
        for (line, price) in [
            (QUALITY, own.quality),
            (NEW_QUALITY, own.quality),
            (SEAT_UPKEEP, own.seat_upkeep),
            (NEW_SEAT_UPKEEP, own.seat_upkeep),
            (COURSES_RENEWAL, own.course),
            (COURSES, own.course),
            (SEATS_RENEWAL, own.seat),
            (SEATS, own.seat),
        ] {
            prices.set(line, price);
        }
    }

    /// What the country has of such courses is not in the plan's.
    fn today(lever: &str, _: &Country, _: &Plan) -> Option<f64> {
        matches!(lever, "children" | "youth" | "adults").then_some(0.0)
    }

    fn open(_: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        block.s.fill(LifelongStock::default());
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let Some(levers) = now.tables.levers.as_ref() else {
            return;
        };
        let acts = now.year.acts();
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let placed = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let level = model.level_of_four(four);
            let lever = |of: &LeverMap| if acts { of.at(p, four, t) } else { ZERO };
            let people = own.people(here, level);
            for (audience, of) in levers.learners.iter().enumerate() {
                let wanted = lever(of);
                let goes_on = min(s.takes_part[audience], wanted);
                s.goes_on[audience] = goes_on * people[audience];
                s.comes[audience] = (wanted - goes_on) * people[audience];
            }
            s.shares = [&levers.at_centre, &levers.vocational, &levers.recognised].map(lever);
            let [goes_on, comes] = [total(s.goes_on), total(s.comes)];
            let parts = [goes_on, comes].map(|learners| own.parts(learners, s.shares));
            // Seats end with their age; where fewer learners meet, fewer are renewed.
            let wanted = (goes_on + comes) * s.shares[0] * own.per_seat;
            s.seats_end = min(own.seat_life.of_placed(t, |y| widen(placed[y])), s.seats);
            s.seats_plan = [
                min(s.seats_end, max(wanted + s.seats_end - s.seats, ZERO)),
                max(wanted - s.seats, ZERO),
            ];
            // Nobody needs courses where nobody learns.
            let asked = above(goes_on + comes, ZERO);
            s.courses_plan = [
                pick(asked, s.courses * own.course_ends, ZERO),
                pick(asked, ONE - s.courses, ZERO),
            ];
            let in_group = own.courses[level] * here.learner_share;
            let courses = s.courses_plan.map(|share| share * in_group);
            let stands = s.courses * in_group + goes_on + s.seats;
            let quality =
                [pick(asked, s.courses * in_group, ZERO), 0.5 * courses[1]].map(|courses| courses * s.shares[2]);
            let seats = [min(s.seats, wanted), 0.5 * s.seats_plan[1]];
            let mut quantities = [ZERO; LINE_COUNT];
            quantities[ONLINE..ONLINE + EACH].copy_from_slice(&parts[0]);
            quantities[NEW_ONLINE..NEW_ONLINE + EACH].copy_from_slice(&parts[1]);
            for (needs, [kept, new]) in [
                ([QUALITY, NEW_QUALITY], quality),
                ([SEAT_UPKEEP, NEW_SEAT_UPKEEP], seats),
                ([COURSES_RENEWAL, COURSES], courses),
                ([SEATS_RENEWAL, SEATS], s.seats_plan),
            ] {
                (quantities[needs[0]], quantities[needs[1]]) = (kept, new);
            }
            lines.bin(now.bins[four]);
            lines.add_all(quantities);
            // Learners are paid for in full in the year in which they learn; seats and quality for half a year where they are new.
            let runs = |at: usize| own.cost(parts[at]) + quality[at] * own.quality + seats[at] * own.seat_upkeep;
            let seats_plan = s.seats_plan;
            let buys = |at: usize| courses[at] * own.course + seats_plan[at] * own.taxed_seat;
            let needed = [runs(0), buys(0), buys(1) + runs(1)];
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
        let (mut flow, mut learners) = now.flow_and_lifelong(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let level = model.level_of_four(four);
            let (paid, replaced, new) = (upkeep.at(four), renewal.at(four), expansion.at(four));
            let lost = ONE - replaced;
            let [seats_renewed, seats_new] = [s.seats_plan[0] * replaced, s.seats_plan[1] * new];
            let seats_gone = s.seats_end - seats_renewed;
            let seats = (s.seats - seats_gone) * paid + seats_new;
            let [courses_gone, courses_new] = [s.courses_plan[0] * lost, s.courses_plan[1] * new];
            s.courses += courses_new - courses_gone;
            // Who is paid for learns, as far as there are courses for all who are planned, and seats for those at a centre.
            let in_courses: [Lanes; AUDIENCES] =
                std::array::from_fn(|audience| s.goes_on[audience] * paid + s.comes[audience] * new);
            let (all_paid, planned) = (total(in_courses), total(s.goes_on) + total(s.comes));
            let [at_centre, vocational, recognised] = s.shares;
            let with_course = min(divide_or(s.courses * planned, all_paid, ONE), ONE);
            let seated = min(divide_or(seats, all_paid * at_centre * own.per_seat, ONE), ONE);
            let online = with_course * (ONE - at_centre);
            let centre = with_course * (at_centre * seated);
            let (takes_part, completes) = (online + centre, online * own.completes[0] + centre * own.completes[1]);
            let completed = in_courses.map(|people| people * completes);
            learners.bin(now.bins[four]);
            learners.add_all([
                in_courses[0] * takes_part,
                in_courses[1] * takes_part,
                in_courses[2] * takes_part,
                completed[0],
                completed[1],
                completed[2],
                total(completed) * recognised,
                all_paid * takes_part * vocational,
            ]);
            let people = own.people(here, level);
            s.takes_part = std::array::from_fn(|audience| {
                let stays = s.goes_on[audience] + s.comes[audience] * new;
                divide_or(stays, people[audience], ZERO)
            });
            s.seats += seats_new - seats_gone;
            block.placed[at * model.years + t] = narrow(seats_new + seats_renewed);
            flow.bin(now.bins[four]);
            flow.add_all([seats_new, seats_gone]);
        }
    }

    /// Courses, whose ages are mixed, and seats.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let (own, s) = (now.own, &block.s[at]);
        let placed = &block.placed[at * model.years..(at + 1) * model.years];
        let in_group = own.courses[model.level_of_four(block.first + at)] * block.here[at].learner_share;
        let courses = s.courses * in_group * own.course;
        let left = own.seat_life.left_of_placed(t, |y| widen(placed[y]));
        [
            courses * own.course_ends + s.seats * (own.taxed_seat * own.seat_life.steady),
            0.5 * courses + min(left, s.seats) * own.taxed_seat,
        ]
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &LifelongStock, _: &Population, _: usize) -> Lanes {
        s.seats
    }
}
