//! All messages of findings: what each is called and which values it takes. Its words stand in `assets/words`, as
//! `finding.NAME`; `{name}` marks where a value stands. English is built in; another language gives a template of the same
//! marks for each name.

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

/// The English of each message, from its file.
#[allow(non_upper_case_globals)] // A constant is called as its message is.
mod english {
    include!(concat!(env!("OUT_DIR"), "/findings.rs"));
}

macro_rules! messages {
    ($( $name:ident($($value:ident),*); )*) => {
        $(
            #[doc = concat!("`finding.", stringify!($name), "`")]
            #[must_use]
            pub fn $name($($value: impl Into<Value>),*) -> Message {
                Message {
                    name: stringify!($name),
                    english: english::$name,
                    values: vec![$((stringify!($value), $value.into())),*],
                }
            }
        )*

        /// Names, English templates and the values that they take.
        #[cfg(test)]
        const SIGNATURES: &[(&str, &str, &[&str])] =
            &[$((stringify!($name), english::$name, &[$(stringify!($value)),*])),*];

        /// Names and English templates, in order.
        pub const TABLE: &[(&str, &str)] = &[$((stringify!($name), english::$name)),*];
    };
}

messages! {
    // Words that many findings share
    severity_error();
    severity_warning();
    severity_note();
    did_you_mean(near);
    keep_one();
    known(names);
    one_of(names);
    write_this(text);
    write_for_instance(text);
    right_file();
    share_runs();
    of(subject, text);
    written(subject, value);
    group(locality, level);
    locality_urban();
    locality_rural();
    level_primary();
    level_lower_secondary();
    level_upper_secondary();

    // What we wrote ourselves in the sources and notes of defaults and of countries: a text of this form is ours
    // wherever it stands, and is shown in the reader's language
    own_title_devices();
    own_title_difficulties();
    own_title_tenders();
    own_title_managed_link();
    own_title_monitoring();
    own_title_loss();
    own_title_power();
    own_title_bandwidth();
    own_title_configurations();
    own_title_training();
    own_title_decay();
    own_title_learning();
    own_title_mindspark();
    own_title_lending();
    own_title_levies();
    own_title_domestic();
    own_title_toolkit();
    own_january(year);
    own_february(year);
    own_march(year);
    own_april(year);
    own_may(year);
    own_june(year);
    own_july(year);
    own_august(year);
    own_september(year);
    own_october(year);
    own_november(year);
    own_december(year);
    own_fiscal_year(year);
    own_years(first, last);
    own_count(count, learners);
    own_ratio(ratio, year, learners);
    own_ratio_secondary(ratio, year, learners);
    own_ratio_latest(ratio, year, learners);
    own_nowcast(count, year, step, base, people);
    own_nowcast_secondary(change, year, source);
    own_nowcast_ratio(change, year, source);
    own_births_alone();
    own_teachers_follow(base);
    own_thousands();
    own_connected();
    own_national();
    own_ratios_by_sex();
    own_sexes_by_age();
    own_sexes_by_learners();
    own_school_size(size);
    own_projection(year);
    own_current_dollars();
    own_trained();
    own_central();
    own_general();
    own_least_developed();
    own_rural(share, source);
    own_split(share, source, apart, grid, other);

    // A file: found, read, saved
    no_such_file();
    no_folder(folder);
    did_you_mean_bundled(near);
    first_scenario();
    bundled_standards_are(names);
    bundled_packages_are(names);
    bundled_practices_are(names);
    bundled_are(names);
    bundled_country(rule, name);
    from_bundled();
    country_path_wrong();
    not_a_country(file);
    country_starts();
    leads_out(name);
    no_bundled_file(path);
    is_a_folder();
    is_a_pipe();
    copy_to_a_file();
    saving_broken_off();
    whole_text_in(file);
    may_not_read();
    name_a_file();
    ask_the_owner();
    regional_table();
    right_file_or_table();
    right_file_or_groups();
    too_large(size, most);
    more_than_too_large(most);
    too_many_values(millions);
    not_utf8();
    save_as_utf8();
    save_as_csv_utf8();
    empty_file();
    only_remarks();
    write_with_new();
    reported(why);
    not_saved_reported(why);
    not_saved_no_folder();
    not_saved_under_file();
    not_saved_folder();
    not_saved_pipe();
    not_saved_exists();
    not_saved_forbidden();
    not_saved_read_only();
    not_saved_full();
    create_folder();
    another_name();
    another_name_or_replace();
    own_folder();
    make_room();
    another_name_unchanged();
    not_saved(what, advice);

    // A text that is no scenario
    foreign_web();
    foreign_web_hint();
    foreign_binary();
    foreign_binary_hint();
    foreign_table();
    extensions();
    extensions_hint();
    no_closing_quote();
    no_closing_quote_hint();
    text_over_lines();
    text_over_lines_hint();
    never_opened(bracket);
    never_opened_hint();
    still_open(bracket, wanted, opened, line, column);
    still_open_hint(wanted);
    ends_open(opened, line, column);
    ends_open_hint(wanted);
    between_thousands(mark);
    quoted_name();
    quoted_name_hint(name);
    equals_sign();
    semicolon();
    straight_quotes();
    text_unquoted();
    amount_in_words();
    money_sign();
    money_sign_hint(sign);
    nothing_before_comma();
    nothing_before_comma_hint();
    blanks_in_number();
    ends_in_the_middle();
    comma_missing();
    colon_missing();
    goes_on();
    cannot_stand(sign);
    too_deep();
    not_a_number();
    name_wanted();
    unknown_escape();
    remark_without_end();
    not_closed();
    not_ron(why);
    close_brackets(opening, closing);
    commas_between();
    one_scenario();
    write_numbers();
    end_remark();
    escape_hint();
    fields_are();
    decimal_comma();
    point_or_thousands(point, thousands);
    percent_sign();

    // Fields of a file
    country_path();
    not_a_scenario(kind);
    compare_with_new();
    format_missing();
    newer_format(version, known);
    newer_format_hint();
    format_first();
    format_first_hint();
    format_whole();
    not_listed(count, kinds);
    not_listed_hint();
    kind_number();
    kind_text();
    kind_word();
    kind_list();
    kind_map();
    kind_group();
    kind_named();
    group_wanted(kind);
    list_wanted(kind);
    list_wanted_hint();
    word_wanted(kind);
    text_wanted(kind);
    number_wanted(unit, kind);
    without_quotes(text);
    one_number();
    unknown_field();
    field_of_kind(kind, kinds);
    field_of_kind_hint();
    field_never_counted();
    kind_missing();
    kind_missing_hint(example, names);
    known_here(names);
    field_twice();
    field_missing(name);
    field_is(doc);
    unknown_word(word);
    not_finite();
    not_finite_hint();
    learners_not_finite(level, year);
    learners_run_out(level, year);
    cost_not_finite(component, year);
    sum_not_finite(year);
    service_not_finite(year);
    source_not_finite(source, year);
    not_finite_result_look(names);
    not_finite_result_hint();
    negative(unit);
    percent_as(percent, share);
    percent_above(percent, share);
    more_than_all(percent);
    allowed(min, max, unit);
    currency_unknown();
    currency_hint();
    currency_no_money();
    currency_no_money_hint();
    rate_alone();
    rate_alone_hint();
    fiscal_quotes();
    fiscal_quotes_hint(year);
    fiscal_follow();
    years_mixed();
    years_mixed_hint();
    calendar_meant();
    year_wanted();
    low_above_high();
    low_above_high_hint();
    distribution_ends(distribution);
    distribution_ends_hint();
    distribution_range();
    distribution_range_hint();
    outside_range();
    outside_range_hint();
    number_not_path();
    number_not_path_hint();
    value_missing();
    points_missing();
    year_twice(year);
    year_unordered(year, last);
    year_unordered_hint();
    target_falls();
    target_falls_hint();
    path_empty();
    general_case();
    general_case_hint();
    lever_empty();

    // Fields together
    and_more_groups(rule, count);
    entry_twice();
    plan_before_base(base);
    plan_before_base_hint();
    horizon_before_plan(from);
    horizon_before_plan_hint();
    too_many_years();
    price_year(horizon);
    price_year_early(oldest);
    price_year_hint();
    births_end(year);
    births_end_hint();
    release_outside(from, to);
    year_outside(from, to);
    correct_year();
    no_levels();
    levels_left_out();
    levels_left_out_hint();
    levels_order();
    level_without_learners();
    level_without_learners_hint();
    no_teachers();
    no_teachers_hint();
    no_group_teachers();
    no_group_teachers_hint();
    no_group_learners();
    no_group_learners_hint();
    groups_total(groups, level);
    groups_total_hint();
    competence_sum();
    competence_sum_hint();
    both(first, second);
    pupil_teacher();
    pupil_teacher_hint();
    group_level();
    group_level_hint();
    group_twice();
    group_twice_hint();
    unlikely_school();
    unlikely_class();
    unlikely_size_hint();
    zero_schools();
    zero_schools_hint();
    power_sum();
    power_sum_hint();
    links_sum();
    links_sum_hint();
    against_power(share, power);
    internet_above_power();
    computers_above_power();
    above_power_hint();
    no_gdp();
    no_gdp_hint();
    unlikely_gdp(person);
    unlikely_gdp_local(code);
    unlikely_gdp_small();
    unlikely_gdp_hint();
    group_without_teachers();
    group_without_teachers_hint();
    fifths_sum();
    fifths_sum_hint();
    difficulties_sum();
    difficulties_sum_hint();
    line_without_fibre();
    line_without_fibre_hint();
    order_alone();
    order_alone_hint();
    dear_systems(much);
    dear_systems_hint();
    link_steps(most);
    link_steps_hint();
    unknown_mode();
    mode_without_price();
    mode_without_price_hint();
    beyond_full_dose(level, hours, full, cost);
    beyond_full_dose_hint();
    faster_links(growth, year, fastest);
    faster_devices(growth, year, fastest);
    faster_hint();
    of_the_country(place);
    of_the_country_hint();
    learning_sum(year);
    learning_sum_hint();
    training_sum();
    training_sum_hint();
    implied_rest(rest, stated, assumed);
    implied_rest_hint();
    rest_competence();
    rest_power();
    rest_link();
    rest_learning();
    unknown_region();
    unknown_region_hint();
    counterpart_alone();
    counterpart_alone_hint();
    counterpart_chain();
    counterpart_chain_hint();
    counterpart_unknown();
    counterpart_unknown_hint();
    small_commitment();
    small_commitment_hint();
    fiscal_in_january();
    fiscal_in_january_hint(year);
    fiscal_outside(share, year);
    whole_month();
    rate_wanted(code, year);
    rate_before(code, year, first);
    rate_wanted_hint(code, year);
    old_price(year, price_year, oldest);
    old_price_hint(oldest, price_year);
    withdrawn(code, year, units, successor);
    withdrawn_without_law(code, year, successor);
    withdrawn_hint(successor, code);
    old_rate(code, year, price_year);
    old_rate_hint();
    old_rate_published_hint(code);
    above_spending(amount, times, spending);
    above_spending_local_hint(code, written, year, dollars);
    above_spending_hint();
    unlikely_price(usual);
    far_rate(code, published, year);
    far_rate_hint(code);
    large_share();
    large_share_hint();
    no_management(share);
    no_management_hint();
    programme_without_effect();
    programme_without_effect_hint();
    children_unknown(level);
    children_unknown_hint();
    more_than_of_a_sex();
    more_than_of_a_sex_hint();
    in_kind_handling();
    rates_alone();
    currency_twice();
    currency_twice_hint();
    no_absorption();
    no_absorption_hint();
    too_many_sources(most);
    too_many_sources_hint();
    source_name_taken();
    source_name_twice();
    source_name_twice_hint();
    budget_terms();
    release_short(amount, horizon);
    release_short_hint();
    until_before_release(first);
    until_before_release_hint(first);
    rate_of_package(code);
    rate_of_source_hint(code, example);
    funding_alone();
    release_sum();
    release_sum_hint();
    grace();
    grace_hint(years);
    interest_grace();
    payments_per_year();
    first_until(grace, maturity);
    first_principal_sum(sum);
    first_principal_alone();
    in_kind_components();
    multiplier_matching();
    multiplier_own_money();
    prefinanced_too_much(most);
    results_late(first, horizon);
    results_late_hint();
    term_unused(term);
    source_from(from, to);
    newer_terms(name);
    newer_terms_hint(kind);
    priority_twice();
    practice_input();
    unknown_indicator();
    shock_year(from, to);
    shock_overlap(other);
    shock_overlap_hint();
    target_year(from, to);
    target_one_person();
    target_lacks(field);
    target_lacks_hint();
    target_no_bound();
    target_no_bound_hint();
    target_two_bounds();
    target_two_bounds_hint();
    assumed();
    assumed_range(rule, low, high);
    assumed_source(rule, source);
    assumed_alike(rule, count);
    nowcast(count, year, base);
    nowcast_learners(note);

    // Stand-ins: what each assumes
    stand_in_is(words);
    rule_of_ours();
    rule_of_ours_is(words);
    stand_in_p1();
    stand_in_p2();
    stand_in_p3();
    stand_in_p4();
    stand_in_p5();
    stand_in_p8();
    stand_in_p9();
    stand_in_p14();
    stand_in_p15();
    stand_in_p16();
    stand_in_p17();
    stand_in_p18();
    stand_in_p19();
    stand_in_p20();
    stand_in_p21();
    stand_in_p22();
    stand_in_p23();
    stand_in_p24();
    stand_in_p25();
    stand_in_p26();
    stand_in_p27();
    stand_in_p28();

    // Documented cases
    case_malawi();
    case_kenya_special();
    case_india_special();
    case_senegal();
    case_world();
    case_uruguay();
    case_europe();

    // A regional table
    table_empty();
    table_empty_hint();
    table_binary();
    table_binary_hint();
    table_locked();
    table_locked_hint();
    table_markup();
    table_old();
    table_too_large(most);
    table_too_large_hint();
    table_rows(most);
    table_columns(most);
    table_columns_hint();
    table_cell(most);
    table_cell_hint();
    table_bomb(most);
    table_bomb_hint();
    table_persons(header);
    table_persons_hint();
    persons_aside();
    cell_date(cell, date, number);
    cell_date_hint();
    mark_of_nothing(count);
    part_above_whole(part, all);
    part_above_whole_hint();
    duplicate_region(region, level, line);
    assumed_level(level, count);
    assumed_levels(first, last, count);
    assumed_untold(count);
    assumed_shared(count);
    assumed_no_schools(count);
    row_like_total();
    row_like_total_hint();
    open_quote(line);
    open_quote_hint();
    small_percent(count);
    small_percent_hint();
    assumed_split(count);
    assumed_council(count);
    assumed_district_type(count);
    assumed_density(count, urban);
    assumed_times(times, columns);
    assumed_sectors(columns);
    assumed_nation(count);
    assumed_filled_down(count);
    assumed_schools(count);
    assumed_learners(count);
    assumed_nothings(count, marks);
    assumed_repeated(count);
    assumed_again(count);
    ask_unit(column, header, least, most);
    ask_unit_evidence();
    assumed_share(measure, count);
    assumed_outside(count, names);
    number_as_region();
    number_as_region_hint();
    ask_level(count);
    ask_level_evidence(level);
    ask_levels_evidence(first, last);
    ask_learners(columns);
    ask_learners_evidence(most);
    ask_blank(column, header, count);
    ask_blank_evidence();
    ask_two(column, header);
    ask_council(urban, all);
    ask_council_evidence();
    ask_density(density, urban, all);
    ask_district_type(urban, all);
    ask_times(columns, times);
    ask_times_evidence(sum, published);
    answer_times(times);
    answer_as_it_stands();
    ask_spelling(names, count);
    ask_spelling_evidence();
    answer_yes();
    answer_nation();
    answer_one();
    answer_two();
    answer_schools();
    answer_learners();
    answer_levels(first, last);
    answer_computers();
    answer_other();
    answer_untold();
    answer_percent();
    answer_share();
    by_thousands(value);
    by_thousands_more(value, count);
    workbook(why);
    no_room();
    unknown_column();
    titled_otherwise();
    titled_hint();
    outside_hint();
    unknown_column_hint();
    unknown_column_near(near);
    duplicate_column(name);
    missing_column();
    column_gone(file);
    missing_column_hint();
    no_sizes();
    no_rows();
    duplicate_row(region, locality, level, line);
    duplicate_row_hint();
    by_percent_sign();
    by_percent_sign_more(count);
    too_many_cells();
    too_many_cells_hint();
    wrong_total(written, sum);
    wrong_total_hint();
    total_row();
    empty_region();
    empty_region_hint();
    unknown_level(country);
    unknown_level_hint();
    empty_cell();
    no_locality();
    no_sex();
    no_level();
    ambiguous(thousands, decimal);
    ambiguous_hint(thousands, decimal);
    cell_number();
    cell_number_hint();
    cell_negative();
    whole_count(value);
    whole_count_hint();
    no_percentage();
    cell_range(least, most);
    above_hundred();
    cell_percent(value, share);
    row_zero_schools();
    adds_up(names, sum);
    adds_up_hint();
    adds_up_above(names, sum, whole);
    five_fifths();
    five_fifths_hint();
    row_without_learners();
    level_not_in_table(level);
    totals_kept(level, table, national, apart);
    totals_scaled(level, table, national, apart, by);
    totals_scaled_hint();
    totals_far_below(level, what, table, national, times, by);
    totals_far_above(level, what, table, national, times, by);
    totals_far_hint();
    totals_none(level, what, table, national);
    totals_of_sheet(level, what, table, national, apart);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_of_a_message_names_the_values_that_it_takes() {
        for (name, text, values) in SIGNATURES {
            let mut marks: Vec<&str> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0))
                .collect();
            marks.retain(|mark| mark.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'));
            let mut values = values.to_vec();
            for list in [&mut marks, &mut values] {
                list.sort_unstable();
                list.dedup();
            }
            assert_eq!(marks, values, "{name}: {text}");
        }
    }

    #[test]
    fn values_stand_where_the_template_of_the_language_names_them() {
        let french = Templates::from([("both", "{second} après {first}"), ("kind_map", "une table {...}")]);
        let message = both(kind_map(), "{first}");
        assert_eq!(message.to_string(), "a map {...} and {first}");
        assert_eq!(message.in_language(&french), "{first} après une table {...}");
    }
}
