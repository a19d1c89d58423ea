//! Types to RON text, written for people: indented, one field a line, with remarks when asked for.

use super::field::{Field, Holds};

/// A text being written.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    text: String,
    depth: usize,
    in_line: usize,
    /// Write fields that hold their default too, with a remark on unit and meaning.
    pub explain: bool,
}

impl Writer {
    /// An empty text.
    #[must_use]
    pub fn new(explain: bool) -> Self {
        Self {
            explain,
            ..Self::default()
        }
    }

    /// The text so far.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }

    /// Whether a field is to be written.
    #[must_use]
    pub fn wants(&self, field: &Field, absent: bool) -> bool {
        !absent || field.required || (self.explain && field.holds != Holds::Text && field.default.is_some())
    }

    /// Opens a bracket.
    pub fn open(&mut self, bracket: &str) {
        self.text.push_str(bracket);
        self.depth += 1;
    }

    /// Closes a bracket.
    pub fn close(&mut self, bracket: &str) {
        self.depth -= 1;
        if self.text.ends_with(",\n") {
            self.indent();
        } else if self.text.ends_with(", ") {
            self.text.truncate(self.text.len() - 2);
        }
        self.text.push_str(bracket);
    }

    /// Writes one field on a line of its own.
    pub fn field(&mut self, field: &Field, write: impl FnOnce(&mut Self)) {
        if field.holds == Holds::Kind {
            write(self);
            return;
        }
        if self.in_line > 0 {
            self.text.push_str(field.name);
            self.text.push_str(": ");
            write(self);
            self.text.push_str(", ");
            return;
        }
        self.line_break();
        if self.explain && !matches!(field.holds, Holds::Text) {
            let unit = match field.holds {
                Holds::Number | Holds::Path | Holds::Lever => format!(" [{}]", field.unit),
                _ => String::new(),
            };
            self.indent();
            for part in ["//", first_sentence(field.doc), &unit, "\n"] {
                self.text.push_str(part);
            }
        }
        self.indent();
        self.text.push_str(field.name);
        self.text.push_str(": ");
        write(self);
        self.text.push_str(",\n");
    }

    /// Writes one item of a list on a line of its own.
    pub fn item(&mut self, write: impl FnOnce(&mut Self)) {
        self.line_break();
        self.indent();
        write(self);
        self.text.push_str(",\n");
    }

    /// Writes what follows without line breaks.
    pub fn inline(&mut self, write: impl FnOnce(&mut Self)) {
        self.in_line += 1;
        write(self);
        self.in_line -= 1;
    }

    /// Writes a bare value.
    pub fn value(&mut self, value: &str) {
        self.text.push_str(value);
    }

    /// Writes a name and value inside a line.
    pub fn pair(&mut self, name: &str, value: &str) {
        for part in [name, ": ", value, ", "] {
            self.text.push_str(part);
        }
    }

    /// Writes text in quotes.
    pub fn quoted(&mut self, text: &str) {
        self.text.push_str(&quote(text));
    }

    fn line_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }
}

/// A text as RON spells it.
#[must_use]
pub fn quote(text: &str) -> String {
    ron::to_string(text).unwrap_or_default()
}

/// A number as people spell it: whole numbers with `_` between thousands, others with a point.
#[must_use]
pub fn number(value: f64) -> String {
    let value = value + 0.0; // minus zero becomes zero
    if value.fract() == 0.0 && value.abs() < 1e15 {
        let digits = format!("{value:.0}");
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits.as_str()), |rest| ("-", rest));
        let mut text = String::from(sign);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && digits.len() > 4 && (digits.len() - place).is_multiple_of(3) {
                text.push('_');
            }
            text.push(digit);
        }
        text
    } else if value.abs() < 1e-9 {
        // Three hundred zeros are for nobody.
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}

fn first_sentence(doc: &str) -> &str {
    doc.find(". ").map_or(doc, |end| &doc[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelt_for_people_and_read_back_exactly() {
        assert_eq!(number(2_321_000.0), "2_321_000");
        assert_eq!(number(2027.0), "2027");
        assert_eq!((number(-0.0), number(5e-324)), ("0".into(), "5e-324".into()));
        for value in [0.1 + 0.2, -1_234_567.0, 1e-9, 123_456.789, 1e300, 5e-324] {
            let back: f64 = ron::from_str(&number(value)).expect("a number");
            assert!(back.to_bits() == value.to_bits(), "{value}");
        }
    }
}
