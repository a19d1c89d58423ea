//! The window as tests drive it: on a plan, at a size, by commands, keys and what stands on its buttons.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::epaint::Shape;
use eframe::egui::{Key, Modifiers, Rect, Role, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::lever::LeverId;
use rollcall::app::{App, StartUp};
use rollcall::report::tables;

/// Wherever a window is driven it comes to rest by time, not by frames: what it reads beside itself takes as long as the computer takes.
pub struct Window(Harness<'static, App>);

/// Frames of one look; a list scrolls to its row in some twenty.
const FRAMES: u64 = 60;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

impl Window {
    /// Frames until nothing moves any more.
    pub fn run(&mut self) {
        let start = Instant::now();
        while self.0.run_ok().is_none() {
            assert!(start.elapsed() < PATIENCE, "the window never comes to rest");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Deref for Window {
    type Target = Harness<'static, App>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Window {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// The usual size.
pub const USUAL: Vec2 = vec2(1280.0, 800.0);
/// A wide screen.
pub const WIDE: Vec2 = vec2(1920.0, 1080.0);
/// Path of the example.
pub const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/example.ron");

/// The application on a file or a bundled plan, without settings, computing at once.
pub fn app_on(path: impl AsRef<Path>) -> App {
    let path = Some(path.as_ref().to_owned());
    App::new(StartUp { path }).inline()
}

/// The same on nothing in particular: on the plan of a first start.
pub fn app() -> App {
    App::new(StartUp::default()).inline()
}

/// The same with settings and journals in a folder.
pub fn app_at(home: &Path, path: Option<&Path>) -> App {
    let path = path.map(Path::to_path_buf);
    App::at_home(StartUp { path }, home).inline()
}

/// A window in its first frame.
pub fn first_frame(app: App, size: Vec2) -> Window {
    first_frame_at(app, size, 1.0)
}

/// The same on a display of so many dots a point.
pub fn first_frame_at(app: App, size: Vec2, dots: f32) -> Window {
    let harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(dots)
        .with_theme(Theme::Light)
        .with_max_steps(FRAMES)
        .build_ui_state(|ui, app: &mut App| app.show(ui), app);
    Window(harness)
}

/// A window of a size that has come to rest.
pub fn sized(app: App, size: Vec2) -> Window {
    let mut window = first_frame(app, size);
    window.run();
    window
}

/// A window of the usual size that has come to rest.
pub fn window_of(app: App) -> Window {
    sized(app, USUAL)
}

/// A window on a file or a bundled plan.
pub fn window_on(path: impl AsRef<Path>) -> Window {
    window_of(app_on(path))
}

pub fn apply(window: &mut Window, command: Command) {
    let context = window.ctx.clone();
    window.state_mut().apply(command, &context);
    window.run();
}

pub fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run();
}

pub fn press(window: &mut Window, name: &str) {
    click(window, Role::Button, name);
}

pub fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Writes over what a field holds.
pub fn write(window: &mut Window, name: &str, text: &str) {
    click(window, Role::TextInput, name);
    keys(window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run();
}

/// Whether a text stands in the window, alone or among others.
pub fn shows(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

/// Steps until something is so.
pub fn wait(window: &mut Window, what: &str, until: impl Fn(&Window) -> bool) {
    let start = Instant::now();
    while !until(window) {
        window.step();
        assert!(start.elapsed() < PATIENCE, "it never comes: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
    // Once more, so that what is to be pressed is laid out again.
    window.run_steps(3);
}

/// Steps until the window shows a text.
pub fn wait_for(window: &mut Window, text: &str) {
    wait(window, text, |window| shows(window, text));
}

/// Takes the figures of an opened table over, however long what is still being read takes.
pub fn use_figures(window: &mut Window) {
    const BUTTON: &str = "Use these figures";
    window.get_by_role_and_label(Role::Button, BUTTON).click();
    wait(window, "the figures in the plan", |window| {
        window.query_by_label(BUTTON).is_none()
    });
    window.run();
}

/// The lever of a field.
pub fn lever(path: &str) -> LeverId {
    LeverId::of(path).unwrap_or_else(|| panic!("{path} is no lever"))
}

/// The lever of schools with power.
pub fn power(value: f64) -> Command {
    Command::SetLever {
        lever: lever("plan.power.powered"),
        value,
        more: false,
    }
}

/// What the lever of schools with power stands at.
pub fn powered(window: &Window) -> f64 {
    let scenario = window.state().scenario().expect("a scenario");
    lever("plan.power.powered").get(scenario).expect("power is in the plan")
}

/// A copy of the example in a folder of its own.
pub fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    std::fs::copy(EXAMPLE, &path).expect("a copy");
    (folder, path)
}

/// A folder for settings and journals, and a copy of the example beside it.
pub fn house() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (folder, plan) = copy();
    let home = folder.path().join("home");
    (folder, home, plan)
}

/// Texts painted in a place, as they are seen, and where.
pub fn painted(window: &Window, place: Rect) -> Vec<(String, Rect)> {
    fn texts(shape: &Shape, place: Rect, found: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Text(text) => {
                let (rect, galley) = (text.visual_bounding_rect(), &text.galley);
                if !galley.is_empty() && place.contains(rect.center()) {
                    // What is cut says so.
                    let shown: Vec<String> = galley.rows.iter().map(|row| row.text()).collect();
                    found.push((shown.join(" "), rect));
                }
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, place, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for shape in &window.output().shapes {
        texts(&shape.shape, place, &mut found);
    }
    found
}

/// Texts painted in a place, as they are seen.
pub fn texts(window: &Window, place: Rect) -> Vec<String> {
    painted(window, place).into_iter().map(|(text, _)| text).collect()
}

/// The rows of a result table of what is shown.
pub fn written(window: &Window, table: tables::WriteTable) -> Vec<BTreeMap<String, String>> {
    let bytes = tables::bytes(table, &window.state().outcome().expect("results").run);
    csv::Reader::from_reader(&*bytes)
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}
