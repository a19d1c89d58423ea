//! The guide: the book, beside the page that it explains. Its text is part of the program; no browser is needed.

pub mod text;

use std::cell::RefCell;

use eframe::egui::{self, Id, Key, Label, RichText, Ui};

use super::command::Command;
use super::page::Page;
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, fill};
use crate::data;
use text::{Block, Piece, Tone, anchor, blocks};

/// The chapter that F1 opens.
const GUIDE: &str = "guide.md";

/// The heading of the guide under which a page is explained.
#[must_use]
pub const fn heading(page: Page) -> &'static str {
    match page {
        Page::Plan => "1. Open",
        Page::Money => "4. Who pays",
        Page::Funding => "The sources, one by one",
        Page::Compare => "5. Against another plan",
        Page::Equity => "7. Who is left behind",
        Page::Sources => "6. Your own figures in the place of stand-ins",
        Page::Regions => "Your own regional table",
    }
}

/// What of the book is shown.
#[derive(Debug)]
pub struct Guide {
    chapter: &'static str,
    blocks: Vec<Block>,
    /// The block that is brought to the top with the next frame.
    to: Option<usize>,
    /// Chapters and blocks that links led away from.
    before: Vec<(&'static str, usize)>,
    search: String,
    /// The block that was found.
    found: Option<usize>,
    /// What had the keys in the last frame: the first Escape leaves it, the next one closes the guide.
    held: Option<Id>,
}

impl Guide {
    /// Opens the guide where it explains a page.
    #[must_use]
    pub fn at(page: Page) -> Self {
        let mut state = Self {
            chapter: GUIDE,
            blocks: Vec::new(),
            to: None,
            before: Vec::new(),
            search: String::new(),
            found: None,
            held: None,
        };
        state.open(GUIDE, &anchor(heading(page)));
        state
    }

    /// Shows a chapter from a heading on, or from its beginning. A chapter that does not exist is not shown.
    fn open(&mut self, chapter: &str, to: &str) {
        let Some((name, text)) = data::CHAPTERS.iter().find(|(name, _)| *name == chapter) else {
            return;
        };
        self.chapter = name;
        self.blocks = blocks(text);
        self.found = None;
        let is_it = |block: &Block| matches!(block, Block::Heading(_, title) if anchor(title) == to);
        self.to = Some(self.blocks.iter().position(is_it).unwrap_or(0));
    }

    /// Follows a link: `chapter.md`, `chapter.md#heading` or `#heading`.
    fn follow(&mut self, link: &str, from: usize) {
        let (chapter, to) = link.split_once('#').unwrap_or((link, ""));
        self.before.push((self.chapter, from));
        let chapter = if chapter.is_empty() { self.chapter } else { chapter };
        self.open(chapter, to);
    }

    fn back(&mut self) {
        if let Some((chapter, at)) = self.before.pop() {
            self.open(chapter, "");
            self.to = Some(at);
        }
    }

    /// Blocks that hold what is looked for.
    fn hits(&self) -> Vec<usize> {
        let wanted = self.search.trim().to_lowercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        let holds = |at: &usize| self.blocks[*at].plain().to_lowercase().contains(&wanted);
        (0..self.blocks.len()).filter(holds).collect()
    }

    /// Goes to the next block that holds what is looked for; from the top again after the last.
    fn next(&mut self) {
        let hits = self.hits();
        let after = |at: &&usize| self.found.is_none_or(|found| **at > found);
        self.found = hits.iter().find(after).or(hits.first()).copied();
        self.to = self.found.or(self.to);
    }
}

/// Name of the field by which the guide is searched.
#[must_use]
pub fn search() -> Id {
    Id::unique("guide search")
}

/// Shows the guide at the right of the window; `in_front` tells that something else takes the keys.
pub fn show(ui: &mut Ui, state: &mut Guide, in_front: bool, words: &Words) -> Option<Command> {
    let palette = Palette::of(ui);
    let mut close = false;
    let frame = egui::Frame::new()
        .fill(palette.card)
        .inner_margin(egui::Margin::symmetric(12, 8));
    let room = ui.ctx().content_rect().width();
    egui::Panel::right("guide")
        .exact_size(theme::GUIDE.min(room * 0.5))
        .resizable(false)
        .frame(frame)
        .show(ui, |ui| {
            close = head(ui, state, words);
            if !words.guide_language.is_empty() {
                ui.add(Label::new(RichText::new(words.guide_language).small().weak()).wrap());
            }
            ui.separator();
            chapter(ui, state, in_front);
        });
    let escape = ui.input(|input| input.key_pressed(Key::Escape));
    if escape && !in_front && state.held.is_none_or(|held| held == search()) {
        close = true;
    }
    state.held = ui.ctx().memory(egui::Memory::focused);
    close.then_some(Command::Guide)
}

/// Name, search and the ways out; true to close.
fn head(ui: &mut Ui, state: &mut Guide, words: &Words) -> bool {
    let mut close = false;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.guide).heading());
        if !state.before.is_empty() && ui.button(words.guide_back).clicked() {
            state.back();
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.add(egui::Button::new("×").frame(false));
            let name = format!("{}: {}", words.close, words.guide);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            close = button.on_hover_text(&name).clicked();
        });
    });
    ui.horizontal(|ui| {
        let field = egui::TextEdit::singleline(&mut state.search)
            .id(search())
            .hint_text(words.guide_search)
            .desired_width(ui.available_width() - 90.0);
        let field = ui.add(field);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.guide_search));
        if field.changed() {
            state.found = None;
            state.next();
        } else if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            state.next();
            field.request_focus();
        }
        let hits = state.hits();
        let at = state.found.and_then(|found| hits.iter().position(|hit| *hit == found));
        let said = match at {
            Some(at) => fill(
                words.guide_found,
                &[("at", &(at + 1).to_string()), ("all", &hits.len().to_string())],
            ),
            None if state.search.trim().is_empty() => String::new(),
            None => words.guide_not_found.to_owned(),
        };
        ui.label(RichText::new(said).small().weak());
    });
    close
}

fn chapter(ui: &mut Ui, state: &mut Guide, in_front: bool) {
    let palette = Palette::of(ui);
    let followed: RefCell<Option<(String, usize)>> = RefCell::new(None);
    let area = egui::ScrollArea::vertical().id_salt(state.chapter).auto_shrink(false);
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 10.0);
        widgets::turn_by_keys(ui, !in_front);
        for (at, block) in state.blocks.iter().enumerate() {
            let ground = if state.found == Some(at) {
                palette.chosen
            } else {
                palette.card
            };
            let drawn = egui::Frame::new().fill(ground).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                let follow = |link: &str| *followed.borrow_mut() = Some((link.to_owned(), at));
                paint(ui, at, block, &follow);
            });
            if state.to == Some(at) {
                ui.scroll_to_rect_animation(
                    drawn.response.rect,
                    Some(egui::Align::TOP),
                    egui::style::ScrollAnimation::none(),
                );
            }
        }
    });
    state.to = None;
    if let Some((link, from)) = followed.into_inner() {
        state.follow(&link, from);
    }
}

fn paint(ui: &mut Ui, at: usize, block: &Block, follow: &dyn Fn(&str)) {
    match block {
        Block::Heading(depth, title) => {
            let size = match depth {
                1 => theme::NAME,
                2 => theme::HEADING + 1.5,
                _ => theme::HEADING,
            };
            ui.add_space(8.0);
            let label = ui.add(Label::new(RichText::new(title).font(theme::bold(size))).wrap());
            label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
        }
        Block::Paragraph(pieces) => {
            line(ui, pieces, theme::BODY, follow);
            ui.add_space(4.0);
        }
        Block::Item(mark, pieces) => {
            ui.horizontal_top(|ui| {
                ui.add_space(6.0);
                ui.label(mark);
                ui.vertical(|ui| line(ui, pieces, theme::BODY, follow));
            });
        }
        Block::Code(code) => {
            egui::ScrollArea::horizontal()
                .id_salt(("code", at))
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    let text = RichText::new(code).font(theme::text(theme::SMALL));
                    ui.add(Label::new(text).extend());
                });
            ui.add_space(4.0);
        }
        Block::Table(rows) => {
            table(ui, rows, follow);
            ui.add_space(4.0);
        }
    }
}

/// Pieces that flow on as many lines as they need.
fn line(ui: &mut Ui, pieces: &[Piece], size: f32, follow: &dyn Fn(&str)) {
    let palette = Palette::of(ui);
    if pieces.iter().all(|piece| piece.link.is_none()) {
        let mut job = egui::text::LayoutJob::default();
        for piece in pieces {
            job.append(&piece.text, 0.0, format(piece.tone, size, palette));
        }
        ui.add(Label::new(job).wrap());
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for piece in pieces {
            let mut job = egui::text::LayoutJob::default();
            match &piece.link {
                None => {
                    job.append(&piece.text, 0.0, format(piece.tone, size, palette));
                    ui.label(job);
                }
                Some(link) => {
                    let text = RichText::new(&piece.text).size(size).color(palette.accent).underline();
                    if ui.link(text).clicked() {
                        follow(link);
                    }
                }
            }
        }
    });
}

fn format(tone: Tone, size: f32, palette: &Palette) -> egui::TextFormat {
    let font = match tone {
        Tone::Bold => theme::bold(size),
        _ => theme::text(size),
    };
    egui::TextFormat {
        italics: tone == Tone::Italic,
        background: if tone == Tone::Code {
            palette.ground
        } else {
            egui::Color32::TRANSPARENT
        },
        ..egui::TextFormat::simple(font, palette.text)
    }
}

/// A table; a column is as wide as its longest cell asks for, within what there is.
fn table(ui: &mut Ui, rows: &[Vec<Vec<Piece>>], follow: &dyn Fn(&str)) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    #[allow(clippy::cast_precision_loss)]
    let asked: Vec<f32> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let longest = cells.map(|cell| text::plain(cell).chars().count()).max();
            longest.unwrap_or(1).clamp(5, 34) as f32
        })
        .collect();
    let gap = ui.spacing().item_spacing.x;
    #[allow(clippy::cast_precision_loss)]
    let room = ui.available_width() - gap * columns as f32;
    let all: f32 = asked.iter().sum();
    for (at, row) in rows.iter().enumerate() {
        ui.horizontal_top(|ui| {
            for (cell, asked) in row.iter().zip(&asked) {
                let width = room * asked / all;
                ui.vertical(|ui| {
                    ui.set_width(width);
                    line(ui, cell, theme::SMALL, follow);
                });
            }
        });
        if at == 0 {
            ui.separator();
        }
    }
}
