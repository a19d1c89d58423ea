//! The network inside a school (2.8b): a core and one access point a room, and classroom sets beside it.
//!
//! Rooms are as many as teachers of a shift. A set (screen, projector, offline content, charging) has no outcome of its
//! own: it is there to be counted and paid.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{Population, Shared};
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, divide_or, max, min, narrow, widen};
use crate::model::lever::{LeverMap, target};
use crate::model::life::Life;
use crate::model::schooling::shifts;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::shocks::LostSlots;
use crate::scenario::{Component, Country, Group, Need, Plan};

// Of each kind of line that for the school has a name; those for rooms and sets follow it.
cost_lines! { Campus in Connectivity, School, Connectivity;
    UPKEEP = "upkeep of school networks", Upkeep, Recurrent, "school", false, ["prices.campus.core", "prices.campus.upkeep"];
    UPKEEP_ROOM = "upkeep of room networks", Upkeep, Recurrent, "room", false, ["prices.campus.room", "prices.campus.upkeep"];
    UPKEEP_SET = "running of classroom sets", Upkeep, Recurrent, "set", false, ["prices.campus.set", "prices.campus.set_running"] in Connectivity, School, Devices;
    RENEWAL = "school networks", Renewal, Capital, "school", true, ["prices.campus.core"];
    RENEWAL_ROOM = "room networks", Renewal, Capital, "room", true, ["prices.campus.room"];
    RENEWAL_SET = "classroom sets", Renewal, Capital, "set", true, ["prices.campus.set"] in Connectivity, School, Devices;
    NEW = "school networks", Expansion, Capital, "school", true, ["prices.campus.core"];
    NEW_ROOM = "room networks", Expansion, Capital, "room", true, ["prices.campus.room"];
    NEW_SET = "classroom sets", Expansion, Capital, "set", true, ["prices.campus.set"] in Connectivity, School, Devices;
    NEW_UPKEEP = "upkeep of school networks", Expansion, Recurrent, "school", false, ["prices.campus.core", "prices.campus.upkeep"];
    NEW_UPKEEP_ROOM = "upkeep of room networks", Expansion, Recurrent, "room", false, ["prices.campus.room", "prices.campus.upkeep"];
    NEW_UPKEEP_SET = "running of classroom sets", Expansion, Recurrent, "set", false, ["prices.campus.set", "prices.campus.set_running"] in Connectivity, School, Devices;
}

/// What is counted: schools with a network, rooms with one, classroom sets.
const THINGS: usize = 3;
const SCHOOLS: usize = 0;
const ROOMS: usize = 1;
const SETS: usize = 2;

/// Campus networks and classroom sets.
#[derive(Clone, Debug)]
pub struct Campus;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct CampusTables {
    networked: Option<LeverMap>,
    sets: Option<LeverMap>,
}

/// Prices of a thing in one year.
#[derive(Clone, Copy, Debug)]
struct Offer {
    price: f64,
    taxed: f64,
    upkeep: f64,
    life: Life,
    /// Energy, kWh a year.
    energy: f64,
}

/// Prices and lives of one year.
#[derive(Clone, Debug)]
pub struct CampusYear {
    offers: [Offer; THINGS],
    /// One over the number of shifts.
    per_shift: f64,
    /// Share of the linked schools that have a network in the base year.
    today: f64,
}

/// Networks and sets of four groups, in number.
#[derive(Clone, Copy, Debug, Default)]
pub struct CampusStock {
    stands: [Lanes; THINGS],
    base: [Lanes; THINGS],
    /// Planned this year: what ends, what is added.
    due: [Lanes; THINGS],
    added: [Lanes; THINGS],
}

impl CampusYear {
    /// Rooms in use: one for each teacher of a shift.
    #[inline(always)]
    fn rooms(&self, here: &Population) -> Lanes {
        here.teachers * self.per_shift
    }

    /// Energy of so many networks and rooms, kWh a year and school of the group.
    #[inline(always)]
    fn kwh(&self, things: [Lanes; THINGS], here: &Population) -> Lanes {
        let [core, room, set] = self.offers.map(|offer| offer.energy);
        (things[SCHOOLS] * core + things[ROOMS] * room + things[SETS] * set) * here.per_school
    }

    /// Says what stands.
    #[inline(always)]
    fn say(&self, s: &CampusStock, here: &Population, shared: &mut Shared) {
        shared.networked = min(s.stands[SCHOOLS] * here.per_school, ONE);
        shared.campus_kwh = self.kwh(s.stands, here);
    }
}

impl ComponentModel for Campus {
    const COMPONENT: Component = Component::Campus;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("networked schools", "school"));
    const LOST: Option<fn(&LostSlots) -> NumberSlot> = Some(|lost| lost.campus);

    type Tables = CampusTables;
    type Yearly = CampusYear;
    type Stock = CampusStock;
    /// Networks, rooms and sets put in place.
    type Placed = [[f32; LANES]; THINGS];

    fn tables(model: &Model) -> CampusTables {
        let plan = model.slots.plan.campus.as_ref();
        CampusTables {
            networked: plan.map(|plan| LeverMap::of(model, &plan.networked)),
            sets: plan.map(|plan| LeverMap::of(model, &plan.classroom_sets)),
        }
    }

    fn yearly(year: &Year<'_>, _: &CampusTables) -> CampusYear {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.campus;
        let number = |slot| Model::number(p, slot);
        let tax = tax_factor(model, p);
        let offer = |price, running, life, energy| {
            let price = year.traded(Market::Hardware, price);
            Offer {
                price,
                taxed: price * tax,
                upkeep: number(running) * price,
                life: Life::new(number(life), year.t),
                energy,
            }
        };
        CampusYear {
            offers: [
                offer(prices.core, prices.upkeep, prices.life, number(prices.core_energy)),
                offer(prices.room, prices.upkeep, prices.life, number(prices.room_energy)),
                // Energy of a set is in its running cost.
                offer(prices.set, prices.set_running, prices.set_life, 0.0),
            ],
            per_shift: 1.0 / shifts(model, p),
            today: number(model.slots.country.services.networked),
        }
    }

    fn prices(own: &CampusYear, prices: &mut Prices<'_>) {
        for (thing, offer) in own.offers.iter().enumerate() {
            for (line, price) in [
                (UPKEEP, offer.upkeep),
                (NEW_UPKEEP, offer.upkeep),
                (RENEWAL, offer.price),
                (NEW, offer.price),
            ] {
                prices.set(line + thing, price);
            }
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        let networked = |group: &Group| country.services.networked.value * group.linked();
        (lever == "networked").then(|| mean(country, |group| group.schools.value, networked))?
    }

    /// Networks of today in a stated share of the linked schools, in all of their rooms.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        for at in block.fours() {
            let (here, shared) = (&block.here[at], &mut block.shared[at]);
            let networked = now.own.today * shared.connected;
            let stands = [networked * here.schools, networked * now.own.rooms(here), ZERO];
            block.s[at] = CampusStock {
                stands,
                base: stands,
                ..CampusStock::default()
            };
            now.own.say(&block.s[at], here, shared);
            shared.networked_in_service = shared.networked;
            shared.networked_planned = shared.networked;
            shared.campus_kwh_planned = shared.campus_kwh;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let CampusTables { networked, sets } = now.tables;
        let own = now.own;
        if networked.is_none() && own.today == 0.0 {
            return;
        }
        let acts = now.year.acts();
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let placed = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let share = min(s.stands[SCHOOLS] * here.per_school, ONE);
            let networks = target(networked.as_ref().filter(|_| acts), p, four, t, share);
            // Sets stand in any room, with a network or without.
            let with_set = divide_or(s.stands[SETS], own.rooms(here), ZERO);
            let with_set = target(sets.as_ref().filter(|_| acts), p, four, t, with_set);
            // Rooms that are new in a school with a network are wired as long as a plan asks for networks.
            let wanted = if networked.is_some() && acts {
                [
                    networks * here.schools,
                    networks * own.rooms(here),
                    with_set * own.rooms(here),
                ]
            } else {
                s.stands
            };
            shared.networked_planned = networks;
            lines.bin(now.bins[four]);
            let [mut upkeep, mut renewal, mut expansion] = [ZERO; 3];
            for thing in 0..THINGS {
                let offer = &own.offers[thing];
                let stands = s.stands[thing];
                let ends = offer.life.of_base * s.base[thing] + offer.life.of_placed(t, |y| widen(placed[y][thing]));
                let due = min(ends, stands);
                let added = max(wanted[thing] - stands, ZERO);
                (s.due[thing], s.added[thing]) = (due, added);
                let half_year = 0.5 * added;
                lines.add(UPKEEP + thing, stands);
                lines.add(RENEWAL + thing, due);
                lines.add(NEW + thing, added);
                lines.add(NEW_UPKEEP + thing, half_year);
                upkeep += stands * offer.upkeep;
                renewal += due * offer.taxed;
                expansion += added * offer.taxed + half_year * offer.upkeep;
            }
            let stood = s.stands[SCHOOLS];
            let planned = std::array::from_fn(|thing| s.stands[thing] + s.added[thing]);
            shared.campus_kwh_planned = own.kwh(planned, here);
            let needed = [upkeep, renewal, expansion];
            block.state(now, at, [stood; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        let own = now.own;
        if now.tables.networked.is_none() && own.today == 0.0 {
            return;
        }
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let upkeep = funded.of(Need::Upkeep);
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let (renewed, expanded) = (renewal.at(four), expansion.at(four));
            let placed = &mut block.placed[at * model.years + t];
            for thing in 0..THINGS {
                let added = s.added[thing] * expanded;
                s.stands[thing] += added - s.due[thing] * (ONE - renewed);
                placed[thing] = narrow(added + s.due[thing] * renewed);
            }
            let (new, gone) = (s.added[SCHOOLS] * expanded, s.due[SCHOOLS] * (ONE - renewed));
            own.say(s, here, shared);
            // What is new has its first half year paid with it; of what stood it is in service as far as its upkeep is paid, and
            // what ended was none of that.
            let new_share = min(new * here.per_school, shared.networked);
            let opened = min((s.stands[SCHOOLS] - new + gone) * here.per_school, ONE);
            shared.networked_in_service = min(opened * upkeep.at(four), shared.networked - new_share) + new_share;
            flow.bin(now.bins[four]);
            flow.add_all([new, gone]);
        }
    }

    /// Networks, rooms and sets alike, old and new.
    fn strike(now: &Now<'_, Self>, block: &mut Block<'_, Self>, at: usize, lost: Lanes) -> Lanes {
        let Year { t, model, .. } = now.year;
        let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
        let left = ONE - lost;
        let gone = lost * s.stands[SCHOOLS];
        for stands in s.stands.iter_mut().chain(&mut s.base) {
            *stands *= left;
        }
        for placed in block.placed[at * model.years..=at * model.years + t].as_flattened_mut() {
            *placed = narrow(widen(*placed) * left);
        }
        now.own.say(s, here, shared);
        shared.networked_in_service *= left;
        gone
    }

    /// Networks, rooms and sets, each at its price and life.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let s = &block.s[at];
        let placed = &block.placed[at * model.years..(at + 1) * model.years];
        let (mut renewal, mut worth) = (ZERO, ZERO);
        for (thing, offer) in now.own.offers.iter().enumerate() {
            let left =
                offer.life.left_of_placed(t, |y| widen(placed[y][thing])) + s.base[thing] * offer.life.left_of_base(t);
            renewal += s.stands[thing] * (offer.taxed * offer.life.steady);
            worth += min(left, s.stands[thing]) * offer.taxed;
        }
        [renewal, worth]
    }

    /// Networks are counted first where they are used.
    #[inline(always)]
    fn reaching(shared: &Shared) -> Lanes {
        divide_or(shared.ready_complete, shared.networked, ZERO)
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &CampusStock, _: &Population, _: usize) -> Lanes {
        s.stands[SCHOOLS]
    }
}
