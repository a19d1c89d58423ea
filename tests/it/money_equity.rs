//! The Money and the Equity page: what they show is what `rollcall run` writes, and they say what it rests on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, Role, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::report::tables;
use rollcall::units::{Unit, grouped};

use super::harness::{EXAMPLE, WIDE, Window, app_on, keys, sized, written};

fn window_on(path: &Path, page: Key) -> Window {
    let mut window = sized(app_on(path), WIDE);
    keys(&mut window, Modifiers::COMMAND, page);
    window
}

/// Gaps and parity on the Equity page.
fn gaps_on(path: &Path) -> Window {
    let mut window = window_on(path, Key::Num5);
    press(&mut window, "Show: Gaps");
    window
}

/// The example with some of its text replaced, and with a grant that leaves nothing to be found.
fn edited(changes: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let mut text = std::fs::read_to_string(EXAMPLE).expect("the example");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let text = text.replace("commitment: 120_000_000", "commitment: 200_000_000");
    std::fs::write(&path, text).expect("a copy");
    (folder, path)
}

fn press(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::RadioButton, name).click();
    window.run();
}

fn is_barred(window: &Window, name: &str) -> bool {
    let button = window.get_by_role_and_label(Role::RadioButton, name);
    button.accesskit_node().is_disabled()
}

fn shows(window: &Window, text: &str) -> bool {
    window.query_all_by_label(text).next().is_some()
}

fn amount(row: &BTreeMap<String, String>) -> f64 {
    row["amount_usd"].parse().expect("an amount")
}

/// Sums of amounts by year, and of all years, in the order of the table's columns.
fn sums(rows: &[BTreeMap<String, String>], of: impl Fn(&BTreeMap<String, String>) -> bool) -> Vec<f64> {
    let mut by_year: BTreeMap<&str, f64> = BTreeMap::new();
    for row in rows.iter().filter(|row| of(row)) {
        *by_year.entry(&row["year"]).or_default() += amount(row);
    }
    let mut sums: Vec<f64> = by_year.into_values().collect();
    sums.push(sums.iter().sum());
    sums
}

fn assert_shown(window: &Window, what: &str, amounts: &[f64]) {
    assert!(amounts.len() > 2, "{what}");
    for amount in amounts {
        // Half a dollar may be rounded either way, as sums differ in their last digit.
        let either = [grouped(amount - 1e-3), grouped(amount + 1e-3)];
        assert!(
            either.iter().any(|text| shows(window, text)),
            "{what}: {either:?} is not shown"
        );
    }
}

#[test]
fn the_cost_table_sums_to_what_the_command_line_writes() {
    let (_folder, path) = edited(&[]);
    let mut window = window_on(&path, Key::Num2);
    let costs = written(&window, tables::costs);
    press(&mut window, "Show: Cost table");
    for (layer, kept) in [
        ("All services", ["plan", "existing"]),
        ("Existing services", ["existing", "existing"]),
        ("New plan", ["plan", "plan"]),
    ] {
        press(&mut window, &format!("Services: {layer}"));
        let of_layer = |row: &BTreeMap<String, String>| kept.contains(&row["layer"].as_str());
        for by in ["Component", "Category", "Nature"] {
            press(&mut window, &format!("Cost by: {by}"));
            assert_shown(&window, layer, &sums(&costs, of_layer));
        }
        let capital = sums(&costs, |row| of_layer(row) && row["nature"] == "capital");
        assert_shown(&window, "capital", &capital);
    }
    press(&mut window, "Services: All services");
    press(&mut window, "Cost by: Component");
    assert_shown(&window, "links", &sums(&costs, |row| row["component"] == "links"));
}

#[test]
fn the_funding_table_sums_to_what_the_command_line_writes() {
    let (_folder, path) = edited(&[]);
    let mut window = window_on(&path, Key::Num2);
    let funding = written(&window, tables::funding);
    press(&mut window, "Show: Funding table");
    assert_shown(&window, "need", &sums(&funding, |_| true));
    let grant = sums(&funding, |row| row["source"] == "partner grant");
    assert_shown(&window, "partner grant", &grant);
    // The same need as in costs.csv.
    assert_shown(&window, "costs", &sums(&written(&window, tables::costs), |_| true));
    press(&mut window, "Show: Sources table");
    let lapsed: f64 = written(&window, tables::sources)
        .iter()
        .filter(|row| row["source"] == "ministry")
        .map(|row| row["lapsed_usd"].parse::<f64>().expect("an amount"))
        .sum();
    assert!(lapsed > 0.0);
    window.get_by_label("ministry: lapsed");
    assert!(shows(&window, &grouped(lapsed)));
}

#[test]
fn nominal_prices_grow_with_us_prices_and_local_currency_with_the_rate() {
    let (_folder, path) = edited(&[(
        "education_spending: 0.05)",
        "education_spending: 0.05, us_inflation: 0.03, exchange_rate: (value: 600, year: 2025, source: \"bank\"))",
    )]);
    let mut window = window_on(&path, Key::Num2);
    let costs = sums(&written(&window, tables::costs), |_| true);
    press(&mut window, "Services: All services");
    press(&mut window, "Show: Cost table");
    press(&mut window, "Prices: Nominal");
    window.get_by_label_contains("Shown in nominal prices");
    // From the prices of 2025; the first column is 2027.
    let nominal: Vec<f64> = costs[..costs.len() - 1]
        .iter()
        .zip(2i32..)
        .map(|(cost, years)| cost * 1.03f64.powi(years))
        .collect();
    let (first, total) = (nominal[0], nominal.iter().sum::<f64>());
    assert!(shows(&window, "2027") && !shows(&window, "2026"));
    assert!(shows(&window, &grouped(first)) && shows(&window, &grouped(total)));
    press(&mut window, "Currency: Local currency");
    assert!(shows(&window, &grouped(600.0 * total)));
    window.get_by_label_contains("LCU 600 for a US$ (2025, bank) in all years");
    press(&mut window, "Prices: Constant");
    assert!(shows(&window, &grouped(600.0 * costs[costs.len() - 1])));
    // Debt is written in nominal US$.
    press(&mut window, "Show: Debt table");
    let owed = |row: &BTreeMap<String, String>| row["outstanding_usd"].parse::<f64>().expect("an amount");
    let debt = written(&window, tables::debt);
    let last = debt.last().map(owed).expect("a loan");
    let constant = 600.0 * last / 1.03f64.powi(debt[debt.len() - 1]["year"].parse::<i32>().expect("a year") - 2025);
    assert!(shows(&window, &grouped(constant)), "{}", grouped(constant));
}

#[test]
fn what_cannot_be_shown_is_barred_and_says_why() {
    let (_folder, path) = edited(&[("concessional_loan(", "grant(")]);
    let mut window = window_on(&path, Key::Num2);
    assert!(is_barred(&window, "Currency: Local currency"));
    window.get_by_label_contains("the country file gives no exchange rate");
    assert!(is_barred(&window, "Show: Debt table"), "there is no loan");
    // A rate of nought is none.
    let (_folder, path) = edited(&[(
        "education_spending: 0.05)",
        "education_spending: 0.05, exchange_rate: 0)",
    )]);
    assert!(is_barred(&window_on(&path, Key::Num2), "Currency: Local currency"));
    let (_folder, path) = edited(&[]);
    window = gaps_on(&path);
    press(&mut window, "Told apart by: Sex");
    press(&mut window, "Measure: Online");
    assert!(is_barred(&window, "Told apart by: Sex"), "schools have no sex");
    window.get_by_label_contains("4.a.1 counts schools");
    press(&mut window, "Level: Primary");
    assert!(is_barred(&window, "Told apart by: Level"));
}

#[test]
fn the_headline_of_money_agrees_with_the_run() {
    let (_folder, path) = edited(&[
        ("commitment: 120_000_000", "commitment: 12_000_000"),
        ("share_of_education: 0.02", "share_of_education: 0.001"),
    ]);
    let window = window_on(&path, Key::Num2);
    let all: f64 = written(&window, tables::costs)
        .iter()
        .filter(|row| row["layer"] == "existing")
        .map(amount)
        .sum();
    let paid: f64 = written(&window, tables::funding)
        .iter()
        .filter(|row| row["source"] != "unfunded")
        .map(amount)
        .sum();
    // Where all is paid for, the rows of the plan are what it costs to do it all.
    let (_folder, enough) = edited(&[]);
    let rich = window_on(&enough, Key::Num2);
    let plan: f64 = written(&rich, tables::costs)
        .iter()
        .filter(|row| row["layer"] == "plan")
        .map(amount)
        .sum();
    let find = all + plan - paid;
    let line = window.get_by_label_contains("To do it all costs");
    let said = line.accesskit_node().value().unwrap_or_default();
    assert!(said.contains(&format!("costs {}", Unit::Usd.show(plan))), "{said}");
    assert!(find > 1e6 && said.contains(&Unit::Usd.show(find)), "{find}: {said}");
}

#[test]
fn the_equity_table_holds_what_indicators_csv_holds() {
    let (_folder, path) = edited(&[]);
    let mut window = window_on(&path, Key::Num5);
    press(&mut window, "Show: Table");
    let rows = written(&window, tables::indicators);
    for (measure, code) in [("Reach", "reach"), ("Dose", "dose"), ("Power", "4.a.1.a")] {
        press(&mut window, &format!("Measure: {measure}"));
        for (name, level) in [("All levels", ""), ("Primary", "primary")] {
            press(&mut window, &format!("Level: {name}"));
            let of = |row: &&BTreeMap<String, String>| row["level"] == level && row["region"].is_empty();
            let of_indicator = |row: &&BTreeMap<String, String>| {
                let known = &row["indicator"];
                known == code
                    || known.starts_with(&format!("gap.{code}."))
                    || known.starts_with(&format!("4.5.1.{code}."))
            };
            let mut seen = 0;
            for row in rows.iter().filter(of).filter(of_indicator) {
                // The table crosses level and locality with nothing else.
                if !row["locality"].is_empty()
                    && row
                        .iter()
                        .any(|(k, v)| ["sex", "wealth", "disability"].contains(&&**k) && !v.is_empty())
                {
                    continue;
                }
                // Within a locality there is nothing to compare.
                if !row["locality"].is_empty() && row["indicator"] != code {
                    continue;
                }
                let value: f64 = row["value"].parse().expect("a value");
                let text = match row["unit"].as_str() {
                    "share" => Unit::Share.show(value),
                    "points" => rollcall::units::decimals(value).replace('-', "\u{2212}"),
                    _ => format!("{value:.3}"),
                };
                assert!(shows(&window, &text), "{measure}, {name}: {text} of {row:?}");
                seen += 1;
            }
            assert!(seen > 10, "{seen}");
        }
    }
}

#[test]
fn who_is_furthest_behind_is_said_first_and_assumptions_are_named() {
    let (_folder, path) = edited(&[]);
    let window = gaps_on(&path);
    let rows = written(&window, tables::indicators);
    let reach = |of: &dyn Fn(&BTreeMap<String, String>) -> bool| -> f64 {
        let last = rows
            .iter()
            .filter(|row| row["indicator"] == "reach" && row["year"] == "2030");
        let values = last
            .filter(|row| of(row))
            .map(|row| row["value"].parse::<f64>().expect("a value"));
        values.fold(f64::INFINITY, f64::min)
    };
    let lowest = reach(&|row| row["sex"].is_empty() && row["disability"].is_empty());
    let line = window.get_by_label_contains("Furthest behind in 2030:");
    let said = line.accesskit_node().value().unwrap_or_default();
    let start = format!("Primary rural, reach {} of learners", Unit::Share.show(lowest));
    assert!(said.contains(&start), "{said}, not {start}");
    let disabled = reach(&|row| row["disability"] == "with" && row["level"].is_empty() && row["locality"].is_empty());
    let disabled = format!("With a disability, {}", Unit::Share.show(disabled));
    assert!(
        said.contains("By an assumption on use that only inclusion moves") && said.contains(&disabled),
        "{said}"
    );
    window.get_by_label_contains("learners with a disability 0.55 times as much as others");
}

#[test]
fn charts_tell_a_screen_reader_what_they_show() {
    let (_folder, path) = edited(&[]);
    let mut window = gaps_on(&path);
    let parity = window.get_by_role_and_label(Role::Figure, "Adjusted parity (4.5.1) of reach, all levels (1 = equal)");
    let said = parity
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    assert!(
        said.contains("rural to urban 0.94") && said.contains("parity 0.97–1.03"),
        "{said}"
    );
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    assert_eq!(window.query_all_by_role(Role::Figure).count(), 6);
    for figure in window.query_all_by_role(Role::Figure) {
        let node = figure.accesskit_node();
        assert!(
            !node.data().description().unwrap_or_default().is_empty(),
            "{:?}",
            node.label()
        );
    }
}

/// What is kept of a run is made anew when there is another run.
#[test]
fn an_edit_reaches_both_pages() {
    let (_folder, path) = edited(&[]);
    let mut window = window_on(&path, Key::Num2);
    press(&mut window, "Services: All services");
    press(&mut window, "Show: Cost table");
    for ready in [0.3, 0.5, 0.7] {
        for page in [Key::Num2, Key::Num5] {
            window.key_press_modifiers(Modifiers::COMMAND, page);
            let command = Command::SetLever {
                lever: crate::harness::lever("plan.training.ready"),
                value: if page == Key::Num2 { ready } else { ready / 2.0 },
                more: false,
            };
            let context = window.ctx.clone();
            window.state_mut().apply(command, &context);
            window.run();
            if page == Key::Num2 {
                assert_shown(&window, "edited", &sums(&written(&window, tables::costs), |_| true));
            } else {
                press(&mut window, "Show: Gaps");
                let reach = window.state().outcome().expect("results").final_reach();
                window.get_by_label_contains(&format!("({})", Unit::Share.show(reach)));
            }
        }
    }
}

/// Each switch of both pages, on ordinary and on bare scenarios, at several sizes, in both themes.
#[test]
fn no_switch_breaks_either_page() {
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let rural: Vec<&str> = text.lines().filter(|line| line.contains("(locality: rural")).collect();
    let one_locality: Vec<(&str, &str)> = rural.iter().map(|line| (*line, "")).collect();
    let (from, to) = (
        text.find("        sources: [").expect("sources"),
        text.find("    targets").expect("targets"),
    );
    let no_sources = [(&text[from..to], "        sources: [],\n    ),\n")];
    for changes in [&[][..], &one_locality, &no_sources] {
        let (_folder, path) = edited(changes);
        for page in [Key::Num2, Key::Num5] {
            let mut window = if page == Key::Num5 {
                gaps_on(&path)
            } else {
                window_on(&path, page)
            };
            assert!(window.query_all_by_role(Role::RadioButton).count() > 10);
            let names: Vec<String> = window
                .query_all_by_role(Role::RadioButton)
                .filter_map(|button| button.accesskit_node().label())
                .collect();
            // Who is not reached, last: there the other switches are not.
            for (name, size) in names
                .iter()
                .rev()
                .zip([(300.0, 200.0), (760.0, 480.0), (1280.0, 800.0)].iter().cycle())
            {
                if !is_barred(&window, name) {
                    press(&mut window, name);
                }
                window.set_size(vec2(size.0, size.1));
                window
                    .ctx
                    .set_theme(if size.0 < 700.0 { Theme::Dark } else { Theme::Light });
                window.run();
                window.set_size(vec2(1920.0, 1080.0));
                window.run();
            }
        }
    }
}

#[test]
fn published_figures_that_do_not_fit_together_are_told_beside_the_number() {
    let mut window = window_on(Path::new("sierra_leone/balanced.ron"), Key::Num2);
    // By hand, from the tables: what all services need over spending as the country file has it, and as the other end of
    // its range has it.
    let run = &window.state().outcome().expect("results").run;
    let (ours, other) = rollcall::report::disputed::other_spending(&run.model.scenario.country).expect("two figures");
    let gdp: f64 = (1..run.model.years).map(|t| run.run.money.outlook.gdp[t]).sum();
    let need: f64 = (1..run.model.years).map(|t| run.in_full().year_need(t)).sum();
    let share = |spending: f64| Unit::Share.show(need / (gdp * spending));
    assert!((ours / other).ln().abs() > 0.5, "{ours} and {other}");
    window.get_by_label_contains(&format!(
        "All services together, existing ones included, take {} of public spending on education",
        share(ours)
    ));
    window.get_by_label_contains(&format!("It is {} if that spending is", share(other)));
    assert!(!contains(&window, "The cards above stay"));
    press(&mut window, "Prices: Nominal");
    window.get_by_label_contains("The cards above stay in constant US$ of 2025.");
    let run = &window.state().outcome().expect("results").run;
    let entering: Vec<f64> = run
        .run
        .demand
        .progression
        .iter()
        .map(|of| of.entrants_per_graduate)
        .collect();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num6);
    window.run();
    let told = entering.iter().any(|ratio| *ratio > 1.005);
    assert_eq!(contains(&window, "entrants over graduates of the level below"), told);
    // One publisher, nothing to tell.
    let window = window_on(Path::new(EXAMPLE), Key::Num2);
    assert!(!contains(&window, "published figures differ"));
}

fn contains(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn money_shows_what_a_learner_costs_beside_documented_cases() {
    let mut window = window_on(Path::new("senegal/balanced.ron"), Key::Num2);
    let each = window.state().outcome().expect("results").per_learner.expect("a plan");
    let chart = window.get_by_role_and_label(
        Role::Figure,
        "Cost per learner and year, beside documented cases (US$; ours in 2025 prices, the others in those of their year)",
    );
    let told = chart
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    let each = rollcall::units::decimals(each);
    for part in [
        &*format!("This plan, 2027–2030 {each};"),
        "Malawi 7–15",
        "Senegal 11",
        "Uruguay 100",
        "European Union 251–600",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // As a table: what each covers, where it is from, how sure it is.
    window
        .get_by_role_and_label(
            Role::Button,
            "Menu of Cost per learner and year, beside documented cases",
        )
        .click();
    window.run();
    window.get_by_label("Show as table").click();
    window.run();
    for text in [
        "What it covers",
        "✓ high",
        "shared solar tablets for grades 1 to 4; 7 at scale, 15 while it grows",
    ] {
        assert!(contains(&window, text), "{text}");
    }
    assert!(contains(&window, "Global Partnership for Education"));
}

#[test]
fn a_component_that_nobody_names_has_no_row() {
    let mut window = window_on(Path::new("senegal/balanced.ron"), Key::Num2);
    rollcall::app::chart_data::ask(&window.ctx);
    window.step();
    let figures = rollcall::app::chart_data::shown(&window.ctx);
    let owned = figures
        .iter()
        .find(|figure| figure.head.title.starts_with("Total cost of ownership"))
        .expect("the chart");
    let rollcall::report::figure::Body::Rows { rows, .. } = &owned.body else {
        panic!("no bars")
    };
    assert!(rows.len() >= 7, "{rows:?}");
    for row in rows {
        assert!(row.values.iter().sum::<f64>() > 0.0, "{row:?}");
    }
}

/// The charts in sight, by the beginning of their title.
fn figure(window: &mut Window, title: &str) -> std::sync::Arc<rollcall::report::figure::Figure> {
    rollcall::app::chart_data::ask(&window.ctx);
    window.step();
    let figures = rollcall::app::chart_data::shown(&window.ctx);
    let found = figures.into_iter().find(|figure| figure.head.title.starts_with(title));
    found.unwrap_or_else(|| panic!("no chart {title}"))
}

#[test]
fn what_comes_after_is_told_of_parts_of_which_it_is_known() {
    let mut window = window_on(Path::new("senegal/balanced.ron"), Key::Num2);
    let labels = |window: &mut Window| {
        let cost = figure(window, "To do it all: the plan by");
        let rollcall::report::figure::Body::Bars { parts, .. } = &cost.body else {
            panic!("no bars")
        };
        parts.iter().map(|part| part.label.clone()).collect::<Vec<String>>()
    };
    assert!(labels(&mut window).iter().all(|label| label.contains(", then ")));
    for cut in ["Pillar", "Tier", "Phase", "Dimension", "Nature", "Category"] {
        press(&mut window, &format!("Cost by: {cut}"));
        let labels = labels(&mut window);
        let told: Vec<&String> = labels.iter().filter(|label| label.contains(", then ")).collect();
        assert!(
            told.len() == 1 && told[0].starts_with("kept up, then "),
            "{cut}: {labels:?}"
        );
    }
}

#[test]
fn the_chart_of_cases_names_who_published_them() {
    let mut window = window_on(Path::new("senegal/balanced.ron"), Key::Num2);
    let source = figure(&mut window, "Cost per learner and year").head.source.clone();
    for part in [
        "Source: model run; Senegal",
        "World Bank",
        "Global Partnership for Education",
    ] {
        assert!(source.contains(part), "{source}");
    }
}

#[test]
fn what_stands_and_what_of_it_is_in_service_are_told_apart() {
    let mut window = window_on(Path::new("senegal/official_strategy.ron"), Key::Num1);
    let now = window.state().outcome().expect("results").clone();
    let (stands, served) = (now.places[now.places.len() - 1].clone(), now.served.clone());
    let last = |values: &[f64]| Unit::Share.show(values[values.len() - 1]);
    assert!(served[served.len() - 1] < stands[stands.len() - 1] - 0.01);
    let told = figure(&mut window, "What stands in schools").head.summary.clone();
    let said = format!(
        "{} of schools have power, internet and devices in place in 2030 ({} in service)",
        last(&stands),
        last(&served)
    );
    assert!(told.starts_with(&said), "{told}");
}
