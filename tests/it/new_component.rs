//! What a new component touches: its file, the list, its sections of the format, its words and a chapter. Counted on
//! the components that stand, by every file that names them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rollcall::scenario::Component;

/// Files below a folder, from the house on.
fn files(folder: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&house.join(folder), &mut found);
    found.sort();
    let name = |path: &Path| {
        let path = path.strip_prefix(house).expect("below the house");
        path.to_str().expect("a name").replace('\\', "/")
    };
    found
        .into_iter()
        .filter_map(|path| Some((name(&path), fs::read_to_string(&path).ok()?)))
        .collect()
}

/// Whether a text holds a name that is not part of a longer one.
fn names(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Names by which code knows a component.
fn known_by(component: Component) -> Vec<String> {
    let word = component.name();
    let kind = format!("{component:?}");
    vec![
        format!("Component::{kind}"),
        format!("components::{word}"),
        format!("{word}::{kind}"),
        format!("{kind}Plan"),
        format!("{kind}Prices"),
        format!("plan.{word}"),
        format!("prices.{word}"),
        format!("words.{word}"),
        format!("\"{word}\""),
    ]
}

/// What names a component beyond the files that each has. A component on which nothing else builds has none of these.
const ELSEWHERE: [(Component, &[&str]); 13] = [
    (
        Component::Power,
        &[
            // What schools have today stands in a ministry's tables.
            "src/data/tables/measure.rs",
            // The lever that brings it to all who lack it.
            "src/app/equity_page/ways.rs",
            // What works without power, what a group lacks, and a cell in which power stands alone.
            "src/model/access.rs",
            "src/model/measures/binding.rs",
            "src/model/school_cells.rs",
            // A link brings its own at the price of power where there is none.
            "src/model/components/links.rs",
            // The example of the command's help.
            "src/cli/check.rs",
            // Schools with power are called so in short.
            "src/scenario/measure.rs",
            // The page of regions shows what schools have.
            "src/app/regions_page/dots.rs",
        ],
    ),
    // A standard adds networks where a plan has none.
    // A standard may set it; the page says which it leaves to the plan.
    (
        Component::Campus,
        &[
            "src/app/compare_page/standards.rs",
            "src/app/equity_page/ways.rs",
            "src/scenario/standard.rs",
        ],
    ),
    (
        Component::Links,
        &[
            "src/app/equity_page/ways.rs",
            // The page of regions shows what schools have.
            "src/app/regions_page/dots.rs",
            "src/app/compare_page/standards.rs",
            "src/model/access.rs",
            "src/model/measures/binding.rs",
            // Its prices are a list.
            "src/app/named.rs",
            "src/scenario/check/prices.rs",
            // Its rule by size, which a standard may set.
            "src/scenario/check/plan.rs",
            "src/scenario/standard.rs",
        ],
    ),
    (
        Component::Devices,
        &[
            // Goods that are given are devices unless somebody says otherwise.
            "src/app/funding_page/mechanisms.rs",
            "src/app/equity_page/ways.rs",
            // The page of regions shows what schools have.
            "src/app/regions_page/dots.rs",
            "src/app/compare_page/standards.rs",
            "src/data/baseline/groups.rs",
            "src/data/tables/measure.rs",
            "src/model/measures/binding.rs",
            // An older plan may state shifts; devices beyond a full dose are told.
            "src/model/schooling.rs",
            "src/scenario/check/plan.rs",
            "src/app/named.rs",
            "src/scenario/check/prices.rs",
            // A standard may set the ratio.
            "src/scenario/standard.rs",
            // The market of its prices bears its name.
            "src/scenario/markets.rs",
            // A dimension or a pillar bears its name.
            "src/model/view.rs",
        ],
    ),
    (
        Component::Training,
        &[
            "src/app/equity_page/ways.rs",
            "src/app/compare_page/standards.rs",
            "src/app/named.rs",
            "src/scenario/check/prices.rs",
            // A standard may set the days.
            "src/scenario/standard.rs",
            // A dimension or a pillar bears its name.
            "src/model/view.rs",
            // Modes of training that are built in.
            "src/scenario/reference.rs",
        ],
    ),
    // The country says what of the curriculum has content today.
    (
        Component::Content,
        &[
            "src/data/baseline/levels.rs",
            "src/model/view.rs",
            // How many courses a curriculum has, for whoever makes something of each.
            "src/model/schooling.rs",
        ],
    ),
    // The national part is dear in a small country.
    (Component::Systems, &["src/scenario/check/plan.rs"]),
    (Component::Support, &[]),
    // What a learner provided costs stands beside documented cases.
    (
        Component::Inclusion,
        &[
            "src/app/money_page/cases.rs",
            "src/report/cases.rs",
            // What lever reaches who does not use what is there.
            "src/app/equity_page/ways.rs",
            // Programmes whose effect nobody states are told.
            "src/scenario/check/plan.rs",
        ],
    ),
    // Whether who can go on at home is asked.
    (Component::HomeAccess, &["src/model/tables.rs"]),
    (
        Component::Lifelong,
        &[
            // Its courses are no cost of a learner at school.
            "src/model/measures/money.rs",
            // Its courses move the skills of youth and adults.
            "src/model/skills.rs",
            // Children of whom nobody knows how many are out of school are told.
            "src/scenario/check/plan.rs",
        ],
    ),
    // Posts that are not paid lower what can be spent.
    (Component::Governance, &["src/model/pass.rs", "src/model/view.rs"]),
    // A plan that nobody manages is told.
    (Component::Management, &["src/scenario/check/plan.rs"]),
];

/// The lines of a file that are code of the program: no remark, no test at its foot.
fn code(text: &str) -> String {
    let program = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_component_touches_its_file_the_list_its_sections_and_its_words() {
    assert!(ELSEWHERE.iter().map(|(component, _)| component).eq(Component::ALL));
    for (component, elsewhere) in ELSEWHERE {
        let word = component.name();
        let mut may: BTreeSet<String> = [
            format!("src/model/components/{word}.rs"),
            "src/model/components.rs".into(),
            // Its word, its section of the plan and its prices.
            "src/scenario/plan.rs".into(),
            "src/scenario/prices.rs".into(),
            // The first plan of a new country may hold it.
            "src/data/starter.rs".into(),
        ]
        .into();
        let elsewhere: BTreeSet<String> = elsewhere.iter().map(|file| (*file).to_owned()).collect();
        may.extend(elsewhere.iter().cloned());
        let touched: BTreeSet<String> = files("src")
            .into_iter()
            .filter(|(_, text)| known_by(component).iter().any(|known| names(&code(text), known)))
            .map(|(name, _)| name)
            .filter(|name| !name.contains(&format!("/components/{word}/")))
            .collect();
        let more: Vec<&String> = touched.difference(&may).collect();
        assert!(more.is_empty(), "{component} is named in {more:?}");
        let less: Vec<&String> = elsewhere.difference(&touched).collect();
        assert!(less.is_empty(), "{component} is no longer named in {less:?}");
        assert!(touched.len() >= 4, "{component} is named only in {touched:?}");
        for (name, text) in files("assets/words") {
            assert!(text.contains(&format!("\n{word} = ")), "{name} has no words for {word}");
        }
    }
}

#[test]
fn a_component_names_no_other() {
    let all: BTreeSet<&str> = Component::ALL.iter().map(|component| component.name()).collect();
    let files = files("src/model/components");
    let found: BTreeSet<&str> = files
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("src/model/components/")?.strip_suffix(".rs"))
        .map(|name| name.split_once('/').map_or(name, |(component, _)| component))
        .collect();
    assert_eq!(found, all, "one file a component, and below it its parts");
    for (file, text) in &files {
        for other in Component::ALL
            .iter()
            .filter(|other| !file.ends_with(&format!("/{other}.rs")) && !file.contains(&format!("/{other}/")))
        {
            let kind = format!("{other:?}");
            for known in [
                format!("Component::{kind}"),
                format!("components::{other}"),
                format!("super::{other}"),
                format!("{kind}Stock"),
                format!("plan.{other}"),
            ] {
                assert!(!names(text, &known), "{file} names {known}");
            }
        }
    }
}
