//! The bundled fonts, for files: how wide a text is, shaped as it is drawn.

use std::sync::LazyLock;

use harfrust::{FontRef, ShapeOptions, Shaper, ShaperData, UnicodeBuffer};

use super::layout::Face;

/// The files of a weight, first the letters, then what they lack.
pub(super) static REGULAR: [&[u8]; 5] = [
    include_bytes!("../../../assets/fonts/NotoSans-Regular.subset.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansMath.subset.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansSymbols2.subset.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansSymbols.subset.ttf"),
    include_bytes!("../../../assets/fonts/NotoSansArabic.subset.ttf"),
];
/// Bold letters.
pub(super) static BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Bold.subset.ttf");

/// A font with what shaping needs of it.
struct Shaped {
    font: FontRef<'static>,
    data: ShaperData,
}

impl Shaped {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let data = ShaperData::new(&font);
        Some(Self { font, data })
    }

    fn shaper(&self) -> Shaper<'_> {
        self.data.shaper(&self.font).build()
    }
}

static REGULAR_FACES: LazyLock<Vec<Shaped>> =
    LazyLock::new(|| REGULAR.iter().filter_map(|font| Shaped::of(font)).collect());
static BOLD_FACE: LazyLock<Option<Shaped>> = LazyLock::new(|| Shaped::of(BOLD));

/// Width of a text in points: of its letters as they join, with those of other fonts where the first lacks them.
#[must_use]
pub fn width(text: &str, face: Face) -> f64 {
    let bold = BOLD_FACE.as_ref().filter(|_| face.is_bold());
    let letters: Vec<&Shaped> = bold.into_iter().chain(REGULAR_FACES.iter()).collect();
    run(text, &letters) * face.size()
}

/// Width of a text in sizes of its letters.
fn run(text: &str, fonts: &[&Shaped]) -> f64 {
    let Some((first, others)) = fonts.split_first() else {
        return 0.0;
    };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaper = first.shaper();
    let unit = f64::from(shaper.units_per_em().max(1));
    let glyphs = shaper.shape(buffer, ShapeOptions::new());
    let mut sum = 0.0;
    for (info, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
        let letter = || text.get(info.cluster as usize..).and_then(|rest| rest.chars().next());
        // The first glyph of a font stands for what it has not.
        match letter().filter(|_| info.glyph_id == 0 && !others.is_empty()) {
            Some(letter) => sum += run(letter.encode_utf8(&mut [0; 4]), others),
            None => sum += f64::from(place.x_advance) / unit,
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_join_and_marks_stand_over_them() {
        let wide = |text: &str| width(text, Face::Small);
        // A mark that combines takes no room of its own; a pair that is kerned takes less than its two letters.
        assert!((wide("e\u{301}") - wide("é")).abs() < 1e-6);
        assert!(wide("AV") < wide("A") + wide("V") - 0.1);
        assert!(width("AV", Face::Strong) > wide("AV"));
        // What the letters lack comes from another font.
        assert!(wide("⚠") > 0.5 * Face::Small.size());
        // Of what no font has, all are as wide: a box. The two regions are `Tunis` and `Gafsa` in Arabic.
        assert!((wide("تونس") - wide("قفصة")).abs() > 0.01);
        assert!(wide("").abs() < 1e-12);
    }
}
