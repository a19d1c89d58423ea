//! The components of a plan, one file each. A new component is one file, one line here and its cost lines. Management,
//! a share of what the others need, comes after them and has no stock.

pub mod content;
pub mod devices;
pub mod links;
pub mod management;
pub mod power;
pub mod support;
pub mod training;

use super::component::ComponentModel;

/// In the order in which needs are stated: what is planned by one is a load for the next.
pub const COMPONENTS: [&dyn ComponentModel; 6] = [
    &devices::Devices,
    &links::Links,
    &power::Power,
    &training::Training,
    &content::Content,
    &support::Support,
];
