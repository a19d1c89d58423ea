//! What is wrong, doubtful or assumed in a scenario: one [`Finding`] per place, all of them at once.

use std::collections::BTreeMap;
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

/// Most findings of a severity that are listed; a file with more of them is not read by a person to its end.
pub(crate) const MOST_FINDINGS: usize = 200;

/// Code of the last word on findings that are not listed.
const MANY_MORE: &str = "many-more";

/// How many findings of each kind are not listed.
pub type NotListed = BTreeMap<&'static str, usize>;

/// Errors first, then by place; the last word on what is not listed stays last.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.code == MANY_MORE, finding.severity);
        (key(a), &a.place, &a.path).cmp(&(key(b), &b.place, &b.path))
    });
}

/// Leaves the first findings of each severity; the last word says how many more there are of which kinds.
pub fn cut(findings: &mut Vec<Finding>, file: &str) {
    let mut counts = [0; 3];
    let mut more = NotListed::new();
    let mut worst = None;
    findings.retain(|finding| {
        if finding.code == MANY_MORE {
            return true;
        }
        counts[finding.severity as usize] += 1;
        let kept = counts[finding.severity as usize] <= MOST_FINDINGS;
        if !kept {
            *more.entry(finding.code).or_default() += 1;
            worst.get_or_insert(finding.severity);
        }
        kept
    });
    if let Some(severity) = worst {
        findings.push(not_listed(severity, &more, file));
    }
}

/// The last word on findings of these kinds that are not listed.
#[must_use]
pub(crate) fn not_listed(severity: Severity, more: &NotListed, file: &str) -> Finding {
    let mut kinds: Vec<(&str, usize)> = more.iter().map(|(code, count)| (*code, *count)).collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named: Vec<String> = kinds.iter().map(|(code, count)| format!("{count} {code}")).collect();
    Finding {
        code: MANY_MORE,
        severity,
        path: String::new(),
        place: Place {
            file: file.into(),
            ..Place::default()
        },
        value: "".into(),
        rule: messages::not_listed(more.values().sum::<usize>(), named.join(", ")),
        hint: Some(messages::not_listed_hint()),
    }
}

/// Longest name, in bytes, and longest list of names in which a misspelt one is looked for.
const LONGEST_NAME: usize = 100;
const MOST_NAMES: usize = 2_000;

/// The known name nearest to a misspelt one, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells a name as long as this, nor looks one up in a list as long as that.
    let known: Vec<&str> = known.into_iter().take(MOST_NAMES + 1).collect();
    if known.len() > MOST_NAMES || written.len() > LONGEST_NAME {
        return None;
    }
    let near = known
        .iter()
        .map(|name| (*name, 1 + name.len().min(written.len()) / 3))
        .filter(|(name, most)| name.len().abs_diff(written.len()) <= 2 * most && name.len() <= LONGEST_NAME)
        .map(|(name, most)| (strsim::damerau_levenshtein(written, name), most, name))
        .filter(|(distance, most, _)| distance <= most)
        .min_by_key(|(distance, ..)| *distance)
        .map(|(.., name)| name);
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
