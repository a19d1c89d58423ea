//! The rail of a lever: grey up to what stands today, where a knob changes little, the lever's colour from there to the
//! knob, and a hollow knob at the value as saved. To the right is always more.

use eframe::egui::epaint::CircleShape;
use eframe::egui::{self, Color32, Rect, Response, Shape, Stroke, Ui, pos2, vec2};

use crate::app::document::View;
use crate::app::lever::LeverId;
use crate::app::theme::Palette;
use crate::app::words::{Words, fill};

/// What the rail tells beside the value: today and the value as saved.
fn told(lever: LeverId, today: Option<f64>, saved: Option<f64>, words: &Words) -> String {
    let said =
        |value: Option<f64>, template| value.map(|value| fill(template, &[("value", &lever.show(value, words))]));
    let parts = [said(today, words.rail_today), said(saved, words.rail_saved)];
    parts.into_iter().flatten().collect::<Vec<String>>().join(" ")
}

/// Shows the rail of a lever of the plan; gives back what the hand made of its value.
pub fn show(ui: &mut Ui, view: &View<'_>, lever: LeverId, width: f32, colour: Color32) -> (Response, f64) {
    let palette = Palette::of(ui);
    let value = lever.get(view.scenario).unwrap_or(0.0);
    let today = lever.today(view.scenario);
    let saved = view.documents.get(view.current);
    let saved = saved.and_then(|document| lever.get(&document.saved));
    let saved = saved.filter(|saved| lever.show(*saved, view.words) != lever.show(value, view.words));
    let (low, high, step) = lever.span();
    let (low, high) = (low.min(value), high.max(value));
    let range = if lever.is_fewer_more() { high..=low } else { low..=high };
    let mut edited = value;
    let below = ui.painter().add(Shape::Noop);
    let slider = ui
        .scope(|ui| {
            ui.spacing_mut().slider_width = width;
            // The rail is painted here, below the knob.
            ui.spacing_mut().slider_rail_height = 0.0;
            let slider = egui::Slider::new(&mut edited, range.clone())
                .show_value(false)
                .trailing_fill(false)
                .step_by(step)
                .clamping(egui::SliderClamping::Never);
            ui.add(slider)
        })
        .inner;
    let rail = slider.rect.x_range().shrink(slider.rect.height() / 2.5);
    let middle = slider.rect.center().y;
    #[allow(clippy::cast_possible_truncation)]
    let x = |value: f64| {
        let part = (value - range.start()) / (range.end() - range.start());
        rail.min + rail.span() * part.clamp(0.0, 1.0) as f32
    };
    let piece = |from: f32, to: f32, colour: Color32| {
        let place = Rect::from_x_y_ranges(from..=to.max(from), middle - 2.0..=middle + 2.0);
        Shape::rect_filled(place, 2, colour)
    };
    let mut shapes = vec![piece(rail.min, rail.max, palette.grid)];
    let from = today.map_or(rail.min, x);
    shapes.push(piece(rail.min, from, palette.card.lerp_to_gamma(palette.weak, 0.6)));
    if x(edited) > from {
        shapes.push(piece(from, x(edited), colour));
    }
    if today.is_some() {
        let tick = Rect::from_center_size(pos2(from, middle), vec2(2.0, 10.0));
        shapes.push(Shape::rect_filled(tick, 0, palette.text));
    }
    if let Some(saved) = saved {
        shapes.push(Shape::Circle(CircleShape {
            center: pos2(x(saved), middle),
            radius: 3.5,
            fill: palette.card,
            stroke: Stroke::new(1.5, colour),
        }));
    }
    ui.painter().set(below, Shape::Vec(shapes));
    let told = told(lever, today, saved, view.words);
    ui.ctx().accesskit_node_builder(slider.id, |node| {
        node.set_min_numeric_value(low);
        node.set_max_numeric_value(high);
        if !told.is_empty() {
            node.set_description(told.clone());
        }
    });
    let slider = if told.is_empty() {
        slider
    } else {
        slider.on_hover_text(told)
    };
    (slider, edited)
}
