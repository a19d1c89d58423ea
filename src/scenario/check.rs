//! What fields mean together: sums, order in time, names that refer to one another, and what rests on assumptions.

mod assumptions;
mod country;
mod funding;
mod money;
mod plan;
mod prices;
mod shares;
mod shocks;
mod targets;
mod years;

use std::collections::{BTreeMap, BTreeSet};

use super::field::without_indices;
use super::findings::{self, Finding, MOST_FINDINGS, Place, Severity, nearest};
use super::funding::Funding;
use super::messages::{self, Message, Value};
use super::places::Places;
use super::read::plain;
use super::registry::Leaf;
use super::{Part, Scenario};

pub use funding::{MOST_SOURCES, nearly_whole};
pub use prices::written_twice;

struct Checker<'a> {
    /// What is gone through.
    part: Part,
    file: &'a str,
    places: &'a Places,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.findings.push(Finding {
            code,
            severity,
            path: path.into(),
            place: self.place(path),
            value: value.into(),
            rule,
            hint: hint.into(),
        });
    }

    /// The place of a field, or of the nearest thing around it that stands in the file.
    fn place(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.places.of(path) {
                return place;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => {
                    return Place {
                        file: self.file.into(),
                        line: 0,
                        column: 0,
                    };
                }
            }
        }
    }

    /// What is wrong or may mislead.
    fn look(&mut self, scenario: &Scenario) {
        years::check(scenario, self);
        if self.part != Part::BesideCountry {
            country::check(scenario, self);
        }
        ranges(scenario, self);
        fold_alike(&mut self.findings);
        shares::check(scenario, self);
        if self.part == Part::Country {
            return;
        }
        prices::check(scenario, self);
        money::check(scenario, self);
        plan::check(scenario, self);
        funding::alone(&scenario.funding, self);
        funding::beside_plan(scenario, self);
        shocks::check(scenario, self);
        targets::check(scenario, self);
    }

    /// The known name that is likely meant; not looked for once there are more findings than are listed.
    fn near<'a>(&self, written: &str, known: &BTreeSet<&'a str>) -> Option<&'a str> {
        let listed = self.findings.len() < MOST_FINDINGS;
        listed.then(|| nearest(written, known.iter().copied())).flatten()
    }

    fn error(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(Severity::Error, code, path, value, rule, hint);
    }

    fn warn(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(Severity::Warning, code, path, value, rule, hint);
    }
}

/// Looks at a scenario whose single fields are sound. `places` tells where each field stands; it may be empty.
#[must_use]
pub fn check(scenario: &Scenario, file: &str, places: &Places) -> Vec<Finding> {
    let mut checker = Checker {
        part: Part::All,
        file,
        places,
        findings: Vec::new(),
    };
    checker.look(scenario);
    assumptions::check(scenario, &mut checker);
    findings::cut(&mut checker.findings, file);
    checker.findings
}

/// What is found in a scenario over which something is laid, and not in it as it was, or concerns its money. `file` is that of
/// what is laid over it.
pub(super) fn brought_by(scenario: &Scenario, laid: &Scenario, file: &str) -> Vec<Finding> {
    let nowhere = Places::new();
    let before = check(scenario, file, &nowhere);
    let mut found = check(laid, file, &nowhere);
    found.retain(|finding| {
        let of_money = finding.path.starts_with("funding") && scenario.funding != laid.funding;
        finding.severity < Severity::Note && (of_money || !before.contains(finding))
    });
    found
}

/// What is found in funding that stands in a file of its own.
pub(super) fn of_package(price_year: i32, funding: &Funding, file: &str, places: &Places) -> Vec<Finding> {
    let mut checker = Checker {
        part: Part::BesideCountry,
        file,
        places,
        findings: Vec::new(),
    };
    funding::alone(funding, &mut checker);
    funding::without_rates(funding, &mut checker);
    years::of_fiscal(funding, &mut checker);
    years::of_prices(price_year, &mut checker);
    checker.findings
}

/// What is found in the country of a scenario, and by its first and last year.
pub(super) fn of_country(scenario: &Scenario) -> Vec<Finding> {
    let mut found = look(scenario, Part::Country);
    found.retain(is_of_country);
    found
}

/// What is found in a scenario, but for its country.
pub(super) fn beside_country(scenario: &Scenario) -> Vec<Finding> {
    let mut found = look(scenario, Part::BesideCountry);
    found.retain(|finding| !is_of_country(finding));
    found
}

fn is_of_country(finding: &Finding) -> bool {
    finding.path.starts_with("country")
}

fn look(scenario: &Scenario, part: Part) -> Vec<Finding> {
    let mut checker = Checker {
        part,
        file: "",
        places: &Places::new(),
        findings: Vec::new(),
    };
    checker.look(scenario);
    checker.findings
}

/// Values outside the range that is written beside them.
fn ranges(scenario: &Scenario, checker: &mut Checker<'_>) {
    scenario.walk_part(checker.part, &mut |path, _, leaf| {
        let Leaf::Number(number) = leaf else { return };
        let Some(passport) = &number.passport else { return };
        let (value, (low, high)) = (number.value, (passport.low, passport.high));
        if low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high) {
            let place = checker.place(&format!("{path}.value"));
            checker.warn(
                "range",
                path,
                plain(value),
                messages::outside_range(),
                messages::outside_range_hint(),
            );
            if let Some(finding) = checker.findings.last_mut() {
                finding.place = place;
            }
        }
    });
}

/// One finding for all groups in which the same rule fails for the same field, where it is no error: a table of a
/// hundred regions would otherwise say the same thing a hundred times.
fn fold_alike(findings: &mut Vec<Finding>) {
    let alike = |finding: &Finding| {
        (finding.severity != Severity::Error && finding.path.starts_with("country.groups["))
            .then(|| (finding.code, without_indices(&finding.path)))
    };
    let mut counts: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    findings.retain(|finding| {
        alike(finding).is_none_or(|kind| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            *count == 1
        })
    });
    for finding in findings {
        if let Some(more) = alike(finding)
            .and_then(|kind| counts.get(&kind))
            .filter(|count| **count > 1)
        {
            finding.rule = messages::and_more_groups(finding.rule.clone(), more - 1);
        }
    }
}
