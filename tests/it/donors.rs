//! What a donor asks of a package, against calculations by hand.

use rollcall::model::funding::source::SourceId;
use rollcall::model::{Model, OfPersons, Trajectory, stat};
use rollcall::report::tables;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::person::{Person, Wealth};
use rollcall::study::donors::{DarkAfter, added, given, without};
use rollcall::study::parallel::each;

use super::enlarged::paid_by;

const MINISTRY: &str = r#"domestic_budget(name: "ministry", share_of_education: 0.02),"#;
const DONOR: &str = r#"grant(name: "donor", commitment: 60_000_000, release: {2027: 0.5, 2028: 0.5}, overhead: 0.08, timing: earliest, until: 2029),"#;

fn run(sources: &str) -> Trajectory {
    Trajectory::of(Model::new(paid_by(sources)), each)
}

fn close(got: f64, wanted: f64) {
    assert!(
        (got - wanted).abs() < 1e-9 * wanted.abs().max(1.0),
        "{got} is not {wanted}"
    );
}

/// Of each dollar of a grant with 8 % of overhead 8 cents are overhead, and all of what is released is a gift.
#[test]
fn what_each_source_pays_and_what_others_put_beside_it() {
    let run = run(&format!("{MINISTRY}{DONOR}"));
    let out = |index: usize| -> f64 {
        let of = |t: usize| run.run.money.of(t, SourceId::listed(index));
        (1..run.model.years).map(|t| of(t).spent.0 + of(t).overhead.0).sum()
    };
    let [ministry, donor] = given(&run)[..] else {
        panic!("two sources")
    };
    close(ministry.paid, out(0));
    close(donor.paid, out(1));
    close(donor.overhead, 0.08 * out(1));
    close(donor.leverage.expect("it pays"), (out(0) + out(1)) / out(1));
    close(ministry.leverage.expect("it pays"), (out(0) + out(1)) / out(0));
    close(donor.grant_equivalent.expect("a gift").0, 60e6);
    assert_eq!(ministry.grant_equivalent, None);
    assert_eq!(donor.years.map(|(first, _)| first), Some(1));
    assert!(donor.years.is_some_and(|(_, last)| last <= 3), "nothing after 2029");
}

#[test]
fn what_a_source_adds_is_what_a_run_without_it_lacks() {
    let (both, alone) = (run(&format!("{MINISTRY}{DONOR}")), run(MINISTRY));
    let donor = given(&both)[1];
    let adds = added(&both, &donor);
    let years = both.lend().plan_years();
    let sum =
        |of: &dyn Fn(&Trajectory, usize) -> f64| -> f64 { years.clone().map(|t| of(&both, t) - of(&alone, t)).sum() };
    let reached = sum(&|run, t| run.run.plan.over(t, stat::REACHED, &|_| true));
    assert!(reached > 1e4, "{reached}");
    close(adds.reached, reached);
    let fifths = |fifths: &[Wealth]| {
        let fifths = fifths.to_vec();
        sum(&move |run: &Trajectory, t| {
            let of = |fifth: &Wealth| {
                run.run
                    .plan
                    .persons(t, Person::Wealth(*fifth), OfPersons::Reached, &|_| true)
            };
            fifths.iter().map(of).sum()
        })
    };
    close(
        adds.poorest.expect("somebody is reached"),
        fifths(&[Wealth::Poorest, Wealth::Second]) / fifths(Wealth::ALL),
    );
    let gained = |run: &Trajectory| {
        let years = 1..run.model.years;
        run.lend()
            .over(Measure::LearningYearsGained, Scope::ALL, years)
            .expect("a mode of learning")
    };
    close(adds.learning_years.expect("a mode"), gained(&both) - gained(&alone));
    assert!(adds.left_behind.is_some_and(|burden| burden > 0.0), "{adds:?}");
    // The table says the same.
    let table = tables::bytes(tables::donors, &both);
    let mut reader = csv::Reader::from_reader(&*table);
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 2);
    let number = |column: usize| rows[1][column].parse::<f64>().expect("a number");
    assert_eq!(&rows[1][0], "donor");
    close(number(2), donor.paid);
    close(number(8), reached);
    close(number(11), donor.paid / reached);
    // What asks for its money goes with it.
    let matched =
        r#"grant(name: "matched", commitment: 9_000_000, release: {2027: 1.0}, matching: 1, counterpart: "ministry"),"#;
    let rest = without(&paid_by(&format!("{MINISTRY}{DONOR}{matched}")), SourceId::listed(0));
    let names: Vec<&str> = rest.funding.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["donor"]);
}

/// A second budget has 12 million in 2027, 8 in 2028 and US$ 2 000 in 2029, less than a hundredth of 12 million: it is there to 2028. Of one
/// that pays 8 million in 2030, the last year, nobody knows what comes after it.
#[test]
fn a_trickle_is_no_presence_and_what_comes_after_the_plan_is_not_known() {
    let donor = |amount: &str| {
        run(&format!(
            r#"{MINISTRY}domestic_budget(name: "donor", amount: {amount}, absorption: 1),"#
        ))
    };
    let cell = |run: &Trajectory, column: usize| -> String {
        let table = tables::bytes(tables::donors, run);
        let mut reader = csv::Reader::from_reader(&*table);
        let row = reader.records().nth(1).expect("two sources").expect("a row");
        row[column].to_owned()
    };
    let trickles = donor("{2027: 12_000_000, 2028: 8_000_000, 2029: 2_000, 2030: 0}");
    let paid = trickles.run.money.of(3, SourceId::listed(1)).spent.0;
    assert!(paid > 1.0 && paid < 2_000.01, "{paid}");
    let given_by = given(&trickles)[1];
    assert_eq!(given_by.years, Some((1, 2)));
    let dark = added(&trickles, &given_by).dark_after;
    assert_ne!(dark, DarkAfter::NotKnown);
    assert_eq!(cell(&trickles, 7), "2028");
    let said = match dark {
        DarkAfter::Year(year) => year.to_string(),
        _ => "never".to_owned(),
    };
    assert_eq!(cell(&trickles, 14), said);
    let stays = donor("{2027: 12_000_000, 2029: 12_000_000, 2030: 8_000_000}");
    let given_by = given(&stays)[1];
    assert_eq!(given_by.years, Some((1, 4)));
    assert_eq!(added(&stays, &given_by).dark_after, DarkAfter::NotKnown);
    assert_eq!((cell(&stays, 7).as_str(), cell(&stays, 14).as_str()), ("2030", ""));
}

/// The same amounts in the same years, owed at 5 % by equal parts, as an annuity and at maturity: at 5 % a year each owes what was
/// drawn, and nothing that is counted in learners or dollars tells them apart.
#[test]
fn two_packages_of_equal_worth_tie() {
    let loan = |terms: &str| {
        run(&format!(
            r#"{MINISTRY}concessional_loan(name: "loan", commitment: 60_000_000, release: {{2027: 0.5, 2028: 0.5}}, interest: 0.05, fee: 0, {terms}),"#
        ))
    };
    let terms = [
        "maturity: 10, grace: 2",
        "maturity: 10, grace: 2, repayment: annuity",
        "maturity: 10, grace: 9, repayment: bullet",
    ];
    let packages: Vec<Trajectory> = terms.into_iter().map(loan).collect();
    let source = SourceId::listed(1);
    let worth = |run: &Trajectory| -> (f64, f64) {
        let (mut paid, mut drawn, mut factor) = (0.0, 0.0, 1.0);
        for t in 1..run.model.years {
            factor /= 1.05;
            let debt = run.run.money.owed(t, source);
            paid += debt.service().0 * factor;
            drawn += debt.disbursed.0 * factor;
        }
        (paid + run.ahead().debt_owed.0 * factor, drawn)
    };
    let base = &packages[0];
    assert!(worth(base).1 > 1e7, "{:?}", worth(base));
    for run in &packages {
        let (paid, drawn) = worth(run);
        assert!((paid - drawn).abs() < 0.01, "{paid} {drawn}");
        for measure in [
            Measure::Reach,
            Measure::CostFull,
            Measure::CostPaid,
            Measure::ToFind,
            Measure::ToFindShare,
            Measure::CostPerLearner,
            Measure::CostPerReached,
            Measure::LearningYearsPerMoney,
            Measure::CostPresent,
            Measure::CostAnnual,
            Measure::CostOfGdp,
        ] {
            let of = |run: &Trajectory| run.lend().over(measure, Scope::ALL, 1..run.model.years);
            assert!(of(base).is_some(), "{measure:?}");
            assert_eq!(of(run), of(base), "{measure:?}");
        }
        for (one, other) in given(run).iter().zip(given(base)) {
            let ratios = |of: &rollcall::study::donors::Given| (of.paid, of.leverage, of.years);
            assert_eq!(ratios(one), ratios(&other));
        }
    }
}
