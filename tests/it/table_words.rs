//! Tables in the words of several languages, by the command line: what comes out is what a person reads in them.

use std::collections::BTreeMap;
use std::fs;

use super::{of, rollcall};

/// The groups that a table gives: learners and share of girls by region, locality and level.
fn groups(text: &str, country: &str) -> BTreeMap<String, (f64, f64)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("table.csv"), text).expect("written");
    let said = of(
        &mut rollcall(),
        &[
            "tables",
            &path("table.csv"),
            "--country",
            country,
            "--out",
            &path("groups.csv"),
        ],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    let mut reader = csv::Reader::from_path(path("groups.csv")).expect("groups");
    let names = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| {
        let cell = |name: &str| {
            names
                .iter()
                .position(|own| own == name)
                .and_then(|at| row.get(at))
                .unwrap_or("")
        };
        let number = |name: &str| cell(name).parse().unwrap_or(f64::NAN);
        let of = format!("{} {} {}", cell("region"), cell("locality"), cell("level"));
        (of, (number("learners"), number("girls")))
    })
    .collect()
}

fn learners(groups: &BTreeMap<String, (f64, f64)>, of: &str) -> f64 {
    groups
        .iter()
        .filter(|(name, _)| of.split(' ').all(|word| name.split(' ').any(|own| own == word)))
        .map(|(_, (learners, _))| learners)
        .sum()
}

fn is(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 0.5, "{found}, not {wanted}");
}

#[test]
fn arabic_headers_levels_and_notes() {
    let groups = groups(
        "إحصائية المدارس 2023,,,,,,\nالمحافظة,المرحلة,الوسط,عدد المدارس,ذكور,إناث,المعلمون\n\
         عمان,أساسي,حضر,900,650000,645000,46000\nإربد,أساسي,ريف,700,180000,178000,19000\nعمان,ثانوي,حضر,300,130000,135000,19000\n\
         المجموع,,,1900,960000,958000,84000\nالمصدر: وزارة التربية والتعليم,,,,,,\n",
        "Jordan",
    );
    // Basic is grades 1 to 10: primary and lower secondary together.
    is(
        learners(&groups, "عمان urban primary") + learners(&groups, "عمان urban lower_secondary"),
        1_295_000.0,
    );
    is(learners(&groups, "إربد rural"), 358_000.0);
    is(learners(&groups, "upper_secondary"), 265_000.0);
    // By hand: 645 000 of 1 295 000.
    let girls = groups["عمان urban primary"].1;
    assert!((girls - 645_000.0 / 1_295_000.0).abs() < 1e-9, "{girls}");
}

#[test]
fn a_level_across_columns_that_spans_two_is_split_and_m_stands_for_girls_beside_h() {
    let groups = groups(
        "Departamento;Zona;Primaria H;Primaria M;Secundaria H;Secundaria M;Instituciones educativas\n\
         Lima;Urbana;900000;890000;800000;795000;8000\nCusco;Rural;460000;458000;340000;338000;2500\nFuente: ESCALE;;;;;;\n",
        "Perú",
    );
    is(learners(&groups, "primary"), 2_708_000.0);
    // By hand: 800 000 + 795 000 and 340 000 + 338 000, in lower and upper secondary together.
    let (lower, upper) = (
        learners(&groups, "lower_secondary"),
        learners(&groups, "upper_secondary"),
    );
    is(lower + upper, 2_273_000.0);
    // Grades 1 to 3 of secondary and 4 to 5: more are in the first.
    assert!(upper > 0.3 * lower && upper < lower, "{lower} and {upper}");
    let girls = groups["Cusco rural primary"].1;
    assert!((girls - 458.0 / 918.0).abs() < 1e-9, "{girls}");
}

#[test]
fn a_zone_is_a_place_where_its_cells_are_none_of_town_and_country() {
    let text = "Region,Zone,Type,Schools,Grade 1-8 enrolment,LAT\n\
        Oromia,Jimma,Government,900,8500000,7.6\nOromia,Arsi,Private,80,130000,8.1\nAmhara,Gondar,Government,700,9380000,12.6\n";
    let groups = groups(text, "Ethiopia");
    // By hand: 8 500 000 + 130 000, in both places and both levels of grades 1 to 8.
    is(learners(&groups, "Oromia"), 8_630_000.0);
    assert!(
        groups.keys().all(|name| !name.contains("upper_secondary")),
        "{groups:?}"
    );
}

#[test]
fn grades_by_their_french_names_and_letters_of_both_sexes() {
    let groups = groups(
        "Région;Milieu;CI G;CI F;CM2 G;CM2 F;6ème G;6ème F;Écoles\n\
         Dakar;Urbain;500000;510000;225000;226500;300000;310000;900\nKolda;Rural;414000;413000;190000;190100;90000;91000;700\n\
         Ensemble;;914000;923000;415000;416600;390000;401000;1600\nSource : MEN;;;;;;;;\n",
        "Sénégal",
    );
    is(learners(&groups, "Dakar primary"), 1_461_500.0);
    is(learners(&groups, "lower_secondary"), 791_000.0);
    let girls = groups["Kolda rural lower_secondary"].1;
    assert!((girls - 91.0 / 181.0).abs() < 1e-9, "{girls}");
}
