//! Numbers as a person types them: `1 200 000`, `1,2 mn`, `35 %`. What was understood is said while typing, and what was
//! not understood, or is not allowed, is said too: nothing that is typed is changed without a word.

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Key, Response, RichText, TextEdit, Ui};

use super::theme::{self, Palette};
use super::words::{Words, fill};
use crate::scenario::read::percent;
use crate::units::{Unit, fixed};

/// A number that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// The value, in the unit that was asked for.
    pub value: f64,
    /// The value in words, with the rule where the text could be read in two ways.
    pub said: String,
}

/// Words for magnitudes in all languages.
const MAGNITUDES: &[(&str, f64)] = &[
    ("thousand", 1e3),
    ("mille", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("milliard", 1e9),
    ("mrd", 1e9),
    ("md", 1e9),
    ("mio", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("b", 1e9),
];

/// Which of two readings was taken.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// There is one reading only.
    Plain,
    /// `1,200` is 1200 by this mark.
    Thousands(char),
    /// `1.200` is 1.2 by this mark.
    Decimal(char),
    /// `0.35` of a share is 35 %.
    Fraction,
}

/// Reads what is typed into a field.
///
/// Spaces and apostrophes group thousands. Where points and commas both stand, the last one is the decimal mark. A mark
/// that stands more than once groups thousands. One mark before exactly three digits is what the reader's format makes
/// of it: its decimal mark is that, any other mark groups thousands, so that `1,200` is 1200 to one reader and 1.2 to
/// another, and each is told; in a count, which has no fraction, it groups thousands for every reader. Any other single mark is the decimal mark in all formats. In a percentage, a number
/// without `%` is a percentage from 1 on and a fraction below.
///
/// # Errors
/// In words: not a number, or outside what is allowed.
pub fn parse(text: &str, unit: Unit, within: (f64, f64), words: &Words) -> Result<Understood, String> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(words.typed_empty.into());
    }
    let unknown = || fill(words.typed_unknown, &[("text", typed)]);
    let plain = typed
        .to_lowercase()
        .replace('\u{2212}', "-")
        .replace(['\u{a0}', '\u{202f}', '\u{2009}', '\t'], " ")
        .replace('\u{2019}', "'");
    let mut rest = plain.as_str();
    if unit.is_money() {
        rest = ["us$", "usd", "$"]
            .iter()
            .find_map(|sign| rest.strip_prefix(sign))
            .unwrap_or(rest)
            .trim_start();
    }
    let (sign, digits) = rest.strip_prefix('-').map_or((1.0, rest), |rest| (-1.0, rest));
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '\'' | '.' | ',')))
        .unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(end);
    let (scale, rest) = magnitude(rest.trim());
    // A count has no fraction, pasted or typed; one and a quarter million has.
    let decimal = (unit != Unit::Count || scale > 1.0).then(|| words.numbers.format.decimal());
    let (number, mut rule) = figure(digits.trim(), decimal).ok_or_else(unknown)?;
    // Adding zero turns minus zero into zero.
    let mut value = sign * number * scale + 0.0;
    let sign_of_percent = ["%", "per cent", "percent", "pour cent"]
        .iter()
        .find_map(|sign| rest.strip_prefix(sign));
    let rest = match sign_of_percent {
        Some(rest) if unit.is_percentage() || matches!(unit, Unit::Ratio | Unit::Index) => {
            value = percent(value);
            rest.trim()
        }
        Some(_) => return Err(fill(words.typed_percent, &[("example", &words.show(unit, 2.0))])),
        None if unit.is_percentage() && value.abs() < 1.0 && value != 0.0 => {
            rule = Rule::Fraction;
            rest
        }
        None if unit.is_percentage() => {
            value = percent(value);
            rest
        }
        None => rest,
    };
    if !fits(rest, unit, words) {
        return Err(unknown());
    }
    if !value.is_finite() {
        return Err(unknown());
    }
    if unit == Unit::CalendarYear && value.fract() != 0.0 {
        return Err(words.typed_year.into());
    }
    allowed(value, unit, within, words)?;
    let said = said(value, unit, words);
    let ruled = |template: &str, mark: char| {
        let name = if mark == ',' {
            words.typed_comma
        } else {
            words.typed_point
        };
        fill(template, &[("value", &said), ("mark", name)])
    };
    Ok(Understood {
        value,
        said: match rule {
            Rule::Plain => said,
            Rule::Thousands(mark) => ruled(words.typed_thousands, mark),
            Rule::Decimal(mark) => ruled(words.typed_decimal, mark),
            Rule::Fraction => fill(words.typed_fraction, &[("value", &said)]),
        },
    })
}

/// Whether a value is inside what is allowed; in words if not.
fn allowed(value: f64, unit: Unit, (low, high): (f64, f64), words: &Words) -> Result<(), String> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    // Above a thousand million million there is no limit that means anything.
    let template = if high < 1e15 {
        words.typed_outside
    } else {
        words.typed_below
    };
    Err(fill(
        template,
        &[
            ("value", &words.show(unit, value)),
            ("low", &words.show(unit, low)),
            ("high", &words.show(unit, high)),
        ],
    ))
}

/// Digits with their marks as a number, by the mark before decimals; none where there are no decimals.
fn figure(digits: &str, decimal_mark: Option<char>) -> Option<(f64, Rule)> {
    let count = |mark: char| digits.matches(mark).count();
    let (points, commas) = (count('.'), count(','));
    let spaced = digits.contains([' ', '\'']);
    let (decimal, rule) = match (points, commas) {
        (1.., 1..) => (digits.chars().rfind(|c| matches!(c, '.' | ',')), Rule::Plain),
        (1, 0) | (0, 1) => {
            let mark = if points == 1 { '.' } else { ',' };
            let (before, after) = digits.split_once(mark)?;
            let two_ways = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0') && !spaced;
            match two_ways {
                true if Some(mark) == decimal_mark => (Some(mark), Rule::Decimal(mark)),
                true => (None, Rule::Thousands(mark)),
                false => (Some(mark), Rule::Plain),
            }
        }
        _ => (None, Rule::Plain),
    };
    let (whole, part) = match decimal {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = whole.split([' ', '\'', '.', ',']).collect();
    let grouped =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    let one_mark = whole
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .all(|c| Some(c) == whole.chars().find(|c| !c.is_ascii_digit()));
    if !grouped || !one_mark || (decimal.is_some() && decimal == whole.chars().find(|c| !c.is_ascii_digit())) {
        return None;
    }
    let whole = groups.concat();
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    Some((format!("{whole}.{part}0").parse().ok()?, rule))
}

/// Takes a word for a magnitude from the start of what follows the digits.
fn magnitude(rest: &str) -> (f64, &str) {
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    // `Mbit/s` is no million.
    if after.starts_with('/') {
        return (1.0, rest);
    }
    MAGNITUDES
        .iter()
        .find(|(known, _)| word == *known || word.strip_suffix('s') == Some(known))
        .map_or((1.0, rest), |(_, scale)| (*scale, after.trim()))
}

/// Whether what follows the number is nothing or the start of the unit.
fn fits(rest: &str, unit: Unit, words: &Words) -> bool {
    let template = words.numbers.template(unit).to_lowercase().replace('\u{a0}', " ");
    // The forms for one and for more.
    let mut suffixes = template
        .split('|')
        .filter_map(|form| form.split_once("{value}"))
        .map(|(_, suffix)| suffix.trim_start_matches([' ', '%']));
    // Of what a percentage is one is known already, and may be said.
    let of_what = ["of ", "du ", "de ", "des ", "d'"];
    let said = unit.is_percentage()
        && of_what.iter().any(|of| rest.starts_with(of))
        && !rest.contains(|letter: char| letter.is_ascii_digit());
    rest.is_empty() || said || suffixes.any(|suffix| suffix.starts_with(rest)) || rest == unit.name()
}

/// The value as a person reads it, and in full where that leaves digits out.
fn said(value: f64, unit: Unit, words: &Words) -> String {
    let (short, full) = (words.show(unit, value), exact(value, unit, words));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = digits(&short).trim_end_matches('0') == digits(&full).trim_end_matches('0');
    if same { short } else { format!("{short} ({full})") }
}

/// The value with all its digits, as it can be typed again.
#[must_use]
pub fn exact(value: f64, unit: Unit, words: &Words) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let (value, sign) = if unit.is_percentage() {
        (value * 100.0, " %")
    } else {
        (value, "")
    };
    // A number holds some fifteen figures: what is written beyond them nobody typed.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let places = (14.0 - value.abs().max(1.0).log10().floor()).clamp(0.0, 9.0) as usize;
    let text = fixed(value, places);
    let text = if places > 0 {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    // In a count three digits behind a mark are thousands; a fourth says that they are not.
    let three = text.split_once('.').is_some_and(|(_, part)| part.len() == 3);
    let more = if unit == Unit::Count && three { "0" } else { "" };
    let text = &format!("{text}{more}");
    let number = if unit == Unit::CalendarYear {
        text.to_owned()
    } else {
        words.numbers.format.mark(text)
    };
    number + sign
}

/// The line under a field that says what was understood, or what is wrong.
pub fn say(ui: &mut Ui, read: &Result<Understood, String>, words: &Words) {
    let palette = Palette::of(ui);
    let (text, colour) = match read {
        Ok(understood) => (fill(words.typed_read, &[("value", &understood.said)]), palette.weak),
        Err(why) => (fill(words.typed_wrong, &[("why", why)]), palette.bad),
    };
    ui.add(egui::Label::new(RichText::new(text).font(theme::text(theme::SMALL)).color(colour)).wrap());
}

/// What a number field is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberField<'a> {
    /// Accessible name.
    pub name: &'a str,
    /// The value.
    pub value: f64,
    /// The value as it stands there while nobody types.
    pub shown: &'a str,
    /// Unit.
    pub unit: Unit,
    /// Smallest and largest allowed value.
    pub within: (f64, f64),
    /// Width.
    pub width: f32,
}

/// What came of a number field in a frame.
pub(crate) struct Typed {
    /// The field.
    pub response: Response,
    /// The value that is taken over.
    pub taken: Option<f64>,
    /// What is understood so far of what is being typed, and is not taken over yet.
    pub typing: Option<f64>,
}

/// A number that can be typed, where nobody looks on: see [`typing_field`].
pub(crate) fn number_field(ui: &mut Ui, field: NumberField<'_>, words: &Words) -> (Response, Option<f64>) {
    let typed = typing_field(ui, field, words);
    (typed.response, typed.taken)
}

/// A number that can be typed. While typing, a line beside it says what is understood or what is wrong. Enter or going
/// elsewhere takes the value over, Escape leaves it as it was; what cannot be taken over stays there with the reason.
pub(crate) fn typing_field(ui: &mut Ui, field: NumberField<'_>, words: &Words) -> Typed {
    let NumberField {
        name,
        value,
        shown,
        unit,
        within,
        width,
    } = field;
    let id = ui.make_persistent_id(("number", name));
    // What is typed belongs to the value that it is to replace.
    let kept = ui
        .data(|data| data.get_temp::<(u64, String)>(id))
        .filter(|(of, _)| *of == value.to_bits());
    let typing = kept.is_some();
    let mut text = kept.map_or_else(|| shown.to_owned(), |(_, text)| text);
    let response = ui.add(
        TextEdit::singleline(&mut text)
            .id(id)
            .desired_width(width)
            .align(egui::Align2::RIGHT_CENTER),
    );
    response.widget_info(|| egui::WidgetInfo::text_edit(true, &text, &text, name));
    if response.gained_focus() && !typing {
        text = exact(value, unit, words);
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), id);
    }
    let (mut taken, mut so_far) = (None, None);
    let (enter, escape) = ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
    let mut keep = response.has_focus() || response.gained_focus() || typing;
    if keep {
        let read = parse(&text, unit, within, words);
        if response.lost_focus() {
            match &read {
                _ if escape => keep = false,
                Ok(understood) => {
                    keep = false;
                    let untouched = text == exact(value, unit, words);
                    taken = (!untouched).then_some(understood.value);
                }
                Err(_) if enter => response.request_focus(),
                Err(_) => {}
            }
        }
        if keep {
            let untouched = text == exact(value, unit, words);
            so_far = read.as_ref().ok().filter(|_| !untouched).map(|read| read.value);
            egui::Popup::from_response(&response)
                .id(id.with("read"))
                .kind(egui::PopupKind::Tooltip)
                .open(true)
                // What it covers can still be clicked.
                .interactable(false)
                .gap(3.0)
                .show(|ui| {
                    ui.set_max_width(theme::TYPED);
                    say(ui, &read, words);
                });
        }
    }
    ui.data_mut(|data| {
        if keep {
            data.insert_temp(id, (value.to_bits(), text));
        } else {
            data.remove::<(u64, String)>(id);
        }
    });
    Typed {
        response,
        taken,
        typing: so_far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::{ENGLISH, language};
    use crate::units::NumberFormat;

    const ANY: (f64, f64) = (0.0, 1e15);

    fn value(text: &str, unit: Unit) -> Result<f64, String> {
        let within = if unit.is_percentage() { (0.0, 1.0) } else { ANY };
        parse(text, unit, within, &ENGLISH).map(|understood| understood.value)
    }

    #[test]
    fn money_is_read_as_people_write_it() {
        for text in [
            "1 200 000",
            "1\u{202f}200\u{202f}000",
            "1,200,000",
            "1.200.000",
            "1'200'000",
            "1.2m",
            "1,2 mn",
            "1.2 million",
            "US$ 1.2 million",
            "1200k",
            "0.0012bn",
            "1200000.00",
            "1.200.000,00",
        ] {
            let read = value(text, Unit::Usd).unwrap_or(f64::NAN);
            assert!((read - 1.2e6).abs() < 1e-6, "{text}: {read}");
        }
        assert_eq!(value("3bn", Unit::Usd), Ok(3e9));
        assert_eq!(value("250k", Unit::Count), Ok(250e3));
        assert_eq!(value("$4.50", Unit::UsdPerDay), Ok(4.5));
    }

    #[test]
    fn a_share_is_a_percentage_from_one_on() {
        for (text, share) in [
            ("35 %", 0.35),
            ("35%", 0.35),
            ("35", 0.35),
            ("0,35", 0.35),
            (".35", 0.35),
            ("85,5", 0.855),
            ("1", 0.01),
            ("0.35 %", 0.0035),
            ("0", 0.0),
            ("100", 1.0),
        ] {
            assert_eq!(value(text, Unit::Share), Ok(share), "{text}");
        }
    }

    #[test]
    fn two_readings_are_decided_by_a_rule_that_is_said() {
        let said = |text: &str, unit: Unit| parse(text, unit, ANY, &ENGLISH).expect("a number");
        let read = said("1,200", Unit::Count);
        assert!(
            (read.value - 1200.0).abs() < 1e-9 && read.said.contains("comma"),
            "{read:?}"
        );
        let read = said("1.200", Unit::Count);
        assert!(
            (read.value - 1200.0).abs() < 1e-9 && read.said.contains("point"),
            "{read:?}"
        );
        assert!((said("1,250 million", Unit::Count).value - 1.25e9).abs() < 1e-3);
        let read = said("1.200", Unit::Mbps);
        assert!(
            (read.value - 1.2).abs() < 1e-9 && read.said.contains("point"),
            "{read:?}"
        );
        let read = said("0.35", Unit::Share);
        assert!(read.said.contains("35 %") && read.said.contains("fraction"), "{read:?}");
        assert_eq!(
            said("1234567", Unit::Usd).said,
            "US$ 1.23 million (1\u{202f}234\u{202f}567)"
        );
        assert_eq!(said("1 200 000", Unit::Usd).said, "US$ 1.2 million");
    }

    #[test]
    fn a_mark_is_read_as_the_reader_writes_it_and_never_makes_a_number_ten_times_as_large() {
        let read = |text: &str, unit: Unit, format| {
            let words = language("fr").in_format(Some(format));
            parse(text, unit, ANY, words).expect("a number")
        };
        for format in NumberFormat::ALL {
            let points = format.decimal() == '.';
            for (text, value) in [
                ("1,5", 1.5),
                ("1.5", 1.5),
                ("0,125", 0.125),
                ("0.125", 0.125),
                ("1,234.5", 1234.5),
                ("1.234,5", 1234.5),
                ("1.234.567", 1_234_567.0),
                ("1,2 million", 1.2e6),
                ("1,200", if points { 1200.0 } else { 1.2 }),
                ("1.200", if points { 1.2 } else { 1200.0 }),
            ] {
                let number = read(text, Unit::Index, format).value;
                assert!((number - value).abs() < 1e-9, "{text} in {format:?}: {number}");
            }
            // A count has no fraction in any of them.
            for text in ["1,200", "1.200", "1 200"] {
                let number = read(text, Unit::Count, format).value;
                assert!((number - 1200.0).abs() < 1e-9, "{text} in {format:?}: {number}");
            }
        }
        let comma = NumberFormat::SpaceComma;
        assert_eq!(
            read("1,200", Unit::Index, comma).said,
            "1,20\u{a0}: une virgule marque ici les décimales"
        );
        assert!(read("1.200", Unit::Index, comma).said.contains("un point"));
        assert_eq!(
            read("2,5 milliards US$", Unit::Usd, comma).said,
            "2,5\u{a0}milliards\u{a0}US$"
        );
        assert_eq!(read("35,5 %", Unit::Share, comma).said, "35,5\u{a0}%");
        assert_eq!(read("3 ans", Unit::Years, comma).said, "3\u{a0}ans");
        assert_eq!(read("2 kW", Unit::Kilowatt, comma).said, "2\u{a0}kW");
    }

    #[test]
    fn what_is_not_a_number_or_not_allowed_is_said_and_not_moved() {
        for text in [
            "",
            "kW",
            "12 apples",
            "1 20",
            "1,20,000",
            "1.2.3",
            "--4",
            "1,2.3,4",
            "1.000,000.5",
            "nan",
            "inf",
            "%",
            ".",
        ] {
            assert!(value(text, Unit::Count).is_err(), "{text}");
        }
        assert!(value("35 %", Unit::Count).is_err(), "a percentage is no count");
        let why = value("130", Unit::Share).expect_err("more than all");
        assert_eq!(why, "130 % is outside 0 % to 100 %");
        let why = value("-3", Unit::Usd).expect_err("less than nothing");
        assert!(why.contains("less than"), "{why}");
        assert!(value("2030.5", Unit::CalendarYear).is_err());
        assert_eq!(value("2 kW", Unit::Kilowatt), Ok(2.0));
        assert_eq!(value("10 Mbit/s", Unit::Mbps), Ok(10.0));
        assert_eq!(value("5 km", Unit::Km), Ok(5.0));
    }

    #[test]
    fn what_is_shown_for_typing_reads_back() {
        // Three decimals of a count do not become thousands.
        let shown = exact(421.371, Unit::Count, &ENGLISH);
        assert_eq!(value(&shown, Unit::Count), Ok(421.371), "{shown}");
        for unit in [Unit::Share, Unit::Usd, Unit::Count, Unit::Ratio, Unit::CalendarYear] {
            for number in [
                0.0_f64,
                0.061_628,
                0.5,
                1.0,
                12.5,
                421.371,
                1234.0,
                2030.0,
                37_006_536_238.37,
            ] {
                for format in NumberFormat::ALL {
                    // No year has a fraction.
                    if unit == Unit::CalendarYear && number.fract() != 0.0 {
                        continue;
                    }
                    let words = language("fr").in_format(Some(format));
                    let text = exact(number, unit, words);
                    let within = (0.0, 1e15);
                    let read = parse(&text, unit, within, words);
                    let read = read.unwrap_or_else(|why| panic!("{text} {unit:?}: {why}"));
                    assert!(
                        (read.value - number).abs() <= number * 1e-9,
                        "{text} {unit:?}: {read:?}"
                    );
                }
            }
        }
    }
}
