//! Management (2.8): programme management, monitoring, data protection and contingency as shares of the plan's need.
//!
//! The base is what the other components need beyond the twin, so that a plan pays for managing itself and not for
//! the administration that runs existing services. It is neither a share of itself nor of finance.

use crate::model::component::{
    CONTINGENCY_UPKEEP, LINES, MONITORING_UPKEEP, PROGRAMME_UPKEEP, PROTECTION_UPKEEP, Year,
};
use crate::model::lanes::ZERO;
use crate::model::tables::Model;
use crate::model::trajectory::Pass;
use crate::model::workspace::{Chunk, Needs};
use crate::model::{cell, need_index};
use crate::scenario::{Component, Need};

/// States the needs of management, once all other components have stated theirs.
pub fn needs(year: &Year<'_>, chunks: &mut [Chunk], twin: &Pass, plan: &mut Pass) {
    let Year { t, p, model, .. } = *year;
    let (Some(management), true) = (&model.slots.plan.management, year.acts()) else {
        return;
    };
    let shares = [
        management.programme,
        management.monitoring,
        management.data_protection,
        management.contingency,
    ]
    .map(|slot| Model::number(p, slot));
    let lines = [
        PROGRAMME_UPKEEP,
        MONITORING_UPKEEP,
        PROTECTION_UPKEEP,
        CONTINGENCY_UPKEEP,
    ];
    let rate: f64 = shares.iter().sum();
    let others = || Component::ALL.iter().filter(|c| **c != Component::Management);
    // Savings of one component are set against what the others need more.
    let (mut total, mut beyond) = (0.0, 0.0);
    let needs = Needs { t, chunks };
    for need in Need::ALL {
        for component in others() {
            let at = cell(*component, *need);
            let here = needs.total(at);
            total += here;
            beyond += here - twin.need(t, at);
        }
        let mut prices = plan.prices(t);
        for (line, price) in lines.iter().zip(shares) {
            prices.set(line + need_index(*need), price);
        }
    }
    let part = if total > 0.0 {
        (beyond / total).clamp(0.0, 1.0)
    } else {
        0.0
    };
    for chunk in chunks {
        for (index, need) in Need::ALL.iter().enumerate() {
            let own = cell(Component::Management, *need);
            for (place, bin) in chunk.sums.bins().enumerate() {
                let base = part
                    * others()
                        .map(|other| chunk.sums.need.get(t, cell(*other, *need), bin))
                        .sum::<f64>();
                for line in lines {
                    chunk.sums.quantity.row_mut(t, line + index)[place] = base;
                }
                chunk.sums.need.row_mut(t, own)[place] = base * rate;
            }
            for row in &mut chunk.state.rows {
                let mut sum = ZERO;
                for other in others() {
                    sum += row[cell(*other, *need)];
                }
                row[own] = sum * (part * rate);
            }
        }
    }
    debug_assert_eq!(
        LINES[PROGRAMME_UPKEEP + need_index(Need::Expansion)].need,
        Need::Expansion
    );
}
