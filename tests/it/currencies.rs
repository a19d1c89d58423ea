//! A source that counts in a currency of its own, against calculations by hand (chapter Money as ministries write it).

use proptest::prelude::*;

use super::enlarged::paid_by;
use rollcall::model::funding::source::SourceId;
use rollcall::model::{Model, Trajectory};
use rollcall::report::tables;
use rollcall::scenario::findings::Severity;
use rollcall::scenario::{Scenario, YearPath, messages, text};
use rollcall::study::compare::{Value, differences};
use rollcall::study::parallel::each;

fn run(scenario: Scenario) -> Trajectory {
    Trajectory::of(Model::new(scenario), each)
}

/// What a source makes available in a year, dollars of that year.
fn available(run: &Trajectory, index: usize, t: usize) -> f64 {
    run.run.money.of(t, SourceId::listed(index)).available.0 * run.run.money.outlook.deflator[t]
}

fn close(got: f64, by_hand: f64) {
    assert!((got - by_hand).abs() < 0.01, "{got} is not {by_hand}");
}

/// A table of a run by the names of its columns.
fn table(
    run: &Trajectory,
    of: fn(&Trajectory, &mut tables::Table<'_>),
) -> Vec<std::collections::BTreeMap<String, String>> {
    let bytes = tables::bytes(of, run);
    csv::Reader::from_reader(&bytes[..])
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("a table")
}

/// EUR 10 million at 0.9 for a dollar in 2027 are 11 111 111.11. Half is repaid in each of two years, at 10 %: EUR 6 million in
/// 2028 at 1.0, EUR 5.5 million in 2029 at 0.8 are US$ 6 000 000 and 6 875 000. Owed at the end of 2028: EUR 5 million.
#[test]
fn a_loan_in_euros_is_served_in_euros() {
    let run = run(paid_by(
        r#"commercial_loan(name: "bank", currency: EUR, exchange_rate: {2026: 0.9, 2027: 0.9, 2028: 1.0, 2029: 0.8}, commitment: 10_000_000, release: {2027: 1.0},
            interest: 0.1, maturity: 2, grace: 0, arrangement_fee: 0.01, absorption: 1, timing: earliest),"#,
    ));
    close(available(&run, 0, 1), 11_111_111.11);
    let owed = |t| *run.run.money.owed(t, SourceId::listed(0));
    close(owed(1).fees.0, 111_111.11);
    close(owed(1).outstanding.0, 11_111_111.11);
    close(owed(2).service().0, 6_000_000.0);
    close(owed(2).outstanding.0, 5_000_000.0);
    close(owed(3).service().0, 6_875_000.0);
    close(owed(3).outstanding.0, 0.0);
    // Compared, it is what it is worth in the price year.
    let others = paid_by("");
    let found = differences(&[&others, &run.model.scenario]);
    let commitment = found.iter().find(|input| input.path.ends_with("[bank].commitment"));
    let Some(Value::Number(dollars)) = commitment.expect("told").values[1] else {
        panic!("{commitment:?}");
    };
    close(dollars, 11_111_111.11);
    // A promise is told at the rate of the price year.
    let terms = table(&run, tables::terms);
    close(terms[0]["face_usd"].parse().expect("a number"), 11_111_111.11);
}

/// After the plan, of 2030, each euro that is owed costs 1 / e(t): at 0.45 from 2031 on twice what it costs at 0.9; between 2027 and 2040 a straight
/// line from 0.9 to 0.6 is 0.9 - 0.3 * 4 / 13 in 2031 and 0.6 from 2040 on.
#[test]
fn rates_that_are_stated_for_years_after_the_plan_count_in_what_is_owed_then() {
    let service = |rates: &str| {
        let run = run(paid_by(&format!(
            r#"concessional_loan(name: "credit", currency: EUR, exchange_rate: {rates}, commitment: 45_000_000, release: {{2027: 1.0}}, absorption: 1, timing: earliest),"#
        )));
        assert_eq!(run.ahead().year, 2031);
        run.ahead().debt_service.clone()
    };
    let flat = service("0.9");
    assert!(flat.len() > 15 && flat[0] > 1e3, "{flat:?}");
    let halved = service("{2027: 0.9, 2030: 0.9, 2031: 0.45}");
    let falling = service("{2027: 0.9, 2040: 0.6}");
    // What was drawn in 2027, at 0.9, is the same in all three.
    for (k, flat) in flat.iter().enumerate() {
        assert!((halved[k] / flat - 2.0).abs() < 1e-9, "{k}: {} {flat}", halved[k]);
        #[allow(clippy::cast_precision_loss)]
        let rate = (0.9 - 0.3 * (k as f64 + 4.0) / 13.0).max(0.6);
        assert!(
            (falling[k] / flat - 0.9 / rate).abs() < 1e-9,
            "{k}: {} {flat}",
            falling[k]
        );
    }
}

/// US$ 10 million, half repaid in each of two years at 10 %, is 6 and 5.5 million. At 600 and then 660 of the country's money for
/// a dollar, 3 600 and 3 630 million; had its money not fallen, 3 600 and 3 300 million.
#[test]
fn a_loan_in_dollars_costs_the_treasury_more_when_its_money_falls() {
    let mut scenario = paid_by(
        r#"commercial_loan(name: "bank", commitment: 10_000_000, release: {2027: 1.0}, interest: 0.1, maturity: 2, grace: 0, absorption: 1, timing: earliest),"#,
    );
    for (last, by_hand) in [(660.0, 3_630e6), (600.0, 3_300e6)] {
        scenario.country.economy.exchange_rate = Some(YearPath::of(&[(2025, 600.0), (2028, 600.0), (2029, last)]));
        let debt = table(&run(scenario.clone()), tables::debt);
        let of = |year: &str, column: &str| -> f64 {
            let row = debt.iter().find(|row| row["year"] == year).expect("the year");
            row[column].parse().expect("a number")
        };
        close(of("2028", "service_local"), 3_600e6);
        close(of("2029", "service_local"), by_hand);
        close(of("2029", "principal_usd") + of("2029", "interest_usd"), 5.5e6);
        assert_eq!(debt[0]["currency"], "USD");
    }
}

/// 6 000 million a year of the country's money, which falls from 600 for a dollar to 660 in 2027 and 726 in 2028: as each year's own
/// money US$ 9 090 909.09 and 8 264 462.81; growing by 10 % from 2025 on 7 260 million in 2027, US$ 11 million in both; where nothing is said of
/// its prices it goes on buying what US$ 10 million buy in 2025.
#[test]
fn a_budget_in_local_money_falls_with_it_unless_it_grows_with_prices() {
    for (inflation, by_hand) in [
        ("inflation: 0,", [9_090_909.09, 8_264_462.81]),
        ("inflation: 0.1,", [11e6, 11e6]),
        ("", [10e6 * 1.02 * 1.02, 10e6 * 1.02 * 1.02 * 1.02]),
    ] {
        let rates = "currency: LCU, exchange_rate: {2025: 600, 2026: 600, 2027: 660, 2028: 726}";
        let scenario = paid_by(&format!(
            r#"domestic_budget(name: "ministry", amount: 6_000_000_000, floor: 1, {inflation} {rates}),"#
        ));
        let of_country = paid_by(&format!(
            r#"domestic_budget(name: "ministry", amount: 6_000_000_000, floor: 1, {inflation} currency: USD),"#
        ));
        let run_of = run(scenario);
        for (t, by_hand) in [1, 2].into_iter().zip(by_hand) {
            close(available(&run_of, 0, t), by_hand);
        }
        // The country's own rates do as well.
        let mut other = of_country;
        other.country.economy.exchange_rate = Some(YearPath::of(&[
            (2025, 600.0),
            (2026, 600.0),
            (2027, 660.0),
            (2028, 726.0),
        ]));
        other.funding.sources[0].currency.0 = "LCU".into();
        let other = run(other);
        for t in 1..other.model.years {
            close(available(&other, 0, t), available(&run_of, 0, t));
        }
    }
}

/// Of a grant of EUR 1 000 million what is not spent waits in euros: left at 0.8 for a dollar it is half as many dollars at 1.6.
#[test]
fn what_is_carried_over_stays_in_its_currency() {
    let run = run(paid_by(
        r#"grant(name: "donor", currency: EUR, exchange_rate: {2027: 0.8, 2028: 1.6}, commitment: 1_000_000_000, release: {2027: 1.0}),"#,
    ));
    let money = &run.run.money;
    let of = |t: usize| money.of(t, SourceId::listed(0));
    let out = of(1).carried_out.0 * money.outlook.deflator[1];
    assert!(out > 1e8, "{out}");
    close(of(2).carried_in.0 * money.outlook.deflator[2], out / 2.0);
}

#[test]
fn a_currency_without_a_rate_and_two_in_one_source_are_refused() {
    let file = include_str!("../data/example.ron");
    let (head, rest) = file.split_once("sources: [").expect("sources");
    let (_, tail) = rest.split_once("        ],").expect("the end of sources");
    for (terms, code, field) in [
        ("currency: EUR, commitment: 1_000_000", "exchange-rate", "currency"),
        ("currency: LCU, commitment: 1_000_000", "exchange-rate", "currency"),
        ("currency: EURO, commitment: 1_000_000", "currency", "currency"),
        (
            "currency: EUR, exchange_rate: {2026: 0.9, 2028: 0}, commitment: 1_000_000",
            "exchange-rate",
            "currency",
        ),
        (
            "exchange_rate: 0.9, commitment: 1_000_000",
            "exchange-rate",
            "exchange_rate",
        ),
        (
            "currency: EUR, exchange_rate: 0.9, commitment: (value: 1_000_000, currency: EUR, rate: 0.9, year: 2025)",
            "currency",
            "commitment",
        ),
    ] {
        let file = format!("{head}sources: [grant(name: \"a\", release: {{2027: 1.0}}, {terms})        ],{tail}");
        let reading = text::read_scenario("a.ron", file.as_bytes(), &|_| Err(messages::no_such_file()));
        let errors: Vec<_> = reading
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.code, finding.path.as_str()))
            .collect();
        assert_eq!(errors, [(code, &*format!("funding.sources[0].{field}"))], "{terms}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Over random rates and terms: what is released is the promise in its own money; what is drawn is repaid in it; and the four views
    /// of a year (nominal and real, dollars and own money) are one amount.
    #[test]
    fn own_money_real_and_nominal_dollars_are_one_amount(
        rates in prop::collection::vec(0.3..3.0f64, 3),
        (commitment, interest, maturity) in (1e6..9e7f64, 0.0..0.15f64, 1u32..4),
        inflation in -0.02..0.08f64,
    ) {
        let scenario = paid_by(&format!(
            r#"concessional_loan(name: "loan", currency: EUR, exchange_rate: {{2026: {}, 2028: {}, 2030: {}}}, commitment: {commitment}, release: {{2027: 0.6, 2028: 0.4}},
                interest: {interest}, maturity: {maturity}, grace: 0),
            domestic_budget(name: "ministry", currency: EUR, exchange_rate: {}, inflation: {inflation}, amount: 2_000_000),"#,
            rates[0], rates[1], rates[2], rates[0],
        ));
        let run = run(scenario);
        let (money, own) = (&run.run.money, |t: usize| {
            let path = YearPath::of(&[(2026, rates[0]), (2028, rates[1]), (2030, rates[2])]);
            path.at(run.model.calendar(t))
        });
        let loan = SourceId::listed(0);
        let (mut released, mut owed) = (0.0, 0.0);
        for t in 1..run.model.years {
            let deflator = money.outlook.deflator[t];
            let year = money.of(t, loan);
            let now = year.available.0 * deflator * own(t);
            released += now;
            let debt = money.owed(t, loan);
            let drawn = (year.spent + year.overhead).0 * deflator;
            prop_assert!((debt.disbursed.0 - drawn).abs() < 0.01);
            prop_assert!((debt.interest.0 * own(t) - interest * owed).abs() < 0.01);
            owed += (debt.disbursed.0 - debt.principal.0) * own(t);
            prop_assert!((debt.outstanding.0 * own(t) - owed).abs() < 0.01, "{owed}");
            // An amount of 2 million of 2025, in each year's own money.
            let grown = (1.0 + inflation).powi(run.model.calendar(t) - 2025);
            let budget = money.of(t, SourceId::listed(1)).available.0 * deflator * rates[0];
            prop_assert!((budget - 2e6 * grown).abs() < 0.01, "{budget}");
        }
        prop_assert!((released - commitment).abs() < 0.01, "{released}");
    }
}
