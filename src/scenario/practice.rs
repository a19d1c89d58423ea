//! Practices: what a programme bought, paid and reached, with its sources; its prices can be laid into a plan.

use std::sync::Arc;

use super::field::{Field, ROOT};
use super::findings::{Finding, Severity, nearest};
use super::prices::Prices;
use super::quantity::Passport;
use super::registry::{Entry, Leaf, LeafMut};
use super::text::{read_section, write_file};
use super::{Part, Quantity, Scenario, check, messages};
use crate::units::Unit;

crate::section! {
    /// A programme as it was done.
    pub struct Practice / PracticeSlots {
        /// Title.
        title: String = Field::text().required();
        /// Country or countries.
        country: String = Field::text().required();
        /// Years, in words.
        years: String = Field::text().required();
        /// What one learns from it, and what is not known.
        story: String = Field::text();
        /// Where it is published.
        source: String = Field::text().required();
        /// What was bought.
        bought: Vec<PracticeLine> = Field::list();
        /// What was paid.
        paid: Vec<PracticeLine> = Field::list();
        /// Whom and what it reached.
        reached: Vec<PracticeLine> = Field::list();
    }
}

crate::section! {
    /// One figure of a programme, or several of the same thing.
    pub struct PracticeLine / PracticeLineSlots {
        /// What, in words.
        what: String = Field::text().required();
        /// How many.
        quantity: Option<Quantity> = Field::number(Unit::Count);
        /// Share of what there could be.
        share: Option<Quantity> = Field::number(Unit::Share);
        /// Price of one, or of one for a year.
        each: Option<Quantity> = Field::number(Unit::Usd);
        /// What all of it cost.
        amount: Option<Quantity> = Field::number(Unit::Usd);
        /// Price of a plan that `each` can take the place of: `prices.devices[tablet].price`.
        input: String = Field::text();
    }
}

/// A practice as the text of a file.
#[must_use]
pub fn write_practice(practice: &Practice) -> String {
    write_file(practice, false)
}

/// Reads a practice from the bytes of a file: the practice, if no finding is an error, and all findings.
#[must_use]
pub fn read_practice(file: &str, bytes: &[u8]) -> (Option<Practice>, Vec<Finding>) {
    read_section(file, bytes, |practice: &Practice, places| {
        let mut prices = Prices::default();
        prices.complete();
        let mut inputs = Vec::new();
        prices.walk("prices", &ROOT, &mut |path, field, leaf| {
            if field.is_dated_money() && matches!(leaf, Leaf::Number(_)) {
                inputs.push(input_named(path));
            }
        });
        let lists = [
            ("bought", &practice.bought),
            ("paid", &practice.paid),
            ("reached", &practice.reached),
        ];
        let mut findings = Vec::new();
        for (list, lines) in lists {
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.input.is_empty()) {
                if inputs.contains(&line.input) && line.each.is_some() {
                    continue;
                }
                let path = format!("{list}[{at}].input");
                findings.push(Finding {
                    code: "practice-input",
                    severity: Severity::Error,
                    place: places.of(&path).unwrap_or_default(),
                    value: line.input.clone().into(),
                    path,
                    rule: messages::practice_input(),
                    hint: nearest(&line.input, inputs.iter().map(String::as_str)).map(messages::did_you_mean),
                });
            }
        }
        findings
    })
}

impl Practice {
    /// Prices that can take the place of a plan's: the path of each, and the price with its source.
    pub fn prices(&self) -> impl Iterator<Item = (&str, Quantity)> {
        let lines = self.bought.iter().chain(&self.paid).chain(&self.reached);
        lines.filter(|line| !line.input.is_empty()).filter_map(|line| {
            let mut price = line.each.clone()?;
            let known = price.passport.as_deref().cloned().unwrap_or_default();
            let of = |own: String, usual: &String| if own.is_empty() { usual.clone() } else { own };
            price.passport = Some(Arc::new(Passport {
                source: of(known.source.clone(), &self.source),
                note: of(known.note.clone(), &self.title),
                ..known
            }));
            Some((line.input.as_str(), price))
        })
    }

    /// The plan at the prices of this programme; what it does not tell stays the plan's own.
    #[must_use]
    pub fn over(&self, scenario: &Scenario) -> Scenario {
        let mut laid = scenario.clone();
        for (input, price) in self.prices() {
            let wanted = indexed(input);
            laid.walk_part_mut(Part::BesideCountry, &mut |path, _, leaf| {
                if let LeafMut::Number(number) = leaf
                    && path == wanted
                {
                    *number = price.clone();
                }
            });
        }
        laid
    }

    /// Prices of the plan that it would change: path as a walk names it, the plan's price, the programme's.
    #[must_use]
    pub fn instead_of(&self, scenario: &Scenario) -> Vec<(String, Quantity, Quantity)> {
        let mut pairs = Vec::new();
        for (input, price) in self.prices() {
            let wanted = indexed(input);
            scenario.prices.walk("prices", &ROOT, &mut |path, _, leaf| {
                if let Leaf::Number(number) = leaf
                    && path == wanted
                {
                    pairs.push((wanted.clone(), number.clone(), price.clone()));
                }
            });
        }
        pairs
    }

    /// What is found in a plan at these prices and not without them. `file` is the practice's.
    #[must_use]
    pub fn found_over(&self, scenario: &Scenario, file: &str) -> Vec<Finding> {
        check::brought_by(scenario, &self.over(scenario), file)
    }
}

/// Items of the lists of prices: as a walk names them by place, and by their word.
fn items() -> Vec<(String, String)> {
    let mut prices = Prices::default();
    prices.complete();
    let mut items: Vec<(String, String)> = Vec::new();
    prices.walk_words("prices", &ROOT, &mut |path, _, word| {
        if let Some((item, _)) = path.rsplit_once('.')
            && let Some((list, _)) = item.split_once('[')
            && items.iter().all(|(known, _)| known != item)
        {
            items.push((item.to_owned(), format!("{list}[{word}]")));
        }
    });
    items
}

/// The path of a price as a walk names it, with the place of an item in place of its word.
fn indexed(input: &str) -> String {
    let named = |(item, named): &(String, String)| Some(format!("{item}{}", input.strip_prefix(named.as_str())?));
    items().iter().find_map(named).unwrap_or_else(|| input.to_owned())
}

/// The path of a price as a practice names it.
fn input_named(path: &str) -> String {
    let placed = |(item, named): &(String, String)| Some(format!("{named}{}", path.strip_prefix(item.as_str())?));
    items().iter().find_map(placed).unwrap_or_else(|| path.to_owned())
}

impl Scenario {
    /// Prices that the plan states with a source of its own, by path.
    #[must_use]
    pub fn stated_prices(&self) -> Vec<(String, Quantity)> {
        let mut stated = Vec::new();
        self.prices.walk("prices", &ROOT, &mut |path, field, leaf| {
            if let Leaf::Number(number) = leaf
                && field.is_dated_money()
                && !number.is_default(field)
                && number.passport.as_deref().is_some_and(|known| !known.source.is_empty())
            {
                stated.push((input_named(path), number.clone()));
            }
        });
        stated
    }
}
