//! How the window looks: colours that can be told apart by every eye and in grey, text that can be read and is not cut,
//! controls that have a name, on every page, light and dark, at both sizes and both zooms.

use std::path::PathBuf;

use eframe::egui::accesskit::Action;
use eframe::egui::epaint::{ClippedShape, Shape, TextShape};
use eframe::egui::{Color32, Pos2, Rect, Role, Theme, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::theme::{self, DARK, LIGHT, Palette};
use rollcall::model::measures::Binding;
use rollcall::scenario::Component;

use super::harness::{Window, app, window_of};

/// Components as the theme colours them, in the order of the bars.
const COMPONENTS: &[Component] = Component::ALL;
/// Sources of money that a chart names, and those that stand together.
const SOURCES: usize = 7;

type Linear = [f64; 3];

/// Red, green and blue as amounts of light.
fn linear(colour: Color32) -> Linear {
    let [red, green, blue, _] = colour.to_array();
    [red, green, blue].map(|byte| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Machado, Oliveira and Fernandes (2009), table 1, severity 1.0: what an eye without one kind of cone sees.
const DEFICIENCIES: [(&str, [Linear; 3]); 3] = [
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn seen_by(matrix: &[Linear; 3], colour: Linear) -> Linear {
    matrix.map(|row| {
        let sum: f64 = row.iter().zip(colour).map(|(weight, light)| weight * light).sum();
        sum.clamp(0.0, 1.0)
    })
}

/// Relative luminance (WCAG 2.2), which is also what a grey copy keeps.
fn luminance([red, green, blue]: Linear) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(linear(one)), luminance(linear(other)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// CIELAB under D65.
fn lab([red, green, blue]: Linear) -> [f64; 3] {
    let x = (0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47;
    let y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue;
    let z = (0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83;
    let curve = |share: f64| {
        if share > 216.0 / 24_389.0 {
            share.cbrt()
        } else {
            (24_389.0 / 27.0 * share + 16.0) / 116.0
        }
    };
    [
        116.0 * curve(y) - 16.0,
        500.0 * (curve(x) - curve(y)),
        200.0 * (curve(y) - curve(z)),
    ]
}

/// CIEDE2000 (Sharma, Wu and Dalal 2005).
fn difference(one: [f64; 3], other: [f64; 3]) -> f64 {
    let mean_chroma = f64::midpoint(one[1].hypot(one[2]), other[1].hypot(other[2])).powi(7);
    let g = 0.5 * (1.0 - (mean_chroma / (mean_chroma + 25f64.powi(7))).sqrt());
    let (a1, a2) = (one[1] * (1.0 + g), other[1] * (1.0 + g));
    let (c1, c2) = (a1.hypot(one[2]), a2.hypot(other[2]));
    let hue = |b: f64, a: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(one[2], a1), hue(other[2], a2));
    let coloured = c1 * c2 > 0.0;
    let turn = match h2 - h1 {
        _ if !coloured => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let mean_hue = match h1 + h2 {
        sum if !coloured => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let (lightness, chroma) = (other[0] - one[0], c2 - c1);
    let tint = 2.0 * (c1 * c2).sqrt() * (turn.to_radians() / 2.0).sin();
    let (mean_lightness, mean_chroma) = (f64::midpoint(one[0], other[0]), f64::midpoint(c1, c2));
    let cosine = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cosine(mean_hue - 30.0) + 0.24 * cosine(2.0 * mean_hue) + 0.32 * cosine(3.0 * mean_hue + 6.0)
        - 0.20 * cosine(4.0 * mean_hue - 63.0);
    let square = (mean_lightness - 50.0).powi(2);
    let lightness = lightness / (1.0 + 0.015 * square / (20.0 + square).sqrt());
    let chroma = chroma / (1.0 + 0.045 * mean_chroma);
    let tint = tint / (1.0 + 0.015 * mean_chroma * t);
    let seventh = mean_chroma.powi(7);
    let turned = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -(2.0 * turned).to_radians().sin() * 2.0 * (seventh / (seventh + 25f64.powi(7))).sqrt();
    (lightness.powi(2) + chroma.powi(2) + tint.powi(2) + rotation * chroma * tint).sqrt()
}

#[test]
fn differences_are_those_of_the_standard() {
    // From the test data that Sharma, Wu and Dalal publish with the formula.
    for (one, other, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        let found = difference(one, other);
        assert!((found - expected).abs() < 5e-5, "{found} for {expected}");
    }
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
}

fn palettes() -> [(&'static str, &'static Palette); 2] {
    [("light", &LIGHT), ("dark", &DARK)]
}

/// Any two parts of a stacked bar can touch, as those between them may be nothing.
#[test]
fn any_two_areas_of_a_bar_differ_for_every_eye_and_in_grey() {
    for (theme, palette) in palettes() {
        let components: Vec<Color32> = COMPONENTS
            .iter()
            .map(|component| palette.component(*component))
            .collect();
        let sources: Vec<Color32> = (0..SOURCES).map(|position| palette.source(position)).collect();
        for (set, colours) in [("components", components), ("sources", sources)] {
            for (at, one) in colours.iter().enumerate() {
                for other in &colours[..at] {
                    let (one, other) = (linear(*one), linear(*other));
                    let pair = format!("{theme} {set}: {one:?} and {other:?}");
                    let full = difference(lab(one), lab(other));
                    assert!(full >= 10.0, "{pair} differ by {full:.1} for most eyes");
                    for (name, matrix) in &DEFICIENCIES {
                        let seen = difference(lab(seen_by(matrix, one)), lab(seen_by(matrix, other)));
                        assert!(seen >= 10.0, "{pair} differ by {seen:.1} in {name}");
                    }
                    // Above what is just seen side by side, 2.3: between the card and the darkest or lightest there is room
                    // for a dozen steps of this size. A line of ground and the labels help besides.
                    let grey = difference(lab([luminance(one); 3]), lab([luminance(other); 3]));
                    assert!(grey >= 3.0, "{pair} differ by {grey:.1} in grey");
                }
            }
        }
    }
}

#[test]
fn marks_stand_out_and_words_can_be_read() {
    for (theme, palette) in palettes() {
        let marks = COMPONENTS
            .iter()
            .map(|component| palette.component(*component))
            .chain((0..SOURCES).map(|position| palette.source(position)))
            .chain([palette.accent, palette.bad, palette.good, palette.doubt]);
        for mark in marks {
            let ratio = contrast(mark, palette.card);
            assert!(ratio >= 3.0, "{theme}: mark {mark:?} on the card {ratio:.2}");
        }
        for ground in [palette.ground, palette.card, palette.chosen] {
            for ink in [
                palette.text,
                palette.weak,
                palette.accent,
                palette.good,
                palette.bad,
                palette.doubt,
            ] {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{theme}: words {ink:?} on {ground:?} {ratio:.2}");
            }
        }
        for component in COMPONENTS {
            let ratio = contrast(palette.ink(*component), palette.card);
            assert!(ratio >= 4.5, "{theme}: name of {component:?} {ratio:.2}");
        }
        for binding in Binding::ALL {
            let ratio = contrast(palette.text, palette.tint(binding));
            assert!(ratio >= 4.5, "{theme}: word on the ground of {binding:?} {ratio:.2}");
        }
    }
}

/// Three scenarios, so that tabs and comparisons have something to show.
fn window() -> Window {
    let mut window = window_of(app());
    let context = window.ctx.clone();
    for path in ["senegal/no_new_plan.ron", "senegal/devices_first.ron"] {
        let command = Command::Open(PathBuf::from(path));
        window.state_mut().apply(command, &context);
        window.run();
    }
    window.state_mut().apply(Command::Switch(0), &context);
    window.run();
    window
}

fn texts<'a>(shape: &'a Shape, found: &mut Vec<&'a TextShape>) {
    match shape {
        Shape::Text(text) => found.push(text),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
        _ => {}
    }
}

/// Painted text that is cut by the edge of the window or of what it stands in. What a person can scroll to is not cut.
fn cut(shapes: &[ClippedShape], screen: Rect, bars: &[Rect]) -> Vec<String> {
    const HAIR: f32 = 2.5;
    // A scroll bar runs along the edge of what it moves.
    let moved = |clip: Rect, across: bool| {
        bars.iter().any(|bar| {
            if across {
                bar.width() > bar.height()
                    && (bar.left() - clip.left()).abs() < 24.0
                    && clip.x_range().contains(bar.center().x)
            } else {
                // A chart clips to its own card: the bar stands somewhere to the right of it and ends where it is cut.
                bar.height() > bar.width()
                    && bar.left() >= clip.left()
                    && bar.y_range().contains(clip.center().y)
                    && [bar.bottom() - clip.bottom(), bar.top() - clip.top()]
                        .iter()
                        .any(|apart| apart.abs() < 14.0)
            }
        })
    };
    let mut found = Vec::new();
    for shape in shapes {
        let mut inside = Vec::new();
        texts(&shape.shape, &mut inside);
        for text in inside {
            let place = text.visual_bounding_rect();
            let clip = shape.clip_rect.intersect(screen);
            if text.galley.is_empty() || !place.is_positive() || !clip.intersects(place.shrink(1.0)) {
                continue;
            }
            let across = place.left() < clip.left() - HAIR || place.right() > clip.right() + HAIR;
            let down = place.top() < clip.top() - HAIR || place.bottom() > clip.bottom() + HAIR;
            // Tabs and scoreboard roll sideways without a bar, which would cover them; a sentence of two lines stands above.
            let rolls = place.bottom() < theme::BAR + theme::SCORES + 6.0 * theme::GAP;
            if (across && !rolls && !moved(shape.clip_rect, true)) || (down && !moved(shape.clip_rect, false)) {
                found.push(format!(
                    "“{}” at {place:?} in {:?}",
                    text.galley.text(),
                    shape.clip_rect
                ));
            }
        }
    }
    found
}

/// Every control that a person can use, without a name.
fn unnamed(window: &Window) -> Vec<String> {
    window
        .root()
        .children_recursive()
        .filter_map(|node| {
            let node = node.accesskit_node();
            let role = node.role();
            let used = node.data().supports_action(Action::Click)
                || node.data().supports_action(Action::SetValue)
                || matches!(role, Role::Slider | Role::SpinButton | Role::TextInput | Role::ComboBox);
            let named = node.label().is_some_and(|label| !label.trim().is_empty());
            (used && !named && !matches!(role, Role::ScrollBar | Role::Window))
                .then(|| format!("{role:?} at {:?}, value {:?}", node.bounding_box(), node.value()))
        })
        .collect()
}

#[test]
fn every_page_fits_at_every_size_and_names_its_controls() {
    let mut window = window();
    let mut wrong = Vec::new();
    for page in Page::ALL {
        let context = window.ctx.clone();
        window.state_mut().apply(Command::Show(page), &context);
        for theme in [Theme::Light, Theme::Dark] {
            window.ctx.set_theme(theme);
            for size in [vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
                for zoom in [1.0, 2.0] {
                    window.ctx.set_zoom_factor(zoom);
                    window.run();
                    window.set_size(size / zoom);
                    window.run();
                    let bars: Vec<Rect> = window
                        .query_all_by_role(Role::ScrollBar)
                        .map(|bar| bar.rect())
                        .collect();
                    let screen = Rect::from_min_size(Pos2::ZERO, size / zoom);
                    assert_eq!(window.ctx.content_rect(), screen);
                    let at = format!("{page:?}, {theme:?}, {size:?}, zoom {zoom}");
                    let texts = cut(&window.output().shapes, screen, &bars);
                    wrong.extend(texts.into_iter().map(|text| format!("{at}: cut {text}")));
                    let controls = unnamed(&window);
                    wrong.extend(controls.into_iter().map(|control| format!("{at}: no name {control}")));
                }
            }
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}
