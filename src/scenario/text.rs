//! Scenario files: text in, all findings and a valid [`Scenario`] out; and back to text.

use std::collections::BTreeSet;

use super::field::ROOT;
use super::findings::{self, Finding, Place, any_error};
use super::format_1;
use super::places::Places;
use super::price_basis::mark_written;
use super::read::{Fetch, Reader};
use super::registry::{Entry, Section};
use super::tree::NodeKind;
use super::write::Writer;
use super::{Country, FORMAT, Scenario, check, messages, parser};

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The scenario, valid by construction; absent if any finding is an error.
    pub scenario: Option<Scenario>,
    /// All findings, errors first, then by place.
    pub findings: Vec<Finding>,
}

/// Reads a scenario from the bytes of a file. `fetch` brings the country file that it may name.
#[must_use]
pub fn read_scenario(file: &str, bytes: &[u8], fetch: Fetch<'_>) -> Reading {
    let (source, mut root, mended) = match parser::parse(file, bytes) {
        Ok(parsed) => parsed,
        Err(findings) => {
            return Reading {
                scenario: None,
                findings,
            };
        }
    };
    let mut reader = Reader::new(&source, fetch);
    reader.findings = mended;
    let scenario = reader.format(&mut root).map(|format| {
        if format < 2 {
            format_1::bring_up(&mut root, &mut reader);
        }
        Scenario::read(&root, &ROOT, &mut reader)
    });
    let (mut findings, mut places) = reader.finish();
    places.add("", source, root);
    name_slips(&mut findings, &places);
    // Fields that could not be read hold no usable value, so fields are looked at together only when each is sound.
    let scenario = scenario.filter(|_| !any_error(&findings)).and_then(|mut scenario| {
        findings.extend(check::written_twice(&scenario, file, &places));
        scenario.prices.inherit(&|path| places.holds(path));
        scenario.evidence.inherit(&|path| places.holds(path));
        mark_written(&mut scenario, &|path| places.holds(path));
        scenario.prices.complete();
        scenario.evidence.complete();
        findings.extend(check::check(&scenario, file, &places));
        (!any_error(&findings)).then_some(scenario)
    });
    findings::sort(&mut findings);
    findings::cut(&mut findings, file);
    Reading { scenario, findings }
}

/// Gives slips that were mended while reading the path of their field, and drops what reading then said of the same place.
fn name_slips(findings: &mut Vec<Finding>, places: &Places) {
    let mended = |finding: &Finding| matches!(finding.code, "percent-sign" | "decimal-comma" | "fiscal-quotes");
    let slips: BTreeSet<Place> = findings
        .iter()
        .filter(|finding| mended(finding))
        .map(|finding| finding.place.clone())
        .collect();
    findings.retain(|finding| mended(finding) || !slips.contains(&finding.place));
    for finding in findings.iter_mut().filter(|finding| mended(finding)) {
        finding.path = places.path_at(&finding.place);
    }
}

/// A scenario as RON text. With `explain`, defaults are written out too, each with unit, meaning and source.
#[must_use]
pub fn write_scenario(scenario: &Scenario, explain: bool) -> String {
    if explain {
        return write_file(scenario, true);
    }
    let mut brief = scenario.clone();
    brief.prices.strip();
    brief.evidence.strip();
    write_file(&brief, false)
}

/// A country as the text of a file of its own.
#[must_use]
pub fn write_country(country: &Country) -> String {
    write_file(country, false)
}

/// Reads a file that holds one section and is no scenario: what stands in it, if no finding is an error, and all findings. `look`
/// looks at its fields together where each is sound.
pub(super) fn read_section<T: Section + Entry>(
    file: &str,
    bytes: &[u8],
    look: impl FnOnce(&T, &Places) -> Vec<Finding>,
) -> (Option<T>, Vec<Finding>) {
    let (source, mut root, mended) = match parser::parse(file, bytes) {
        Ok(parsed) => parsed,
        Err(findings) => return (None, findings),
    };
    let nothing: Fetch<'_> = &|_| Err(messages::no_such_file());
    let mut reader = Reader::new(&source, nothing);
    reader.findings = mended;
    let section = reader.format(&mut root).map(|_| T::read(&root, &ROOT, &mut reader));
    let (mut findings, mut places) = reader.finish();
    places.add("", source, root);
    name_slips(&mut findings, &places);
    if let Some(section) = section.as_ref().filter(|_| !any_error(&findings)) {
        findings.extend(look(section, &places));
    }
    findings::sort(&mut findings);
    let section = section.filter(|_| !any_error(&findings));
    (section, findings)
}

/// What a file holds, by the names of its first fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A scenario, or what is taken for one.
    Scenario,
    /// A standard.
    Standard,
    /// A package of funding.
    Package,
    /// A practice.
    Practice,
}

impl FileKind {
    /// That of the bytes of a file.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let Ok((source, root, _)) = parser::parse("", bytes) else {
            return Self::Scenario;
        };
        let NodeKind::Struct(_, fields) = &root.kind else {
            return Self::Scenario;
        };
        let has = |names: &[&str]| fields.iter().any(|(name, _)| names.contains(&source.written(*name)));
        match () {
            () if has(&["bought", "paid", "reached"]) => Self::Practice,
            // No plan is without a country: this is a package with too much in it.
            () if has(&["funding"]) && !has(&["country", "base_year", "horizon", "targets", "iso3"]) => Self::Package,
            () if has(&["country", "plan", "base_year", "horizon", "targets", "iso3"]) => Self::Scenario,
            () if has(&["source"]) => Self::Standard,
            () => Self::Scenario,
        }
    }
}

pub(super) fn write_file<T: Section>(section: &T, explain: bool) -> String {
    let mut writer = Writer::new(explain);
    section.write(&ROOT, &mut writer);
    let text = writer.finish();
    // `format` stands before the first field.
    text.replacen("(\n", &format!("(\n    format: {FORMAT},\n"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Device;

    #[test]
    fn a_laptop_whose_life_is_not_written_has_the_life_of_a_laptop() {
        let text = include_str!("../../tests/data/example.ron").replacen(
            "    plan: (",
            "    prices: (devices: [(device: laptop, price: 500)]),\n    plan: (",
            1,
        );
        let reading = read_scenario("example.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
        let scenario = reading.scenario.expect("a scenario");
        let laptop = &scenario.prices.devices[Device::Laptop as usize];
        assert!((laptop.price.value - 500.0).abs() < 1e-12 && laptop.price.passport.is_none());
        // Evidence B2: four years; the field's own default is the tablet's three.
        assert!((laptop.life.value - 4.0).abs() < 1e-12);
        // A laptop that is said to live three years, like a tablet, comes back so.
        let mut short = scenario.clone();
        short.prices.devices[Device::Laptop as usize].life = crate::scenario::Quantity::new(3.0);
        let back = read_scenario("again.ron", write_scenario(&short, false).as_bytes(), &|_| {
            Err(messages::no_such_file())
        });
        assert_eq!(back.scenario.as_ref(), Some(&short));
    }

    #[test]
    fn numbers_of_which_the_same_is_known_share_it() {
        let text = include_str!("../../tests/data/example.ron");
        let reading = read_scenario("example.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
        let mut scenario = reading.scenario.expect("a scenario");
        let known_from = |source: &str| {
            let source = source.to_owned();
            let passport = crate::scenario::Passport {
                source,
                ..Default::default()
            };
            crate::scenario::Quantity::with(0.0, passport)
        };
        for (group, source) in scenario.country.groups.iter_mut().zip(["census", "census", "survey"]) {
            group.solar = known_from(source);
        }
        let back = read_scenario("again.ron", write_scenario(&scenario, false).as_bytes(), &|_| {
            Err(messages::no_such_file())
        });
        let country = back.scenario.expect("a scenario").country;
        let of = |index: usize| country.groups[index].solar.passport.as_ref().expect("a passport");
        assert!(std::sync::Arc::ptr_eq(of(0), of(1)));
        assert_eq!((of(0).source.as_str(), of(2).source.as_str()), ("census", "survey"));
    }
}
