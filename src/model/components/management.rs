//! Management (2.8): programme management, monitoring, data protection and contingency as shares of the plan's need.
//!
//! The base is what the other components need beyond the twin, so that a plan pays for managing itself and not for
//! the administration that runs existing services. It is neither a share of itself nor of finance.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, cost_lines};
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::Year;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::{Component, Need};

cost_lines! { Management in Coordination, Centre, Governance;
    PROGRAMME_UPKEEP = "programme management", Upkeep, Recurrent, "usd_of_need", false, ["plan.management.programme"];
    PROGRAMME_RENEWAL = "programme management", Renewal, Recurrent, "usd_of_need", false, ["plan.management.programme"];
    PROGRAMME_EXPANSION = "programme management", Expansion, Recurrent, "usd_of_need", false, ["plan.management.programme"];
    MONITORING_UPKEEP = "monitoring", Upkeep, Recurrent, "usd_of_need", false, ["plan.management.monitoring"] in Data, Centre, Governance;
    MONITORING_RENEWAL = "monitoring", Renewal, Recurrent, "usd_of_need", false, ["plan.management.monitoring"] in Data, Centre, Governance;
    MONITORING_EXPANSION = "monitoring", Expansion, Recurrent, "usd_of_need", false, ["plan.management.monitoring"] in Data, Centre, Governance;
    PROTECTION_UPKEEP = "data protection", Upkeep, Recurrent, "usd_of_need", false, ["plan.management.data_protection"] in Data, Centre, Governance;
    PROTECTION_RENEWAL = "data protection", Renewal, Recurrent, "usd_of_need", false, ["plan.management.data_protection"] in Data, Centre, Governance;
    PROTECTION_EXPANSION = "data protection", Expansion, Recurrent, "usd_of_need", false, ["plan.management.data_protection"] in Data, Centre, Governance;
    CONTINGENCY_UPKEEP = "contingency", Upkeep, Recurrent, "usd_of_need", false, ["plan.management.contingency"] in Cost, Centre, Governance;
    CONTINGENCY_RENEWAL = "contingency", Renewal, Recurrent, "usd_of_need", false, ["plan.management.contingency"] in Cost, Centre, Governance;
    CONTINGENCY_EXPANSION = "contingency", Expansion, Recurrent, "usd_of_need", false, ["plan.management.contingency"] in Cost, Centre, Governance;
}

/// Categories of its lines.
const CATEGORIES: usize = LINE_COUNT / Need::ALL.len();

/// Management.
#[derive(Clone, Debug)]
pub struct Management;

impl ComponentModel for Management {
    const COMPONENT: Component = Component::Management;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = None;
    const ON_TOP: bool = true;

    type Tables = ();
    type Yearly = ();
    type Stock = ();
    type Placed = ();

    fn tables(_: &Model) {}

    fn yearly(_: &Year<'_>, (): &()) {}

    fn open(_: &Now<'_, Self>, _: &mut Block<'_, Self>) {}

    #[inline(always)]
    fn needs(_: &Now<'_, Self>, _: &mut Block<'_, Self>, _: &mut Sums) {}

    #[inline(always)]
    fn apply(_: &Now<'_, Self>, _: &mut Block<'_, Self>, _: &OwnFunded<'_>, _: &mut Sums) {}

    fn shares_of_others(year: &Year<'_>, see: &mut dyn FnMut(&[f64])) {
        if let Some(plan) = year.model.slots.plan.management.as_ref().filter(|_| year.acts()) {
            let shares: [NumberSlot; CATEGORIES] =
                [plan.programme, plan.monitoring, plan.data_protection, plan.contingency];
            see(&shares.map(|slot| Model::number(year.p, slot)));
        }
    }
}
