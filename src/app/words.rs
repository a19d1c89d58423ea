//! All text of the window, in one table a language. `{name}` marks where [`fill`] puts a value. English stands here;
//! every other language is a file of `assets/words`.

pub mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::data;
use crate::scenario::citations::in_words;
use crate::scenario::field::Field;
use crate::scenario::messages::{self, Message, Templates, filled};
use crate::scenario::quantity::Passport;
use crate::units::{NumberFormat, Style, Unit};

macro_rules! words {
    ($( $(#[doc = $doc:literal])* $name:ident = $text:literal; )*) => {
        /// The text of the window in one language, and how it writes numbers.
        #[derive(Clone, Debug)]
        pub struct Words {
            /// Messages of findings; English where one is missing.
            pub findings: Templates,
            /// ISO 639-1 code of the language.
            pub code: &'static str,
            /// How numbers are written.
            pub numbers: Style,
            /// What the engine calls things, by key; none of it in English.
            names: BTreeMap<&'static str, &'static str>,
            $( $(#[doc = $doc])* #[doc = concat!("\u{201c}", $text, "\u{201d}")] pub $name: &'static str, )*
        }

        /// English.
        pub static ENGLISH: Words = Words {
            findings: Templates::new(),
            code: "en",
            numbers: Style::ENGLISH,
            names: BTreeMap::new(),
            $( $name: $text, )*
        };

        /// Names and English texts, in order.
        pub const TABLE: &[(&str, &str)] = &[ $( (stringify!($name), $text), )* ];

        impl Words {
            fn set(&mut self, name: &str, text: &'static str) -> bool {
                match name {
                    $( stringify!($name) => self.$name = text, )*
                    _ => return self.set_finding(name, text),
                }
                true
            }
        }
    };
}

/// What the name of a finding's message starts with in the file of a language.
const FINDING: &str = "finding.";

impl Words {
    fn set_finding(&mut self, name: &str, text: &'static str) -> bool {
        let name = name.strip_prefix(FINDING);
        let known = messages::TABLE.iter().find(|(known, _)| Some(*known) == name);
        known.map(|(name, _)| self.findings.insert(name, text)).is_some()
    }

    /// A message in this language.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        message.in_language(&self.findings)
    }
}

/// A language of the window.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// All texts; English where the file says nothing. Numbers are as the language writes them.
    pub words: Words,
    /// The same with the numbers of each format.
    formatted: Vec<Words>,
    /// Texts that the file leaves in English, names that no text has, and marks for values that differ from the English
    /// ones; a test keeps this empty.
    pub faults: Vec<String>,
}

impl Language {
    fn new(words: Words, faults: Vec<String>) -> Self {
        let in_format = |format| {
            let mut words = words.clone();
            words.numbers.format = format;
            words
        };
        Self {
            code: words.code,
            formatted: NumberFormat::ALL.map(in_format).into(),
            words,
            faults,
        }
    }

    /// All texts, with the numbers of a format, or as the language writes them.
    #[must_use]
    pub fn in_format(&self, format: Option<NumberFormat>) -> &Words {
        let asked = |words: &&Words| Some(words.numbers.format) == format;
        self.formatted.iter().find(asked).unwrap_or(&self.words)
    }
}

/// All languages, English first. A language is a file of `assets/words`: `name = text` on each line.
#[must_use]
pub fn languages() -> &'static [Language] {
    static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
        let english = Language::new(ENGLISH.clone(), Vec::new());
        let others = data::LANGUAGES.iter().map(|(code, text)| read(code, text));
        std::iter::once(english).chain(others).collect()
    });
    &LANGUAGES
}

/// The language of a code; English for one that is not there.
#[must_use]
pub fn language(code: &str) -> &'static Language {
    let all = languages();
    all.iter().find(|language| language.code == code).unwrap_or(&all[0])
}

fn read(code: &'static str, text: &'static str) -> Language {
    let mut words = Words {
        code,
        ..ENGLISH.clone()
    };
    let mut faults = Vec::new();
    let engine = names::english();
    let findings = messages::TABLE
        .iter()
        .map(|(name, english)| (format!("{FINDING}{name}"), *english));
    let mut missing: BTreeMap<String, &str> = TABLE
        .iter()
        .map(|(name, english)| ((*name).to_owned(), *english))
        .chain(findings)
        .chain(engine.iter().map(|(name, text)| (name.clone(), text.as_str())))
        .collect();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some((name, text)) = line.split_once('=').map(|(name, text)| (name.trim(), text.trim())) else {
            faults.push(format!("not `name = text`: {line}"));
            continue;
        };
        if engine.contains_key(name) {
            words.names.insert(name, text);
        } else if !words.set(name, text) {
            faults.push(format!("no text has this name: {name}"));
        }
        if let Some(english) = missing.remove(name)
            && marks(english) != marks(text)
        {
            faults.push(format!(
                "{name}: values {:?} in English, {:?} here",
                marks(english),
                marks(text)
            ));
        }
    }
    // A text without words is the same everywhere.
    faults.extend(
        missing
            .into_iter()
            .filter(|(_, english)| english.replace("{value}", "").chars().any(char::is_alphabetic))
            .map(|(name, english)| format!("missing: {name} = {english}")),
    );
    match names::style(&words.names, words.unknown) {
        Ok(style) => words.numbers = style,
        Err(name) => faults.push(format!("not understood: {name}")),
    }
    Language::new(words, faults)
}

impl Words {
    /// A value with its unit, as the reader writes it.
    #[must_use]
    pub fn show(&self, unit: Unit, value: f64) -> String {
        self.numbers.show(unit, value)
    }

    /// Constant US dollars beside the largest amount of the view.
    #[must_use]
    pub fn money(&self, value: f64, largest: f64) -> String {
        self.numbers.money_beside(value, largest)
    }

    /// At most one decimal.
    #[must_use]
    pub fn decimals(&self, value: f64) -> String {
        self.numbers.format.decimals(value)
    }

    /// A whole number.
    #[must_use]
    pub fn grouped(&self, value: f64) -> String {
        self.numbers.format.grouped(value)
    }

    /// A number with this many decimals.
    #[must_use]
    pub fn fixed(&self, value: f64, places: usize) -> String {
        self.numbers.format.fixed(value, places)
    }

    /// A number of things.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        self.numbers.format.mark(&count.to_string())
    }

    /// A number with all its digits.
    #[must_use]
    pub fn in_full(&self, value: f64) -> String {
        self.numbers.format.mark(&value.to_string())
    }

    /// What an input means.
    #[must_use]
    pub fn meaning(&self, path: &str, field: &Field) -> &'static str {
        let own = (!self.names.is_empty()).then(|| self.names.get(names::input_key(path, field).as_str()));
        own.flatten().copied().unwrap_or(field.doc.trim())
    }

    /// A source or a note by the names of what it rests on.
    #[must_use]
    pub fn source(&self, source: &str) -> String {
        let shown = in_words(source, &self.findings);
        let passport = Passport {
            source: source.to_owned(),
            ..Passport::default()
        };
        if passport.stand_in().is_some() {
            return self.say(&messages::stand_in_is(shown));
        }
        shown
    }

    /// The text of a key of the engine or the glossary; none in English.
    #[must_use]
    pub fn engine(&self, key: &str) -> Option<&'static str> {
        self.names.get(key).copied()
    }

    /// A word of the file format or of the engine.
    #[must_use]
    pub fn word(&self, word: &str) -> String {
        self.names
            .get(names::word_key(word).as_str())
            .map_or_else(|| word.replace('_', " "), |own| (*own).to_owned())
    }
}

/// Names of the values that a template takes.
fn marks(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

words! {
    program = "Rollcall";
    no_display = "There is no display to open a window on; `rollcall run FILE` gives the same results as text and tables.";
    no_window = "The window could not be opened ({why}); `rollcall run FILE` gives the same results as text and tables.";

    new_plan = "New plan";
    new_for = "New plan: {country} ({code})";
    new_keys = "Start a plan for a country from published data (Ctrl+N)";
    level_missing = "Without {levels}: the figures of {country} have none, and no number here counts it.";
    level_add = "Add {level}…";
    level_title = "Add {level} to {country}";
    level_rest = "Learners, year and source are needed. What is left empty is stood in for, marked as assumed, and can be replaced on the page Sources.";
    level_schools = "Schools";
    level_grades = "Grades";
    level_do = "Add the level";
    level_edit = "{level} added, {learners} learners";
    levels_two = "{first} and {second}";
    country_without = "{country} without {levels}";
    menu_new = "New plan…";
    open_example = "Open the example {file}";
    open = "Open";
    save = "Save";
    save_as = "Save as";
    undo = "Undo";
    redo = "Redo";
    dark = "Dark";
    light = "Light";
    open_keys = "Open a scenario file (Ctrl+O)";
    save_keys = "Save the scenario (Ctrl+S)";
    save_as_keys = "Save under another name (Ctrl+Shift+S)";
    undo_keys = "Undo: {what} (Ctrl+Z)";
    redo_keys = "Redo: {what} (Ctrl+Y)";
    history = "History";
    history_keys = "List of changes with bookmarks (Ctrl+H)";
    history_title = "Changes of {file}";
    history_oldest = "as it was first opened";
    history_named = "● {mark}: {what}";
    history_name = "Name of the bookmark";
    history_mark = "Bookmark";
    history_mark_hint = "Mark what is shown now, so that it is found again";
    history_marked_only = "Bookmarks only";
    history_unmark = "Remove the bookmark {mark}";
    history_ago = "{age} ago";
    history_now = "What is shown now";
    history_no_marks = "There is no bookmark yet.";
    nothing_to_undo = "Nothing to undo (Ctrl+Z)";
    nothing_to_redo = "Nothing to redo (Ctrl+Y)";
    theme_keys = "Light or dark (Ctrl+D). Larger or smaller text: Ctrl and +, -, 0";
    unsaved = "unsaved changes";
    no_file = "no file open";

    page_plan = "Plan";
    page_plan_hint = "What is to be built, year by year, and what it does (Ctrl+1)";
    page_money = "Money";
    page_money_hint = "What it costs, who pays, what is missing (Ctrl+2)";
    page_compare = "Compare";
    page_compare_hint = "Open scenarios side by side (Ctrl+3)";
    page_equity = "Equity";
    page_equity_hint = "Who is reached and who is not (Ctrl+4)";
    page_sources = "Sources";
    page_sources_hint = "Every number with its source; replace what is assumed (Ctrl+5)";
    page_regions = "Regions";
    page_regions_hint = "The ministry's own regional table (Ctrl+6)";
    guide = "Guide";
    guide_hint = "What there is to know about this page, and every term (F1)";
    guide_search = "Find in the guide";
    guide_found = "{at} of {all}";
    guide_not_found = "not found";
    guide_language = "";
    guide_back = "Back";
    copy_of = "copy of {file}";
    edit_reverted = "back to {file} as saved";
    edit_reverted_opened = "back to {file} as opened";
    close_tab = "Close {file} (Ctrl+W)";
    show_tab = "Show {file}";

    path = "File";
    path_hint = "path of a .ron file";
    browse = "Browse…";
    cancel = "Cancel";
    close = "Close";
    pick_open = "Open a scenario";
    pick_save = "Save the scenario";
    kind_of_file = "Rollcall scenario";
    open_failed = "{file} could not be opened";
    open_failed_rest = "What was open stays open.";
    opening = "Opening {file}…";
    opening_stop = "Stop opening {file}";
    go_to = "Go to";
    points = "Points to check";
    points_count = "Points to check: {count}";
    points_hint = "What may mislead in this scenario. It runs all the same.";
    points_title = "{file}: points to check";
    points_none = "Nothing in this scenario stands out as misleading.";
    save_failed = "{file} could not be saved: {why}";
    at_line = "{file}, line {line}, column {column}";
    empty = "No scenario is open. Open one with Ctrl+O.";
    computing = "computing…";
    run_unsound = "{file} gives no results: {why} Undo the last change (Ctrl+Z), or correct the number.";
    run_failed_short = "The results could not be computed.";
    run_failed = "The results of {file} could not be computed: a fault of the program ({why}). The plan itself is unharmed: undo the last change (Ctrl+Z) and go on. Please send the file to those who maintain Rollcall.";
    open_broke = "{file} could not be read: a fault of the program. Please send the file to those who maintain Rollcall.";
    keep_title = "Save the changes to {file}?";
    but = "but {cases}";
    keep_rest = "They are lost otherwise.";
    keep_rest_history = "If not, they stay in the file's history: open it again and undo.";
    keep_save = "Save";
    keep_drop = "Do not save";
    remarks_title = "Save over {file}?";
    remarks_rest = "Remarks after // in the file are not kept. Numbers, sources and notes are.";
    remarks_over = "Save over it";

    plan_title = "Title of the plan";
    more_left = "More to the left";
    more_right = "More to the right";
    sentence_does = "By {year} this plan reaches {reach}";
    sentence_no_plan = "Nothing new is planned: in {year} what stands reaches {reach}";
    sentence_reach = "about {few} in {of} learners|about {few} in {of} learners";
    sentence_all = "all learners";
    sentence_nearly_all = "almost all learners";
    sentence_nearly_none = "almost no learners";
    sentence_none = "no learners";
    sentence_unknown = "an unknown share of learners";
    sentence_levels = "{reach} of {levels} school, the only levels with data";
    sentence_today = "({today} today)";
    sentence_as_today = "(as today)";
    sentence_of = "{few} in {of}";
    sentence_all_today = "all";
    sentence_nearly_all_today = "almost all";
    sentence_nearly_none_today = "almost none";
    sentence_none_today = "none";
    sentence_costs = "for {value}";
    sentence_saves = "and saves {value}";
    sentence_funded = "{cost}; all of it has a source.";
    sentence_late = "{cost}; all of it has a source, but some is paid for later than it is needed, from {year} on.";
    sentence_unfunded = "with no money yet. To do it all costs {all}; none of it has a source yet.";
    sentence_missing = "with the money it has. To do it all costs {all}; {value} have no source yet, from {year} on.";
    sentence_missing_last = "with the money it has. To do it all costs {all}; {value} have no source yet, all in {year}.";
    sentence_holds = "What holds learners back most: {what}.";
    lacks_power = "schools without power";
    lacks_link = "schools without internet";
    lacks_devices = "schools without devices";
    lacks_teachers = "too few trained teachers";
    edit_title = "Title: {title}";
    add = "Add to the plan";
    add_name = "Add {group} to the plan";
    not_in_plan = "Not in the plan: what stands is kept up.";
    power = "Power";
    links = "Links";
    devices = "Devices";
    training = "Teachers";
    content = "Content";
    support = "Support";
    management = "Management";
    together = "Together";
    powered = "Schools with power by {year}";
    system = "Solar system of a school";
    connected = "Schools online by {year}";
    floor = "Least capacity of a link";
    equipped = "Schools equipped by {year}";
    ratio = "Learners per device";
    spares = "Spare devices";
    ready = "Teachers ready by {year}";
    days = "Training for one step";
    follow_up = "Teachers followed up by {year}";
    bundling = "Bundled: the same schools get all";
    low_mark = "low confidence";
    low_why = "Low confidence: {tag} ({source}).";
    low_why_own = "Low confidence: {source}.";
    rail_today = "Today {value} overall. What stands is kept: below that, only groups of schools that have less are raised.";
    rail_saved = "As saved {value}.";
    likely = "Likely range {low} to {high}.";
    exceptions = "Set apart: {cases}.";
    value_hint = "{doc} Type a number: {share}, {millions}m, {whole}.";

    target_of = "target {value}";
    met = "✓ met";
    missed = "✗ {short} short";
    missed_short = "✗ missed";
    was_short = "was {value}";
    no_target = "no target set";
    unknown = "not known";
    was = "was {value} as saved";
    was_opened = "was {value} as opened";
    base = "{value} in {year}";
    cost_full = "To do it all {from}–{to}";
    per_learner = "{value} per learner and year, paid";
    cost_paid = "{value} has a source";
    cost_hint = "What the plan takes beyond no new plan when all of it is paid for in its year. What a year leaves unpaid is needed again in the next, so needs of several years are never added up. Money that goes out for the plan:";
    to_find = "To find {from}–{to}";
    fully_funded = "✓ all paid for";
    paid_late = "✓ paid, some late";
    gap_from = "✗ from {year}";
    dark_year = "first dark year {year}";
    dark_year_short = "dark {year}";
    no_dark_year = "no dark year";
    dark_hint = "A year is dark when unfunded upkeep takes power or link from one equipped school in a hundred.";

    reach_title = "Reach: device, link, power, ready teacher";
    reach_unit = "% of learners";
    reach_plan = "plan {value}";
    reach_saved = "as saved {value}";
    reach_opened = "as opened {value}";
    reach_dose = "full dose {value}";
    reach_without = "no new plan {value}";
    reach_guess = "the room's guess {value}";
    reach_target = "target {value}";
    reach_summary = "Reach of the plan goes from {from} in {base} to {to} in {horizon}; as saved {saved}; without a new plan {without}.";
    reach_summary_opened = "Reach of the plan goes from {from} in {base} to {to} in {horizon}; as opened {saved}; without a new plan {without}.";
    cost_title = "To do it all: the plan by component";
    cost_unit = "US$ {scale}, {year} prices";
    cost_summary = "To do it all costs {total} from {from} to {to}; most goes to {most}.";
    money_title = "Who pays for all services, those that stand and the plan";
    money_need = "to do it all";
    money_need_saved = "as saved";
    money_need_opened = "as opened";
    money_gap = "to find";
    money_other = "other sources";
    money_summary = "All services take {need} from {from} to {to}; {gap} of it is to be found.";
    existing_budget = "existing budget";
    holds_title = "What holds each group back";
    holds_unit = "scarcest part, by year";
    holds_summary = "In {year}: {groups}.";
    hold_power = "power";
    hold_link = "links";
    hold_devices = "devices";
    hold_teachers = "teachers";
    source_line = "Source: model run; {country}, base year {base}";
    scale_thousand = "thousand";
    scale_million = "million";
    scale_billion = "billion";
    scale_one = "";

    primary = "Primary";
    lower_secondary = "Lower sec.";
    upper_secondary = "Upper sec.";
    urban = "urban";
    rural = "rural";

    score_reach = "Reach, {level}{year}";
    score_all = "all learners";
    score_power = "{level}power, {year}";
    score_link = "{level}online, {year}";
    score_equipped = "{level}equipped, {year}";
    score_trained = "{level}teachers trained, {year}";
    score_qualified = "{level}qualified teachers, {year}";
    score_completion = "{level}completion, {year}";
    score_reading = "End-primary reading, {year}";
    score_mathematics = "End-primary maths, {year}";
    score_dose = "Dose of learning time, {level}{year}";
    score_other = "{code}, {level}{year}";

    foot_none = "No edit yet";
    foot_last = "Last edit: {what}";
    foot_recovered = "Recovered, with {edits} edits. The last one: {what}";
    foot_edit = "This edit: {what}";
    foot_undone = "Undone: {what}";
    foot_marks = "{edit} (bookmarks of undone changes left behind: {count})";
    foot_travelled = "Back at: {what}";
    foot_redone = "Redone: {what}";
    foot_effect = "reach {reach}, to do it all {cost}";
    foot_points = "{value} points";
    foot_same = "unchanged";
    foot_low = "{low} of {all} inputs are low confidence";
    foot_ran = "ran in {time} ms";
    foot_saved = "saved";
    foot_unchanged = "unchanged";
    foot_not_kept = "not kept against a crash";
    foot_not_kept_hint = "What you do cannot be written down beside the settings. It is tried again every few seconds; save often until then.";
    foot_unsaved = "not saved";
    edit_lever = "{lever} {from} → {to}";
    edit_lever_years = "{edit}, the years between in proportion";
    years_between = "The years between move with it in proportion; the arrow beside the name opens them.";
    edit_added = "{group} added to the plan";

    // Plan: paths and targets
    preservice = "New teachers ready by {year}";
    coverage = "Curriculum with content by {year}";
    technicians = "Technicians per 1 000 devices";
    programme = "Programme management";
    contingency = "Contingency";
    lever_search = "Find a lever";
    lever_none = "No lever has this name.";
    lever_elsewhere = "On other pages";
    path_years = "Years of {lever}";
    path_case = "Schools of {lever}";
    path_everywhere = "all schools";
    path_ends = "{from} {start} → {to} {end}";
    path_constant = "every year";
    path_point = "{lever}, {year}";
    path_point_case = "{lever} ({case}), {year}";
    path_add = "Add a year";
    path_remove = "Remove {year}";
    path_rises = "What is built is kept up: no year may be lower than the year before.";
    edit_path = "{point} {from} → {to}";
    edit_path_added = "{point} added";
    edit_path_removed = "{point} removed";
    differ = "Differ for some schools";
    differ_level = "Level that differs";
    differ_locality = "Locality that differs";
    differ_region = "Region that differs";
    differ_all_localities = "urban and rural";
    differ_all_regions = "all regions";
    differ_add = "Differ here";
    differ_end = "No difference for {case}";
    edit_differ = "{lever}: differs for {case}";
    edit_differ_ended = "{lever}: no longer differs for {case}";
    targets = "Targets";
    targets_count = "Targets ({count})";
    targets_edit = "Show and change the targets";
    target_add = "Add a target";
    target_name = "{indicator}, {level}, {year}";
    target_indicator = "Indicator of {target}";
    target_level = "Level of {target}";
    target_year = "Year of {target}";
    target_value = "Value of {target}";
    target_value_hint = "What is to be reached or passed in that year. The card above says how far the plan comes.";
    target_at_least = "≥";
    target_remove = "Remove the target {target}";
    target_all_levels = "all levels";
    target_reach = "Reach";
    target_dose = "Dose of learning time";
    target_qualified = "Qualified teachers (4.c.1)";
    target_reading = "End-primary reading (4.1.1.b)";
    target_mathematics = "End-primary maths (4.1.1.b)";
    target_completion = "Completion (4.1.2)";
    target_trained = "Teachers trained in ICT (ED8)";
    edit_target = "Target {from} → {to}";
    edit_target_added = "Target {target} added";
    edit_target_removed = "Target {target} removed";
    // (end of Plan: paths and targets)

    // Money page
    money_usd = "US$";
    money_lcu = "LCU";
    money_local = "Local currency";
    money_prices = "Prices";
    money_constant = "Constant";
    money_nominal = "Nominal";
    money_constant_short = "{year} prices";
    money_nominal_short = "nominal";
    money_currency = "Currency";
    money_services = "Services";
    money_layer_all = "All services";
    money_layer_existing = "Existing services";
    money_layer_plan = "New plan";
    money_cost_by = "Cost by";
    money_by_component = "Component";
    money_by_category = "Category";
    money_by_nature = "Nature";
    money_need_by = "Need by";
    money_by_source = "Who pays";
    money_by_layer = "Existing and plan";
    money_show = "Show";
    money_charts = "Charts";
    money_table_cost = "Cost table";
    money_table_funding = "Funding table";
    money_table_sources = "Sources table";
    money_table_debt = "Debt table";
    money_no_rate = "No local currency: the country file gives no exchange rate (country.economy.exchange_rate).";
    money_no_loan = "The plan has no loan.";
    money_unit = "{money}, {prices}";
    money_amount = "{currency} {amount}";
    money_headline_cost = "To do it all costs {plan} from {from} to {to}, on top of {existing} to keep up existing services ({prices}).";
    money_headline_gap = "{paid} has a source; {gap} ({share}) is to be found, from {year} on.";
    money_headline_funded = "All of it has a source.";
    money_headline_late = "All of it has a source, but some is paid for later than it is needed, from {year} on.";
    money_headline_dark = "Schools begin to go dark in {year}.";
    money_headline_bright = "No year is dark.";
    money_headline_left = "{left} lapses or goes back unspent.";
    money_headline_owed = "{owed} of loans is still owed after {year}.";
    money_note_constant = "Shown in constant prices of {year}.";
    money_note_nominal = "Shown in nominal prices: constant prices of {year} times the growth of US prices since then ({deflator} in {last}).";
    money_note_usd = "Local currency: LCU {rate} for a US$ ({known}).";
    money_note_rate = "LCU: local currency units, LCU {rate} for a US$ ({known}) in all years; no change of the rate is foreseen.";
    money_rate_unsourced = "no source given";
    money_note_tables = "Cost is what it takes to do it all. costs.csv lists what each year of this run needs: there, what was put off is asked for again. Table cells are rounded, totals are of unrounded amounts.";
    money_others = "{count} others";
    money_cost_title = "To do it all: {layer} by {by}";
    money_cost_summary = "{total} in all; most goes to {most}.";
    money_need_title = "Who pays for all services";
    money_need_title_layers = "To do it all: existing services and the plan";
    money_need_summary = "All services take {need}; {gap} of it is to be found.";
    money_funded = "has a source";
    money_learner_title = "Cost per learner and year";
    money_learner_summary = "In {year} {existing} is paid for each learner for existing services and {plan} for the plan; over the years of the plan it is {value} per learner and year.";
    money_owned_title = "Total cost of ownership, {layer}";
    money_owned_unit = "% of cost, {prices}";
    money_owned_row = "{share} (recurrent {recurrent})";
    money_owned_summary = "Capital {capital}, recurrent {recurrent} of the cost; most is {most}.";
    money_capital = "Capital";
    money_recurrent = "Recurrent";
    money_left_title = "Money lapsed or returned";
    money_left_summary = "{total} lapses or goes back: {sources}. Budgets lapse at the end of each year; grants, loans and levies are carried over and go back after the last year.";
    money_in_all = "{name} {total} in all";
    money_left_none = "No money lapses or goes back.";
    money_debt_title = "Debt service of loans";
    money_debt_summary = "{paid} is paid on loans up to {year}; {owed} is still owed then and is paid after the plan.";
    money_principal = "Principal";
    money_interest = "Interest";
    money_fees = "Fees";
    money_disbursed = "Disbursed";
    money_outstanding = "Outstanding";
    money_total = "Total";
    money_total_need = "To do it all";
    money_available = "available";
    money_carried_in = "carried in";
    money_spent = "spent";
    money_overhead = "overhead";
    money_returned = "returned";
    money_lapsed = "lapsed";
    money_carried_out = "carried out";
    money_table_name = "{title} ({unit})";
    money_table_cost_name = "To do it all, {layer}";
    money_table_funding_name = "Funding of the need, all services";
    money_table_sources_name = "What became of each source's money";
    money_table_debt_name = "Debt of each loan";
    // (end of Money page)

    // Equity page
    equity_measure = "Measure";
    equity_reach = "Reach";
    equity_reach_long = "Reach";
    equity_dose = "Dose";
    equity_dose_long = "Dose of learning time";
    equity_power = "4.a.1 power";
    equity_power_long = "Schools with electricity (4.a.1.a)";
    equity_link = "4.a.1 internet";
    equity_link_long = "Schools with internet for pupils (4.a.1.b)";
    equity_devices = "4.a.1 computers";
    equity_devices_long = "Schools with computers for pupils (4.a.1.c)";
    equity_of_learners = "of learners";
    equity_of_schools = "of schools";
    equity_level = "Level";
    equity_all_levels = "All levels";
    equity_by = "Told apart by";
    equity_by_level = "Level";
    equity_by_locality = "Locality";
    equity_by_place = "Level and locality";
    equity_by_sex = "Sex";
    equity_by_wealth = "Wealth fifth";
    equity_by_disability = "Disability";
    equity_show = "Show";
    equity_charts = "Charts";
    equity_table = "Table";
    equity_one_level = "One level is chosen; choose all levels to compare them.";
    equity_nobody = "The country file has no groups to compare here.";
    equity_schools_only = "This indicator counts schools, not persons.";
    equity_all = "All";
    equity_girls = "Girls";
    equity_boys = "Boys";
    equity_q1 = "Poorest fifth";
    equity_q2 = "Second fifth";
    equity_q3 = "Middle fifth";
    equity_q4 = "Fourth fifth";
    equity_q5 = "Richest fifth";
    equity_with = "With a disability";
    equity_without = "No disability";
    equity_rural_urban = "rural to urban";
    equity_girls_boys = "girls to boys";
    equity_poor_rich = "poorest to richest fifth";
    equity_with_without = "disability";
    equity_assumed = "(assumed)";
    equity_computed = "computed";
    equity_assumed_factor = "fixed factor of use, assumed";
    equity_furthest = "Furthest behind in {year}: {group}, {measure} {value} {whom}, {short} below all ({all}); {was} in {base}.";
    equity_all_alike = "In {year} no group by level, locality or wealth is behind: {measure} {all} {whom}.";
    equity_furthest_assumed = "By a fixed assumption on use, not by the plan: {group}, {value}.";
    equity_groups_title = "{measure} by {by}, {level} {assumed}";
    equity_furthest_title = "Furthest behind in {year} ({short}), {level}";
    equity_mark = "all {value}";
    equity_target = "target {value}";
    equity_from_to = "{group} from {from} to {to}";
    equity_gap_title = "Gap in {short}, {level}";
    equity_points = "percentage points";
    equity_no_gap = "no gap";
    equity_parity_title = "Adjusted parity (4.5.1) of {short}, {level}";
    equity_index = "1 = equal";
    equity_band = "parity {low}–{high}";
    equity_measured_summary = "In {year}: {values}. Drawn across: {band}.";
    equity_note = "Level and locality are computed. Wealth acts only through where each fifth lives. Sex and disability are assumed: girls use what is there {girls} times as much as boys, learners with a disability {disability} times as much as others, in every place and year, so a plan hardly changes their parity.";
    equity_note_schools = "4.a.1 counts schools, so it is known by level and locality only, not by sex, wealth or disability.";
    equity_row_gap = "Gap {sides}, points";
    equity_row_parity = "Adjusted parity {sides}, index";
    equity_table_name = "{measure}, {level} (% {whom})";
    // (end of Equity page)

    // Compare page
    compare_choose = "Compare";
    compare_base = "base";
    compare_make_base_hint = "Show differences from {name}";
    compare_full = "Six scenarios at most: untick one first";
    compare_open = "Open another";
    compare_open_hint = "Open a bundled story of this country, or a copy of this plan, beside what is open";
    compare_story = "Open {story}";
    compare_copy = "A copy of this plan";
    compare_few_open = "One scenario is open. Open another to compare it with: a file with Ctrl+O, a copy of this plan to change, or a bundled story.";
    compare_few_chosen = "Tick at least two scenarios to compare them.";
    compare_waiting = "Computing what is not there yet…";
    compare_funding = "This plan, that funding";
    compare_funding_hint = "The plan of {this} with the funding of {that}, as a new scenario beside them";
    compare_funding_same = "{that} has the same funding";
    compare_funding_name = "{this}, funding of {that}";
    compare_funding_refused = "The plan cannot take that funding: {why}";
    compare_most = "{name} reaches most learners in {year}: {value}.";
    compare_least = "{name} costs least for each learner-year reached: {value}.";
    compare_countries = "The countries differ: read shares and amounts per learner across, not totals.";
    compare_price_years = "The price years differ: money cannot be compared between columns, and no differences are shown.";
    compare_years = "Base years or horizons differ: sums are of {from}–{to}, which all share.";
    compare_no_year = "No year is common to all: only targets and dark years can be shown.";
    compare_levels = "Levels differ: what a country's figures lack is in none of its numbers (see the line under the charts).";
    compare_targets = "The targets differ: each scenario is held against its own (✓ ✗).";
    compare_reach = "Reach";
    compare_cost = "To do it all";
    compare_gap = "To find";
    compare_learning = "Learning gain, {level}";
    compare_learning_unit = "SD, end of level";
    compare_price_mixed = "US$ {scale}";
    compare_source = "Source: model runs; {countries}";
    compare_summary = "{name}: {first} in {from}, {last} in {to}.";
    compare_outcomes = "Outcomes and money";
    compare_row_targets = "Own targets reached";
    compare_of = "{met} of {all}";
    compare_row_reach = "Learners reached";
    compare_row_dose = "Learning dose";
    compare_row_power = "Schools with power";
    compare_row_link = "Schools online";
    compare_row_equipped = "Schools equipped";
    compare_row_trained = "Teachers trained in ICT";
    compare_row_qualified = "Qualified teachers";
    compare_row_completion = "Completion";
    compare_row_reading = "Reading, end of primary";
    compare_row_mathematics = "Mathematics, end of primary";
    compare_row_cost = "To do it all{span}";
    compare_row_paid = "has a source";
    compare_row_to_find = "to find";
    compare_row_to_find_share = "to find, of all";
    compare_row_per_learner = "Paid per learner and year";
    compare_row_per_reached = "Paid per learner-year reached";
    compare_row_dark = "First dark year";
    compare_row_lays = "Learning-adjusted years gained{span}";
    compare_row_lays_money = "years per US$ 100 of plan";
    compare_per_reached_hint = "Plan cost over the learner-years reached beyond those that no new plan reaches.";
    compare_none = "none";
    compare_no_difference = "same";
    compare_years_apart = "{value} years";
    compare_points = "{value} points";
    compare_cell = "{row}, {scenario}: {value}";
    compare_against = "{difference} against {base}";
    compare_target = "its target: {value}";
    compare_differs = "What differs";
    compare_all = "All";
    compare_plan = "Plan";
    compare_money = "Funding";
    compare_prices = "Prices";
    compare_country = "Country";
    compare_other = "Other";
    compare_count = "{part} ({count})";
    compare_find = "Find";
    compare_find_hint = "part of a name or path";
    compare_nothing_differs = "No input differs.";
    compare_nothing_found = "Nothing that differs has this in its name.";
    compare_left_out = "left out";
    // (end of Compare page)

    // Sources page
    typed_read = "= {value}";
    typed_wrong = "✗ {why}";
    typed_empty = "type a number";
    typed_unknown = "“{text}” is not a number";
    typed_percent = "a percentage does not fit: write for instance {example}";
    typed_year = "a year is a whole number";
    typed_outside = "{value} is outside {low} to {high}";
    typed_below = "{value} is less than {low}, the least allowed";
    typed_thousands = "{value}: {mark} before three digits groups thousands";
    typed_decimal = "{value}: {mark} is the decimal mark here";
    typed_point = "a point";
    typed_comma = "a comma";
    typed_fraction = "{value}: below 1 without % is a fraction";
    numbers_title = "What the results rest on";
    numbers_count = "{all} inputs, each once however many groups of schools answer it: {high} high, {medium} medium, {low} low confidence. {stand_ins} are stand-ins that the country's own figures should replace; {changed} changed since saved.";
    numbers_cut = "{count} more, of groups of schools, are not listed.";
    numbers_none = "No number fits the search and the filters.";
    numbers_shown = "{count} shown";
    numbers_search = "Search";
    numbers_search_hint = "name, place, source, note";
    topic_all = "All";
    topic_country = "Country";
    topic_prices = "Prices";
    topic_evidence = "Evidence";
    topic_plan = "Plan";
    topic_funding = "Funding";
    only_low = "Low confidence";
    only_stand_ins = "Stand-ins";
    only_changed = "Changed since saved";
    next_stand_in = "Next stand-in";
    next_stand_in_hint = "Open the next number that is assumed, to put the country's own figure in its place (Ctrl+J)";
    weigh = "Weigh the {count} shown";
    weigh_hint = "How much the plan's cost and the final reach move when one number goes over its likely range, or 10 % up and down where it has none, all others as they are";
    weighing = "{done} of {all} runs";
    weigh_stop = "Stop";
    weigh_old = "⚠ Weights are of an older version.";
    weigh_unusable = "The weights could not be computed.";
    column_name = "Number";
    column_place = "Of";
    column_value = "Value";
    column_range = "Likely range";
    column_year = "Year";
    column_source = "Source";
    column_confidence = "Confidence";
    column_cost = "Moves cost by";
    column_reach = "Moves reach by";
    column_note = "Note";
    sort_by = "Sort by: {column}";
    sort_file = "as in the file";
    sort_sign = "{column} ▼";
    confidence_high = "✓ high";
    confidence_medium = "○ medium";
    confidence_low = "◆ low";
    confidence_high_why = "An observation or reading with a source, a convention, or a setting.";
    confidence_medium_why = "Written into the plan without a source.";
    confidence_low_why = "A stand-in, a judgement or a recollection.";
    range_from_to = "{low} – {high}";
    range_from = "from {low}";
    range_to = "to {high}";
    path_from_to = "{from} ({first}) → {to} ({last})";
    row_name = "{name}, {place}: {value}, {confidence}";
    row_name_short = "{name}: {value}, {confidence}";
    moves_points = "{value} points";
    not_weighed_shape = "Not weighed: it sets the shape of the model.";
    not_weighed_zero = "Not weighed: it has no likely range and is zero.";
    weighed_over = "Tried from {low} to {high}: plan cost {cost_low} to {cost_high}, final reach {reach_low} to {reach_high}.";
    weighed_tenth = "Tried 10 % up and down in all years: plan cost {cost_low} to {cost_high}, final reach {reach_low} to {reach_high}.";
    number_is = "{value} · {range} · {confidence}: {source}";
    number_no_range = "no range";
    number_no_source = "no source";
    number_now = "Now: {value}, {range}. Confidence {confidence}. Source: {source}. {note}";
    new_value = "New value";
    new_value_all = "New value, all years";
    new_value_of = "Value in year {count}";
    new_year_of = "Year {count}";
    range_low = "Likely at least";
    range_high = "Likely at most";
    year_of = "Year observed";
    source_of = "Source";
    source_of_hint = "survey, office, document";
    note_of = "Note";
    note_of_hint = "who says so, and why";
    assumption = "an assumption, not an observation";
    by_year = "Different by year";
    add_year = "Add a year";
    remove_year = "Remove year {count}";
    replace = "Replace";
    replace_name = "Replace the number";
    replace_inline = "The country is then kept in this plan; its own file stays as it is.";
    replace_ready = "Enter or Replace takes it over; Escape leaves it as it was.";
    source_missing = "name the source of the figure";
    source_same = "{key} is the stand-in: name the source of your own figure";
    range_turned = "the low end of the range is above the high end";
    range_without = "the range does not hold the value";
    years_order = "years run upward, each once";
    falls = "what is built is kept: a later year cannot be below an earlier one";
    edit_number = "{name} {from} → {to} ({source})";
    edit_source = "{name}: source {source}";
    edit_shares = "{what}; the other shares of the whole with it";
    shares_ask = "These shares are one whole. Say what the others become: type them, give the difference to one of them, or to all in proportion.";
    shares_total = "Together";
    shares_sum = "Together {sum}";
    shares_to = "takes the rest";
    shares_to_name = "The difference goes to: {name}";
    shares_around = "in proportion";
    shares_around_name = "The difference goes to the others in proportion";
    shares_short = "the shares add up to {sum}; {left} is missing";
    shares_over = "the shares add up to {sum}; {left} too much";
    shares_in_year = "{year}: {what}";
    shares_note = "made to add up with: {name}";
    // (end of Sources page)

    // Regions page
    regions_bring = "New regions";
    regions_paste = "Paste";
    regions_paste_hint = "Copy the table in the spreadsheet, header and all, then Ctrl+V here; or drop a CSV or XLSX file on this page";
    regions_browse = "Choose a file…";
    regions_path = "Regional table";
    regions_path_hint = "path of a CSV or XLSX file";
    regions_open = "Read the table";
    regions_reading = "Reading {file}…";
    regions_stop = "Stop";
    regions_pasted = "pasted table";
    regions_pick = "Read a regional table";
    regions_kind_of_file = "Table (CSV, XLSX)";
    regions_trouble = "✗ {file}: {why}";
    regions_edit = "regions from {file}";

    regions_title = "{file}: {rows} rows below the header";
    regions_sheet = "Sheet";
    regions_numbers = "Numbers";
    regions_numbers_as_is = "as written; doubtful ones refused";
    regions_numbers_point = "1,200.5 (point before decimals)";
    regions_numbers_comma = "1.200,5 (comma before decimals)";
    regions_use = "Use these regions";
    regions_aside = "Put aside";
    regions_ready = "✓ Ready: {regions} regions take the place of the groups that are there. Levers, prices and sources stay.";
    regions_checking = "checking…";
    regions_blocked = "✗ {count} to be put right before these regions can be used.";
    regions_far = "◆ {what}, {level}: your table has {table}, the national total is {national} ({apart}). Every row would be multiplied by {by}.";
    regions_accept = "I have looked at this difference and accept it";
    regions_column = "Column {letter}";
    regions_left_aside = "left aside";
    regions_percent = "in %";
    regions_percent_name = "Column {letter} in %";
    regions_percent_hint = "The numbers are percentages without a sign: 35 is 35 %";
    regions_totals = "Against the national totals";
    regions_total_table = "your table";
    regions_total_national = "national";
    regions_total_apart = "difference";
    regions_total_by = "factor";
    regions_kept = "kept";
    regions_no_totals = "Shown once the table can be read.";
    regions_learners = "Learners";
    regions_teachers = "Teachers";
    regions_problems = "What was found";
    regions_no_problems = "✓ Nothing wrong was found.";
    regions_at = "row {line}, column {letter}";
    regions_more = "and {count} more";

    regions_none = "This plan has no regions yet: its schools are grouped by level and locality for the whole country. Bring the ministry's own table: one row for each region, locality (urban, rural) and level, with schools and learners; teachers, electricity, internet and more where known.";
    regions_now = "Regions of the plan";
    regions_sentence = "Reach in {horizon} goes from {low} in {lowest} to {high} in {highest}. Most for a learner goes to {dearest}: {dear}.";
    regions_level = "Level";
    regions_all_levels = "All levels";
    regions_copy = "Copy table";
    regions_copy_hint = "Copy the table, to be pasted in a spreadsheet";
    regions_region = "Region";
    regions_schools = "Schools, {base}";
    regions_pupils = "Learners, {base}";
    regions_reach_base = "Reach, {base}";
    regions_reach_horizon = "Reach, {horizon}";
    regions_cost = "To do it all, {from}–{horizon}";
    regions_per_learner = "Paid per learner and year";
    regions_whole = "Whole country";
    regions_rest = "Without a region";
    regions_all = "All regions";
    regions_sort = "Sort by {column}";
    regions_price_note = "Costs in constant US$ of {year}, beyond what keeps existing services up. {source}";
    // (end of Regions page)

    // Files, journal, settings
    file_menu = "File";
    file_menu_hint = "Open, save under another name, duplicate, revert";
    menu_open = "Open…";
    menu_recent = "Open recent";
    menu_recent_line = "{file}   {folder}";
    menu_recent_none = "no recent files";
    menu_save_as = "Save as…";
    menu_duplicate = "Duplicate";
    menu_revert = "Revert to saved";
    menu_revert_opened = "Back to how it was opened";
    revert_opened_hint = "No file holds this plan yet. Undo brings the changes back (Ctrl+Shift+R)";
    menu_close = "Close the scenario";
    duplicate_keys = "Open a copy of this scenario, under no name yet (Ctrl+Shift+D)";
    revert_hint = "Back to what the file holds; undo brings the changes back (Ctrl+Shift+R)";
    menu_close_keys = "Close this scenario (Ctrl+W)";
    drop_other = "{file} is not a scenario. Drop a file whose name ends in .ron; a regional table goes to the page Regions.";
    settings_damaged = "The settings could not be read and have been set aside as {file}. The usual ones are in force.";
    settings_newer = "The settings were written by a newer version and have been set aside as {file}. The usual ones are in force.";
    journal_failed = "Your work goes on, but nothing is kept against a crash: {why} Save often.";
    journal_mended = "What you do is kept against a crash again.";
    journal_foreign = "A record of unsaved work belongs to another user and has been set aside as {file}.";
    journal_newer = "{file} holds work that a newer version of Rollcall has kept. It stays there; that version opens it.";
    journal_damaged = "A record of unsaved work is damaged beyond reading and has been set aside as {file}.";
    journal_short = "Edits of {file} that could not be read: {lost}. The others can be undone.";
    journal_taken = "Another window has taken over {file}.";
    left_title = "The program was closed with unsaved work";
    left_rest = "Nothing is written to a file before you save.";
    left_line = "Edits: {edits}. Last kept {age} ago.";
    left_lost = "Edits that could not be read: {lost}.";
    left_no_file = "not saved to any file yet";
    left_recover = "Recover";
    left_recover_name = "Recover {file}";
    left_recover_all = "Recover all";
    left_no_plan = "{file} is no plan, so what was recovered does not belong to it. Save it under a name of its own.";
    left_discard = "Discard";
    left_discard_name = "Discard {file}";
    left_later = "Look later";
    left_later_name = "Look later at {file}";
    age_seconds = "{n} s";
    age_minutes = "{n} min";
    age_hours = "{n} h";
    age_days = "{n} days";
    disk_title = "{file} was changed on disk by another program";
    disk_rest = "This window shows the scenario as it was read before, with your edits.";
    disk_keep = "Keep mine";
    disk_keep_save = "Save mine over it";
    disk_take = "Take theirs";
    disk_other = "Save mine under another name";
    edit_theirs = "{file} as changed on disk";
    elsewhere_title = "{file} is open in another window";
    elsewhere_rest = "Another Rollcall window has this plan open: go on there, or close it there first. Two windows on one file can undo each other's work; saving asks first if the other one has saved. A copy is a plan of its own, under no name yet.";
    elsewhere_copy = "Open a copy";
    elsewhere_anyway = "Open anyway";
    replace_title = "Replace {file}?";
    replace_rest = "A file of this name exists. What it holds would be lost.";
    replace_do = "Replace it";
    save_over_country = "{file} is the country of a plan that is open, and other plans may rest on it. Save under another name.";
    save_other_kind = "A plan is saved as a Rollcall file, whose name ends in .ron. Called .{ending}, no program could open it. Proposed instead: {file}.";
    save_taken = "{file} is open in another tab or window. Save under another name.";
    // (end of Files, journal, settings)

    // Charts: table, export
    chart_no_room = "No room to draw this chart.";
    chart_menu = "Menu of {title}";
    chart_as_table = "Show as table";
    chart_as_chart = "Show as chart";
    chart_total = "total";
    chart_made = "made {date} with {program} {version}";
    chart_more = "{count} more: show as table";
    chart_copy = "Copy";
    chart_svg = "Save as SVG";
    chart_png = "Save as PNG";
    chart_csv = "Save as CSV";
    chart_pick = "Save the chart";
    chart_kind = "Chart";
    chart_saved = "Chart saved as {file}";
    chart_failed = "The chart could not be saved: {why}";
    // (end of Charts: table, export)

    // Present
    present = "Present";
    present_hint = "Full screen, one idea at a time (F5)";
    present_targets = "{met} of {all} targets are met";
    present_reach = "The plan reaches {reach} of learners in {year}";
    present_guess = "What do you think: how many learners are reached in {year}?";
    present_revealed = "The room said {guess}. The model says {model}.";
    present_cost = "To do it all costs {cost}";
    present_funded = "Everything has a source of money";
    present_late = "Everything has a source of money, but some is paid late, from {year} on";
    present_gap = "{gap} are to be found, from {year} on";
    present_headline_reach = "of learners have a device, link, power and a ready teacher in {year}; {before} in {base}";
    present_headline_cost = "to do it all; {value} per learner and year paid";
    present_room = "the room's guess";
    present_reveal = "Reveal";
    present_ask = "Predict";
    present_ask_hint = "Let the room guess before it sees the result (P)";
    present_other_lever = "Another lever (arrow up and down)";
    present_at = "{at} of {all}";
    present_keys = "← → screens · ↑ ↓ another lever · + − move it · P predict, R reveal · Esc ends";
    // (end of Present)

    // Palette and history
    palette = "Command palette";
    palette_hint = "Type what to do, for instance: power, save, money (Ctrl+K)";
    palette_none = "Nothing has this name.";
    find_number = "Numbers of: {what}";
    search_paper = "Nothing is printed yet, and there is no PDF: charts are saved as pictures (SVG, PNG) and their tables as CSV, which other programs print; Present shows the plan on a screen.";
    search_workbook = "No workbook is written yet: the table of each chart is saved as CSV, which spreadsheets open. A regional table may come as XLSX, on the page Regions.";
    search_kind = "Which kind of device a level gets is written in the file, with the plan for devices; its price stands on the page Sources.";
    go_to_page = "Go to {page}";
    duplicate = "Duplicate";
    revert = "Revert to saved";
    close_this = "Close this scenario";
    next_tab = "Next scenario";
    find = "Find on this page";
    chart_entry = "{action}: {title}";
    theme_other = "Light or dark";
    language = "English";
    next_language = "Français";
    language_hint = "Language of the window (Ctrl+L)";
    format_menu = "Numbers";
    format_hint = "How numbers are written";
    format_as = "Numbers as {example}";
    format_usual = "Numbers as usual in this language: {example}";
    zoom_in = "Larger text";
    zoom_out = "Smaller text";
    zoom_reset = "Text of usual size";
    quit = "Quit";
    // (end of Palette and history)
}

/// Puts values where a template names them.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    filled(template, &|mark| {
        let (_, value) = values.iter().find(|(name, _)| *name == mark)?;
        Some((*value).into())
    })
}

/// What an input is called: the first sentence of what it means.
#[must_use]
pub fn first_sentence(meaning: &str) -> &str {
    let first = meaning.split_once(". ").map_or(meaning, |(first, _)| first);
    first.trim_end_matches('.')
}

/// The first letter made a capital, for a sentence that starts with a filled-in word.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "2")]), "1 of 2");
        // What a value holds is no mark: a source may be called anything.
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} of {a}");
    }

    #[test]
    fn a_language_writes_numbers_its_own_way_until_another_is_asked_for() {
        let french = language("fr");
        let usual = french.in_format(None);
        assert_eq!(usual.show(Unit::Usd, 287_034_511.02), "287\u{a0}millions\u{a0}US$");
        assert_eq!(usual.show(Unit::Usd, 1_240_000.0), "1,24\u{a0}million\u{a0}US$");
        assert_eq!(usual.show(Unit::Share, 0.853), "85,3\u{a0}%");
        assert_eq!(usual.show(Unit::Years, 1.0), "1\u{a0}an");
        assert_eq!(usual.show(Unit::Count, 26_400.0), "26\u{202f}400");
        let points = french.in_format(Some(NumberFormat::CommaPoint));
        assert_eq!(points.show(Unit::Usd, 1_240_000.0), "1.24\u{a0}million\u{a0}US$");
        assert_eq!(points.show(Unit::Count, 26_400.0), "26,400");
        assert_eq!(ENGLISH.show(Unit::Usd, 287_034_511.02), Unit::Usd.show(287_034_511.02));
    }

    #[test]
    fn every_language_is_complete() {
        for language in languages() {
            assert!(language.faults.is_empty(), "{}: {:#?}", language.code, language.faults);
        }
    }
}
