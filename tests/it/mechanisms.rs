//! Each mechanism of funding against a calculation by hand, in a run (chapter Mechanisms of the book).

use super::enlarged::paid_by;
use rollcall::model::funding::source::{SourceId, SourceYear};
use rollcall::model::{Cell, Trajectory, ledger, stat};
use rollcall::report::summary::summary;
use rollcall::report::{burden, tables};
use rollcall::scenario::findings::Severity;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Component, Need, messages, text};
use rollcall::study::donors;
use rollcall::study::parallel::each;

fn run(sources: &str) -> Trajectory {
    Trajectory::of(rollcall::model::Model::new(paid_by(sources)), each)
}

fn book(run: &Trajectory, index: usize, t: usize) -> SourceYear {
    *run.run.money.of(t, SourceId::listed(index))
}

/// In dollars of the year.
fn nominal(run: &Trajectory, t: usize, amount: f64) -> f64 {
    amount * run.run.money.outlook.deflator[t]
}

fn close(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 0.01, "{got} is not {wanted}");
}

/// Prices of the example rise by 2 % a year from the price year on: 2025, base year 2026.
#[test]
fn a_budget_grows_is_crowded_out_and_has_a_floor() {
    let run = run(
        r#"domestic_budget(name: "ministry", amount: 4_000_000, growth: 0.02, crowding_out: 0.5, floor: 3_000_000),
        commercial_loan(name: "bank", commitment: 20_000_000, release: {2027: 1.0}, maturity: 5, grace: 0, interest: 0.1),"#,
    );
    for t in 1..run.model.years {
        let service =
            run.run.money.owed(t - 1, SourceId::listed(1)).service().0 / run.run.money.outlook.deflator[t - 1];
        #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
        let stated = 4e6 * 1.02_f64.powi(t as i32 - 1);
        close(book(&run, 0, t).available.0, (stated - 0.5 * service).max(3e6));
    }
    assert!(book(&run, 0, 3).available.0 < 4e6, "the loan is served");
}

/// 3 % of a GDP of 30 000 million, 1 % of it, of that 15 % for education, of which 35 % is disbursed.
#[test]
fn a_levy_takes_its_share_of_what_telecommunications_earn() {
    let run = run(r#"universal_service_levy(name: "levy"),"#);
    let growth = |year: i32| 1.0 + run.model.scenario.country.economy.gdp_growth.at(year);
    let mut gdp = 30e9 * growth(2026);
    for t in 1..run.model.years {
        gdp *= growth(run.model.calendar(t));
        close(book(&run, 0, t).available.0, gdp * 0.03 * 0.01 * 0.15 * 0.35);
    }
}

/// A dollar beside every three of new money that pay the same.
#[test]
fn a_multiplier_pays_as_much_as_others_put_beside_it() {
    let run = run(
        r#"grant(name: "foundation", commitment: 6_000_000, release: {2027: 1.0}),
        multiplier(name: "multiplier", commitment: 6_000_000, release: {2027: 1.0}, matching: 3, counterpart: "foundation"),"#,
    );
    let (one, three) = (book(&run, 0, 1), book(&run, 1, 1));
    assert!(three.spent.0 > 0.0, "{one:?}");
    // What the foundation has for keeping alone finds nothing beside it.
    let matched = 3.0 * three.spent.0;
    assert!(
        (0.8 * one.spent.0..=one.spent.0 + 0.01).contains(&matched),
        "{one:?} {three:?}"
    );
}

#[test]
fn households_pay_for_their_learners() {
    let run = run(r#"household_charge(name: "households", charge: 2, exempt: 0.2, compliance: 0.6),"#);
    for t in 1..run.model.years {
        let learners = run.run.plan.over(t, stat::LEARNERS, &|_| true);
        close(book(&run, 0, t).available.0, 2.0 * learners * 0.8 * 0.6);
    }
}

#[test]
fn a_gift_in_kind_is_taken_as_far_as_it_is_needed() {
    let run = run(r#"in_kind(name: "tablets", value: {2027: 900_000_000, 2029: 1_000}, components: [devices]),"#);
    let first = book(&run, 0, 1);
    let need = |need| run.run.plan.need(1, Cell::of(Component::Devices, need));
    let needed: f64 = Need::ALL.iter().copied().map(need).sum();
    assert!(
        first.spent.0 > 0.0 && first.spent.0 <= needed + 0.01,
        "{first:?} {needed}"
    );
    close(first.available.0, 9e8);
    close(first.returned.0, 9e8 - first.spent.0);
    close(first.carried_out.0, 0.0);
    close(book(&run, 0, 3).spent.0, 1_000.0);
}

/// Tablets repair no tablets: a gift that is for upkeep alone is declined, and one for everything pays nothing of upkeep.
#[test]
fn goods_pay_no_upkeep() {
    let value = "value: {2027: 5_000_000, 2028: 5_000_000, 2029: 5_000_000, 2030: 5_000_000}, components: [devices]";
    let upkeep = run(&format!(r#"in_kind(name: "tablets", {value}, needs: [upkeep]),"#));
    let all = run(&format!(r#"in_kind(name: "tablets", {value}),"#));
    let at = Cell::of(Component::Devices, Need::Upkeep);
    assert!(all.run.plan.need(2, at) > 1_000.0);
    for t in 1..=4 {
        close(book(&upkeep, 0, t).spent.0, 0.0);
        close(book(&upkeep, 0, t).returned.0, 5e6);
    }
    let paid_for = |wanted: Need| -> f64 {
        let rows = ledger::funding(&all).filter(|row| row.source == "tablets" && row.line.need == wanted);
        rows.map(|row| row.amount.0).sum()
    };
    close(paid_for(Need::Upkeep), 0.0);
    assert!(paid_for(Need::Expansion) > 4e6);
    assert!(book(&all, 0, 1).spent.0 > 4e6);
}

/// Each dollar of goods asks for ten cents in cash of the need that they meet. A ministry of 300 000 takes in goods of 3 million, and 6 are
/// declined; one of 2 million takes in all 9, for 0.9 million. Need and funding of what is accepted are the same amount.
#[test]
fn goods_are_accepted_as_far_as_their_handling_is_paid() {
    for (budget, accepted, handling) in [(300_000, 3e6, 0.3e6), (2_000_000, 9e6, 0.9e6)] {
        let run = run(&format!(
            r#"domestic_budget(name: "ministry", amount: {budget}, components: [devices], needs: [expansion], absorption: 1),
            in_kind(name: "tablets", value: {{2027: 9_000_000}}, components: [devices], needs: [expansion], matching: 0.1, counterpart: "ministry"),"#
        ));
        close(book(&run, 1, 1).spent.0, accepted);
        close(book(&run, 1, 1).returned.0, 9e6 - accepted);
        assert!(book(&run, 0, 1).spent.0 >= handling - 0.01);
        let expansion = Cell::of(Component::Devices, Need::Expansion);
        let paid = book(&run, 0, 1).spent.0 + book(&run, 1, 1).spent.0;
        close(run.run.plan.funded(1, expansion), paid);
    }
}

/// A ministry of 300 000 for devices takes in goods of 3 million, and 6 million that are needed are declined; one of 2 million takes in all.
#[test]
fn goods_declined_for_want_of_cash_are_named() {
    let lines = |budget: u32| {
        let run = run(&format!(
            r#"domestic_budget(name: "ministry", amount: {budget}, components: [devices], needs: [expansion], absorption: 1),
            in_kind(name: "tablets", value: {{2027: 9_000_000}}, components: [devices], needs: [expansion], matching: 0.1, counterpart: "ministry"),"#
        ));
        assert!(!summary(&run).contains("could not be spent in its year: tablets"));
        burden::lines(&run).join(" ")
    };
    let poor = lines(300_000);
    let named = "Goods declined though needed, no cash left for their handling: tablets US$ 6 million (2027).";
    assert!(poor.contains(named), "{poor}");
    assert!(!lines(2_000_000).contains("Goods declined"));
}

/// 10 million, 40 and 60 %, half a year late: 2, 5 and 3 million.
#[test]
fn a_lag_moves_a_part_of_each_release() {
    let run = run(r#"grant(name: "donor", commitment: 10_000_000, release: {2027: 0.4, 2028: 0.6}, lag: 0.5),"#);
    for (t, wanted) in [(1, 2e6), (2, 5e6), (3, 3e6), (4, 0.0)] {
        close(nominal(&run, t, book(&run, 0, t).available.0), wanted);
    }
}

#[test]
fn a_fund_ends_after_graduation() {
    let run = run(
        r#"international_fund(name: "fund", commitment: 20_000_000, release: {2027: 0.2, 2028: 0.2, 2029: 0.2, 2030: 0.2}, graduation: 2029, transition: 1),"#,
    );
    for (t, wanted) in [(1, 4e6), (2, 4e6), (3, 2e6), (4, 0.0)] {
        close(nominal(&run, t, book(&run, 0, t).available.0), wanted);
    }
}

/// What results pay is known from what was reached; the commitment is never passed.
#[test]
fn results_pay_for_learners_reached_beyond_those_of_the_base_year() {
    let run = run(r#"domestic_budget(name: "ministry", share_of_education: 0.02),
        results_based(name: "results", commitment: 6_000_000, results_from: 2027, result_years: 3, price: 4, advance: 0.25, verification: 0.06),"#);
    let reached = |t| run.run.plan.over(t, stat::REACHED, &|_| true);
    let (mut left, mut paid) = (4.5e6, 0.0);
    close(nominal(&run, 1, book(&run, 1, 1).available.0), 1.5e6);
    for t in 2..=4 {
        let now = (4.0 * (reached(t - 1) - reached(0)).max(0.0)).min(left);
        left -= now;
        paid += now;
        close(nominal(&run, t, book(&run, 1, t).available.0), 0.94 * now);
    }
    assert!(paid > 0.0, "something is reached");
}

/// Of what is built 1.04 · 0.95 is owed, at 12 % over ten years: 0.176984 of it a year, from the year after on. Running is a tenth
/// of what was to be built, as far as upkeep and renewal draw it; it adds nothing, so no more is built than was promised.
#[test]
fn a_partner_is_paid_as_long_as_what_it_built_is_there() {
    let run = run(
        r#"partnership(name: "partner", commitment: 10_000_000, release: {2027: 0.5, 2028: 0.5}, transaction: 0.04, deduction: 0.05, operation: 0.1),"#,
    );
    let annuity = 0.12 / (1.0 - 1.12_f64.powi(-10));
    let released: [f64; 8] = [0.0, 0.0, 5e6, 10e6, 10e6, 10e6, 10e6, 10e6];
    let (mut owed, mut built, mut waits) = (0.0, 0.0, 0.0);
    for t in 1..run.model.years.min(8) {
        let year = book(&run, 0, t);
        let drawn = nominal(&run, t, year.spent.0 + year.overhead.0);
        let source = SourceId::listed(0);
        let paid = |need| -> f64 {
            let cells = Component::ALL.iter().map(|component| Cell::of(*component, need));
            cells.map(|cell| run.run.money.on(t, cell, 0, source)).sum()
        };
        let kept = nominal(&run, t, paid(Need::Upkeep) + paid(Need::Renewal));
        let running = (0.1 * released[t] + waits).min(kept);
        waits += 0.1 * released[t] - running;
        built += drawn - running;
        let debt = run.run.money.owed(t, SourceId::listed(0));
        close(debt.service().0, owed + running * 0.95);
        owed += (drawn - running) * 1.04 * 0.95 * annuity;
    }
    assert!(owed > 0.0, "something is built");
    assert!(built <= 10e6 + 0.01, "{built}");
    // What is owed for it at 5 %: 9.88 million in ten payments of 0.176984, and 0.95 million a year of running.
    let tables = rollcall::report::tables::bytes(rollcall::report::tables::terms, &run);
    let present = (1.0 - 1.05_f64.powi(-10)) / 0.05;
    let wanted = (9.88e6 * annuity + 0.95e6) * present;
    let row = String::from_utf8(tables).expect("text");
    let found: f64 = row
        .trim()
        .rsplit(',')
        .next()
        .and_then(|cell| cell.parse().ok())
        .expect("an amount");
    close(found, wanted);
    assert!((found - 20.838e6).abs() < 1e3, "{found}");
}

/// Of a debt of 10 million at 7 % in five parts the first year takes 2.7 million. Refinanced at 4.5 % 0.45 million are paid in its
/// place: 2.25 million are spared. Given back it is 2.7 million; cancelled at 30 % 1.4 million a year are paid into the fund,
/// and 2.7 million are no longer owed: what the fund gives is counted once, as money for the plan, as what refinancing spares is.
#[test]
fn three_swaps_of_one_debt() {
    let run = run(r#"refinancing(name: "refinanced", debt: 10_000_000, from: 2027),
        debt2ed(name: "given back", debt: 10_000_000, from: 2027),
        cancellation(name: "cancelled", debt: 10_000_000, from: 2027),"#);
    let given = [0, 1, 2].map(|index| nominal(&run, 1, book(&run, index, 1).available.0));
    for (given, wanted) in given.into_iter().zip([2.25e6, 2.7e6, 1.4e6]) {
        close(given, wanted);
    }
    let service = [0, 1, 2].map(|index| run.run.money.owed(1, SourceId::listed(index)).service().0);
    for (service, wanted) in service.into_iter().zip([-2.25e6, 0.0, -2.7e6]) {
        close(service, wanted);
    }
}

#[test]
fn hubs_earn_by_the_schools_that_are_online() {
    let run = run(r#"paying_hub(name: "hubs", revenue: 300, take_up: 0.5),
        grant(name: "donor", commitment: 60_000_000, release: {2027: 0.5, 2028: 0.5}),"#);
    for t in 1..run.model.years {
        let online = run.run.plan.over(t - 1, stat::LINKED, &|_| true);
        close(book(&run, 0, t).available.0, 150.0 * online);
    }
}

/// A bank lends four times the guarantee, for a fee of a quarter per cent on arrangement and on what waits.
#[test]
fn a_guarantee_is_lent_on() {
    let run = run(r#"guaranteed_loan(name: "guaranteed", guarantee: 2_000_000, release: {2027: 0.5, 2028: 0.5}),"#);
    close(nominal(&run, 1, book(&run, 0, 1).available.0), 4e6);
    let year = book(&run, 0, 1);
    let drawn = nominal(&run, 1, year.spent.0 + year.overhead.0);
    close(
        run.run.money.owed(1, SourceId::listed(0)).fees.0,
        0.0025 * 8e6 + 0.0025 * (8e6 - drawn),
    );
}

/// An arrangement fee of 5 % of 10 million is all that is paid for debt in the first year: it is taken from the budget of the second, to
/// the cent, whether a swap spares something that year or not.
#[test]
fn what_a_swap_spares_pays_no_other_debt() {
    let sources = r#"domestic_budget(name: "ministry", amount: 20_000_000, crowding_out: 1.0),
        concessional_loan(name: "loan", commitment: 10_000_000, release: {2027: 1.0}, arrangement_fee: 0.05),"#;
    for swap in [
        "",
        r#"refinancing(name: "refinanced", debt: 50_000_000, from: 2027),"#,
        r#"cancellation(name: "cancelled", debt: 50_000_000, from: 2027),"#,
    ] {
        let run = run(&format!("{sources}{swap}"));
        let taken = 5e5 / run.run.money.outlook.deflator[1];
        close(book(&run, 0, 2).available.0, 2e7 - taken);
    }
}

/// A credit of 31 years is still owed when a cancelled debt would have been.
#[test]
fn what_a_swap_spares_hides_no_other_debt_after_the_plan() {
    let run = run(
        r#"concessional_loan(name: "loan", commitment: 10_000_000, release: {2027: 1.0}),
        cancellation(name: "cancelled", debt: 150_000_000, from: 2029),"#,
    );
    let drawn: f64 = (1..run.model.years)
        .map(|t| run.run.money.owed(t, SourceId::listed(0)).disbursed.0)
        .sum();
    let bill = run.ahead();
    assert!(drawn > 1e6 && bill.debt_service.len() >= 25, "{drawn} {bill:?}");
    // The last part of 25 and its interest: 4 % and 1.35 % of that of what was drawn last.
    let last = bill.debt_service.last().expect("a year");
    assert!(*last > 0.0 && *last < 0.04 * 1.0135 * drawn, "{last} {drawn}");
}

/// A source gives, charges and costs nothing after its last year; what it has left is given back in it.
#[test]
fn what_has_left_gives_and_asks_nothing_more() {
    let run = run(r#"household_charge(name: "parents", charge: 10, until: 2028),
        guaranteed_loan(name: "guaranteed", guarantee: 50_000_000, release: {2027: 0.5, 2029: 0.5}, until: 2028),
        grant(name: "donor", commitment: 10_000_000, release: {2027: 0.5, 2030: 0.5}, until: 2028),"#);
    let charged = |t| run.lend().value(Measure::ChargeOfIncome, Scope::ALL, t);
    assert!(charged(2).is_some_and(|share| share > 0.0) && charged(3).is_none());
    let loan = |t| run.run.money.owed(t, SourceId::listed(1)).fees.0;
    assert!(loan(2) > 0.0, "what waits costs a fee");
    close(loan(3), 0.0);
    close(loan(4), 0.0);
    for t in 1..run.model.years {
        for index in 0..3 {
            let year = book(&run, index, t);
            if t > 2 {
                close(
                    year.available.0 + year.carried_in.0 + year.lapsed.0 + year.returned.0,
                    0.0,
                );
            } else if t == 2 {
                close(year.carried_out.0, 0.0);
            }
        }
    }
    let given = donors::given(&run);
    let gift = given.iter().find(|given| given.source == SourceId::listed(2));
    // Of 10 million half is to be released in 2030.
    close(gift.and_then(|gift| gift.grant_equivalent).expect("a gift").0, 5e6);
}

/// A bond of 8 million at 6 % is issued when it is released: 480,000 a year, spent or not.
#[test]
fn a_bond_bears_interest_on_all_that_is_issued() {
    let run = run(
        r#"bond(name: "bond", commitment: 8_000_000, release: {2027: 1.0}, interest: 0.06, payments_per_year: 1, maturity: 7, components: [content]),"#,
    );
    assert!(book(&run, 0, 1).carried_out.0 > 0.0, "some of it waits");
    for t in 2..run.model.years {
        close(run.run.money.owed(t, SourceId::listed(0)).interest.0, 480_000.0);
    }
    assert_eq!(run.run.money.owed(1, SourceId::listed(0)).disbursed.0.round(), 8e6);
}

/// A refinancing is a swap, no aid: its gift is not asked for.
#[test]
fn of_a_swap_no_gift_is_told() {
    let run = run(r#"refinancing(name: "refinanced", debt: 50_000_000, from: 2027),"#);
    let table = String::from_utf8(tables::bytes(tables::terms, &run)).expect("text");
    let row: Vec<&str> = table.lines().nth(1).expect("a row").split(',').collect();
    assert_eq!([row[3], row[4], row[9], row[10]], [""; 4], "{table}");
}

/// What is available and carried in is spent, paid for overhead, returned, lapsed or carried out, to a cent, with every mechanism.
#[test]
fn the_books_of_every_mechanism_close() {
    let run = run(super::parameters::EVERY_MECHANISM);
    for t in 1..run.model.years {
        for index in 0..run.model.scenario.funding.sources.len() {
            let year = book(&run, index, t);
            close(
                (year.available + year.carried_in).0,
                (year.spent + year.overhead + year.returned + year.lapsed + year.carried_out).0,
            );
        }
    }
}

/// Money that never comes, and amounts that most often are a slip, are warned of at their place.
#[test]
fn terms_under_which_money_never_comes_are_warned_of() {
    for (source, code, field) in [
        (
            r#"grant(name: "late", commitment: 1_000_000, release: {2027: 1.0}, lag: 6),"#,
            "release-short",
            "release",
        ),
        (
            r#"international_fund(name: "fund", commitment: 1_000_000, release: {2030: 1.0}, graduation: 2027, transition: 1),"#,
            "release-short",
            "release",
        ),
        (
            r#"results_based(name: "results", commitment: 1_000_000, results_from: 2030, price: 4),"#,
            "results-late",
            "results_from",
        ),
        (
            r#"cancellation(name: "swap", debt: 1_000_000_000_000, from: 2027),"#,
            "above-spending",
            "debt",
        ),
        (
            r#"in_kind(name: "gift", value: {2027: 1_000_000_000_000}, components: [devices]),"#,
            "above-spending",
            "value",
        ),
        (
            r#"multiplier(name: "multiplier", commitment: 1_000_000, release: {2027: 1.0}, matching: 3, counterpart: "own"), domestic_budget(name: "own", amount: 1_000_000),"#,
            "unlikely",
            "counterpart",
        ),
    ] {
        let found = findings(source, Severity::Warning);
        let place = format!("funding.sources[0].{field}");
        let known = |(known, path): &(String, String)| known == code && path.starts_with(&place);
        assert!(found.iter().any(known), "{source}\n{found:?}");
    }
}

/// What the reader and the checks say of a source, by code and place.
fn told(source: &str) -> Vec<(String, String)> {
    findings(source, Severity::Error)
}

fn findings(source: &str, severity: Severity) -> Vec<(String, String)> {
    let file = include_str!("../data/example.ron");
    let (head, rest) = file.split_once("sources: [").expect("sources");
    let (_, tail) = rest.split_once("        ],").expect("the end of sources");
    let file = format!("{head}sources: [{source}        ],{tail}");
    let reading = text::read_scenario("told.ron", file.as_bytes(), &|_| Err(messages::no_such_file()));
    let errors = reading.findings.iter().filter(|finding| finding.severity == severity);
    errors
        .map(|finding| (finding.code.to_owned(), finding.path.clone()))
        .collect()
}

#[test]
fn impossible_terms_are_told_at_their_place() {
    let loan = |terms: &str| {
        format!(r#"concessional_loan(name: "loan", commitment: 1_000_000, release: {{2027: 1.0}}, {terms}),"#)
    };
    let other = |source: &str| source.to_owned();
    for (source, code, field) in [
        (loan("maturity: 10, grace: 12"), "loan-terms", "grace"),
        (
            loan("maturity: 10, grace: 2, interest_grace: 11"),
            "loan-terms",
            "interest_grace",
        ),
        (loan("payments_per_year: 3"), "loan-terms", "payments_per_year"),
        (loan("first_principal: 0.02"), "loan-terms", "first_principal"),
        (loan("first_until: 10"), "loan-terms", "first_until"),
        (
            loan("first_principal: 0.02, first_until: 40"),
            "loan-terms",
            "first_until",
        ),
        (
            loan("first_principal: 0.2, first_until: 20"),
            "loan-terms",
            "first_principal",
        ),
        // Five payments of 24 % before the end of 5.9 years of grace are whole ones: 120 %.
        (
            loan("maturity: 20, grace: 5.9, first_principal: 0.24, first_until: 10"),
            "loan-terms",
            "first_principal",
        ),
        (
            loan("repayment: bullet, first_principal: 0.02, first_until: 20"),
            "loan-terms",
            "first_principal",
        ),
        // 1 million less a quarter, 6 % of it for verification, 8 % for the investor: 652,777 at the most.
        (
            other(
                r#"results_based(name: "results", commitment: 1_000_000, results_from: 2027, price: 4, prefinanced: 700_000),"#,
            ),
            "prefinanced",
            "prefinanced",
        ),
        (loan("interest: -0.01"), "negative", "interest"),
        (loan("fee: 1.2"), "out-of-range", "fee"),
        (loan("components: [robots]"), "unknown-word", "components[0]"),
        (
            other(r#"grant(name: "a", commitment: 1_000_000, release: {2027: 0.7, 2028: 0.7}),"#),
            "shares-sum",
            "release",
        ),
        (
            other(r#"grant(name: "a", commitment: 1_000_000, release: {2027: 0.5, 2027: 0.5}),"#),
            "duplicate-key",
            "release",
        ),
        (
            other(r#"in_kind(name: "gift", value: {2027: 1_000_000}),"#),
            "in-kind-components",
            "components",
        ),
        (
            other(r#"multiplier(name: "multiplier", commitment: 1_000_000, release: {2027: 1.0}),"#),
            "multiplier-matching",
            "matching",
        ),
        (
            other(r#"debt2ed(name: "swap", debt: 1_000_000, from: 2026),"#),
            "source-from",
            "from",
        ),
        (
            other(
                r#"grant(name: "a", commitment: 1_000_000, release: {2027: 1.0}, matching: 1, counterpart: "b"), grant(name: "b", commitment: 1_000_000, release: {2027: 1.0}, matching: 1, counterpart: "a"),"#,
            ),
            "source-counterpart",
            "counterpart",
        ),
    ] {
        let found = told(&source);
        let place = format!("funding.sources[0].{field}");
        assert!(
            found
                .iter()
                .any(|(known, path)| known == code && path.starts_with(&place)),
            "{source}\n{found:?}"
        );
    }
}

/// A loan of format 1 with terms that this format does not know is refused with one sentence; in format 2 it runs, and without its
/// fee it is a gift of 36.20 %.
#[test]
fn a_loan_as_a_creditor_writes_it() {
    let old = include_str!("../data/format_1/example.ron");
    let terms = "payments_per_year: 2, repayment: annuity, commitment_fee: 0.005, interest_grace: 5";
    let written = old.replacen(
        "kind: concessional_loan,",
        &format!("kind: concessional_loan, {terms},"),
        1,
    );
    assert_ne!(written, old);
    let reading = text::read_scenario("old.ron", written.as_bytes(), &|_| Err(messages::no_such_file()));
    let errors: Vec<_> = reading
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.code)
        .collect();
    assert_eq!(errors, ["newer-terms"]);

    let run = run(&format!(
        r#"concessional_loan(name: "Bank", commitment: 50_000_000, release: {{2027: 0.5, 2028: 0.5}}, interest: 0.02, maturity: 20, grace: 5, {terms}),"#
    ));
    let gift = rollcall::model::funding::ask(&run.model, &run.parameters, SourceId::listed(0), |mechanism| {
        mechanism.grant_element(0.05).expect("a loan")
    });
    assert!((100.0 * gift - 36.20).abs() < 0.006, "{gift}");
    // The fee on what waits, in the first year; free of interest until the fifth.
    let drawn = |t: usize| nominal(&run, t, book(&run, 0, t).spent.0);
    let owed = |t: usize| run.run.money.owed(t, SourceId::listed(0));
    close(owed(1).service().0, 0.005 * (50e6 - drawn(1)));
    close(owed(3).service().0, 0.005 * (50e6 - drawn(1) - drawn(2) - drawn(3)));
}
