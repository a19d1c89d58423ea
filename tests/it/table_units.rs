//! Counts in thousands, by a header or a title, and columns of public and private schools side by side.

use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{Aside, File, Meaning, Measure, Outcome, Recipe};
use rollcall::data::{Pack, country};
use rollcall::scenario::Severity;

/// A table of Senegal by what it is likely to mean, and with an answer to the question of a column.
fn read(text: &str, answer: Option<usize>) -> (Recipe, Outcome) {
    let never = AtomicBool::new(false);
    let senegal = country(&Pack::embedded(), "SEN", false).expect("a country");
    let file = File::open("r.csv", text.as_bytes(), &never).expect("a file");
    let sheet = file.look_for(&senegal, &never).expect("a sheet");
    let mut recipe = Recipe::guess(&sheet, &senegal);
    let mut outcome = file.read(&sheet, &recipe, senegal.clone(), &never).expect("an outcome");
    if let Some(answer) = answer {
        recipe.change(asked(&outcome)[answer].1);
        outcome = file.read(&sheet, &recipe, senegal, &never).expect("an outcome");
    }
    (recipe, outcome)
}

/// Whether each answer to the question of the title holds, and what it changes.
fn asked(outcome: &Outcome) -> Vec<(bool, rollcall::data::tables::Change)> {
    let mut questions = outcome.questions.iter();
    let question = questions.find(|question| question.text.to_string().contains("multiplied by"));
    let answers = question.map_or(&[][..], |question| &question.answers);
    answers.iter().map(|answer| (answer.holds, answer.change)).collect()
}

/// Schools, learners and teachers of all groups.
fn sums(outcome: &Outcome) -> [f64; 3] {
    assert!(outcome.is_read, "{:?}", outcome.findings);
    [Measure::Schools, Measure::Learners, Measure::Teachers]
        .map(|measure| outcome.groups.iter().filter_map(|group| group.get(measure)).sum())
}

#[test]
fn a_header_that_says_thousands_is_taken_so_and_said() {
    for text in [
        "Region,Locality,Level,Schools,Pupils ('000)\nDakar,urban,primary,900,1200.5\nKolda,rural,primary,1100,980.25\n",
        "Région;Milieu;Niveau;Écoles;Effectifs (en milliers)\nDakar;urbain;primaire;900;1200,5\nKolda;rural;primaire;1100;980,25\n",
        "Región;Área;Nivel;Escuelas;Matrícula (en miles)\nDakar;urbana;primaria;900;1200,5\nKolda;rural;primaria;1100;980,25\n",
        "Região;Localização;Nível;Escolas;Alunos (em milhares)\nDakar;urbana;primário;900;1200,5\nKolda;rural;primário;1100;980,25\n",
        "Region,Locality,Level,Schools,Pupils (millions)\nDakar,urban,primary,900,1.2005\nKolda,rural,primary,1100,0.98025\n",
    ] {
        let (_, outcome) = read(text, None);
        // By hand: 1,200,500 + 980,250; schools are as they stand.
        assert_eq!(sums(&outcome)[..2], [2_000.0, 2_180_750.0], "{text}");
        let said = outcome.assumed.iter().map(ToString::to_string);
        assert!(said.into_iter().any(|said| said.contains("Multiplied by 1")), "{text}");
    }
}

#[test]
fn a_title_that_says_thousands_is_asked() {
    let table = |learners: [&str; 2]| {
        format!(
            "Enrolment by region (in thousands)\nRegion,Locality,Level,Schools,Pupils\n\
             Dakar,urban,primary,900,{}\nKolda,rural,primary,1100,{}\n",
            learners[0], learners[1]
        )
    };
    let (_, outcome) = read(&table(["1200", "980"]), None);
    assert_eq!(sums(&outcome)[..2], [2_000.0, 2_180_000.0]);
    assert_eq!(
        asked(&outcome).iter().map(|answer| answer.0).collect::<Vec<_>>(),
        [true, false]
    );
    let (_, outcome) = read(&table(["1200", "980"]), Some(1));
    assert_eq!(sums(&outcome)[..2], [2_000.0, 2_180.0]);
    // The title is of another table: a billion learners are not likely.
    let (_, outcome) = read(&table(["1200000", "980000"]), None);
    assert_eq!(sums(&outcome)[..2], [2_000.0, 2_180_000.0]);
    assert_eq!(
        asked(&outcome).iter().map(|answer| answer.0).collect::<Vec<_>>(),
        [false, true]
    );
    // A sentence that names a million is no unit.
    let (_, outcome) = read(&table(["1200", "980"]).replace("(in thousands)", "of 2 million"), None);
    assert!(asked(&outcome).is_empty() && sums(&outcome)[1] < 1e4);
}

#[test]
fn public_and_private_are_added_up_where_no_column_counts_for_all() {
    let (_, outcome) = read(
        "Region,Locality,Level,Public schools,Private schools,Pupils public,Pupils private,Teachers public,Teachers private\n\
         Dakar,urban,primary,600,300,700000,500000,14000,9000\nKolda,rural,primary,1000,100,900000,80000,20000,1500\n",
        None,
    );
    // By hand: 900 + 1,100 schools; 1,200,000 + 980,000 pupils; 23,000 + 21,500 teachers.
    assert_eq!(sums(&outcome), [2_000.0, 2_180_000.0, 44_500.0]);
    assert!(
        outcome
            .assumed
            .iter()
            .any(|said| said.to_string().contains("Pupils private"))
    );

    // Boys and girls of each: girls are 240,000 + 210,000 of 900,000.
    let (_, outcome) = read(
        "Region,Locality,Level,Schools,Public boys,Public girls,Private boys,Private girls\n\
         Dakar,urban,primary,900,250000,240000,200000,210000\n",
        None,
    );
    assert_eq!(sums(&outcome)[..2], [900.0, 900_000.0]);
    assert_eq!(outcome.groups[0].get(Measure::Girls), Some(0.5));

    // Beside a total they are its parts.
    let (recipe, outcome) = read(
        "Region,Locality,Level,Schools,Public pupils,Private pupils,All pupils\nDakar,urban,primary,900,700000,500000,1200000\n",
        None,
    );
    assert_eq!(sums(&outcome)[..2], [900.0, 1_200_000.0]);
    assert_eq!(recipe.columns[4].meaning, Meaning::Aside(Aside::PartOfTotal));
    assert_eq!(recipe.columns[5].meaning, Meaning::Aside(Aside::PartOfTotal));

    // One alone is not all.
    let (_, outcome) = read(
        "Region,Locality,Level,Schools,Public pupils\nDakar,urban,primary,900,700000\n",
        None,
    );
    let missing = |found: &&rollcall::scenario::Finding| found.code == "missing-column" && found.path == "learners";
    assert!(
        outcome
            .findings
            .iter()
            .any(|found| missing(&found) && found.severity == Severity::Error)
    );
}

#[test]
fn boys_and_girls_without_a_total_are_added_up() {
    let (_, outcome) = read(
        "Region,Locality,Level,Schools,Boys,Girls,Male teachers,Female teachers\nDakar,urban,primary,900,600000,580000,9000,14000\n",
        None,
    );
    assert_eq!(sums(&outcome), [900.0, 1_180_000.0, 23_000.0]);
}

/// Learners of urban and rural groups.
fn by_locality(outcome: &Outcome) -> [f64; 2] {
    use rollcall::scenario::Locality;
    [Locality::Urban, Locality::Rural].map(|locality| {
        let own = outcome.groups.iter().filter(|group| group.locality == locality);
        own.filter_map(|group| group.get(Measure::Learners)).sum()
    })
}

#[test]
fn urban_and_rural_are_told_by_density_where_no_column_says_it() {
    let text = "Region,District,Level,Schools,Pupils,Population density (people per km²)\n\
        Dakar,Pikine,primary,400,700000,\"15,100.5\"\nDakar,Rufisque,primary,500,400000,300\n\
        Kolda,Vélingara,primary,600,580000,299.9\nKolda,Kolda,primary,500,500000,\n";
    let (recipe, outcome) = read(text, None);
    assert_eq!(recipe.locality, rollcall::data::tables::LocalityBy::Density);
    // By hand: 700,000 + 400,000 at 300 and more; what is below or not told is rural.
    assert_eq!(by_locality(&outcome), [1_100_000.0, 1_080_000.0]);
    let said = |outcome: &Outcome| {
        outcome
            .assumed
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(said(&outcome).contains("300 people per km²"), "{}", said(&outcome));
    assert!(
        outcome
            .questions
            .iter()
            .any(|question| question.text.to_string().contains("2 of 4"))
    );
    // A column that says it goes before.
    let told = text
        .replace("District,Level", "Milieu,Level")
        .replace("Pikine", "rural")
        .replace("Rufisque", "rural");
    let told = told
        .replace("Vélingara", "urban")
        .replace(",Kolda,primary", ",rural,primary");
    let (recipe, outcome) = read(&told.replace("Dakar,rural,primary,500,400000,300\n", ""), None);
    assert_eq!(recipe.locality, rollcall::data::tables::LocalityBy::Column);
    assert_eq!(by_locality(&outcome), [580_000.0, 1_200_000.0]);
}

#[test]
fn urban_and_rural_are_told_by_the_type_of_district() {
    for (header, urban, rural) in [
        ("District type", "Metropolitan", "District"),
        ("Council type", "Town Council", "Rural Council"),
        ("Type de commune", "Commune urbaine", "Commune rurale"),
        ("Tipo de municipio", "Urbana", "Rural"),
        ("Tipo de município", "Vila", "Aldeia"),
    ] {
        let text = format!(
            "Region,{header},Level,Schools,Pupils\nDakar,{urban},primary,900,700000\nDakar,{rural},primary,500,400000\n\
             Kolda,{rural},primary,600,580000\n"
        );
        let (recipe, outcome) = read(&text, None);
        assert_eq!(
            recipe.locality,
            rollcall::data::tables::LocalityBy::DistrictType,
            "{header}"
        );
        assert_eq!(by_locality(&outcome), [700_000.0, 980_000.0], "{header}");
        assert!(
            outcome
                .assumed
                .iter()
                .any(|said| said.to_string().contains("type of district"))
        );
    }
}
