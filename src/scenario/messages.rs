//! All messages of findings, in one table. `{name}` marks where a value stands. English is written here; another language
//! gives a template of the same marks for each name.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::citations::in_words;
use super::visible::visible;

/// Templates of a language by the name of the message; English stands for what is missing.
pub type Templates = BTreeMap<&'static str, &'static str>;

/// A message with its values, to be written in any language. Its [`Display`](fmt::Display) is English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    name: &'static str,
    english: &'static str,
    values: Vec<(&'static str, Value)>,
}

impl Message {
    /// Its template in English.
    pub(super) const fn english(&self) -> &'static str {
        self.english
    }

    /// The message in a language.
    #[must_use]
    pub fn in_language(&self, templates: &Templates) -> String {
        let template = templates.get(self.name).copied().unwrap_or(self.english);
        filled(template, &|mark| {
            let (_, value) = self.values.iter().find(|(name, _)| *name == mark)?;
            Some(value.in_language(templates).into())
        })
    }

    /// The message with names in the place of what `name` knows, for readers who see no file.
    #[must_use]
    pub fn named(&self, name: &dyn Fn(&Value) -> Option<String>) -> Self {
        let values = self.values.iter().map(|(mark, value)| (*mark, value.named(name)));
        Self {
            values: values.collect(),
            ..self.clone()
        }
    }
}

/// A template with values in the place of its marks, `{name}`. It is gone through once: what a value holds is never taken
/// for a mark.
#[must_use]
pub fn filled<'a>(template: &str, value: &dyn Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, mark)) = rest.split_once('{') {
        text.push_str(before);
        let value = mark
            .split_once('}')
            .and_then(|(name, behind)| Some((value(name)?, behind)));
        if let Some((value, behind)) = value {
            text.push_str(&value);
            rest = behind;
        } else {
            text.push('{');
            rest = mark;
        }
    }
    text.push_str(rest);
    text
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(&Templates::new()))
    }
}

/// What stands in the place of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A name, a number or a text of the file: the same in every language.
    Text(String),
    /// Where a number comes from, shown by name.
    Source(String),
    /// A field by its path: a page shows it by its name ([`Message::named`]).
    Path(String),
    /// A word of the file format: a page shows it in the reader's language ([`Message::named`]).
    Word(&'static str),
    /// Words of our own.
    Message(Message),
    /// Several in a row.
    List(Vec<Value>),
}

impl Value {
    /// The value in a language.
    #[must_use]
    pub fn in_language(&self, templates: &Templates) -> String {
        match self {
            // It may come out of any file.
            Self::Text(text) => visible(text).into_owned(),
            Self::Source(source) => visible(&in_words(source, templates)).into_owned(),
            Self::Path(path) => visible(path).into_owned(),
            Self::Word(word) => (*word).to_owned(),
            Self::Message(message) => message.in_language(templates),
            Self::List(values) => {
                let shown: Vec<String> = values.iter().map(|value| value.in_language(templates)).collect();
                // A name with a comma in it is still told from the next.
                let between = if shown.iter().any(|one| one.contains(", ")) {
                    "; "
                } else {
                    ", "
                };
                shown.join(between)
            }
        }
    }

    fn named(&self, name: &dyn Fn(&Self) -> Option<String>) -> Self {
        match self {
            Self::Message(message) => Self::Message(message.named(name)),
            Self::List(values) => Self::List(values.iter().map(|value| value.named(name)).collect()),
            other => name(other).map_or_else(|| other.clone(), Self::Text),
        }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(values) => values.is_empty(),
            _ => false,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(&Templates::new()))
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Vec<Value>> for Value {
    fn from(values: Vec<Value>) -> Self {
        Self::List(values)
    }
}

macro_rules! texts {
    ($($Type:ty)*) => {
        $(impl From<$Type> for Value {
            fn from(value: $Type) -> Self {
                Self::Text(value.to_string())
            }
        })*
    };
}

texts! { &str &String String char i32 usize f64 }

macro_rules! messages {
    ($( $name:ident($($value:ident),*) = $text:literal; )*) => {
        $(
            #[doc = concat!("\u{201c}", $text, "\u{201d}")]
            #[must_use]
            pub fn $name($($value: impl Into<Value>),*) -> Message {
                Message {
                    name: stringify!($name),
                    english: $text,
                    values: vec![$((stringify!($value), $value.into())),*],
                }
            }
        )*

        /// Names and English templates, in order.
        pub const TABLE: &[(&str, &str)] = &[$((stringify!($name), $text)),*];
    };
}

messages! {
    // Words that many findings share
    severity_error() = "error";
    severity_warning() = "warning";
    severity_note() = "note";
    did_you_mean(near) = "Did you mean `{near}`?";
    keep_one() = "Keep one of the two.";
    known(names) = "Known: {names}.";
    one_of(names) = "One of: {names}.";
    write_this(text) = "Write {text}.";
    write_for_instance(text) = "Write for instance {text}.";
    right_file() = "Is this the right file?";
    share_runs() = "a share runs from 0 to 1";
    of(subject, text) = "{subject}: {text}";
    written(subject, value) = "{subject} = {value}";
    group(locality, level) = "{locality}, {level}";
    group_of_region(region, locality, level) = "{region}, {locality}, {level}";
    locality_urban() = "urban";
    locality_rural() = "rural";
    level_primary() = "primary";
    level_lower_secondary() = "lower secondary";
    level_upper_secondary() = "upper secondary";

    // What we wrote ourselves in the sources and notes of defaults and of countries: a text of this form is ours
    // wherever it stands, and is shown in the reader's language
    own_title_devices() = "prices of devices, from Education Week, Vital Wave and our own judgement";
    own_title_loss() = "loss and repair of school computers, from reports on Uruguay, Costa Rica and the United States";
    own_title_power() = "power drawn by devices and their end of life, our own judgement";
    own_title_bandwidth() = "planning floor of a school's bandwidth";
    own_title_configurations() = "country configurations, with ranges by our own judgement";
    own_title_training() = "hours of training for a level of the ICT-CFT, our own judgement";
    own_title_decay() = "decay of a trained skill, our own judgement";
    own_title_learning() = "rule of production, from trials of technology in education";
    own_title_mindspark() = "price of Mindspark at scale";
    own_title_lending() = "definition of aid, lending rates and fees";
    own_title_levies() = "re-evaluation of universal service fund levies";
    own_title_domestic() = "engagement in domestic financing of education";
    own_title_toolkit() = "education cost measurement toolkit, with ranges by our own judgement";
    own_january(year) = "January {year}";
    own_february(year) = "February {year}";
    own_march(year) = "March {year}";
    own_april(year) = "April {year}";
    own_may(year) = "May {year}";
    own_june(year) = "June {year}";
    own_july(year) = "July {year}";
    own_august(year) = "August {year}";
    own_september(year) = "September {year}";
    own_october(year) = "October {year}";
    own_november(year) = "November {year}";
    own_december(year) = "December {year}";
    own_fiscal_year(year) = "FY{year}";
    own_years(first, last) = "{first} to {last}";
    own_count(count, learners) = "count of {count}, learners of {learners}";
    own_ratio(ratio, year, learners) = "{ratio} learners per teacher of {year} carried to the learners of {learners}";
    own_ratio_secondary(ratio, year, learners) = "{ratio} learners per teacher of secondary as a whole, {year}, carried to the learners of {learners}";
    own_ratio_latest(ratio, year, learners) = "{ratio} learners per teacher, {year}, carried to the learners of {learners}";
    own_thousands() = "published in thousands";
    own_connected() = "never below the schools already connected";
    own_national() = "national value of the level";
    own_ratios_by_sex() = "from enrolment ratios by sex and population of the age";
    own_sexes_by_age() = "both sexes, weighted by population of the age";
    own_sexes_by_learners() = "both sexes, weighted by learners";
    own_school_size(size) = "all learners / {size}, rural schools half the size of urban ones";
    own_projection(year) = "estimates to {year}, medium projection after";
    own_current_dollars() = "current US dollars of that year";
    own_trained() = "trained teachers";
    own_central() = "central government, without grants";
    own_general() = "general programmes";
    own_least_developed() = "least developed country";
    own_rural(share, source) = "rural {share} % of the population ({source})";
    own_split(share, source, apart, grid, other) = "national {share} % ({source}), split by log-odds {apart} apart, typical where {grid} % of people have electricity ({other})";

    // A file: found, read, saved
    no_such_file() = "there is no such file";
    no_folder(folder) = "The folder {folder} does not exist either.";
    did_you_mean_bundled(near) = "Did you mean the bundled `{near}`?";
    first_scenario() = "Write a first scenario with `rollcall new ISO3`, for instance `rollcall new SEN`.";
    bundled_are(names) = "Bundled scenarios: {names}. A new one: `rollcall new SEN`.";
    bundled_country(rule, name) = "{rule}; for the bundled country write File(\"{name}\")";
    from_bundled() = "no file of this name is there; the country that comes with the program is taken";
    country_path_wrong() = "a country stands in a file whose name ends in .ron, on a path relative to the scenario";
    not_a_country(file) = "{file}: this is not a country of Rollcall";
    country_starts() = "A country file starts with (format: 1, name: ...).";
    leads_out(name) = "`{name}` leads out of the bundled scenarios";
    no_bundled_file(path) = "no bundled file is called {path}";
    is_a_folder() = "this is a folder, not a file";
    is_a_pipe() = "this is a pipe or a device, not a file";
    copy_to_a_file() = "Copy what it gives to a file, and name that.";
    saving_broken_off() = "saving this file was broken off: it may be half old and half new";
    whole_text_in(file) = "The whole text is in {file}: compare the two, keep the right one under the name of the plan, delete the other.";
    may_not_read() = "you are not allowed to read this file";
    name_a_file() = "Name a scenario file inside it.";
    ask_the_owner() = "Ask its owner for the right to read it, or copy it to a folder of your own.";
    regional_table() = "A regional table goes in with `rollcall new ISO3 --groups FILE`.";
    right_file_or_table() = "Is this the right file? A regional table goes in with `rollcall new ISO3 --groups FILE`.";
    right_file_or_groups() = "Is this the right file? A scenario of ten thousand groups has less than half a million.";
    too_large(size, most) = "{size} MB; a scenario has at most {most} MB";
    more_than_too_large(most) = "more than {most} MB; a scenario has at most {most} MB";
    too_many_values(millions) = "more than {millions} million values";
    not_utf8() = "the file is not UTF-8 text";
    save_as_utf8() = "Save it again as UTF-8 (in a text editor: Save as, Encoding UTF-8).";
    save_as_csv_utf8() = "Save it again as UTF-8 (in a spreadsheet: Save as, CSV UTF-8).";
    empty_file() = "the file is empty";
    only_remarks() = "the file holds nothing but remarks";
    write_with_new() = "Write a scenario with `rollcall new ISO3`.";
    reported(why) = "{why}";
    not_saved_reported(why) = "{why}.";
    not_saved_no_folder() = "the folder does not exist.";
    not_saved_under_file() = "a part of the path is a file, not a folder.";
    not_saved_folder() = "this is a folder.";
    not_saved_pipe() = "this is a pipe or a device.";
    not_saved_exists() = "a file of this name exists.";
    not_saved_forbidden() = "you are not allowed to write there.";
    not_saved_read_only() = "the disk can only be read.";
    not_saved_full() = "the disk is full.";
    create_folder() = "Create the folder first, or save elsewhere.";
    another_name() = "Choose another name.";
    another_name_or_replace() = "Choose another name or allow it to be replaced.";
    own_folder() = "Save under another name or in a folder of your own; an older file is unchanged.";
    make_room() = "Make room and save again, or save to another disk; an older file is unchanged.";
    another_name_unchanged() = "Save under another name; an older file is unchanged.";
    not_saved(what, advice) = "{what} {advice}";

    // A text that is no scenario
    foreign_web() = "this is a web page or XML, not a scenario";
    foreign_web_hint() = "Save the file itself, not the page that shows it.";
    foreign_binary() = "this is a spreadsheet, archive or PDF, not a scenario";
    foreign_binary_hint() = "A scenario is a text file; `rollcall new ISO3` writes one.";
    foreign_table() = "this is a table (CSV), not a scenario";
    extensions() = "extensions of RON are not used in scenarios";
    extensions_hint() = "Remove the lines that start with `#!`.";
    no_closing_quote() = "the text that starts here with \" has no closing \"";
    no_closing_quote_hint() = "Put \" where the text ends.";
    text_over_lines() = "the text that starts here runs on over several lines";
    text_over_lines_hint() = "Its closing \" seems to be missing.";
    never_opened(bracket) = "`{bracket}` closes a bracket that was never opened";
    never_opened_hint() = "Remove it, or open the bracket before.";
    still_open(bracket, wanted, opened, line, column) = "`{bracket}` stands where `{wanted}` is wanted: the `{opened}` of line {line}, column {column} is still open";
    still_open_hint(wanted) = "Write `{wanted}` before it.";
    ends_open(opened, line, column) = "the file ends, but the `{opened}` of line {line}, column {column} is still open";
    ends_open_hint(wanted) = "Write `{wanted}` where that part ends. Was the file cut off?";
    between_thousands(mark) = "`{mark}` stands between thousands";
    quoted_name() = "names of fields stand without quotes";
    quoted_name_hint(name) = "Write {name}: ...";
    equals_sign() = "a colon belongs between a name and its value";
    semicolon() = "a semicolon stands where a comma belongs";
    straight_quotes() = "texts stand in straight quotes";
    money_sign() = "amounts are plain numbers in US dollars";
    money_sign_hint(sign) = "Write the number without `{sign}`.";
    nothing_before_comma() = "a value is missing before this comma";
    nothing_before_comma_hint() = "Write it, or remove the comma.";
    blanks_in_number() = "a number is written without blanks";
    ends_in_the_middle() = "the file ends in the middle";
    comma_missing() = "a comma is missing before this";
    colon_missing() = "a colon is missing here";
    goes_on() = "the file goes on behind its last bracket";
    cannot_stand(sign) = "`{sign}` cannot stand here";
    too_deep() = "brackets stand inside brackets more deeply than in any scenario";
    not_a_number() = "this is not a number";
    name_wanted() = "a name is wanted here";
    unknown_escape() = "this \\ in a text starts no known special character";
    remark_without_end() = "a remark that starts with /* has no end */";
    not_closed() = "a bracket is not closed here";
    not_ron(why) = "{why}";
    close_brackets(opening, closing) = "Every {opening} needs its {closing}.";
    commas_between() = "A comma stands between fields, also at the end of a line.";
    one_scenario() = "A scenario is one (...); a bracket may be closed too early.";
    write_numbers() = "Write for instance 1_000, 0.5 or 1e6.";
    end_remark() = "Write */ where the remark ends.";
    escape_hint() = "Write \\\\ for a single \\; in the path of a file write / instead.";
    fields_are() = "Fields are written (name: value, name: value); compare with a file that `rollcall new ISO3` writes.";
    decimal_comma() = "a comma stands where a decimal point belongs";
    point_or_thousands(point, thousands) = "Write {point}, or {thousands} if thousands are meant.";
    percent_sign() = "shares are written as numbers from 0 to 1, without a percent sign";

    // Fields of a file
    country_path() = "The path is relative to the scenario's own folder.";
    not_a_scenario(kind) = "a file starts with (format: 1, ...), not with {kind}";
    compare_with_new() = "Compare with a file that `rollcall new ISO3` writes.";
    format_missing() = "`format` must be written first";
    newer_format(version, known) = "the file has format {version}, this program reads up to {known}";
    newer_format_hint() = "Get a newer Rollcall, or save the file from it in the older format.";
    format_first() = "`format` belongs at the top of the file";
    format_first_hint() = "Move it up.";
    format_whole() = "`format` is a whole number";
    not_listed(count, kinds) = "findings that are not listed: {count} ({kinds})";
    not_listed_hint() = "Mend these first and check again.";
    kind_number() = "a number";
    kind_text() = "a text in quotes";
    kind_word() = "a word";
    kind_list() = "a list [...]";
    kind_map() = "a map {...}";
    kind_group() = "a group of fields (...)";
    kind_named() = "a named value Name(...)";
    group_wanted(kind) = "a group of fields is wanted here, not {kind}";
    list_wanted(kind) = "a list [...] is wanted here, not {kind}";
    list_wanted_hint() = "Put square brackets around it: [(...)].";
    word_wanted(kind) = "a word is wanted here, not {kind}";
    text_wanted(kind) = "a text in quotes is wanted here, not {kind}";
    number_wanted(unit, kind) = "a number is wanted here ({unit}), not {kind}";
    without_quotes(text) = "Write {text}, without quotes.";
    one_number() = "This field takes one number, the same in all years.";
    unknown_field() = "no field of this name exists here";
    known_here(names) = "Known here: {names}.";
    field_twice() = "this field is written twice";
    field_missing(name) = "`{name}` must be written here";
    field_is(doc) = "{doc}";
    unknown_word(word) = "`{word}` is not known here";
    not_finite() = "the number is infinite, too large or not a number";
    not_finite_hint() = "Write a number, for instance 0.5.";
    learners_not_finite(level, year) = "learners or teachers of {level} in {year} are beyond any number";
    learners_run_out(level, year) = "in {year} less than one learner of {level} is left";
    cost_not_finite(component, year) = "the cost of {component} in {year} is beyond any number";
    sum_not_finite(year) = "the cost of {year} is beyond any number";
    service_not_finite(year) = "what schools have in {year} is beyond any number";
    source_not_finite(source, year) = "the money of `{source}` in {year} is beyond any number";
    not_finite_result_look(names) = "Nothing is shown of such a run. Look at {names}: far from what is usual.";
    not_finite_result_hint() = "Nothing is shown of such a run. Look at births, learners and prices that are far from what is usual.";
    negative(unit) = "this number cannot be negative ({unit})";
    percent_as(percent, share) = "For {percent} % write {share}.";
    percent_above(percent, share) = "For {percent} % write {share}; nothing is more than the whole, 1.";
    more_than_all(percent) = "{percent} % is more than the whole; write at most 1.";
    allowed(min, max, unit) = "allowed is {min} to {max} ({unit})";
    year_wanted() = "a calendar year is wanted here";
    low_above_high() = "low stands above high";
    low_above_high_hint() = "Swap the two.";
    outside_range() = "the value lies outside its own range";
    outside_range_hint() = "Widen the range or correct the value.";
    number_not_path() = "this field takes one number, not a path";
    number_not_path_hint() = "Write (value: 0.5, ...), the same in all years.";
    value_missing() = "`value` is missing";
    points_missing() = "`points` is missing";
    year_twice(year) = "{year} is written twice";
    year_unordered(year, last) = "{year} stands after {last}";
    year_unordered_hint() = "Write the years in order.";
    target_falls() = "a target cannot fall below an earlier year's";
    target_falls_hint() = "What is built is kept up; lower the earlier target instead.";
    path_empty() = "a path needs at least one year";
    general_case() = "the first case of a lever must hold everywhere";
    general_case_hint() = "Put (to: ...) first, then the exceptions.";
    lever_empty() = "a lever needs at least one case";

    // Fields together
    and_more_groups(rule, count) = "{rule} (and {count} more groups alike)";
    entry_twice() = "this entry stands twice in the list";
    plan_before_base(base) = "the plan must start after the base year {base}";
    plan_before_base_hint() = "The base year is the last one before the plan.";
    horizon_before_plan(from) = "the horizon lies before the plan starts in {from}";
    horizon_before_plan_hint() = "Move the horizon, or start earlier.";
    too_many_years() = "a run covers at most 40 years";
    price_year(horizon) = "the price year lies after the horizon {horizon}";
    price_year_hint() = "Prices are those of a year that has been, for instance 2025.";
    births_end(year) = "births end before {year}; the last value is held";
    births_end_hint() = "Add projected births.";
    release_outside(from, to) = "the year lies outside {from} to {to}; what is released then is not received";
    year_outside(from, to) = "the year lies outside {from} to {to}; it only bends the line inside";
    correct_year() = "Correct the year, or move the horizon.";
    no_levels() = "a country needs at least one level of schooling";
    levels_left_out() = "not in this file: its learners, schools and costs are in no total";
    levels_left_out_hint() = "Add the level (the window asks for its figures), or read totals as those of the levels that are there.";
    levels_order() = "levels stand once each, from primary upward";
    level_without_learners() = "a level without learners cannot be planned for";
    level_without_learners_hint() = "Leave the level out, or write its learners.";
    no_teachers() = "the level has learners but no teachers";
    no_teachers_hint() = "Write the number of teachers.";
    no_group_teachers() = "no group of schools of this level has teachers";
    no_group_teachers_hint() = "Share the teachers out over the groups.";
    no_group_learners() = "no group of schools has learners of this level";
    no_group_learners_hint() = "Add groups, or leave the level out.";
    groups_total(groups, level) = "groups add up to {groups} learners, the level has {level}; groups are used as shares of the level";
    groups_total_hint() = "Reconcile the two.";
    competence_sum() = "shares of teachers by ICT competence add up to more than 1";
    competence_sum_hint() = "What is left to 1 counts as knowledge creation.";
    both(first, second) = "{first} and {second}";
    pupil_teacher() = "learners per teacher differ more than twofold between lower and upper secondary";
    pupil_teacher_hint() = "The two are often counted together; check how teachers were split.";
    group_level() = "the country has no data for this level";
    group_level_hint() = "Add the level to the country first.";
    group_twice() = "a group with the same region, locality and level stands above";
    group_twice_hint() = "Results of the two are shown together.";
    unlikely_school() = "so many learners for each school are unlikely";
    unlikely_class() = "so many learners for each teacher are unlikely";
    unlikely_size_hint() = "Check thousands and decimal points of the two numbers.";
    zero_schools() = "the group has learners but no schools";
    zero_schools_hint() = "Write the number of schools, or move the learners.";
    power_sum() = "shares of schools on the grid and with solar power add up to more than 1";
    power_sum_hint() = "Count each school once, under its main supply.";
    links_sum() = "shares of schools by technology of the link add up to more than 1";
    links_sum_hint() = "Count each school once, under its main link.";
    against_power(share, power) = "{share} % against {power} % with power";
    internet_above_power() = "more schools are said to have pupil-accessible internet than power; only powered schools count";
    computers_above_power() = "more schools are said to have computers than power; only powered schools count";
    above_power_hint() = "One of the two figures is wrong or counts something else.";
    group_without_teachers() = "learners without a teacher: nobody can be trained there, so nobody is reached";
    group_without_teachers_hint() = "Write the teachers of the group, or leave the column out of a regional table to share out the national number.";
    fifths_sum() = "shares of learners by wealth fifth do not add up to 1";
    fifths_sum_hint() = "The five are poorest, second, middle, fourth and richest; one left out is 0.2.";
    line_without_fibre() = "only fibre has a line of its own";
    line_without_fibre_hint() = "Put the price of masts and radio links into `setup`.";
    unknown_mode() = "no mode of learning has this name";
    learning_sum(year) = "shares of learners by mode of learning add up to more than 1 in {year}";
    learning_sum_hint() = "A learner is counted in one mode at a time; lower one of the shares.";
    training_sum() = "shares of training by mode do not add up to 1";
    training_sum_hint() = "Correct one of the shares, or add the mode that is missing.";
    implied_rest(rest, stated, assumed) = "left for {rest}, which nobody has stated: {stated} is stated, {assumed} is assumed";
    implied_rest_hint() = "State all shares of the whole; what they leave to 1 is then meant.";
    rest_competence() = "teachers at knowledge creation, the top level";
    rest_power() = "schools without power";
    rest_link() = "schools without a link";
    rest_learning() = "learners in no mode";
    unknown_region() = "no group of schools lies in this region";
    unknown_region_hint() = "Regions are those in which groups of schools lie.";
    counterpart_alone() = "a counterpart without a matching ratio";
    counterpart_alone_hint() = "Write for instance matching: 0.5 for fifty cents of the counterpart to each US dollar.";
    counterpart_chain() = "the counterpart asks for a counterpart itself";
    counterpart_chain_hint() = "Name a source that pays alone, such as the domestic budget.";
    counterpart_unknown() = "a source with a matching ratio names the source that matches it";
    counterpart_unknown_hint() = "Sources stand in funding.sources, each with its name.";
    small_commitment() = "less than US$ 10 000 in all";
    small_commitment_hint() = "Amounts are whole US dollars: write 75_000_000 for 75 million.";
    large_share() = "more than three tenths of all public education spending";
    large_share_hint() = "A ministry's new money is most often 0.5 to 5 % of education spending: 0.02 is two per cent.";
    no_absorption() = "none of the source's money can ever be spent";
    no_absorption_hint() = "Write 1 if all can.";
    too_many_sources(most) = "a scenario has at most {most} sources";
    too_many_sources_hint() = "Put sources with the same terms together.";
    source_name_taken() = "a source needs a name of its own; `unfunded` and `existing budget` are taken";
    source_name_twice() = "two sources have the same name";
    source_name_twice_hint() = "Give each its own; tables and charts tell sources apart by name.";
    budget_terms() = "a domestic budget has either `amount` or `share_of_education`";
    loan_needs() = "a grant or loan needs `commitment` and `release`";
    release_short(amount, horizon) = "{amount} of the commitment is not released by {horizon}, and never paid in this plan";
    release_short_hint() = "Release it in the years of the plan, or write what is paid as the commitment.";
    release_sum() = "more than the whole commitment is released";
    release_sum_hint() = "Shares by year add up to at most 1; a year that is not written releases nothing.";
    grace() = "grace is not shorter than maturity";
    grace_hint(years) = "Write fewer than {years} years, or lengthen maturity.";
    priority_twice() = "the component stands twice in the order of priority";
    unknown_indicator() = "no indicator has this code";
    target_year(from, to) = "a target needs a year from {from} to {to}";
    assumed() = "assumed, low confidence";
    assumed_range(rule, low, high) = "{rule}, likely {low} to {high}";
    assumed_source(rule, source) = "{rule}; {source}";
    assumed_alike(rule, count) = "{rule} (and {count} more alike)";
    nowcast(count, year, base) = "{count} values observed in {year} stand for {base}: nowcast from {year}";

    // Stand-ins: what each assumes
    stand_in_is(words) = "assumed: {words}";
    rule_of_ours() = "rule of this program, explained in its book";
    rule_of_ours_is(words) = "rule of this program: {words}";
    stand_in_p1() = "enrolment from learners and population by age";
    stand_in_p2() = "ages on from the level below, the usual number of grades";
    stand_in_p3() = "learners per teacher as in the latest year known, or as in countries of like income";
    stand_in_p4() = "as in the middle country of like income";
    stand_in_p5() = "schools from a usual number of learners each, rural ones half as large";
    stand_in_p8() = "qualified teachers stand for trained ones";
    stand_in_p9() = "5 % of teachers leave in a year";
    stand_in_p14() = "completion stands for intake to the last grade";
    stand_in_p15() = "fibre reaches 30 % of urban and 5 % of rural schools, 4G 80 % where nothing is published";
    stand_in_p16() = "10 devices in an equipped school";
    stand_in_p17() = "links without a named technology are cellular, at 10 Mbit/s";
    stand_in_p18() = "intake to the last grade follows enrolment and the level below";
    stand_in_p19() = "5 % of learners repeat";
    stand_in_p20() = "80 % of teachers without ICT competence, 15 % at acquisition, 5 % at deepening";
    stand_in_p21() = "a tenth of the curriculum has digital content";
    stand_in_p22() = "telecommunications revenue is 3 % of GDP";
    stand_in_p23() = "sexes, wealth fifths and disability as in the population";
    stand_in_p24() = "town and country, or a region, as the nation is";
    stand_in_p25() = "15 % of powered rural schools and no urban ones run on solar power";
    stand_in_p26() = "poorer fifths live more often in the country";

    // A regional table
    table_empty() = "there are no cells in it";
    table_empty_hint() = "Its first row names the columns: region, locality, level, schools, learners.";
    table_binary() = "this is not a table but a file of another kind";
    table_binary_hint() = "Save it in the spreadsheet as XLSX or CSV.";
    table_too_large(most) = "it is larger than {most} MB";
    table_too_large_hint() = "Is it a list of schools? Add it up by region, locality and level first.";
    table_rows(most) = "it has more than {most} rows";
    table_columns(most) = "it has more than {most} columns";
    table_columns_hint() = "Keep the columns of regions, schools, learners and what the schools have.";
    table_cell(most) = "a cell of it holds more than {most} KB";
    table_cell_hint() = "Look for a quote that is never closed, or text where a number belongs.";
    table_bomb(most) = "it would unpack to more than {most} MB, far more than a table of this size holds";
    table_bomb_hint() = "Copy the cells that matter into a new workbook.";
    table_persons(header) = "its column `{header}` is about single persons; such a table is not read and nothing of it is kept";
    table_persons_hint() = "Add it up by region, locality and level, without names, identity numbers and birth dates.";
    persons_aside() = "about a person: left aside, its cells were not read";
    by_thousands(value) = "read as {value}: a count has no fraction, so the mark before three digits groups thousands";
    by_thousands_more(value, count) = "read as {value}: a count has no fraction, so the mark before three digits groups thousands; {count} more alike";
    workbook(why) = "the workbook cannot be read ({why})";
    no_room() = "no room to work in";
    unknown_column() = "no column has this name";
    unknown_column_hint() = "It is left aside.";
    unknown_column_near(near) = "Did you mean `{near}`? As it stands it is left aside.";
    duplicate_column(name) = "another column is `{name}` already";
    missing_column() = "the table needs this column";
    missing_column_hint() = "Needed: region, locality, level, schools, learners.";
    no_rows() = "the table has a header but no rows";
    duplicate_row(region, locality, level, line) = "{region}, {locality}, {level} stands in line {line} too";
    duplicate_row_hint() = "Add the two together.";
    by_percent_sign() = "read as a share by its percent sign";
    by_percent_sign_more(count) = "read as a share by its percent sign, and {count} more";
    too_many_cells() = "the row has more cells than the header";
    too_many_cells_hint() = "A number with commas needs quotes, or `;` between the cells.";
    wrong_total(written, sum) = "a row of totals, left out; it says {written} learners, the rows add up to {sum}";
    wrong_total_hint() = "Look for a row that is missing or stands twice.";
    total_row() = "a row of totals, left out";
    empty_region() = "the region has no name";
    empty_region_hint() = "Write the region, for instance Kolda.";
    unknown_level(country) = "{country} has no national figures for this level";
    unknown_level_hint() = "Add the level first: the window asks for its figures, in a file it stands in the country's `levels`.";
    empty_cell() = "the cell is empty";
    no_locality() = "no locality has this name";
    no_level() = "no level has this name";
    ambiguous(thousands, decimal) = "this can be {thousands} or {decimal}";
    ambiguous_hint(thousands, decimal) = "Write {thousands} or, with one decimal more, {decimal}0.";
    cell_number() = "a number is wanted here";
    cell_number_hint() = "Leave the cell empty where nothing is known.";
    cell_negative() = "this cannot be negative";
    whole_count(value) = "a count is a whole number, this reads as {value}";
    whole_count_hint() = "Write thousands without a point or comma.";
    no_percentage() = "a number is wanted here, not a percentage";
    cell_range(least, most) = "this runs from {least} to {most}";
    above_hundred() = "This is more than 100 %.";
    cell_percent(value, share) = "For {value} % write {share} or {value}%.";
    row_zero_schools() = "the row has learners but no schools";
    adds_up(names, sum) = "{names} add up to {sum}";
    adds_up_hint() = "Count each school once.";
    adds_up_above(names, sum, whole) = "{names} add up to {sum}, more than {whole}";
    five_fifths() = "shares by wealth fifth are five and add up to 1";
    five_fifths_hint() = "Leave all five empty to take the national ones.";
    row_without_learners() = "a row without learners is left out";
    level_not_in_table(level) = "the table has no row for {level}; its groups stay as they are";
    totals_kept(level, table, national, apart) = "{level}: {table} in the table, {national} nationally ({apart} %); kept as they are";
    totals_scaled(level, table, national, apart, by) = "{level}: {table} in the table, {national} nationally ({apart} %); multiplied by {by} to keep the national total";
    totals_scaled_hint(what) = "If the table is right, write its sum as the {what} of the level.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_template_of_the_language_names_them() {
        let french = Templates::from([("both", "{second} après {first}"), ("kind_map", "une table {...}")]);
        let message = both(kind_map(), "{first}");
        assert_eq!(message.to_string(), "a map {...} and {first}");
        assert_eq!(message.in_language(&french), "{first} après une table {...}");
    }
}
