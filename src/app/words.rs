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
    value_hint = "{doc} Type a number: 35 %, 1.2m, 1 200 000.";

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
    typed_read = "= {value}";
    typed_wrong = "✗ {why}";
    typed_empty = "type a number";
    typed_unknown = "“{text}” is not a number";
    typed_percent = "a percentage does not fit: write for instance {example}";
    typed_year = "a year is a whole number";
    typed_outside = "{value} is outside {low} to {high}";
    typed_below = "{value} is less than {low}, the least allowed";
    typed_thousands = "{value}: a comma before three digits groups thousands";
    typed_decimal = "{value}: a single point is the decimal mark";
    typed_fraction = "{value}: below 1 without % is a fraction";
    numbers_title = "What the results rest on";
    numbers_count = "{all} numbers: {high} high, {medium} medium, {low} low confidence. {stand_ins} are stand-ins that the country's own figures should replace; {changed} changed since saved.";
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
    next_stand_in_hint = "Open the next number that is assumed, to put the country's own figure in its place";
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
    // (end of Sources page)

    // Regions page
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
