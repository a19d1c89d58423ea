//! The terms of a source, each with its unit, whatever its mechanism: they are found in the registry, not listed here.

use std::any::Any;
use std::collections::BTreeSet;

use eframe::egui::{self, RichText, Ui};

use super::mechanisms::Mechanism;
use super::schedule::{self, Pulled};
use crate::app::findings;
use crate::app::lever;
use crate::app::phrases::{currency_of, in_currency};
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::scenario::currency::{CurrencyCode, DOLLAR, LOCAL};
use crate::scenario::field::{Field, Holds, ROOT, Span, Tag};
use crate::scenario::funding::{BondRepayment, Creditor, LoanRepayment, PaidResult, SourceKind, Timing};
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::registry::{Entry, Section};
use crate::scenario::{Component, Confidence, Finding, Level, Nature, Need, Quantity, Scenario, Source, YearPath};
use crate::units::{Unit, fixed};

/// A source whose terms are shown, in the plan in which it stands or is to stand.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The plan.
    pub scenario: &'a Scenario,
    /// The source.
    pub source: &'a Source,
    /// Its position among the sources.
    pub at: usize,
    /// What is wrong with the plan in which it stands.
    pub errors: &'a [Finding],
    /// Text.
    pub words: &'a Words,
}

/// A source with a term that is another, and that in words.
pub(super) struct Edited {
    /// The source as it is to be.
    pub source: Source,
    /// What was changed.
    pub what: String,
    /// How far it is.
    pub hand: Hand,
}

/// How far the hand is with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// It is done.
    Done,
    /// It is being typed, and may be another with the next letter.
    Types,
    /// It is being dragged.
    Drags,
    /// What was dragged is let go: nothing is another than before.
    LetsGo,
}

/// Where a term stands on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Yours,
    Published,
    Assumed,
    Use,
}

const STANDINGS: [Standing; 4] = [Standing::Yours, Standing::Published, Standing::Assumed, Standing::Use];

/// Fields of a source that are no terms.
const NO_TERMS: [&str; 3] = ["name", "kind", "note"];

/// A term of a source as what it is; none where it is left out.
pub(super) fn part<'a>(source: &'a Source, name: &str) -> Option<&'a dyn Any> {
    source.part(name).or_else(|| source.kind.part(name))
}

/// A term of a source as what it is, to be changed; none where it is left out or is something else.
pub(super) fn part_mut<'a, T: 'static>(source: &'a mut Source, name: &str) -> Option<&'a mut T> {
    let part = if Source::FIELDS.iter().any(|field| field.name == name) {
        source.part_mut(name)
    } else {
        source.kind.part_mut(name)
    };
    part?.downcast_mut()
}

/// The terms of a source and where each stands.
fn terms(source: &Source) -> Vec<(Standing, &'static Field)> {
    let figures = Mechanism::of(source).map_or(&[][..], |mechanism| mechanism.figures);
    let kind = SourceKind::KINDS.iter().find(|kind| kind.name == source.kind.name());
    let standing = |field: &Field, otherwise: Standing| {
        if figures.contains(&field.name) {
            Standing::Yours
        } else {
            otherwise
        }
    };
    let of_kind = kind.into_iter().flat_map(|kind| kind.fields).map(|field| {
        let published = matches!(field.tag, Tag::Read | Tag::ReadSecond | Tag::Calculated);
        let otherwise = if published {
            Standing::Published
        } else {
            Standing::Assumed
        };
        (standing(field, otherwise), field)
    });
    let own = Source::FIELDS.iter().filter(|field| !NO_TERMS.contains(&field.name));
    let own = own.map(|field| (standing(field, Standing::Use), field));
    let mut terms: Vec<(Standing, &'static Field)> = of_kind.chain(own).collect();
    // How much comes first.
    terms.sort_by_key(|(_, field)| {
        figures
            .iter()
            .position(|figure| *figure == field.name)
            .unwrap_or(usize::MAX)
    });
    terms
}

/// Name of a term.
pub(super) fn name(field: &str, words: &Words) -> &'static str {
    words.text(&format!("terms_{field}")).unwrap_or_default()
}

/// The first thing that is the planner's to say and is not said yet.
pub(super) fn unsaid(source: &Source) -> Option<&'static str> {
    let figures = Mechanism::of(source)?.figures;
    let said = |name: &str| match part(source, name) {
        Some(part) => match (part.downcast_ref::<Quantity>(), part.downcast_ref::<YearPath>()) {
            (Some(number), _) => number.value != 0.0,
            (_, Some(path)) => path.points.iter().any(|(_, value)| *value != 0.0),
            _ => true,
        },
        None => false,
    };
    // A budget is a share or an amount, and a price belongs to what is promised for results.
    let (first, second) = (figures.first()?, figures.get(1)?);
    if *second == "amount" {
        return (!said(first) && !said(second)).then_some(*first);
    }
    let priced = *second == "price" && !said(second);
    if said(first) {
        priced.then_some(*second)
    } else {
        Some(*first)
    }
}

/// Shows the terms; gives back the source with what was changed. The first field asks for the keys where that is wanted.
pub(super) fn show(ui: &mut Ui, shown: Shown<'_>, focus: &mut bool) -> Option<Edited> {
    let words = shown.words;
    let mut edited = None;
    let terms = terms(shown.source);
    for standing in STANDINGS {
        let title = match standing {
            Standing::Yours => words.funding_yours,
            Standing::Published => words.funding_published,
            Standing::Assumed => words.funding_assumed,
            Standing::Use => words.funding_use,
        };
        let mut of_this = terms.iter().filter(|(of, _)| *of == standing).peekable();
        if of_this.peek().is_none() {
            continue;
        }
        ui.add_space(3.0);
        ui.label(RichText::new(title).small().weak());
        if standing == Standing::Use {
            edited = edited.or(shown.name(ui));
        }
        for (_, field) in of_this {
            let new = shown.term(ui, field, focus);
            edited = edited.or(new);
            shown.problems(ui, field.name);
        }
    }
    edited
}

/// Width of the names of terms.
const NAMES: f32 = 168.0;

/// A number of a term; rates by the year, as of interest, with two decimals.
fn said(field: &Field, value: f64, words: &Words) -> String {
    if field.unit != Unit::PerYear || !value.is_finite() {
        return words.show(field.unit, value);
    }
    let text = fixed(value * 100.0, 2);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let template = words.numbers.template(field.unit);
    fill(template, &[("value", &words.numbers.format.mark(text))])
}

/// The place of a name beside its term.
fn names<T>(ui: &mut Ui, inside: impl FnOnce(&mut Ui) -> T) -> T {
    let (size, layout) = (
        egui::vec2(NAMES, theme::ROW),
        egui::Layout::left_to_right(egui::Align::Center),
    );
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_width(NAMES);
        ui.set_max_width(NAMES);
        inside(ui)
    })
    .inner
}

impl Shown<'_> {
    /// What is wrong with a term.
    fn problems(&self, ui: &mut Ui, field: &str) {
        let path = format!("funding.sources[{}].{field}", self.at);
        let about = |finding: &&Finding| {
            let rest = finding.path.strip_prefix(&path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        for finding in self.errors.iter().filter(about) {
            let why = findings::said(finding, Some(self.scenario), self.words);
            let text = RichText::new(fill(self.words.typed_wrong, &[("why", &why)])).color(Palette::of(ui).bad);
            ui.add(egui::Label::new(text).wrap());
        }
    }

    /// The edit that gives a term another value.
    fn set<T: 'static>(&self, field: &Field, value: T, (from, to): (&str, &str)) -> Option<Edited> {
        let mut source = self.source.clone();
        *part_mut(&mut source, field.name)? = value;
        let name = name(field.name, self.words);
        let values = [("name", &*self.source.name), ("term", name), ("from", from), ("to", to)];
        let what = fill(self.words.edit_term, &values);
        Some(Edited {
            source,
            what,
            hand: Hand::Done,
        })
    }

    /// What is known of a term: meaning, source, likely range.
    fn told(&self, field: &Field) -> String {
        let words = self.words;
        let path = format!("funding.sources[].{}", field.name);
        let mut told = words.meaning(&path, field).to_owned();
        if let Some((low, high)) = field.likely {
            let ends = [said(field, low, words), said(field, high, words)];
            told.push(' ');
            told.push_str(&fill(words.likely, &[("low", &ends[0]), ("high", &ends[1])]));
        }
        if !field.source.is_empty() {
            told.push(' ');
            told.push_str(&words.source(field.source));
        }
        told
    }

    /// A row: the name of the term, explained on pointing, and what stands beside it.
    fn row<T>(&self, ui: &mut Ui, field: &Field, doubt: bool, inside: impl FnOnce(&mut Ui) -> T) -> T {
        // Bars and fields of two terms are not one another's.
        let row = |ui: &mut Ui| {
            let told = self.told(field);
            names(ui, |ui| {
                if doubt {
                    let mark = RichText::new("◆").font(theme::text(9.0)).color(Palette::of(ui).doubt);
                    let mark = ui.label(mark);
                    mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, self.words.low_mark));
                }
                ui.add(egui::Label::new(name(field.name, self.words)).truncate())
                    .on_hover_text(told);
            });
            inside(ui)
        };
        ui.push_id(field.name, |ui| ui.horizontal_top(row).inner).inner
    }

    fn name(&self, ui: &mut Ui) -> Option<Edited> {
        let words = self.words;
        let mut typed = None;
        ui.horizontal(|ui| {
            let label = names(ui, |ui| ui.add(egui::Label::new(words.funding_name).truncate()));
            let id = ui.make_persistent_id("name of the source");
            let kept = ui.data(|data| data.get_temp::<String>(id));
            let mut text = kept.unwrap_or_else(|| self.source.name.clone());
            let response = ui
                .add(egui::TextEdit::singleline(&mut text).desired_width(200.0))
                .labelled_by(label.id);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.funding_name));
            if response.has_focus() {
                ui.data_mut(|data| data.insert_temp(id, text));
            } else {
                ui.data_mut(|data| data.remove::<String>(id));
                if response.lost_focus() && text.trim() != self.source.name {
                    typed = Some(text.trim().to_owned());
                }
            }
        });
        self.problems(ui, "name");
        let new = typed?;
        let values = [
            ("name", &*self.source.name),
            ("term", words.funding_name),
            ("from", &self.source.name),
            ("to", &new),
        ];
        let what = fill(words.edit_term, &values);
        Some(Edited {
            source: Source {
                name: new,
                ..self.source.clone()
            },
            what,
            hand: Hand::Done,
        })
    }

    fn term(&self, ui: &mut Ui, field: &'static Field, focus: &mut bool) -> Option<Edited> {
        match field.holds {
            Holds::Number => match part(self.source, field.name).and_then(<dyn Any>::downcast_ref::<Quantity>) {
                Some(number) => self.number(ui, field, number, focus),
                None => self.state(ui, field),
            },
            Holds::Path => match part(self.source, field.name).and_then(<dyn Any>::downcast_ref::<YearPath>) {
                Some(path) => self.path(ui, field, path, focus),
                None => self.state(ui, field),
            },
            Holds::Choice => self.choice(ui, field),
            Holds::List => self.list(ui, field),
            Holds::Text if field.name == "currency" => self.currency(ui, field),
            Holds::Text => self.counterpart(ui, field),
            _ => None,
        }
    }

    /// A button for a term that is left out.
    fn state(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        let words = self.words;
        let name = name(field.name, words);
        let label = fill(words.funding_state, &[("term", name)]);
        let button = ui.small_button(&label);
        if !button.on_hover_text(self.told(field)).clicked() {
            return None;
        }
        let mut source = self.source.clone();
        let horizon = f64::from(self.scenario.horizon);
        match (field.name, &mut source.kind) {
            // A budget is an amount or a share.
            ("amount", SourceKind::DomesticBudget(terms)) => {
                (terms.amount, terms.share_of_education) = (Some(YearPath::constant(0.0)), None);
            }
            ("share_of_education", SourceKind::DomesticBudget(terms)) => {
                (terms.amount, terms.share_of_education) = (None, Some(YearPath::constant(0.0)));
            }
            ("until", _) => source.until = Some(Quantity::new(horizon)),
            ("absorption", _) => source.absorption = Some(Quantity::new(1.0)),
            ("inflation", _) => source.inflation = Some(YearPath::constant(0.0)),
            ("exchange_rate", _) => source.exchange_rate = Some(YearPath::constant(self.rate_today())),
            ("matching", _) => {
                source.matching = Some(Quantity::new(1.0));
                let others = self.scenario.funding.sources.iter();
                let alone = others.filter(|other| other.name != source.name && other.matching.is_none());
                source.counterpart = alone.map(|other| other.name.clone()).next().unwrap_or_default();
            }
            ("graduation", SourceKind::InternationalFund(terms)) => terms.graduation = Some(Quantity::new(horizon)),
            _ => {
                // The first part of an uneven repayment is an amount and an end.
                let whole = part(&source, "maturity").and_then(<dyn Any>::downcast_ref::<Quantity>);
                let grace = part(&source, "grace").and_then(<dyn Any>::downcast_ref::<Quantity>);
                let middle = whole
                    .zip(grace)
                    .map(|(whole, grace)| f64::midpoint(whole.value, grace.value).round());
                for (field, value) in [("first_principal", 0.01), ("first_until", middle.unwrap_or(1.0))] {
                    source.kind.begin(field);
                    part_mut::<Quantity>(&mut source, field)?.value = value;
                }
            }
        }
        let what = fill(words.edit_term_stated, &[("name", &self.source.name), ("term", name)]);
        Some(Edited {
            source,
            what,
            hand: Hand::Done,
        })
    }

    /// A button that leaves a term out again.
    fn leave_out(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        let words = self.words;
        let name = name(field.name, words);
        let label = fill(words.funding_leave_out, &[("term", name)]);
        let button = ui.add(egui::Button::new("×").small());
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        if !button.on_hover_text(&label).clicked() {
            return None;
        }
        let mut source = self.source.clone();
        match field.name {
            "until" => source.until = None,
            "absorption" => source.absorption = None,
            "inflation" => source.inflation = None,
            "exchange_rate" => source.exchange_rate = None,
            "matching" => {
                source.matching = None;
                source.counterpart.clear();
            }
            _ => match &mut source.kind {
                SourceKind::InternationalFund(terms) => terms.graduation = None,
                SourceKind::ConcessionalLoan(terms) => (terms.first_principal, terms.first_until) = (None, None),
                SourceKind::CommercialLoan(terms) => (terms.first_principal, terms.first_until) = (None, None),
                SourceKind::GuaranteedLoan(terms) => (terms.first_principal, terms.first_until) = (None, None),
                _ => return None,
            },
        }
        let what = fill(words.edit_term_left_out, &[("name", &self.source.name), ("term", name)]);
        Some(Edited {
            source,
            what,
            hand: Hand::Done,
        })
    }

    /// What a term is before anybody has changed it; none where only the planner can say it.
    fn usual(&self, field: &Field) -> Option<Quantity> {
        let figures = Mechanism::of(self.source)?.figures;
        let usual = Source {
            kind: SourceKind::of(self.source.kind.name())?,
            ..Source::absent(&ROOT)
        };
        let known = field.default.is_some() && !figures.contains(&field.name);
        let number = part(&usual, field.name)?.downcast_ref::<Quantity>();
        number.filter(|number| known && !number.value.is_nan()).cloned()
    }

    fn number(&self, ui: &mut Ui, field: &'static Field, number: &Quantity, focus: &mut bool) -> Option<Edited> {
        let words = self.words;
        let name = name(field.name, words);
        let can_go = field.default.is_none() && !field.required;
        let usual = self.usual(field);
        let usual = usual.filter(|usual| usual.value.to_bits() != number.value.to_bits());
        let doubt = number.confidence(field) == Confidence::Low || usual.is_some();
        self.row(ui, field, doubt, |ui| {
            let shown = self.said(field, number.value);
            let typed = NumberField {
                name,
                value: number.value,
                shown: &shown,
                unit: field.unit,
                within: field.within,
                width: MONEY,
            };
            let typed = typed::typing_field(ui, typed, words);
            typed
                .response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
            if std::mem::take(focus) {
                typed.response.request_focus();
            }
            let gone = can_go.then(|| self.leave_out(ui, field)).flatten();
            let back = usual.and_then(|usual| self.put_back(ui, field, usual, &shown));
            let value = typed.taken.or(typed.typing);
            let value = value.filter(|value| value.to_bits() != number.value.to_bits());
            let edited = value.and_then(|value| {
                let passport = number.passport.as_ref();
                let new = Quantity {
                    value,
                    passport: passport.and_then(|passport| lever::decided(passport, value)),
                };
                self.set(field, new, (&shown, &self.said(field, value)))
            });
            let edited = edited.map(|edited| Edited {
                hand: if typed.taken.is_some() { Hand::Done } else { Hand::Types },
                ..edited
            });
            back.or(edited).or(gone)
        })
    }

    /// What a term was before it was changed, and the way back to it.
    fn put_back(&self, ui: &mut Ui, field: &'static Field, usual: Quantity, shown: &str) -> Option<Edited> {
        let words = self.words;
        let was = said(field, usual.value, words);
        ui.label(
            RichText::new(fill(words.funding_was, &[("value", &was)]))
                .small()
                .weak(),
        );
        let label = fill(words.funding_put_back_name, &[("term", name(field.name, words))]);
        let button = ui.small_button(words.funding_put_back);
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        let told = words.source(field.source);
        if !button.on_hover_text(told).clicked() {
            return None;
        }
        self.set(field, usual, (shown, &was))
    }

    /// A path: one number while it is the same in all years, else one for each year.
    fn path(&self, ui: &mut Ui, field: &'static Field, path: &YearPath, focus: &mut bool) -> Option<Edited> {
        let (words, name) = (self.words, name(field.name, self.words));
        let doubt = path.confidence(field) == Confidence::Low;
        let schedule = field.span == Span::Written;
        let of = |path: &YearPath, year: i32| if schedule { path.in_year(year) } else { path.at(year) };
        let plan: BTreeSet<i32> = (self.scenario.plan_from..=self.scenario.horizon).collect();
        let spread = || YearPath {
            points: plan.iter().map(|year| (*year, of(path, *year))).collect(),
            ..path.clone()
        };
        self.row(ui, field, doubt, |ui| {
            let (mut edited, mut hand) = (None, Hand::Done);
            let width = if field.unit == Unit::Share { SHARE } else { MONEY };
            let mut number = |ui: &mut Ui, name: &str, value: f64, most: f64| {
                let shown = self.said(field, value);
                let typed = NumberField {
                    name,
                    value,
                    shown: &shown,
                    unit: field.unit,
                    within: (field.within.0, field.within.1.min(most)),
                    width,
                };
                let typed = typed::typing_field(ui, typed, words);
                typed
                    .response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
                if std::mem::take(focus) {
                    typed.response.request_focus();
                }
                let new = typed.taken.or(typed.typing);
                let new = new.filter(|new| new.to_bits() != value.to_bits())?;
                hand = if typed.taken.is_some() { Hand::Done } else { Hand::Types };
                Some((new, shown, self.said(field, new)))
            };
            let decided = |points: Vec<(i32, f64)>, value: f64| YearPath {
                points,
                passport: path
                    .passport
                    .as_ref()
                    .and_then(|passport| lever::decided(passport, value)),
                ..path.clone()
            };
            if matches!(field.name, "inflation" | "exchange_rate") {
                edited = self.leave_out(ui, field);
            }
            if let Some(constant) = path.as_constant() {
                if let Some((value, from, to)) = number(ui, name, constant, f64::INFINITY) {
                    edited = self.set(field, decided(vec![(0, value)], value), (&from, &to));
                }
                ui.label(RichText::new(words.funding_each_year).small().weak());
                let label = fill(words.funding_of, &[("what", words.funding_years), ("source", name)]);
                let button = ui.small_button(words.funding_years);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                if button.clicked() {
                    let values = [("name", &*self.source.name), ("term", name)];
                    let new = self.set(field, spread(), ("", ""));
                    edited = new.map(|new| Edited {
                        what: fill(words.edit_term_years, &values),
                        ..new
                    });
                    return edited;
                }
                return edited.map(|edited| Edited { hand, ..edited });
            }
            let mut years = plan.clone();
            years.extend(path.points.iter().map(|(year, _)| *year));
            let all: f64 = years.iter().map(|year| of(path, *year)).sum();
            ui.vertical(|ui| {
                if let Some(pulled) = self.pull(ui, field, path, &years) {
                    edited = Some(pulled);
                    return;
                }
                ui.horizontal_wrapped(|ui| {
                    for year in &years {
                        let value = of(path, *year);
                        // No more than the whole can be released.
                        let most = if schedule && field.unit == Unit::Share {
                            (1.0 - (all - value)).max(value)
                        } else {
                            f64::INFINITY
                        };
                        // As wide as its field: where the next has no room it goes below.
                        let (size, down) = (egui::vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min));
                        ui.allocate_ui_with_layout(size, down, |ui| {
                            let of_year = path.year_name(*year);
                            ui.add(egui::Label::new(RichText::new(&of_year).small().weak()).extend());
                            let named = fill(words.funding_term_year, &[("term", name), ("year", &of_year)]);
                            let Some((value, from, to)) = number(ui, &named, value, most) else {
                                return;
                            };
                            let mut points = if schedule { path.points.clone() } else { spread().points };
                            match points.iter_mut().find(|(of, _)| of == year) {
                                Some(point) => point.1 = value,
                                None => points.push((*year, value)),
                            }
                            points.sort_by_key(|(year, _)| *year);
                            edited = self.set(field, decided(points, value), (&from, &to)).map(|new| Edited {
                                what: new.what.replacen(name, &named, 1),
                                ..new
                            });
                        });
                    }
                });
                if schedule && field.unit == Unit::Share {
                    let sum = fill(words.funding_sum, &[("sum", &words.show(field.unit, all))]);
                    ui.label(RichText::new(sum).small().weak());
                }
            });
            edited.map(|edited| match edited.hand {
                Hand::Done => Edited { hand, ..edited },
                _ => edited,
            })
        })
    }

    /// The years of a path as bars that are dragged.
    fn pull(&self, ui: &mut Ui, field: &'static Field, path: &YearPath, years: &BTreeSet<i32>) -> Option<Edited> {
        let words = self.words;
        let schedule = field.span == Span::Written;
        let of = |year: i32| if schedule { path.in_year(year) } else { path.at(year) };
        let values: Vec<(i32, f64)> = years.iter().map(|year| (*year, of(*year))).collect();
        let all: f64 = values.iter().map(|(_, value)| value).sum();
        let whole = schedule && field.unit == Unit::Share;
        let most: Vec<f64> = values
            .iter()
            .map(|(_, value)| {
                if whole {
                    (1.0 - (all - value)).max(*value)
                } else {
                    field.within.1
                }
            })
            .collect();
        let highest = values.iter().fold(0.0, |most: f64, (_, value)| most.max(*value));
        let names: Vec<String> = values
            .iter()
            .map(|(year, _)| {
                let year = path.year_name(*year);
                fill(
                    words.funding_pull,
                    &[("term", name(field.name, words)), ("year", &year)],
                )
            })
            .collect();
        let top = if whole {
            (highest + 0.25).min(1.0)
        } else {
            (1.5 * highest)
                .max(field.likely.map_or(0.0, |(_, high)| high))
                .min(field.within.1)
        };
        // The scale rests while the hand moves.
        let id = ui.make_persistent_id(("top", field.name));
        let top = match ui.data(|data| data.get_temp::<f64>(id)) {
            Some(kept) if ui.input(|input| input.pointer.any_down()) => kept,
            _ => top,
        };
        ui.data_mut(|data| data.insert_temp(id, top));
        if top <= 0.0 {
            return None;
        }
        let step = if field.unit == Unit::Share {
            0.01
        } else {
            10f64.powf((top / 100.0).log10().floor())
        };
        let shown = schedule::Bars {
            values: &values,
            names: &names,
            most: &most,
            top,
            step,
            colour: Palette::of(ui).source(self.at + 1),
        };
        let show = |value: f64| words.show(field.unit, value);
        let (hand, points, new, from) = match schedule::bars(ui, &shown, &show)? {
            Pulled::Go => (Hand::LetsGo, path.points.clone(), None, 0.0),
            Pulled::To { at, from, value } => {
                let mut points = if schedule { path.points.clone() } else { values.clone() };
                let year = values[at].0;
                match points.iter_mut().find(|(of, _)| *of == year) {
                    Some(point) => point.1 = value,
                    None => points.push((year, value)),
                }
                points.sort_by_key(|(year, _)| *year);
                (Hand::Drags, points, Some((at, value)), from)
            }
        };
        let passport = path.passport.as_ref();
        let pulled = YearPath {
            points,
            passport: match new {
                Some((_, value)) => passport.and_then(|passport| lever::decided(passport, value)),
                None => passport.cloned(),
            },
            ..path.clone()
        };
        let value = new.map_or(0.0, |(_, value)| value);
        let edited = self.set(field, pulled, (&show(from), &show(value)))?;
        let year = new.map(|(at, _)| path.year_name(values[at].0)).unwrap_or_default();
        let term = name(field.name, words);
        let named = fill(words.funding_term_year, &[("term", term), ("year", &year)]);
        Some(Edited {
            what: edited.what.replacen(term, &named, 1),
            hand,
            ..edited
        })
    }

    fn choice(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        let mut edited = None;
        macro_rules! one_of {
            ($($Choice:ty),*) => { $(
                if let Some(chosen) = part(self.source, field.name).and_then(<dyn Any>::downcast_ref::<$Choice>) {
                    edited = self.row(ui, field, false, |ui| {
                        let word = |choice: $Choice| self.words.word(choice.name());
                        let all = <$Choice>::ALL.iter().copied();
                        let name = name(field.name, self.words);
                        let new = widgets::choice(ui, name, CHOICE, *chosen, all, word)?;
                        self.set(field, new, (&word(*chosen), &word(new)))
                    });
                }
            )* };
        }
        one_of!(Creditor, LoanRepayment, BondRepayment, PaidResult, Timing);
        edited
    }

    fn list(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        let mut edited = None;
        macro_rules! list_of {
            ($($Item:ty: $all:expr),*) => { $(
                if let Some(items) = part(self.source, field.name).and_then(<dyn Any>::downcast_ref::<Vec<$Item>>) {
                    let all: Vec<$Item> = $all;
                    let all: Vec<(String, $Item)> = all
                        .into_iter()
                        .map(|item| (self.words.word(item.name()), item))
                        .collect();
                    edited = self.chosen(ui, field, items, &all);
                }
            )* };
        }
        list_of!(
            Component: Component::ALL.to_vec(),
            Nature: Nature::ALL.to_vec(),
            Need: Need::ALL.to_vec(),
            Level: self.scenario.country.levels.iter().map(|data| data.level).collect()
        );
        if field.name == "regions" {
            let groups = self.scenario.country.groups.iter().map(|group| group.region.clone());
            let regions: BTreeSet<String> = groups.filter(|region| !region.is_empty()).collect();
            let all: Vec<(String, String)> = regions.into_iter().map(|region| (region.clone(), region)).collect();
            if !all.is_empty() {
                edited = self.chosen(ui, field, &self.source.regions, &all);
            }
        }
        edited
    }

    /// Some of several things; none of them stands for all.
    fn chosen<T: Clone + PartialEq + 'static>(
        &self,
        ui: &mut Ui,
        field: &'static Field,
        items: &[T],
        all: &[(String, T)],
    ) -> Option<Edited> {
        let words = self.words;
        let said = |items: &[T]| {
            let names = all.iter().filter(|(_, item)| items.contains(item));
            let names: Vec<&str> = names.map(|(name, _)| name.as_str()).collect();
            if names.is_empty() {
                words.funding_all.to_owned()
            } else {
                names.join(", ")
            }
        };
        let mut new = None;
        self.row(ui, field, false, |ui| {
            new = widgets::several(ui, name(field.name, words), CHOICE, items, all, &said(items));
        });
        let new = new?;
        let texts = (said(items), said(&new));
        self.set(field, new, (&texts.0, &texts.1))
    }

    /// A number as a person reads it, money in the currency of the source.
    fn said(&self, field: &Field, value: f64) -> String {
        let currency = currency_of(self.scenario, self.source, field);
        in_currency(&said(field, value, self.words), currency)
    }

    /// The rate of the country's money in the price year, as a first guess.
    fn rate_today(&self) -> f64 {
        let known = PriceBasis::of(self.scenario).local_rate(self.scenario.price_year);
        known.map_or(1.0, |known| known.rate)
    }

    /// The currency of its amounts. One that has no published rates begins at one unit for a dollar.
    fn currency(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        let basis = PriceBasis::of(self.scenario);
        let (local, chosen) = (basis.code_of(LOCAL), basis.code_of(&self.source.currency.0));
        let mut all = vec![DOLLAR, local];
        all.extend(CURRENCIES.iter().filter(|code| **code != local));
        if !all.contains(&chosen) {
            all.push(chosen);
        }
        self.row(ui, field, false, |ui| {
            let name = name(field.name, self.words);
            let new = widgets::choice(ui, name, CHOICE, chosen, all, str::to_owned)?;
            let code = CurrencyCode(if new == DOLLAR { String::new() } else { new.to_owned() });
            let mut edited = self.set(field, code, (chosen, new))?;
            let foreign = new != DOLLAR && (new != local || basis.local_rate(self.scenario.price_year).is_none());
            edited.source.exchange_rate = foreign.then(|| YearPath::constant(1.0));
            Some(edited)
        })
    }

    /// The source that gives the counterpart, where one is asked for.
    fn counterpart(&self, ui: &mut Ui, field: &'static Field) -> Option<Edited> {
        self.source.matching.as_ref()?;
        let others = self.scenario.funding.sources.iter().enumerate();
        let others = others.filter(|(at, other)| *at != self.at && other.matching.is_none());
        let others: Vec<&str> = others.map(|(_, other)| other.name.as_str()).collect();
        let chosen = self.source.counterpart.as_str();
        self.row(ui, field, false, |ui| {
            let name = name(field.name, self.words);
            let new = widgets::choice(ui, name, CHOICE, chosen, others, str::to_owned)?;
            self.set(field, new.to_owned(), (chosen, new))
        })
    }
}

/// Currencies in which others most often lend and give, beside the dollar and the country's own.
const CURRENCIES: [&str; 5] = ["EUR", "XDR", "GBP", "JPY", "CNY"];

/// Width of a field for an amount.
const MONEY: f32 = 116.0;
/// Width of a field for a share.
const SHARE: f32 = 54.0;
/// Width of a list.
const CHOICE: f32 = 190.0;
