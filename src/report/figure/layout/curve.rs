//! Cumulated shares in a square.

use super::bodies::{DASHES, DOTS};
use super::{Anchor, BOLD_LINE, Draft, Face, Frame, Hit, LINE, Place, Shape, YEARS};
use crate::report::figure::Style;
use crate::report::figure::curve::Curve;

impl Draft<'_> {
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn curve(&mut self, curve: &Curve) {
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let tick = |value: f64| figure.axis.tick(value, figure.format);
        let numbers = self.width(&tick(100.0), Face::Small) + 8.0;
        let names = self.widest(
            curve
                .lines
                .iter()
                .map(|line| line.name.as_str())
                .chain([curve.even.as_str()]),
        );
        let top = inside.top + 6.0;
        let side = (inside.bottom - YEARS - top).min(inside.width() - numbers - 12.0);
        let plot = Frame {
            left: inside.left + numbers,
            top,
            right: inside.left + numbers + side,
            bottom: top + side,
        };
        let at = |(people, has): Place| (plot.left + side * people / 100.0, plot.bottom - side * has / 100.0);
        for value in figure.axis.lines() {
            let (_, y) = at((0.0, value));
            self.across((plot.left, plot.right), y, 1.0, look.grid);
            self.text(tick(value), (plot.left - 6.0, y), Anchor::Right, Face::Small, look.weak);
        }
        let foot = plot.bottom + 4.0 + Face::Small.line() / 2.0;
        for (name, x, anchor) in [
            (&curve.ends[0], plot.left, Anchor::Left),
            (&curve.ends[1], plot.right, Anchor::Right),
        ] {
            self.text(name.clone(), (x, foot), anchor, Face::Small, look.weak);
        }
        self.line(vec![at((0.0, 0.0)), at((100.0, 100.0))], LINE, DOTS, curve.colour);
        for line in curve.lines.iter().rev() {
            let (width, dash) = match line.style {
                Style::Bold => (BOLD_LINE, None),
                _ => (LINE, DASHES),
            };
            let places: Vec<Place> = std::iter::once((0.0, 0.0))
                .chain(line.points.iter().copied())
                .map(at)
                .collect();
            for place in &places {
                self.add(Shape::Disc {
                    at: *place,
                    radius: if line.style == Style::Bold { 3.0 } else { 2.0 },
                    colour: line.colour,
                });
            }
            self.line(places, width, dash, line.colour);
        }
        // Names stand to the right, each with a sample of its line.
        let x = plot.right + 14.0;
        if x + 26.0 + names.min(60.0) <= inside.right {
            let mut y = plot.top + Face::Small.line() / 2.0;
            let lines = curve
                .lines
                .iter()
                .map(|line| (line.name.as_str(), line.style, line.colour));
            for (name, style, colour) in lines.chain([(curve.even.as_str(), Style::Dotted, curve.colour)]) {
                let (width, dash) = match style {
                    Style::Bold => (BOLD_LINE, None),
                    Style::Dotted => (LINE, DOTS),
                    _ => (LINE, DASHES),
                };
                self.line(vec![(x, y), (x + 18.0, y)], width, dash, colour);
                for text in super::wrapped(name, inside.right - x - 24.0, 2, Face::Small, self.measure) {
                    self.text(text, (x + 24.0, y), Anchor::Left, Face::Small, look.text);
                    y += Face::Small.line();
                }
                y += 4.0;
            }
        }
        let steps = curve.steps.len().max(1) as f64;
        for (step, heading) in curve.steps.iter().enumerate() {
            let said = curve.lines.iter().filter_map(|line| {
                let (_, has) = line.points.get(step)?;
                Some((line.name.clone(), figure.show(*has)))
            });
            let left = plot.left + side * step as f64 / steps;
            self.hits.push(Hit {
                frame: Frame {
                    left,
                    right: left + side / steps,
                    ..plot
                },
                heading: heading.clone(),
                values: said.collect(),
            });
        }
    }
}
