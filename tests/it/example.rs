//! The made-up country of `tests/data/example.ron`, as it is or enlarged.

use rollcall::scenario::{Scenario, messages, text};

/// The scenario of tests/data/example.ron.
pub fn example() -> Scenario {
    let bytes = include_bytes!("../data/example.ron");
    let reading = text::read_scenario("example.ron", bytes, &|_| Err(messages::no_such_file()));
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// The same country cut into regions alike, over more years.
#[allow(dead_code)]
pub fn enlarged(regions: usize, horizon: i32) -> Scenario {
    let mut scenario = example();
    scenario.horizon = horizon;
    let groups = std::mem::take(&mut scenario.country.groups);
    #[allow(clippy::cast_precision_loss)]
    let part = 1.0 / regions as f64;
    for region in 0..regions {
        for group in &groups {
            let mut group = group.clone();
            group.region = format!("r{region:05}");
            group.schools.value *= part;
            group.learners.value *= part;
            group.teachers.value *= part;
            scenario.country.groups.push(group);
        }
    }
    scenario
}

/// The example with other sources, as they stand in a file.
#[allow(dead_code)]
pub fn paid_by(sources: &str) -> Scenario {
    let file = include_str!("../data/example.ron");
    let (head, rest) = file.split_once("sources: [").expect("sources");
    let (_, tail) = rest.split_once("        ],").expect("the end of sources");
    let file = format!("{head}sources: [{sources}        ],{tail}");
    let reading = text::read_scenario("paid.ron", file.as_bytes(), &|_| Err(messages::no_such_file()));
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// The example with shocks, as they stand in a file.
#[allow(dead_code)]
pub fn struck_by(shocks: &str) -> Scenario {
    let file = include_str!("../data/example.ron");
    let file = file.replacen("    targets: [", &format!("    shocks: [{shocks}],\n    targets: ["), 1);
    let reading = text::read_scenario("struck.ron", file.as_bytes(), &|_| Err(messages::no_such_file()));
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}
