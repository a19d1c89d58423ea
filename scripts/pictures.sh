#!/usr/bin/env bash
# Takes the book's pictures of the window: opens the real one on a virtual screen, moves a lever, and saves what is seen.
# Usage: scripts/pictures.sh [BINARY [FILE]]     needs Xvfb, xdotool and ImageMagick
set -euo pipefail
cd "$(dirname "$0")/.."
binary="${1:-target/release/rollcall}"
file="${2:-senegal/balanced.ron}"
folder="docs/src/pictures"
size=1280x800

for tool in Xvfb xdotool import; do
    command -v "$tool" >/dev/null || { echo "pictures.sh: $tool is missing (Debian: xvfb xdotool imagemagick)" >&2; exit 2; }
done
if [ ! -x "$binary" ]; then
    [ $# -eq 0 ] || { echo "pictures.sh: $binary is no program" >&2; exit 2; }
    cargo build --release
fi

work="$(mktemp -d)"
finish() {
    [ -z "${window:-}" ] || kill "$window" 2>/dev/null || true
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
# Xvfb picks a free screen and writes its number.
Xvfb -displayfd 3 -screen 0 "${size}x24" +extension GLX 3>"$work/display" >"$work/xvfb.log" 2>&1 &
screen=$!
for _ in $(seq 50); do [ -s "$work/display" ] && break; sleep 0.1; done
export DISPLAY=":$(cat "$work/display")"
unset WAYLAND_DISPLAY WAYLAND_SOCKET
export XDG_RUNTIME_DIR="$work" WINIT_X11_SCALE_FACTOR=1

# A bundled scenario has no file that could be written to.
"$binary" open "$file" >"$work/log" 2>&1 &
window=$!
id=""
for _ in $(seq 100); do
    id="$(xdotool search --onlyvisible --name Rollcall 2>/dev/null | head -n 1 || true)"
    [ -n "$id" ] && break
    kill -0 "$window" 2>/dev/null || { cat "$work/log" >&2; exit 2; }
    sleep 0.1
done
[ -n "$id" ] || { echo "pictures.sh: no window appeared" >&2; cat "$work/log" >&2; exit 2; }
xdotool windowmove "$id" 0 0 windowsize "$id" "${size%x*}" "${size#*x}"
xdotool windowfocus "$id" 2>/dev/null || true
sleep 2

# Moves the lever of teachers ready, so that the ghost of the saved scenario shows.
xdotool mousemove 259 549 mousedown 1
for x in 250 240 230 220 210 200 190 180; do xdotool mousemove "$x" 549; sleep 0.05; done
sleep 0.5
xdotool mouseup 1
sleep 0.5
xdotool mousemove 640 788
sleep 1.5
mkdir -p "$folder"
take() { import -window "$id" -define png:compression-level=9 +dither -colors 200 "$folder/$1"; }
take plan_light.png
xdotool key --clearmodifiers ctrl+d
sleep 1.5
take plan_dark.png
ls -l "$folder"/plan_*.png
