//! Small figures of people in rows and columns.

use super::{Anchor, Draft, Face, Frame, Hit, LINE, Place, Shape, wrapped};
use crate::report::figure::Rgb;
use crate::report::figure::people::{People, PeopleRow};

/// Width and height of a figure with the room around it, where there is enough.
const FIGURE: (f64, f64) = (9.0, 14.0);
/// How far figures may shrink before rows run out of the chart.
const SIZES: [f64; 8] = [2.4, 2.0, 1.6, 1.25, 1.0, 0.85, 0.7, 0.55];
/// Between rows.
const GAP: f64 = 5.0;
/// Between the columns.
const BETWEEN: f64 = 8.0;

impl Draft<'_> {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    pub(super) fn people(&mut self, people: &People) {
        let (look, inside) = (self.figure.look, self.inside);
        let names = self
            .widest(people.rows.iter().map(|row| row.name.as_str()))
            .min(inside.width() * 0.25);
        let counts = self
            .width("100", Face::Strong)
            .max(self.width(&people.whole, Face::Small))
            + 10.0;
        let left = inside.left + names + counts + 8.0;
        let wide = (inside.right - left) / people.columns.len().max(1) as f64;
        let room = wide - BETWEEN;
        let line = Face::Small.line();
        // Who is filled and who is not stands over the names of the rows.
        let mut y = inside.top + 4.0 + Face::Strong.line() + line / 2.0;
        for (side, name) in people.sides.iter().enumerate() {
            let count: u32 = people
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .map(|cell| cell[side])
                .sum();
            self.person((inside.left + 4.0, y), side, 0.9, look.text);
            let text = format!("{name} {count}");
            self.text(text, (inside.left + 12.0, y), Anchor::Left, Face::Small, look.text);
            y += line;
        }
        let head = inside.top;
        let lines_of = |(name, _): &(String, Rgb)| wrapped(name, room, 2, Face::Small, self.measure).len();
        let most = people
            .columns
            .iter()
            .map(lines_of)
            .max()
            .unwrap_or(1)
            .max(people.sides.len());
        let top = head + 4.0 + Face::Strong.line() + line * most as f64 + 6.0;
        let whole = (left - 8.0, head + 4.0 + Face::Strong.line() / 2.0);
        self.text(people.whole.clone(), whole, Anchor::Right, Face::Small, look.weak);
        for (column, (name, colour)) in people.columns.iter().enumerate() {
            let x = left + wide * column as f64;
            self.add(Shape::Area {
                frame: Frame {
                    left: x,
                    top: head,
                    right: x + room,
                    bottom: head + 3.0,
                },
                colour: *colour,
            });
            let number = people.in_column(column).to_string();
            let y = head + 4.0 + Face::Strong.line() / 2.0;
            self.text(number, (x, y), Anchor::Left, Face::Strong, look.text);
            let mut y = y + Face::Strong.line() / 2.0 + line / 2.0;
            for text in wrapped(name, room, 2, Face::Small, self.measure) {
                self.text(text, (x, y), Anchor::Left, Face::Small, look.text);
                y += line;
            }
        }
        // The largest figures with which all rows have room.
        let across = |size: f64| ((room / (FIGURE.0 * size)) as u32).max(1);
        let lines = |row: &PeopleRow, size: f64| {
            let most = row
                .cells
                .iter()
                .map(|cell| (cell[0] + cell[1]).div_ceil(across(size)))
                .max();
            most.unwrap_or(1).max(1)
        };
        let height = |row: &PeopleRow, size: f64| f64::from(lines(row, size)) * FIGURE.1 * size + GAP;
        let fits = |size: &f64| people.rows.iter().map(|row| height(row, *size)).sum::<f64>() <= inside.bottom - top;
        let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[SIZES.len() - 1]);
        let mut y = top;
        for row in &people.rows {
            let below = y + height(row, size);
            let first = y + (FIGURE.1 * size / 2.0).max(line / 2.0);
            self.across((inside.left, inside.right), y - GAP / 2.0, 1.0, look.grid);
            let name = super::fit(&row.name, names, Face::Small, self.measure);
            self.text(
                name,
                (inside.left + names, first),
                Anchor::Right,
                Face::Small,
                look.text,
            );
            self.text(
                row.count().to_string(),
                (left - 8.0, first),
                Anchor::Right,
                Face::Strong,
                look.text,
            );
            for (column, cell) in row.cells.iter().enumerate() {
                let x = left + wide * column as f64;
                let colour = people.columns[column].1;
                for number in 0..cell[0] + cell[1] {
                    let (down, right) = (number / across(size), number % across(size));
                    let place = (
                        x + FIGURE.0 * size * (f64::from(right) + 0.5),
                        y + FIGURE.1 * size * (f64::from(down) + 0.5),
                    );
                    self.person(place, usize::from(number >= cell[0]), size, colour);
                }
                if cell[0] + cell[1] == 0 {
                    self.text("–".to_owned(), (x, first), Anchor::Left, Face::Small, look.weak);
                }
                self.hits.push(Hit {
                    frame: Frame {
                        left: x,
                        top: y,
                        right: x + wide,
                        bottom: below,
                    },
                    heading: format!("{}, {}", row.name, people.columns[column].0),
                    values: people
                        .sides
                        .iter()
                        .cloned()
                        .zip(cell.map(|count| count.to_string()))
                        .collect(),
                });
            }
            y = below;
        }
    }

    /// A small figure: filled with a wide foot, or an outline.
    fn person(&mut self, (x, y): Place, side: usize, size: f64, colour: Rgb) {
        let at = |right: f64, down: f64| (x + right * size, y + down * size);
        let (head, radius) = (at(0.0, -4.2), 1.9 * size);
        if side == 0 {
            self.add(Shape::Disc {
                at: head,
                radius,
                colour,
            });
            let corners = vec![at(-1.2, -1.8), at(1.2, -1.8), at(3.3, 5.6), at(-3.3, 5.6)];
            self.add(Shape::Polygon { corners, colour });
        } else {
            self.add(Shape::Ring {
                at: head,
                radius,
                width: 1.0,
                colour,
            });
            let body = vec![
                at(-2.1, -1.4),
                at(2.1, -1.4),
                at(2.1, 5.4),
                at(-2.1, 5.4),
                at(-2.1, -1.4),
            ];
            self.line(body, LINE.min(1.1), None, colour);
        }
    }
}
