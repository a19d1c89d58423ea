//! The bill after the last year (5): what keeping what then stands costs, what is still owed, and what is not used up.
//!
//! The scenario goes one year further, and that year is asked what it needs: a full year's upkeep of all that stands when it
//! begins, paid before or not. Renewal is what replacing it costs a year in the long run, units over mean life. Management comes
//! on both as the plan states it. Without a new plan it is the same of the twin; the plan's is what comes on top.
//!
//! It is told twice: of the run in which all is paid for, beside what it costs to do it all; and of this run, for what is paid for.

use super::components::{Components, List, ON_TOP, is_managed};
use super::funding::debt::UNIFIED_RATE;
use super::funding::source::SourceId;
use super::pass::Pass;
use super::sums::Detail;
use super::tables::Model;
use super::trajectory::Trajectory;
use super::workspace::Workspace;
use super::year::Year;
use super::{COMPONENT_COUNT, Cell, component_index};
use crate::scenario::{Component, Need, Scenario};
use crate::units::NominalUsd;

/// Two layers of an amount, constant US$: what would be there without a plan, and what the plan adds.
pub type Layers = [f64; 2];

/// What stands at the end of the last year, and what keeping it costs from then on.
#[derive(Clone, Debug)]
pub struct Standing {
    /// A full year's upkeep by component.
    pub upkeep: [Layers; COMPONENT_COUNT],
    /// A year's renewal in the long run by component.
    pub renewal: [Layers; COMPONENT_COUNT],
    /// What of that which stands is not used up by component.
    pub left: [Layers; COMPONENT_COUNT],
}

impl Standing {
    /// What a year costs: upkeep and renewal of both layers, then of the plan alone.
    #[must_use]
    pub fn a_year(&self) -> [f64; 2] {
        let rows = || self.upkeep.iter().chain(&self.renewal);
        let existing: f64 = rows().map(|layers| layers[0]).sum();
        let plan: f64 = rows().map(|layers| layers[1]).sum();
        [existing + plan, plan]
    }

    /// What a year costs for a component: both layers.
    #[must_use]
    pub fn a_year_of(&self, component: Component) -> Layers {
        let index = component_index(component);
        std::array::from_fn(|layer| self.upkeep[index][layer] + self.renewal[index][layer])
    }

    /// What of all that stands is not used up: of both layers, then of the plan alone.
    #[must_use]
    pub fn left_of_all(&self) -> [f64; 2] {
        let [existing, plan] = [0, 1].map(|layer| self.left.iter().map(|layers| layers[layer]).sum::<f64>());
        [existing + plan, plan]
    }
}

/// The bill after the last year.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The year after the last.
    pub year: i32,
    /// Nominal US$ for one constant US$ in that year.
    pub deflator: f64,
    /// Of the run in which all is paid for in its year.
    pub full: Standing,
    /// Of this run: what is paid for.
    pub paid: Standing,
    /// Debt service in each year from that one on, while there is any, constant US$.
    pub debt_service: Vec<f64>,
    /// Its present value at the end of the last year, at the real rate of discount.
    pub debt_present: f64,
    /// The same as debt analyses have it: nominal US$, at [`UNIFIED_RATE`].
    pub debt_owed: NominalUsd,
}

impl Trajectory {
    /// The bill after the last year, made when it is first asked for.
    #[must_use]
    pub fn ahead(&self) -> &Ahead {
        self.bill.get_or_init(|| self.look_ahead())
    }

    fn look_ahead(&self) -> Ahead {
        let mut scenario: Scenario = (*self.model.scenario).clone();
        scenario.horizon += 1;
        let model = Model::new(scenario);
        let mut ws = Workspace::new(&model, Detail::TOTALS).with(self.run.each);
        ws.ahead = true;
        // No money waits for that year: up to the last one the run is the same.
        ws.money.foreseen_to = model.years - 1;
        model.run(&model.parameters, &mut ws);
        let last = model.years - 1;
        let (year, deflator) = (model.calendar(last), ws.money.outlook.deflator[last]);
        let paid = standing(&model, &ws, [&ws.twin, &ws.plan]);
        model.pay_in_full(&model.parameters, &mut ws);
        let full = standing(&model, &ws, [ws.twin_in_full(), ws.in_full().unwrap_or(&ws.plan)]);
        let mut bill = Ahead {
            year,
            deflator,
            full,
            paid,
            debt_service: Vec::new(),
            debt_present: 0.0,
            debt_owed: NominalUsd::default(),
        };
        self.debt_ahead(&mut bill);
        bill
    }

    /// Service of what was drawn up to the last year.
    fn debt_ahead(&self, bill: &mut Ahead) {
        let (model, money) = (&self.model, &self.run.money);
        let last = model.years - 1;
        let economy = &model.slots.country.economy;
        let inflation = 1.0 + Model::at(&self.parameters, economy.us_inflation, last);
        let rate = 1.0 + Model::number(&self.parameters, model.slots.prices.general.discount);
        let (mut deflator, mut present, mut owed_present) = (money.outlook.deflator[last], 1.0, 1.0);
        for t in last + 1.. {
            deflator *= inflation;
            present /= rate;
            owed_present /= 1.0 + UNIFIED_RATE;
            let owes = |id: SourceId| {
                let year = money.owes(model, &self.parameters, t, &self.run.envelope, id);
                (year.service().0, year.outstanding.0)
            };
            // A swap owes less than nothing: it takes none of the others' debt away.
            let (service, anything) = money.ids().map(owes).fold((0.0, false), |(sum, any), (service, owed)| {
                (sum + service, any || service.abs() > 1e-6 || owed.abs() > 1e-6)
            });
            if !anything || bill.debt_service.len() > 200 {
                break;
            }
            bill.debt_service.push(service / deflator);
            bill.debt_present += service / deflator * present;
            bill.debt_owed += NominalUsd(service * owed_present);
        }
    }
}

/// What stands when the last year of a model begins, of a run and its twin.
fn standing(model: &Model, ws: &Workspace, passes: [&Pass; 2]) -> Standing {
    let last = model.years - 1;
    let layers = |of: &dyn Fn(&Pass) -> f64| {
        let [without, with] = passes.map(of);
        [without, with - without]
    };
    let mut stands = Standing {
        upkeep: [[0.0; 2]; COMPONENT_COUNT],
        renewal: [[0.0; 2]; COMPONENT_COUNT],
        left: [[0.0; 2]; COMPONENT_COUNT],
    };
    for component in Component::ALL {
        let index = component_index(*component);
        if *component == ON_TOP {
            continue;
        }
        let row = |row: usize| layers(&|pass| pass.sums.ahead.row(0, 2 * index + row).iter().sum());
        stands.upkeep[index] = layers(&|pass| pass.need(last, Cell::of(*component, Need::Upkeep)));
        [stands.renewal[index], stands.left[index]] = [row(0), row(1)];
    }
    // Management on what the plan adds; savings of one component are set against the others.
    let year = Year {
        t: last,
        twin: false,
        p: &model.parameters,
        model,
        demand: &ws.demand,
        trends: ws.yearly.trends(last),
    };
    Components::shares_of_others(&year, &mut |own, shares| {
        let rate: f64 = shares.iter().sum();
        for rows in [&mut stands.upkeep, &mut stands.renewal] {
            let managed = Component::ALL.iter().filter(|component| is_managed(**component));
            let beyond: f64 = managed.map(|component| rows[component_index(*component)][1]).sum();
            rows[component_index(own)] = [0.0, rate * beyond.max(0.0)];
        }
    });
    stands
}
