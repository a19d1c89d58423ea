//! Speed of the engine: `cargo bench --no-default-features --bench engine`.

#[path = "../tests/it/example.rs"]
mod example;

use std::sync::Arc;

use divan::{Bencher, black_box};
use rollcall::model::{Detail, Model, Workspace};
use rollcall::scenario::Quantity;
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
    let model = Model::new(example::enlarged(regions, horizon));
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
