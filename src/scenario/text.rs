//! Scenario files: text in, all findings and a valid [`Scenario`] out; and back to text.

use std::collections::BTreeMap;

use super::findings::{Finding, Place, any_error};
use super::read::{Fetch, Reader};
use super::registry::{Entry, ROOT, Section};
use super::write::Writer;
use super::{Country, FORMAT, Scenario, check, tree};

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The scenario, valid by construction; absent if any finding is an error.
    pub scenario: Option<Scenario>,
    /// All findings, errors first, then by place.
    pub findings: Vec<Finding>,
    /// Where each field stands.
    pub places: BTreeMap<String, Place>,
}

/// Reads a scenario from the bytes of a file. `fetch` brings the country file that it may name.
#[must_use]
pub fn read_scenario(file: &str, bytes: &[u8], fetch: Fetch<'_>) -> Reading {
    let (source, mut root, mended) = match tree::parse(file, bytes) {
        Ok(parsed) => parsed,
        Err(findings) => return Reading { scenario: None, findings, places: BTreeMap::new() },
    };
    let mut reader = Reader::new(&source, "", fetch);
    reader.findings = mended;
    let scenario = reader.format(&mut root).then(|| Scenario::read(&root, &ROOT, &mut reader));
    let (mut findings, places) = reader.into_findings();
    name_slips(&mut findings, &places);
    // Fields that could not be read hold no usable value, so fields are looked at together only when each is sound.
    let scenario = scenario.filter(|_| !any_error(&findings)).and_then(|mut scenario| {
        findings.extend(check::written_twice(&scenario, file, &places));
        scenario.prices.complete();
        scenario.evidence.complete();
        findings.extend(check::check(&scenario, file, &places));
        (!any_error(&findings)).then_some(scenario)
    });
    findings.sort_by(|a, b| (a.severity, &a.place, &a.path).cmp(&(b.severity, &b.place, &b.path)));
    Reading { scenario, findings, places }
}

/// Gives slips that were mended while reading the path of their field, and drops what reading then said of the same place.
fn name_slips(findings: &mut Vec<Finding>, places: &BTreeMap<String, Place>) {
    let mended = |finding: &Finding| matches!(finding.code, "percent-sign" | "decimal-comma");
    let slips: Vec<Place> = findings.iter().filter(|finding| mended(finding)).map(|finding| finding.place.clone()).collect();
    findings.retain(|finding| mended(finding) || !slips.contains(&finding.place));
    for finding in findings.iter_mut().filter(|finding| mended(finding)) {
        let path = places.iter().filter(|(_, place)| **place == finding.place).map(|(path, _)| path).max_by_key(|path| path.len());
        finding.path = path.cloned().unwrap_or_default();
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

fn write_file<T: Section>(section: &T, explain: bool) -> String {
    let mut writer = Writer::new(explain);
    section.write(&ROOT, &mut writer);
    let text = writer.finish();
    // `format` stands before the first field.
    text.replacen("(\n", &format!("(\n    format: {FORMAT},\n"), 1)
}
