#!/usr/bin/env bash
# Makes the font subsets that the program carries. Needs Debian's fonts-noto-core and fonttools (pip install fonttools).
# Usage: assets/fonts/make_fonts.sh [folder with NotoSans-*.ttf]
set -euo pipefail
cd "$(dirname "$0")"
from="${1:-/usr/share/fonts/truetype/noto}"

# Latin, Latin-1, Extended-A and -B, IPA, combining marks, Greek, Cyrillic, Latin Extended Additional (Vietnamese),
# punctuation with the narrow no-break space, superscripts, currency signs, letterlike, number forms, arrows, minus and friends.
text="U+0020-024F,U+0250-02AF,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-04FF,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2150-218F,U+2190-2199,U+2202-2265,U+FFFD"
# What Noto Sans lacks: arrows, mathematical signs, shapes, check mark and cross.
signs="U+2190-2199,U+21B6-21B7,U+2211-2212,U+2248,U+2260-2265,U+25A0-25A1,U+25B2,U+25BC,U+25C6-25C7,U+25CB,U+25CF,U+2600,U+263D,U+26A0,U+2713,U+2717"

# Letters, marks, signs and digits of Arabic (with Persian and Urdu), which a ministry's own table may hold.
arabic="U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670-06D3,U+06D5,U+06F0-06F9"

subset() { # source, unicodes, target
    pyftsubset "$from/$1" --unicodes="$2" --layout-features='kern,mark,mkmk,ccmp,locl,tnum,lnum,isol,init,medi,fina,rlig' \
        --no-hinting --desubroutinize --name-IDs='0,1,2,3,4,5,6,13,14' --output-file="$3"
}
subset NotoSans-Regular.ttf "$text" NotoSans-Regular.subset.ttf
subset NotoSans-Bold.ttf "$text" NotoSans-Bold.subset.ttf
for part in NotoSansSymbols NotoSansSymbols2 NotoSansMath; do
    subset "$part-Regular.ttf" "$signs" "$part.subset.ttf"
done
subset NotoSansArabic-Regular.ttf "$arabic" NotoSansArabic.subset.ttf
ls -l ./*.ttf
