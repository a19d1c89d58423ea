//! How words that people write are compared: without case, accents, marks and forms of letters, in any script.

/// A word without case, accents and marks: `Élèves (2024)` is `eleves_2024`. Arabic words stand without article, vowel
/// signs and lengthening, and with one form of each letter; digits of Arabic and Persian are those of English.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut name = String::new();
    for letter in text.trim().chars().flat_map(char::to_lowercase) {
        match folded(letter) {
            Folded::Nothing => {}
            Folded::Letters(letters) => name.push_str(letters),
            Folded::Own if letter.is_alphanumeric() => name.push(letter),
            Folded::Own if name.is_empty() || name.ends_with('_') => {}
            Folded::Own => name.push('_'),
        }
    }
    let name = name.trim_end_matches('_');
    if !name.contains(ARTICLE) {
        return name.to_owned();
    }
    let bare = |word: &str| match word.strip_prefix(ARTICLE) {
        Some(rest) if rest.chars().count() >= 2 => rest.to_owned(),
        _ => word.to_owned(),
    };
    name.split('_').map(bare).collect::<Vec<_>>().join("_")
}

/// The Arabic article, which is written together with its word.
const ARTICLE: &str = "ال";

enum Folded {
    /// A sign on another letter.
    Nothing,
    /// Other letters stand for it.
    Letters(&'static str),
    /// The letter itself, or a mark between words.
    Own,
}

fn folded(letter: char) -> Folded {
    if letter.is_ascii() {
        return Folded::Own;
    }
    let letters = match letter {
        // Combining signs, vowel signs and lengthening of Arabic, marks of footnotes; letters that serve as apostrophes.
        '\u{300}'..='\u{36f}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{640}'
        | '¹'
        | '²'
        | '³'
        | '\u{2070}'..='\u{2079}' => {
            return Folded::Nothing;
        }
        '\u{2b0}'..='\u{2ff}' => "_",
        // With the signs of order of Spanish and Portuguese: 1.º, 5ª.
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ĝ' | 'ġ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' | 'º' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ţ' | 'ț' | 'ť' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'þ' => "th",
        'ё' => "е",
        'й' => "и",
        'آ' | 'أ' | 'إ' | 'ٱ' => "ا",
        'ى' | 'ئ' | 'ی' => "ي",
        'ؤ' => "و",
        'ة' => "ه",
        'ک' => "ك",
        '٠' | '۰' => "0",
        '١' | '۱' => "1",
        '٢' | '۲' => "2",
        '٣' | '۳' => "3",
        '٤' | '۴' => "4",
        '٥' | '۵' => "5",
        '٦' | '۶' => "6",
        '٧' | '۷' => "7",
        '٨' | '۸' => "8",
        '٩' | '۹' => "9",
        _ => return Folded::Own,
    };
    Folded::Letters(letters)
}

/// Whether two words, as [`plain`] writes them, differ by a slip of the hand: one letter, two in a long word. Short words
/// have too many neighbours, and the first letter is rarely wrong.
#[must_use]
pub fn is_near(word: &str, known: &str) -> bool {
    let slips = match word.chars().count() {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    word.chars().next() == known.chars().next()
        && word.len().abs_diff(known.len()) <= 4 * slips
        && strsim::damerau_levenshtein(word, known) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_however_they_are_written() {
        for (written, wanted) in [
            ("Élèves (2024)", "eleves_2024"),
            ("  CÔTE D’IVOIRE ", "cote_d_ivoire"),
            ("Cote d'Ivoire", "cote_d_ivoire"),
            ("Coteʼ", "cote"),
            ("Re\u{301}gion", "region"),
            ("İstanbul", "istanbul"),
            ("1.º año", "1_o_ano"),
            ("Œuvre", "oeuvre"),
            ("المُحافَظة", "محافظه"),
            ("محـــافظة", "محافظه"),
            ("إجمالي", "اجمالي"),
            ("الصف الأول", "صف_اول"),
            ("Schools²", "schools"),
            ("عدد الطلاب ٢٠٢٣", "عدد_طلاب_2023"),
            ("Ещё", "еще"),
            ("刚果（金）", "刚果_金"),
            ("...", ""),
        ] {
            assert_eq!(plain(written), wanted, "{written}");
        }
    }

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        for (word, known, near) in [
            ("electricty", "electricity", true),
            ("schols", "schools", true),
            ("lat", "level", false),
            ("lat", "lab", false),
            ("phone", "schools", false),
            ("girls", "gilrs", true),
            ("boys", "toys", false),
        ] {
            assert_eq!(is_near(word, known), near, "{word} {known}");
        }
    }
}
