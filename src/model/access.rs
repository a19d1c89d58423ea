//! Access (chapter 3): who has power, a link, working devices and ready teachers together, and for how many hours a week.

use std::ops::Range;

use super::at_home::{Homes, mix, of_all};
use super::chunk::State;
use super::funded::Funded;
use super::groups::{Population, Shared, Unequal};
use super::lanes::{LANES, Lanes, ONE, ZERO, above, all, divide_or, max, min, pick, share};
use super::school_cells::{SHOWN, SchoolCells, Things, Turned};
use super::schooling::{device_hours, shifts};
use super::shocks::{self, Closed};
use super::sums::{Bin, MARGINS, OfPersons, Sums, TOGETHER_ROWS, at_home, everywhere, shut, stat};
use super::tables::Model;
use super::year::Year;
use crate::scenario::person::{Disability, Person, Sex, Wealth};
use crate::scenario::shocks::SCHOOL_MONTHS;
use crate::scenario::{Component, Need};

/// A day of a year.
const PER_DAY: f64 = 1.0 / 365.0;

/// How access is reckoned in one year.
#[derive(Clone, Debug)]
pub struct AccessYear {
    /// How far links and devices stand in the same schools in the base year.
    co_location: f64,
    /// Hours a week in which a device is used, all shifts.
    device_hours: f64,
    per_full_dose: f64,
    per_reach_hours: f64,
    /// Devices that one Mbps carries.
    devices_per_mbps: f64,
    /// Share of a school's learners whom a link serves without a network inside.
    near_link: f64,
    used: Unequal,
    /// Share of a full dose of practice that a device on loan gives at home.
    practice_at_home: f64,
    /// What homes have, where it is asked who can go on there.
    homes: Option<Homes>,
}

impl AccessYear {
    /// From the parameters.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let (evidence, country) = (&model.slots.evidence, &model.slots.country.schooling);
        Self {
            co_location: number(country.co_location),
            device_hours: device_hours(model, p) * shifts(model, p),
            per_full_dose: 1.0 / number(evidence.full_dose),
            per_reach_hours: 1.0 / number(evidence.reach_hours),
            near_link: number(country.near_link),
            devices_per_mbps: 1.0 / (number(country.user_mbps) * number(country.online_at_once)).max(1e-9),
            used: Unequal::of(model, p),
            practice_at_home: number(model.slots.evidence.skills.at_home),
            homes: model.tells_homes.then(|| Homes::of(model, p)),
        }
    }
}

/// Share of a thing in service: in all schools that have it, in complete ones, where ready teachers are in these, in the others.
#[derive(Clone, Copy, Debug)]
struct InService {
    all: Lanes,
    complete: Lanes,
    ready: Lanes,
    others: Lanes,
}

impl InService {
    /// What is new this year has its first months paid with it. Of what stood at the opening a share `paid` is kept up: first
    /// where ready teachers are in complete schools, then in complete ones, then in others; what was lost was none of it.
    #[inline(always)]
    fn of([opened, stands, new]: [Lanes; 3], [complete, ready]: [Lanes; 2], paid: Lanes) -> Self {
        let (new, old) = (min(new, stands), max(stands - new, ZERO));
        let kept = min(paid * max(opened, old), old);
        let fresh = divide_or(new, stands, ZERO);
        let beyond = max(kept - (ONE - fresh) * complete, ZERO);
        let service = |kept: Lanes, stands: Lanes| min(fresh + divide_or(kept, stands, ONE), ONE);
        Self {
            all: share(divide_or(new + kept, stands, ONE)),
            complete: service(kept, complete),
            ready: service(kept, ready),
            others: service(beyond, stands - complete),
        }
    }
}

/// Things in service; what is not kept up is missing in the same schools, those first that lack something.
#[derive(Clone, Copy, Debug)]
struct Kept {
    power: InService,
    link: InService,
}

impl Kept {
    /// Shares in service of all of these together, in complete schools, in others, and where ready teachers are in complete ones:
    /// the least of them. Devices are in service wherever they stand.
    #[inline(always)]
    fn of(&self, things: Things) -> [Lanes; 3] {
        let one = |service: &InService, thing: Things| {
            if things.hold(thing) {
                [service.complete, service.others, service.ready]
            } else {
                [ONE; 3]
            }
        };
        let (power, link) = (one(&self.power, Things::POWER), one(&self.link, Things::LINK));
        [min(power[0], link[0]), min(power[1], link[1]), min(power[2], link[2])]
    }

    /// Share of schools that have all of these in service.
    #[inline(always)]
    fn schools(&self, cells: &SchoolCells, things: Things) -> Lanes {
        let ([complete, others, _], all) = (self.of(things), cells.schools_with(Things::ALL));
        complete * all + others * (cells.schools_with(things) - all)
    }

    /// Share of teachers who are ready and in such a school.
    #[inline(always)]
    fn ready(&self, cells: &SchoolCells, things: Things) -> Lanes {
        let ([_, others, ready], all) = (self.of(things), cells.ready_with(Things::ALL));
        ready * all + others * (cells.ready_with(things) - all)
    }
}

/// Devices of an equipped school that are used at a time in rooms near the link, in rooms that a network brings it to, and
/// without the link: no more than stand in working order, than the link carries and than the power system carries beside the
/// link, or beside link and network; means over kinds of link and of power.
#[inline(always)]
fn devices_at_a_time(own: &AccessYear, s: &Shared, working: Lanes) -> [Lanes; 3] {
    let each_kwh = divide_or(s.device_kwh, s.devices, ZERO);
    // Power is shared by the devices that draw it; those that power themselves are in use beside it.
    let carried = |kwh: Lanes| {
        let by_system = min(working, divide_or(max(kwh, ZERO), each_kwh, all(f64::INFINITY)));
        by_system + s.self_powered * (working - by_system)
    };
    let link_kwh = divide_or(s.links_kwh, s.connected, ZERO) * PER_DAY;
    let campus_kwh = divide_or(s.campus_kwh, s.networked, ZERO) * PER_DAY;
    let beside_link = carried(s.solar_kwh - link_kwh);
    let beside_both = carried(s.solar_kwh - link_kwh - campus_kwh);
    let alone = carried(s.solar_kwh);
    let solar = divide_or(s.solar, s.powered, ZERO);
    let by_power = |on_grid: Lanes, on_solar: Lanes| on_grid + solar * (on_solar - on_grid);
    let (mut near, mut far) = (ZERO, ZERO);
    for kind in &s.links {
        let online = min(working, kind.mbps * own.devices_per_mbps);
        near += kind.schools * by_power(online, min(online, beside_link));
        far += kind.schools * by_power(online, min(online, beside_both));
    }
    [
        divide_or(near, s.connected, ZERO),
        divide_or(far, s.connected, ZERO),
        by_power(working, alone),
    ]
}

/// How much of what stands together with a link is used, in rooms near it and in rooms that a network inside the school brings
/// it to: networks are counted first where they are used.
#[derive(Clone, Copy, Debug)]
struct Rooms {
    near_link: f64,
    /// Share of schools with a network inside the school in service.
    networked: Lanes,
}

impl Rooms {
    /// Of a share of schools or of ready teachers, as far as hours suffice near the link and beyond.
    #[inline(always)]
    fn serve(&self, together: Lanes, [near, far]: [Lanes; 2]) -> Lanes {
        self.near_link * (together * near) + (1.0 - self.near_link) * (min(together, self.networked) * far)
    }
}

/// Turns the cells by what the year brought.
#[inline(always)]
fn turn(year: &Year<'_>, own: &AccessYear, s: &mut Shared, cells: &mut SchoolCells, four: usize) {
    if year.t == 0 {
        *cells = SchoolCells::open([s.powered, s.connected, s.equipped], s.ready, own.co_location);
    } else {
        move_on(year, own, s, cells, four);
    }
    let lit = |thing: Things| {
        let with_power = cells.schools_with(thing.and(Things::POWER));
        min(divide_or(with_power, cells.schools_with(thing), ONE), ONE)
    };
    (s.lit_devices, s.lit_links) = (lit(Things::DEVICES), lit(Things::LINK));
    s.ready_complete = cells.ready_with(Things::ALL);
}

/// Says what stands together in some groups, and nothing else.
#[inline(always)]
pub(super) fn place(year: &Year<'_>, own: &AccessYear, state: &mut State, block: &Range<usize>) {
    let groups = &mut state.groups;
    for at in block.clone() {
        turn(
            year,
            own,
            &mut groups.shared[at],
            &mut groups.cells[at],
            groups.first + at,
        );
    }
}

/// What a year brought moves schools and ready teachers from cell to cell; what a shock takes at its end was there until then.
#[inline(always)]
fn move_on(year: &Year<'_>, own: &AccessYear, s: &Shared, cells: &mut SchoolCells, four: usize) {
    let Year { t, p, model, .. } = *year;
    let struck = shocks::struck(model, p, t, four);
    let turned = |at: usize, thing, stands, new| {
        let before = struck.map_or(ONE, |struck| divide_or(ONE, ONE - struck[at], ONE));
        Turned {
            thing,
            stands: stands * before,
            new: new * before,
        }
    };
    let things = [
        turned(0, Things::POWER, s.powered, s.power_new),
        turned(1, Things::LINK, s.connected, s.links_new),
        turned(2, Things::DEVICES, s.equipped, s.equipped_new),
    ];
    // Before the plan acts nothing is new but what comes back.
    let bundling = if year.acts() {
        Model::at(p, model.slots.plan.bundling, t)
    } else {
        own.co_location
    };
    cells.turn(&things, &s.ready_flows, bundling);
    if let Some(struck) = struck {
        cells.strike(struck);
    }
}

/// Computes what stands together, services, reach and dose of some groups and sums them.
#[inline(always)]
pub fn serve(
    year: &Year<'_>,
    own: &AccessYear,
    bins: &[[Bin; LANES]],
    state: &mut State,
    funded: &Funded,
    out: &mut Sums,
    block: &Range<usize>,
) {
    const POWER_LINK: Things = Things::POWER.and(Things::LINK);
    const POWER_DEVICES: Things = Things::POWER.and(Things::DEVICES);
    let Year { t, p, model, .. } = *year;
    let State { groups, kept, .. } = state;
    let first = groups.first;
    let paid = |component| funded.of(component, Need::Upkeep, kept, first);
    let (power_upkeep, links_upkeep) = (paid(Component::Power), paid(Component::Links));
    let [by_person, _, together, lacking] = out.kept();
    let mut stats = out.stats.tally::<{ stat::OF_ACCESS }>(t, 0);
    let mut persons = out.persons.tally::<{ MARGINS * OfPersons::COUNT }>(t, 0);
    let mut places = out.together.tally::<TOGETHER_ROWS>(t, 0);
    let mut parts = out.everywhere.tally::<{ everywhere::COUNT }>(t, 0);
    let mut closed = out.shut.tally::<{ shut::COUNT }>(t, 0);
    let mut at_home = out.at_home.tally::<{ at_home::COUNT }>(t, 0);
    let closes = model.closures.strike(t) || model.closures.strike(t + 1);
    for at in block.clone() {
        let four = first + at;
        let (here, s, cells) = (&groups.here[at], &mut groups.shared[at], &mut groups.cells[at]);
        // Each by a call of its own: which cells hold something is then known when the program is built.
        let opened_power = cells.schools_with(Things::POWER);
        let opened_link = cells.schools_with(Things::LINK);
        turn(year, own, s, cells, four);
        let s = &*s;
        let Population {
            schools,
            learners,
            teachers,
            girls,
            disability,
            ..
        } = *here;
        let used = own.used.in_groups(s);
        let (sex, health) = (used.by_sex(girls), used.by_disability(disability));
        let (lit, online) = (power_upkeep.at(four), links_upkeep.at(four));
        let whole = [cells.schools_with(Things::ALL), s.ready_complete];
        let kept = Kept {
            power: InService::of([opened_power, s.powered, s.power_new], whole, lit),
            link: InService::of([opened_link, s.connected, s.links_new], whole, online),
        };
        let rooms = Rooms {
            near_link: own.near_link,
            networked: s.networked_in_service,
        };
        let powered = kept.schools(cells, Things::POWER);
        let linked = kept.schools(cells, POWER_LINK);
        let equipped = kept.schools(cells, POWER_DEVICES);
        let complete = kept.schools(cells, Things::ALL);
        // Where nobody teaches nobody is ready, whatever share is.
        let staff = pick(above(teachers, ZERO), ONE, ZERO);
        let ready_equipped = staff * kept.ready(cells, POWER_DEVICES);
        let ready_complete = staff * kept.ready(cells, Things::ALL);
        // Working devices of an equipped school, and hours a week that a learner has of one.
        let working = divide_or(s.usable * here.per_school, s.equipped, ZERO);
        let [near, far, hours] = devices_at_a_time(own, s, working)
            .map(|devices| devices * own.device_hours * divide_or(schools, learners, ZERO));
        let online = |per_hours: f64| [near, far].map(|hours| min(hours * per_hours, ONE));
        let enough = online(own.per_reach_hours);
        let reach = rooms.serve(ready_complete, enough);
        let courses = share(s.courses);
        let dose = courses * rooms.serve(ready_complete, online(own.per_full_dose));
        // Devices that power themselves are in use where a school has no power in service.
        let [with_devices, ready_devices] = [cells.schools_with(Things::DEVICES), cells.ready_with(Things::DEVICES)];
        let hours_dark = s.self_powered * working * own.device_hours * divide_or(schools, learners, ZERO);
        let practice = ready_equipped * min(hours * own.per_full_dose, ONE)
            + (ready_devices - ready_equipped) * min(hours_dark * own.per_full_dose, ONE);
        let dose_offline = courses * practice;
        let equipped = equipped + s.self_powered * (with_devices - equipped);
        let [best, dark, lit] = groups.best[at].turn(schools * complete, working);
        let users = learners * (sex * health);
        let devices = schools * working;
        let mut of = [ZERO; stat::OF_ACCESS];
        of[stat::LEARNERS] = learners;
        of[stat::SCHOOLS] = schools;
        of[stat::TEACHERS] = teachers;
        of[stat::POWERED] = schools * powered;
        of[stat::LINKED] = schools * linked;
        of[stat::LINKED_RAW] = schools * kept.link.all * s.connected;
        of[stat::EQUIPPED] = schools * equipped;
        of[stat::READY] = teachers * share(s.ready);
        of[stat::ACQUISITION] = teachers * s.acquisition;
        of[stat::REACHED] = users * reach;
        of[stat::DOSE] = users * dose;
        of[stat::DOSE_OFFLINE] = users * dose_offline;
        of[stat::DOSE_PLATFORM] = users * dose * s.systems;
        of[stat::DEVICES] = devices * equipped;
        of[stat::CONNECTED_DEVICES] = devices * complete;
        of[stat::LEARNERS_EQUIPPED] = learners * equipped;
        of[stat::LEARNERS_LINKED] = learners * linked;
        of[stat::LEARNERS_CONNECTED_DEVICES] = learners * complete;
        of[stat::DARK] = dark;
        of[stat::EQUIPPED_STOCK] = schools * s.equipped;
        of[stat::BEST] = best;
        of[stat::LIT] = lit;
        of[stat::ADAPTED] = schools * s.adapted;
        of[stat::DIFFICULTY] = learners * disability;
        of[stat::PROVIDED] = of[stat::DIFFICULTY] * s.assistive;
        of[stat::GIRLS] = learners * girls;
        of[stat::GIRLS_PROGRAMME] = of[stat::GIRLS] * s.girls_programme;
        // A device on loan at home adds to what school leaves.
        let practised = practice + (ONE - practice) * (own.practice_at_home * s.home_device);
        of[stat::PRACTICE] = users * practised;
        of[stat::PRACTICE_GIRLS] = of[stat::GIRLS] * (used.girls * health) * practised;
        // Who practises at all, however long: at school where there are hours of a device, else with one on loan.
        let in_lessons = pick(above(hours, ZERO), ready_equipped, ZERO)
            + pick(above(hours_dark, ZERO), ready_devices - ready_equipped, ZERO) * s.self_powered;
        let on_loan = pick(above(s.home_device * own.practice_at_home, ZERO), s.home_device, ZERO);
        let practise = in_lessons + (ONE - in_lessons) * on_loan;
        of[stat::PRACTISE] = users * practise;
        of[stat::PRACTISE_GIRLS] = of[stat::GIRLS] * (used.girls * health) * practise;
        of[stat::DARK_LEARNERS] = dark * divide_or(learners, schools, ZERO);
        if let Some(homes) = &own.homes {
            let mix = mix(model, p, four);
            let fifths = homes.go_on(&mix, s);
            let go_on = of_all(&mix, &fifths);
            let [now, next] = [t, t + 1].map(|t| Closed::of(model, p, t, four));
            let stopped = |closed: &Closed, go_on: Lanes| closed.year * (ONE - go_on);
            at_home.bin(bins[four]);
            at_home.add(at_home::GO_ON, learners * go_on);
            if by_person {
                // Neither sex nor disability is told apart at home.
                let margins: [(Person, Lanes, Lanes); MARGINS] = [
                    (Person::Sex(Sex::Female), girls, go_on),
                    (Person::Sex(Sex::Male), ONE - girls, go_on),
                    (Person::Wealth(Wealth::Poorest), mix[0], fifths[0]),
                    (Person::Wealth(Wealth::Second), mix[1], fifths[1]),
                    (Person::Wealth(Wealth::Middle), mix[2], fifths[2]),
                    (Person::Wealth(Wealth::Fourth), mix[3], fifths[3]),
                    (Person::Wealth(Wealth::Richest), mix[4], fifths[4]),
                    (Person::Disability(Disability::With), disability, go_on),
                    (Person::Disability(Disability::Without), ONE - disability, go_on),
                ];
                for (person, part, go_on) in margins {
                    let these = learners * part;
                    let of = [go_on, now.year, stopped(&now, go_on), next.year, stopped(&next, go_on)];
                    for (row, of) in of.into_iter().enumerate() {
                        at_home.add(at_home::of(person) + row, these * of);
                    }
                }
            }
            if closes {
                closed.bin(bins[four]);
                // Half a year with what stood at home when it began, half with what stands when it ends, as with doses.
                let [stopped, stopped_next] = [stopped(&now, go_on), stopped(&next, go_on)];
                for (row, dose) in [stat::DOSE, stat::DOSE_OFFLINE, stat::DOSE_PLATFORM]
                    .into_iter()
                    .enumerate()
                {
                    closed.add(shut::DOSES + row, of[dose] * stopped);
                    closed.add(shut::DOSES_NEXT + row, of[dose] * stopped_next);
                }
                let at_school = users * practice;
                closed.add(shut::PRACTICE, at_school * now.year);
                closed.add(shut::PRACTICE_NEXT, at_school * next.year);
                let months = learners * SCHOOL_MONTHS;
                closed.add(shut::LEARNERS, learners * now.schools);
                closed.add(shut::MONTHS, months * now.year);
                closed.add(shut::STOPPED, months * stopped);
                closed.add(shut::MONTHS_NEXT, months * next.year);
                closed.add(shut::STOPPED_NEXT, months * stopped_next);
            }
        }
        if together {
            places.bin(bins[four]);
            for (row, cell) in cells.shown().into_iter().enumerate() {
                places.add(row, schools * cell);
                places.add(SHOWN.len() + row, learners * cell);
            }
        }
        if lacking {
            parts.bin(bins[four]);
            for things in 0..everywhere::THINGS {
                let needed = Things::ALL.without(Things::of(things));
                let ready = staff * kept.ready(cells, needed);
                let staffed = kept.schools(cells, needed);
                for (networks, networked) in [(0, rooms.networked), (everywhere::NETWORKS, ONE)] {
                    let rooms = Rooms { networked, ..rooms };
                    for (hours, enough) in [(0, enough), (everywhere::HOURS, [ONE; 2])] {
                        let set = things + networks + hours;
                        parts.add(set, users * rooms.serve(ready, enough));
                        parts.add(set + everywhere::TEACHERS, users * rooms.serve(staffed, enough));
                    }
                }
            }
        }
        if by_person {
            let both = sex * health;
            let (poorest, second) = (
                model.four(p, four, |of| of.poorest),
                model.four(p, four, |of| of.second),
            );
            let (middle, fourth) = (model.four(p, four, |of| of.middle), model.four(p, four, |of| of.fourth));
            let richest = model.four(p, four, |of| of.richest);
            let margins: [(Person, Lanes, Lanes); MARGINS] = [
                (Person::Sex(Sex::Female), girls, used.girls * health),
                (Person::Sex(Sex::Male), ONE - girls, health),
                (Person::Wealth(Wealth::Poorest), poorest, both),
                (Person::Wealth(Wealth::Second), second, both),
                (Person::Wealth(Wealth::Middle), middle, both),
                (Person::Wealth(Wealth::Fourth), fourth, both),
                (Person::Wealth(Wealth::Richest), richest, both),
                (Person::Disability(Disability::With), disability, used.disability * sex),
                (Person::Disability(Disability::Without), ONE - disability, sex),
            ];
            persons.bin(bins[four]);
            for (person, part, factor) in margins {
                let these = learners * part;
                persons.add(OfPersons::Learners.of(person), these);
                persons.add(OfPersons::Reached.of(person), these * min(reach * factor, ONE));
                for (row, dose) in [
                    (OfPersons::Dose, dose),
                    (OfPersons::DoseOffline, dose_offline),
                    (OfPersons::DosePlatform, dose * s.systems),
                ] {
                    persons.add(row.of(person), these * min(dose * factor, ONE));
                }
            }
        }
        stats.bin(bins[four]);
        stats.add_all(of);
    }
}

#[cfg(test)]
mod tests {
    use super::super::groups::LinkKind;
    use super::super::lanes::first;
    use super::*;

    #[test]
    fn hours_reach_and_dose_of_the_book() {
        // 250 learners, 30 working devices, 70 % of power from the grid; solar gives 1.2 kWh a school day, a device draws 0.05,
        // a link 200 a year; half the links give 4 Mbit/s, half 20, a device needs 0.2. Solar carries (1.2 - 200 / 365) / 0.05 =
        // 13.041 devices beside a link and 24 alone: 0.5 (0.7 · 20 + 0.3 · 13.041) + 0.5 (0.7 · 30 + 0.3 · 13.041) = 21.412
        // at a time with a link and 0.7 · 30 + 0.3 · 24 = 28.2 without; 25 hours a week over 250 learners.
        let own = AccessYear {
            co_location: 0.5,
            device_hours: 25.0,
            per_full_dose: 1.0 / 2.5,
            per_reach_hours: 1.0,
            devices_per_mbps: 1.0 / 0.2,
            near_link: 0.5,
            used: Unequal {
                girls: 1.0,
                programme: 0.0,
                disability: 1.0,
            },
            practice_at_home: 0.3,
            homes: None,
        };
        let mut s = Shared {
            devices: all(600.0),
            device_kwh: all(600.0 * 0.05),
            connected: all(0.6),
            links_kwh: all(0.6 * 200.0),
            powered: all(0.8),
            solar: all(0.8 * 0.3),
            solar_kwh: all(1.2),
            ..Shared::default()
        };
        s.links[0] = LinkKind {
            schools: all(0.3),
            mbps: all(4.0),
        };
        s.links[2] = LinkKind {
            schools: all(0.3),
            mbps: all(20.0),
        };
        let [near, far, alone] = devices_at_a_time(&own, &s, all(30.0)).map(first);
        assert!((near - 21.412_328_767).abs() < 1e-9, "{near}");
        assert!((far - near).abs() < 1e-12, "{far}");
        assert!((alone - 28.2).abs() < 1e-9, "{alone}");
        // A fifth of the schools have a network inside that draws 180 kWh a year: beside both solar carries (1.2 - 380 / 365) /
        // 0.05 = 3.178 devices. Near the link nothing changes; elsewhere 0.5 (0.7 · 20 + 0.3 · 3.178) + 0.5 (0.7 · 30 +
        // 0.3 · 3.178) = 18.453.
        (s.networked, s.campus_kwh) = (all(0.2), all(0.2 * 180.0));
        let [near, far, _] = devices_at_a_time(&own, &s, all(30.0)).map(first);
        assert!((near - 21.412_328_767).abs() < 1e-9, "{near}");
        assert!((far - 18.453_424_658).abs() < 1e-9, "{far}");
        // Ready teachers of 0.32395661 of the schools have all there is; half of the learners sit near the link, the rest is
        // served as far as there are networks; hours suffice for reach, and for 0.857 and 0.738 of a full dose.
        let rooms = Rooms {
            near_link: 0.5,
            networked: all(0.2),
        };
        let reach = first(rooms.serve(all(0.323_956_61), [ONE; 2]));
        assert!((reach - (0.5 * 0.323_956_61 + 0.5 * 0.2)).abs() < 1e-9, "{reach}");
        let hours = [near, far].map(|devices| all(25.0 * devices / 250.0 / 2.5));
        let dose = 0.6 * first(rooms.serve(all(0.323_956_61), hours));
        assert!(
            (dose - 0.6 * (0.5 * 0.323_956_61 * 0.856_493_151 + 0.5 * 0.2 * 0.738_136_986)).abs() < 1e-9,
            "{dose}"
        );
    }

    /// By hand: 0.8 of the schools had a link, 0.1 are lost and 0.05 new; upkeep is paid for a quarter, 0.2. A fifteenth of the links
    /// is new and in service. Of the others 0.2 · 14/15 are where ready teachers are in complete schools, 0.4 · 14/15 in complete
    /// ones: all of the first, 1/15 + 0.2 / 0.4 of the second, and of those elsewhere none but the new.
    #[test]
    fn what_is_kept_up_serves_first_where_all_stands() {
        let kept = |[opened, stands, new]: [f64; 3], paid: f64| {
            InService::of([opened, stands, new].map(all), [0.4, 0.2].map(all), all(paid))
        };
        let is = |service: InService, expected: [f64; 4]| {
            let ours = [service.all, service.complete, service.ready, service.others].map(first);
            assert!(
                ours.iter().zip(expected).all(|(ours, of)| (ours - of).abs() < 1e-12),
                "{ours:?} {expected:?}"
            );
        };
        is(
            kept([0.8, 0.75, 0.05], 0.25),
            [0.25 / 0.75, 1.0 / 15.0 + 0.5, 1.0, 1.0 / 15.0],
        );
        // Of 0.72 that is kept up of 0.8 the 0.7 that were not lost are in service: what was lost was not kept up.
        is(kept([0.8, 0.75, 0.05], 0.9), [1.0; 4]);
        // With nothing lost nor new 0.6 of 0.8 is in service: of the 0.4 that lack something the half.
        is(kept([0.8, 0.8, 0.0], 0.75), [0.75, 1.0, 1.0, 0.5]);
    }
}
