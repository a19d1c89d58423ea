//! The same cost in the frames in which ministries and their partners report.

use super::By;
use super::books::FrameCost;
use crate::app::words::Words;
use crate::model::view::{Dimension, Phase, Pillar, Tier};

/// A part of a frame: its name, and what stands in it.
type Part = (&'static str, Box<dyn Fn(&FrameCost) -> bool>);

/// Parts of the frame by which cost is divided; none where it is divided otherwise.
pub(super) fn parts(by: By, words: &Words) -> Vec<Part> {
    match by {
        By::Component | By::Category | By::Nature => Vec::new(),
        By::Pillar => all(
            Pillar::ALL,
            |pillar| pillar_name(pillar, words),
            |cost| cost.view.pillar,
        ),
        By::Tier => all(Tier::ALL, |tier| tier_name(tier, words), |cost| cost.view.tier),
        By::Phase => all(Phase::ALL, |phase| phase_name(phase, words), |cost| cost.phase),
        By::Dimension => all(
            Dimension::ALL,
            |dimension| dimension_name(dimension, words),
            |cost| cost.view.dimension,
        ),
    }
}

fn all<T: Copy + PartialEq>(all: &'static [T], name: impl Fn(T) -> &'static str, of: fn(&FrameCost) -> T) -> Vec<Part> {
    let part = |one: &'static T| -> Part { (name(*one), Box::new(move |cost: &FrameCost| of(cost) == *one)) };
    all.iter().map(part).collect()
}

const fn pillar_name(pillar: Pillar, words: &Words) -> &'static str {
    match pillar {
        Pillar::Coordination => words.pillar_coordination,
        Pillar::Connectivity => words.pillar_connectivity,
        Pillar::Cost => words.pillar_cost,
        Pillar::Capacity => words.pillar_capacity,
        Pillar::Content => words.pillar_content,
        Pillar::Data => words.pillar_data,
    }
}

const fn tier_name(tier: Tier, words: &Words) -> &'static str {
    match tier {
        Tier::Centre => words.tier_centre,
        Tier::Region => words.tier_region,
        Tier::School => words.tier_school,
    }
}

const fn phase_name(phase: Phase, words: &Words) -> &'static str {
    match phase {
        Phase::SetUp => words.phase_set_up,
        Phase::Running => words.phase_running,
    }
}

const fn dimension_name(dimension: Dimension, words: &Words) -> &'static str {
    match dimension {
        Dimension::Connectivity => words.dimension_connectivity,
        Dimension::Devices => words.dimension_devices,
        Dimension::Training => words.dimension_training,
        Dimension::Platforms => words.dimension_platforms,
        Dimension::Governance => words.dimension_governance,
    }
}
