//! Finding things by what people call them: a search takes the name, other words for it, plurals and a slip of the hand.
//! The other words are a file a language beside its texts (`assets/words/en.search`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::command::Command;
use super::deeds;
use super::lever::{self, LeverId};
use super::page::Page;
use super::words::Words;
use crate::data;
use crate::data::spelling::{is_near, plain};
use crate::report::figure::Format;
use crate::scenario::Component;

/// How well a search fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name.
    Whole,
    /// What was typed stands in the name.
    Name,
    /// Each word stands in the name.
    Words,
    /// Some words stand for others, or in the plural.
    Meaning,
    /// A word is nearly one of these.
    Slip,
}

/// How well a search fits a name with the other words for it; none if it does not. Case, accents and marks do not matter.
#[must_use]
pub fn fit(name: &str, also: &str, search: &str) -> Option<Fit> {
    let (name, also, whole) = (plain(name), plain(also), plain(search));
    if name.contains(&whole) {
        return Some(if name == whole { Fit::Whole } else { Fit::Name });
    }
    let part = |word: &str| {
        let one = singular(word);
        if name.contains(word) {
            Some(Fit::Words)
        } else if name.contains(one) || also.contains(one) {
            Some(Fit::Meaning)
        } else {
            let mut known = name.split('_').chain(also.split('_'));
            known.any(|known| is_near(one, singular(known))).then_some(Fit::Slip)
        }
    };
    let parts = search.split_whitespace().map(plain).filter(|word| !word.is_empty());
    parts
        .map(|word| part(&word))
        .try_fold(Fit::Words, |worst, fit| Some(worst.max(fit?)))
}

/// Without the mark of the plural, in English and French.
fn singular(word: &str) -> &str {
    let one = word.strip_suffix(['s', 'x']).unwrap_or(word);
    if one.len() < 3 { word } else { one }
}

type Table = BTreeMap<&'static str, &'static str>;

/// Other words by language and text; lines that are not understood are passed over, and a test finds them.
static TABLES: LazyLock<BTreeMap<&'static str, Table>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (text, words) = line.trim().split_once('=')?;
        (!text.starts_with('#')).then(|| (text.trim(), words.trim()))
    };
    data::SEARCH
        .iter()
        .map(|(code, text)| (*code, text.lines().filter_map(line).collect()))
        .collect()
});

/// Texts of a language with other words for them.
#[must_use]
pub fn table(code: &str) -> &'static Table {
    static NONE: Table = Table::new();
    TABLES.get(code).unwrap_or(&NONE)
}

/// Other words for some texts.
fn also(texts: &[&str], words: &Words) -> String {
    let table = table(words.code);
    let found: Vec<&str> = texts.iter().filter_map(|text| table.get(text)).copied().collect();
    found.join(", ")
}

/// Other words for a lever and for its group.
#[must_use]
pub(crate) fn of_lever(lever: LeverId, words: &Words) -> String {
    let group = lever.group().map_or("together", Component::name);
    also(&[lever.field().name, group], words)
}

/// Other words for a text of the window, by its name.
#[must_use]
pub(crate) fn of_text(text: &str, words: &Words) -> String {
    also(&[text], words)
}

/// Other words for what a command does.
#[must_use]
pub(crate) fn of_command(command: &Command, words: &Words) -> String {
    let text = match command {
        Command::GoTo(lever) | Command::SetLever { lever, .. } => return of_lever(*lever, words),
        Command::NextLanguage => "language",
        Command::New(_) => "new_plan",
        Command::OpenBundled(_) => "open_example",
        Command::Switch(_) => "show_tab",
        Command::WriteNumbers(_) => "format_menu",
        Command::FindNumber(_) => "find_number",
        Command::AskSaveFigure(_, Format::Svg) => "chart_svg",
        Command::AskSaveFigure(_, Format::Png) => "chart_png",
        Command::AskSaveFigure(_, Format::Csv) => "chart_csv",
        Command::Lay(_) => "package_entry",
        Command::ShowPractice(_) => "practice_entry",
        Command::Show(page) => of_page(*page),
        other => match deeds::of(other).and_then(|deed| deed.name) {
            Some((text, _)) => text,
            None => return String::new(),
        },
    };
    also(&[text], words)
}

const fn of_page(page: Page) -> &'static str {
    match page {
        Page::Plan => "page_plan",
        Page::Money => "page_money",
        Page::Funding => "page_funding",
        Page::Compare => "page_compare",
        Page::Equity => "page_equity",
        Page::Sources => "page_sources",
        Page::Regions => "page_regions",
    }
}

/// What is honest to say to a search for something that is not built, or stands elsewhere.
#[must_use]
pub fn notes<'a>(search: &str, words: &'a Words) -> Vec<&'a str> {
    let table = table(words.code);
    let asked: Vec<String> = search.split_whitespace().map(plain).collect();
    let notes = [
        ("search_paper", words.search_paper),
        ("search_workbook", words.search_workbook),
        ("search_kind", words.search_kind),
    ];
    let known = |text: &str| table.get(text).map_or(String::new(), |also| plain(also));
    let asks = |known: &str| {
        let same = |word: &str, asked: &String| !asked.is_empty() && singular(word) == singular(asked);
        known.split('_').any(|word| asked.iter().any(|asked| same(word, asked)))
    };
    notes
        .into_iter()
        .filter(|(text, _)| asks(&known(text)))
        .map(|(_, note)| note)
        .collect()
}

/// Levers that a search finds, by group: those that fit best, so that a full name finds that lever alone.
#[must_use]
pub fn levers(search: &str, horizon: i32, words: &Words) -> Vec<LeverId> {
    let fits: Vec<(LeverId, Fit)> = LeverId::all()
        .filter_map(|lever| {
            let also = of_lever(lever, words);
            // The name of a group finds all that is in it.
            let by_group = fit(lever::group_name(lever.group(), words), "", search).filter(|fit| *fit < Fit::Slip);
            let own = fit(&lever.name(words, horizon), &also, search);
            Some((lever, own.into_iter().chain(by_group).min()?))
        })
        .collect();
    let best = fits.iter().map(|(_, fit)| *fit).min();
    fits.into_iter()
        .filter(|(_, fit)| Some(*fit) == best)
        .map(|(lever, _)| lever)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_takes_names_meanings_plurals_and_slips() {
        let of = |search: &str| fit("Schools with power by 2030", "electricity, grid", search);
        assert_eq!(of("with pow"), Some(Fit::Name));
        assert_eq!(of("pow sch"), Some(Fit::Words));
        // Without its accents it is a slip of one letter; what is farther belongs to the table of its language.
        assert_eq!(of("électricité"), Some(Fit::Slip));
        assert_eq!(of("courant"), None);
        assert_eq!(of("ELECTRICITY"), Some(Fit::Meaning));
        assert_eq!(of("grids"), Some(Fit::Meaning));
        assert_eq!(of("electrcity"), Some(Fit::Slip));
        assert_eq!(of("laptop"), None);
        assert_eq!(of(""), Some(Fit::Name));
        assert_eq!(
            fit("New plan: Côte d’Ivoire (CIV)", "", "cote d'ivoire"),
            Some(Fit::Name)
        );
        assert_eq!(fit("New plan: Senegal (SEN)", "", "(sen)"), Some(Fit::Name));
    }
}
