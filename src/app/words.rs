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
    menu_close = "Close the scenario";
    duplicate_keys = "Open a copy of this scenario, under no name yet (Ctrl+Shift+D)";
    revert_hint = "Back to what the file holds; undo brings the changes back";
    menu_close_keys = "Close this scenario (Ctrl+W)";
    drop_other = "{file} is not a scenario. Drop a file whose name ends in .ron; a regional table goes to the page Regions.";
    settings_damaged = "The settings could not be read and have been set aside as {file}. The usual ones are in force.";
    settings_newer = "The settings were written by a newer version and have been set aside as {file}. The usual ones are in force.";
    journal_failed = "Your work goes on, but nothing is kept against a crash: {why} Save often.";
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
    elsewhere_rest = "Two windows on one file can undo each other's work. Saving asks first if the other window has saved.";
    elsewhere_pid = "The other window is process {pid}.";
    elsewhere_copy = "Open a copy";
    elsewhere_anyway = "Open anyway";
    replace_title = "Replace {file}?";
    replace_rest = "A file of this name exists. What it holds would be lost.";
    replace_do = "Replace it";
    save_taken = "{file} is open in another tab or window. Save under another name.";
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
