//! Commands carried out.

use std::path::Path;
use std::sync::Arc;

use eframe::egui;

use super::command::Command;
use super::files::{self, Purpose};
use super::front::{Next, Notice};
use super::page::Page;
use super::paths::name_of;
use super::words::{self, fill};
use super::{App, changes, guide, level_form, lever, palette, widgets};
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;

impl App {
    /// Carries a command out.
    pub fn apply(&mut self, command: Command, ctx: &egui::Context) {
        match command {
            Command::AskNew => self.palette = Some(palette::State::with(format!("{} ", self.words.new_plan))),
            Command::New(code) => self.start_new(code),
            Command::AskOpen => self.ask_for(Purpose::Open, ctx),
            Command::AskSaveAs => {
                self.notice = None;
                self.ask_for(Purpose::Save, ctx);
            }
            Command::Browse => self.browse(ctx),
            Command::Open(path) => self.open(&path),
            Command::OpenBundled(name) => self.adopt(files::open_bundled(name), &name_of(Path::new(name))),
            Command::Save => self.save(ctx),
            Command::SaveAs(path) => self.save_as(&path, ctx),
            Command::Replace(path, purpose) => {
                self.notice = None;
                match purpose {
                    Purpose::Figure(format) => self.save_figure(&path, format),
                    Purpose::Save | Purpose::Open => {
                        self.save_to(&path);
                    }
                }
            }
            Command::AskSaveFigure(figure, format) => {
                self.figure = Some(figure);
                self.ask_for(Purpose::Figure(format), ctx);
            }
            Command::SaveFigure(path, format) => {
                let path = files::figure_file(&path, format);
                if path.exists() {
                    self.notice = Some(Notice::Replace(path, Purpose::Figure(format)));
                } else {
                    self.save_figure(&path, format);
                }
            }
            Command::StopOpening(path) => self.opening.retain(|(other, _)| *other != path),
            Command::OpenAnyway(path) => {
                self.notice = None;
                self.read_in(&path);
            }
            Command::OpenCopy(path) => {
                self.notice = None;
                self.open_copy(&path);
            }
            Command::Recover(position) => self.recover(position),
            Command::RecoverAll => self.recover_all(),
            Command::Discard(position) => self.discard(position),
            Command::Later(position) => self.later(position),
            Command::KeepMine => self.keep_mine(ctx),
            Command::TakeTheirs => self.take_theirs(),
            Command::Undo => self.travel(false),
            Command::Redo => self.travel(true),
            Command::History => {
                self.changes = self.changes.is_none().then(changes::State::default);
            }
            Command::Travel(to) => self.travel_to(to),
            Command::Mark { at, name } => {
                if let Some(document) = self.document_mut() {
                    document.history.mark(at, name.trim());
                    self.keep(self.current);
                }
            }
            Command::SetLever { lever, value, more } => self.set_lever(lever, value, more),
            Command::Change {
                scenario,
                what,
                dragged,
            } => {
                self.level = None;
                self.change(scenario, what, dragged.as_deref());
            }
            Command::AskLevel(level) => {
                self.level = self.scenario().map(|scenario| level_form::State::of(level, scenario));
            }
            Command::Settle => {
                if let Some(document) = self.document_mut() {
                    document.history.settle();
                }
            }
            Command::Show(page) => {
                self.notice = None;
                self.page = page;
                // What had the keys is on another page.
                if let Some(held) = ctx.memory(egui::Memory::focused) {
                    ctx.memory_mut(|memory| memory.surrender_focus(held));
                }
            }
            Command::GoToNumber(path) => {
                self.notice = None;
                self.page = Page::Sources;
                self.pages.sources.look_for(path);
            }
            Command::GoTo(lever) => {
                self.notice = None;
                if let Some(horizon) = self.scenario().map(|scenario| scenario.horizon) {
                    self.page = Page::Plan;
                    self.pages.plan.look_for(lever.name(self.words, horizon));
                }
            }
            Command::Guide => {
                let page = self.page;
                self.guide = self.guide.is_none().then(|| guide::State::at(page));
            }
            Command::Palette => self.palette = Some(palette::State::default()),
            Command::Find => match &self.guide {
                // A second time leads to the page.
                Some(_) if ctx.memory(egui::Memory::focused) != Some(guide::search()) => {
                    widgets::retype(ctx, guide::search());
                }
                _ => widgets::find(ctx),
            },
            Command::NextStandIn => {
                self.page = Page::Sources;
                self.pages.sources.ask_next_stand_in();
            }
            Command::FindNumber(search) => {
                self.page = Page::Sources;
                self.pages.sources.search_for(search);
            }
            Command::Present => self.present(ctx),
            Command::Switch(position) => self.switch(position),
            Command::Next => self.switch((self.current + 1) % self.documents.len().max(1)),
            Command::Close(position) => self.close(position),
            Command::CloseThis => self.close(self.current),
            Command::Duplicate => self.duplicate(),
            Command::OpenNew { scenario, name } => self.open_new(scenario, name),
            Command::Revert => self.revert(),
            Command::ShowPoints => self.show_points(),
            Command::Add(component) => {
                let what = fill(
                    self.words.edit_added,
                    &[("group", lever::group_name(Some(component), self.words))],
                );
                if let Some(document) = self.document() {
                    let mut edited = Scenario::clone(&document.scenario);
                    lever::add(&mut edited, component);
                    self.change(Arc::new(edited), what, None);
                }
            }
            Command::NextLanguage => {
                let (all, code) = (words::languages(), self.words.code);
                let at = all.iter().position(|language| language.code == code).unwrap_or(0);
                self.words = all[(at + 1) % all.len()].in_format(self.format);
            }
            Command::WriteNumbers(format) => {
                self.format = format;
                self.words = words::language(self.words.code).in_format(format);
            }
            Command::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            Command::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Command::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Command::ZoomReset => ctx.set_zoom_factor(1.0),
            // Only what stands in front: the path that led to an error is still there to be put right.
            Command::Dismiss => {
                let front = [
                    self.notice.take().is_some(),
                    self.level.take().is_some(),
                    self.palette.take().is_some(),
                ];
                if !front.contains(&true) {
                    self.ask = None;
                }
            }
            Command::DropChanges => {
                if let Some(Notice::Keep(next)) = self.notice.take() {
                    self.let_go();
                    self.go_on(&next, ctx);
                }
            }
            Command::Quit => {
                for position in 0..self.documents.len() {
                    self.differs_on_disk(position, false);
                }
                if let Some(unsaved) = self.documents.iter().position(|document| document.changed) {
                    self.switch(unsaved);
                    self.notice = Some(Notice::Keep(Next::Quit));
                } else {
                    self.leaving = true;
                    ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                }
            }
        }
    }

    /// Lists what may mislead in the scenario that is shown.
    pub(super) fn show_points(&mut self) {
        let Some(document) = self.document() else { return };
        let scenario = Arc::clone(&document.scenario);
        let findings: Vec<Finding> = document.points().into_iter().cloned().collect();
        let rest = if findings.is_empty() {
            self.words.points_none
        } else {
            self.words.points_hint
        };
        self.notice = Some(Notice::Findings {
            title: fill(self.words.points_title, &[("file", &document.name)]),
            rest,
            findings,
            of: Some(scenario),
        });
    }
}
