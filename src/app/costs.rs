//! What it costs to do it all, cut by component and by the frames in which ministries and their partners report: the pages
//! Money and Compare show the same parts, and each cut adds to the same total.

use eframe::egui::Ui;

use super::lever::group_name;
use super::widgets;
use super::words::Words;
use crate::model::view::{Dimension, Phase, Pillar, Tier, View};
use crate::model::{Trajectory, ledger};
use crate::scenario::{Component, Nature};

/// How cost is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum By {
    #[default]
    Component,
    Category,
    Nature,
    /// By the frames in which cost is reported.
    Pillar,
    Tier,
    Phase,
    Dimension,
}

impl By {
    const ALL: [Self; 7] = [
        Self::Component,
        Self::Category,
        Self::Nature,
        Self::Pillar,
        Self::Tier,
        Self::Phase,
        Self::Dimension,
    ];

    pub(super) const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Component => words.money_by_component,
            Self::Category => words.money_by_category,
            Self::Nature => words.money_by_nature,
            Self::Pillar => words.money_by_pillar,
            Self::Tier => words.money_by_tier,
            Self::Phase => words.money_by_phase,
            Self::Dimension => words.money_by_dimension,
        }
    }
}

/// The switch by which cost is divided.
pub(super) fn switch(ui: &mut Ui, by: &mut By, words: &Words) {
    let choices = By::ALL.map(|by| (by, by.name(words), None));
    widgets::switch(ui, words.money_cost_by, &choices, by);
}

/// Which services are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layer {
    All,
    Existing,
    /// What the cards count.
    #[default]
    Plan,
}

impl Layer {
    pub(super) const fn words(self, words: &Words) -> &'static str {
        match self {
            Self::All => words.money_layer_all,
            Self::Existing => words.money_layer_existing,
            Self::Plan => words.money_layer_plan,
        }
    }

    /// Of two layers, those that count.
    pub(super) fn of(self, [existing, plan]: [f64; 2]) -> f64 {
        match self {
            Self::All => existing + plan,
            Self::Existing => existing,
            Self::Plan => plan,
        }
    }
}

/// What one category costs when all is paid for, constant US$ by year.
#[derive(Debug)]
pub(super) struct CategoryCost {
    pub(super) component: Component,
    pub(super) category: &'static str,
    pub(super) nature: Nature,
    layers: [Vec<f64>; 2],
}

/// What stands in one place of the frames in which cost is reported, when all is paid for, constant US$ by year.
#[derive(Debug)]
struct FrameCost {
    view: View,
    phase: Phase,
    layers: [Vec<f64>; 2],
}

/// Of what a part of the cost is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Component(Component),
    Nature(Nature),
    /// Position in its frame.
    Frame(usize),
    /// Position among the categories.
    Category(usize),
}

/// A part of the cost by year.
#[derive(Clone, Debug)]
pub(super) struct CostPart {
    pub(super) of: Of,
    pub(super) name: String,
    pub(super) values: Vec<f64>,
}

/// The cost of a run when all is paid for, from its first year of costs.
#[derive(Debug)]
pub(super) struct Costs {
    /// Its first year.
    first: i32,
    years: usize,
    pub(super) categories: Vec<CategoryCost>,
    frames: Vec<FrameCost>,
}

pub(super) fn add(sum: &mut [f64], part: &[f64]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
}

impl Costs {
    pub(super) fn of(run: &Trajectory) -> Self {
        let years = run.model.years - 1;
        let zeros = || [vec![0.0; years], vec![0.0; years]];
        let at = |year: i32| usize::try_from(year - run.model.calendar(1)).unwrap_or(0);
        let mut costs = Self {
            first: run.model.calendar(1),
            years,
            categories: Vec::new(),
            frames: Vec::new(),
        };
        for row in ledger::costs_in_full(run) {
            let line = row.line;
            let (t, layer, amount) = (at(row.year), usize::from(!row.existing), row.amount().0);
            let categories = &mut costs.categories;
            let same = |cost: &CategoryCost| {
                (cost.component, cost.category, cost.nature) == (line.component, line.category, line.nature)
            };
            let index = categories.iter().position(same).unwrap_or_else(|| {
                categories.push(CategoryCost {
                    component: line.component,
                    category: line.category,
                    nature: line.nature,
                    layers: zeros(),
                });
                categories.len() - 1
            });
            categories[index].layers[layer][t] += amount;
            let frames = &mut costs.frames;
            let place = (line.view, line.phase());
            let same = |frame: &FrameCost| (frame.view, frame.phase) == place;
            let index = frames.iter().position(same).unwrap_or_else(|| {
                frames.push(FrameCost {
                    view: place.0,
                    phase: place.1,
                    layers: zeros(),
                });
                frames.len() - 1
            });
            frames[index].layers[layer][t] += amount;
        }
        costs.categories.sort_by_key(|cost| cost.component);
        costs
    }

    /// Cost of some categories and a layer by year.
    pub(super) fn cost(&self, layer: Layer, of: &dyn Fn(&CategoryCost) -> bool) -> Vec<f64> {
        let costs = self.categories.iter().filter(|cost| of(cost));
        self.added(layer, costs.map(|cost| &cost.layers))
    }

    /// Cost of a layer by year.
    pub(super) fn all(&self, layer: Layer) -> Vec<f64> {
        self.cost(layer, &|_| true)
    }

    /// What values by year come to over some years.
    pub(super) fn over(&self, values: &[f64], years: std::ops::RangeInclusive<i32>) -> f64 {
        let in_span = |(year, _): &(i32, &f64)| years.contains(year);
        (self.first..).zip(values).filter(in_span).map(|(_, value)| value).sum()
    }

    fn added<'a>(&self, layer: Layer, costs: impl Iterator<Item = &'a [Vec<f64>; 2]>) -> Vec<f64> {
        let mut sum = vec![0.0; self.years];
        for [existing, plan] in costs {
            if layer != Layer::Plan {
                add(&mut sum, existing);
            }
            if layer != Layer::Existing {
                add(&mut sum, plan);
            }
        }
        sum
    }

    /// All parts of a cut, those of which nothing is needed too; they add to the same total in each.
    pub(super) fn parts(&self, by: By, layer: Layer, words: &Words) -> Vec<CostPart> {
        let part = |of, name: &str, values| CostPart {
            of,
            name: name.to_owned(),
            values,
        };
        match by {
            By::Component => Component::ALL
                .iter()
                .map(|component| {
                    let values = self.cost(layer, &|cost| cost.component == *component);
                    part(Of::Component(*component), group_name(Some(*component), words), values)
                })
                .collect(),
            By::Nature => [Nature::Capital, Nature::Recurrent]
                .map(|nature| {
                    let values = self.cost(layer, &|cost| cost.nature == nature);
                    part(Of::Nature(nature), nature_name(nature, words), values)
                })
                .into(),
            By::Category => self
                .categories
                .iter()
                .enumerate()
                .map(|(at, cost)| {
                    let values = self.added(layer, std::iter::once(&cost.layers));
                    part(Of::Category(at), &category_name(cost, words), values)
                })
                .collect(),
            By::Pillar => self.framed(
                layer,
                Pillar::ALL,
                |cost| cost.view.pillar,
                |one| pillar_name(one, words),
            ),
            By::Tier => self.framed(layer, Tier::ALL, |cost| cost.view.tier, |one| tier_name(one, words)),
            By::Phase => self.framed(layer, Phase::ALL, |cost| cost.phase, |one| phase_name(one, words)),
            By::Dimension => self.framed(
                layer,
                Dimension::ALL,
                |cost| cost.view.dimension,
                |one| dimension_name(one, words),
            ),
        }
    }

    fn framed<T: Copy + PartialEq>(
        &self,
        layer: Layer,
        all: &[T],
        of: fn(&FrameCost) -> T,
        name: impl Fn(T) -> &'static str,
    ) -> Vec<CostPart> {
        let part = |(at, one): (usize, &T)| CostPart {
            of: Of::Frame(at),
            name: name(*one).to_owned(),
            values: self.added(
                layer,
                self.frames
                    .iter()
                    .filter(|cost| of(cost) == *one)
                    .map(|cost| &cost.layers),
            ),
        };
        all.iter().enumerate().map(part).collect()
    }
}

pub(super) const fn nature_name(nature: Nature, words: &Words) -> &'static str {
    match nature {
        Nature::Capital => words.money_capital,
        Nature::Recurrent => words.money_recurrent,
    }
}

pub(super) fn category_name(cost: &CategoryCost, words: &Words) -> String {
    format!(
        "{}: {}",
        group_name(Some(cost.component), words),
        words.word(cost.category)
    )
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
