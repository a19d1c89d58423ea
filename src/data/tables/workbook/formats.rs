//! What a number format of a spreadsheet (`0.0%`, `dd/mm/yyyy`) shows.

/// What a number is multiplied with to be the share that it shows, where numbers are shown as percentages: 0.95 stands for 95 %, and
/// behind a percent sign that is a mere text 95 does.
pub(super) fn percent(code: &str) -> Option<f64> {
    let mut letters = code.chars();
    let mut literal = None;
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            '"' => {
                let inside = letters.by_ref().take_while(|letter| *letter != '"');
                if inside.filter(|letter| is_percent(*letter)).count() > 0 {
                    literal = Some(0.01);
                }
            }
            '\\' => literal = literal.or(letters.next().is_some_and(is_percent).then_some(0.01)),
            '_' | '*' => {
                letters.next();
            }
            '[' => while letters.next().is_some_and(|letter| letter != ']') {},
            '%' => return Some(1.0),
            _ => {}
        }
    }
    literal
}

const fn is_percent(letter: char) -> bool {
    letter == '%'
}

/// Whether numbers are shown as dates or times of day: by a letter of one that is no text, colour or filling.
pub(super) fn format_is_date(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter.to_ascii_lowercase() {
            ';' => return false,
            '"' => while letters.next().is_some_and(|letter| letter != '"') {},
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => {
                // `[h]` are hours that pass a day; `[Red]`, `[$-409]` and `[>9]` are no times.
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                let inside = inside.to_ascii_lowercase();
                if !inside.is_empty() && ["h", "m", "s"].iter().any(|unit| inside.replace(unit, "").is_empty()) {
                    return true;
                }
            }
            // `General` is no date, whatever letters it has.
            'g' if letters.as_str().to_ascii_lowercase().starts_with("eneral") => {
                letters.by_ref().take(6).for_each(drop);
            }
            'd' | 'm' | 'y' | 'h' | 's' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_and_of_percentages_are_told_from_others() {
        for code in [
            "dd/mm/yyyy",
            "mmm-yy",
            "[h]:mm",
            "h:mm AM/PM",
            "[$-40C]d mmmm yyyy;@",
            "\"am\" d",
        ] {
            assert!(format_is_date(code) && percent(code).is_none(), "{code}");
        }
        for code in [
            "General",
            "#,##0",
            "0.00E+00",
            "[Red]0",
            "0 \"schools\"",
            "0;\"d\"",
            "_d0",
            "#,##0\\ \\d",
            "@",
        ] {
            assert!(!format_is_date(code) && percent(code).is_none(), "{code}");
        }
        for (code, wanted) in [
            ("0.0%", Some(1.0)),
            ("0 %;-0 %", Some(1.0)),
            ("0;0%", None),
            ("0.0\"%\"", Some(0.01)),
            ("0.0\\%", Some(0.01)),
        ] {
            assert_eq!(percent(code), wanted, "{code}");
        }
    }
}
