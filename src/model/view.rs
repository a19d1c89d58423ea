//! Views of one ledger (5): every cost line says where it stands in the frames in which ministries and their partners report.
//!
//! A view cuts the same rows otherwise; each adds to the same total.

use super::component::Line;
use super::components::LINES;
use crate::scenario::Need;

crate::choice! {
    /// The six pillars of UNESCO, UNICEF, ITU and GPE (evidence M1.8).
    pub enum Pillar {
        /// Coordination and leadership.
        Coordination = "coordination",
        /// Connectivity and infrastructure, devices among it.
        Connectivity = "connectivity",
        /// Cost and sustainability: what keeps it going, and what is set aside.
        Cost = "cost",
        /// Capacity and culture.
        Capacity = "capacity",
        /// Content and curriculum.
        Content = "content",
        /// Data and evidence.
        Data = "data",
    }
}

crate::choice! {
    /// Whose budget carries it.
    pub enum Tier {
        /// The ministry and its agencies.
        Centre = "centre",
        /// Regions and districts.
        Region = "region",
        /// Schools.
        School = "school",
    }
}

crate::choice! {
    /// Whether it sets something up or keeps it running.
    pub enum Phase {
        /// Bought, built, recruited or taught for the first time.
        SetUp = "set_up",
        /// Kept up and replaced.
        Running = "running",
    }
}

crate::choice! {
    /// The five dimensions of the Inter-American Development Bank (evidence M1.8).
    pub enum Dimension {
        /// Power, links and networks.
        Connectivity = "connectivity",
        /// Devices and their support.
        Devices = "devices",
        /// Teachers.
        Training = "training",
        /// Content and systems.
        Platforms = "platforms",
        /// Governance and management.
        Governance = "governance",
    }
}

/// Where a cost line stands in each frame but that of phases, which follows from its need: [`Line::phase`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Pillar.
    pub pillar: Pillar,
    /// Tier.
    pub tier: Tier,
    /// Dimension.
    pub dimension: Dimension,
}

impl Line {
    /// Whether it sets something up. Expansion does, save the half year of running cost that comes with what is new, which
    /// bears the name of the upkeep that follows it. Management goes with what it manages.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let runs = |line: &Line| {
            (line.component, line.need, line.category) == (self.component, Need::Upkeep, self.category)
                && line.unit != SHARE_OF_NEED
        };
        if self.need != Need::Expansion || LINES.iter().any(runs) {
            Phase::Running
        } else {
            Phase::SetUp
        }
    }
}

/// Unit of lines that are a share of what others need.
const SHARE_OF_NEED: &str = "usd_of_need";
