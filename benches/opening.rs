//! Opening a country of ten thousand groups: text to types, checks, text again, tables; time and memory.
//! `cargo bench --no-default-features --bench opening`.

use std::time::{Duration, Instant};

use rollcall::data::store;
use rollcall::model::Model;
use rollcall::scenario::check::check;
use rollcall::scenario::field::ROOT;
use rollcall::scenario::places::Places;
use rollcall::scenario::registry::{Entry as _, LeafMut};
use rollcall::scenario::text::{read_scenario, write_scenario};
use rollcall::scenario::{Scenario, messages};

/// A bundled story whose groups are cut into regions alike.
fn cut(regions: usize) -> Scenario {
    let opened = store::load_bundled("senegal/balanced.ron");
    let mut scenario = opened.reading.scenario.expect("a bundled scenario");
    scenario.country.file.clear();
    let whole = std::mem::take(&mut scenario.country.groups);
    #[allow(clippy::cast_precision_loss)]
    let part = 1.0 / regions as f64;
    for region in 0..regions {
        for group in &whole {
            let mut group = group.clone();
            group.region = format!("Region {:05}", region + 1);
            for count in [&mut group.schools, &mut group.learners, &mut group.teachers] {
                count.value *= part;
                // Ranges are of the whole.
                count.passport = None;
            }
            // As in a ministry's table: most numbers are plain.
            if region % 10 > 0 {
                group.walk_mut("", &ROOT, &mut |_, _, leaf| {
                    if let LeafMut::Number(number) = leaf {
                        number.passport = None;
                    }
                });
            }
            scenario.country.groups.push(group);
        }
    }
    scenario
}

/// Middle one of seven times.
#[allow(clippy::disallowed_methods)]
fn median<T>(mut what: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            let made = what();
            let took = start.elapsed();
            drop(made);
            took
        })
        .collect();
    times.sort();
    times[3]
}

/// Memory in use now and at most so far, in kB, where the system says so.
#[allow(clippy::disallowed_methods)]
fn memory() -> [u64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["VmRSS:", "VmHWM:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok())
            .unwrap_or(0)
    })
}

fn main() {
    let text = write_scenario(&cut(1_667), false);
    let [before, _] = memory();
    let read = || read_scenario("large.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
    let reading = read();
    let [after, most] = memory();
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    println!(
        "{} groups, {} kB of text, {} findings",
        scenario.country.groups.len(),
        text.len() / 1000,
        reading.findings.len()
    );
    println!(
        "memory: {} kB more when read, {most} kB at most",
        after.saturating_sub(before)
    );
    println!("read and checked {:.1?}", median(read));
    println!(
        "checked          {:.1?}",
        median(|| check(&scenario, "large.ron", &Places::new()))
    );
    println!("copied           {:.1?}", median(|| scenario.country.groups.clone()));
    println!("written          {:.1?}", median(|| write_scenario(&scenario, false)));
    println!("flattened        {:.1?}", median(|| Model::new(scenario.clone())));
}
