//! One plan under several packages as a sheet: what the base gains and what it costs whom, who pays by year and for what,
//! what is left to pay, who gains.

use std::cmp::Ordering;

use crate::app::chart::Head;
use crate::app::outcome::Outcome;
use crate::app::phrases;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, capital, fill};
use crate::report::figure::sheet::{Block, Column, Ground, Sample, Sheet, SheetBars, SheetCell, SheetRow};
use crate::report::figure::{Axis, Body, Figure, Series, Stamp, Style};
use crate::scenario::funding::Bearer;
use crate::scenario::measure::Measure;
use crate::scenario::plan::Purpose;
use crate::study::compare::{Account, Comparison};
use crate::study::donors::given;
use crate::units::{self, Unit};

/// A plan under a package, as the sheet names it.
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub note: String,
    pub mark: usize,
    pub outcome: &'a Outcome,
}

/// What a sheet is made of besides the comparison.
pub(super) struct Setting<'a> {
    pub title: String,
    pub source: String,
    /// Column at hand.
    pub chosen: usize,
    /// Whether it has all rows.
    pub more: bool,
    pub palette: &'a Palette,
    pub words: &'a Words,
}

/// Which values of a row are good.
#[derive(Clone, Copy)]
enum Good {
    Most,
    Least,
    Neither,
}

/// Money of a sheet: millions, or what its largest amount asks for.
struct Money<'a> {
    divisor: f64,
    scale: &'static str,
    words: &'a Words,
}

impl Money<'_> {
    fn show(&self, value: f64) -> String {
        if value.abs() < 0.05 * self.divisor {
            self.words.packages_nothing.to_owned()
        } else {
            self.words.fixed(value / self.divisor, 1)
        }
    }

    /// An amount inside a sentence.
    fn said(&self, value: f64) -> String {
        self.words.money(value, value)
    }
}

/// The sheet of a comparison whose first column is the base.
pub(super) fn figure(comparison: &Comparison, columns: &[Named<'_>], setting: &Setting<'_>) -> Option<Figure> {
    let (from, to) = comparison.common?;
    let (words, palette) = (setting.words, setting.palette);
    let accounts = &comparison.accounts;
    if accounts.len() != columns.len() || columns.is_empty() {
        return None;
    }
    let most = accounts.iter().map(Account::needed).fold(1e6, f64::max);
    let (divisor, scale) = phrases::scale(most, words);
    let money = Money { divisor, scale, words };
    let price_year = columns[0].outcome.run.model.scenario.price_year;
    let unit = fill(
        words.cost_unit,
        &[("scale", money.scale), ("year", &price_year.to_string())],
    );
    let draft = Draft {
        comparison,
        accounts,
        columns,
        money,
        span: (from, to),
        setting,
    };
    let said = draft.said();
    let parts = draft.parts();
    let blocks = draft.blocks(&parts);
    let sheet = Sheet {
        columns: columns
            .iter()
            .map(|column| Column {
                name: column.name.to_owned(),
                note: column.note.clone(),
                mark: column.mark,
                colour: theme::plain(palette.scenario(column.mark)),
            })
            .collect(),
        base: words.packages_base.to_owned(),
        chosen: Some(setting.chosen).filter(|chosen| *chosen > 0),
        parts,
        verdicts: [words.packages_best, words.packages_worst].map(str::to_owned),
        blocks,
        tint: theme::plain(palette.chosen),
        colours: [palette.good, palette.bad].map(theme::plain),
        said: said.clone(),
    };
    let years = (from..=to).collect();
    Some(Figure {
        head: Head {
            title: setting.title.clone(),
            unit: fill(
                words.packages_unit,
                &[("unit", &unit), ("from", &from.to_string()), ("to", &to.to_string())],
            ),
            source: setting.source.clone(),
            summary: said.join(" "),
        },
        years,
        body: Body::Sheet(Box::new(sheet)),
        axis: Axis::up_to(1.0),
        look: palette.look(),
        format: words.numbers.format,
        stamp: Stamp::default(),
    })
}

/// Name of who bears.
const fn bearer_name(bearer: Bearer, words: &Words) -> &'static str {
    match bearer {
        Bearer::Existing => words.existing_budget,
        Bearer::Treasury => words.packages_treasury,
        Bearer::Households => words.packages_households,
        Bearer::Donors => words.packages_donors,
        Bearer::Partner => words.packages_partner,
        Bearer::Later => words.packages_later,
    }
}

/// That somebody pays more, and less.
const fn pays(bearer: Bearer, words: &Words) -> [&'static str; 2] {
    match bearer {
        Bearer::Existing | Bearer::Treasury => [words.packages_more_treasury, words.packages_less_treasury],
        Bearer::Households => [words.packages_more_households, words.packages_less_households],
        Bearer::Donors => [words.packages_more_donors, words.packages_less_donors],
        Bearer::Partner => [words.packages_more_partner, words.packages_less_partner],
        Bearer::Later => [words.packages_more_later, words.packages_less_later],
    }
}

const fn purpose_name(purpose: Purpose, words: &Words) -> &'static str {
    match purpose {
        Purpose::PowerAndLinks => words.packages_power,
        Purpose::Devices => words.packages_devices,
        Purpose::Teachers => words.packages_teachers,
        Purpose::ContentAndSupport => words.packages_content,
        Purpose::Management => words.packages_management,
    }
}

struct Draft<'a> {
    comparison: &'a Comparison,
    accounts: &'a [Account],
    columns: &'a [Named<'a>],
    money: Money<'a>,
    span: (i32, i32),
    setting: &'a Setting<'a>,
}

impl Draft<'_> {
    /// Who pays, what has no source, and what is paid back, which hangs below zero.
    fn parts(&self) -> Vec<Sample> {
        let (words, palette) = (self.setting.words, self.setting.palette);
        let bearers = Bearer::ALL.iter().enumerate().map(|(at, bearer)| Sample {
            name: capital(bearer_name(*bearer, words)),
            colour: theme::plain(palette.source(at)),
            ground: Ground::Full,
        });
        let others = [
            (words.packages_no_source, palette.bad, Ground::Hatched),
            (words.packages_paid_back, palette.source(5), Ground::Dotted),
        ];
        let others = others.into_iter().map(|(name, colour, ground)| Sample {
            name: name.to_owned(),
            colour: theme::plain(colour),
            ground,
        });
        bearers.chain(others).collect()
    }

    fn blocks(&self, parts: &[Sample]) -> Vec<Block> {
        let mut blocks = vec![
            self.by_year(),
            self.reach(),
            self.outcomes(),
            self.who_pays(parts),
            self.uses(),
        ];
        blocks.push(self.gains());
        if self.setting.more {
            blocks.push(self.more());
        }
        blocks
    }

    /// Who pays, by year.
    fn by_year(&self) -> Block {
        let words = self.setting.words;
        let scaled = |value: f64| value / self.money.divisor;
        let columns: Vec<Vec<Vec<f64>>> = self
            .accounts
            .iter()
            .map(|account| {
                let bearers =
                    (0..Bearer::ALL.len()).map(|at| account.paid.iter().map(|year| scaled(year[at])).collect());
                let unpaid = account.unpaid.iter().map(|value| scaled(*value)).collect();
                let service = account.service.iter().map(|value| -scaled(*value)).collect();
                bearers.chain([unpaid, service]).collect()
            })
            .collect();
        let ends = columns.iter().flat_map(|column: &Vec<Vec<f64>>| {
            let years = column[0].len();
            (0..years).map(|at| {
                let of = |sign: f64| column.iter().map(|part| (sign * part[at]).max(0.0)).sum::<f64>();
                (of(1.0), of(-1.0))
            })
        });
        let (up, down) = ends.fold((0.0_f64, 0.0_f64), |(up, down), (high, low)| {
            (up.max(high), down.max(low))
        });
        let axis = Axis {
            low: if down > 0.002 * up { -down } else { 0.0 },
            ..Axis::up_to(up)
        };
        Block::Bars {
            name: words.packages_by_year.to_owned(),
            notes: vec![words.packages_below_zero.to_owned()],
            axis,
            columns,
        }
    }

    /// Learners reached, by year.
    fn reach(&self) -> Block {
        let words = self.setting.words;
        let (from, to) = self.span;
        let years = &self.comparison.years;
        let series = self
            .comparison
            .series
            .iter()
            .find(|series| series.measure == Measure::Reach);
        let lines: Vec<Series> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let values = series.and_then(|series| series.values.get(at));
                let values: Vec<f64> = years
                    .iter()
                    .zip(values.into_iter().flatten())
                    .filter(|(year, _)| (from..=to).contains(*year))
                    .map(|(_, value)| value.map_or(f64::NAN, |value| 100.0 * value))
                    .collect();
                let last = values.last().copied().unwrap_or(f64::NAN);
                Series {
                    name: column.name.to_owned(),
                    label: words.show(Unit::Share, last / 100.0),
                    values,
                    style: Style::Marked(column.mark),
                    colour: theme::plain(self.setting.palette.scenario(column.mark)),
                    ink: theme::plain(self.setting.palette.text),
                }
            })
            .collect();
        let most = lines
            .iter()
            .flat_map(|line| &line.values)
            .fold(1.0, |most: f64, value| most.max(*value));
        Block::Lines {
            name: words.packages_reach.to_owned(),
            notes: vec![words.packages_reach_unit.to_owned()],
            axis: Axis::up_to(most),
            lines,
        }
    }

    /// A row of numbers, with differences from the base, the best and the worst.
    fn row(
        &self,
        name: String,
        values: &[Option<f64>],
        good: Good,
        show: &dyn Fn(f64) -> String,
        apart: &dyn Fn(f64) -> String,
    ) -> SheetRow {
        let words = self.setting.words;
        let shown: Vec<String> = values
            .iter()
            .map(|value| value.map_or_else(|| words.compare_none.to_owned(), show))
            .collect();
        let known = || {
            values
                .iter()
                .zip(&shown)
                .filter_map(|(value, shown)| Some(((*value)?, shown)))
        };
        let differ = shown.iter().any(|other| *other != shown[0]);
        let end = |way: Ordering| {
            let end = known().reduce(|end, other| if other.0.total_cmp(&end.0) == way { other } else { end });
            end.map(|(_, shown)| shown.clone()).unwrap_or_default()
        };
        let (best, worst) = match good {
            Good::Most => (end(Ordering::Greater), end(Ordering::Less)),
            Good::Least => (end(Ordering::Less), end(Ordering::Greater)),
            Good::Neither => (String::new(), String::new()),
        };
        let nothing = [words.compare_none, words.packages_nothing];
        // What most share marks nobody out.
        let few = |word: &String| differ && shown.iter().filter(|shown| *shown == word).count() <= 2;
        let cells = values
            .iter()
            .zip(&shown)
            .enumerate()
            .map(|(at, (value, shown_here))| SheetCell {
                value: *value,
                shown: shown_here.clone(),
                beside: match (value, values[0]) {
                    (Some(value), Some(base)) if at > 0 && differ => {
                        if nothing.contains(&shown_here.as_str()) && *shown_here == shown[0] {
                            String::new()
                        } else if *shown_here == shown[0] {
                            words.compare_no_difference.to_owned()
                        } else {
                            units::signed(value - base, apart)
                        }
                    }
                    _ => String::new(),
                },
                best: if value.is_none() || matches!(good, Good::Neither) {
                    None
                } else if *shown_here == best && few(&best) {
                    Some(true)
                } else if *shown_here == worst && few(&worst) {
                    Some(false)
                } else {
                    None
                },
            });
        SheetRow {
            name,
            unit: String::new(),
            sample: None,
            total: false,
            cells: cells.collect(),
        }
    }

    /// A row of money in the unit of the sheet.
    fn money_row(&self, name: String, good: Good, of: &dyn Fn(&Account) -> f64) -> SheetRow {
        let divisor = self.money.divisor;
        let values: Vec<Option<f64>> = self
            .accounts
            .iter()
            .map(|account| Some(of(account) / divisor + 0.0))
            .collect();
        let show = |value: f64| self.money.show(value * divisor);
        let apart = |value: f64| self.setting.words.fixed(value, 1);
        self.row(name, &values, good, &show, &apart)
    }

    /// A row of shares, in per cent.
    fn share_row(&self, name: String, of: &dyn Fn(usize) -> Option<f64>) -> SheetRow {
        let words = self.setting.words;
        let values: Vec<Option<f64>> = (0..self.columns.len())
            .map(|at| of(at).map(|share| 100.0 * share))
            .collect();
        let show = |value: f64| words.show(Unit::Share, value / 100.0);
        let apart = |value: f64| fill(words.compare_points, &[("value", &words.decimals(value))]);
        SheetRow {
            unit: "%".into(),
            ..self.row(name, &values, Good::Most, &show, &apart)
        }
    }

    /// A row of whole numbers.
    fn count_row(&self, name: String, good: Good, of: &dyn Fn(&Account) -> f64) -> SheetRow {
        let words = self.setting.words;
        let values: Vec<Option<f64>> = self.accounts.iter().map(|account| Some(of(account).round())).collect();
        let show = |value: f64| {
            if value < 0.5 {
                words.compare_none.to_owned()
            } else {
                words.show(Unit::Count, value)
            }
        };
        self.row(name, &values, good, &show, &|value| words.show(Unit::Count, value))
    }

    fn dated(&self, template: &str) -> String {
        let (from, to) = self.span;
        fill(template, &[("from", &from.to_string()), ("to", &to.to_string())])
    }

    /// What comes of it in the last common year.
    fn outcomes(&self) -> Block {
        let words = self.setting.words;
        let reach = self
            .comparison
            .rows
            .iter()
            .find(|row| row.about == Measure::Reach.into());
        let reached = self.share_row(self.dated(words.packages_reached), &|at| {
            reach.and_then(|row| row.values[at])
        });
        let lit = self.count_row(self.dated(words.packages_lit), Good::Most, &|account| account.lit);
        let mut dark = self.count_row(self.dated(words.packages_dark), Good::Least, &|account| account.dark);
        for (cell, account) in dark.cells.iter_mut().zip(self.accounts) {
            if let Some(year) = account.first_dark {
                cell.beside = fill(words.packages_first, &[("year", &year.to_string())]);
            }
        }
        let mut rows = vec![reached, lit, dark];
        let per = |row: &&crate::study::compare::OutcomeRow| row.about == Measure::CostPerReached.into();
        if let Some(row) = self.comparison.rows.iter().find(per) {
            let show = |value: f64| words.numbers.magnitude(value);
            rows.push(self.row(
                words.packages_per_reached.to_owned(),
                &row.values,
                Good::Least,
                &show,
                &show,
            ));
        }
        Block::Rows {
            name: String::new(),
            rows,
        }
    }

    /// Who pays in all years, and what stands beside it.
    fn who_pays(&self, parts: &[Sample]) -> Block {
        let words = self.setting.words;
        let mut rows = Vec::new();
        for (at, bearer) in Bearer::ALL.iter().enumerate() {
            let good = match bearer {
                Bearer::Existing => Good::Neither,
                Bearer::Donors => Good::Most,
                _ => Good::Least,
            };
            let row = self.money_row(parts[at].name.clone(), good, &|account| account.of(*bearer));
            if row.cells.iter().any(|cell| cell.shown != words.packages_nothing) {
                rows.push(SheetRow {
                    sample: Some(parts[at].clone()),
                    ..row
                });
            }
        }
        let sampled = |row: SheetRow, at: usize| SheetRow {
            sample: Some(parts[at].clone()),
            ..row
        };
        let unpaid = |account: &Account| account.unpaid.iter().sum();
        let [no_source, back] = [Bearer::ALL.len(), Bearer::ALL.len() + 1];
        rows.push(sampled(
            self.money_row(parts[no_source].name.clone(), Good::Least, &unpaid),
            no_source,
        ));
        rows.push(SheetRow {
            total: true,
            ..self.money_row(self.dated(words.packages_all), Good::Neither, &Account::needed)
        });
        let service = |account: &Account| account.service.iter().sum();
        rows.push(sampled(
            self.money_row(self.dated(words.packages_back_to), Good::Least, &service),
            back,
        ));
        let mut after = self.money_row(self.dated(words.packages_after), Good::Least, &|account| {
            account.service_after.iter().sum()
        });
        for (at, (cell, account)) in after.cells.iter_mut().zip(self.accounts).enumerate() {
            let paid = account.service_after.iter().rposition(|paid| *paid >= 1.0);
            if let Some(last) = paid.filter(|_| at == 0 || cell.best != Some(true)) {
                let until = self.span.1 + i32::try_from(last).unwrap_or(0) + 1;
                cell.beside = fill(words.packages_until, &[("year", &until.to_string())]);
            }
        }
        rows.push(after);
        rows.push(self.money_row(words.packages_lost.to_owned(), Good::Least, &|account| account.lost));
        Block::Rows {
            name: self.dated(words.packages_who_pays),
            rows,
        }
    }

    /// Who pays for what.
    fn uses(&self) -> Block {
        let words = self.setting.words;
        let rows = Purpose::ALL.iter().enumerate().map(|(at, purpose)| {
            let of = |account: &Account| {
                let part = &account.uses[at];
                let whole = part.needed.max(part.paid.iter().sum()).max(1.0);
                let shares = part.paid.iter().map(|paid| paid / whole);
                let unpaid = part.unpaid().max(0.0) / whole;
                shares.chain([unpaid, 0.0]).collect::<Vec<f64>>()
            };
            let shares: Vec<Vec<f64>> = self.accounts.iter().map(of).collect();
            let label = |shares: &Vec<f64>| {
                let unpaid = shares[Bearer::ALL.len()];
                if unpaid < 0.005 {
                    return String::new();
                }
                fill(
                    words.packages_unpaid,
                    &[("share", &words.show(Unit::Share, (100.0 * unpaid).round() / 100.0))],
                )
            };
            SheetBars {
                name: purpose_name(*purpose, words).to_owned(),
                told: words.fixed(self.accounts[0].uses[at].needed / self.money.divisor, 1),
                labels: shares.iter().map(label).collect(),
                shares,
            }
        });
        Block::Shares {
            name: words.packages_for_what.to_owned(),
            note: words.packages_for_what_note.to_owned(),
            rows: rows.collect(),
        }
    }

    /// Who gains: learners, the poorest, regions.
    fn gains(&self) -> Block {
        let words = self.setting.words;
        let mut rows = vec![
            self.count_row(self.dated(words.packages_learner_years), Good::Most, &|account| {
                account.learner_years
            }),
            self.share_row(self.dated(words.packages_poorest), &|at| self.accounts[at].poorest),
        ];
        for (template, way) in [
            (words.packages_least_region, Ordering::Less),
            (words.packages_most_region, Ordering::Greater),
        ] {
            let end = |at: usize| {
                let regions = self.accounts[at].regions.iter();
                regions.reduce(|end, other| if other.1.total_cmp(&end.1) == way { other } else { end })
            };
            if end(0).is_none() {
                continue;
            }
            let mut row = self.share_row(self.dated(template), &|at| end(at).map(|(_, share)| *share));
            for (at, cell) in row.cells.iter_mut().enumerate() {
                cell.beside = end(at).map(|(name, _)| name.clone()).unwrap_or_default();
            }
            rows.push(row);
        }
        Block::Rows {
            name: words.packages_who_gains.to_owned(),
            rows,
        }
    }

    /// What a donor asks, and every region.
    fn more(&self) -> Block {
        let words = self.setting.words;
        let ratios: Vec<Option<f64>> = self.accounts.iter().map(Account::leverage).collect();
        let show = |value: f64| words.fixed(value, 2);
        let gift = |at: usize| {
            let of = given(&self.columns[at].outcome.run);
            of.iter()
                .filter_map(|given| given.grant_equivalent)
                .map(|gift| gift.0)
                .sum::<f64>()
        };
        let gifts: Vec<Option<f64>> = (0..self.columns.len())
            .map(|at| Some(gift(at) / self.money.divisor))
            .collect();
        let mut rows = vec![
            self.row(words.packages_leverage.to_owned(), &ratios, Good::Most, &show, &show),
            self.row(
                words.packages_gift.to_owned(),
                &gifts,
                Good::Most,
                &|value| self.money.show(value * self.money.divisor),
                &|value| words.fixed(value, 1),
            ),
        ];
        for (at, (name, _)) in self.accounts[0].regions.iter().enumerate() {
            let (_, to) = self.span;
            let name = fill(words.packages_region, &[("region", name), ("to", &to.to_string())]);
            rows.push(self.share_row(name, &|column| {
                let region = self.accounts[column].regions.get(at)?;
                Some(region.1)
            }));
        }
        Block::Rows {
            name: words.packages_more_title.to_owned(),
            rows,
        }
    }

    /// What the base gains over the first other, whom it costs, what is left to pay; then the point of each other.
    fn said(&self) -> Vec<String> {
        let words = self.setting.words;
        let (Some(base), Some(other)) = (self.accounts.first(), self.accounts.get(1)) else {
            return Vec::new();
        };
        let (_, to) = self.span;
        let year = to.to_string();
        let names = [
            ("base", self.columns[0].name),
            ("other", self.columns[1].name),
            ("year", &*year),
        ];
        let more = base.lit.round() - other.lit.round();
        let schools = words.show(Unit::Count, more.abs());
        let gain = match more {
            more if schools == words.show(Unit::Count, 0.0) => (words.packages_same, more),
            more if more > 0.0 => (words.packages_more_lit, more),
            more => (words.packages_fewer_lit, more),
        };
        let template = words.numbers.plural(gain.0, gain.1.abs());
        let gain = fill(template, &[names[0], names[1], names[2], ("count", &schools)]);
        // Who pays most more, or else most less.
        let apart = Bearer::ALL
            .iter()
            .map(|bearer| (*bearer, base.of(*bearer) - other.of(*bearer)));
        let dearest = apart
            .filter(|(_, more)| more.abs() >= 0.05 * self.money.divisor)
            .reduce(|most, other| if other.1.abs() > most.1.abs() { other } else { most });
        let cost = dearest.map_or_else(
            || words.packages_costs_same.to_owned(),
            |(bearer, more)| {
                let template = pays(bearer, words)[usize::from(more < 0.0)];
                fill(template, &[("money", &self.money.said(more.abs()))])
            },
        );
        let after: f64 = base.service_after.iter().sum();
        let left = if after >= 0.05 * self.money.divisor {
            fill(
                words.packages_left,
                &[("money", &self.money.said(after)), ("year", &year)],
            )
        } else {
            fill(words.packages_nothing_left, &[("year", &year)])
        };
        let first = fill(
            words.packages_sentence,
            &[("gain", &gain), ("cost", &cost), ("left", &left)],
        );
        let points = (1..self.columns.len()).map(|at| self.point(at));
        vec![first, points.collect::<Vec<_>>().join(" ")]
    }

    /// What a package reaches, lacks and leaves to pay.
    fn point(&self, at: usize) -> String {
        let (words, account) = (self.setting.words, &self.accounts[at]);
        let reach = self
            .comparison
            .rows
            .iter()
            .find(|row| row.about == Measure::Reach.into());
        let reached = reach.and_then(|row| row.values[at]).unwrap_or(0.0);
        let unpaid: f64 = account.unpaid.iter().sum();
        let after: f64 = account.service_after.iter().sum();
        let values = [
            ("name", self.columns[at].name),
            ("reach", &*words.show(Unit::Share, reached)),
            ("gap", &self.money.said(unpaid.max(0.0))),
            ("after", &self.money.said(after.max(0.0))),
        ];
        fill(words.packages_point, &values)
    }
}
