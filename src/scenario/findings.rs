//! What is wrong, doubtful or assumed in a scenario: one [`Finding`] per place, all of them at once.

use std::fmt;

use super::messages::{self, Message, Value};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot run.
    Error,
    /// It runs, but a result may mislead.
    Warning,
    /// Worth knowing: an assumption, a stand-in, a nowcast.
    Note,
}

impl Severity {
    /// The severity in a word.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Error => messages::severity_error(),
            Self::Warning => messages::severity_warning(),
            Self::Note => messages::severity_note(),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// Where in which file: 1-based line and column; 0 when the finding concerns the file as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File as the user named it.
    pub file: String,
    /// Line, from 1; 0 for the whole file.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One thing found in a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable code, for instance `percentage`; listed in the book.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Field, for instance `plan.devices.equipped`.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// The value as written, cut to one line.
    pub value: Value,
    /// The rule that it breaks, or what was assumed.
    pub rule: Message,
    /// What to do, if that can be said.
    pub hint: Option<Message>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.line > 0 {
            write!(f, "{}:{}:{}: ", self.place.file, self.place.line, self.place.column)?;
        } else if !self.place.file.is_empty() {
            write!(f, "{}: ", self.place.file)?;
        }
        write!(f, "{}[{}]", self.severity, self.code)?;
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        if !self.value.is_empty() {
            write!(f, " = {}", self.value)?;
        }
        write!(f, ": {}", self.rule)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n    {hint}")?;
        }
        Ok(())
    }
}

/// True if a list of findings holds one that keeps the scenario from running.
#[must_use]
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// The known name nearest to a misspelt one, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), *name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(written.len()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name);
    // `domestic` for `domestic_budget`, if nothing else starts like it.
    near.or_else(|| {
        let mut longer = known
            .iter()
            .filter(|name| written.len() >= 3 && name.starts_with(written));
        longer.next().copied().filter(|_| longer.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_near() {
        let known = ["tablet", "laptop", "desktop"];
        assert_eq!(nearest("tablett", known), Some("tablet"));
        assert_eq!(nearest("lpatop", known), Some("laptop"));
        assert_eq!(nearest("phone", known), None);
        assert_eq!(
            nearest("domestic", ["domestic_budget", "grant"]),
            Some("domestic_budget")
        );
        assert_eq!(nearest("lower", ["lower_a_level", "lower_b_level"]), None);
    }
}
