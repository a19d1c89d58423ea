//! From slider event to painted frame: a drag on a lever, the run, and the frame that shows its results, with
//! tessellation, at 1280x800: of a file (the example where none is named) and of a country of 180 groups, beside the
//! window and in its own thread; then the same on every page with six scenarios open, and of one plan under six packages.
//! `cargo bench --bench frame [-- FILE]`.
//!
//! Measured: handling of the event, two frames of layout and tessellation, the hand-over to the worker and back, the run.
//! Not measured: upload to the graphics card, drawing, and the wait for the screen (up to 16.7 ms at 60 Hz a frame).

#![allow(clippy::disallowed_methods)] // Measures time.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::time::{Duration, Instant};

use eframe::egui::{self, Event, PointerButton, Pos2, RawInput, Rect, pos2, vec2};
use rollcall::app::command::Command;
use rollcall::app::lever::LeverId;
use rollcall::app::outcome::Outcome;
use rollcall::app::{App, Page, StartUp};
use rollcall::data::store;
use rollcall::scenario::text::write_scenario;

const EDITS: u32 = 200;

/// Scenarios that are open while the pages are measured.
const OPEN: [&str; 6] = [
    "senegal/balanced.ron",
    "senegal/devices_first.ron",
    "senegal/teachers_first.ron",
    "senegal/no_new_plan.ron",
    "sierra_leone/balanced.ron",
    "bangladesh/balanced.ron",
];

/// The bell that a waiting event loop would hear.
type Bell = Arc<(Mutex<u32>, Condvar)>;

struct Bench {
    ctx: egui::Context,
    app: App,
    bell: Bell,
    start: Instant,
}

impl Bench {
    fn input(&self, events: Vec<Event>) -> RawInput {
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.start.elapsed().as_secs_f64()),
            events,
            ..RawInput::default()
        }
    }

    /// One frame, tessellated; the number of triangles keeps the work from being optimised away.
    fn frame(&mut self, events: Vec<Event>) -> usize {
        let input = self.input(events);
        // As fast as the worker allows; a real window would wait for the screen between two frames.
        let output = self.ctx.run_ui(input, |ui| self.app.show(ui));
        let pieces = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(pieces.len())
    }

    /// Where the first slider of the page is, as a screen reader is told.
    fn first_slider(&mut self) -> Rect {
        self.ctx.enable_accesskit();
        let output = self.ctx.run_ui(self.input(Vec::new()), |ui| self.app.show(ui));
        self.ctx.disable_accesskit();
        let nodes = output
            .platform_output
            .accesskit_update
            .expect("the tree of controls")
            .nodes;
        let slider = nodes
            .iter()
            .find(|(_, node)| node.role() == egui::accesskit::Role::Slider);
        let bounds = slider.and_then(|(_, node)| node.bounds()).expect("a slider");
        #[allow(clippy::cast_possible_truncation)]
        let corner = |x: f64, y: f64| pos2(x as f32, y as f32);
        Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1))
    }

    /// Sleeps until the worker rings, as the event loop of a window does.
    fn wait(&self) {
        let (rings, heard) = &*self.bell;
        let mut rings = rings.lock().expect("the bell");
        while *rings == 0 && self.app.is_computing() {
            rings = heard.wait_timeout(rings, Duration::from_millis(1)).expect("the bell").0;
        }
        *rings = 0;
    }

    /// From the event to the frame that shows its results.
    fn edit(&mut self, event: Event) -> Duration {
        // Results that are held on to could not make room for the next.
        let before = self.app.outcome().map(Arc::downgrade);
        let start = Instant::now();
        self.frame(vec![event]);
        self.answered(before.as_ref());
        start.elapsed()
    }

    /// From a lever set to the frame that shows its results, and the longest frame on the way.
    fn set(&mut self, value: f64) -> (Duration, Duration) {
        // Results that are held on to could not make room for the next.
        let before = self.app.outcome().map(Arc::downgrade);
        let start = Instant::now();
        let command = Command::SetLever {
            lever: LeverId::of("plan.training.ready").expect("a lever"),
            value,
            more: true,
        };
        self.app.apply(command, &self.ctx.clone());
        let longest = self.answered(before.as_ref());
        (start.elapsed(), longest)
    }

    /// Frames until new results are on the screen; the longest of them.
    fn answered(&mut self, before: Option<&Weak<Outcome>>) -> Duration {
        let mut longest = Duration::ZERO;
        let same = |app: &App| match (app.outcome(), before) {
            (Some(now), Some(before)) => Arc::as_ptr(now) == before.as_ptr(),
            (now, before) => now.is_none() && before.is_none(),
        };
        while same(&self.app) {
            assert!(self.app.is_computing(), "the edit changes nothing");
            self.wait();
            let start = Instant::now();
            self.frame(Vec::new());
            longest = longest.max(start.elapsed());
        }
        longest
    }
}

impl Bench {
    /// A window on a file; `inline` computes in its own thread.
    fn open(path: &Path, inline: bool) -> Self {
        let ctx = egui::Context::default();
        let bell = Bell::default();
        let rung = Arc::clone(&bell);
        ctx.set_request_repaint_callback(move |_| {
            *rung.0.lock().expect("the bell") += 1;
            rung.1.notify_one();
        });
        let start = Instant::now();
        let app = App::new(StartUp {
            path: Some(path.to_owned()),
        });
        let app = if inline { app.inline() } else { app };
        let mut bench = Self { ctx, app, bell, start };
        while bench.app.outcome().is_none() {
            bench.frame(Vec::new());
            bench.wait();
        }
        bench.frame(Vec::new());
        bench
    }

    /// Drags the first slider back and forth; the times from event to shown result, sorted.
    fn drag(&mut self) -> Vec<Duration> {
        let rail = self.first_slider();
        // Along the rail, but for its ends, where nothing moves any more.
        #[allow(clippy::cast_precision_loss)]
        let place = |part: u32| rail.lerp_inside(vec2(0.05 + 0.9 * part as f32 / 260.0, 0.5));
        self.frame(vec![Event::PointerMoved(place(0))]);
        self.frame(vec![press(place(0), true)]);
        while self.app.is_computing() {
            self.wait();
            self.frame(Vec::new());
        }
        // At least three steps of the lever each time.
        let mut times: Vec<Duration> = (1..=EDITS)
            .map(|step| self.edit(Event::PointerMoved(place(step * 67 % 260))))
            .collect();
        times.sort_unstable();
        self.frame(vec![press(pos2(60.0, 790.0), false)]);
        times
    }
}

/// A bundled plan for a country whose groups are cut into 30 regions alike: 180 groups.
fn of_180_groups(folder: &Path) -> PathBuf {
    let mut scenario = store::load_bundled(OPEN[0]).reading.scenario.expect("a plan");
    scenario.country.file.clear();
    let whole = std::mem::take(&mut scenario.country.groups);
    for region in 1..=30 {
        for group in &whole {
            let mut group = group.clone();
            group.region = format!("Region {region:02}");
            for count in [&mut group.schools, &mut group.learners, &mut group.teachers] {
                count.value /= 30.0;
                // Ranges are of the whole.
                count.passport = None;
            }
            scenario.country.groups.push(group);
        }
    }
    assert_eq!(scenario.country.groups.len(), 180);
    let path = folder.join("groups_180.ron");
    std::fs::write(&path, write_scenario(&scenario, false)).expect("a file");
    path
}

fn main() {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let path = file.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/example.ron")),
        PathBuf::from,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let start = Instant::now();
    let mut bench = Bench::open(&path, false);
    println!(
        "start to first chart, without opening a window: {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    told(&mut bench, &path, "beside the window");
    let large = of_180_groups(folder.path());
    for (inline, how) in [(false, "beside the window"), (true, "in its thread")] {
        told(&mut Bench::open(&large, inline), &large, how);
    }
    pages(&mut bench);
}

/// Drags, and tells how long it took.
fn told(bench: &mut Bench, path: &Path, how: &str) {
    let times = bench.drag();
    let at = |part: usize| percentile(&times, part);
    println!(
        "{}, computed {how}: slider event to tessellated frame, {EDITS} edits: median {:.2} ms, 95th percentile {:.2} ms, \
         longest {:.2} ms; the last run {:.2} ms",
        path.file_name().unwrap_or_default().display(),
        at(50),
        at(95),
        at(100),
        bench.app.outcome().map_or(0.0, |now| now.took.as_secs_f64() * 1e3)
    );
}

/// Every page with six scenarios open, and one plan under six packages: each edit to the frame that shows its results, and single frames at rest.
fn pages(bench: &mut Bench) {
    let ctx = bench.ctx.clone();
    for name in OPEN {
        bench.app.apply(Command::Open(PathBuf::from(name)), &ctx);
    }
    bench.app.apply(Command::Close(0), &ctx);
    bench.app.apply(Command::DropChanges, &ctx);
    bench.app.apply(Command::Switch(0), &ctx);
    while bench.app.is_computing() {
        bench.wait();
        bench.frame(Vec::new());
    }
    println!("{} scenarios open", bench.app.documents().len());
    for page in Page::ALL {
        bench.app.apply(Command::Show(page), &ctx);
        bench.frame(Vec::new());
        measure(bench, &format!("{page:?}"));
    }
    bench.app.apply(Command::Show(Page::Compare), &ctx);
    for name in ["senegal/mixed", "senegal/debt_swap"] {
        bench.app.apply(Command::Lay(name.into()), &ctx);
    }
    bench.frame(Vec::new());
    measure(bench, "Compare, one plan under six packages");
}

/// Edits on the page that is shown, and frames at rest.
fn measure(bench: &mut Bench, page: &str) {
    let (mut edits, mut longest, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for step in 0..EDITS {
        let (edit, frame) = bench.set(f64::from(20 + step * 37 % 60) / 100.0);
        edits.push(edit);
        longest.push(frame);
        // The pointer goes over the whole page.
        #[allow(clippy::cast_precision_loss)]
        let place = pos2(100.0 + (step * 97 % 1160) as f32, 160.0 + (step * 61 % 600) as f32);
        let start = Instant::now();
        bench.frame(vec![Event::PointerMoved(place)]);
        rest.push(start.elapsed());
    }
    for times in [&mut edits, &mut longest, &mut rest] {
        times.sort_unstable();
    }
    let both = |times: &[Duration]| format!("{:.2} and {:.2} ms", percentile(times, 50), percentile(times, 95));
    println!(
        "{page}: median and 95th percentile of edit to shown result {}, of its longest frame {}, of a frame at rest {}",
        both(&edits),
        both(&longest),
        both(&rest)
    );
}

/// In milliseconds, of sorted times.
fn percentile(times: &[Duration], part: usize) -> f64 {
    times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3
}

const fn press(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    }
}
