//! The worked examples of the book: one year of the rural primary schools of the example country, by hand.
//!
//! The numbers were worked out apart from the program, from the formulas of the chapters; the steps stand there.

use rollcall::model::{ledger, simulate};
use rollcall::scenario::{Component, Level, Locality, Need};

#[test]
fn the_worked_numbers_of_the_book() {
    let run = simulate(crate::enlarged::example());
    let demand = &run.run.demand;
    let near = |what: &str, ours: f64, by_hand: f64| {
        assert!(
            (ours - by_hand).abs() <= 2e-5 * by_hand.abs().max(1.0),
            "{what}: {ours}, by hand {by_hand}"
        );
    };

    // Demand: grade 1 is 0.876148 · 480,769 + 0.05 · 439,661, grade 2 is 0.850750 · 439,661 + 0.05 · 390,384, and so on.
    near("promotion", demand.progression[0].promotion, 0.850_750);
    near("grade 1 in the base year", demand.in_grade(0, 0), 439_661.0);
    near("grade 1 a year later", demand.in_grade(1, 0), 443_208.0);
    near("grade 2 a year later", demand.in_grade(1, 1), 393_561.0);
    near("primary learners 2027", demand.learners(1, 0), 2_016_440.0);

    let here = |level: Level, locality: Locality| level == Level::Primary && locality == Locality::Rural;
    // Quantity and amount of a cost line, both layers together.
    let line = |component: Component, category: &str, need: Need| {
        ledger::costs(&run)
            .filter(|row| row.year == 2027 && here(row.level, row.locality))
            .filter(|row| row.line.component == component && row.line.category == category && row.line.need == need)
            .fold((0.0, 0.0), |(quantity, amount), row| {
                (quantity + row.quantity, amount + row.amount().0)
            })
    };
    for (component, category, need, quantity, amount) in [
        // Power: 10 % of 6,000 schools with 2,000 W; upkeep for half a year; 300 old systems' batteries over 5 years.
        (
            Component::Power,
            "solar systems",
            Need::Expansion,
            1_200_000.0,
            3_600_000.0,
        ),
        (Component::Power, "solar upkeep", Need::Expansion, 600_000.0, 54_000.0),
        (Component::Power, "batteries", Need::Renewal, 120_000.0, 108_000.0),
        // (6,000 devices · 0.03 kWh · 190 days + 600 links · 10 kWh + 60 networks · 30 + 330 rooms · 15) · 0.3 / 0.35 at 0.10.
        (Component::Power, "grid energy", Need::Upkeep, 40_242.857, 4_024.286),
        // A tenth of the linked schools have a network: 60 cores at 150, 330 rooms at 21 a year.
        (
            Component::Campus,
            "upkeep of school networks",
            Need::Upkeep,
            60.0,
            9_000.0,
        ),
        (
            Component::Campus,
            "upkeep of room networks",
            Need::Upkeep,
            330.0,
            6_930.0,
        ),
        // Links: 18.75 % of 6,000 schools at 120, and half a year of a managed service at 2,400.
        (
            Component::Links,
            "hardware cellular",
            Need::Expansion,
            1_125.0,
            135_000.0,
        ),
        (Component::Links, "managed service", Need::Expansion, 562.5, 1_350_000.0),
        (Component::Links, "hardware cellular", Need::Renewal, 120.0, 14_400.0),
        // Devices: 32,023.6 wanted, 3,959.5 survive of 6,000; 98.7 % of what is bought in mid-year is there at year end.
        (Component::Devices, "devices", Need::Renewal, 2_067.258, 449_318.5),
        (
            Component::Devices,
            "end of life of earlier devices",
            Need::Renewal,
            2_040.462,
            8_161.85,
        ),
        (Component::Devices, "devices", Need::Expansion, 26_365.33, 5_730_504.5),
        (
            Component::Devices,
            "repair of earlier devices",
            Need::Upkeep,
            7_800.0,
            38_750.4,
        ),
        (Component::Devices, "repair", Need::Expansion, 17_137.47, 85_139.0),
        // Training: 18.02 % ready before training; (0.20 - 0.1802) / 0.9 and (0.35 - 0.20) / 0.9 of 33,271 teachers, ten days
        // at 1.5 % of GDP per person, which is US$ 1,280 in 2027.
        (Component::Training, "courses", Need::Renewal, 7_315.0, 140_448.0),
        (Component::Training, "courses", Need::Expansion, 55_452.11, 1_064_680.5),
        // 5.77 % of them are newly hired, a fifth of these prepared for 0.17 · 1,280 each.
        (
            Component::Training,
            "pre-service preparation",
            Need::Renewal,
            384.252,
            83_613.2,
        ),
        // Content: 36 courses, 55 % of learners, 17.5 points of coverage; a third of 10 % renewed.
        (Component::Content, "courses", Need::Expansion, 3.465, 69_300.0),
        (Component::Content, "courses", Need::Renewal, 0.66, 13_200.0),
        // Learning: 20 % of the learners in rooms that a link serves, half of 27.5 % and half of 1 %; half a year at US$ 3.40.
        (
            Component::Content,
            "online learning by learner",
            Need::Expansion,
            15_803.85,
            53_733.1,
        ),
        // Support: 32,023.6 / 1,000 · 2.5 less 15.
        (Component::Support, "recruiting", Need::Expansion, 65.058_98, 62_456.6),
        (Component::Support, "technicians", Need::Expansion, 32.529_49, 124_913.2),
    ] {
        let (ours, money) = line(component, category, need);
        near(&format!("{component} {category} {need}, quantity"), ours, quantity);
        near(&format!("{component} {category} {need}, amount"), money, amount);
    }
}
