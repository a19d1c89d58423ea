//! What the plan asks of the country, against calculations by hand.

use rollcall::model::{Model, Trajectory};
use rollcall::report::burden::debt_beside;
use rollcall::report::tables;
use rollcall::scenario::country::DebtCapacity;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Quantity, Scenario, YearPath};
use rollcall::study::parallel::each;

use super::enlarged::paid_by;

fn run(scenario: Scenario) -> Trajectory {
    Trajectory::of(Model::new(scenario), each)
}

fn close(got: f64, wanted: f64) {
    assert!(
        (got - wanted).abs() < 1e-9 * wanted.abs().max(1e-3),
        "{got} is not {wanted}"
    );
}

/// A country whose product stays at 30 000 million of the price year.
fn with_economy(mut scenario: Scenario) -> Scenario {
    let economy = &mut scenario.country.economy;
    economy.gdp = Quantity::new(30e9);
    economy.gdp_growth = YearPath::constant(0.0);
    economy.education_spending = Quantity::new(0.04);
    economy.public_revenue = Some(Quantity::new(0.2));
    economy.public_spending = Some(Quantity::new(0.25));
    economy.exports = Some(Quantity::new(0.3));
    economy.debt_service = Some(Quantity::new(0.03));
    scenario
}

const BANK: &str = r#"commercial_loan(name: "bank", commitment: 100_000_000, release: {2027: 1.0}, maturity: 5, grace: 0, interest: 0.1, fee: 0, timing: earliest, absorption: 1),"#;

/// What is drawn in the first year comes back in fifths from the second on, with a tenth of what is owed as interest.
#[test]
fn debt_stands_beside_what_the_country_owes() {
    let run = run(with_economy(paid_by(BANK)));
    let drawn = |t: usize| {
        let id = rollcall::model::funding::source::SourceId::listed(0);
        run.run.money.owed(t, id).disbursed.0
    };
    // In the second year a fifth and a tenth of the draw of the first, in dollars of that year.
    let service = 0.3 * drawn(1) / run.run.money.outlook.deflator[2];
    assert!(service > 1e6, "{service}");
    let of = |measure: Measure| run.lend().value(measure, Scope::ALL, 2).expect("a value");
    close(of(Measure::DebtService), service);
    close(of(Measure::DebtOfRevenue), service / (0.2 * 30e9));
    close(of(Measure::DebtOfExports), service / (0.3 * 30e9));
    close(of(Measure::DebtOfEducation), service / (0.04 * 30e9));
    let [revenue, exports, owed] = debt_beside(&run);
    let (revenue, exports) = (revenue.expect("revenue"), exports.expect("exports"));
    close(revenue.country.expect("known"), 0.15);
    close(exports.country.expect("known"), 0.1);
    assert_eq!((revenue.is_bearable(), exports.is_bearable()), (Some(true), Some(true)));
    // Of the country's own debt nothing is known: no verdict.
    assert_eq!(owed.expect("a product").is_bearable(), None);
    let mut weak = with_economy(paid_by(BANK));
    weak.country.economy.debt_capacity = DebtCapacity::Weak;
    let [revenue, ..] = debt_beside(&self::run(weak));
    assert_eq!(
        revenue.expect("revenue").is_bearable(),
        Some(false),
        "15 % are above 14"
    );
    let mut unknown = with_economy(paid_by(BANK));
    unknown.country.economy.debt_service = None;
    let [revenue, ..] = debt_beside(&self::run(unknown));
    assert_eq!(revenue.expect("revenue").is_bearable(), None);
}

/// A credit of 100 million of 2027 is paid back at once in 2033, after the plan, whose last year is 2030. The product grows by 4 % a year
/// from then on as before; dollars lose 2 % a year.
#[test]
fn debt_is_largest_where_it_is_paid_back_after_the_plan_too() {
    let bullet = r#"commercial_loan(name: "bank", commitment: 100_000_000, release: {2027: 1.0}, maturity: 6, grace: 5, repayment: bullet, interest: 0.1, fee: 0, timing: earliest, absorption: 1),"#;
    let mut scenario = with_economy(paid_by(bullet));
    scenario.country.economy.gdp_growth = YearPath::constant(0.04);
    scenario.country.economy.us_inflation = YearPath::constant(0.02);
    let run = run(scenario);
    let id = rollcall::model::funding::source::SourceId::listed(0);
    let [drawn, later @ ..] = [1, 2, 3, 4].map(|t| run.run.money.owed(t, id).disbursed.0);
    let outlook = &run.run.money.outlook;
    assert_eq!(run.ahead().year, 2031);
    // 110 % of it three years after the last, and a tenth of what was drawn later, in dollars of the price year, over a fifth of a product
    // grown three times.
    let by_hand = (1.1 * drawn + 0.1 * later.iter().sum::<f64>())
        / (outlook.deflator[4] * 1.02_f64.powi(3))
        / (0.2 * outlook.gdp[4] * 1.04_f64.powi(3));
    let [revenue, ..] = debt_beside(&run);
    let revenue = revenue.expect("revenue");
    assert_eq!(revenue.year, 2033);
    close(revenue.plan, by_hand);
}

#[test]
fn what_the_country_can_afford() {
    let run = run(with_economy(paid_by(BANK)));
    let last = run.model.years - 1;
    let of = |measure: Measure| run.lend().value(measure, Scope::ALL, last).expect("a value");
    let cost = of(Measure::CostFull);
    let learners: f64 = (0..run.model.levels.len())
        .map(|level| run.run.demand.learners(last, level))
        .sum();
    close(of(Measure::CostOfGdp), cost / 30e9);
    close(of(Measure::CostOfEducation), cost / 1.2e9);
    close(of(Measure::CostOfSpending), cost / 7.5e9);
    close(of(Measure::SpendingPerLearner), 1.2e9 / learners);
    close(of(Measure::EducationOfGdp), 0.04 + cost / 30e9);
    close(of(Measure::EducationOfSpending), 0.16 + cost / 7.5e9);
    // All years together, and without a plan.
    let all = run
        .lend()
        .over(Measure::CostOfGdp, Scope::ALL, 1..run.model.years)
        .expect("a value");
    let sum = run
        .lend()
        .over(Measure::CostFull, Scope::ALL, 1..run.model.years)
        .expect("a value");
    #[allow(clippy::cast_precision_loss)]
    close(all, sum / (30e9 * last as f64));
    let without = run.lend().twin().value(Measure::EducationOfGdp, Scope::ALL, last);
    close(without.expect("a value"), 0.04);
    let mut unknown = with_economy(paid_by(BANK));
    unknown.country.economy.public_spending = None;
    let run = self::run(unknown);
    assert_eq!(run.lend().value(Measure::EducationOfSpending, Scope::ALL, last), None);
}

/// 20 a learner where a person of the poorest fifth has 0.07 / 0.2 of the mean income; with a tenth exempt half of the fifth pays.
#[test]
fn a_charge_beside_the_income_of_the_poorest_fifth() {
    for (exempt, pays) in [("0", 1.0), ("0.1", 0.5), ("0.2", 0.0), ("0.4", 0.0)] {
        let charge = format!(r#"household_charge(name: "households", charge: 20, exempt: {exempt}),"#);
        let mut scenario = with_economy(paid_by(&charge));
        scenario.country.population.total = Some(YearPath::constant(18.75e6));
        let run = run(scenario);
        let got = run
            .lend()
            .value(Measure::ChargeOfIncome, Scope::ALL, 1)
            .expect("a charge");
        // 30 000 million over 18.75 million people: 1 600.
        close(got, pays * 20.0 / (0.35 * 1_600.0));
    }
    let run = run(paid_by(BANK));
    assert_eq!(run.lend().value(Measure::ChargeOfIncome, Scope::ALL, 1), None);
}

#[test]
fn terms_say_what_is_concessional() {
    let loan = |name: &str, terms: &str| {
        format!(r#"concessional_loan(name: "{name}", commitment: 50_000_000, release: {{2027: 1.0}}, {terms}),"#)
    };
    let sources = [
        loan("regular", "maturity: 31, grace: 6, interest: 0.0135"),
        loan("blend", "maturity: 25, grace: 5, interest: 0.0218"),
        r#"partnership(name: "partner", commitment: 10_000_000, release: {2027: 1.0}, transaction: 0.04, deduction: 0.05, operation: 0.0),"#.into(),
        r#"grant(name: "donor", commitment: 1_000_000, release: {2027: 1.0}),"#.into(),
        r#"guaranteed_loan(name: "bank", guarantee: 5_000_000, release: {2027: 1.0}),"#.into(),
        r#"guaranteed_loan(name: "country", guarantee: 5_000_000, release: {2027: 1.0}, creditor: bilateral),"#.into(),
        r#"commercial_loan(name: "market", commitment: 5_000_000, release: {2027: 1.0}),"#.into(),
    ];
    let table = tables::bytes(tables::terms, &run(paid_by(&sources.concat())));
    let mut reader = csv::Reader::from_reader(&*table);
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    let tests: Vec<_> = rows.iter().map(|row| (row[9].to_owned(), row[10].to_owned())).collect();
    let said = |here: &str, there: &str| (here.to_owned(), there.to_owned());
    // By evidence G1 42.3 and 28.9 % at 5 %, 65.1 and 53.3 at 9 %.
    assert_eq!(tests[0], said("yes", "yes"));
    assert_eq!(tests[1], said("no", "yes"));
    // What markets lend is no official finance.
    assert_eq!([&tests[2], &tests[6]], [&said("no", ""), &said("no", "")]);
    // Of a bank 13.5 % at 5 %, of which 10 would do; of a country 39.5 % at 9 %, of which 45 are asked.
    assert_eq!(tests[4], said("no", "yes"));
    assert_eq!(tests[5], said("no", "no"));
    let gift = |row: usize| rows[row][4].parse::<f64>().unwrap_or(f64::NAN);
    assert!(
        (gift(4) - 0.1348).abs() < 5e-4 && (gift(5) - 0.3952).abs() < 5e-4,
        "{} {}",
        gift(4),
        gift(5)
    );
    assert!(gift(2).is_nan() && rows[2][5].is_empty() && (gift(3) - 1.0).abs() < 1e-12);
    assert_eq!(tests[3], said("", ""));
    let owed = |row: usize| rows[row][11].parse::<f64>().unwrap_or(f64::NAN);
    assert!((owed(0) - 50e6 * (1.0 - 0.423)).abs() < 50e6 * 0.0006, "{}", owed(0));
    // 9.88 million as an annuity at 12 % over ten years, at 5 %.
    assert!((owed(2) - 13.502e6).abs() < 1e3, "{}", owed(2));
    assert!(owed(3).is_nan());
}
