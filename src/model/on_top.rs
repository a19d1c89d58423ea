//! Components that come on top: a share of what all others need beyond the twin, stated once these have stated theirs.

use super::Cell;
use super::chunk::{Chunk, Needs};
use super::components::{Components, LineId, List, is_managed};
use super::lanes::ZERO;
use super::pass::Pass;
use super::year::Year;
use crate::scenario::{Component, Need};

/// States the needs of a year of all that comes on top.
pub fn state(year: &Year<'_>, chunks: &mut [Chunk], twin: &Pass, plan: &mut Pass) {
    Components::shares_of_others(year, &mut |component, shares| {
        of_others(year.t, component, shares, chunks, twin, plan);
    });
}

fn of_others(t: usize, own: Component, shares: &[f64], chunks: &mut [Chunk], twin: &Pass, plan: &mut Pass) {
    let kinds = Need::ALL.len();
    let rate: f64 = shares.iter().sum();
    let others = || Component::ALL.iter().filter(|other| is_managed(**other));
    // Savings of one component are set against what the others need more.
    let (mut total, mut beyond) = (0.0, 0.0);
    let needs = Needs { t, chunks };
    for (index, need) in Need::ALL.iter().enumerate() {
        for other in others() {
            let at = Cell::of(*other, *need);
            let here = needs.total(at);
            total += here;
            beyond += here - twin.need(t, at);
        }
        let mut prices = plan.prices(t, LineId::of(own, 0));
        for (category, price) in shares.iter().enumerate() {
            prices.set(category * kinds + index, *price);
        }
    }
    let part = if total > 0.0 {
        (beyond / total).clamp(0.0, 1.0)
    } else {
        0.0
    };
    for chunk in chunks {
        for (index, need) in Need::ALL.iter().enumerate() {
            let at = Cell::of(own, *need).index();
            for (place, bin) in chunk.sums.bins().enumerate() {
                let base = part
                    * others()
                        .map(|other| chunk.sums.need.get(t, Cell::of(*other, *need).index(), bin))
                        .sum::<f64>();
                for category in 0..shares.len() {
                    let line = LineId::of(own, category * kinds + index).index();
                    chunk.sums.quantity.row_mut(t, line)[place] = base;
                }
                chunk.sums.need.row_mut(t, at)[place] = base * rate;
            }
            let rows = &mut chunk.plan.groups.rows;
            for row in &mut *rows {
                row[at] = ZERO;
            }
            for other in others() {
                let of = Cell::of(*other, *need).index();
                for row in &mut *rows {
                    row[at] += row[of];
                }
            }
            for row in rows {
                row[at] = row[at] * (part * rate);
            }
        }
    }
}
