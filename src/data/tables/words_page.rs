//! The page of the book on the words of tables, written from the table of words.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::words::TABLE;

/// Languages of a page's columns: code and name.
const LANGUAGES: [(&str, &str); 5] = [
    ("en", "English"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("pt", "Portuguese"),
    ("ar", "Arabic"),
];

/// Parts of the page: kinds of words, title, what is to be known.
const PARTS: [(&[&str], &str, &str); 10] = [
    (
        &["column"],
        "Columns",
        "Of places that stand side by side the region is the largest: `region` before `district` before `ward`, and of one kind the column\n\
        with fewer names. Where a word stands for two things, the cells settle it: `zone` and `area` are urban or rural if a cell says\n\
        so, else names of places; `type`, `cycle` and `ordre` are levels if a cell names one, else left aside; computers are a share of schools,\n\
        schools that have some, or so many computers, by their size beside the schools. `4G` alone is coverage.",
    ),
    (
        &["level"],
        "Levels",
        "A level that spans several is split by its grades, where they are told, or as the nation is. Words of one country, by its code, go\n\
        before the others there: `secondary` is upper secondary in Nepal, where grades 6 to 8 are counted as basic. A narrower word within a wider\n\
        one counts (*Secondaire / 1er cycle*). What is `outside` is not counted here.",
    ),
    (
        &["locality", "council"],
        "Urban and rural",
        "A council's kind is the last word of its name. Where no column tells urban or rural, a column of kinds of districts does by these words, or\n\
        people per square kilometre.",
    ),
    (
        &["sex"],
        "Girls and boys",
        "Letters go by their pair in the row of headers: G is girls beside B and boys beside F; M is boys beside F and girls beside H.",
    ),
    (
        &["grades", "grade", "ordinal", "age"],
        "Grades and ages",
        "Grades are counted from the first grade of the level, by the country's durations: *Grade 7*, *Form II*, *1.º grado*, *5e année*,\n\
        *الصف الأول*, *JSS2*, *CM2*. A number beside years is an age: *6 años*. A level that is named goes before the count of grades.",
    ),
    (
        &[
            "yes", "no", "total", "subtotal", "of_place", "name", "percent", "share", "number", "with", "without",
            "per", "another", "filler", "note", "nothing",
        ],
        "Other words",
        "A header with a word for *per*, *without* or *no* (*no electricity*; *No.* is a number) is left aside. Under a title with a word for *another*\n\
        columns that do not say what they count are no learners. A row that begins with a word for *note* is a note.",
    ),
    (
        &["sector"],
        "Public and private",
        "Columns that count for several of these are added up where no column counts for all; beside one that does they are its parts. One alone is\n\
        left aside.",
    ),
    (
        &["times"],
        "In thousands",
        "Counts under such a header are multiplied. In a title (there in two words, or as `'000`) it is asked; the proposal is what brings\n\
        learners nearer to the published totals.",
    ),
    (
        &["aside"],
        "Left aside without a word",
        "Words that count only a part (trained, repeaters) leave their whole column aside.",
    ),
    (
        &["near"],
        "Hints",
        "A header that nobody knows is left aside with a warning. A hint names the column that it may be meant for: by these words, or where all of a\n\
        known header but one or two letters stands there. Else there is none.",
    ),
];

/// The page.
#[must_use]
pub fn page() -> String {
    let mut text = String::from(
        "# Words of tables\n\n\
        <!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features book`; the words stand in `assets/tables/words.txt`. -->\n\n\
        Headers and cells of a ministry's table are understood by these words, in English, French, Spanish, Portuguese and Arabic. Capitals,\n\
        accents, signs and the Arabic article do not matter. A header is understood when all of it is known: one column, with words for whom\n\
        it counts (level, grade, age, sex, year), in which unit, and small words. The longest phrase counts. A word more is one more word in a line of\n\
        `assets/tables/words.txt`, which says how its lines are written.\n",
    );
    for (kinds, title, known) in PARTS {
        let _ = write!(text, "\n## {title}\n\n{known}\n\n| meaning |");
        for (_, language) in LANGUAGES {
            let _ = write!(text, " {language} |");
        }
        text.push_str(" all, or one country |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (meaning, words) in rows(kinds) {
            let _ = write!(text, "| {meaning} |");
            for cell in words {
                let _ = write!(text, " {cell} |");
            }
            text.push('\n');
        }
    }
    text
}

/// Meanings in the order of the table, with the words of each language and then those of all or of one country.
fn rows(kinds: &[&str]) -> Vec<(String, [String; 6])> {
    let mut order: Vec<String> = Vec::new();
    let mut rows: BTreeMap<String, [String; 6]> = BTreeMap::new();
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for (key, words) in lines.filter_map(|line| line.split_once(" = ")) {
        let (key, language) = key.rsplit_once('.').unwrap_or((key, "any"));
        let (kind, meaning) = key.split_once('.').unwrap_or((key, key));
        if !kinds.contains(&kind) {
            continue;
        }
        let name = match kind {
            "grades" => format!("grades of {meaning}"),
            "grade" => format!("a grade of {meaning}"),
            "ordinal" => format!("grade {meaning}"),
            "council" => format!("{meaning} council"),
            "times" => format!("times {meaning}"),
            _ => meaning.to_owned(),
        };
        let name = name.replace('+', ", ").replace('_', " ");
        let place = LANGUAGES.iter().position(|(code, _)| *code == language).unwrap_or(5);
        // Marks of the page's own language are written out.
        let words = words.replace(" | ", ", ").replace('*', "\\*").replace('|', "");
        let cell = match language {
            code if code.len() == 3 && code != "any" => format!("{code}: {words}"),
            _ => words,
        };
        let row = rows.entry(name.clone()).or_insert_with(|| {
            order.push(name);
            Default::default()
        });
        if !row[place].is_empty() {
            row[place].push_str("; ");
        }
        row[place].push_str(cell.trim());
    }
    order.into_iter().filter_map(|name| rows.remove_entry(&name)).collect()
}
