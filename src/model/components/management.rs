//! Management (2.8): programme management, monitoring, data protection and contingency as shares of the plan's need.
//!
//! The base is what the other components need beyond the twin, so that a plan pays for managing itself and not for
//! the administration that runs existing services. It is neither a share of itself nor of finance.

use crate::model::component::{
    CONTINGENCY_UPKEEP, LINES, MONITORING_UPKEEP, PROGRAMME_UPKEEP, PROTECTION_UPKEEP, Sheet, Year, sum,
};
use crate::model::tables::Model;
use crate::model::{cell, need_index};
use crate::scenario::{Component, Need};

/// States the needs of management, once all other components have stated theirs.
pub fn needs(year: &Year<'_>, sheet: &mut Sheet, bins: &[u32]) {
    let Year { t, p, model, .. } = *year;
    let (Some(plan), Some(twin), true) = (&model.slots.plan.management, year.counterpart, year.acts()) else {
        return;
    };
    let shares =
        [plan.programme, plan.monitoring, plan.data_protection, plan.contingency].map(|slot| Model::number(p, slot));
    let lines = [
        PROGRAMME_UPKEEP,
        MONITORING_UPKEEP,
        PROTECTION_UPKEEP,
        CONTINGENCY_UPKEEP,
    ];
    let all: f64 = shares.iter().sum();
    // Savings of one component are set against what the others need more.
    let (mut total, mut beyond) = (0.0, 0.0);
    for need in Need::ALL {
        for component in Component::ALL.iter().filter(|c| **c != Component::Management) {
            let at = cell(*component, *need);
            let here = sum(sheet.needed(at));
            total += here;
            beyond += here - twin.need(t, at);
        }
        for (line, price) in lines.iter().zip(shares) {
            sheet.set_price(line + need_index(*need), price);
        }
    }
    let part = if total > 0.0 {
        (beyond / total).clamp(0.0, 1.0)
    } else {
        0.0
    };
    for (index, need) in Need::ALL.iter().enumerate() {
        sheet.gather(
            Component::Management,
            *need,
            part,
            all,
            lines.map(|line| line + index),
            bins,
        );
    }
    debug_assert_eq!(
        LINES[PROGRAMME_UPKEEP + need_index(Need::Expansion)].need,
        Need::Expansion
    );
}
