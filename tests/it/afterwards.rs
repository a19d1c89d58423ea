//! The bill after the last year stands beside every total: on the cards, Money, Compare, Present, and in their charts.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::Page;
use rollcall::app::chart_data;
use rollcall::app::command::Command;
use rollcall::report::figure::{Body, net};
use rollcall::report::tables;
use rollcall::units::{Unit, grouped};

use super::harness::{WIDE, Window, app_on, apply, click, keys, shows, sized, written};

fn window() -> Window {
    sized(app_on("senegal/balanced.ron"), WIDE)
}

/// Sums of ahead.csv: of an item and a layer, all components together.
fn bill(window: &Window, items: &[&str], layers: &[&str]) -> f64 {
    let rows = written(window, tables::ahead);
    let of = rows.iter().filter(|row| {
        row["run"] == "in_full" && items.contains(&row["item"].as_str()) && layers.contains(&row["layer"].as_str())
    });
    of.map(|row| row["amount_usd"].parse::<f64>().expect("an amount")).sum()
}

const A_YEAR: [&str; 2] = ["upkeep", "renewal"];
const BOTH: [&str; 2] = ["existing", "plan"];

#[test]
fn the_bill_stands_on_the_cards_and_on_money_as_the_tables_have_it() {
    let mut window = window();
    let of_plan = Unit::Usd.show(bill(&window, &A_YEAR, &["plan"]));
    for page in [Page::Plan, Page::Money, Page::Equity, Page::Sources] {
        apply(&mut window, Command::Show(page));
        assert!(shows(&window, &format!("then {of_plan} a year")), "{page:?}: {of_plan}");
    }
    apply(&mut window, Command::Show(Page::Money));
    let all = Unit::Usd.show(bill(&window, &A_YEAR, &BOTH));
    window.get_by_label_contains(&format!(
        "From 2031 on keeping up what then stands takes {all} a year, {of_plan} of it for the plan."
    ));
    click(&mut window, Role::RadioButton, "Show: Bill after");
    for (layer, layers) in [("All services", &BOTH[..]), ("New plan", &["plan"])] {
        click(&mut window, Role::RadioButton, &format!("Services: {layer}"));
        for items in [&["upkeep"][..], &["renewal"], &A_YEAR, &["value_left"]] {
            let sum = bill(&window, items, layers);
            let either = [grouped(sum - 1e-3), grouped(sum + 1e-3)];
            assert!(
                either.iter().any(|text| shows(&window, text)),
                "{layer}, {items:?}: {either:?}"
            );
        }
    }
}

#[test]
fn charts_of_cost_end_with_the_bill_behind_a_rule() {
    let mut window = window();
    for (page, services, layers) in [
        (Page::Plan, None, &["plan"][..]),
        (Page::Money, Some("New plan"), &["plan"][..]),
        (Page::Money, Some("All services"), &BOTH),
    ] {
        apply(&mut window, Command::Show(page));
        if let Some(services) = services {
            click(&mut window, Role::RadioButton, &format!("Services: {services}"));
        }
        let wanted = bill(&window, &A_YEAR, layers) / 1e6;
        for by in ["Component", "Pillar", "Phase"] {
            if page == Page::Money {
                click(&mut window, Role::RadioButton, &format!("Cost by: {by}"));
            }
            chart_data::ask(&window.ctx);
            window.step();
            let figures = chart_data::shown(&window.ctx);
            let figure = figures
                .iter()
                .find(|figure| matches!(figure.body, Body::Bars { after: Some(_), .. }))
                .expect("a chart with the bill");
            let Body::Bars { parts, .. } = &figure.body else {
                unreachable!()
            };
            assert_eq!(figure.columns(), ["2027", "2028", "2029", "2030", "2031 on"]);
            assert!((net(parts, 4) - wanted).abs() < 1e-9 * wanted, "{page:?} by {by}");
        }
    }
}

#[test]
fn compare_and_present_say_the_bill() {
    let mut window = window();
    let balanced = Unit::Usd.show(bill(&window, &A_YEAR, &["plan"]));
    apply(&mut window, Command::Open(PathBuf::from("senegal/devices_first.ron")));
    let devices = Unit::Usd.show(bill(&window, &A_YEAR, &["plan"]));
    apply(&mut window, Command::Show(Page::Compare));
    for (plan, value) in [("Balanced", &balanced), ("Devices first", &devices)] {
        window.get_by_label_contains(&format!("Keeping up what stands, a year, {plan}: {value}"));
    }
    keys(&mut window, Modifiers::NONE, Key::F5);
    window.get_by_label_contains(&format!("then {devices} a year to keep up what stands"));
    for _ in 0..4 {
        keys(&mut window, Modifiers::NONE, Key::ArrowRight);
    }
    window.get_by_label_contains(&format!("; what then stands takes {devices} a year to keep up"));
}

#[test]
fn a_plan_that_brings_nothing_has_no_bill() {
    let mut window = sized(app_on("senegal/no_new_plan.ron"), WIDE);
    assert!(!shows(&window, " a year"), "a bill");
    apply(&mut window, Command::Show(Page::Money));
    // What stands is kept up all the same.
    let all = Unit::Usd.show(bill(&window, &A_YEAR, &BOTH));
    window.get_by_label_contains(&format!("takes {all} a year, US$ 0 of it"));
}
