//! The years of a term as bars that can be dragged up and down.

use eframe::egui::{self, Color32, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::app::theme::{self, Palette};

/// What the hand does to the bars.
pub(super) enum Pulled {
    /// A year, by its position, has another value, and had this one when it was taken hold of.
    To { at: usize, from: f64, value: f64 },
    /// The hand has let go.
    Go,
}

/// The bars of some years, and what they may be.
pub(super) struct Bars<'a> {
    /// Years and values.
    pub values: &'a [(i32, f64)],
    /// What each is called.
    pub names: &'a [String],
    /// The most that each may be.
    pub most: &'a [f64],
    /// Value at the top of the drawing.
    pub top: f64,
    /// Values that a hand can set are so far apart.
    pub step: f64,
    /// Colour of the source.
    pub colour: Color32,
}

/// Shows the bars.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
pub(super) fn bars(ui: &mut Ui, bars: &Bars<'_>, show: &dyn Fn(f64) -> String) -> Option<Pulled> {
    let palette = Palette::of(ui);
    let width = (bars.values.len() as f32 * WIDTH).min(ui.available_width());
    let (place, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    ui.painter().rect_filled(place, theme::ROUND, palette.ground);
    let inner = place.shrink2(vec2(2.0, 5.0));
    ui.painter()
        .hline(inner.x_range(), inner.bottom(), Stroke::new(1.0, palette.grid));
    let step = inner.width() / bars.values.len().max(1) as f32;
    let held = ui.make_persistent_id("pulled");
    let mut pulled = None;
    for (at, (_, value)) in bars.values.iter().enumerate() {
        let left = inner.left() + step * at as f32;
        let high = inner.height() * (value / bars.top).clamp(0.0, 1.0) as f32;
        let slot = Rect::from_min_max(pos2(left, place.top()), pos2(left + step, place.bottom()));
        let bar = Rect::from_min_max(
            pos2(left + 2.0, inner.bottom() - high),
            pos2(left + step - 2.0, inner.bottom()),
        );
        let response = ui.interact(slot, ui.scope_id().with(("bar", at)), Sense::drag());
        response.widget_info(|| egui::WidgetInfo::slider(true, *value, &bars.names[at]));
        ui.painter().rect_filled(bar, 0, bars.colour);
        let lit = response.hovered() || response.dragged();
        let edge = Stroke::new(if lit { 3.0 } else { 2.0 }, palette.text);
        ui.painter().hline(bar.x_range(), bar.top(), edge);
        if response.drag_started() {
            ui.data_mut(|data| data.insert_temp(held, *value));
        }
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            let part = f64::from((inner.bottom() - pointer.y) / inner.height());
            let wanted = (part * bars.top / bars.step).round() * bars.step;
            // A product leaves a tail of digits that nobody set.
            let wanted = ((wanted * 1e6).round() / 1e6).clamp(0.0, bars.most[at].min(bars.top));
            if (wanted - value).abs() > bars.step * 1e-6 {
                let from = ui.data(|data| data.get_temp(held)).unwrap_or(*value);
                pulled = Some(Pulled::To {
                    at,
                    from,
                    value: wanted,
                });
            }
        }
        if response.drag_stopped() {
            pulled = Some(Pulled::Go);
        }
        response.on_hover_text(format!("{} {}", bars.names[at], show(*value)));
    }
    pulled
}

/// Height of the drawing.
const HEIGHT: f32 = 54.0;
/// Width of a year where there is room.
const WIDTH: f32 = 60.0;
