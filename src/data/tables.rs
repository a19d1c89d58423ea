//! A ministry's own tables in place of the six national groups: a yearbook's sheet, or a register with a row a school.
//!
//! A file ([`File`]) is text (`text`) or a workbook (`workbook`). A sheet is looked at once (`sheet`): its header,
//! and what the cells of each column look like. From that comes a proposal of what each column means
//! ([`Recipe::guess`]), which a person may change and which is kept as a recipe. By it the rows are added up while
//! they pass by (`add_up`) to groups of schools, which are held against the national totals (`reconcile`). All that
//! is wrong is said at once, with its cell; what a group leaves open takes the national value of the same level and
//! locality, marked as such. The words of headers, levels and marks stand in `assets/tables/words.txt` (`words`).

mod add_up;
mod cell;
mod classes;
mod guess;
mod header;
mod kept;
mod ladder;
mod measure;
mod number;
mod numbers;
mod parts;
mod persons;
mod places;
mod recipe;
mod reconcile;
mod refused;
mod remarks;
mod row;
mod share_out;
mod sheet;
mod tally;
mod text;
mod titles;
mod understood;
mod words;
mod words_page;
mod workbook;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::data::Pack;
use crate::scenario::findings::{any_error, cut};
use crate::scenario::messages::{self, Message};
use crate::scenario::{Country, Finding, Group, Level, LevelData, Severity};
use add_up::AddUp;
pub use cell::{SheetCell, SheetRow, letters};
use classes::Classes;
pub use kept::{Apart, Kept, SinceBefore};
pub use measure::{Kind, Measure, Place, Sex};
pub use recipe::{
    Aside, ColumnRecipe, LevelSet, LevelTotal, LocalityBy, Meaning, NoIs, NumberUnit, Recipe, RowsAre, Sure, Why,
};
pub use reconcile::Reconciled;
pub(crate) use refused::LARGEST_TABLE;
pub use refused::NoTable;
use remarks::Remarks;
pub use row::RowAside;
pub use sheet::{ColumnHolds, Sheet};
pub use tally::{Given, GroupRow};
pub use understood::{Answer, Change, LevelSum, Question};
pub use words_page::page as words_page;

/// Sheets of a workbook that are looked at to find a table.
const MOST_LOOKED_AT: usize = 40;

/// A file that may hold tables.
#[derive(Clone, Debug)]
pub struct File {
    /// Name for the person and for the source of each figure.
    pub name: String,
    /// Names of its sheets; none for a text.
    pub sheets: Vec<String>,
    bytes: Arc<[u8]>,
}

/// What came of a sheet.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The groups in our own table.
    pub groups: Vec<GroupRow>,
    /// The country with these groups; none if a finding is an error.
    pub country: Option<Country>,
    /// All findings.
    pub findings: Vec<Finding>,
    /// Columns against national totals; empty where the rows could not be read.
    pub reconciled: Vec<Reconciled>,
    /// Whether the rows could be read, also where their sums are too far from the published ones to be used.
    pub is_read: bool,
    /// Rows that were added up.
    pub rows: usize,
    /// Rows left aside, and the lines of the first of them.
    pub aside: Vec<(RowAside, usize, Vec<usize>)>,
    /// What was assumed, each with its count.
    pub assumed: Vec<Message>,
    /// What a person is asked; the answers that hold are marked.
    pub questions: Vec<Question>,
    /// Sums by level against what is published.
    pub sums: Vec<LevelSum>,
    /// Learners of each school that tells them, by level, where each row is a school.
    pub sizes: BTreeMap<Level, Vec<f64>>,
}

impl File {
    /// A file by its bytes, by what they are and not by their name. Reading ends when `stop` is set.
    ///
    /// # Errors
    /// [`NoTable`], where it is neither text nor workbook, or comes to more than any table does.
    pub fn open(name: &str, bytes: impl Into<Arc<[u8]>>, stop: &AtomicBool) -> Result<Self, NoTable> {
        let bytes = bytes.into();
        if bytes.len() > LARGEST_TABLE {
            return Err(NoTable::TooLarge);
        }
        let sheets = workbook::sheets(&bytes, stop)?;
        Ok(Self {
            name: name.to_owned(),
            sheets,
            bytes,
        })
    }

    /// Gives the rows of a sheet in which something stands, one by one.
    fn rows(
        &self,
        sheet: usize,
        stop: &AtomicBool,
        each: &mut dyn FnMut(&SheetRow<'_>) -> Result<(), NoTable>,
    ) -> Result<(), NoTable> {
        if self.sheets.is_empty() {
            let text = text::decode(&self.bytes)?;
            return text::rows(&text, text::separator(&text), each);
        }
        workbook::rows(&self.bytes, sheet, stop, each)
    }

    /// Looks at a sheet once. `header` tells position and number of the rows of the header, where a person does.
    ///
    /// # Errors
    /// [`NoTable`]; a table of persons among it.
    pub fn look(
        &self,
        sheet: usize,
        header: Option<(usize, usize)>,
        country: &Country,
        stop: &AtomicBool,
    ) -> Result<Sheet, NoTable> {
        let name = self.sheets.get(sheet).map_or("", String::as_str);
        let separator = if self.sheets.is_empty() {
            text::separator(&text::decode(&self.bytes)?)
        } else {
            ','
        };
        let is_workbook = !self.sheets.is_empty();
        let mut look = sheet::Look::new(name, sheet, separator, is_workbook, header, &country.iso3);
        self.rows(sheet, stop, &mut |row| look.see(row))?;
        look.end()
    }

    /// Looks at the first sheet that is understood as a table of schools, among the first forty, or else at the first.
    ///
    /// # Errors
    /// [`NoTable`].
    pub fn look_for(&self, country: &Country, stop: &AtomicBool) -> Result<Sheet, NoTable> {
        let first = self.look(0, None, country, stop);
        let understood = |sheet: &Result<Sheet, NoTable>| {
            sheet
                .as_ref()
                .is_ok_and(|sheet| Recipe::guess(sheet, country).is_complete())
        };
        if understood(&first) {
            return first;
        }
        let others = (1..self.sheets.len().min(MOST_LOOKED_AT)).map(|sheet| self.look(sheet, None, country, stop));
        others.into_iter().find(understood).unwrap_or(first)
    }

    /// Looks at the sheet that is read as another year's was, and how: the sheet of that name, whatever year is in it, or
    /// else as [`File::look_for`] does. Columns that are missed are said.
    ///
    /// # Errors
    /// [`NoTable`].
    pub fn look_again(
        &self,
        kept: &Kept,
        country: &Country,
        stop: &AtomicBool,
    ) -> Result<(Sheet, Recipe, Vec<Finding>), NoTable> {
        let named = self.sheets.iter().position(|name| kept.is_sheet(name));
        let sheet = match named {
            Some(sheet) => self.look(sheet, None, country, stop)?,
            None => self.look_for(country, stop)?,
        };
        let (recipe, gone) = kept.recipe_for(&sheet, country);
        let mut remarks = Remarks::new(&self.name);
        for header in gone {
            let rule = messages::column_gone(&kept.file);
            remarks.whole(Severity::Warning, "column-gone", &header, rule, None);
        }
        Ok((sheet, recipe, remarks.findings))
    }

    /// Reads the sheet that is read as another year's was, by [`File::look_again`].
    ///
    /// # Errors
    /// [`NoTable`].
    pub fn read_again(
        &self,
        kept: &Kept,
        country: Country,
        stop: &AtomicBool,
    ) -> Result<(Sheet, Recipe, Outcome), NoTable> {
        let (sheet, recipe, mut findings) = self.look_again(kept, &country, stop)?;
        let mut outcome = self.read(&sheet, &recipe, country, stop)?;
        findings.append(&mut outcome.findings);
        outcome.findings = findings;
        Ok((sheet, recipe, outcome))
    }

    /// Adds up the rows of a sheet by a recipe, and puts them in the place of the country's groups.
    ///
    /// # Errors
    /// [`NoTable`], where the file can no longer be read.
    pub fn read(
        &self,
        sheet: &Sheet,
        recipe: &Recipe,
        country: Country,
        stop: &AtomicBool,
    ) -> Result<Outcome, NoTable> {
        let mut outcome = Outcome {
            groups: Vec::new(),
            country: None,
            findings: Vec::new(),
            reconciled: Vec::new(),
            is_read: false,
            rows: 0,
            aside: Vec::new(),
            assumed: Vec::new(),
            questions: Vec::new(),
            sums: Vec::new(),
            sizes: BTreeMap::new(),
        };
        let mut remarks = Remarks::new(&self.name);
        columns(sheet, recipe, &country.iso3, &mut remarks);
        if any_error(&remarks.findings) {
            outcome.findings = remarks.findings;
            return Ok(outcome);
        }
        let nation = nation(&country);
        let classes = self.classes(sheet, recipe, &country, stop)?;
        if recipe.size_classes.is_some() && classes.is_empty() {
            remarks.whole(Severity::Warning, "no-sizes", "size_class", messages::no_sizes(), None);
        }
        let mut add_up = AddUp::new(sheet, recipe, &nation, &self.name, classes);
        self.rows(sheet.index, stop, &mut |row| {
            add_up.row(row);
            Ok(())
        })?;
        let mut added = add_up.end();
        remarks.findings.append(&mut added.numbers.remarks.findings);
        outcome.questions = understood::questions(sheet, recipe, &added, &nation);
        outcome.rows = added.rows;
        let (groups, filled) = share_out::share_out(&added, &nation);
        outcome.assumed = understood::assumed(recipe, &added, &filled);
        outcome.sums = understood::sums(&groups, recipe, &nation);
        outcome.groups = groups;
        if recipe.column(Meaning::Sex).is_none() {
            outcome.sizes = std::mem::take(&mut added.sizes);
        }
        outcome.aside = added
            .aside
            .into_iter()
            .map(|(why, (count, lines))| (why, count, lines))
            .collect();
        outcome.is_read = !any_error(&remarks.findings);
        if outcome.is_read {
            let from = if sheet.name.is_empty() {
                self.name.clone()
            } else {
                format!("{}, sheet {}", self.name, sheet.name)
            };
            let (mut made, reconciled) =
                reconcile::assemble(country, &nation, &outcome.groups, recipe.total, &from, &mut remarks);
            made.reading = Kept::new(&self.name, recipe, &reconciled).text();
            outcome.reconciled = reconciled;
            outcome.country = (!any_error(&remarks.findings)).then_some(made);
        }
        outcome.findings = remarks.findings;
        cut(&mut outcome.findings, &self.name);
        Ok(outcome)
    }

    /// The size classes that are asked for, from the learners of each school: the rows are read once more for them.
    fn classes(
        &self,
        sheet: &Sheet,
        recipe: &Recipe,
        country: &Country,
        stop: &AtomicBool,
    ) -> Result<Classes, NoTable> {
        let told = [Meaning::Sex, Meaning::SizeClass].map(|meaning| recipe.column(meaning));
        let Some(number) = recipe
            .size_classes
            .filter(|_| recipe.rows == RowsAre::Schools && told == [None; 2])
        else {
            return Ok(Classes::default());
        };
        let mut add_up = AddUp::new(sheet, recipe, country, &self.name, Classes::default()).measuring();
        self.rows(sheet.index, stop, &mut |row| {
            add_up.row(row);
            Ok(())
        })?;
        Ok(Classes::of(add_up.sizes(), number))
    }
}

/// The country with the groups of the nation, which stand in for what a table leaves open: where regions or totals of a
/// table stand now, the published ones, so that a wrong table is no ground for the next.
fn nation(country: &Country) -> Country {
    let mut nation = country.clone();
    let regional = |level: &LevelData| {
        let own = |group: &Group| group.level == level.level && !group.region.is_empty();
        country.groups.iter().any(own)
    };
    let replaced: Vec<Level> = country
        .levels
        .iter()
        .filter(|level| regional(level) || reconcile::is_of_sheet(level))
        .map(|level| level.level)
        .collect();
    if replaced.is_empty() {
        return nation;
    }
    let Ok(published) = super::country(&Pack::embedded(), &country.iso3, false) else {
        return nation;
    };
    let groups = published.groups.iter().filter(|group| replaced.contains(&group.level));
    let groups: Vec<Group> = groups.cloned().collect();
    let known = |level: Level| groups.iter().any(|group| group.level == level);
    nation.groups.retain(|group| !known(group.level));
    nation.groups.extend(groups.iter().cloned());
    for level in nation.levels.iter_mut().filter(|level| reconcile::is_of_sheet(level)) {
        if let Some(before) = published.levels.iter().find(|before| before.level == level.level) {
            level.learners.clone_from(&before.learners);
            level.teachers.clone_from(&before.teachers);
        }
    }
    nation
}

/// Columns that are missing, meant twice or left aside.
fn columns(sheet: &Sheet, recipe: &Recipe, country: &str, remarks: &mut Remarks<'_>) {
    let bottom = sheet.upper.get((recipe.header + recipe.header_rows).saturating_sub(1));
    let first = bottom.and_then(|row| row.cells.first());
    let start = first.map_or_else(
        || SheetCell::nothing_at(0, 0),
        |cell| SheetCell::nothing_at(cell.line, cell.column),
    );
    for (at, column) in recipe.columns.iter().enumerate() {
        let cell = (recipe.header..recipe.header + recipe.header_rows)
            .rev()
            .filter_map(|row| sheet.upper.get(row)?.cells.get(at))
            .find(|cell| !cell.is_empty());
        let Some(cell) = cell else { continue };
        match column.meaning {
            Meaning::Aside(Aside::Person) => {
                let rule = messages::persons_aside();
                remarks.say(Severity::Note, "persons-aside", cell, &column.header, rule, None);
            }
            Meaning::Aside(Aside::Unknown) if titles::is_unnamed(&column.header, sheet, country) => {
                let rule = messages::titled_otherwise();
                remarks.say(Severity::Warning, "unknown-column", cell, &column.header, rule, None);
            }
            Meaning::Aside(Aside::Unknown) => {
                let hint = header::hint(&column.header, country)
                    .map_or_else(messages::unknown_column_hint, messages::unknown_column_near);
                let rule = messages::unknown_column();
                remarks.say(Severity::Warning, "unknown-column", cell, &column.header, rule, hint);
            }
            Meaning::Aside(_) => {}
            meaning => {
                let same = |other: &ColumnRecipe| {
                    (other.meaning, &other.levels, other.sex, &other.sector)
                        == (meaning, &column.levels, column.sex, &column.sector)
                };
                // Grades of one level are added up, and so are its lower and upper part.
                let part = |other: &ColumnRecipe| {
                    !column.levels.is_empty() && (column.part.is_empty() || other.part != column.part)
                };
                let several = matches!(
                    meaning,
                    Meaning::Place(Place::District | Place::Ward) | Meaning::Code | Meaning::School
                );
                let mut before = recipe.columns[..at].iter();
                if before.any(|other| same(other) && !part(other)) && !several {
                    let rule = messages::duplicate_column(meaning.name().unwrap_or_default());
                    remarks.error("duplicate-column", cell, &column.header, rule, messages::keep_one());
                }
            }
        }
    }
    let region = Meaning::Place(Place::Region);
    if let Some(at) = recipe
        .column(region)
        .filter(|at| recipe.columns[*at].sure == Sure::Asks)
    {
        let first = sheet
            .upper
            .get(recipe.header + recipe.header_rows)
            .and_then(|row| row.cells.get(at));
        let rule = messages::number_as_region();
        let hint = messages::number_as_region_hint();
        remarks.say(
            Severity::Warning,
            "number-as-region",
            first.unwrap_or(&start),
            "region",
            rule,
            hint,
        );
    }
    let learners = Meaning::Number(Measure::Learners);
    let counts = recipe.rows == RowsAre::Schools;
    // Girls alone are not all learners.
    let counted = |sex: Option<Sex>| {
        recipe
            .columns
            .iter()
            .any(|own| own.meaning == learners && own.sex == sex)
    };
    let has_learners = counted(None) || (counted(Some(Sex::Girls)) && counted(Some(Sex::Boys)));
    let has_region = recipe.column(region).is_some();
    for (name, missing) in [("region", !has_region), ("learners", !counts && !has_learners)] {
        if missing {
            let rule = messages::missing_column();
            let aside = |why: Aside| {
                let mut columns = recipe.columns.iter();
                name == "learners" && columns.any(|column| column.meaning == Meaning::Aside(why))
            };
            let unnamed = || {
                let mut columns = recipe.columns.iter();
                columns.any(|column| titles::is_unnamed(&column.header, sheet, country))
            };
            let hint = if aside(Aside::Unknown) && unnamed() {
                messages::titled_hint()
            } else if aside(Aside::OutsideLevels) {
                messages::outside_hint()
            } else {
                messages::missing_column_hint()
            };
            remarks.error("missing-column", &start, name, rule, hint);
        }
    }
}

/// Puts a ministry's table, read from the bytes of a file, in the place of the national groups, by what it is likely to
/// mean. Of a workbook the first sheet counts that is understood. A level without rows keeps its national groups.
///
/// # Errors
/// All findings, if one of them is an error. Otherwise they come back with the country.
pub fn with_regions(
    country: Country,
    bytes: impl AsRef<[u8]>,
    file_name: &str,
) -> Result<(Country, Vec<Finding>), Vec<Finding>> {
    let never = AtomicBool::new(false);
    let looked = File::open(file_name, bytes.as_ref(), &never)
        .and_then(|file| Ok((file.look_for(&country, &never)?, file)))
        .and_then(|(sheet, file)| file.read(&sheet, &Recipe::guess(&sheet, &country), country, &never));
    let outcome = looked.map_err(|why| vec![why.finding(file_name)])?;
    match outcome.country {
        Some(country) => Ok((country, outcome.findings)),
        None => Err(outcome.findings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Pack, country, new_scenario};
    use crate::scenario::grounds::Grounds;
    use crate::scenario::messages;
    use crate::scenario::text::{read_scenario, write_scenario};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SENEGAL: LazyLock<Option<Country>> = LazyLock::new(|| {
        let mut country = country(&Pack::embedded(), "SEN", true).ok()?;
        // As counted in 2022: round figures for sums by hand.
        country.levels[0].learners.value = 2_321_000.0;
        country.levels[0].teachers.value = 72_281.0;
        Some(country)
    });

    fn senegal() -> Option<Country> {
        SENEGAL.clone()
    }

    proptest! {
        /// Any text gets an answer, and what is accepted makes a scenario without errors.
        #[test]
        fn no_table_brings_the_program_down(text in any::<String>()) {
            if let Some(country) = senegal() {
                let _ = with_regions(country, text, "r.csv");
            }
        }

        #[test]
        fn what_is_accepted_makes_a_sound_scenario(cells in proptest::collection::vec("(0|1|0[.]5|35%|12|900|1 200||1,2|x)", 11)) {
            let text = format!("region;locality;level;schools;learners;teachers;power;solar;internet;fibre;computers;devices;mbps;girls\nDakar;urban;primary;{}\n", cells.join(";"));
            if let Some(country) = senegal()
                && let Ok((country, _)) = with_regions(country, &text, "r.csv")
            {
                let text = write_scenario(&new_scenario(country), false);
                let reading = read_scenario("r.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
                prop_assert!(reading.scenario.is_some(), "{:?}", reading.findings.first());
            }
        }
    }

    fn looked(bytes: &[u8]) -> Result<Sheet, NoTable> {
        let (never, country) = (AtomicBool::new(false), senegal().ok_or(NoTable::Empty)?);
        File::open("case", bytes, &never)?.look(0, None, &country, &never)
    }

    #[test]
    fn a_wrong_table_is_no_ground_for_the_next() {
        let Some(mut country) = country(&Pack::embedded(), "SEN", false).ok() else {
            return;
        };
        country.levels[0].learners.value = 2_321_000.0;
        let wrong = "region,locality,level,schools,learners,electricity,internet,girls,mbps\n\
            A,urban,primary,10,100000,1%,1%,1%,900\nB,rural,primary,9000,2221000,1%,1%,1%,900\n";
        let right = "region,level,learners\nDakar,primary,1160500\nKolda,primary,1160500\n";
        let (once, _) = with_regions(country.clone(), wrong, "wrong.csv").expect("no error");
        let (twice, _) = with_regions(once, right, "right.csv").expect("no error");
        let (only, _) = with_regions(country, right, "right.csv").expect("no error");
        let numbers = |country: &Country| -> Vec<Vec<f64>> {
            let primary = country.groups.iter().filter(|group| group.level == Level::Primary);
            let of = |g: &Group| {
                [&g.schools, &g.learners, &g.grid, &g.cellular, &g.girls, &g.mbps].map(|number| number.value)
            };
            primary.map(|group| of(group).to_vec()).collect()
        };
        assert_eq!(numbers(&twice), numbers(&only));
        // By hand: half of the level's learners each, shared over urban and rural as the nation is.
        let learners: f64 = numbers(&twice)[..2].iter().map(|group| group[1]).sum();
        assert!((learners - 1_160_500.0).abs() < 1e-6, "{learners}");
    }

    fn codes(findings: &[Finding]) -> Vec<String> {
        findings
            .iter()
            .map(|f| format!("{}:{} {}", f.place.line, f.place.column, f.code))
            .collect()
    }

    #[test]
    fn a_clean_table_becomes_groups_that_add_up() {
        let Some(country) = senegal() else { return };
        let text = "\u{feff}Region;Locality;Level;Schools;Pupils;Electricity;Internet\r\nDakar;urban;primary;1 000;500 000;98%;60 %\r\nKolda;rural;primary;1500;660500;0,3;0,05\r\n";
        let (country, findings) = with_regions(country, text, "regions.csv").expect("no error");
        let primary: Vec<&Group> = country.groups.iter().filter(|g| g.level == Level::Primary).collect();
        assert_eq!(primary.len(), 2);
        // By hand: 500,000 + 660,500 = 1,160,500 in the table, 2,321,000 nationally: everything counts twice.
        assert!(
            (primary[0].learners.value - 1_000_000.0).abs() < 1e-6
                && (primary[1].learners.value - 1_321_000.0).abs() < 1e-6
        );
        // By hand: 72,281 teachers x 1,000,000 / 2,321,000.
        assert!((primary[0].teachers.value - 31_142.2).abs() < 0.1);
        assert!((primary[0].grid.value + primary[0].solar.value - 0.98).abs() < 1e-12);
        assert!((primary[1].cellular.value - 0.05).abs() < 1e-12);
        assert_eq!(
            primary[1].devices.passport.as_ref().map(|p| p.source.as_str()),
            Some("P24: national value")
        );
        let reconciled = findings.iter().find(|f| f.code == "reconciled").expect("reported");
        assert!(reconciled.to_string().contains("multiplied by 2.0000"), "{reconciled}");
        assert_eq!(findings.iter().filter(|f| f.code == "level-not-in-table").count(), 2);
        assert_eq!(findings.iter().filter(|f| f.code == "percent-sign").count(), 2);
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_place() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,powr\n,urban,primary,10,100,1\nDakar,urben,primary,10,100,1\nDakar,urban,primery,10,100,1\nKolda,rural,primary,0,100,1\nKolda,rural,primary,-3,\"1,200\",1\nThies,rural,primary,x,,1\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        let codes = codes(&findings);
        for wanted in [
            "1:40 unknown-column",
            "2:1 empty-region",
            "3:7 unknown-word",
            "4:13 unknown-word",
            "5:21 zero-schools",
            "6:21 negative",
            "6:24 thousands",
            "6:1 duplicate-row",
            "7:21 wrong-type",
            "7:23 missing-value",
        ] {
            assert!(codes.iter().any(|code| code == wanted), "{wanted} not in {codes:?}");
        }
        assert!(
            findings.iter().any(|f| f.to_string().contains("`power`?"))
                && findings.iter().any(|f| f.to_string().contains("`urban`?"))
        );
    }

    #[test]
    fn a_percentage_without_its_sign_is_refused() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,solar,grid\nDakar,urban,primary,10,100,35,0.2\nDakar,rural,primary,10,100,0.9,0.2\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        assert_eq!(codes(&findings), ["2:28 percentage", "3:32 shares-sum"]);
        assert!(findings[0].to_string().contains("write 0.35"));
    }

    #[test]
    fn a_table_without_rows_or_columns_is_refused() {
        let Some(country) = senegal() else { return };
        for text in ["", "\n\n", "region,locality,level,schools,learners\n", "a,b\n1,2\n"] {
            assert!(with_regions(country.clone(), text, "r.csv").is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_french_table_with_a_title_and_totals_is_understood() {
        let Some(country) = senegal() else { return };
        let text = "Recensement scolaire 2024\n\nRégion;Milieu;Niveau;Nombre d'écoles;Effectif élèves;Électricité (%)\nDakar;Urbain;Élémentaire;900;1 200 000;98,5\nKolda;rural;Primaire;1100;1 121 000;30\nTotal;;;2000;2 400 000;\n";
        let (country, findings) = with_regions(country, text, "r.csv").expect("no error");
        let kolda = country.groups.iter().find(|g| g.region == "Kolda").expect("Kolda");
        assert!((kolda.grid.value + kolda.solar.value - 0.3).abs() < 1e-12);
        // By hand: 1,200,000 + 1,121,000 is the national 2,321,000, not the 2,400,000 of the last row.
        assert!((kolda.learners.value - 1_121_000.0).abs() < 1e-6);
        let total = findings.iter().find(|f| f.code == "wrong-total").expect("said");
        assert_eq!((total.place.line, total.place.column), (6, 1));
        assert!(total.to_string().contains("2\u{202f}321\u{202f}000"), "{total}");
    }

    #[test]
    fn regions_of_their_own_make_assumptions_fewer() {
        let Some(country) = senegal() else { return };
        let before = Grounds::of(&new_scenario(country.clone()));
        let mut table = String::from("region,locality,level,schools,learners\n");
        for (level, learners) in [("primary", 2_321), ("lower_secondary", 892), ("upper_secondary", 394)] {
            for region in 0..20 {
                for locality in ["urban", "rural"] {
                    let row = format!("R{region},{locality},{level},90,{}\n", learners * 25);
                    table.push_str(&row);
                }
            }
        }
        let (country, _) = with_regions(country, table, "r.csv").expect("no error");
        assert_eq!(country.groups.len(), 120);
        let after = Grounds::of(&new_scenario(country));
        assert_eq!(before.all(), after.all());
        assert!(after.assumed() < before.assumed(), "{before:?} {after:?}");
        assert!(after.stand_ins <= before.stand_ins, "{before:?} {after:?}");
    }

    #[test]
    fn bytes_of_another_kind_are_refused_in_words() {
        assert_eq!(
            looked(b"PK\x03\x04 and no more").map_err(|why| why.code()).err(),
            Some("not-a-table")
        );
        assert_eq!(looked(b"\xd0\xcf\x11\xe0\0\0").err(), Some(NoTable::Binary));
        assert_eq!(looked(b"").err(), Some(NoTable::Empty));
        let sheet = looked(b"R\xe9gion,x\nThi\xe8s,1\n").expect("Windows-1252");
        assert_eq!(
            (sheet.upper[0].cells[0].shown(), sheet.upper[1].cells[0].shown()),
            ("Région".into(), "Thiès".into())
        );
    }
}
