#!/usr/bin/env bash
# THIRD_PARTY_NOTICES: every package whose code is in the program, on any system, with its licence and the texts that its
# authors ask to be kept. Cargo itself says which packages these are.
#
#   scripts/notices.sh           writes it anew (fetches what Cargo.lock names)
#   scripts/notices.sh --check   says whether it lists what Cargo.lock names
set -euo pipefail
cd "$(dirname "$0")/.."
file=THIRD_PARTY_NOTICES

# Code that only helps to build (build scripts, derives) is not in the program.
packages() {
    cargo tree --quiet --locked --target all --edges normal,no-proc-macro --prefix none --format '{p}|{l}|{r}' |
        sed -e 's/ (\*)//' -e 's/ (proc-macro)//' | grep -v '^rollcall v' | sort -u |
        sed -e 's/^\([^ ]*\) v\([^ |]*\)[^|]*|/\1 \2|/'
}

listed() { packages | awk -F'|' '{ printf "%s: %s\n", $1, $2 }'; }

if [ "${1:-}" = --check ]; then
    if ! difference=$(diff <(sed -n '/^Packages$/,/^Texts$/p' "$file" | grep -E '^[^ ]+ [0-9][^ ]*: ') <(listed)); then
        printf '%s\n' "$difference" >&2
        echo "$file does not list what Cargo.lock names: run scripts/notices.sh and commit it" >&2
        exit 1
    fi
    exit 0
fi

cargo fetch --quiet --locked
sources=${CARGO_HOME:-$HOME/.cargo}/registry/src
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/texts"
packages >"$work/packages"
: >"$work/without"
while IFS='|' read -r package licence repository; do
    folder=$(ls -d "$sources"/*/"${package/ /-}" 2>/dev/null | head -1)
    found=
    texts=$(find "$folder" -maxdepth 2 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'copyright*' \) ! -name '*.rs' | sort)
    # Of a choice that offers it, MIT is taken.
    if [[ $licence == *MIT* && $licence == *OR* ]] && grep -qi '/[^/]*mit[^/]*$' <<<"$texts"; then
        texts=$(grep -iE '/([^/]*mit|notice|copyright)[^/]*$' <<<"$texts")
    fi
    for text in $texts; do
        found=yes
        # The same text is kept once, whatever its line ends.
        name=$(tr -d '\r' <"$text" | sed -e 's/[[:space:]]*$//' | sha256sum | cut -c1-16)
        [ -f "$work/texts/$name" ] || tr -d '\r' <"$text" | sed -e 's/[[:space:]]*$//' >"$work/texts/$name"
        grep -qx "$package" "$work/texts/$name.of" 2>/dev/null || echo "$package" >>"$work/texts/$name.of"
    done
    [ -n "$found" ] || echo "$package: $licence, $repository" >>"$work/without"
done <"$work/packages"

{
    cat <<'END'
Third-party notices

Rollcall is MIT or Apache-2.0, at your choice (LICENSE-MIT, LICENSE-APACHE). Its binary holds code of the packages below, fonts
of the Noto project (SIL Open Font License, assets/fonts/OFL.txt) and data whose licences stand beside them in assets/data.
Which of the packages are in a binary depends on the system that it is built for. Of a choice of licences that offers MIT, MIT is
taken. Written by scripts/notices.sh.

Packages

END
    awk -F'|' '{ printf "%s: %s\n", $1, $2 }' "$work/packages"
    printf '\nTexts\n'
    # In the order of the packages that they come with.
    for of in $(for of in "$work"/texts/*.of; do printf '%s\t%s\n' "$(head -1 "$of")" "$of"; done | sort | cut -f2); do
        printf '\n%s\n' "------------------------------------------------------------------------------"
        paste -sd, "$of" | sed 's/,/, /g' | fold -s -w 120
        printf '\n'
        cat "${of%.of}"
    done
    if [ -s "$work/without" ]; then
        printf '\n%s\n%s\n\n' "------------------------------------------------------------------------------" \
            "Without a text of their own in the package:"
        cat "$work/without"
    fi
} >"$work/notices"
mv "$work/notices" "$file"
chmod 644 "$file"
