//! Packages at random: all mechanisms with terms, currencies, carry-over, bundles, last years, crowding-out, duty and tax at random. Every
//! identity of the tables holds in every year, to a cent.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::enlarged::paid_by;
use rollcall::model::simulate;
use rollcall::scenario::SourceKind;

#[path = "../../benches/fuzz/identities.rs"]
mod identities;

/// Numbers between 0 and 1, one after the other and again from the first.
struct Chance<'a> {
    numbers: &'a [f64],
    at: usize,
}

impl Chance<'_> {
    fn next(&mut self) -> f64 {
        self.at += 1;
        self.numbers[self.at % self.numbers.len()]
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    fn often(&mut self, share: f64) -> bool {
        self.next() < share
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        #[allow(clippy::cast_precision_loss)]
        let at = self.next() * all.len() as f64;
        all[(at as usize).min(all.len() - 1)]
    }
}

/// Terms that only some sources have.
fn terms(kind: &str, chance: &mut Chance<'_>) -> String {
    let most = 10_f64.powf(chance.between(4.5, 8.0));
    let release = chance.one_of(&[
        "{2027: 1}",
        "{2027: 0.5, 2029: 0.5}",
        "{2028: 0.2, 2029: 0.3, 2030: 0.1}",
    ]);
    let promise = format!("commitment: {most}, release: {release}");
    let maturity = chance.between(3.0, 30.0).round();
    let loan = format!(
        "interest: {}, maturity: {maturity}, grace: {}, payments_per_year: {}, repayment: {}",
        chance.between(0.0, 0.15),
        (maturity * chance.between(0.0, 0.9)).floor().min(maturity - 1.0),
        chance.one_of(&[1, 2, 4, 12]),
        chance.one_of(&["equal", "annuity", "bullet"]),
    );
    let fees = format!(
        "fee: {}, arrangement_fee: {}, commitment_fee: {}, interest_grace: {}",
        chance.between(0.0, 0.05),
        chance.between(0.0, 0.05),
        chance.between(0.0, 0.02),
        chance.one_of(&[0, 1, 3]),
    );
    let old = format!(
        "debt: {most}, from: {}, old_interest: {}, old_years: {}",
        chance.one_of(&[2027, 2028]),
        chance.between(0.0, 0.12),
        chance.between(1.0, 12.0).round(),
    );
    match kind {
        "domestic_budget" => format!(
            "amount: {most}, growth: {}, floor: {}, crowding_out: {}",
            chance.between(-0.2, 0.2),
            most * chance.between(0.0, 0.5),
            chance.next(),
        ),
        "universal_service_levy" => format!("rate: {}, disbursement: {}", chance.between(0.0, 0.05), chance.next()),
        "household_charge" => format!("charge: {}, exempt: {}", chance.between(0.0, 10.0), chance.next()),
        "in_kind" => format!(
            "value: {{2027: {most}, 2029: {}}}, components: [devices, links]",
            most * chance.next()
        ),
        "grant" | "multiplier" => format!("{promise}, lag: {}", chance.between(0.0, 2.0)),
        "international_fund" => format!("{promise}, graduation: {}", chance.one_of(&[2026, 2028, 2035])),
        "concessional_loan" | "commercial_loan" => format!("{promise}, {loan}, {fees}"),
        "guaranteed_loan" => format!("guarantee: {most}, leverage: 4, release: {release}, {loan}, {fees}"),
        "bond" => format!(
            "{promise}, interest: {}, maturity: {maturity}, repayment: {}, fund_interest: 0.01",
            chance.between(0.02, 0.15),
            chance.one_of(&["bullet", "sinking_fund"]),
        ),
        "partnership" => format!(
            "{promise}, operation: {}, deduction: {}, contract_years: {maturity}",
            chance.between(0.0, 0.3),
            chance.between(0.0, 0.1),
        ),
        "results_based" => format!(
            "commitment: {most}, results_from: {}, price: {}, prefinanced: {}",
            chance.one_of(&[2027, 2028]),
            chance.between(0.1, 50.0),
            most * chance.between(0.0, 0.3),
        ),
        "refinancing" => format!("{old}, share: {}", chance.next()),
        "debt2ed" => format!("{old}, given_back: {}", chance.next()),
        "cancellation" => format!("{old}, discount: {}, fund_years: {maturity}", chance.next()),
        _ => format!("revenue: {}", chance.between(0.0, 3_000.0)),
    }
}

/// A package of a ministry and of any of the mechanisms.
fn package(chance: &mut Chance<'_>) -> String {
    let mut text = String::new();
    for kind in SourceKind::KINDS.iter().map(|kind| kind.name) {
        let ministry = kind == "domestic_budget";
        if !ministry && chance.often(0.35) {
            continue;
        }
        let own = terms(kind, chance);
        write!(text, "{kind}(name: \"{kind}\", {own}").expect("a text");
        if chance.often(0.5) {
            write!(text, ", overhead: {}", chance.between(0.0, 0.3)).expect("a text");
        }
        if chance.often(0.3) {
            write!(text, ", absorption: {}", chance.between(0.2, 1.0)).expect("a text");
        }
        if chance.often(0.25) {
            write!(text, ", until: {}", chance.one_of(&[2028, 2029])).expect("a text");
        }
        if chance.often(0.3) {
            text.push_str(", timing: earliest");
        }
        if chance.often(0.3) {
            let [first, last] = [chance.between(0.3, 2.0), chance.between(0.3, 2.0)];
            write!(text, ", currency: EUR, exchange_rate: {{2026: {first}, 2030: {last}}}").expect("a text");
        }
        if chance.often(0.2) {
            write!(text, ", inflation: {}", chance.between(-0.05, 0.2)).expect("a text");
        }
        if kind != "in_kind" && chance.often(0.3) {
            let components = chance.one_of(&["[links, power]", "[devices]", "[training, content, support]"]);
            write!(text, ", components: {components}").expect("a text");
        }
        if chance.often(0.2) {
            write!(text, ", natures: [{}]", chance.one_of(&["capital", "recurrent"])).expect("a text");
        }
        if kind == "multiplier" || (!ministry && chance.often(0.1)) {
            write!(
                text,
                ", matching: {}, counterpart: \"domestic_budget\"",
                chance.between(0.05, 3.0)
            )
            .expect("a text");
        }
        text.push_str("),\n");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_identity_holds_over_packages_at_random(numbers in prop::collection::vec(0.0..1.0f64, 211)) {
        let mut chance = Chance { numbers: &numbers, at: 0 };
        let text = package(&mut chance);
        let mut scenario = paid_by(&text);
        scenario.prices.general.duty.value = chance.between(0.0, 0.3);
        scenario.prices.general.vat.value = chance.between(0.0, 0.2);
        scenario.funding.reserve_years.value = chance.one_of(&[0.0, 0.0, 1.0, 2.0]);
        let broken = identities::broken(&simulate(&scenario));
        prop_assert!(broken.is_ok(), "{broken:?}\n{text}");
    }
}
