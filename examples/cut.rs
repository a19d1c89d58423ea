//! A bundled story whose groups are cut into regions alike, to try what large tables take:
//! `cargo run --no-default-features --example cut -- senegal/balanced.ron 1667 > cut.ron`.

use rollcall::data::store;
use rollcall::scenario::text::write_scenario;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a scenario");
    let regions: usize = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .expect("a number of regions");
    let opened = store::load(file.as_ref());
    let mut scenario = opened
        .reading
        .scenario
        .unwrap_or_else(|| panic!("{:?}", opened.reading.findings));
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
            scenario.country.groups.push(group);
        }
    }
    print!("{}", write_scenario(&scenario, false));
}
