//! What a number format of a spreadsheet (`0.0%`, `dd/mm/yyyy`) shows.

/// Whether numbers are shown as percentages.
pub(super) fn format_is_percent(code: &str) -> bool {
    code.split(';').next().unwrap_or_default().contains('%')
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
            assert!(format_is_date(code) && !format_is_percent(code), "{code}");
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
            assert!(!format_is_date(code) && !format_is_percent(code), "{code}");
        }
        assert!(format_is_percent("0.0%") && format_is_percent("0 %;-0 %") && !format_is_percent("0;0%"));
    }
}
