//! One declaration per input. The [`section!`](crate::section) macro turns it into the field of a struct, a line
//! of the file format, a slot of the parameter vector and an entry of the registry, so that the four cannot differ.

use crate::units::Unit;

use super::read::Reader;
use super::simplex::Simplex;
use super::tree::Node;
use super::write::Writer;
use super::{Quantity, YearPath};

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
    pub const fn is_low(self) -> bool {
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
    /// A list.
    List,
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
    /// Whether a year path means anything outside base year to horizon.
    pub any_year: bool,
    /// The whole of which it is a share, where the shares belong together.
    pub simplex: Option<Simplex>,
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
            any_year: false,
            simplex: None,
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
    pub const fn any_year(mut self) -> Self {
        self.any_year = true;
        self
    }

    /// The field is a share of this whole.
    #[must_use]
    pub const fn of(mut self, simplex: Simplex) -> Self {
        self.simplex = Some(simplex);
        self
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

/// A number or path met on a walk through a scenario.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A single number.
    Number(&'a Quantity),
    /// A path of numbers.
    Path(&'a YearPath),
}

/// The same, to be changed.
#[derive(Debug)]
pub enum LeafMut<'a> {
    /// A single number.
    Number(&'a mut Quantity),
    /// A path of numbers.
    Path(&'a mut YearPath),
}

/// Position of a number in the parameter vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSlot(pub u32);

/// Position of the base-year value of a path in the parameter vector; the years follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathSlot(pub u32);

/// Parameter vector under construction.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Values, in the order in which a walk through the scenario meets them.
    pub values: Vec<f64>,
    /// First year of every path.
    pub first_year: i32,
    /// Number of years of every path.
    pub years: usize,
}

impl Layout {
    /// Appends a number.
    ///
    /// # Panics
    /// Beyond four thousand million numbers.
    pub fn push(&mut self, value: f64) -> NumberSlot {
        let slot = u32::try_from(self.values.len()).expect("fewer than 2^32 parameters");
        self.values.push(value);
        NumberSlot(slot)
    }

    /// Appends a path, one value a year.
    ///
    /// # Panics
    /// Beyond four thousand million numbers.
    pub fn push_path(&mut self, path: &YearPath) -> PathSlot {
        let slot = u32::try_from(self.values.len()).expect("fewer than 2^32 parameters");
        let first = self.first_year;
        self.values
            .extend((0..self.years).map(|t| path.at(first + i32::try_from(t).unwrap_or(0))));
        PathSlot(slot)
    }
}

/// Something that can stand in a scenario file.
pub trait Entry: Sized {
    /// Where its numbers stand in the parameter vector; words and texts stand for themselves.
    type Slots: Clone + std::fmt::Debug;

    /// Reads it, reporting what is wrong.
    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self;
    /// What it is when it is not written.
    fn absent(field: &'static Field) -> Self;
    /// Whether writing it can be spared because reading would bring the same back.
    fn is_absent(&self, field: &'static Field) -> bool;
    /// Writes its value.
    fn write(&self, field: &'static Field, writer: &mut Writer);
    /// Gives its numbers a place in the parameter vector.
    fn lay(&self, layout: &mut Layout) -> Self::Slots;
    /// Shows each number with its path, in the order of the parameter vector.
    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>));
    /// The same, to change them.
    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>));
    /// Shows each word, text and year with its path: what [`walk`](Entry::walk) passes over.
    fn walk_words(&self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, &str)) {}
    /// Lists every field below, whether or not a scenario fills it.
    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        see(path, field);
    }
}

/// A group of fields.
pub trait Section: Entry {
    /// Its fields, in file order.
    const FIELDS: &'static [Field];
}

/// `plan` and `devices` make `plan.devices`.
#[must_use]
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.into()
    } else {
        format!("{path}.{name}")
    }
}

/// Declares a section: struct, file format, slots of the parameter vector and registry entries in one.
#[macro_export]
macro_rules! section {
    (
        $(#[doc = $about:literal])*
        pub struct $Name:ident / $Slots:ident {
            $( $(#[doc = $doc:literal])+ $field:ident : $ty:ty = $spec:expr; )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Name { $( $(#[doc = $doc])+ pub $field: $ty, )* }

        #[doc = concat!("Where the numbers of [`", stringify!($Name), "`] stand in the parameter vector.")]
        #[derive(Clone, Debug)]
        pub struct $Slots { $( $(#[doc = $doc])+ pub $field: <$ty as $crate::scenario::registry::Entry>::Slots, )* }

        impl $crate::scenario::registry::Section for $Name {
            const FIELDS: &'static [$crate::scenario::registry::Field] =
                &[ $( $spec.named(stringify!($field), concat!($($doc),+)) ),* ];
        }

        #[allow(unused_assignments, unused_imports, unused_mut, unused_variables)]
        impl $crate::scenario::registry::Entry for $Name {
            type Slots = $Slots;

            fn read(
                node: &$crate::scenario::tree::Node,
                _: &'static $crate::scenario::registry::Field,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Self {
                use $crate::scenario::registry::{Entry, Section};
                let parts = reader.open(node, Self::FIELDS);
                let mut at = 0;
                Self { $( $field: {
                    let field = &Self::FIELDS[at];
                    let part = parts[at];
                    at += 1;
                    match part {
                        Some(node) => reader.within(field.name, node, |node, reader| <$ty as Entry>::read(node, field, reader)),
                        None => <$ty as Entry>::absent(field),
                    }
                } ),* }
            }

            fn absent(_: &'static $crate::scenario::registry::Field) -> Self {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                Self { $( $field: <$ty as Entry>::absent(fields.next().expect("a field")) ),* }
            }

            fn is_absent(&self, _: &'static $crate::scenario::registry::Field) -> bool {
                use $crate::scenario::registry::{Entry, Section};
                let mut fields = Self::FIELDS.iter();
                true $( && self.$field.is_absent(fields.next().expect("a field")) )*
            }

            fn write(&self, _: &'static $crate::scenario::registry::Field, writer: &mut $crate::scenario::write::Writer) {
                use $crate::scenario::registry::{Entry, Section};
                writer.open("(");
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field");
                   if writer.wants(field, self.$field.is_absent(field)) {
                       writer.field(field, |writer| self.$field.write(field, writer));
                   } )*
                writer.close(")");
            }

            fn lay(&self, layout: &mut $crate::scenario::registry::Layout) -> $Slots {
                $Slots { $( $field: $crate::scenario::registry::Entry::lay(&self.$field, layout) ),* }
            }

            fn walk<'a>(
                &'a self,
                path: &str,
                _: &'static $crate::scenario::registry::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, $crate::scenario::registry::Leaf<'a>),
            ) {
                use $crate::scenario::registry::{Entry, Section, join};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk(&join(path, field.name), field, see); )*
            }

            fn walk_mut(
                &mut self,
                path: &str,
                _: &'static $crate::scenario::registry::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, $crate::scenario::registry::LeafMut<'_>),
            ) {
                use $crate::scenario::registry::{Entry, Section, join};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk_mut(&join(path, field.name), field, see); )*
            }

            fn walk_words(
                &self,
                path: &str,
                _: &'static $crate::scenario::registry::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, &str),
            ) {
                use $crate::scenario::registry::{Entry, Section, join};
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); self.$field.walk_words(&join(path, field.name), field, see); )*
            }

            fn describe(
                path: &str,
                field: &'static $crate::scenario::registry::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field),
            ) {
                use $crate::scenario::registry::{Entry, Section, join};
                see(path, field);
                let mut fields = Self::FIELDS.iter();
                $( let field = fields.next().expect("a field"); <$ty as Entry>::describe(&join(path, field.name), field, see); )*
            }
        }
    };
}

/// Declares a choice: an enum whose variants are words of the file format.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $about:literal])*
        pub enum $Name:ident { $( $(#[doc = $doc:literal])+ $Variant:ident = $word:literal, )* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $( $(#[doc = $doc])+ $Variant, )* }

        impl $Name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[ $( Self::$Variant ),* ];

            /// The word in files and tables.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $( Self::$Variant => $word, )* } }

            /// The meaning.
            #[must_use]
            pub const fn meaning(self) -> &'static str { match self { $( Self::$Variant => concat!($($doc),+), )* } }

            /// The choice that a word names.
            #[must_use]
            pub fn from_name(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.name() == word)
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }

        impl $crate::scenario::registry::Entry for $Name {
            type Slots = Self;

            fn read(
                node: &$crate::scenario::tree::Node,
                _: &'static $crate::scenario::registry::Field,
                reader: &mut $crate::scenario::read::Reader<'_>,
            ) -> Self {
                let words: Vec<&str> = Self::ALL.iter().map(|choice| choice.name()).collect();
                reader.word(node, &words).and_then(|word| Self::from_name(&word)).unwrap_or(Self::ALL[0])
            }

            fn absent(_: &'static $crate::scenario::registry::Field) -> Self { Self::ALL[0] }

            fn is_absent(&self, field: &'static $crate::scenario::registry::Field) -> bool {
                !field.required && *self == Self::ALL[0]
            }

            fn write(&self, _: &'static $crate::scenario::registry::Field, writer: &mut $crate::scenario::write::Writer) {
                writer.value(self.name());
            }

            fn lay(&self, _: &mut $crate::scenario::registry::Layout) -> Self { *self }

            fn walk<'a>(
                &'a self, _: &str, _: &'static $crate::scenario::registry::Field,
                _: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, $crate::scenario::registry::Leaf<'a>),
            ) {}

            fn walk_mut(
                &mut self, _: &str, _: &'static $crate::scenario::registry::Field,
                _: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, $crate::scenario::registry::LeafMut<'_>),
            ) {}

            fn walk_words(
                &self,
                path: &str,
                field: &'static $crate::scenario::registry::Field,
                see: &mut dyn FnMut(&str, &'static $crate::scenario::registry::Field, &str),
            ) {
                see(path, field, self.name());
            }
        }
    };
}
