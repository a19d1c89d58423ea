//! The components of a plan, one file each. A new component is one file, one line here and its cost lines. Management,
//! a share of what the others need, comes after them and has no stock.

pub mod content;
pub mod devices;
pub mod links;
pub mod management;
pub mod power;
pub mod support;
pub mod training;

use std::ops::Range;

use super::component::{ComponentModel, Funded, Now, Prices};
use super::sums::Sums;
use super::terms::Terms;
use super::workspace::State;

/// The components in the order in which needs are stated: what is planned by one is a load for the next. What is funded
/// is applied in reverse: what is in service of one (technicians) counts for another (repair of devices).
pub const COMPONENTS: All = (
    devices::Devices,
    (
        links::Links,
        (power::Power, (training::Training, (content::Content, support::Support))),
    ),
);

type All = (
    devices::Devices,
    (
        links::Links,
        (power::Power, (training::Training, (content::Content, support::Support))),
    ),
);

/// Components one after the other, known when the program is built, so that a block of groups goes through all of them
/// in one piece of code.
impl<A: ComponentModel, B: ComponentModel> ComponentModel for (A, B) {
    fn prices(&self, terms: &Terms, prices: &mut Prices<'_>) {
        self.0.prices(terms, prices);
        self.1.prices(terms, prices);
    }

    #[inline(always)]
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>) {
        self.0.needs(now, state, out, block.clone());
        self.1.needs(now, state, out, block);
    }

    #[inline(always)]
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>) {
        self.1.apply(now, state, funded, out, block.clone());
        self.0.apply(now, state, funded, out, block);
    }
}
