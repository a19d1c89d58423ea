//! What is known of one input: unit, range, default, where the default comes from, and the rules that its value keeps.

use super::simplex::Simplex;
use crate::units::Unit;

/// How the source of a rule of this program begins: its chapter of the model follows.
pub(super) const RULE: &str = "model ";

/// How a default came to be known. The evidence file explains the tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Read in the named source.
    Read,
    /// Read in a page that reports the source.
    ReadSecond,
    /// Computed from read numbers.
    Calculated,
    /// From memory; not seen in a source.
    Recall,
    /// A judgement of the designers.
    Judgement,
    /// A convention or a setting; no claim about the world.
    Setting,
}

impl Tag {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::ReadSecond,
        Self::Calculated,
        Self::Recall,
        Self::Judgement,
        Self::Setting,
    ];

    /// The tag in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadSecond => "read in a secondary source",
            Self::Calculated => "calculated",
            Self::Recall => "recalled, not seen in a source",
            Self::Judgement => "designers' judgement",
            Self::Setting => "setting",
        }
    }

    /// Whether a number with this tag is shown as low confidence.
    #[must_use]
    pub(crate) const fn is_low(self) -> bool {
        matches!(self, Self::Recall | Self::Judgement)
    }
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One number.
    Number,
    /// A number for every year.
    Path,
    /// A year path that may differ by level, locality and region.
    Lever,
    /// Text.
    Text,
    /// One of a few words.
    Choice,
    /// Fields of its own.
    Fields,
    /// The fields of one of several kinds, which stand among those of the section around it.
    Kind,
    /// A list.
    List,
}

/// In which years a path means anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// From base year to horizon.
    Plan,
    /// In any: it is a record of the past or a projection.
    AnyYear,
    /// In those that are written and in no other: it is a schedule of payments.
    Written,
}

/// By which years a path may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Years {
    /// Those of the calendar.
    Calendar,
    /// Fiscal ones as well: it is money that flows over the year.
    Fiscal,
}

/// Who reads a number: what has to be computed again when it changes, and whether it can change at all without the
/// model's tables being made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The plan and its counterpart without a plan.
    Both,
    /// It shapes the model's tables, as a whole number.
    Shape,
    /// Only the plan; the counterpart does not know it.
    Plan,
    /// Only funding.
    Money,
    /// Nobody but the scoreboard, when all is computed.
    Target,
    /// No run: it stands for people to read, or nothing reads it yet.
    Nobody,
}

impl Role {
    /// Whether the counterpart without a plan depends on the number.
    #[must_use]
    pub const fn reaches_twin(self) -> bool {
        matches!(self, Self::Both | Self::Shape)
    }
}

/// What is known of one input: the passport of its default and the rule that its value must keep.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in the file and in the code.
    pub name: &'static str,
    /// Meaning, from the doc comment.
    pub doc: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Unit of a number.
    pub unit: Unit,
    /// Default, if the field may be left out.
    pub default: Option<f64>,
    /// Likely range of the default.
    pub likely: Option<(f64, f64)>,
    /// Smallest and largest allowed value.
    pub within: (f64, f64),
    /// Where the default comes from: a row of the evidence file, a chapter of the model, a stand-in.
    pub source: &'static str,
    /// How the default came to be known.
    pub tag: Tag,
    /// Whether it must be written.
    pub required: bool,
    /// Whether a year path may fall.
    pub may_fall: bool,
    /// In which years a year path means anything.
    pub span: Span,
    /// By which years a path may be written.
    pub years: Years,
    /// Why a number that a planner writes is no parameter, or why none of its values changes a result.
    pub idle: &'static str,
    /// Years before the base year of which a path's values are read.
    pub earlier: u32,
    /// Who reads it; what is inside a section is read by whoever reads the section, unless it says otherwise.
    pub role: Option<Role>,
    /// Whether it tells the entries of a list apart.
    pub key: bool,
    /// The whole of which it is a share, where the shares belong together.
    pub simplex: Option<Simplex>,
    /// Where it stands among the levers of a plan: range and step of its slider.
    pub slider: Option<(f64, f64, f64)>,
    /// What a lever stands at when its component is taken into a plan; at nothing it rises from there.
    pub start: f64,
    /// Where the number belongs, if it is the country's and stands here in older files.
    pub belongs: &'static str,
    /// The kinds in which the section around it comes.
    pub kinds: &'static [Kind],
}

/// A kind in which a section comes: the word before its bracket, and the fields that only some kinds have.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The word in files and tables.
    pub name: &'static str,
    /// Meaning, from the doc comment.
    pub doc: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

impl Kind {
    /// Whether it has a field of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }
}

impl Field {
    const fn new(holds: Holds, unit: Unit) -> Self {
        let within = match unit {
            Unit::Share | Unit::PerYear => (0.0, 1.0),
            Unit::CalendarYear => (1990.0, 2100.0),
            _ => (0.0, 1e15),
        };
        Self {
            name: "",
            doc: "",
            holds,
            unit,
            default: None,
            likely: None,
            within,
            source: "",
            tag: Tag::Setting,
            required: false,
            may_fall: true,
            span: Span::Plan,
            years: Years::Calendar,
            idle: "",
            earlier: 0,
            role: match holds {
                Holds::Lever => Some(Role::Plan),
                _ => None,
            },
            key: false,
            simplex: None,
            slider: None,
            start: 0.0,
            belongs: "",
            kinds: &[],
        }
    }

    /// A single number.
    #[must_use]
    pub const fn number(unit: Unit) -> Self {
        Self::new(Holds::Number, unit)
    }

    /// A number by year.
    #[must_use]
    pub const fn path(unit: Unit) -> Self {
        Self::new(Holds::Path, unit)
    }

    /// A number by year, level, locality and region, which may not fall over time.
    #[must_use]
    pub const fn target(unit: Unit) -> Self {
        let mut field = Self::new(Holds::Lever, unit);
        field.may_fall = false;
        field
    }

    /// A number by year, level, locality and region, free to rise and fall.
    #[must_use]
    pub const fn lever(unit: Unit) -> Self {
        Self::new(Holds::Lever, unit)
    }

    /// Text.
    #[must_use]
    pub const fn text() -> Self {
        Self::new(Holds::Text, Unit::Count)
    }

    /// A word out of a list.
    #[must_use]
    pub const fn choice() -> Self {
        Self::new(Holds::Choice, Unit::Count)
    }

    /// A section inside this one.
    #[must_use]
    pub const fn fields() -> Self {
        Self::new(Holds::Fields, Unit::Count)
    }

    /// The kind of the section around it, with the fields of that kind.
    #[must_use]
    pub const fn kind(kinds: &'static [Kind]) -> Self {
        let mut field = Self::new(Holds::Kind, Unit::Count);
        field.kinds = kinds;
        field
    }

    /// A list of sections or words.
    #[must_use]
    pub const fn list() -> Self {
        Self::new(Holds::List, Unit::Count)
    }

    /// Value when the field is left out.
    #[must_use]
    pub const fn default(mut self, value: f64) -> Self {
        self.default = Some(value);
        self
    }

    /// Likely range of the default.
    #[must_use]
    pub const fn likely(mut self, low: f64, high: f64) -> Self {
        self.likely = Some((low, high));
        self
    }

    /// Allowed range of the value.
    #[must_use]
    pub const fn within(mut self, min: f64, max: f64) -> Self {
        self.within = (min, max);
        self
    }

    /// Where the default comes from.
    #[must_use]
    pub const fn from(mut self, source: &'static str, tag: Tag) -> Self {
        self.source = source;
        self.tag = tag;
        self
    }

    /// The field must be written.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The path is a record of the past or of a projection, not a decision inside the plan's years.
    #[must_use]
    pub(crate) const fn any_year(mut self) -> Self {
        self.span = Span::AnyYear;
        self
    }

    /// The years of the path may be fiscal ones.
    #[must_use]
    pub(crate) const fn fiscal(mut self) -> Self {
        self.years = Years::Fiscal;
        self
    }

    /// Whether it is money of which currency and year may be written; a record of the past stands as it is.
    #[must_use]
    pub const fn is_dated_money(&self) -> bool {
        self.unit.is_money() && !matches!(self.span, Span::AnyYear)
    }

    /// So many years before the base year are read as well.
    #[must_use]
    pub const fn earlier(mut self, years: u32) -> Self {
        self.earlier = years;
        self
    }

    /// The path holds in the years that are written and in no other.
    #[must_use]
    pub const fn schedule(mut self) -> Self {
        self.span = Span::Written;
        self
    }

    /// No value of it changes a result, or it is no parameter at all, and why.
    #[must_use]
    pub const fn idle(mut self, why: &'static str) -> Self {
        self.idle = why;
        self.role = Some(Role::Nobody);
        self
    }

    /// Who reads it.
    #[must_use]
    pub const fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    /// It tells the entries of a list apart: the number of an entry is found by it, wherever in the list it stands.
    #[must_use]
    pub const fn key(mut self) -> Self {
        self.key = true;
        self
    }

    /// The field is a share of this whole.
    #[must_use]
    pub const fn of(mut self, simplex: Simplex) -> Self {
        self.simplex = Some(simplex);
        self
    }

    /// It is a lever of the plan, with a slider from a value to another in steps; what is typed may lie beyond.
    #[must_use]
    pub const fn slider(mut self, low: f64, high: f64, step: f64) -> Self {
        self.slider = Some((low, high, step));
        self
    }

    /// What a lever stands at when its component is taken into a plan.
    #[must_use]
    pub const fn starts(mut self, value: f64) -> Self {
        self.start = value;
        self
    }

    /// It is the country's, where it has this path; stated here it holds for the plan and without it.
    #[must_use]
    pub const fn belongs(mut self, path: &'static str) -> Self {
        self.belongs = path;
        self
    }

    /// Path of what it holds: `plan` and `devices` make `plan.devices`. The fields of a kind stand among those around it.
    #[must_use]
    pub fn below(&self, path: &str) -> String {
        if self.holds == Holds::Kind {
            path.into()
        } else {
            join(path, self.name)
        }
    }

    /// Used by the macro.
    #[must_use]
    pub const fn named(mut self, name: &'static str, doc: &'static str) -> Self {
        self.name = name;
        self.doc = doc;
        self
    }
}

/// The field that stands for a whole file.
pub const ROOT: Field = Field::fields().named("", "A scenario.");

/// `plan` and `devices` make `plan.devices`.
#[must_use]
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.into()
    } else {
        [path, ".", name].concat()
    }
}

/// `country.groups[3].mbps` as `country.groups[].mbps`.
#[must_use]
pub fn without_indices(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => {
                inside = true;
                text.push('[');
            }
            ']' => {
                inside = false;
                text.push(']');
            }
            _ if inside => {}
            _ => text.push(c),
        }
    }
    text
}
