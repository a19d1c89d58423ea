//! Currencies by their codes of ISO 4217: whose money each is, and what took the place of those withdrawn.

/// `code,successor,old_for_one,withdrawn,countries`, as `assets/currencies/LICENCE.txt` explains.
const TABLE: &str = include_str!("../../assets/currencies/currencies.csv");

/// The word for the money of the scenario's country, whatever its code.
pub const LOCAL: &str = "LCU";

/// The currency in which everything is computed.
pub const DOLLAR: &str = "USD";

/// The code of a currency as it is written, or the word for the country's own; empty for US dollars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurrencyCode(pub String);

/// A currency of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Currency {
    /// Its code.
    pub code: &'static str,
    /// What took its place; none for one that is in use.
    pub withdrawn: Option<Withdrawn>,
    countries: &'static str,
}

/// How a currency ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Withdrawn {
    /// The last year in which it was money.
    pub year: i32,
    /// Code of what took its place.
    pub successor: &'static str,
    /// How many of the old one of the new was; none where no law says.
    pub old_for_one: Option<f64>,
}

fn all() -> impl Iterator<Item = Currency> {
    TABLE.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let mut cell = || cells.next();
        let (code, successor, old, year) = (cell()?, cell()?, cell()?, cell()?);
        let withdrawn = year.parse().ok().map(|year| Withdrawn {
            year,
            successor,
            old_for_one: old.parse().ok(),
        });
        Some(Currency {
            code,
            withdrawn,
            countries: cell()?,
        })
    })
}

impl Currency {
    /// The currency of a code.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        all().find(|currency| currency.code == code)
    }

    /// The money of a country, and the first year whose published rates are in it.
    #[must_use]
    pub fn of_country(iso3: &str) -> Option<(Self, i32)> {
        all()
            .filter(|currency| currency.withdrawn.is_none())
            .find_map(|currency| {
                let mut countries = currency.countries.split(' ');
                let own = countries.find_map(|country| country.strip_prefix(iso3).filter(|_| !iso3.is_empty()))?;
                let since = own.strip_prefix(':').and_then(|year| year.parse().ok());
                Some((currency, since.unwrap_or(i32::MIN)))
            })
    }

    /// How many of it were one of another that took its place, at once or later.
    #[must_use]
    pub(super) fn for_one(self, later: &str) -> Option<f64> {
        let mut now = self;
        let mut units = 1.0;
        while now.code != later {
            let withdrawn = now.withdrawn?;
            units *= withdrawn.old_for_one?;
            now = Self::of(withdrawn.successor)?;
        }
        Some(units)
    }
}

/// The code of a country's money; [`LOCAL`] where it is not in the list.
#[must_use]
pub fn code_of(iso3: &str) -> &'static str {
    Currency::of_country(iso3).map_or(LOCAL, |(currency, _)| currency.code)
}

/// An amount as it is typed beside a code, and that code; empty for US dollars.
#[must_use]
pub fn typed(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let letter = |c: char| c.is_ascii_alphabetic();
    let end = text.trim_end_matches(letter).len();
    let start = text.len() - text.trim_start_matches(letter).len();
    let of = |code: &str| {
        let code = code.to_ascii_uppercase();
        codes().any(|known| known == code).then_some(code)
    };
    let behind = of(&text[end..]).map(|code| (&text[..end], code));
    let (amount, code) = behind.or_else(|| of(&text[..start]).map(|code| (&text[start..], code)))?;
    let amount = amount.trim();
    let code = if code == DOLLAR { String::new() } else { code };
    amount
        .contains(|c: char| c.is_ascii_digit())
        .then(|| (amount.to_owned(), code))
}

/// All codes that may be written.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    all().map(|currency| currency.code).chain([LOCAL])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_beside_an_amount_is_taken_as_its_currency() {
        let of = |text: &str| typed(text);
        let some = |amount: &str, code: &str| Some((amount.to_owned(), code.to_owned()));
        assert_eq!(of("500 million XOF"), some("500 million", "XOF"));
        assert_eq!(of("xof 1,5 mrd"), some("1,5 mrd", "XOF"));
        assert_eq!(of("180 USD"), some("180", ""));
        for none in ["500 million", "12 mio", "3 k", "XOF", "1.5 mrd", "", "20 per learner"] {
            assert_eq!(of(none), None, "{none}");
        }
    }

    #[test]
    fn every_country_has_one_currency_and_every_old_one_a_successor() {
        assert_eq!(code_of("SEN"), "XOF");
        assert_eq!((code_of("BTN"), code_of("ATL"), code_of("")), ("BTN", LOCAL, LOCAL));
        assert_eq!(Currency::of_country("HRV").map(|(_, since)| since), Some(2023));
        for currency in all() {
            if let Some(withdrawn) = currency.withdrawn {
                assert!(Currency::of(withdrawn.successor).is_some(), "{currency:?}");
            }
            for country in currency
                .countries
                .split_whitespace()
                .filter(|_| currency.withdrawn.is_none())
            {
                assert_eq!(code_of(&country[..3]), currency.code);
            }
        }
        // 1000 old bolivars made one of 2008, and 100 000 of those one of 2018.
        let old = Currency::of("VEB").expect("listed");
        assert_eq!(old.for_one("VES"), Some(1e8));
        assert_eq!(
            (
                old.for_one("XOF"),
                Currency::of("ZWD").and_then(|old| old.for_one("ZWG"))
            ),
            (None, None)
        );
    }
}
