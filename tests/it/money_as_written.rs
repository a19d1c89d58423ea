//! Money as ministries write it: currencies, prices of other years, fiscal years.

use std::fs;

use rollcall::scenario::findings::any_error;
use rollcall::scenario::messages;
use rollcall::scenario::text::{Reading, read_scenario, write_scenario};
use rollcall::scenario::{Finding, Scenario};

use super::{example, of, rollcall};

/// The example in Senegal, with the rates of three years, and with something written otherwise.
fn written(changes: &[(&str, &str)]) -> String {
    let mut text = example();
    let country = [
        ("iso3: \"EXA\"", "iso3: \"SEN\""),
        (
            "education_spending: 0.05)",
            "education_spending: 0.05, exchange_rate: (points: {2019: 586, 2024: 606, 2025: 582}, source: \"bank\"))",
        ),
    ];
    for (from, to) in country.iter().chain(changes) {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn read(text: &str) -> Reading {
    read_scenario("a.ron", text.as_bytes(), &|_| Err(messages::no_such_file()))
}

fn scenario(text: &str) -> Scenario {
    let reading = read(text);
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// What a parameter is in a run.
fn value(scenario: &Scenario, path: &str) -> f64 {
    let parameters = scenario.parameters();
    let found = parameters.find(path).unwrap_or_else(|| panic!("{path}"));
    parameters.values[found.place]
}

fn close(found: f64, by_hand: f64) {
    assert!((found / by_hand - 1.0).abs() < 1e-9, "{found} instead of {by_hand}");
}

const TABLET: &str = "prices.devices[tablet].price";

fn with_tablet(price: &str) -> Scenario {
    let prices = format!("    prices: (devices: [(device: tablet, price: {price})]),\n    plan: (");
    scenario(&written(&[("    plan: (", &prices)]))
}

/// Growth of the deflator of the United States, World Bank: 1.3447 % in 2020, 4.563 % in 2021, 7.1125 % in 2022, 3.7002 % in
/// 2023, 2.4824 % in 2024, 2.8012 % in 2025.
const SINCE_2019: f64 = 1.013_447 * 1.045_63 * 1.071_125 * 1.037_002 * 1.024_824 * 1.028_012;

#[test]
fn a_price_is_exchanged_at_the_rate_of_its_year_and_brought_to_the_price_year() {
    close(
        value(&with_tablet("(value: 110_000, currency: XOF, year: 2025)"), TABLET),
        110_000.0 / 582.0,
    );
    close(
        value(&with_tablet("(value: 110_000, currency: LCU, year: 2024)"), TABLET),
        110_000.0 / 606.0 * 1.028_012,
    );
    close(
        value(&with_tablet("(value: 110_000, currency: \"XOF\", year: 2019)"), TABLET),
        110_000.0 / 586.0 * SINCE_2019,
    );
    // A rate that is written counts before the published one.
    close(
        value(
            &with_tablet("(value: 110_000, currency: XOF, year: 2024, rate: 600)"),
            TABLET,
        ),
        110_000.0 / 600.0 * 1.028_012,
    );
    close(
        value(
            &with_tablet("(value: 120, currency: EUR, year: 2025, rate: 0.9)"),
            TABLET,
        ),
        120.0 / 0.9,
    );
    // In dollars of another year, and without a year.
    close(
        value(&with_tablet("(value: 150, year: 2019)"), TABLET),
        150.0 * SINCE_2019,
    );
    close(value(&with_tablet("(value: 150, source: \"tender\")"), TABLET), 150.0);
    close(
        value(&with_tablet("(value: 110_000, currency: XOF)"), TABLET),
        110_000.0 / 582.0,
    );
}

#[test]
fn what_is_left_out_is_of_2025_and_what_is_written_of_the_price_year() {
    let later = |price: &str| {
        let prices = format!("    {price}plan: (");
        scenario(&written(&[
            ("format: 2,", "format: 2, price_year: 2026,"),
            ("    plan: (", &prices),
        ]))
    };
    let tablet = |price: &str| later(&format!("prices: (devices: [(device: tablet, price: {price})]), "));
    // Prices grow by 2 % in 2026. A laptop and the hardware of a mobile link have defaults of their own kind.
    for (path, of_2025) in [
        (TABLET, 180.0),
        ("prices.devices[laptop].price", 450.0),
        ("prices.links[cellular].setup", 120.0),
        ("prices.systems.running", 500_000.0),
    ] {
        close(value(&later(""), path), of_2025 * 1.02);
    }
    // Whoever writes the same number as stands by default writes a price of the price year, before and after saving.
    close(value(&tablet("180"), TABLET), 180.0);
    close(value(&tablet("181"), TABLET), 181.0);
    let saved = scenario(&rollcall::scenario::text::write_scenario(&tablet("180"), false));
    close(value(&saved, TABLET), 180.0);
}

#[test]
fn what_a_source_gives_is_exchanged_and_paid_as_it_is() {
    let text = written(&[
        (
            "commitment: 120_000_000,",
            "commitment: (value: 60_600_000_000, currency: XOF, year: 2024, rate: 606),",
        ),
        (
            "share_of_education: 0.02",
            "amount: (points: {2027: 6_060_000_000, 2030: 9_090_000_000}, currency: LCU, year: 2024)",
        ),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("plan.ron"), folder.path().join("results"));
    fs::write(&file, &text).expect("written");
    let said = of(
        &mut rollcall(),
        &["run", &file.display().to_string(), "--out", &out.display().to_string()],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out
            .contains("One US$ was XOF 606 (2024), as amounts in other money were exchanged."),
        "{}",
        said.out
    );
    let rows = |table: &str| {
        let mut reader = csv::Reader::from_path(out.join(table)).expect("a table");
        reader.records().map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let terms = rows("terms.csv");
    let grant = terms.iter().find(|row| &row[0] == "partner grant").expect("a grant");
    // Nominal: 60 600 million over 606, whatever the price year.
    close(grant[2].parse().expect("a number"), 100e6);
    // Constant: the amount of 2028, a third of the way, at the rate and in the prices of 2024.
    let sources = rows("sources.csv");
    let ministry = sources.iter().find(|row| &row[0] == "2028" && &row[1] == "ministry");
    let available: f64 = ministry.expect("a year")[2].parse().expect("a number");
    close(available, 7_070e6 / 606.0 * 1.028_012);
}

#[test]
fn what_is_written_in_a_currency_is_saved_in_it() {
    let text = written(&[
        (
            "commitment: 120_000_000,",
            "commitment: (value: 60_600_000_000, currency: XOF, year: 2024, rate: 606),",
        ),
        (
            "release: {2027: 0.4, 2028: 0.4, 2029: 0.2}",
            "release: {\"2026/27\": 0.2, \"2027/28\": 0.4, \"2028/29\": 0.4}",
        ),
        ("    funding: (", "    funding: (\n        fiscal_year_start: 7,"),
    ]);
    let before = scenario(&text);
    let saved = write_scenario(&before, false);
    assert!(
        saved.contains("(value: 60_600_000_000, year: 2024, currency: XOF, rate: 606)"),
        "{saved}"
    );
    assert!(
        saved.contains("{\"2026/27\": 0.2, \"2027/28\": 0.4, \"2028/29\": 0.4}"),
        "{saved}"
    );
    assert!(scenario(&saved) == before);
    // A draw that moves the amount leaves it in its currency, and what it leaves alone is as it was.
    let parameters = before.parameters();
    let mut values = parameters.values.clone();
    assert!(before.with(&values) == before);
    let commitment = parameters
        .find("funding.sources[partner grant].commitment")
        .expect("a grant")
        .place;
    values[commitment] = 50e6;
    let after = write_scenario(&before.with(&values), false);
    assert!(
        after.contains("(value: 30_300_000_000, year: 2024, currency: XOF, rate: 606)"),
        "{after}"
    );
}

/// From July to June: half of a fiscal year lies in each of two calendar years.
#[test]
fn a_fiscal_year_is_paid_by_its_months() {
    let of = |start: &str, release: &str| {
        let text = written(&[
            ("release: {2027: 0.4, 2028: 0.4, 2029: 0.2}", release),
            (
                "    funding: (",
                &format!("    funding: (\n        fiscal_year_start: {start},"),
            ),
        ]);
        let scenario = scenario(&text);
        let parameters = scenario.parameters();
        let release = parameters
            .find("funding.sources[partner grant].release")
            .expect("a grant");
        parameters.values[release.places()].to_vec()
    };
    let near = |found: Vec<f64>, by_hand: [f64; 5]| {
        let same = found
            .iter()
            .zip(by_hand)
            .all(|(found, by_hand)| (found - by_hand).abs() < 1e-12);
        assert!(same, "{found:?}");
    };
    let quoted = "release: {\"2026/27\": 0.2, \"2027/28\": 0.4, \"2028/29\": 0.4}";
    near(of("7", quoted), [0.1, 0.3, 0.4, 0.2, 0.0]);
    // From October to September three months of it lie in its first calendar year.
    near(of("10", quoted), [0.05, 0.25, 0.4, 0.3, 0.0]);
    near(of("7", "release: {2027: 0.4, 2028: 0.6}"), [0.0, 0.4, 0.6, 0.0, 0.0]);
}

fn found(changes: &[(&str, &str)]) -> Vec<Finding> {
    read(&written(changes)).findings
}

fn says(findings: &[Finding], code: &str, parts: &[&str]) {
    let text = |finding: &Finding| format!("{finding}");
    let one = findings.iter().find(|finding| finding.code == code);
    let one = one.map_or_else(|| panic!("no {code}: {findings:?}"), text);
    for part in parts {
        assert!(one.contains(part), "{part}: {one}");
    }
}

#[test]
fn amounts_above_all_that_is_spent_on_education_are_most_likely_in_local_currency() {
    // Education takes 5 % of 30 000 million in 2025, which grow by 4 %: 1 622.4 million in 2027.
    let of = |amount: &str| found(&[("share_of_education: 0.02", amount)]);
    says(
        &of("amount: 12_000_000_000"),
        "above-spending",
        &[
            "7.4 times",
            "US$ 1.62 billion",
            "Is it in XOF?",
            "currency: XOF, year: 2025",
            "US$ 20.6 million",
        ],
    );
    assert!(
        of("amount: (value: 12_000_000_000, currency: XOF)")
            .iter()
            .all(|finding| finding.code != "above-spending")
    );
    let large = found(&[("commitment: 120_000_000", "commitment: 60_000_000_000")]);
    // 60 000 million over a rate of 582: what is suggested is the number that stands there, not what of it falls into a year.
    says(
        &large,
        "above-spending",
        &[
            "14.8 times",
            "(value: 60_000_000_000, currency: XOF",
            "that is US$ 103 million",
        ],
    );
    // 1 200 million in 2028 are more than 5 % of 15 000 million of 2012, 1 041 in dollars of 2025, and less than what that has grown
    // to in sixteen years: 1 950.
    let early = [
        ("share_of_education: 0.02", "amount: {2027: 0, 2028: 1_200_000_000}"),
        ("gdp: 30_000_000_000", "gdp: (value: 15_000_000_000, year: 2012)"),
    ];
    assert!(found(&early).iter().all(|finding| finding.code != "above-spending"));
}

#[test]
fn gross_domestic_product_is_that_of_a_country() {
    // 30 000 million US$ as they are, a thousand times and more of it in francs, in millions, and none.
    let of = |gdp: &str| found(&[("gdp: 30_000_000_000", gdp)]);
    let plain = of("gdp: 30_000_000_000");
    assert!(!plain.iter().any(|finding| finding.code.ends_with("gdp")), "{plain:?}");
    says(&of("gdp: 18_000_000_000_000"), "unlikely-gdp", &["Is it in XOF?"]);
    says(&of("gdp: 30_000"), "unlikely-gdp", &["Is it in millions?"]);
    says(&of("gdp: 0"), "no-gdp", &["US dollars"]);
}

#[test]
fn withdrawn_money_and_old_rates_are_named() {
    let tablet = |price: &str| format!("    prices: (devices: [(device: tablet, price: {price})]),\n    plan: (");
    let of = |iso3: &str, price: &str| {
        let text = written(&[("    plan: (", &tablet(price))]).replace("iso3: \"SEN\"", &format!("iso3: \"{iso3}\""));
        read(&text)
    };
    let leones = of("SLE", "(value: 3_000_000, currency: SLL, year: 2024)");
    says(&leones.findings, "withdrawn-currency", &["SLL", "1000", "SLE"]);
    // A thousand old leones made a new one.
    close(
        value(&leones.scenario.expect("valid"), TABLET),
        3_000.0 / 606.0 * 1.028_012,
    );
    says(
        &of("SEN", "(value: 110_000, currency: XOF, year: 2019)").findings,
        "old-rate",
        &["XOF", "2019", "2025"],
    );
    says(
        &of("SEN", "(value: 150, currency: GBP, year: 2024)").findings,
        "exchange-rate",
        &["GBP", "2024"],
    );
    says(
        &of("SEN", "(value: 110_000, currency: XOF, year: 2012)").findings,
        "exchange-rate",
        &["2019 on", "2012"],
    );
    says(
        &of("SEN", "(value: 500, year: 2008)").findings,
        "old-price",
        &["2008", "2009"],
    );
    says(&of("SEN", "(value: 500, currency: CFA)").findings, "currency", &["XOF"]);
    says(&of("SEN", "(value: 500, rate: 600)").findings, "currency", &["rate"]);
    assert!(of("SEN", "(value: 500, year: 2009)").scenario.is_some());
}

#[test]
fn fiscal_years_need_their_month_and_stand_for_money_only() {
    let release = "release: {2027: 0.4, 2028: 0.4, 2029: 0.2}";
    let fiscal = "release: {\"2026/27\": 0.3, \"2027/28\": 0.7}";
    let unquoted = fiscal.replace('"', "");
    says(&found(&[(release, &unquoted)]), "fiscal-quotes", &["Write \"2026/27\""]);
    says(
        &found(&[(release, fiscal)]),
        "fiscal-year",
        &["2026/27", "fiscal_year_start: 7"],
    );
    let july = ("    funding: (", "    funding: (\n        fiscal_year_start: 7,");
    let half = found(&[(release, fiscal), july]);
    // Half of 2026/27 lies before the first year of money: 15 % of 120 million.
    says(&half, "year-outside", &["2026/27", "50 %", "2026"]);
    says(&half, "release-short", &["US$ 18 million"]);
    says(
        &found(&[(release, "release: {\"2026/27\": 0.3, 2028: 0.7}"), july]),
        "fiscal-year",
        &["not of both"],
    );
    says(
        &found(&[("ready: {2026: 0.2,", "ready: {\"2026/27\": 0.2,"), july]),
        "not-a-year",
        &["calendar year"],
    );
    says(
        &found(&[(release, "release: {\"2026/28\": 1}"), july]),
        "fiscal-year",
        &["the year that follows it", "2026/27"],
    );
    says(
        &found(&[(july.0, "    funding: (\n        fiscal_year_start: 7.5,")]),
        "fiscal-year",
        &["month"],
    );
}

/// What a plan says that is most likely a slip: francs as dollars, a rate upside down, money that is released too late, a price
/// year of long ago.
#[test]
fn slips_in_prices_rates_and_years_are_told() {
    let told = |change: (&str, &str), code: &str| {
        let findings = read(&written(&[change])).findings;
        assert!(
            findings.iter().any(|found| found.code == code),
            "{change:?}: {findings:?}"
        );
    };
    let none = read(&written(&[])).findings;
    for code in ["unlikely", "exchange-rate", "release-short", "price-year"] {
        assert!(none.iter().all(|found| found.code != code), "{code}");
    }
    let tablet = |price: &str| format!("    prices: (devices: [(device: tablet, price: {price})]),\n    plan: (");
    told(("    plan: (", &tablet("110_000")), "unlikely");
    let upside_down = tablet("(value: 110_000, currency: XOF, year: 2024, rate: 0.00165)");
    told(("    plan: (", &upside_down), "exchange-rate");
    // No deflator goes back further than 2009.
    told(("format: 2,", "format: 2, price_year: 2008,"), "price-year");
    let early = read(&written(&[("format: 2,", "format: 2, price_year: 2010,")])).findings;
    assert!(early.iter().all(|found| found.code != "price-year"), "{early:?}");
    told(
        ("commitment: 120_000_000,", "until: 2028, commitment: 120_000_000,"),
        "release-short",
    );
}

#[test]
fn a_base_year_after_the_horizon_does_not_stop_the_checks_of_amounts() {
    let late = [
        ("format: 2,", "format: 2, base_year: 2100, horizon: 2030,"),
        ("share_of_education: 0.02", "amount: 12_000_000_000"),
    ];
    assert!(any_error(&found(&late)));
}
