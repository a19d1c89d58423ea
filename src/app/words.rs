//! All text of the window, in one table a language. `{name}` marks where [`fill`] puts a value.

macro_rules! words {
    ($( $(#[doc = $doc:literal])* $name:ident = $text:literal; )*) => {
        /// The text of the window in one language.
        #[derive(Clone, Debug)]
        pub struct Words { $( $(#[doc = $doc])* #[doc = concat!("\u{201c}", $text, "\u{201d}")] pub $name: &'static str, )* }

        /// English.
        pub const ENGLISH: Words = Words { $( $name: $text, )* };
    };
}

words! {
    program = "Rollcall";
    no_display = "There is no display to open a window on; `rollcall run FILE` gives the same results as text and tables.";
    no_window = "The window could not be opened ({why}); `rollcall run FILE` gives the same results as text and tables.";

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
    copy_of = "copy of {file}";
    edit_reverted = "back to {file} as saved";
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
    open_warned = "{file} was opened; look at these";
    save_failed = "{file} could not be saved: {why}";
    at_line = "{file}, line {line}, column {column}";
    empty = "No scenario is open. Open one with Ctrl+O.";
    computing = "computing…";
    keep_title = "Save the changes to {file}?";
    but = "but {cases}";
    keep_rest = "They are lost otherwise.";
    keep_save = "Save";
    keep_drop = "Do not save";
    remarks_title = "Save over {file}?";
    remarks_rest = "Remarks after // in the file are not kept. Numbers, sources and notes are.";
    remarks_over = "Save over it";

    levers = "Levers";
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
    likely = "Likely range {low} to {high}.";
    exceptions = "Set apart: {cases}.";
    value_hint = "{doc} Type a number, or drag.";

    target_of = "target {value}";
    met = "✓ met";
    missed = "✗ {short} short";
    missed_short = "✗ missed";
    was_short = "was {value}";
    no_target = "no target set";
    unknown = "not known";
    was = "was {value} as saved";
    base = "{value} in {year}";
    plan_cost = "Plan cost {from}–{to}";
    per_learner = "{value} per learner and year";
    unfunded = "Unfunded {from}–{to}";
    fully_funded = "✓ all paid for";
    gap_from = "✗ from {year}";
    dark_year = "first dark year {year}";
    no_dark_year = "no dark year";
    dark_hint = "A year is dark when unfunded upkeep takes power or link from one equipped school in a hundred.";

    reach_title = "Reach: device, link, power, ready teacher";
    reach_short = "Reach";
    reach_unit = "% of learners";
    reach_plan = "plan {value}";
    reach_saved = "as saved {value}";
    reach_without = "no new plan {value}";
    reach_target = "target {value}";
    reach_summary = "Reach of the plan goes from {from} in {base} to {to} in {horizon}; as saved {saved}; without a new plan {without}.";
    cost_title = "Cost of the plan by component";
    cost_unit = "US$ {scale}, {year} prices";
    cost_summary = "The plan costs {total} from {from} to {to}; most goes to {most}.";
    money_title = "Funding against need, all services";
    money_need = "need";
    money_need_saved = "as saved";
    money_gap = "unfunded";
    money_other = "other sources";
    money_summary = "Of {need} needed from {from} to {to}, {gap} has no source.";
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
    score_all = "all learners, ";
    score_power = "{level}schools with power, {year}";
    score_link = "{level}schools online, {year}";
    score_equipped = "{level}schools equipped, {year}";
    score_trained = "{level}teachers trained, {year}";
    score_qualified = "{level}qualified teachers, {year}";
    score_completion = "{level}completion, {year}";
    score_reading = "Reading at end of primary, {year}";
    score_mathematics = "Mathematics at end of primary, {year}";
    score_dose = "Dose of learning time, {level}{year}";
    score_other = "{code}, {level}{year}";

    foot_none = "No edit yet";
    foot_edit = "This edit: {what}";
    foot_undone = "Undone: {what}";
    foot_redone = "Redone: {what}";
    foot_effect = "reach {reach}, plan cost {cost}";
    foot_points = "{value} points";
    foot_same = "unchanged";
    foot_low = "{low} of {all} inputs are low confidence";
    foot_ran = "ran in {time} ms";
    foot_saved = "saved";
    foot_unsaved = "not saved";
    edit_lever = "{lever} {from} → {to}";
    edit_added = "{group} added to the plan";

    // Money page
    // (end of Money page)

    // Equity page
    // (end of Equity page)

    // Compare page
    // (end of Compare page)

    // Sources page
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
    regions_trouble = "✗ {file}: {why}. {hint}";
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
    regions_line = "Row";
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
    regions_cost = "Plan cost, {from}–{horizon}";
    regions_per_learner = "Per learner and year";
    regions_whole = "Whole country";
    regions_rest = "Without a region";
    regions_all = "All regions";
    regions_sort = "Sort by {column}";
    regions_price_note = "Costs in constant US$ of {year}, beyond what keeps existing services up. {source}";
    // (end of Regions page)

    // Files, journal, settings
    // (end of Files, journal, settings)

    // Charts: table, export
    // (end of Charts: table, export)

    // Present
    // (end of Present)

    // Palette and history
    // (end of Palette and history)
}

/// Puts values where a template names them.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = template.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
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
    }
}
