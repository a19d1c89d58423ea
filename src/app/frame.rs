//! One frame of the window.

use std::sync::Arc;

use eframe::egui;

use super::command::{self, Command};
use super::document::View;
use super::files::{self, Purpose};
use super::front::Notice;
use super::history::Headline;
use super::page::Page;
use super::plan_page::scoreboard;
use super::words::fill;
use super::worker::{Answer, Role, Worker};
use super::{
    App, changes, chart_data, compare_page, equity_page, findings, guide, level_form, money_page, palette, plan_page,
    present, regions_page, sentence, sources_page, theme,
};
use crate::scenario::visible::visible;

impl App {
    /// Shows one frame.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.prepare(&ctx);
        self.receive(&ctx);
        self.look_around(&ctx);
        let mut command = command::pressed(&ctx);
        if command.is_some() {
            // Keys act on the page, not on what is typed into the palette.
            self.palette = None;
        }
        if self.notice.is_some() || self.level.is_some() {
            // What stands in front is answered first.
            command = None;
        }
        let unsaved = self.documents.iter().any(|document| document.changed);
        if unsaved && !self.leaving && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            command = Some(Command::Quit);
        }
        if self.presenting.is_some() {
            if ctx.input(|input| input.key_pressed(egui::Key::Escape)) && self.notice.is_none() && self.ask.is_none() {
                command = Some(Command::Present);
            }
            // What these open is not part of the show.
            command = command.filter(|command| {
                !matches!(
                    command,
                    Command::Palette | Command::AskNew | Command::History | Command::ShowPoints | Command::Guide
                )
            });
            if self.ask.is_some() {
                command = command.or(self.ask_bar(ui));
            }
            command = command.or(self.presented(ui)).or(self.notices(&ctx));
            command = command.or(chart_data::wanted(&ctx));
            if let Some(command) = command {
                self.apply(command, &ctx);
                ctx.request_repaint();
            }
            return;
        }
        if self.palette.is_some() {
            chart_data::ask(&ctx);
        }
        command = command.or(self.top_bar(ui));
        command = command.or(self.foot(ui));
        if self.ask.is_some() {
            command = command.or(self.ask_bar(ui));
        }
        command = command.or(self.opening_bar(ui));
        command = command.or(self.strip(ui));
        let in_front = self.notice.is_some() || self.ask.is_some() || self.palette.is_some();
        if let Some(state) = &mut self.guide {
            command = command.or(guide::show(ui, state, in_front, self.words));
        }
        let frame = egui::Frame::new()
            .fill(theme::Palette::of(ui).ground)
            .inner_margin(theme::GAP);
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| match self.documents.get(self.current) {
                Some(document) => {
                    let view = View {
                        words: self.words,
                        scenario: &document.scenario,
                        now: document.now.as_deref(),
                        saved: document.before.as_deref(),
                        documents: &self.documents,
                        current: self.current,
                    };
                    if self.page == Page::Plan {
                        sentence::show(ui, &view);
                    }
                    scoreboard::scoreboard(ui, &view);
                    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
                    let of_level = level_form::banner(ui, &document.scenario, self.words);
                    command = command.take().or(of_level);
                    let (shown, pages) = (self.page, &mut self.pages);
                    let mut page = |ui: &mut egui::Ui| match shown {
                        Page::Plan => plan_page::page(ui, &view, &mut pages.plan),
                        Page::Money => money_page::page(ui, &view, &mut pages.money),
                        Page::Compare => compare_page::page(ui, &view, &mut pages.compare),
                        Page::Equity => equity_page::page(ui, &view, &mut pages.equity),
                        Page::Sources => sources_page::page(ui, &view, &mut pages.sources),
                        Page::Regions => regions_page::page(ui, &view, &mut pages.regions),
                    };
                    // A page of tables needs some room; where text is large it moves in both directions.
                    let wide = matches!(shown, Page::Sources | Page::Regions);
                    let room = ui.available_size().max(theme::PAGE);
                    let from_page = if wide && room != ui.available_size() {
                        egui::ScrollArea::both()
                            .id_salt("page")
                            .auto_shrink(false)
                            .show(ui, |ui| {
                                ui.set_min_size(room);
                                ui.set_max_size(room);
                                page(ui)
                            })
                            .inner
                    } else {
                        page(ui)
                    };
                    command = command.take().or(from_page);
                }
                None => {
                    ui.centered_and_justified(|ui| ui.label(self.words.empty));
                }
            });
        command = command.or(self.notices(&ctx)).or(chart_data::wanted(&ctx));
        if let Some((state, document)) = self.level.as_mut().zip(self.documents.get(self.current)) {
            command = command.or(level_form::show(&ctx, state, &document.scenario, self.words));
        }
        let in_front = self.palette.is_some() || self.notice.is_some() || self.level.is_some();
        if let Some((state, document)) = self.changes.as_mut().zip(self.documents.get(self.current)) {
            let shown = changes::show(&ctx, state, document, self.words);
            // What stands in front is left first.
            let shown = shown.filter(|command| !(in_front && matches!(command, Command::History)));
            command = command.or(shown);
        }
        if let Some(state) = &mut self.palette {
            let mut entries = palette::entries(self.words, &self.documents, self.current);
            entries.extend(palette::charts(self.words, &chart_data::shown(&ctx)));
            if let Some(chosen) = palette::show(&ctx, state, self.words, &entries) {
                self.palette = None;
                command = command.or(Some(chosen));
            }
        }
        if let Some(command) = command {
            self.apply(command, &ctx);
            ctx.request_repaint();
        }
        self.retitle(&ctx);
    }

    pub(super) fn prepare(&mut self, ctx: &egui::Context) {
        if !self.dressed {
            theme::install(ctx);
            if let Some(home) = &self.home {
                home.dress(ctx);
            }
            // Zoom is a command like any other; egui's own keys would act beside it.
            ctx.options_mut(|options| options.zoom_with_keyboard = false);
            self.dressed = true;
        }
        if self.worker.is_none() {
            let woken = ctx.clone();
            let worker = Worker::start(self.compute, move || woken.request_repaint());
            self.worker = Some(worker.unwrap_or_else(|_| Worker::inline(self.compute)));
            self.ask_worker();
            if let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref()) {
                let woken = ctx.clone();
                keeper.wake(move || woken.request_repaint());
            }
        }
    }

    pub(super) fn receive(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.worker.as_ref().and_then(Worker::take) {
            self.take_answer(answer);
        }
        self.receive_opened(ctx);
        let chosen = self
            .dialog
            .as_ref()
            .and_then(|(purpose, dialog)| dialog.poll().map(|path| (*purpose, path)));
        if let Some((purpose, path)) = chosen {
            self.dialog = None;
            // None is both a refusal and the lack of a dialog: the path field stays.
            if let Some(path) = path {
                let command = match purpose {
                    Purpose::Open => Command::Open(path),
                    // The system's dialog has not asked about a name that it did not see.
                    Purpose::Figure(format) if files::figure_file(&path, format) != path => {
                        Command::SaveFigure(path, format)
                    }
                    Purpose::Save if files::scenario_file(&path).as_ref() != Ok(&path) => Command::SaveAs(path),
                    Purpose::Figure(_) | Purpose::Save => Command::Replace(path, purpose),
                };
                self.apply(command, ctx);
            }
        }
    }

    pub(super) fn take_answer(&mut self, answer: Answer) {
        let position = self.documents.iter().position(|open| open.id == answer.document);
        let Some(position) = position else { return };
        let document = &mut self.documents[position];
        // What cannot be computed, and what came out as no number, is told alike.
        let outcome = answer.outcome.map_err(|why| {
            let values = [("file", document.name.as_str()), ("why", why.as_str())];
            fill(self.words.run_failed, &values)
        });
        let outcome = outcome.and_then(|outcome| match &outcome.unsound {
            Some(finding) => {
                let why = findings::said(finding, Some(&document.scenario), self.words);
                let values = [("file", document.name.as_str()), ("why", why.as_str())];
                Err(fill(self.words.run_unsound, &values))
            }
            None => Ok(outcome),
        });
        match (answer.role, outcome) {
            (Role::Saved, outcome) => document.before = outcome.ok(),
            (Role::Edited, Ok(outcome)) => {
                let is_this = Arc::ptr_eq(&answer.scenario, &document.scenario);
                let news = is_this && document.history.comes_to(Headline::of(&outcome));
                document.now = Some(outcome);
                document.broken = None;
                if news && document.history.edits().next().is_some() {
                    self.keep(position);
                }
            }
            (Role::Edited, Err(why)) => {
                // Older results are not those of what is shown.
                document.now = None;
                if document.broken.is_none() {
                    self.notice = Some(Notice::Message(why.clone()));
                }
                document.broken = Some(why);
            }
        }
    }

    /// Starts or ends presenting; the window is as before when it ends.
    pub(super) fn present(&mut self, ctx: &egui::Context) {
        let full = if let Some(state) = self.presenting.take() {
            ctx.set_zoom_factor(state.zoom);
            false
        } else if self.document().is_some() {
            self.presenting = Some(present::State::new(ctx.zoom_factor()));
            true
        } else {
            return;
        };
        if self.dialogs {
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
        }
    }

    /// The presented screen alone, as large as the window allows.
    pub(super) fn presented(&mut self, ui: &mut egui::Ui) -> Option<Command> {
        let (state, document) = (self.presenting.as_mut()?, self.documents.get(self.current)?);
        let ctx = ui.ctx().clone();
        // The window grows to the whole screen some frames after it was asked to: fit again when its height has changed.
        let height = (ctx.viewport_rect().height() * ctx.pixels_per_point()).round();
        if state.fitted != Some(height) {
            state.fitted = Some(height);
            let native = ctx.pixels_per_point() / ctx.zoom_factor();
            ctx.set_zoom_factor(present::zoom_for(height, native));
        }
        let view = View {
            words: self.words,
            scenario: &document.scenario,
            now: document.now.as_deref(),
            saved: document.before.as_deref(),
            documents: &self.documents,
            current: self.current,
        };
        let frame = egui::Frame::new()
            .fill(theme::Palette::of(ui).ground)
            .inner_margin(theme::GAP * 2.0);
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| present::page(ui, &view, state))
            .inner
    }

    pub(super) fn retitle(&mut self, ctx: &egui::Context) {
        let title = self.document().map_or_else(
            || self.words.program.to_owned(),
            |document| {
                format!(
                    "{}{} – {}",
                    if document.changed { "● " } else { "" },
                    document.name,
                    self.words.program
                )
            },
        );
        let title = visible(&title).into_owned();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
