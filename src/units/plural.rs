//! Which form of a text goes with a number: the plural rules of Unicode's CLDR.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// Names of the categories, in the order in which the forms of a text stand.
const CATEGORIES: [(&str, PluralCategory); 6] = [
    ("zero", PluralCategory::ZERO),
    ("one", PluralCategory::ONE),
    ("two", PluralCategory::TWO),
    ("few", PluralCategory::FEW),
    ("many", PluralCategory::MANY),
    ("other", PluralCategory::OTHER),
];

/// The forms that a language gives a text with a number: `{value} year|{value} years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plurals {
    language: &'static str,
    /// Which of the categories have a form of their own.
    used: [bool; CATEGORIES.len()],
}

impl Plurals {
    /// English: one, other.
    pub const ENGLISH: Self = Self {
        language: "en",
        used: [false, true, false, false, false, true],
    };

    /// The forms of a language by its code, from their names: `one|few|many|other`.
    ///
    /// None where a name is no category, they stand in another order than CLDR's, or `other` is missing.
    #[must_use]
    pub fn of(language: &'static str, names: &str) -> Option<Self> {
        let mut used = [false; CATEGORIES.len()];
        let mut from = 0;
        for name in names.split('|').map(str::trim) {
            from += CATEGORIES[from..].iter().position(|(known, _)| *known == name)?;
            used[from] = true;
            from += 1;
        }
        used[CATEGORIES.len() - 1].then_some(Self { language, used })
    }

    /// Names of the forms, as [`of`](Self::of) reads them.
    #[must_use]
    pub fn names(&self) -> String {
        let used = CATEGORIES.iter().zip(self.used).filter(|(_, used)| *used);
        used.map(|((name, _), _)| *name).collect::<Vec<_>>().join("|")
    }

    /// How many forms a text has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.used.iter().filter(|used| **used).count()
    }

    /// The form of a text that goes with a number as it is shown.
    #[must_use]
    pub fn form<'a>(&self, text: &'a str, value: f64) -> &'a str {
        if !text.contains('|') {
            return text;
        }
        let forms: Vec<&str> = text.split('|').collect();
        let category = self.category(value);
        let at = if forms.len() == self.count() {
            let known = CATEGORIES.iter().position(|(_, known)| *known == category).unwrap_or(0);
            let known = if self.used[known] { known } else { CATEGORIES.len() - 1 };
            self.used[..known].iter().filter(|used| **used).count()
        } else if category == PluralCategory::ONE {
            // A text in the words of another language: English, where a file leaves it out.
            0
        } else {
            forms.len() - 1
        };
        forms[at]
    }

    fn category(&self, value: f64) -> PluralCategory {
        let language: Result<LanguageIdentifier, _> = self.language.parse();
        let rules = language
            .ok()
            .and_then(|language| PluralRules::create(language, PluralRuleType::CARDINAL).ok());
        let shown = value.abs().to_string();
        let category = rules.and_then(|rules| rules.select(shown.as_str()).ok());
        category.unwrap_or(PluralCategory::OTHER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of CLDR's table of plural rules.
    #[test]
    fn each_language_has_its_categories() {
        let six = Plurals::of("ar", "zero|one|two|few|many|other").expect("Arabic");
        for (value, form) in [
            (0.0, "zero"),
            (1.0, "one"),
            (2.0, "two"),
            (3.0, "few"),
            (10.0, "few"),
            (11.0, "many"),
            (99.0, "many"),
            (100.0, "other"),
            (0.1, "other"),
        ] {
            assert_eq!(six.form(&six.names(), value), form, "{value}");
        }
        let polish = Plurals::of("pl", "one|few|many|other").expect("Polish");
        for (value, form) in [
            (0.0, "many"),
            (1.0, "one"),
            (2.0, "few"),
            (5.0, "many"),
            (12.0, "many"),
            (22.0, "few"),
            (25.0, "many"),
            (1.5, "other"),
        ] {
            assert_eq!(polish.form(&polish.names(), value), form, "{value}");
        }
        let french = Plurals::of("fr", "one|other").expect("French");
        for (value, form) in [(0.0, "one"), (-1.0, "one"), (1.5, "one"), (1.99, "one"), (2.0, "other")] {
            assert_eq!(french.form("one|other", value), form, "{value}");
        }
        for (value, form) in [
            (0.0, "other"),
            (1.0, "one"),
            (-1.0, "one"),
            (1.5, "other"),
            (f64::NAN, "other"),
        ] {
            assert_eq!(Plurals::ENGLISH.form("one|other", value), form, "{value}");
        }
    }

    #[test]
    fn a_file_may_say_too_little() {
        // English texts in a language of six forms, a text without forms, a language that nobody knows.
        let six = Plurals::of("ar", "zero|one|two|few|many|other").expect("Arabic");
        assert_eq!(
            (six.form("year|years", 1.0), six.form("year|years", 3.0)),
            ("year", "years")
        );
        assert_eq!(six.form("%", 3.0), "%");
        assert_eq!(Plurals::of("qqx", "other").expect("a form").form("a", 1.0), "a");
        for wrong in ["", "one", "other|one", "one|several|other"] {
            assert_eq!(Plurals::of("fr", wrong), None, "{wrong}");
        }
    }
}
