//! Practices: what others bought, paid and reached; their prices laid into a plan; a finished plan as one.

use rollcall::data::store;
use rollcall::model::simulate;
use rollcall::report::cases::CASES;
use rollcall::scenario::measure::Measure;
use rollcall::scenario::practice::{Practice, read_practice, write_practice};
use rollcall::scenario::text::FileKind;
use rollcall::scenario::{Device, Scenario};
use rollcall::study::compare::compare;

use super::regression::bundled;
use super::{Said, said};

fn practice(name: &str) -> Practice {
    store::practice(name).unwrap_or_else(|findings| panic!("{name}: {findings:?}"))
}

#[test]
fn every_bundled_practice_is_sound_and_says_where_it_is_from() {
    let plan = bundled("senegal/balanced.ron");
    assert!(store::practices().count() >= 12);
    for name in store::practices() {
        let path = format!("practices/{name}.ron");
        assert_eq!(store::check(path.as_ref()), (FileKind::Practice, Vec::new()));
        let practice = practice(name);
        assert!(
            practice.source.contains("evidence ") && practice.story.len() > 40,
            "{name}"
        );
        let found = practice.found_over(&plan, name);
        assert!(found.is_empty(), "{name}: {found:?}");
        let back = read_practice(name, write_practice(&practice).as_bytes());
        assert_eq!(back, (Some(practice.clone()), Vec::new()), "{name}");
        assert_eq!(practice.over(&plan) == plan, practice.prices().count() == 0, "{name}");
        // What is recalled is shown as of low confidence.
        for line in practice.bought.iter().chain(&practice.paid).chain(&practice.reached) {
            let known = line.each.as_ref().and_then(|each| each.passport.as_ref());
            if known.is_some_and(|known| known.note == "recalled") {
                assert!(known.is_some_and(|known| known.low_confidence), "{name}");
            }
        }
    }
}

/// What stands beside the cost of a learner on the page Money is what the practice tells.
#[test]
fn documented_cases_and_practices_say_the_same() {
    for (name, source) in [("malawi_tablets", "evidence A4.6"), ("uruguay_ceibal", "evidence A4.2")] {
        let case = CASES.iter().find(|case| case.source == source).expect(source);
        let told: Vec<f64> = practice(name)
            .paid
            .iter()
            .filter_map(|line| line.each.as_ref().filter(|_| line.what.contains("and year,")))
            .map(|each| each.value.round())
            .collect();
        assert!(
            case.per_learner_year.iter().all(|end| told.contains(end)),
            "{name}: {told:?}"
        );
    }
}

#[test]
fn a_price_is_laid_into_a_plan_with_its_source_and_its_year() {
    let price = |scenario: &Scenario| scenario.prices.devices[Device::Tablet as usize].price.clone();
    let plan = bundled("senegal/balanced.ron");
    let laid = practice("dominican_tablets").over(&plan);
    let known = price(&laid).passport.expect("a passport");
    assert!((price(&laid).value - 180.0).abs() < 1e-9);
    assert!(known.source.contains("evidence M4.1") && known.year == Some(2021));
    // Nothing else changes.
    let mut back = laid;
    back.prices.devices[Device::Tablet as usize].price = price(&plan);
    assert!(back == plan);
}

#[test]
fn a_price_for_nothing_is_refused() {
    let text = b"(format: 2, title: \"T\", country: \"C\", years: \"2020\", source: \"S\", bought: [\n(what: \"tablets\", each: 100, input: \"prices.devices[abacus].price\")])";
    let (nothing, findings) = read_practice("p.ron", text);
    assert!(nothing.is_none());
    assert_eq!(
        (findings[0].code, findings[0].place.line, findings.len()),
        ("practice-input", 2, 1)
    );
}

#[test]
fn a_finished_plan_becomes_a_practice_that_can_be_laid_over_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let Said { code, err, .. } = said(&["run", "senegal/balanced.ron", "--practice", &at("ours.ron")]);
    assert!(code == 0 && err.contains("ours.ron: written"), "{err}");
    assert_eq!(
        said(&["run", "senegal/balanced.ron", "--practice", &at("ours.ron")]).code,
        2
    );
    assert_eq!(said(&["check", &at("ours.ron")]).code, 0);
    let ours = practice(&at("ours.ron"));
    // Paid: what compare says is paid, all services together; bought: the same money by component.
    let plan = bundled("senegal/balanced.ron");
    let run = simulate(plan);
    let comparison = compare(&[&run]);
    let paid: f64 = comparison
        .payers
        .iter()
        .filter(|row| row.payer.pays() && row.payer.code() != "no_source")
        .map(|row| row.sums[0])
        .sum();
    let sum = |lines: &[rollcall::scenario::practice::PracticeLine]| {
        let amounts = lines.iter().filter_map(|line| line.amount.as_ref());
        amounts.map(|amount| amount.value).sum::<f64>()
    };
    assert!((sum(&ours.paid) - paid).abs() < 20.0, "{} {paid}", sum(&ours.paid));
    assert!((sum(&ours.bought) - paid).abs() < 20.0, "{} {paid}", sum(&ours.bought));
    let share = ours.reached[0].share.as_ref().expect("a share").value;
    let reach = run.lend().value(
        Measure::Reach,
        rollcall::scenario::measure::Scope::ALL,
        run.model.years - 1,
    );
    assert!((share - reach.expect("reach")).abs() < 1e-9);
    let Said { code, out, err } = said(&["compare", "senegal/balanced.ron", "--practice", "dominican_tablets"]);
    assert!(code == 0 && out.contains("prices.devices[tablet].price"), "{out}{err}");
}
