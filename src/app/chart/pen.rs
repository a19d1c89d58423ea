//! Pen of the window: draws the shapes of a layout at a place on the screen.

use std::sync::Arc;

use eframe::egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Shape as Painted, Stroke, StrokeKind, pos2, vec2,
};

use crate::app::theme;
use crate::report::figure::layout::{Anchor, Face, Frame, Place, Shape, Writing};

/// Draws where a card begins.
pub(super) struct Pen {
    pub(super) painter: Painter,
    origin: Pos2,
}

/// The size of a card as a layout takes it.
pub(super) fn size(card: Rect) -> (f64, f64) {
    (card.width().into(), card.height().into())
}

fn font(face: Face) -> FontId {
    let size = single(face.size());
    if face.is_bold() {
        theme::bold(size)
    } else {
        theme::text(size)
    }
}

#[allow(clippy::cast_possible_truncation)]
const fn single(length: f64) -> f32 {
    length as f32
}

impl Pen {
    pub(super) const fn new(painter: Painter, origin: Pos2) -> Self {
        Self { painter, origin }
    }

    /// How wide a text is on this screen.
    pub(super) fn width(&self, text: &str, face: Face) -> f64 {
        let galley = self
            .painter
            .layout_no_wrap(text.to_owned(), font(face), Color32::PLACEHOLDER);
        galley.size().x.into()
    }

    fn at(&self, (x, y): Place) -> Pos2 {
        self.origin + vec2(single(x), single(y))
    }

    /// A place of the screen as one of the layout.
    pub(super) fn place(&self, at: Pos2) -> Place {
        let from = at - self.origin;
        (from.x.into(), from.y.into())
    }

    pub(super) fn rect(&self, frame: &Frame) -> Rect {
        Rect::from_min_max(self.at((frame.left, frame.top)), self.at((frame.right, frame.bottom)))
    }

    /// Words in the middle of a place.
    pub(super) fn note(&self, place: Rect, text: &str, colour: Color32, size: f32) {
        let galley = self
            .painter
            .layout(text.to_owned(), theme::text(size), colour, place.width().max(1.0));
        self.painter
            .galley(place.center() - galley.size() / 2.0, galley, colour);
    }

    /// Writes a text; gives back where it begins, and how it is laid out.
    pub(super) fn write(&self, writing: &Writing) -> (Pos2, Arc<Galley>) {
        let colour = theme::painted(writing.colour);
        let galley = self
            .painter
            .layout_no_wrap(writing.text.clone(), font(writing.face), colour);
        let anchor = match writing.anchor {
            Anchor::Left => Align2::LEFT_CENTER,
            Anchor::Middle => Align2::CENTER_CENTER,
            Anchor::Right => Align2::RIGHT_CENTER,
        };
        let place = anchor.anchor_size(self.at(writing.at), galley.size()).min;
        self.painter.galley(place, Arc::clone(&galley), colour);
        (place, galley)
    }

    pub(super) fn draw(&self, shape: &Shape) {
        let painter = &self.painter;
        match shape {
            Shape::Line {
                points,
                width,
                dash,
                colour,
            } => {
                let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
                let stroke = Stroke::new(single(*width), theme::painted(*colour));
                match dash {
                    Some((on, off)) => {
                        painter.extend(Painted::dashed_line(&points, stroke, single(*on), single(*off)));
                    }
                    None => {
                        painter.line(self.crisp(points), stroke);
                    }
                }
            }
            Shape::Area { frame, colour } => {
                painter.rect_filled(self.rect(frame), 0, theme::painted(*colour));
            }
            Shape::Hatch { frame, colour } => {
                let stroke = Stroke::new(1.25, theme::painted(*colour));
                for slant in Shape::slants(frame) {
                    painter.line_segment(slant.map(|place| self.at(place)), stroke);
                }
                painter.rect_stroke(self.rect(frame), 0, stroke, StrokeKind::Inside);
            }
            Shape::Polygon { corners, colour } => {
                let corners = corners.iter().map(|corner| self.at(*corner)).collect();
                painter.add(Painted::convex_polygon(corners, theme::painted(*colour), Stroke::NONE));
            }
            Shape::Disc { at, radius, colour } => {
                painter.circle_filled(self.at(*at), single(*radius), theme::painted(*colour));
            }
            Shape::Ring {
                at,
                radius,
                width,
                colour,
            } => {
                let stroke = Stroke::new(single(*width), theme::painted(*colour));
                painter.circle_stroke(self.at(*at), single(*radius), stroke);
            }
            Shape::Text(writing) => {
                self.write(writing);
            }
        }
    }

    /// A line that runs straight across stands on whole dots of the screen.
    fn crisp(&self, points: Vec<Pos2>) -> Vec<Pos2> {
        match points[..] {
            [from, to] if from.y.to_bits() == to.y.to_bits() => {
                let y = self.painter.round_to_pixel_center(from.y);
                vec![pos2(from.x, y), pos2(to.x, y)]
            }
            _ => points,
        }
    }
}
