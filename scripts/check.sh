#!/usr/bin/env bash
# Everything that must hold before a change goes in. CI runs it, and so does a person.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

step "format"
cargo fmt --all --check

step "lints"
cargo clippy --quiet --all-targets -- -D warnings

step "tests"
cargo test --quiet

# The same inputs on every machine, about a minute of them; CONTRIBUTING.md says how to look for more. Built as the tests are.
step "inputs at random"
cargo test --quiet --bench fuzz -- --cases 8000 --seed 1

step "without the window"
cargo build --quiet --no-default-features
if cargo tree --no-default-features --edges normal --prefix none | grep -E '^(egui|eframe|wgpu|winit) '; then
    echo "the core must not know the window" >&2
    exit 1
fi

step "notices of third parties"
bash scripts/notices.sh --check

step "rooms: model, scenario and study know no screen, file or clock"
if grep -rnE 'std::fs|std::net|std::env|Instant|SystemTime|eframe|egui|crate::(app|cli|report|data)' src/model src/model.rs src/scenario src/scenario.rs src/study src/study.rs src/units.rs | grep -vE '^\S+:[0-9]+:\s*//'; then
    echo "an arrow points up" >&2
    exit 1
fi

step "documentation of the library"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --no-default-features

step "bundled scenarios, checked and run"
program=target/debug/rollcall
for file in scenarios/*/*.ron; do
    case "$file" in
        scenarios/countries/* | scenarios/standards/* | scenarios/packages/* | scenarios/practices/*) continue ;;
    esac
    "$program" check "$file" >/dev/null
    "$program" run "$file" >/dev/null
done
for file in scenarios/standards/*.ron; do
    "$program" compare senegal/balanced.ron --standard "$file" >/dev/null
done

"$program" check scenarios/packages/*/*.ron scenarios/practices/*.ron >/dev/null
for file in scenarios/packages/senegal/*.ron; do
    "$program" compare senegal/balanced.ron --packages "$file" >/dev/null
done

step "without the restricted data"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD | tar -x -C "$copy"
rm -rf "$copy/assets/data/restricted"
here=$PWD
(cd "$copy" && CARGO_TARGET_DIR="$here/target" cargo test --quiet --no-default-features --lib)
(cd "$copy" && CARGO_TARGET_DIR="$here/target" cargo run --quiet --no-default-features -- new SEN --out "$copy/SEN.ron" && CARGO_TARGET_DIR="$here/target" cargo run --quiet --no-default-features -- run "$copy/SEN.ron" >/dev/null)
cargo build --quiet --no-default-features

step "all is well"
