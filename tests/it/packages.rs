//! Packages of funding: files of their own, laid over any plan, compared on equal terms, and what their stories claim.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use rollcall::data::store;
use rollcall::model::{Trajectory, ledger, simulate};
use rollcall::scenario::funding::Bearer;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::package::{Package, read_package, write_package};
use rollcall::scenario::text::FileKind;
use rollcall::scenario::{Finding, Scenario, SourceKind};
use rollcall::study::compare::{Payer, Use, compare};

use super::regression::bundled;
use super::{Said, said};

fn package(name: &str) -> Package {
    store::package(name).unwrap_or_else(|findings| panic!("{name}: {findings:?}"))
}

/// A package with one source, which is written.
fn read(source: &str) -> (Option<Package>, Vec<Finding>) {
    let text = format!("(format: 2, title: \"T\", funding: (sources: [\n{source}\n]))");
    read_package("p.ron", text.as_bytes())
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_bundled_package_is_sound_and_there_is_one_for_each_mechanism() {
    let plan = bundled("senegal/balanced.ron");
    let mut shown = BTreeSet::new();
    for name in store::packages() {
        let path = format!("packages/{name}.ron");
        assert_eq!(store::check(path.as_ref()), (FileKind::Package, Vec::new()));
        let package = package(name);
        assert!(package.story.len() > 60, "{name}");
        let found = package.found_over(&plan, name);
        // What comes too late in this one is what one learns from it.
        let expected: &[&str] = match name {
            "senegal/small_and_late" => &["release-short"; 2],
            _ => &[],
        };
        assert_eq!(codes(&found), expected, "{name}: {found:?}");
        let back = read_package(name, write_package(&package).as_bytes());
        assert_eq!(back, (Some(package.clone()), Vec::new()), "{name}");
        shown.extend(name.strip_prefix("mechanisms/"));
    }
    let kinds: BTreeSet<&str> = SourceKind::KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(shown, kinds);
}

#[test]
fn a_package_takes_the_place_of_all_funding_and_of_nothing_else() {
    let plan = bundled("senegal/balanced.ron");
    let own = Package::of(&plan);
    assert_eq!((&own.title, own.price_year), (&plan.title, 2025));
    assert!(own.over(&plan) == plan);
    let laid = package("senegal/ida_credit").over(&plan);
    assert_eq!(laid.funding.sources.len(), 2);
    assert!(own.over(&laid) == plan);
}

/// Without a plan: 90 and 70 % are more than the whole; a source that ends in 2026 releases nothing in 2027; a currency has no rate but the
/// package's own; parts of a plan have no place.
#[test]
fn what_a_package_alone_can_know_is_told_without_a_plan() {
    let grant = |terms: &str| read(&format!("grant(name: \"G\", commitment: 1_000_000, {terms})")).1;
    let all = grant("release: {2027: 0.9, 2028: 0.7}");
    assert_eq!(codes(&all), ["shares-sum"]);
    assert!(all[0].to_string().contains("1.6"), "{}", all[0]);
    assert!(grant("release: {2027: 0.9, 2028: 0.1}, until: 2027").is_empty());
    let early = grant("release: {2027: 0.9, 2028: 0.1}, until: 2026");
    assert_eq!(codes(&early), ["until-before-release"]);
    assert_eq!(early[0].path, "funding.sources[0].until");
    for (terms, hint) in [
        ("currency: EUR", "exchange_rate: 0.9"),
        ("currency: JPY", "how many JPY one US dollar is"),
    ] {
        let found = grant(&format!("release: {{2027: 1}}, {terms}"));
        assert_eq!(codes(&found), ["exchange-rate"], "{terms}");
        assert!(found[0].to_string().contains(hint), "{}", found[0]);
    }
    assert!(grant("release: {2027: 1}, currency: LCU").is_empty());
    assert!(grant("release: {2027: 1}, currency: EUR, exchange_rate: 0.9").is_empty());
    // Beside a plan each is told once.
    let plan = bundled("senegal/balanced.ron");
    let (package, _) = read("grant(name: \"G\", commitment: 40_000_000, release: {2027: 1}, until: 2026)");
    let found = package.expect("a package").found_over(&plan, "p.ron");
    assert_eq!(codes(&found), ["until-before-release"]);
    for part in ["plan: (devices: (equipped: 1))", "country: \"senegal\""] {
        let text = format!("(format: 2, title: \"T\", {part}, funding: (sources: []))");
        let (nothing, found) = read_package("p.ron", text.as_bytes());
        assert!(nothing.is_none());
        assert_eq!(codes(&found), ["unknown-field"], "{found:?}");
        assert!(
            found[0].to_string().contains("a package holds only funding"),
            "{}",
            found[0]
        );
    }
    let text = "(format: 2, title: \"T\", plan: (devices: (equipped: 1)), funding: (sources: []))";
    assert_eq!(FileKind::of(text.as_bytes()), FileKind::Package);
}

/// Four million of 2025 are 4 · 1.02 million of 2026 where prices grow by 2 %, and nominal amounts stay as they are.
#[test]
fn amounts_keep_their_worth_over_a_plan_in_dollars_of_another_year() {
    let mut plan = bundled("senegal/balanced.ron");
    let (package, findings) = read(
        "domestic_budget(name: \"M\", amount: 4_000_000), grant(name: \"G\", commitment: 1_000_000, release: {2027: 1})",
    );
    assert!(findings.is_empty(), "{findings:?}");
    let package = package.expect("a package");
    let given = |plan: &Scenario| {
        let run = simulate(package.over(plan));
        let money = &run.run.money;
        let available: Vec<f64> = money.ids().map(|source| money.of(1, source).available.0).collect();
        (available[1], available[2] * money.outlook.deflator[1])
    };
    let (budget, grant) = given(&plan);
    assert!(
        (budget - 4e6).abs() < 1e-3 && (grant - 1e6).abs() < 1e-3,
        "{budget} {grant}"
    );
    plan.price_year = 2026;
    let grown = 1.0 + plan.country.economy.us_inflation.at(2026);
    let (budget, grant) = given(&plan);
    assert!(
        (budget - 4e6 * grown).abs() < 1e-3 && (grant - 1e6).abs() < 1e-3,
        "{budget} {grant}"
    );
}

#[test]
fn what_is_wrong_in_a_package_is_told_with_its_place() {
    let (nothing, findings) =
        read("concessional_loan(name: \"L\", commitment: 1_000_000, release: {2027: 1}, grace: 31)");
    assert!(nothing.is_none());
    assert_eq!(codes(&findings), ["loan-terms"]);
    assert_eq!(
        (findings[0].place.line, findings[0].path.as_str()),
        (2, "funding.sources[0].grace")
    );
    let (_, findings) = read("grant(name: \"G\", commitment: 1_000_000, release: {\"2026/27\": 1})");
    assert_eq!(codes(&findings), ["fiscal-year"]);
    let (_, findings) =
        read("grant(name: \"G\", commitment: 1_000_000, release: {2027: 1}, matching: 1, counterpart: \"H\")");
    assert_eq!(codes(&findings), ["source-counterpart"]);
    let (nothing, findings) = read_package("p.ron", b"(format: 2, title: \"T\")");
    assert!(nothing.is_none());
    assert_eq!(codes(&findings), ["missing-field"]);
    // What only a plan can tell is told over one.
    let (package, findings) =
        read("grant(name: \"G\", commitment: 1_000_000, release: {2027: 0.5, 2045: 0.5}, regions: [\"Atlantis\"])");
    assert!(findings.is_empty(), "{findings:?}");
    let found = package
        .expect("a package")
        .found_over(&bundled("senegal/balanced.ron"), "p.ron");
    let said = codes(&found);
    assert!(
        said.contains(&"unknown-region") && said.contains(&"year-outside"),
        "{found:?}"
    );
    assert!(found.iter().all(|finding| finding.place.file == "p.ron"), "{found:?}");
}

#[test]
fn the_command_line_checks_packages_and_lays_them_over_a_plan() {
    let Said { code, out, .. } = said(&["check", "packages/senegal/mixed.ron", "standards/fcc.ron"]);
    assert_eq!(code, 0);
    assert_eq!(
        out.matches("nothing to remark; it can be laid over a plan").count(),
        2,
        "{out}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let own = "(format: 2, title: \"Ours\", funding: (sources: [grant(name: \"G\", commitment: 1_000_000, release: {2027: 1}, regions: [\"Atlantis\"])]))";
    fs::write(at("own.ron"), own).expect("written");
    assert_eq!(said(&["check", &at("own.ron")]).code, 0);
    let Said { code, err, .. } = said(&["compare", "senegal/balanced.ron", "--packages", &at("own.ron")]);
    assert!(
        code == 2 && err.contains("Atlantis") && err.contains("own.ron"),
        "{err}"
    );
    let Said { code, err, .. } = said(&["compare", "senegal/balanced.ron", "--packages", "senegal/ida"]);
    assert!(code == 2 && err.contains("senegal/ida_credit"), "{err}");
    let tables = at("tables");
    let arguments = [
        "compare",
        "senegal/balanced.ron",
        "--packages",
        "senegal/ida_credit",
        "senegal/mixed",
        "--out",
        &tables,
    ];
    let Said { code, out, err } = said(&arguments);
    assert_eq!(code, 0, "{err}");
    let row = |name: &str| {
        out.lines()
            .find(|line| line.trim_start().starts_with(name))
            .expect(name)
            .to_owned()
    };
    for name in [
        "Existing budget",
        "Multiplier",
        "No source",
        "All services",
        "Debt service after",
    ] {
        assert!(row(name).len() > 60, "{out}");
    }
    assert!(out.contains("Senegal: a credit of IDA"), "{out}");
    // The table adds up to what stands in it.
    let text = fs::read_to_string(folder.path().join("tables/payers.csv")).expect("payers.csv");
    let mut sums = [0.0; 2];
    for line in text.lines().skip(1).filter(|line| line.contains("ida_credit,2029,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let value: f64 = cells[3].parse().expect("a number");
        match cells[0] {
            "all_services" => sums[1] = value,
            "overhead" | "not_used" | "debt_service" => {}
            _ => sums[0] += value,
        }
    }
    assert!(sums[1] > 1e6 && (sums[0] - sums[1]).abs() < 1.0, "{sums:?}");
}

/// A package over Senegal's balanced plan.
struct Tried {
    name: &'static str,
    run: Trajectory,
}

impl Tried {
    fn reach(&self, year: i32) -> f64 {
        let t = usize::try_from(year - self.run.model.scenario.base_year).expect("a year of the run");
        self.run.lend().value(Measure::Reach, Scope::ALL, t).expect("reach")
    }

    /// Millions.
    fn paid(&self, payer: Payer) -> f64 {
        let comparison = compare(&[&self.run]);
        let row = comparison.payers.iter().find(|row| row.payer == payer);
        row.map_or(0.0, |row| row.sums[0] / 1e6)
    }

    fn over(&self, measure: Measure) -> Option<f64> {
        self.run.lend().over(measure, Scope::ALL, 1..self.run.model.years)
    }

    fn dark(&self) -> Option<f64> {
        self.over(Measure::FirstDarkYear).filter(|year| year.is_finite())
    }
}

/// The eight packages of Senegal, and the plan with its own funding.
fn all() -> &'static [Tried] {
    static ALL: OnceLock<Vec<Tried>> = OnceLock::new();
    ALL.get_or_init(|| {
        let plan = bundled("senegal/balanced.ron");
        let own = Tried {
            name: "own",
            run: simulate(&plan),
        };
        let packages = store::packages().filter_map(|name| Some((name, name.strip_prefix("senegal/")?)));
        let tried = packages.map(|(path, name)| Tried {
            name,
            run: simulate(package(path).over(&plan)),
        });
        std::iter::once(own).chain(tried).collect()
    })
}

fn tried(name: &str) -> &'static Tried {
    all()
        .iter()
        .find(|tried| tried.name == name)
        .unwrap_or_else(|| panic!("{name}"))
}

/// Whether a number is what a story says, as it is rounded there.
fn near(value: f64, told: f64, rounding: f64) {
    assert!((value - told).abs() <= rounding, "{value} is told as {told}");
}

#[test]
fn who_pays_adds_up_in_every_year() {
    assert_eq!(all().len(), 9);
    let runs: Vec<&Trajectory> = all().iter().map(|tried| &tried.run).collect();
    let comparison = compare(&runs);
    let services = comparison
        .payers
        .iter()
        .find(|row| row.payer == Payer::AllServices)
        .expect("all services");
    for (run, tried) in all().iter().enumerate() {
        for year in 0..services.by_year[run].len() {
            let parts = comparison.payers.iter().filter(|row| row.payer.pays());
            let sum: f64 = parts.map(|row| row.by_year[run][year]).sum();
            assert!(
                (sum - services.by_year[run][year]).abs() < 0.01,
                "{} {year}: {sum}",
                tried.name
            );
        }
    }
}

/// Who bears what for which purpose, against the rows of funding.csv put together here: 2027 to 2030, constant US$.
#[test]
fn who_pays_for_what_is_what_the_rows_of_funding_add_up_to() {
    let runs: Vec<&Trajectory> = all().iter().map(|tried| &tried.run).collect();
    let comparison = compare(&runs);
    assert_eq!(comparison.accounts.len(), all().len());
    for (at, (account, tried)) in comparison.accounts.iter().zip(all()).enumerate() {
        // By hand: sources by the word of their mechanism, purposes by the word of the component.
        let kinds: BTreeMap<&str, &str> = (tried.run.model.scenario.funding.sources.iter())
            .map(|source| (source.name.as_str(), source.kind.name()))
            .collect();
        let purposes = [
            vec!["power", "campus", "links"],
            vec!["devices"],
            vec!["training"],
            vec!["content", "systems", "support", "inclusion", "home_access", "lifelong"],
            vec!["governance", "management"],
        ];
        let bearers = [
            vec!["existing"],
            vec!["domestic_budget", "universal_service_levy"],
            vec!["household_charge", "paying_hub"],
            vec![
                "grant",
                "in_kind",
                "results_based",
                "debt2ed",
                "cancellation",
                "multiplier",
                "international_fund",
            ],
            vec!["partnership"],
            vec![
                "concessional_loan",
                "commercial_loan",
                "bond",
                "guaranteed_loan",
                "refinancing",
            ],
        ];
        for (purpose, components) in purposes.iter().enumerate() {
            for (bearer, words) in bearers.iter().enumerate() {
                let paid: f64 = ledger::funding(&tried.run)
                    .filter(|row| row.source != ledger::UNFUNDED && components.contains(&row.line.component.name()))
                    .filter(|row| words.contains(kinds.get(row.source).unwrap_or(&"existing")))
                    .map(|row| row.amount.0)
                    .sum();
                near(account.uses[purpose].paid[bearer], paid, 1.0);
            }
        }
        let sum = |payer: Payer| {
            let row = comparison.payers.iter().find(|row| row.payer == payer);
            row.map_or(0.0, |row| row.sums[at])
        };
        let unpaid: f64 = account.uses.iter().map(Use::unpaid).sum();
        near(account.needed(), sum(Payer::AllServices), 1.0);
        near(unpaid, sum(Payer::NoSource), 1.0);
        near(account.unpaid.iter().sum::<f64>(), unpaid, 1.0);
        near(account.service.iter().sum::<f64>(), sum(Payer::DebtService), 1.0);
        near(account.service_after.iter().sum::<f64>(), sum(Payer::ServiceAfter), 1.0);
        near(account.lost, sum(Payer::Overhead) + sum(Payer::NotUsed), 1.0);
        let by_year: f64 = Bearer::ALL.iter().map(|bearer| account.of(*bearer)).sum();
        near(by_year, account.uses.iter().flat_map(|part| part.paid).sum(), 1.0);
    }
}

#[test]
fn domestic_money_alone_lasts_and_starts_late() {
    let (own, credit) = (tried("domestic_only"), tried("ida_credit"));
    assert!((2027..=2030).all(|year| own.reach(year) > own.reach(year - 1)));
    near(own.reach(2028) / credit.reach(2028), 0.5, 0.05);
    near(own.paid(Payer::NotUsed), 68.0, 0.5);
    near(own.paid(Payer::DebtService) + own.paid(Payer::ServiceAfter), 0.0, 1e-9);
}

#[test]
fn after_a_grant_that_leaves_two_fifths_are_lost() {
    let grant = tried("grant_exit_2029");
    near(grant.reach(2029), 0.47, 0.01);
    near(grant.reach(2030) / grant.reach(2029), 0.6, 0.02);
    assert_eq!(grant.dark(), Some(2030.0));
    assert!(
        all()
            .iter()
            .all(|other| [grant.name, "own"].contains(&other.name) || other.dark().is_none())
    );
}

#[test]
fn a_credit_keeps_what_a_grant_loses_and_is_paid_for_later() {
    let (credit, grant) = (tried("ida_credit"), tried("grant_exit_2029"));
    near(credit.reach(2029), grant.reach(2029), 0.01);
    assert!(credit.reach(2030) > 0.95 * credit.reach(2029));
    near(credit.paid(Payer::DebtService), 2.0, 0.5);
    near(credit.paid(Payer::ServiceAfter), 120.0, 0.5);
    near(credit.run.to_find_for_all(4) / 1e6, 85.0, 0.5);
    let last = credit.run.ahead().debt_service.len();
    assert!((28..=32).contains(&last), "{last}");
}

#[test]
fn a_partnership_reaches_most_and_is_the_dearest() {
    let partner = tried("partnership");
    near(partner.reach(2030), 0.57, 0.006);
    near(partner.paid(Payer::DebtService), 43.0, 0.5);
    near(partner.paid(Payer::ServiceAfter), 147.0, 0.5);
    near(partner.paid(Payer::Kind("partnership")), 130.0, 0.5);
    for other in all().iter().filter(|other| other.name != partner.name) {
        let owed = |tried: &Tried| tried.paid(Payer::DebtService) + tried.paid(Payer::ServiceAfter);
        assert!(
            other.reach(2030) < partner.reach(2030) && owed(other) < owed(partner),
            "{}",
            other.name
        );
    }
}

#[test]
fn results_do_not_pay_first() {
    let results = tried("results_based");
    assert!((2027..=2030).all(|year| results.reach(year) < 0.25));
    near(results.paid(Payer::Kind("results_based")), 82.0, 0.5);
}

#[test]
fn a_swap_buys_time() {
    let swap = tried("debt_swap");
    near(-swap.paid(Payer::DebtService), 114.0, 0.5);
    near(swap.paid(Payer::Kind("refinancing")), 81.0, 0.5);
    near(swap.paid(Payer::ServiceAfter), 129.0, 0.5);
}

#[test]
fn a_mix_reaches_what_the_plan_s_own_sources_reach() {
    let mixed = tried("mixed");
    near(mixed.reach(2030), tried("own").reach(2030), 0.015);
    let economy = &mixed.run.model.scenario.country.economy;
    near(
        economy.gdp.value * economy.telecom_revenue.value * 0.01 / 1e6,
        11.0,
        0.5,
    );
    let levy = mixed.paid(Payer::Kind("universal_service_levy"));
    for kind in ["domestic_budget", "grant", "multiplier", "concessional_loan"] {
        assert!(mixed.paid(Payer::Kind(kind)) > levy, "{kind}");
    }
    near(
        mixed.paid(Payer::Kind("grant")) / mixed.paid(Payer::Kind("multiplier")),
        3.0,
        1e-6,
    );
    near(mixed.paid(Payer::ServiceAfter), 40.0, 0.6);
}

#[test]
fn what_is_small_and_late_does_not_meet() {
    let small = tried("small_and_late");
    let t = small.run.model.years - 1;
    let at = |measure| small.run.lend().value(measure, Scope::ALL, t).expect("a share");
    near(at(Measure::Computers), 0.64, 0.005);
    near(at(Measure::TrainedTeachers), 1.0 / 3.0, 0.02);
    near(small.reach(2030), 0.17, 0.005);
    let dear = |tried: &Tried| tried.over(Measure::CostPerReached).expect("learners are reached");
    near(dear(small), 98.0, 0.5);
    for other in all().iter().filter(|other| other.name != small.name) {
        assert!(
            small.reach(2030) < other.reach(2030) && dear(small) > dear(other),
            "{}",
            other.name
        );
    }
}
