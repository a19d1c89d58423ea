//! Chance that can be repeated, and what it does to a text: bytes, tokens, numbers and blocks are put, taken, doubled
//! and exchanged, as a slip of the hand, a bad disk or a clumsy program would.

/// A stream of numbers that depends on the seed and the number of the case alone (`splitmix64`).
pub struct Chance(u64);

impl Chance {
    /// The stream of a case.
    pub fn of(seed: u64, case: u64) -> Self {
        let mut chance = Self(seed ^ case.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `end`; 0 if there is none.
    #[allow(clippy::cast_possible_truncation)]
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            0
        } else {
            (self.next() % end as u64) as usize
        }
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// From 0 to 1.
    #[allow(clippy::cast_precision_loss)]
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Pieces that mean something to a reader of scenarios, tables or journals.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    "\"",
    "'",
    "%",
    "-",
    ".",
    "1e400",
    "NaN",
    "inf",
    "None",
    "Some(",
    "File(\"countries/senegal.ron\")",
    "currency: XOF, year: 2024",
    "fiscal_year_start: 7,",
    "\"2026/27\"",
    "2026/27",
    "//",
    "/*",
    "r#\"",
    "\\",
    "\\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{202e}",
    "é",
    "\u{feff}",
    "\u{0}",
    "0x",
    "_",
    "..",
    "=1+1",
    "true",
    "\n",
    "\r\n",
    "\t",
    "99999999999999999999",
];

/// Numbers at the ends of what can be written.
const EXTREMES: &[&str] = &[
    "0",
    "1",
    "-1",
    "-0",
    "-0.0",
    "0.5",
    "0.999999999",
    "1.0000001",
    "2",
    "3.7",
    "1e-308",
    "5e-324",
    "1e-12",
    "1e-9",
    "1e-3",
    "100",
    "9999",
    "1e9",
    "1e12",
    "1e15",
    "1e16",
    "1e300",
    "1.7e308",
    "1990",
    "2023",
    "2026",
    "2027",
    "2030",
    "2040",
    "2066",
    "2100",
];

/// An extreme number.
pub fn extreme(chance: &mut Chance) -> &'static str {
    EXTREMES[chance.below(EXTREMES.len())]
}

/// Where the numbers of a text stand.
fn numbers(text: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at].is_ascii_digit() && (at == 0 || !text[at - 1].is_ascii_alphanumeric()) {
            let number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'e');
            let end = at + text[at..].iter().take_while(|byte| number(byte)).count();
            found.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Where a block in brackets stands that opens at or after a place.
fn block(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let open = from
        + text
            .get(from..)?
            .iter()
            .position(|byte| matches!(byte, b'(' | b'[' | b'{'))?;
    let mut depth = 0;
    for (at, byte) in text.iter().enumerate().skip(open) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((open, at + 1));
        }
    }
    None
}

/// Where a line stands that a place is in.
fn line(text: &[u8], at: usize) -> (usize, usize) {
    let start = text[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let end = text[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(text.len(), |end| at + end + 1);
    (start, end)
}

/// Changes a text somewhere. Most changes leave it readable, so that what is behind the reader is reached too.
pub fn change(text: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(text.len());
    let far = (at + chance.below(60)).min(text.len());
    match chance.below(24) {
        0 => {
            text.splice(at..at, chance.pick(PIECES).bytes());
        }
        1 => text.insert(at, u8::try_from(chance.below(256)).unwrap_or(0)),
        2 => {
            text.drain(at..far);
        }
        3 => {
            let piece = text[at..far].to_vec();
            let to = chance.below(text.len());
            text.splice(to..to, piece);
        }
        4 | 5 => {
            let (start, end) = line(text, at);
            let whole = text[start..end].to_vec();
            if chance.percent(50) {
                text.splice(start..start, whole);
            } else {
                text.drain(start..end);
            }
        }
        6..=9 => {
            let Some((start, end)) = block(text, at) else { return };
            let whole = text[start..end].to_vec();
            match chance.below(3) {
                0 => {
                    text.splice(start..start, whole.into_iter().chain(*b", "));
                }
                1 => {
                    text.drain(start..end);
                }
                _ => {
                    if let Some((other, last)) = block(text, end) {
                        let there = text[other..last].to_vec();
                        text.splice(other..last, whole);
                        text.splice(start..end, there);
                    }
                }
            }
        }
        _ => {
            let places = numbers(text);
            if places.is_empty() {
                return;
            }
            let (start, end) = *chance.pick(&places);
            let new = match chance.below(4) {
                0 => {
                    let (other, last) = *chance.pick(&places);
                    text[other..last].to_vec()
                }
                1 => {
                    let written: String = text[start..end].iter().map(|byte| char::from(*byte)).collect();
                    let value: f64 = written.replace('_', "").parse().unwrap_or(1.0);
                    let by = *chance.pick(&[0.0, 1e-9, 1e-3, 0.1, 0.9, 1.1, 10.0, 1e3, 1e6]);
                    format!("{}", value * by).into_bytes()
                }
                _ => extreme(chance).into(),
            };
            text.splice(start..end, new);
        }
    }
}
