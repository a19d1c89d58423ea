//! Habits of ministries' tables that once came in silently wrong: each is right now, asked about, or refused. Numbers by hand.

use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{
    Aside, Change, File, LevelSet, Meaning, Measure, NoIs, NumberUnit, Outcome, Recipe, RowsAre,
};
use rollcall::data::{Pack, country};
use rollcall::scenario::{Country, Level, Severity};

fn senegal() -> Country {
    country(&Pack::embedded(), "SEN", false).expect("a country")
}

/// A table of Senegal by what it is likely to mean, or as a change of that says.
fn read_as(text: &str, change: Option<Change>) -> (Recipe, Outcome) {
    let never = AtomicBool::new(false);
    let file = File::open("r.csv", text.as_bytes(), &never).expect("a file");
    let sheet = file.look_for(&senegal(), &never).expect("a sheet");
    let mut recipe = Recipe::guess(&sheet, &senegal());
    if let Some(change) = change {
        recipe.change(change);
    }
    let outcome = file.read(&sheet, &recipe, senegal(), &never).expect("an outcome");
    (recipe, outcome)
}

fn read(text: &str) -> (Recipe, Outcome) {
    read_as(text, None)
}

/// A measure summed over all groups; of one level where it is told.
fn sum(outcome: &Outcome, measure: Measure, level: Option<Level>) -> f64 {
    assert!(outcome.is_read, "{:?}", outcome.findings);
    let own = outcome
        .groups
        .iter()
        .filter(|group| level.is_none_or(|level| level == group.level));
    own.filter_map(|group| group.get(measure)).sum()
}

fn learners(outcome: &Outcome) -> f64 {
    sum(outcome, Measure::Learners, None)
}

/// A measure of one group of a region.
fn of(outcome: &Outcome, region: &str, measure: Measure) -> Option<f64> {
    let mut own = outcome.groups.iter().filter(|group| group.region == region);
    own.next().and_then(|group| group.get(measure))
}

/// Codes of errors.
fn errors(outcome: &Outcome) -> Vec<&'static str> {
    let errors = outcome.findings.iter().filter(|own| own.severity == Severity::Error);
    errors.map(|own| own.code).collect()
}

/// The answers to the question about a column: whether each holds, and what it changes.
fn asked(outcome: &Outcome, column: usize) -> Vec<(bool, Change)> {
    let question = outcome.questions.iter().find(|own| own.column == Some(column));
    let answers = question.map_or(&[][..], |own| &own.answers);
    answers.iter().map(|answer| (answer.holds, answer.change)).collect()
}

fn meaning(recipe: &Recipe, column: usize) -> Meaning {
    recipe.columns[column].meaning
}

/// A register of twenty schools with their learners, and a last column.
fn register(header: &str, last: impl Fn(usize) -> &'static str) -> String {
    let row = |at: usize| format!("S{at},Dakar,Primary,{},{}\n", 100 + at, last(at));
    let rows: String = (1..=20).map(row).collect();
    format!("School code,Region,Level,Pupils,{header}\n{rows}")
}

#[test]
fn grades_beside_the_total_of_their_level_count_once() {
    for text in [
        "Région;CI;CP;CE1;CE2;CM1;CM2;Total élémentaire\nDakar;20;20;20;20;20;20;120\nKolda;19;19;19;19;19;17;112\n",
        "Region;Grade 1;Grade 2;Grade 3;Grade 4;Grade 5;Grade 6;Total primary\nDakar;20;20;20;20;20;20;120\nKolda;19;19;19;19;19;17;112\n",
        "Region;Form 1;Form 2;Form 3;Form 4;Total Form 1-4\nDakar;40;40;40;40;160\nKolda;18;18;18;18;72\n",
        // Two grades are not all that the range counts.
        "Region;Grade 1-6;Grade 1;Grade 2\nDakar;120;20;20\nKolda;112;19;19\n",
        "Region;Boys G1;Girls G1;Boys G2;Girls G2;Primary boys;Primary girls\nDakar;9;8;9;8;60;60\nKolda;9;8;9;8;57;55\n",
        "Region;Lower primary;Upper primary;Primary\nDakar;70;50;120\nKolda;60;52;112\n",
    ] {
        // In thousands, so that nobody asks whether they are percentages.
        let text: String = text.split_inclusive([';', '\n']).map(thousands).collect();
        let (_, outcome) = read(&text);
        // By hand: 120 + 112, in thousands.
        assert!(
            (learners(&outcome) - 232_000.0).abs() < 1e-6,
            "{text}: {}",
            learners(&outcome)
        );
    }
}

/// A cell with its separator, a number of it times 1,000.
fn thousands(cell: &str) -> String {
    let number = cell.trim_end_matches([';', '\n']);
    match number.parse::<u32>() {
        Ok(_) => cell.replace(number, &format!("{number}000")),
        Err(_) => cell.to_owned(),
    }
}

#[test]
fn a_level_that_is_told_twice_is_refused() {
    for header in ["Primary,Primary total", "Primary pupils,Enrolment primary"] {
        let (_, outcome) = read(&format!(
            "Region,{header}\nDakar,600000,1200000\nKolda,560000,1121000\n"
        ));
        assert_eq!(errors(&outcome), ["duplicate-column"], "{header}");
    }
}

#[test]
fn women_beside_all_teachers_are_not_added_to_them() {
    for text in [
        "Region,Level,Schools,Pupils,Teachers,Female teachers\nDakar,Primary,900,1200000,30000,12000\n",
        "Region,Level,Pupils,Teachers male,Teachers female,Teachers total\nDakar,Primary,1200000,18000,12000,30000\n",
        "Region,Level,Pupils,Teachers,,\n,,,M,F,T\nDakar,Primary,1200000,18000,12000,30000\n",
        "Region,Primary Pupils,Primary Teachers M,Primary Teachers F,Primary Teachers T\nDakar,1200000,18000,12000,30000\n",
        "Region,Primary pupils,Primary teachers,Primary female teachers\nDakar,1200000,30000,12000\n",
    ] {
        let (_, outcome) = read(text);
        assert_eq!(sum(&outcome, Measure::Teachers, None), 30_000.0, "{text}");
    }
    // Women alone are not all teachers.
    let (_, outcome) = read("Region,Level,Schools,Pupils,Female teachers\nDakar,Primary,900,1200000,12000\n");
    assert_eq!(sum(&outcome, Measure::Teachers, None), 0.0);
}

#[test]
fn a_header_that_says_no_is_not_its_opposite() {
    for header in [
        "Schools with no electricity",
        "No internet",
        "Schools not connected to the grid",
        "Écoles non électrifiées",
        "Écoles non connectées à Internet",
        "No tiene internet",
        "Non-functional computers",
        "Electricity: No",
    ] {
        let (recipe, outcome) = read(&format!(
            "Region,Level,Schools,Pupils,{header}\nDakar,Primary,900,1200000,90\nKolda,Primary,1100,1121000,880\n"
        ));
        assert_eq!(meaning(&recipe, 4), Meaning::Aside(Aside::Unknown), "{header}");
        assert_eq!(sum(&outcome, Measure::Schools, None), 2_000.0, "{header}");
    }
    // A number of schools.
    for header in ["No. of schools", "No of schools", "No schools", "Nº escuelas"] {
        let (recipe, _) = read(&format!("Region,Level,{header},Pupils\nDakar,Primary,900,1200000\n"));
        assert_eq!(meaning(&recipe, 2), Meaning::Number(Measure::Schools), "{header}");
    }
}

#[test]
fn a_total_beside_boys_and_girls_is_learners() {
    let (_, outcome) = read(
        "Boys and girls in primary schools,,,\nRegion,Boys,Girls,Total\nDakar,600000,600000,1200000\nKolda,560000,561000,1121000\n",
    );
    assert_eq!(learners(&outcome), 2_321_000.0);
}

#[test]
fn under_a_title_of_something_else_nothing_is_learners() {
    for title in [
        "Repeaters in primary schools by region",
        "Out-of-school children of primary age by region",
        "School-age population 6-11 by region",
        "CFEE candidates and passes by region",
        "Redoublants du primaire par région",
        "Población en edad escolar por departamento",
    ] {
        let (recipe, outcome) = read(&format!(
            "{title},,,\nRegion,Boys,Girls,Total\nDakar,10000,12000,22000\n"
        ));
        assert_eq!(meaning(&recipe, 3), Meaning::Aside(Aside::Unknown), "{title}");
        assert_eq!(errors(&outcome), ["missing-column"], "{title}");
        let said: Vec<String> = outcome.findings.iter().map(ToString::to_string).collect();
        let is_why = |said: &String| said.contains("The title names something else than learners");
        assert!(said.iter().any(is_why), "{said:?}");
    }
    for title in [
        "Pupil-teacher ratio by region",
        "Net enrolment rate (%) by level and region",
        "Percentage distribution of pupils by level",
        "Education budget by region and level (million CFA)",
        "Taux brut de scolarisation",
    ] {
        let (_, outcome) = read(&format!(
            "{title},,,\nRegion,Primary,Lower secondary,Upper secondary\nDakar,48,32,20\n"
        ));
        assert_eq!(errors(&outcome), ["missing-column"], "{title}");
    }
    // What numbers are laid out by is not what they are of, and enrolment may stand beside a share of it.
    for title in [
        "Enrolment by age and population",
        "Enrolment and share of girls by region",
        "Effectifs par sexe",
    ] {
        let (_, outcome) = read(&format!(
            "{title},,,\nRegion,Boys,Girls,Total\nDakar,1000000,1321000,2321000\n"
        ));
        assert_eq!(learners(&outcome), 2_321_000.0, "{title}");
    }
    // No title: percentages are asked about.
    let (_, outcome) = read("Région;Garçons;Filles;Ensemble\nDakar;98;96;97\nKolda;71;69;70\n");
    assert_eq!(
        asked(&outcome, 2),
        [(true, Change::Learners(true)), (false, Change::Learners(false))]
    );
    let other = Some(Change::Learners(false));
    let (_, outcome) = read_as(
        "Région;Garçons;Filles;Ensemble\nDakar;98;96;97\nKolda;71;69;70\n",
        other,
    );
    assert_eq!(errors(&outcome), ["missing-column"]);
}

#[test]
fn a_number_of_computers_is_asked_about_and_all_are_there() {
    let table = |header: &str, counts: [u32; 2]| {
        format!(
            "Region,Level,Schools,Pupils,{header}\nDakar,Primary,900,1200000,{}\nKolda,Primary,1100,1121000,{}\n",
            counts[0], counts[1]
        )
    };
    // 320 computers in 900 schools, or 320 schools.
    for (header, devices) in [("Number of computers", true), ("Computers", false)] {
        let (_, outcome) = read(&table(header, [320, 40]));
        let answers = [(!devices, Measure::Computers), (devices, Measure::Devices)];
        assert_eq!(
            asked(&outcome, 4),
            answers.map(|(holds, measure)| (holds, Change::Counts(4, measure))),
            "{header}"
        );
    }
    let (_, outcome) = read(&table("Schools with computers", [320, 40]));
    assert!(asked(&outcome, 4).is_empty());
    assert!(of(&outcome, "Dakar", Measure::Computers).is_some_and(|share| (share - 320.0 / 900.0).abs() < 1e-12));

    // 9,000 and 2,200 computers stand in the schools that the plan takes as equipped, whatever their part is.
    let (_, outcome) = read(&table("Number of computers", [9_000, 2_200]));
    assert!(asked(&outcome, 4).is_empty());
    let made = outcome.country.expect("a country");
    for (region, wanted) in [("Dakar", 9_000.0), ("Kolda", 2_200.0)] {
        let own = made.groups.iter().filter(|group| group.region == region);
        let all: f64 = own
            .map(|group| group.schools.value * group.equipped.value * group.devices.value)
            .sum();
        assert!((all - wanted).abs() < 0.01 * wanted, "{region}: {all}");
    }
    // Beside the schools that have them: 9,000 in 300.
    let (_, outcome) = read(
        "Region,Level,Schools,Pupils,Schools with computers,Number of computers\nDakar,Primary,900,1200000,300,9000\n",
    );
    assert_eq!(of(&outcome, "Dakar", Measure::Devices), Some(30.0));
}

#[test]
fn a_register_that_codes_yes_and_no_as_1_and_2_is_asked() {
    let text = register("Computers", |at| if at <= 5 { "1" } else { "2" });
    let (recipe, outcome) = read(&text);
    assert_eq!(meaning(&recipe, 4), Meaning::Number(Measure::Computers));
    assert_eq!(
        asked(&outcome, 4),
        [
            (true, Change::No(4, NoIs::Two)),
            (false, Change::Counts(4, Measure::Devices))
        ]
    );
    // By hand: 5 of 20 schools; or 5 + 30 computers in 20.
    assert_eq!(of(&outcome, "Dakar", Measure::Computers), Some(0.25));
    let (_, outcome) = read_as(&text, Some(Change::Counts(4, Measure::Devices)));
    assert_eq!(of(&outcome, "Dakar", Measure::Devices), Some(1.75));
}

#[test]
fn a_tick_or_nothing_is_asked() {
    for yes in ["Yes", "1"] {
        let text = register("Electricity", |at| if at <= 5 { yes } else { "" });
        let (_, outcome) = read(&text);
        assert_eq!(
            asked(&outcome, 4),
            [(true, Change::No(4, NoIs::Blank)), (false, Change::No(4, NoIs::Said))]
        );
        // By hand: 5 of 20.
        assert_eq!(of(&outcome, "Dakar", Measure::Power), Some(0.25), "{yes}");
        let (_, outcome) = read_as(&text, Some(Change::No(4, NoIs::Said)));
        assert_eq!(of(&outcome, "Dakar", Measure::Power), Some(1.0), "{yes}");
    }
    // Where no is said, an empty cell tells nothing.
    let (_, outcome) = read(&register("Electricity", |at| ["Yes", "No", "", ""][at % 4]));
    assert!(asked(&outcome, 4).is_empty());
    assert_eq!(of(&outcome, "Dakar", Measure::Power), Some(0.5));
}

#[test]
fn the_level_of_the_title_is_all_that_it_names() {
    let table = |title: &str| {
        format!("{title},,,\nRegion,Boys,Girls,Total\nDakar,300000,320000,620000\nKolda,320000,346000,666000\n")
    };
    let (recipe, outcome) = read(&table("Enrolment in secondary education by region 2023"));
    let secondary = [Level::LowerSecondary, Level::UpperSecondary];
    assert_eq!(recipe.level.map(LevelSet::levels), Some(secondary.to_vec()));
    // As the nation's learners are: 892,000 and 394,000 published in 2022.
    let nation = senegal();
    let national = |level: Level| -> f64 {
        let own = nation.levels.iter().find(|own| own.level == level);
        own.map_or(0.0, |own| own.learners.value)
    };
    let all: f64 = secondary.map(national).iter().sum();
    for level in secondary {
        let came = sum(&outcome, Measure::Learners, Some(level));
        let wanted = 1_286_000.0 * national(level) / all;
        assert!((came - wanted).abs() < 2.0, "{came} in place of {wanted}");
    }
    assert!((learners(&outcome) - 1_286_000.0).abs() < 2.0);

    for title in [
        "Enrolment in pre-primary education by region 2023",
        "Boys and girls in kindergarten",
    ] {
        let (recipe, outcome) = read(&table(title));
        assert_eq!(meaning(&recipe, 3), Meaning::Aside(Aside::OutsideLevels), "{title}");
        assert_eq!(errors(&outcome), ["missing-column"], "{title}");
    }
    let (recipe, _) = read(&table("Enrolment in lower secondary schools by region"));
    assert_eq!(recipe.level.map(LevelSet::levels), Some(vec![Level::LowerSecondary]));
}

#[test]
fn the_nearest_level_is_that_of_the_rows_as_counts() {
    let level = |text: &str| read(text).0.level.map(LevelSet::levels);
    // 450,000 + 442,000 is lower secondary; with its total it would be nearer to primary.
    let total = "Region,Schools,Pupils\nDakar,400,450000\nKolda,300,442000\nTotal,700,892000\n";
    assert_eq!(level(total), Some(vec![Level::LowerSecondary]));
    // 820,200 + 751,100 + 749,700 is primary, not 2,321.
    let points = "Région,Écoles,Élèves\nDakar,900,820.200\nKolda,1.100,751.100\nThiès,1.000,749.700\n";
    assert_eq!(level(points), Some(vec![Level::Primary]));
    assert_eq!(level(&points.replace(',', ";")), Some(vec![Level::Primary]));
}

#[test]
fn girls_of_no_more_than_a_hundred_beside_a_million_are_asked() {
    let text = "Region,Level,Schools,Pupils,Girls\nDakar,Primary,900,1200000,52\nKolda,Primary,1100,1121000,49\n";
    let (_, outcome) = read(text);
    assert_eq!(of(&outcome, "Dakar", Measure::Girls), Some(0.52));
    let unit = |unit: NumberUnit| Change::Unit(4, unit);
    assert_eq!(
        asked(&outcome, 4),
        [(false, unit(NumberUnit::CountOf)), (true, unit(NumberUnit::Percent))]
    );
    // An index of parity is no percentage, and no count either.
    let (_, outcome) = read(&text.replace(",52\n", ",1.05\n").replace(",49\n", ",0.98\n"));
    assert_eq!(errors(&outcome), ["ambiguous-number", "ambiguous-number"]);
}

#[test]
fn a_level_beside_its_parts_in_a_district_is_refused() {
    let text = "Region,District,Level,Schools,Pupils\nDakar,Pikine,Primary,400,500000\n\
        Dakar,Pikine,Secondary,40,90000\nDakar,Pikine,Lower secondary,30,60000\nDakar,Pikine,Upper secondary,10,30000\n";
    let (_, outcome) = read(text);
    assert_eq!(errors(&outcome), ["duplicate-row", "duplicate-row"]);
    let (_, outcome) = read(&text.replace("Dakar,Pikine,Secondary,40,90000\n", ""));
    assert_eq!(learners(&outcome), 590_000.0);
    // Two districts, and rows that another column tells apart, are added up.
    let (_, outcome) = read(
        "Region,District,Sector,Level,Pupils\nDakar,Pikine,Public,Primary,300000\nDakar,Pikine,Private,Primary,200000\n\
         Dakar,Rufisque,Public,Primary,100000\n",
    );
    assert_eq!(learners(&outcome), 600_000.0);
}

#[test]
fn a_school_of_several_rows_is_one_school() {
    let schools = |rows: &str, header: &str, each: &[(&str, usize)]| {
        let of_year = |(told, more): &(&str, usize)| -> String {
            let row = |at: usize| format!("{told},S{at},École {at},Dakar,Primary,{}\n", 100 + more);
            (1..=10).map(row).collect()
        };
        let text: String = each.iter().map(of_year).collect();
        format!("{header},School code,School name,Region,Level,Pupils\n{text}{rows}")
    };
    // Of two years the latest: 10 schools of 120.
    let (recipe, outcome) = read(&schools("", "Year", &[("2022", 0), ("2023", 20)]));
    assert_eq!((recipe.rows, recipe.year), (RowsAre::Schools, Some(2023)));
    assert_eq!(
        (sum(&outcome, Measure::Schools, None), learners(&outcome)),
        (10.0, 1_200.0)
    );
    // So it is of more rows than are kept, year by year: 4,000 schools of 100, then of 120.
    let row = |year: usize, at: usize| format!("{year},S{at},Dakar,Primary,{}\n", 100 + 20 * (year - 2022));
    let rows: String = (2022..=2023)
        .flat_map(|year| (1..=4_000).map(move |at| row(year, at)))
        .collect();
    let (_, outcome) = read(&format!("Year,School code,Region,Level,Pupils\n{rows}"));
    assert_eq!(
        (sum(&outcome, Measure::Schools, None), learners(&outcome)),
        (4_000.0, 480_000.0)
    );
    // Of two shifts both, in one school: 10 of 100 + 120.
    let (recipe, outcome) = read(&schools("", "Shift", &[("1", 0), ("2", 20)]));
    assert_eq!((recipe.rows, recipe.year), (RowsAre::Schools, None));
    assert_eq!(
        (sum(&outcome, Measure::Schools, None), learners(&outcome)),
        (10.0, 2_200.0)
    );
    let said = outcome.assumed.iter().map(ToString::to_string);
    assert!(
        said.into_iter()
            .any(|said| said.contains("10 rows are of a school of a row before"))
    );
}

#[test]
fn a_grade_without_a_figure_is_said_to_count_none() {
    let (_, outcome) = read("Region,B1,G1,B2,G2\nDakar,200000,200000,200000,..\nKolda,200000,200000,,160000\n");
    // By hand: 600,000 + 560,000.
    assert_eq!(learners(&outcome), 1_160_000.0);
    let said = outcome.assumed.iter().map(ToString::to_string);
    assert!(said.into_iter().any(|said| said.starts_with("2 empty cells or marks")));
    // Girls who are not told beside all pupils are not none.
    let (_, outcome) = read("Region,Level,Pupils,Girls\nDakar,Primary,1200000,..\nKolda,Primary,1121000,561000\n");
    assert_eq!(of(&outcome, "Dakar", Measure::Girls), None);
    let said = outcome.assumed.iter().map(ToString::to_string);
    assert!(!said.into_iter().any(|said| said.contains("empty cells or marks")));
}
