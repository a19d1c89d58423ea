#!/usr/bin/env bash
# Takes the pictures of the guide (docs/src/guide.md): opens the real window on a virtual screen and goes through the
# guide's story by keyboard, as a planner would, and opens a register.
# Usage: scripts/pictures.sh [--all FOLDER] [BINARY]     needs Xvfb, xdotool and ImageMagick
#   --all FOLDER   every step at both sizes, light and dark, into FOLDER, for looking at; the guide's own stay as they are
set -euo pipefail
cd "$(dirname "$0")/.."
all=""
if [ "${1:-}" = "--all" ]; then
    all="${2:?"--all needs a folder"}"
    shift 2
fi
binary="${1:-target/release/rollcall}"

for tool in Xvfb xdotool import; do
    command -v "$tool" >/dev/null || { echo "pictures.sh: $tool is missing (Debian: xvfb xdotool imagemagick)" >&2; exit 2; }
done
if [ ! -x "$binary" ]; then
    [ $# -eq 0 ] || { echo "pictures.sh: $binary is no program" >&2; exit 2; }
    cargo build --release
fi
binary="$(realpath "$binary")"

work="$(mktemp -d)"
finish() {
    [ -z "${window:-}" ] || kill "$window" 2>/dev/null || true
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
unset WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS
export WINIT_X11_SCALE_FACTOR=1

# Opens the window in the planner's folder; what is kept between starts is in the home beside it.
open_window() {
    (cd "$desk/plans" && ROLLCALL_HOME="$desk/home" XDG_RUNTIME_DIR="$desk" exec "$binary" "$@") >"$work/log" 2>&1 &
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
    # The pointer lies where it points at nothing.
    xdotool mousemove "$((${size%x*} - 1))" "$((${size#*x} - 1))"
    sleep 1
    settle
}

# Kills the window as a power cut would.
cut_power() {
    sleep 3 # What was typed last is kept within two seconds.
    kill -KILL "$window"
    wait "$window" 2>/dev/null || true
}

# Computing time of the window so far; a moment, while it computes.
used() {
    # A thread may end meanwhile.
    { sed 's/.*) //' /proc/"$window"/task/*/stat 2>/dev/null || true; } |
        awk -v moment="$EPOCHREALTIME" '{ used += $12 + $13; busy += $1 == "R" } END { print busy ? moment : used }'
}
# Waits until the window rests: of keys that come between two frames, some are lost.
settle() {
    local before
    sleep 0.05
    for _ in $(seq 50); do
        before="$(used)"
        sleep 0.08
        if [ "$before" = "$(used)" ]; then return; fi
    done
}
# Presses keys one after the other.
press() {
    for keys in "$@"; do
        xdotool key --clearmodifiers "$keys"
        settle
    done
}
write() { xdotool type --clearmodifiers --delay 25 "$1"; settle; }
# Presses a key a number of times.
times() { for _ in $(seq "$1"); do press "$2"; done; }
# Runs a command by a part of its name.
command_named() { press ctrl+k; write "$1"; press Return; }
# Goes to the search field of the page and looks for something.
find_on_page() { press ctrl+f; write "$1"; }
# Sets the lever that is found: from the search field to the button of its years, to its number.
set_lever() { find_on_page "$1"; press Tab Tab ctrl+a; write "$2"; press Return; }

# Takes a picture of a step.
take() {
    sleep 0.7
    settle
    import -window "$id" +dither -colors 64 -define png:compression-level=9 "PNG8:$folder/$1.png"
}

# Replaces the stand-in that is open: value, likely range, year, source, note.
replace_stand_in() {
    press ctrl+j ctrl+a
    write "$1"
    shift
    for entry in "$@"; do press Tab; write "$entry"; done
}
# Saves a chart of the page under the name that is proposed.
save_chart() { command_named "$1"; press Return; }

story() {
    open_window
    take start

    # A file and a title of one's own, and a target for primary school.
    press ctrl+shift+s
    write "my_plan.ron"
    press Return ctrl+f shift+Tab ctrl+a
    write "Senegal: 60 % of primary learners"
    find_on_page "targets"
    press Tab space Tab Tab space Down Down Return
    find_on_page "targets"
    times 6 Tab
    press ctrl+a
    write "60 %"
    take target
    press Return

    # A plan within the budget: fewer devices, fewer schools, fewer technicians.
    set_lever "learners per device" "20"
    set_lever "equipped" "75 %"
    find_on_page "equipped"
    press Tab space
    take years
    press space
    set_lever "technicians" "2"
    find_on_page " "
    press BackSpace
    take plan
    press ctrl+s ctrl+2
    take money

    press ctrl+o
    write "senegal/devices_first.ron"
    press Return ctrl+4
    take compare
    press ctrl+Tab

    # Three figures of one's own.
    press ctrl+6
    find_on_page "devices in each"
    replace_stand_in 12 8 15 2025 "School census 2025" "Directorate of planning"
    take stand_in
    press Return
    replace_stand_in 7 5 9 2025 "School census 2025"
    press Return
    replace_stand_in 15 10 20 2025 "School census 2025"
    press Return
    find_on_page "census"
    take sources
    press ctrl+s ctrl+5
    take equity

    press F5
    take present
    press p Down Down
    take predict
    press r
    take reveal
    press Escape

    press ctrl+1 ctrl+k
    write "svg reach"
    take palette
    press Return Return
    press ctrl+2
    save_chart "png need"
    press ctrl+5
    save_chart "csv who"
    take exported

    # Closed without saving by mistake, and found again.
    press ctrl+1
    set_lever "teachers ready" "70 %"
    press ctrl+w
    take close
    press Tab Tab Return ctrl+o
    write "my_plan.ron"
    press Return ctrl+h
    take history
    press ctrl+z
    cut_power
    open_window
    take recover
    press Tab Return
    take again
}

# A register with a row a school, invented.
register() {
    awk '
BEGIN {
    srand(7); OFS = ";"
    print "School census 2025, elementary schools"
    print "Code", "School", "Region", "Area", "Boys", "Girls", "Electricity", "Internet", "Computers"
    split("Dakar Diourbel Fatick Kaffrine Kaolack Kolda Kédougou Louga Matam Saint-Louis Sédhiou Tambacounda Thiès Ziguinchor", region, " ")
    split("900 650 600 420 700 800 260 750 430 700 560 820 1000 600", schools, " ")
    for (r = 1; r <= 14; r++) for (s = 1; s <= schools[r]; s++) {
        urban = rand() < (r == 1 ? 0.95 : r == 13 ? 0.5 : 0.25)
        size = urban ? 200 + rand() * 500 : 40 + rand() * 260
        power = rand() < (urban ? 0.9 : 0.35); link = power && rand() < (urban ? 0.5 : 0.12)
        printf "%06d;École %s %d;%s;%s;%d;%d;%s;%s;%d\n", ++n, region[r], s, region[r], urban ? "urban" : "rural", size * 0.48, size * 0.52, power ? "yes" : "no", link ? "yes" : "no", power ? rand() * 12 : 0
    }
    print "Source: invented for a picture"
}
    '
}

# A ministry's own figures: a register is opened on the page Regions and used. The place of its path is shown with the pointer.
own_figures() {
    register >"$desk/plans/census.csv"
    open_window senegal/balanced.ron
    press ctrl+7
    xdotool mousemove 630 166 click 1
    write "census.csv"
    press Return
    sleep 2
    take own_figures_open
    # Beside it stands what it gives, with the button that uses it.
    xdotool mousemove $((${size%x*} - 200)) $((${size#*x} - 73)) click 1
    settle
    sleep 2
    take own_figures_done
}

# A story on a screen of this size, in this theme.
tell() {
    size="$1"
    folder="$3"
    desk="$work/$1_$2_$4"
    mkdir -p "$folder" "$desk/plans" "$desk/home"
    echo "(version: 1, theme: $2)" >"$desk/home/settings.ron"
    # Xvfb picks a free screen and writes its number.
    Xvfb -displayfd 3 -screen 0 "${size}x24" +extension GLX 3>"$desk/display" >"$work/xvfb.log" 2>&1 &
    screen=$!
    for _ in $(seq 50); do [ -s "$desk/display" ] && break; sleep 0.1; done
    export DISPLAY=":$(cat "$desk/display")"
    "$4"
    kill "$window" "$screen"
    wait "$window" "$screen" 2>/dev/null || true
}

if [ -n "$all" ]; then
    for size in 1280x800 1920x1080; do
        for theme in Light Dark; do
            for what in story own_figures; do tell "$size" "$theme" "$all/${size}_$theme" "$what"; done
        done
    done
else
    for what in story own_figures; do tell 1280x800 Light docs/src/pictures "$what"; done
fi
