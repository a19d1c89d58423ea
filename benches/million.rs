//! A million groups over fifteen years: time and peak memory. `cargo bench --no-default-features --bench million`.

#[path = "../tests/it/example.rs"]
mod example;

use std::time::Instant;

use rollcall::model::{Detail, Model, Workspace};
use rollcall::scenario::plan::Order;

#[allow(clippy::disallowed_methods)]
fn main() {
    let mut scenario = example::enlarged(250_000, 2040);
    scenario.plan.order = Order::Proportional;
    let start = Instant::now();
    let model = Model::new(scenario);
    let flattened = start.elapsed();
    let mut workspace = Workspace::new(&model, Detail::TOTALS);
    let mut times = Vec::new();
    let mut parameters = model.parameters.clone();
    let price = model.slots.prices.power.solar_watt.0 as usize;
    for _ in 0..3 {
        parameters[price] *= 1.000_001;
        let start = Instant::now();
        model.run(&parameters, &mut workspace);
        times.push(start.elapsed());
    }
    times.sort();
    println!("groups {}, years {}", model.groups(), model.years);
    println!(
        "flatten {flattened:.2?}; run, plan and twin, median of three {:.2?}",
        times[1]
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!(
        "peak memory {}, the scenario included",
        peak.map_or("not measured here", str::trim)
    );
}
