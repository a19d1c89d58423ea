//! Sources of money: names, terms, counterparts, and amounts that are likely a slip.

use std::collections::BTreeSet;

use super::Checker;
use super::plan::{regions, unknown_region};
use crate::scenario::findings::nearest;
use crate::scenario::funding::{BudgetTerms, Source, SourceKind};
use crate::scenario::messages;
use crate::scenario::{Quantity, Scenario, YearPath};
use crate::units::{Unit, grouped};

/// A source with a matching ratio names another that pays its part and asks for no counterpart itself.
fn counterpart(sources: &[Source], index: usize, checker: &mut Checker<'_>) {
    let source = &sources[index];
    let path = format!("funding.sources[{index}].counterpart");
    let found = sources
        .iter()
        .find(|other| other.name == source.counterpart && other.name != source.name);
    let (rule, hint) = match (&source.matching, found) {
        (None, _) if source.counterpart.is_empty() => return,
        (None, _) => (messages::counterpart_alone(), messages::counterpart_alone_hint()),
        (Some(_), Some(other)) if other.matching.is_none() => return,
        (Some(_), Some(_)) => (messages::counterpart_chain(), messages::counterpart_chain_hint()),
        (Some(_), None) => (
            messages::counterpart_unknown(),
            nearest(
                &source.counterpart,
                sources
                    .iter()
                    .map(|other| other.name.as_str())
                    .filter(|name| *name != source.name),
            )
            .map_or_else(messages::counterpart_unknown_hint, messages::did_you_mean),
        ),
    };
    checker.error("source-counterpart", &path, source.counterpart.clone(), rule, hint);
}

/// Terms of a mechanism that do not go together, and amounts that can be meant but most often are a slip.
fn terms(scenario: &Scenario, source: &Source, path: &str, checker: &mut Checker<'_>) {
    match &source.kind {
        SourceKind::DomesticBudget(terms) => budget(source, terms, path, checker),
        SourceKind::UniversalServiceLevy(_) => {}
        SourceKind::Grant(terms) => committed(scenario, &terms.commitment, &terms.release, path, checker),
        SourceKind::ConcessionalLoan(terms) => {
            committed(scenario, &terms.commitment, &terms.release, path, checker);
            if terms.grace.value >= terms.maturity.value {
                checker.error(
                    "loan-terms",
                    &format!("{path}.grace"),
                    terms.grace.value,
                    messages::grace(),
                    messages::grace_hint(terms.maturity.value),
                );
            }
        }
    }
    if source.absorption.as_ref().is_some_and(|share| share.value == 0.0) {
        checker.warn(
            "unlikely",
            &format!("{path}.absorption"),
            "0",
            messages::no_absorption(),
            messages::no_absorption_hint(),
        );
    }
}

/// A budget is an amount or a share, and seldom a third of all spending.
fn budget(source: &Source, terms: &BudgetTerms, path: &str, checker: &mut Checker<'_>) {
    if terms.amount.is_some() == terms.share_of_education.is_some() {
        checker.error(
            "source-terms",
            path,
            source.name.clone(),
            messages::budget_terms(),
            messages::write_for_instance("share_of_education: 0.02"),
        );
    }
    let most = |path: &YearPath| path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if let Some(share) = terms.share_of_education.as_ref().map(most)
        && share > 0.3
    {
        checker.warn(
            "unlikely",
            &format!("{path}.share_of_education"),
            Unit::Share.show(share),
            messages::large_share(),
            messages::large_share_hint(),
        );
    }
}

/// A commitment is large, and released as a whole and no more.
fn committed(scenario: &Scenario, commitment: &Quantity, release: &YearPath, path: &str, checker: &mut Checker<'_>) {
    if commitment.value < 10_000.0 {
        checker.warn(
            "unlikely",
            &format!("{path}.commitment"),
            grouped(commitment.value),
            messages::small_commitment(),
            messages::small_commitment_hint(),
        );
    }
    let years = scenario.base_year + 1..=scenario.horizon;
    let sum = nearly_whole(years.map(|year| release.in_year(year)).sum());
    if sum < 1.0 {
        let unpaid = commitment.value * (1.0 - sum);
        checker.warn(
            "release-short",
            &format!("{path}.release"),
            Unit::Share.show(sum),
            messages::release_short(Unit::Usd.show(unpaid), scenario.horizon),
            messages::release_short_hint(),
        );
    }
    if sum > 1.000_001 {
        checker.error(
            "shares-sum",
            &format!("{path}.release"),
            format!("{sum:.3}"),
            messages::release_sum(),
            messages::release_sum_hint(),
        );
    }
}

/// Largest number of sources beside the existing budget; the engine keeps who may pay what in 32 bits.
pub const MOST_SOURCES: usize = 31;

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions = regions(scenario);
    let sources = &scenario.funding.sources;
    if sources.len() > MOST_SOURCES {
        checker.error(
            "too-many-sources",
            "funding.sources",
            sources.len(),
            messages::too_many_sources(MOST_SOURCES),
            messages::too_many_sources_hint(),
        );
    }
    // Of more than can be told apart, the first ones say what is wrong.
    for (index, source) in sources.iter().enumerate().take(MOST_SOURCES) {
        let path = format!("funding.sources[{index}]");
        if source.name.is_empty() || matches!(source.name.as_str(), "unfunded" | "existing budget") {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_taken(),
                None,
            );
        }
        if sources[..index].iter().any(|other| other.name == source.name) {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_twice(),
                messages::source_name_twice_hint(),
            );
        }
        counterpart(sources, index, checker);
        terms(scenario, source, &path, checker);
        for (place, level) in source.levels.iter().enumerate() {
            if scenario.country.levels.iter().all(|data| data.level != *level) {
                checker.error(
                    "group-level",
                    &format!("{path}.levels[{place}]"),
                    *level,
                    messages::group_level(),
                    None,
                );
            }
        }
        for (place, region) in source.regions.iter().enumerate() {
            unknown_region(region, &regions, &format!("{path}.regions[{place}]"), checker);
        }
    }
    let mut ranked = BTreeSet::new();
    for (index, component) in scenario.funding.priority.iter().enumerate() {
        if !ranked.insert(*component) {
            checker.error(
                "priority-twice",
                &format!("funding.priority[{index}]"),
                component.name(),
                messages::priority_twice(),
                None,
            );
        }
    }
}

/// A sum of shares that is a hair from the whole is the whole.
#[must_use]
pub fn nearly_whole(sum: f64) -> f64 {
    if (sum - 1.0).abs() < 1e-9 { 1.0 } else { sum }
}
