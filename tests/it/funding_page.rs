//! The Funding page as a planner uses it: money is added, changed, copied, put in order and removed, each as one edit.

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::data::{self, Pack, store};
use rollcall::scenario::funding::{BudgetTerms, Funding};
use rollcall::scenario::{Quantity, Scenario, Source, SourceKind, YearPath};

use super::harness::{Window, app_on, apply, keys, lever, press, shows, window_on, write};

fn window() -> Window {
    let mut window = window_on("senegal/balanced.ron");
    keys(&mut window, Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.state().page(), Page::Funding);
    window
}

fn funding(window: &Window) -> &Funding {
    &window.state().scenario().expect("a scenario").funding
}

fn names(window: &Window) -> Vec<String> {
    funding(window)
        .sources
        .iter()
        .map(|source| source.name.clone())
        .collect()
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

/// Types where the keys are, as a hand does: nothing is clicked.
fn hand(window: &mut Window, text: &str) {
    window.event(eframe::egui::Event::Text(text.into()));
    window.run();
}

fn edits(window: &Window) -> usize {
    window.state().document().expect("a document").history().at()
}

#[test]
fn a_person_adds_a_grant_by_keys_alone_and_one_undo_takes_it_back() {
    let mut window = window();
    let before = funding(&window).clone();
    let missing = window.state().outcome().expect("results").to_find();
    key(&mut window, Key::A);
    for letter in ["g", "r", "a", "n", "t"] {
        hand(&mut window, letter);
    }
    key(&mut window, Key::Tab);
    hand(&mut window, "20m");
    assert!(shows(&window, "= US$ 20 million"), "what is understood is said");
    key(&mut window, Key::Enter);
    let added = funding(&window).sources.last().expect("a source").clone();
    let SourceKind::Grant(terms) = &added.kind else {
        panic!("no grant: {added:?}")
    };
    assert_eq!(added.name, "Grant");
    assert!((terms.commitment.value - 20e6).abs() < 1e-6);
    // By hand: four years of the plan, a quarter in each.
    let quarters: Vec<(i32, f64)> = (2027..=2030).map(|year| (year, 0.25)).collect();
    assert_eq!(terms.release.points, quarters);
    assert_eq!(funding(&window).sources.len(), before.sources.len() + 1);
    assert!(window.state().outcome().expect("results").to_find() < missing);
    assert_eq!(edits(&window), 1, "adding is one edit");
    assert!(shows(&window, "Money added: Grant"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*funding(&window), before);
}

#[test]
fn sources_are_copied_moved_and_removed_by_keys_each_in_one_edit() {
    let mut window = window();
    let before = names(&window);
    assert_eq!(before[2..], ["Partner grant", "Development credit"]);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::C);
    assert_eq!(names(&window)[2..4], ["Partner grant", "Partner grant, copy"]);
    keys(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&window)[2..4], ["Partner grant, copy", "Partner grant"]);
    keys(&mut window, Modifiers::ALT, Key::ArrowDown);
    key(&mut window, Key::Delete);
    assert_eq!(names(&window), before);
    assert_eq!(edits(&window), 4);
    for _ in 0..4 {
        keys(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(names(&window), before);
    assert_eq!(edits(&window), 0);
    // The same by buttons.
    key(&mut window, Key::ArrowUp);
    press(&mut window, "Copy: Partner grant");
    press(&mut window, "Remove: Partner grant, copy");
    assert_eq!((names(&window), edits(&window)), (before, 2));
}

#[test]
fn every_mechanism_can_be_found_and_nothing_is_added_before_it_is_said_how_much() {
    let mut window = window();
    for (wanted, found) in [
        ("donor", "Grant"),
        ("telecom", "Universal service levy"),
        ("tablets", "In kind"),
        ("ida", "Concessional loan"),
        ("ppp", "Partnership"),
        ("outcome fund", "Results based"),
    ] {
        apply(&mut window, Command::AddMoney);
        write(&mut window, "Find a mechanism", wanted);
        let rows = window.query_all_by_role(Role::RadioButton);
        let rows: Vec<String> = rows.filter_map(|row| row.accesskit_node().label()).collect();
        assert!(rows.iter().any(|row| row == found), "{wanted}: {rows:?}");
        let add = window.get_by_role_and_label(Role::Button, "Add this money");
        let ready = !add.accesskit_node().is_disabled();
        assert_eq!(
            ready,
            found == "Universal service levy",
            "{found}: only a levy has all its terms from others"
        );
        press(&mut window, "Cancel");
    }
    assert_eq!(edits(&window), 0);
}

#[test]
fn terms_that_cannot_be_are_told_at_their_field_and_keep_the_button_grey() {
    let mut window = window();
    apply(&mut window, Command::AddMoney);
    write(&mut window, "Find a mechanism", "concessional");
    write(&mut window, "Promised in all", "30m");
    key(&mut window, Key::Tab);
    let disabled = |window: &Window| {
        let add = window.get_by_role_and_label(Role::Button, "Add this money");
        add.accesskit_node().is_disabled()
    };
    assert!(!disabled(&window));
    write(&mut window, "Of these without principal", "40");
    key(&mut window, Key::Tab);
    assert!(disabled(&window));
    assert!(shows(&window, "✗ ") && shows(&window, "31"), "the maturity is named");
    write(&mut window, "Of these without principal", "8");
    key(&mut window, Key::Tab);
    assert!(!disabled(&window));
    press(&mut window, "Add this money");
    let SourceKind::ConcessionalLoan(terms) = &funding(&window).sources[4].kind else {
        panic!("no loan")
    };
    assert_eq!(
        (terms.commitment.value, terms.grace.value, terms.maturity.value),
        (30e6, 8.0, 31.0)
    );
    assert_eq!(edits(&window), 1);
}

#[test]
fn terms_of_a_source_are_changed_on_its_card_with_their_units_a_release_year_by_year() {
    let mut window = window();
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    key(&mut window, Key::Enter);
    write(&mut window, "Promised in all", "80m");
    key(&mut window, Key::Enter);
    assert!(shows(
        &window,
        "Partner grant, Promised in all: US$ 75 million → US$ 80 million"
    ));
    write(&mut window, "Can be drawn, 2027", "20 %");
    key(&mut window, Key::Enter);
    write(&mut window, "Can be drawn, 2030", "10 %");
    key(&mut window, Key::Enter);
    // More than is left is not taken.
    write(&mut window, "Can be drawn, 2030", "30 %");
    key(&mut window, Key::Enter);
    key(&mut window, Key::Escape);
    let SourceKind::Grant(terms) = &funding(&window).sources[2].kind else {
        panic!("no grant")
    };
    assert!((terms.commitment.value - 80e6).abs() < 1e-6);
    assert_eq!(
        terms.release.points,
        [(2027, 0.2), (2028, 0.4), (2029, 0.25), (2030, 0.1)]
    );
    assert_eq!(edits(&window), 3);
}

#[test]
fn a_source_leaves_after_a_year_tried_before_it_is_done_in_one_edit() {
    let mut window = window();
    let missing = |window: &Window| window.state().outcome().expect("results").to_find();
    let before = missing(&window);
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    // From the last year in which it makes a difference, a year sooner.
    key(&mut window, Key::OpenBracket);
    key(&mut window, Key::OpenBracket);
    assert!(shows(&window, "more has no source"), "what it would do is said before");
    assert_eq!((edits(&window), missing(&window).to_bits()), (0, before.to_bits()));
    press(&mut window, "Leave after 2028");
    let until = funding(&window).sources[2].until.as_ref().map(|until| until.value);
    assert_eq!((until, edits(&window)), (Some(2028.0), 1));
    assert!(missing(&window) > before);
    assert!(shows(&window, "Partner grant leaves after 2028"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(missing(&window).to_bits(), before.to_bits());
}

#[test]
fn money_is_the_first_lever_of_the_plan() {
    let mut window = window_on("senegal/balanced.ron");
    write(&mut window, "Partner grant: Promised in all", "90m");
    key(&mut window, Key::Enter);
    let SourceKind::Grant(terms) = &funding(&window).sources[2].kind else {
        panic!("no grant")
    };
    assert!((terms.commitment.value - 90e6).abs() < 1e-6);
    assert_eq!(edits(&window), 1);
    press(&mut window, "+ Add money");
    assert_eq!(window.state().page(), Page::Funding);
    assert!(shows(&window, "Nothing changes until you add it"));
}

#[test]
fn if_fully_paid_is_what_money_without_end_reaches() {
    let scenario: Scenario = Scenario::clone(app_on("senegal/balanced.ron").scenario().expect("a scenario"));
    let now = Outcome::of(scenario.clone());
    // Independently of that run: a ministry with a billion a year that can all be spent.
    let mut rich = scenario;
    rich.funding.sources = vec![Source {
        name: "Treasure".into(),
        kind: SourceKind::DomesticBudget(BudgetTerms {
            amount: Some(YearPath::constant(1e9)),
            ..BudgetTerms::default()
        }),
        absorption: Some(Quantity::new(1.0)),
        ..Source::default()
    }];
    let rich = Outcome::of(rich);
    assert!(rich.to_find().abs() < 1.0, "all is paid for");
    for (full, reach) in now.reach_in_full.iter().zip(&rich.reach) {
        assert!((full - reach).abs() < 1e-9, "{full} against {reach}");
    }
    assert!(now.reach_in_full.last() > now.reach.last());
}

#[test]
fn a_first_plan_of_a_poor_country_starts_alive_and_says_what_is_missing() {
    let country = data::country(&Pack::embedded(), "TCD", false).expect("Chad");
    let scenario = data::new_scenario(country);
    let now = Outcome::of(scenario.clone());
    assert!(now.cost_paid < 0.2 * now.cost_full, "its one source pays for little");
    let mut more = scenario.clone();
    lever("plan.training.ready").set(&mut more, 0.9);
    let then = Outcome::of(more);
    assert!(
        then.reach_in_full.last() > now.reach_in_full.last(),
        "a lever moves what it would reach if paid"
    );
    let SourceKind::DomesticBudget(terms) = &scenario.funding.sources[0].kind else {
        panic!("no budget")
    };
    let passport = terms
        .share_of_education
        .as_ref()
        .and_then(|share| share.passport.as_ref());
    assert!(
        passport.is_some_and(|passport| passport.low_confidence),
        "named as assumed"
    );
    let mut window = window_on("senegal/balanced.ron");
    apply(&mut window, Command::New("TCD"));
    assert!(shows(&window, "Paid in full it would reach"));
}

#[test]
fn a_package_is_laid_over_looked_at_and_taken_over_as_one_edit() {
    let mut window = window();
    let before = funding(&window).clone();
    key(&mut window, Key::L);
    hand(&mut window, "credit of IDA");
    key(&mut window, Key::Enter);
    assert!(shows(
        &window,
        "Laid over, nothing changed yet: Senegal: a credit of IDA"
    ));
    assert!(shows(&window, "owed at the end"), "what it does is said");
    assert_eq!(
        (funding(&window), edits(&window)),
        (&before, 0),
        "nothing changes while one looks"
    );
    key(&mut window, Key::Escape);
    assert!(!shows(&window, "nothing changed yet"));
    // The same by the button of the bar.
    press(&mut window, "Lay over: Senegal: a credit of IDA");
    press(&mut window, "Take it over");
    let names = names(&window);
    assert_eq!(names, ["Ministry of Education", "IDA credit"]);
    let SourceKind::ConcessionalLoan(terms) = &funding(&window).sources[1].kind else {
        panic!("no loan")
    };
    assert!((terms.commitment.value - 150e6).abs() < 1e-6);
    assert!(shows(&window, "Package laid over: Senegal: a credit of IDA"));
    assert_eq!(edits(&window), 1);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(funding(&window), &before);
}

#[test]
fn the_funding_is_saved_as_a_package_and_its_file_opened_lies_over_another_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("grant_and_credit.ron");
    let mut window = window();
    press(&mut window, "Save as a package…");
    write(&mut window, "File", &path.display().to_string());
    key(&mut window, Key::Enter);
    let package = store::package(&path.display().to_string()).expect("a package");
    assert_eq!(package.title, "Grant and credit", "named after its file");
    assert_eq!(package.funding, *funding(&window));
    assert_eq!(edits(&window), 0);
    let mut other = window_on("senegal/teachers_first.ron");
    apply(&mut other, Command::Open(path));
    assert_eq!(other.state().page(), Page::Funding);
    assert!(shows(&other, "Laid over, nothing changed yet: Grant and credit"));
    press(&mut other, "Take it over");
    assert_eq!(funding(&other), &package.funding);
}

#[test]
fn what_others_paid_is_asked_in_words_and_laid_into_the_plan_with_its_source() {
    for (language, asked) in [
        ("en", "what did others pay for tablets"),
        ("fr", "combien les autres ont payé pour des tablettes"),
    ] {
        let words = &rollcall::app::words::language(language).words;
        let app = app_on("senegal/balanced.ron");
        let entries = rollcall::app::palette::entries(words, app.documents(), 0);
        for name in store::practices() {
            assert!(words.text(&format!("practice_{name}")).is_some(), "{name} has a title");
        }
        let found = rollcall::app::palette::found(&entries, asked, words);
        let found: Vec<&Command> = found.iter().map(|entry| &entry.command).collect();
        let practice = |name: &str| found.contains(&&Command::ShowPractice(name.into()));
        assert!(practice("dominican_tablets") && practice("malawi_tablets"), "{found:?}");
        assert!(!practice("rwanda_links"), "{found:?}");
    }
    let mut window = window();
    let price = |window: &Window| {
        let scenario = window.state().scenario().expect("a scenario");
        scenario.prices.devices[rollcall::scenario::Device::Tablet as usize]
            .price
            .clone()
    };
    let before = price(&window);
    keys(&mut window, Modifiers::COMMAND, Key::K);
    hand(&mut window, "others tablets dominican");
    key(&mut window, Key::Enter);
    assert!(shows(&window, "Dominican Republic: tablets for learners"));
    press(&mut window, "Lay its prices into the plan");
    // 10 345 pesos, told as 180 dollars of 2021.
    let laid = price(&window);
    let passport = laid.passport.clone().expect("a passport");
    assert_eq!((laid.value, passport.year), (180.0, Some(2021)));
    assert!(!passport.source.is_empty());
    assert_eq!(edits(&window), 1);
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(price(&window), before);
}

#[test]
fn the_sheet_says_what_money_does_while_it_is_typed_and_how_much_of_it_is_a_gift() {
    let mut window = window();
    let reach = window.state().outcome().expect("results").final_reach();
    key(&mut window, Key::A);
    for letter in ["c", "o", "n", "c", "e", "s"] {
        hand(&mut window, letter);
    }
    key(&mut window, Key::Tab);
    assert!(!shows(&window, "Money in, money out"), "nothing is said yet");
    hand(&mut window, "50m");
    // The field is not left: what is typed so far is what is tried.
    assert!(shows(&window, "Money in, money out"));
    assert!(shows(&window, "comes in, in 20"));
    assert!(shows(&window, "soft from 35 %") && shows(&window, "counts as aid from 10 %"));
    let add = window.get_by_role_and_label(Role::Button, "Add this money");
    assert!(!add.accesskit_node().is_disabled(), "it can be added");
    assert_eq!(edits(&window), 0);
    assert!((window.state().outcome().expect("results").final_reach() - reach).abs() < 1e-12);
    // A published term is changed, doubted and put back.
    write(&mut window, "Of these without principal", "8");
    key(&mut window, Key::Tab);
    assert!(shows(&window, "was 6 years"));
    press(&mut window, "Put back: Of these without principal");
    assert!(!shows(&window, "was 6 years"));
    press(&mut window, "Add this money");
    let SourceKind::ConcessionalLoan(terms) = &funding(&window).sources[4].kind else {
        panic!("no loan")
    };
    assert_eq!((terms.commitment.value, terms.grace.value), (50e6, 6.0));
}

/// By L only packages are found; Enter lays the first over the plan, and Enter again takes it over.
#[test]
fn a_package_is_laid_over_and_taken_over_by_keys_alone() {
    let mut window = window();
    let before = funding(&window).clone();
    key(&mut window, Key::L);
    let place = window.ctx.content_rect();
    let listed = super::harness::texts(&window, place);
    assert!(!listed.iter().any(|text| text.contains("standard")), "{listed:?}");
    key(&mut window, Key::Enter);
    assert!(shows(&window, "Laid over, nothing changed yet: "));
    assert_eq!(*funding(&window), before);
    super::harness::wait(&mut window, "what it does", |window| shows(window, "To find "));
    key(&mut window, Key::Enter);
    assert!(!shows(&window, "Laid over, nothing changed yet: "));
    assert_eq!(edits(&window), 1);
    assert_ne!(*funding(&window), before);
}

/// What is subtracted from the bill of the year after the plan stands in a row of its own.
#[test]
fn the_bill_after_the_plan_adds_up() {
    let window = window();
    let now = window.state().outcome().expect("results");
    let [all, plan] = now.run.ahead().full.a_year();
    assert!(all - plan > 1e6);
    let words = &rollcall::app::words::ENGLISH;
    let budget = words.numbers.magnitude_beside(plan - all, all);
    let told = format!("Existing budget, which pays for that: {budget}");
    assert!(shows(&window, &told), "{told}");
}

/// A credit in euros has bars for its release and for its rate: no two things of the window are taken for one another. Its interest is
/// 1.35 %, not 1.4 %.
#[test]
fn a_credit_in_another_currency_has_its_terms_apart() {
    let mut scenario = super::regression::bundled("senegal/balanced.ron");
    let credit = scenario.funding.sources.last_mut().expect("a source");
    let SourceKind::ConcessionalLoan(terms) = &mut credit.kind else {
        panic!("no credit")
    };
    terms.interest = Quantity::new(0.0135);
    terms.release = YearPath::of(&[(2027, 0.5), (2028, 0.5)]);
    credit.currency.0 = "EUR".into();
    credit.exchange_rate = Some(YearPath::of(&[(2026, 0.9), (2030, 1.0)]));
    let mut window = window();
    apply(
        &mut window,
        Command::OpenNew {
            scenario: std::sync::Arc::new(scenario),
            name: "In euros".into(),
        },
    );
    keys(&mut window, Modifiers::COMMAND, Key::Num3);
    for _ in 0..3 {
        key(&mut window, Key::ArrowDown);
    }
    key(&mut window, Key::Enter);
    let place = window.ctx.content_rect();
    let drawn = super::harness::texts(&window, place);
    let has = |part: &str| drawn.iter().any(|text| text.contains(part));
    assert!(has("1.35 % a year"), "{drawn:?}");
    assert!(!has("widget ID"), "{drawn:?}");
}

#[test]
fn what_a_source_brings_is_that_of_donors_csv() {
    let mut window = window();
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    press(&mut window, "What it brings: Partner grant");
    let rows = super::harness::written(&window, rollcall::report::tables::donors);
    let grant = rows.iter().find(|row| row["source"] == "Partner grant").expect("a row");
    let reached: f64 = grant["reached"].parse().expect("a number");
    let leverage: f64 = grant["leverage"].parse().expect("a number");
    super::harness::wait(&mut window, "a run without it", |window| {
        shows(window, "Learner-years reached more than without it: ")
    });
    let words = &rollcall::app::words::ENGLISH;
    let told = format!(
        "Learner-years reached more than without it: {}",
        words.grouped(reached.round())
    );
    assert!(shows(&window, &told), "{told}");
    let told = format!("All sources pay, for each dollar of it: {}", words.decimals(leverage));
    assert!(shows(&window, &told), "{told}");
    assert_eq!(edits(&window), 0);
}

#[test]
fn the_smallest_change_that_pays_for_the_year_after_is_found_and_made_in_one_edit() {
    let mut window = window();
    let gap = |window: &Window| {
        let now = window.state().outcome().expect("results");
        let [_, plan] = now.run.ahead().full.a_year();
        let money = &now.run.run.money;
        let of = |at| {
            money.of(
                now.years.len() - 1,
                rollcall::model::funding::source::SourceId::listed(at),
            )
        };
        // The ministry's budget and the levy go on; grant and credit do not.
        plan - of(0).available.0 - of(1).available.0
    };
    let before = gap(&window);
    assert!(before > 1e6);
    super::harness::wait(&mut window, "a change that closes it", |window| {
        shows(window, "Try Ministry of Education: ")
    });
    let button = window
        .query_by_label_contains("Try Ministry of Education: ")
        .expect("a button");
    button.click();
    window.run();
    assert_eq!(edits(&window), 1);
    assert!(gap(&window) < 1.0, "{} is left of {before}", gap(&window));
    let SourceKind::DomesticBudget(terms) = &funding(&window).sources[0].kind else {
        panic!("no budget")
    };
    // Linear in the share: by hand, the share times what is needed over what there is.
    let share = terms.share_of_education.as_ref().expect("a share").at(2030);
    let now = window.state().outcome().expect("results");
    let last = now.run.run.money.of(
        now.years.len() - 1,
        rollcall::model::funding::source::SourceId::listed(0),
    );
    let by_hand = 0.01 + before / (last.available.0 / share);
    assert!((share / by_hand - 1.0).abs() < 0.02, "{share} against {by_hand}");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!((gap(&window) - before).abs() < 1.0);
}

#[test]
fn a_row_of_what_is_lost_and_a_part_of_the_chart_lead_to_the_card() {
    let mut window = window();
    let row = window
        .query_by_label_contains("Partner grant: its own administration")
        .expect("a row");
    row.click();
    window.run();
    press(&mut window, "Copy: Partner grant");
    assert_eq!(names(&window)[3], "Partner grant, copy", "the card was chosen");
}

#[test]
fn a_release_is_dragged_year_by_year_as_one_edit() {
    let mut window = window();
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    key(&mut window, Key::Enter);
    let bar = window
        .get_by_role_and_label(Role::Slider, "Can be drawn, 2029, by hand")
        .rect();
    // 35, 40 and 25 %: the top of the drawing stands at 65 %, five points inside it.
    let place = |share: f32| bar.center_bottom() - vec2(0.0, 5.0 + (bar.height() - 10.0) * share / 0.65);
    window.drag_at(place(0.25));
    window.run();
    for share in [0.2, 0.15, 0.1] {
        window.hover_at(place(share));
        window.run();
    }
    window.drop_at(place(0.1));
    window.run();
    let SourceKind::Grant(terms) = &funding(&window).sources[2].kind else {
        panic!("no grant")
    };
    let release = &terms.release.points;
    assert_eq!(release, &[(2027, 0.35), (2028, 0.4), (2029, 0.1)]);
    assert_eq!(edits(&window), 1);
    assert!(shows(&window, "Can be drawn, 2029: 25 % → 10 %"));
}

#[test]
fn a_ceiling_a_year_is_held_against_the_cost_and_changes_nothing() {
    let mut window = window_on("senegal/balanced.ron");
    let outcome = |window: &Window| {
        let now = window.state().outcome().expect("results");
        (now.cost_full.to_bits(), now.final_reach().to_bits())
    };
    let before = outcome(&window);
    press(&mut window, "+ Set a ceiling");
    write(&mut window, "Ceiling a year", "80m");
    key(&mut window, Key::Enter);
    let ceiling = window.state().scenario().expect("a scenario").plan.ceiling.clone();
    assert_eq!(ceiling.expect("a ceiling").points, [(0, 80e6)]);
    // 49, 62, 85 and 139 million a year.
    assert!(shows(&window, "✗ ceiling passed in 2029"));
    assert_eq!(outcome(&window), before, "it changes no result");
    write(&mut window, "Ceiling a year", "200m");
    key(&mut window, Key::Enter);
    assert!(shows(&window, "✓ ceiling kept"));
    press(&mut window, "year by year: ceiling");
    write(&mut window, "Ceiling a year, 2030", "100m");
    key(&mut window, Key::Enter);
    let ceiling = window.state().scenario().expect("a scenario").plan.ceiling.clone();
    let points = [(2027, 200e6), (2028, 200e6), (2029, 200e6), (2030, 100e6)];
    assert_eq!(ceiling.expect("a ceiling").points, points);
    assert!(shows(&window, "✗ ceiling passed in 2030"));
    press(&mut window, "Leave the ceiling out");
    assert!(!shows(&window, "ceiling kept"));
    assert_eq!(edits(&window), 6);
}

#[test]
fn a_click_on_a_part_of_the_stack_opens_its_card() {
    let mut window = window();
    let chart = window.get_by_role_and_label(
        Role::Figure,
        "Who pays for all services, those that stand and the plan (US$ million, 2025 prices)",
    );
    let chart = chart.rect();
    let year = super::harness::painted(&window, chart);
    let (_, year) = year.into_iter().find(|(text, _)| text == "2028").expect("a year");
    let mut opened: Vec<String> = Vec::new();
    // From the foot of the bar up.
    let mut at = year.center() - vec2(0.0, 20.0);
    while at.y > chart.top() + 40.0 {
        window.hover_at(at);
        window.run();
        window.drag_at(at);
        window.drop_at(at);
        window.run();
        let chosen = window.query_all_by_label_contains("Copy: ").next();
        let chosen = chosen
            .and_then(|node| node.accesskit_node().label())
            .unwrap_or_default();
        if opened.last() != Some(&chosen) {
            opened.push(chosen);
        }
        at.y -= 6.0;
    }
    let wanted = [
        "Copy: Ministry of Education",
        "Copy: Partner grant",
        "Copy: Development credit",
    ];
    let found = opened.iter().filter(|name| wanted.contains(&name.as_str()));
    assert_eq!(
        found.collect::<Vec<_>>(),
        wanted.iter().collect::<Vec<_>>(),
        "{opened:?}"
    );
    assert_eq!(edits(&window), 0);
}
