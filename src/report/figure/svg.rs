//! Pen of files: a layout as SVG, and through it as PNG, whose letters are shaped.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use super::fonts;
use super::layout::{Anchor, Frame, Layout, Place, Shape, Writing};
use super::{Body, DrawError, Figure, Rgb};
use crate::scenario::visible::visible;

/// The card of a file, in points.
pub(crate) const SIZE: (f64, f64) = (720.0, 450.0);
/// Width and height of a picture, in dots.
const DOTS: (u32, u32) = (1600, 1000);

/// The first name is the font that is bundled; a viewer of a drawing that lacks it takes the next.
const FONT: &str = "Noto Sans, Arial, Helvetica, sans-serif";

impl Figure {
    /// Where everything stands in a file.
    #[must_use]
    pub fn page(&self) -> Layout {
        self.layout(self.card(), &fonts::width)
    }

    /// The card of a file: a sheet takes the width of its columns and the height of what stands in them.
    #[allow(clippy::cast_precision_loss)]
    fn card(&self) -> (f64, f64) {
        let Body::Sheet(sheet) = &self.body else { return SIZE };
        let width = (250.0 + 240.0 * sheet.columns.len() as f64).max(SIZE.0);
        (width, self.height(width, &fonts::width))
    }

    /// Its width and height in dots.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn dots(&self) -> (u32, u32) {
        match self.card() {
            size if size == SIZE => DOTS,
            (width, height) => ((2.0 * width).round() as u32, (2.0 * height).round() as u32),
        }
    }

    /// A drawing of 1600 by 1000 points, with the summary for a screen reader.
    #[must_use]
    pub fn svg(&self) -> String {
        let ((width, height), dots) = (self.card(), self.dots());
        let mut text = format!(
            "<svg role=\"img\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">\n",
            dots.0, dots.1
        );
        // What the drawing says stands first in it, where screen readers look.
        let _ = writeln!(
            text,
            "<title>{} ({})</title>\n<desc>{}</desc>",
            escaped(&self.head.title),
            escaped(&self.head.unit),
            escaped(&self.said())
        );
        let ground = Frame {
            left: 0.0,
            top: 0.0,
            right: width,
            bottom: height,
        };
        area(&mut text, &ground, self.look.ground);
        for shape in self.page().shapes() {
            draw(&mut text, &shape);
        }
        text.push_str("</svg>\n");
        text
    }

    /// The finding, where it comes from and what the picture is of, in one text.
    fn said(&self) -> String {
        let (head, stamp) = (&self.head, &self.stamp);
        let parts = [&head.summary, &head.source, &stamp.plan, &stamp.made].map(String::as_str);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// A picture of 1600 by 1000 points.
    ///
    /// # Errors
    /// If the figure cannot be drawn.
    pub fn png(&self) -> Result<Vec<u8>, DrawError> {
        let (width, height) = self.dots();
        let options = usvg::Options {
            fontdb: Arc::clone(&FONTS),
            ..usvg::Options::default()
        };
        let tree = usvg::Tree::from_str(&self.svg(), &options).map_err(|error| DrawError(error.to_string()))?;
        let mut picture =
            tiny_skia::Pixmap::new(width, height).ok_or_else(|| DrawError("no room for the picture".into()))?;
        resvg::render(&tree, tiny_skia::Transform::default(), &mut picture.as_mut());
        // The ground covers all of it: nothing shines through.
        let dots: Vec<u8> = picture
            .data()
            .chunks_exact(4)
            .flat_map(|dot| [dot[0], dot[1], dot[2]])
            .collect();
        let mut bytes = Vec::new();
        let wrong = |error: png::EncodingError| DrawError(error.to_string());
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        for (key, text) in [("Title", self.head.title.clone()), ("Description", self.said())] {
            encoder.add_itxt_chunk(key.to_owned(), text).map_err(wrong)?;
        }
        let mut writer = encoder.write_header().map_err(wrong)?;
        writer.write_image_data(&dots).map_err(wrong)?;
        writer.finish().map_err(wrong)?;
        Ok(bytes)
    }
}

/// The bundled fonts and no others: a picture is the same on every machine.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut all = usvg::fontdb::Database::new();
    for font in fonts::REGULAR.iter().chain([&fonts::BOLD]) {
        all.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    Arc::new(all)
});

fn draw(out: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Line {
            points,
            width,
            dash,
            colour,
        } => {
            let dash = dash.map_or_else(String::new, |(on, off)| format!(" stroke-dasharray=\"{on} {off}\""));
            writeln!(
                out,
                "<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dash} points=\"{}\"/>",
                hex(*colour),
                places(points)
            )
        }
        Shape::Area { frame, colour } => {
            area(out, frame, *colour);
            Ok(())
        }
        Shape::Hatch { frame, colour } => {
            for slant in Shape::slants(frame) {
                stroke(out, "polyline", &slant, *colour);
            }
            let Frame {
                left,
                top,
                right,
                bottom,
            } = *frame;
            stroke(
                out,
                "polygon",
                &[(left, top), (right, top), (right, bottom), (left, bottom)],
                *colour,
            );
            Ok(())
        }
        Shape::Polygon { corners, colour } => {
            writeln!(
                out,
                "<polygon fill=\"{}\" points=\"{}\"/>",
                hex(*colour),
                places(corners)
            )
        }
        Shape::Disc { at, radius, colour } => writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\"/>",
            number(at.0),
            number(at.1),
            hex(*colour)
        ),
        Shape::Ring {
            at,
            radius,
            width,
            colour,
        } => writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"/>",
            number(at.0),
            number(at.1),
            hex(*colour)
        ),
        Shape::Text(writing) => {
            write_text(out, writing);
            Ok(())
        }
    };
}

fn area(out: &mut String, frame: &Frame, colour: Rgb) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        number(frame.left),
        number(frame.top),
        number(frame.width().max(0.0)),
        number(frame.height().max(0.0)),
        hex(colour)
    );
}

/// A line of a hatched area.
fn stroke(out: &mut String, kind: &str, points: &[Place], colour: Rgb) {
    let _ = writeln!(
        out,
        "<{kind} fill=\"none\" stroke=\"{}\" stroke-width=\"1.25\" points=\"{}\"/>",
        hex(colour),
        places(points)
    );
}

fn write_text(out: &mut String, writing: &Writing) {
    let anchor = match writing.anchor {
        Anchor::Left => "start",
        Anchor::Middle => "middle",
        Anchor::Right => "end",
    };
    let weight = if writing.face.is_bold() { "bold" } else { "normal" };
    let size = writing.face.size();
    // The middle of a line stands above its letters' feet by this part of their size.
    let foot = writing.at.1 + 0.388 * size;
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-family=\"{FONT}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{}\">{}</text>",
        number(writing.at.0),
        number(foot),
        hex(writing.colour),
        escaped(&writing.text)
    );
}

fn places(points: &[Place]) -> String {
    let all: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{},{}", number(*x), number(*y)))
        .collect();
    all.join(" ")
}

/// A hundredth of a point is finer than what is seen.
fn number(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
