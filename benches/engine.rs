//! Speed of the engine: `cargo bench --no-default-features --bench engine`.

#[path = "../tests/it/example.rs"]
mod example;

use std::sync::Arc;

use divan::{Bencher, black_box};
use rollcall::model::{Detail, Model, Workspace};
use rollcall::scenario::{Quantity, Scenario};
use rollcall::study::parallel::{self, Progress};

fn main() {
    divan::main();
}

/// One run in which a lever has moved, as in the window: the twin of the last run still holds.
fn lever_moved(bencher: Bencher<'_, '_>, regions: usize, horizon: i32, detail: Detail) {
    let model = Model::new(example::enlarged(regions, horizon));
    let mut workspace = Workspace::new(&model, detail);
    bencher.bench_local(|| model.run(black_box(&model.parameters), &mut workspace));
}

/// One run in which a price has changed, so that plan and twin are computed anew.
fn one_run(bencher: Bencher<'_, '_>, regions: usize, horizon: i32, detail: Detail) {
    price_changed(bencher, example::enlarged(regions, horizon), detail);
}

fn price_changed(bencher: Bencher<'_, '_>, scenario: Scenario, detail: Detail) {
    let model = Model::new(scenario);
    let mut workspace = Workspace::new(&model, detail);
    let mut parameters = model.parameters.clone();
    let price = model.slots.prices.power.solar_watt.0 as usize;
    bencher.bench_local(|| {
        parameters[price] *= 1.000_001;
        model.run(black_box(&parameters), &mut workspace);
    });
}

#[divan::bench(sample_count = 200)]
fn lever_moved_180_groups_15_years_totals(bencher: Bencher<'_, '_>) {
    lever_moved(bencher, 45, 2040, Detail::TOTALS);
}

#[divan::bench(sample_count = 200)]
fn lever_moved_20_groups_6_years_totals(bencher: Bencher<'_, '_>) {
    lever_moved(bencher, 5, 2031, Detail::TOTALS);
}

#[divan::bench(sample_count = 200)]
fn run_180_groups_15_years_totals(bencher: Bencher<'_, '_>) {
    one_run(bencher, 45, 2040, Detail::TOTALS);
}

#[divan::bench(sample_count = 200)]
fn run_180_groups_15_years_full(bencher: Bencher<'_, '_>) {
    one_run(bencher, 45, 2040, Detail::FULL);
}

/// 20 groups (five regions of four) over the six years 2026 to 2031.
#[divan::bench(sample_count = 200)]
fn run_20_groups_6_years_totals(bencher: Bencher<'_, '_>) {
    one_run(bencher, 5, 2031, Detail::TOTALS);
}

/// A dozen sources of as many mechanisms, none with a counterpart.
const DOZEN: &str = r#"
    domestic_budget(name: "ministry", share_of_education: 0.02, crowding_out: 0.1),
    universal_service_levy(name: "levy", components: [links, power]),
    household_charge(name: "households", charge: 0.5),
    grant(name: "grant", commitment: 60_000_000, release: {2027: 0.4, 2028: 0.4, 2029: 0.2}, overhead: 0.08),
    concessional_loan(name: "credit", commitment: 40_000_000, release: {2027: 0.3, 2028: 0.3, 2029: 0.4}, payments_per_year: 2),
    commercial_loan(name: "bank", commitment: 6_000_000, release: {2030: 0.5, 2031: 0.5}),
    bond(name: "bond", commitment: 5_000_000, release: {2029: 1.0}, repayment: sinking_fund),
    partnership(name: "partner", commitment: 20_000_000, release: {2027: 0.5, 2028: 0.5}, components: [links, power]),
    results_based(name: "results", commitment: 10_000_000, results_from: 2027, price: 4),
    refinancing(name: "swap", debt: 10_000_000, from: 2027),
    international_fund(name: "fund", commitment: 8_000_000, release: {2027: 0.3, 2028: 0.3, 2029: 0.4}, graduation: 2028),
    paying_hub(name: "hubs", revenue: 200, components: [links, power]),
"#;

/// One run with a changed price, of 180 groups over 15 years with these sources.
fn paid_by(bencher: Bencher<'_, '_>, sources: &str) {
    let mut scenario = example::enlarged(45, 2040);
    scenario.funding.sources = example::paid_by(sources).funding.sources;
    price_changed(bencher, scenario, Detail::TOTALS);
}

#[divan::bench(sample_count = 200)]
fn run_180_groups_15_years_totals_twelve_sources(bencher: Bencher<'_, '_>) {
    paid_by(bencher, DOZEN);
}

#[divan::bench(sample_count = 200)]
fn run_180_groups_15_years_totals_two_bundles(bencher: Bencher<'_, '_>) {
    let bundles = r#"multiplier(name: "multiplier", commitment: 9_000_000, release: {2027: 0.5, 2028: 0.5}, matching: 3, counterpart: "ministry"),
        grant(name: "match", commitment: 6_000_000, release: {2027: 0.5, 2029: 0.5}, matching: 1, counterpart: "households"),"#;
    paid_by(bencher, &format!("{DOZEN}{bundles}"));
}

/// Sources that are bound to regions, in which money falls short; one of them may ask for a counterpart.
fn bound_to_regions(bencher: Bencher<'_, '_>, matching: bool) {
    let mut scenario = example::enlarged(8, 2031);
    let sources = &mut scenario.funding.sources;
    sources[2].regions = vec!["r00000".into(), "r00002".into(), "r00005".into()];
    sources[3].regions = vec!["r00001".into(), "r00002".into()];
    if matching {
        sources[2].matching = Some(Quantity::new(0.5));
        sources[2].counterpart = "ministry".into();
    }
    let model = Model::new(scenario);
    let mut workspace = Workspace::new(&model, Detail::TOTALS);
    bencher.bench_local(|| model.run(black_box(&model.parameters), &mut workspace));
}

#[divan::bench(sample_count = 100)]
fn sources_bound_to_regions(bencher: Bencher<'_, '_>) {
    bound_to_regions(bencher, false);
}

#[divan::bench(sample_count = 100)]
fn sources_bound_to_regions_and_matching(bencher: Bencher<'_, '_>) {
    bound_to_regions(bencher, true);
}

#[divan::bench(sample_count = 100)]
fn model_new_180_groups(bencher: Bencher<'_, '_>) {
    let scenario = Arc::new(example::enlarged(45, 2040));
    bencher.bench_local(|| Model::new(black_box(Arc::clone(&scenario))));
}

/// Every plan price and life perturbed, two threads, 20 groups over 6 years.
#[divan::bench(sample_count = 10)]
fn thousand_perturbed_runs(bencher: Bencher<'_, '_>) {
    let model = Model::new(example::enlarged(5, 2031));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .expect("two threads");
    bencher.bench_local(|| {
        pool.install(|| {
            parallel::map(
                &model,
                Detail::TOTALS,
                1_000,
                &Progress::default(),
                |draw, parameters| {
                    #[allow(clippy::cast_precision_loss)]
                    for (index, value) in parameters.iter_mut().enumerate() {
                        *value *= 1.0 + 0.001 * ((draw * 31 + index * 17) % 21) as f64 / 21.0;
                    }
                },
                |_, _, workspace| workspace.plan.year_need(3),
            )
        })
    });
}
