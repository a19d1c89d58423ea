//! What holds reach back.

use super::{Here, Run};
use crate::model::access;
use crate::model::lanes::{all, first};
use crate::model::sums::stat;
use crate::scenario::measure::Scope;

/// The part of reach whose lack holds a scope back most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Electricity.
    Power,
    /// Link.
    Link,
    /// Devices.
    Devices,
    /// Ready teachers.
    Teachers,
}

impl Binding {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Link => "links",
            Self::Devices => "devices",
            Self::Teachers => "teachers",
        }
    }
}

/// What holds a scope back: the part which, were it everywhere, would raise reach most; the scarcest where none alone would.
#[must_use]
pub fn binding(run: Run<'_>, t: usize, scope: Scope<'_>) -> Option<Binding> {
    let here = Here::new(run, scope);
    let part = |over, under| here.ratio(t, over, under);
    let power = part(stat::POWERED, stat::SCHOOLS)?;
    let link = part(stat::LINKED_RAW, stat::SCHOOLS)?;
    let devices = part(stat::EQUIPPED_RAW, stat::SCHOOLS)?;
    let ready = part(stat::READY, stat::TEACHERS)?;
    let bundling = access::bundling(run.model, run.parameters, t, t >= run.model.plan_from);
    let reach = |power: f64, link: f64, devices: f64, ready: f64| {
        let service = access::Service {
            power: all(power),
            link: all(link.min(power)),
            devices: all(devices.min(power)),
            ready: all(ready),
        };
        first(service.reach(bundling))
    };
    let parts = [Binding::Power, Binding::Link, Binding::Devices, Binding::Teachers];
    let now = reach(power, link, devices, ready);
    let gains = [
        reach(1.0, link, devices, ready),
        reach(power, 1.0, devices, ready),
        reach(power, link, 1.0, ready),
        reach(power, link, devices, 1.0),
    ]
    .map(|with| with - now);
    let most = gains.iter().copied().fold(0.0, f64::max);
    let which = if most > 1e-9 {
        gains.iter().position(|gain| *gain == most)?
    } else {
        let shares = [power, link, devices, ready];
        let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
        shares.iter().position(|share| *share == least)?
    };
    Some(parts[which])
}
