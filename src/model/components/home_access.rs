//! Home access (2.7): connections, devices on loan and offline kits for learners at home, the poorest first.
//!
//! What homes have today is theirs and costs nothing here. The plan gives to learners who have none, and pays for all that it
//! gives, as long as it is to stand.

use crate::model::at_home::{self, Homes};
use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ONE, ZERO, divide_or, max, min};
use crate::model::lever::LeverMap;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::{Component, Country, Need, Plan};

cost_lines! { HomeAccess in Connectivity, School, Devices;
    CONNECTIONS = "home connections", Upkeep, Recurrent, "learner", false, ["prices.home_access.connection"] in Connectivity, School, Connectivity;
    UPKEEP = "upkeep of loaned devices", Upkeep, Recurrent, "usd_of_devices", false, ["prices.home_access.device_upkeep"];
    KIT_UPKEEP = "upkeep of offline kits", Upkeep, Recurrent, "usd_of_kits", false, ["prices.home_access.kit_upkeep"] in Content, School, Platforms;
    RENEWAL = "loaned devices", Renewal, Capital, "device", true, ["prices.home_access.device"];
    KIT_RENEWAL = "offline kits", Renewal, Capital, "kit", true, ["prices.home_access.kit"] in Content, School, Platforms;
    NEW = "loaned devices", Expansion, Capital, "device", true, ["prices.home_access.device"];
    NEW_KITS = "offline kits", Expansion, Capital, "kit", true, ["prices.home_access.kit"] in Content, School, Platforms;
    NEW_CONNECTIONS = "home connections", Expansion, Recurrent, "learner", false, ["prices.home_access.connection"] in Connectivity, School, Connectivity;
    NEW_UPKEEP = "upkeep of loaned devices", Expansion, Recurrent, "usd_of_devices", false, ["prices.home_access.device_upkeep"];
    NEW_KIT_UPKEEP = "upkeep of offline kits", Expansion, Recurrent, "usd_of_kits", false, ["prices.home_access.kit_upkeep"] in Content, School, Platforms;
}

/// Home access.
#[derive(Clone, Debug)]
pub struct HomeAccess;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct HomeAccessTables {
    levers: Option<Levers>,
}

/// The levers, resolved for each group.
#[derive(Clone, Debug)]
struct Levers {
    connections: LeverMap,
    loaned: LeverMap,
    kits: LeverMap,
}

/// A thing that lasts some years.
#[derive(Clone, Copy, Debug)]
struct Thing {
    price: f64,
    taxed: f64,
    /// Learners who share it, one over.
    each: f64,
    /// What of it ends in a year: ages are mixed, and what is carried home breaks at any age.
    per_life: f64,
    /// Upkeep a year as a share of its price.
    upkeep: f64,
}

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct HomeAccessYear {
    homes: Option<Homes>,
    connection: f64,
    loan: Thing,
    kit: Thing,
}

/// Things for learners: how many have them, and what is planned this year.
#[derive(Clone, Copy, Debug, Default)]
struct Things {
    /// Learners who have one.
    learners: Lanes,
    /// Of these, who lose theirs this year; for how many of them it is replaced; and who get one anew.
    ends: Lanes,
    renewed: Lanes,
    added: Lanes,
}

impl Things {
    /// Plans the year: what ends is replaced as far as it is needed.
    #[inline(always)]
    fn plan(&mut self, thing: &Thing, wanted: Lanes) {
        self.ends = self.learners * thing.per_life;
        self.added = max(wanted - self.learners, ZERO);
        self.renewed = min(self.ends, max(wanted + self.ends - self.learners, ZERO));
    }

    /// What stands is worth, without taxes, and half of that of what is new.
    #[inline(always)]
    fn worth(&self, thing: &Thing) -> [Lanes; 2] {
        [self.learners, 0.5 * self.added].map(|learners| learners * (thing.each * thing.price))
    }

    /// Lets happen what is paid for; gives for how many learners it is in service, and how many got and lost theirs.
    #[inline(always)]
    fn apply(&mut self, [upkeep, renewal, expansion]: [Lanes; 3]) -> [Lanes; 3] {
        let (added, gone) = (self.added * expansion, self.ends - self.renewed * renewal);
        let served = (self.learners - gone) * upkeep + added;
        self.learners += added - gone;
        [served, added, gone]
    }
}

/// What the plan has given in four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct HomeAccessStock {
    /// Share of learners with a connection by the plan; planned this year: who go on with it, who come.
    connected: Lanes,
    connected_plan: [Lanes; 2],
    loans: Things,
    kits: Things,
}

impl ComponentModel for HomeAccess {
    const COMPONENT: Component = Component::HomeAccess;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("devices on loan to learners", "device"));

    type Tables = HomeAccessTables;
    type Yearly = HomeAccessYear;
    type Stock = HomeAccessStock;
    type Placed = ();

    fn tables(model: &Model) -> HomeAccessTables {
        let plan = model.slots.plan.home_access.as_ref();
        HomeAccessTables {
            levers: plan.map(|plan| Levers {
                connections: LeverMap::of(model, &plan.connections),
                loaned: LeverMap::of(model, &plan.loaned),
                kits: LeverMap::of(model, &plan.kits),
            }),
        }
    }

    fn yearly(year: &Year<'_>, _: &HomeAccessTables) -> HomeAccessYear {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let prices = &model.slots.prices.home_access;
        let tax = tax_factor(model, p);
        let thing = |price: f64, each: f64, life, upkeep| Thing {
            price,
            taxed: price * tax,
            each,
            per_life: 1.0 / number(life),
            upkeep: number(upkeep),
        };
        let plan = model.slots.plan.home_access.as_ref();
        let device = year.traded(Market::Devices, prices.device);
        let kit = year.traded(Market::Hardware, prices.kit);
        let shared_by = plan.map_or(1.0, |plan| number(plan.learners_per_kit));
        HomeAccessYear {
            homes: plan.map(|_| Homes::of(model, p)),
            connection: year.traded(Market::Plans, prices.connection),
            loan: thing(device, 1.0, prices.device_life, prices.device_upkeep),
            kit: thing(kit, 1.0 / shared_by, prices.kit_life, prices.kit_upkeep),
        }
    }

    fn prices(own: &HomeAccessYear, prices: &mut Prices<'_>) {
        for (lines, price) in [
            ([CONNECTIONS, NEW_CONNECTIONS], own.connection),
            ([UPKEEP, NEW_UPKEEP], own.loan.upkeep),
            ([KIT_UPKEEP, NEW_KIT_UPKEEP], own.kit.upkeep),
            ([RENEWAL, NEW], own.loan.price),
            ([KIT_RENEWAL, NEW_KITS], own.kit.price),
        ] {
            for line in lines {
                prices.set(line, price);
            }
        }
    }

    /// The levers count what the plan gives, so nothing of it stands today.
    fn today(_: &str, _: &Country, _: &Plan) -> Option<f64> {
        Some(0.0)
    }

    fn open(_: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        block.s.fill(HomeAccessStock::default());
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let (Some(levers), Some(homes)) = (now.tables.levers.as_ref(), own.homes.as_ref()) else {
            return;
        };
        let acts = now.year.acts();
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let [connected, device, online] = homes.without_plan(&at_home::mix(model, p, four));
            // Nobody gets what the home has today.
            let given = |lever: &LeverMap, has: Lanes| {
                let asked = if acts { lever.at(p, four, t) } else { ZERO };
                min(asked, max(ONE - has, ZERO))
            };
            let wanted = given(&levers.connections, connected);
            let goes_on = min(s.connected, wanted);
            s.connected_plan = [goes_on, wanted - goes_on];
            s.loans.plan(&own.loan, given(&levers.loaned, device) * here.learners);
            s.kits.plan(&own.kit, given(&levers.kits, online) * here.learners);
            let connections = [goes_on, 0.5 * s.connected_plan[1]].map(|share| share * here.learners);
            let (loans, kits) = (s.loans.worth(&own.loan), s.kits.worth(&own.kit));
            let bought = |things: &Things, thing: &Thing| [things.renewed, things.added].map(|of| of * thing.each);
            let (new_loans, new_kits) = (bought(&s.loans, &own.loan), bought(&s.kits, &own.kit));
            let mut quantities = [ZERO; LINE_COUNT];
            for (needs, [kept, new]) in [
                ([CONNECTIONS, NEW_CONNECTIONS], connections),
                ([UPKEEP, NEW_UPKEEP], loans),
                ([KIT_UPKEEP, NEW_KIT_UPKEEP], kits),
                ([RENEWAL, NEW], new_loans),
                ([KIT_RENEWAL, NEW_KITS], new_kits),
            ] {
                (quantities[needs[0]], quantities[needs[1]]) = (kept, new);
            }
            lines.bin(now.bins[four]);
            lines.add_all(quantities);
            // A year of it, and half a year of what is new.
            let runs =
                |at: usize| connections[at] * own.connection + loans[at] * own.loan.upkeep + kits[at] * own.kit.upkeep;
            let buys = |at: usize| new_loans[at] * own.loan.taxed + new_kits[at] * own.kit.taxed;
            // Nothing of it would stand without a plan; how much there is of it is counted in learners.
            let stands = goes_on * here.learners + s.loans.learners + s.kits.learners;
            block.state(
                now,
                at,
                [stands; 2],
                [runs(0), buys(0), buys(1) + runs(1)],
                &mut amounts,
            );
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        if now.tables.levers.is_none() {
            return;
        }
        let [upkeep, renewal, expansion] = [Need::Upkeep, Need::Renewal, Need::Expansion].map(|need| funded.of(need));
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let paid = [upkeep.at(four), renewal.at(four), expansion.at(four)];
            let [goes_on, comes] = [s.connected_plan[0], s.connected_plan[1] * paid[2]];
            s.connected = goes_on + comes;
            let [loans, added, gone] = s.loans.apply(paid);
            let [kits, ..] = s.kits.apply(paid);
            shared.home_connected = goes_on * paid[0] + comes;
            [shared.home_device, shared.home_kits] =
                [loans, kits].map(|learners| min(divide_or(learners, here.learners, ZERO), ONE));
            flow.bin(now.bins[four]);
            flow.add_all([added, gone]);
        }
    }

    /// Devices and kits, whose ages are mixed.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let (own, s) = (now.own, &block.s[at]);
        let of = |things: &Things, thing: &Thing| things.learners * (thing.each * thing.taxed);
        let (loans, kits) = (of(&s.loans, &own.loan), of(&s.kits, &own.kit));
        [
            loans * own.loan.per_life + kits * own.kit.per_life,
            0.5 * (loans + kits),
        ]
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &HomeAccessStock, _: &Population, _: usize) -> Lanes {
        s.loans.learners
    }
}
