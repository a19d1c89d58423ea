//! Prices that hold against the evidence: the path of device prices and prices that follow the country's income, by hand.

use std::collections::BTreeMap;

use rollcall::model::{Trajectory, ledger, simulate};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::places::Places;
use rollcall::scenario::prices::{Device, TrainingMode};
use rollcall::scenario::registry::Section;
use rollcall::scenario::{Component, Group, Lever, Need, Passport, Quantity, Scenario, Technology, YearPath, check};

#[test]
fn devices_are_dearer_in_2026_and_2027_and_fall_after() {
    let mut scenario = crate::enlarged::example();
    let landed = |scenario: &Scenario, year: i32| {
        let run = simulate(scenario);
        ledger::costs_in_full(&run)
            .find(|row| {
                let line = row.line;
                row.year == year
                    && (line.component, line.category, line.need) == (Component::Devices, "devices", Need::Expansion)
            })
            .map(|row| row.price)
    };
    // A tablet of US$ 180 in 2025, landing 5 %: 189.00; 15 % more in 2026 and 2027; 3 % less a year from 2028.
    for (year, by_hand) in [
        (2027, 217.35),
        (2028, 210.8295),
        (2029, 204.504_615),
        (2030, 198.369_476_55),
    ] {
        let ours = landed(&scenario, year).expect("devices are bought");
        assert!((ours - by_hand).abs() < 1e-6, "{year}: {ours}");
    }
    // Whatever the price year, what stands by default is of 2025: in dollars of 2026, which are worth 2 % less, 1.02 times as many.
    scenario.price_year = 2026;
    let ours = landed(&scenario, 2028).expect("devices are bought");
    assert!((ours - 189.0 * 1.02 * 1.15 * 0.97).abs() < 1e-6, "{ours}");
    // A price that is written without a year is of the price year, and has the rise in it.
    scenario.prices.devices[Device::Tablet as usize].price = Quantity::new(200.0);
    let ours = landed(&scenario, 2028).expect("devices are bought");
    assert!((ours - 210.0 * 0.97).abs() < 1e-6, "{ours}");
}

/// A price and the year of which it is.
fn of_year(value: f64, year: i32) -> Quantity {
    let passport = Passport {
        year: Some(year),
        ..Passport::default()
    };
    Quantity::with(value, passport)
}

/// What all costs in all years, with each thing paid for.
fn bill(scenario: &Scenario) -> f64 {
    let run = simulate(scenario);
    ledger::costs_in_full(&run).map(|row| row.amount().0).sum()
}

#[test]
fn the_same_thing_at_prices_of_two_years_gives_the_same_bill() {
    // Between 2025 and 2026 dollars lose 2 %, devices rise by 15 %, committed capacity falls by 12 %, plans by 3 %, and what is
    // imported grows dearer by 5 %: five ways to write what was 180, 40, 2,400, 600 and 3 dollars in 2025.
    let mut scenario = crate::enlarged::example();
    scenario.prices.general.plan_decline = Quantity::new(0.03);
    scenario.country.economy.real_depreciation = Quantity::new(0.05);
    let satellite = Technology::Satellite as usize;
    let with = |year: i32, [device, mbps, service, hardware, watt]: [f64; 5]| {
        let mut scenario = scenario.clone();
        scenario.prices.devices[Device::Tablet as usize].price = of_year(device, year);
        for link in &mut scenario.prices.links {
            link.committed = Some(of_year(mbps, year));
        }
        scenario.prices.managed_link.year = of_year(service, year);
        scenario.prices.links[satellite].setup = of_year(hardware, year);
        scenario.prices.power.solar_watt = of_year(watt, year);
        scenario
    };
    let of_2025 = [180.0, 40.0, 2_400.0, 600.0, 3.0];
    let moved = [1.15 * 1.05, 0.88, 0.97, 1.05, 1.05].map(|moved| 1.02 * moved);
    let of_2026: [f64; 5] = std::array::from_fn(|at| of_2025[at] * moved[at]);
    let known = bill(&with(2025, of_2025));
    let ours = bill(&with(2026, of_2026));
    assert!((ours / known - 1.0).abs() < 1e-12, "{ours} {known}");
    // In dollars of 2026 the same plan costs 2 % more, all but what is stated for that year; pay goes by a GDP of 2025.
    let mut later = with(2026, of_2026);
    later.country.economy.gdp = of_year(30e9, 2025);
    later.price_year = 2026;
    let ours = bill(&later);
    assert!((ours / known / 1.02 - 1.0).abs() < 1e-12, "{ours} {known}");
    // What draws and hybrids make of it is a scenario that gives the same run.
    let mut values = later.parameters().values;
    let at = later.parameters().find("prices.campus.core").expect("a price").place;
    values[at] *= 1.1;
    let drawn = later.with(&values);
    assert_eq!(drawn.parameters().values, values);
}

#[test]
fn a_price_that_is_drawn_stays_one_of_its_year() {
    // In dollars of 2026, with and without inflation. What stands by default is of 2025: drawn a tenth higher it is a tablet of 198,
    // with the rise of 2026 still before it. One of 200, stated for 2026, that is drawn at 180, what stands by default, has it behind it.
    let path = format!("prices.devices[{}].price", Device::Tablet as usize);
    let landed = |scenario: &Scenario, to: &dyn Fn(f64) -> f64| {
        let parameters = scenario.parameters();
        let (mut values, at) = (
            parameters.values.clone(),
            parameters.find(&path).expect("a price").place,
        );
        values[at] = to(values[at]);
        let drawn = scenario.with(&values);
        let again = drawn.parameters().values;
        assert!(
            (again[at] / values[at] - 1.0).abs() < 1e-15,
            "{} {}",
            again[at],
            values[at]
        );
        // What is saved and opened gives the same.
        let run = simulate(&drawn);
        ledger::costs_in_full(&run)
            .find(|row| row.year == 2028 && row.line.category == "devices" && row.line.need == Need::Expansion)
            .map(|row| row.price)
            .expect("devices are bought")
    };
    for inflation in [0.0, 0.02] {
        let mut scenario = crate::enlarged::example();
        scenario.price_year = 2026;
        scenario.country.economy.us_inflation = YearPath::constant(inflation);
        let near = |ours: f64, by_hand: f64| assert!((ours / by_hand - 1.0).abs() < 1e-9, "{ours}, by hand {by_hand}");
        near(
            landed(&scenario, &|value| 1.1 * value),
            198.0 * (1.0 + inflation) * 1.05 * 1.15 * 0.97,
        );
        scenario.prices.devices[Device::Tablet as usize].price = Quantity::new(200.0);
        near(landed(&scenario, &|_| 180.0), 180.0 * 1.05 * 0.97);
    }
}

#[test]
fn the_product_of_a_year_is_grown_from_that_year_on() {
    // US$ 30,000 million of 2023 are 30,000 · 1.024824 · 1.028012 in dollars of 2025. They grow by 2 % in the base year, 2026, and in
    // those before it, by 6 % in 2027 and 1 % in 2028 and after: from 2023 to 2027 by 1.02^3 · 1.06. A technician earns three times what each of 20 million people has of it.
    let mut scenario = crate::enlarged::example();
    scenario.country.economy.gdp_growth = YearPath::of(&[(2026, 0.02), (2027, 0.06), (2028, 0.01)]);
    scenario.country.population.total = Some(YearPath::constant(20e6));
    let pay = |gdp: Quantity, price_year: i32| {
        let mut scenario = scenario.clone();
        scenario.price_year = price_year;
        scenario.country.economy.gdp = gdp;
        let run = simulate(&scenario);
        ledger::costs_in_full(&run)
            .find(|row| row.year == 2027 && row.line.category == "technicians")
            .map(|row| row.price)
            .expect("technicians")
    };
    let near = |ours: f64, by_hand: f64| assert!((ours / by_hand - 1.0).abs() < 1e-9, "{ours}, by hand {by_hand}");
    near(
        pay(of_year(30e9, 2023), 2025),
        4_500.0 * 1.024_824 * 1.028_012 * 1.061_208 * 1.06,
    );
    // Without a year it is of the price year; one of 2028 shrinks back to 2027.
    near(pay(Quantity::new(30e9), 2025), 4_500.0 * 1.02 * 1.06);
    near(pay(of_year(30e9, 2025), 2025), 4_500.0 * 1.02 * 1.06);
    near(pay(Quantity::new(30e9), 2026), 4_500.0 * 1.06);
    near(pay(of_year(30e9, 2028), 2025), 4_500.0 / (1.02 * 1.02 * 1.02) / 1.01);
}

#[test]
fn what_people_do_is_priced_by_the_country_s_income() {
    // US$ 30,000 million in 2025, which grow by 4 % a year, over 20 million people: 1,622.40 each in 2027.
    let mut scenario = crate::enlarged::example();
    scenario.country.economy.gdp = Quantity::new(30e9);
    scenario.country.economy.gdp_growth = YearPath::constant(0.04);
    scenario.country.population.total = Some(YearPath::constant(20e6));
    let support = scenario.plan.support.as_mut().expect("support");
    support.help_desk = Lever::everywhere(YearPath::constant(1.0));
    let price = |scenario: &Scenario, year: i32, component: Component, category: &str| {
        let run = simulate(scenario);
        ledger::costs_in_full(&run)
            .find(|row| row.year == year && row.line.component == component && row.line.category == category)
            .unwrap_or_else(|| panic!("{category} in {year}"))
            .price
    };
    for (component, category, by_hand) in [
        (Component::Support, "technicians", 3.0 * 1_622.4),
        (Component::Support, "recruiting", 0.75 * 1_622.4),
        (Component::Support, "help desk", 50.0 * 1_622.4),
        (Component::Training, "courses", 0.015 * 1_622.4),
        (Component::Training, "follow-up", 0.008 * 1_622.4),
        (Component::Training, "pre-service preparation", 0.17 * 1_622.4),
    ] {
        let ours = price(&scenario, 2027, component, category);
        assert!((ours - by_hand).abs() < 1e-6, "{category}: {ours}, by hand {by_hand}");
        let later = price(&scenario, 2029, component, category);
        assert!(
            (later - by_hand * 1.0816).abs() < 1e-6,
            "{category} two years later: {later}"
        );
    }
    // A country with half the income pays half; one that knows its price pays that, in every year.
    scenario.country.economy.gdp = Quantity::new(15e9);
    let ours = price(&scenario, 2027, Component::Support, "technicians");
    assert!((ours - 1.5 * 1_622.4).abs() < 1e-6, "{ours}");
    scenario.prices.support.technician = Some(Quantity::new(5_000.0));
    scenario.prices.support.recruit = Some(Quantity::new(1_500.0));
    scenario.prices.support.desk = Some(Quantity::new(100_000.0));
    scenario.prices.training[TrainingMode::Workshop as usize].day = Some(Quantity::new(12.0));
    scenario.prices.teachers.follow_up = Some(Quantity::new(7.0));
    scenario.prices.teachers.preservice = Some(Quantity::new(90.0));
    for (component, category, stated) in [
        (Component::Support, "technicians", 5_000.0),
        (Component::Support, "recruiting", 1_500.0),
        (Component::Support, "help desk", 100_000.0),
        (Component::Training, "courses", 12.0),
        (Component::Training, "follow-up", 7.0),
        (Component::Training, "pre-service preparation", 90.0),
    ] {
        for year in [2027, 2030] {
            assert_eq!(price(&scenario, year, component, category), stated, "{category} {year}");
        }
    }
}

#[test]
fn a_larger_order_is_cheaper_by_the_elasticity_of_rwanda() {
    let mut scenario = crate::enlarged::example();
    let tablet = &mut scenario.prices.devices[Device::Tablet as usize];
    tablet.price = Quantity::new(264.0);
    tablet.tender = Some(Quantity::new(40_000.0));
    tablet.order = Some(Quantity::new(150_000.0));
    let run = simulate(&scenario);
    let ours = ledger::costs_in_full(&run)
        .find(|row| row.year == 2027 && row.line.category == "devices" && row.line.need == Need::Expansion)
        .map(|row| row.price);
    // ln 3.75 = 1.321756; exp(-0.14 · 1.321756) = 0.831078; 264 · 0.831078 = 219.4046, with 15 % and 5 % on top.
    let by_hand = 219.4046 * 1.15 * 1.05;
    assert!((ours.expect("devices are bought") - by_hand).abs() < 1e-2, "{ours:?}");
    // One size alone is told.
    scenario.prices.devices[Device::Tablet as usize].order = None;
    let findings = check::check(&scenario, "", &Places::new());
    assert!(findings.iter().any(|finding| finding.code == "order-alone"));
}

#[test]
fn one_learner_in_eight_has_a_difficulty_and_one_of_ten_the_product_for_it() {
    // Reach with everything everywhere and no difference of sex is 1 - 0.125 · (1 - (0.5 + 0.5 · 0.1)) = 0.94375 of J.
    let mut scenario = crate::enlarged::example();
    scenario.country.people.girls_use = Quantity::new(1.0);
    for group in &mut scenario.country.groups {
        group.disability = Quantity::new(Group::default_of("disability"));
    }
    let use_of = |assistive: f64| {
        let mut scenario = scenario.clone();
        scenario.country.people.assistive = Quantity::new(assistive);
        let run = simulate(&scenario);
        let last = run.model.years - 1;
        run.lend().value(Measure::Reach, Scope::ALL, last).expect("reach")
    };
    let (today, all) = (use_of(0.1), use_of(1.0));
    assert!((today / all - 0.943_75).abs() < 1e-9, "{}", today / all);
    let without = use_of(0.0);
    assert!((without / all - 0.9375).abs() < 1e-9, "{}", without / all);
}

#[test]
fn the_defaults_beside_the_evidence_are_those_of_the_program() {
    let page = include_str!("../../docs/src/validation.md");
    let (_, table) = page.split_once("## Defaults beside the evidence").expect("the table");
    let (table, _) = table.split_once("\n## ").expect("a chapter after it");
    let mut defaults = BTreeMap::new();
    Scenario::describe_all(&mut |path, field| {
        defaults.insert(path.to_owned(), field.default);
    });
    let mut rows = 0;
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let path = cells[1].trim_matches('`');
        if let (Some(default), Ok(told)) = (defaults.get(path), cells[2].parse::<f64>()) {
            assert_eq!(*default, Some(told), "{path}");
            rows += 1;
        }
    }
    assert!(rows >= 20, "{rows} rows");
}

#[test]
fn a_change_of_the_price_year_alone_is_a_run_of_its_own() {
    // The second time the room of the run before is taken again.
    let scenario = crate::enlarged::example();
    let mut later = scenario.clone();
    later.price_year = 2026;
    let sum = |run: &Trajectory| -> f64 { ledger::costs_in_full(run).map(|row| row.amount().0).sum() };
    let fresh = sum(&simulate(&later));
    let again = simulate(&scenario)
        .again(scenario.clone())
        .again(later.clone())
        .again(later);
    assert_eq!(sum(&again).to_bits(), fresh.to_bits());
    assert!(fresh > 1.01 * bill(&scenario), "{fresh}");
}
