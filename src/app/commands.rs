//! Commands carried out: the one place where what was asked for happens.

use std::path::Path;
use std::sync::Arc;

use eframe::egui;

use super::command::{Asked, Command};
use super::files::{self, Purpose};
use super::front::{Front, Next, Notice};
use super::page::Page;
use super::paths::name_of;
use super::words::{self, fill};
use super::{App, changes, guide, level_form, lever, palette, widgets};
use crate::data::store;
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;

/// Least and greatest size of everything.
const ZOOMS: (f32, f32) = (0.2, 5.0);

impl App {
    /// Carries a command out, on the scenario that is shown if it concerns one.
    pub fn apply(&mut self, command: Command, ctx: &egui::Context) {
        let document = self.shown();
        self.carry_out(Asked { document, command }, ctx);
    }

    /// Carries out what was asked for. What concerns an open scenario is done to the one that it was asked for, whatever is
    /// shown by now; nothing is done where that one has been closed.
    pub(super) fn carry_out(&mut self, asked: Asked, ctx: &egui::Context) {
        let at = asked.document.and_then(|document| self.place_of(document));
        match asked.command {
            Command::AskNew => {
                let search = palette::Search::with(format!("{} ", self.words.new_plan));
                self.stage.put(Front::Palette(search));
            }
            Command::New(code) => self.start_new(code),
            Command::AskOpen => self.ask_for(Purpose::Open, asked.document),
            Command::Browse => self.browse(),
            Command::Open(path) => self.open_any(&path, asked.document, ctx),
            Command::OpenBundled(name) => self.adopt(files::open_bundled(name), &name_of(Path::new(name))),
            Command::AskSaveFigure(figure, format) => {
                self.figure = Some(figure);
                self.ask_for(Purpose::Figure(format), asked.document);
            }
            Command::StopOpening(path) => self.opening.retain(|(other, _)| *other != path),
            Command::OpenAnyway(path) => {
                self.stage.take_notice();
                self.read_in(&path);
            }
            Command::OpenCopy(path) => {
                self.stage.take_notice();
                self.open_copy(&path);
            }
            Command::Recover(position) => self.recover(position),
            Command::RecoverAll => self.recover_all(),
            Command::Discard(position) => self.discard(position),
            Command::Later(position) => self.later(position),
            Command::KeepMine => self.keep_mine(ctx),
            Command::TakeTheirs => self.take_theirs(),
            Command::History => {
                let list = &mut self.stage.changes;
                *list = list.is_none().then(changes::ChangeList::default);
            }
            Command::Show(page) => {
                self.stage.take_notice();
                self.page = page;
                self.pages.standards.open = false;
                // What had the keys is on another page.
                if let Some(held) = ctx.memory(egui::Memory::focused) {
                    ctx.memory_mut(|memory| memory.surrender_focus(held));
                }
            }
            Command::GoToNumber(path) => {
                self.stage.take_notice();
                self.page = Page::Sources;
                self.pages.sources.look_for(path);
            }
            Command::Standards => {
                self.stage.take_notice();
                let shown = self.pages.standards.open && self.page == Page::Plan;
                self.pages.standards.open = !shown;
                self.page = Page::Plan;
            }
            Command::AddMoney => {
                self.stage.take_notice();
                self.page = Page::Funding;
                self.pages.funding.add_money();
            }
            Command::AskLay => {
                self.stage.put(Front::Palette(palette::Search::of_packages(self.words)));
            }
            Command::AskOpenPackage => self.ask_for(Purpose::OpenPackage, asked.document),
            Command::AskOpenStandard => self.ask_for(Purpose::OpenStandard, asked.document),
            Command::OpenStandard(path) => {
                self.stage.close_ask(Purpose::OpenStandard);
                self.pages.standards.take(&path, self.words);
            }
            Command::AskSaveStandard(standard) => {
                self.standard = Some(standard);
                self.ask_for(Purpose::SaveStandard, asked.document);
            }
            Command::Guide => {
                let page = self.page;
                let guide = &mut self.stage.guide;
                *guide = guide.is_none().then(|| guide::Guide::at(page));
            }
            Command::Palette => self.stage.put(Front::Palette(palette::Search::default())),
            Command::Find => match &self.stage.guide {
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
            Command::Assumptions => {
                self.page = Page::Sources;
                self.pages.sources.show_low();
            }
            Command::FindNumber(search) => {
                self.page = Page::Sources;
                self.pages.sources.search_for(search);
            }
            Command::Present => self.present(ctx),
            Command::Switch(position) => self.switch(position),
            Command::Next => self.switch((self.current + 1) % self.documents.len().max(1)),
            Command::Close(position) => self.close(position),
            Command::OpenNew { scenario, name } => self.open_new(scenario, name),
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
            Command::ZoomIn => self.zoom_by(Some(0.1), ctx),
            Command::ZoomOut => self.zoom_by(Some(-0.1), ctx),
            Command::ZoomReset => self.zoom_by(None, ctx),
            Command::Dismiss => self.stage.dismiss(),
            Command::DropChanges => {
                if let Some(Notice::Keep(document, next)) = self.stage.take_notice() {
                    if let Some(at) = self.place_of(document) {
                        self.let_go(at);
                    }
                    self.go_on(next, ctx);
                }
            }
            Command::Quit => {
                for position in 0..self.documents.len() {
                    self.differs_on_disk(position, false);
                }
                if let Some(unsaved) = self.documents.iter().position(|document| document.changed) {
                    self.switch(unsaved);
                    self.stage.tell(Notice::Keep(self.documents[unsaved].id, Next::Quit));
                } else {
                    self.leaving = true;
                    ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                }
            }
            command => {
                if let Some(at) = at {
                    self.carry_out_on(at, command, ctx);
                }
            }
        }
    }

    /// Carries out what concerns an open scenario.
    fn carry_out_on(&mut self, at: usize, command: Command, ctx: &egui::Context) {
        let id = self.documents[at].id;
        match command {
            Command::AskSaveAs => {
                self.stage.take_notice();
                self.ask_for(Purpose::Save, Some(id));
            }
            Command::Save => self.save(at, ctx),
            Command::SaveAs(path) => self.save_as(at, &path, ctx),
            Command::Replace(path, purpose) => {
                self.stage.take_notice();
                match purpose {
                    Purpose::Figure(format) => self.save_figure(at, &path, format, ctx),
                    Purpose::SaveStandard => self.save_standard(&path),
                    Purpose::SavePackage => self.save_package(at, &path),
                    Purpose::Save | Purpose::Open | Purpose::OpenStandard | Purpose::OpenPackage => {
                        self.save_to(at, &path, None, ctx);
                    }
                }
            }
            Command::SaveFigure(path, format) => {
                let path = files::figure_file(&path, format);
                if path.exists() {
                    self.stage.tell(Notice::Replace(id, path, Purpose::Figure(format)));
                } else {
                    self.save_figure(at, &path, format, ctx);
                }
            }
            Command::SaveStandard(path) => {
                let path = files::with_ending(&path);
                if path.exists() {
                    self.stage.tell(Notice::Replace(id, path, Purpose::SaveStandard));
                } else {
                    self.save_standard(&path);
                }
            }
            Command::AskSavePackage => {
                self.stage.take_notice();
                self.ask_for(Purpose::SavePackage, Some(id));
            }
            Command::SavePackage(path) => {
                let path = files::with_ending(&path);
                if path.exists() {
                    self.stage.tell(Notice::Replace(id, path, Purpose::SavePackage));
                } else {
                    self.save_package(at, &path);
                }
            }
            Command::Lay(name) => {
                self.stage.take_notice();
                self.stage.close_ask(Purpose::OpenPackage);
                // Where packages are compared it is one more of them.
                if self.page == Page::Compare {
                    self.pages.compare.lay(name);
                } else {
                    self.page = Page::Funding;
                    self.pages.funding.lay(id, &name, self.words);
                }
            }
            Command::ShowPractice(name) => match store::practice(&name) {
                Ok(practice) => self.stage.put(Front::Practice(id, Arc::new(practice))),
                Err(findings) => self.refuse(findings, &name_of(Path::new(&name))),
            },
            Command::Undo => self.travel(at, false),
            Command::Redo => self.travel(at, true),
            Command::Travel(to) => self.travel_to(at, to),
            Command::Mark { at: edits, name } => {
                self.documents[at].history.mark(edits, name.trim());
                self.keep(at);
            }
            Command::SetLever { lever, value, more } => self.set_lever(at, lever, value, more),
            Command::Change {
                scenario,
                what,
                dragged,
            } => {
                let taken = self.change(at, scenario, what, dragged);
                if taken {
                    self.stage.close_form();
                }
            }
            Command::Add(component) => {
                let what = fill(
                    self.words.edit_added,
                    &[("group", lever::group_name(Some(component), self.words))],
                );
                let mut edited = Scenario::clone(&self.documents[at].scenario);
                lever::add(&mut edited, component);
                self.change(at, Arc::new(edited), what, None);
            }
            Command::Settle => self.documents[at].history.settle(),
            Command::AskLevel(level) => {
                let form = level_form::LevelForm::of(level, &self.documents[at].scenario);
                self.stage.put(Front::Level(id, form));
            }
            Command::GoTo(lever) => {
                self.stage.take_notice();
                self.page = Page::Plan;
                self.pages.standards.open = false;
                let horizon = self.documents[at].scenario.horizon;
                self.pages.plan.levers.look_for(lever.name(self.words, horizon));
            }
            Command::CloseThis => self.close(at),
            Command::Duplicate => self.duplicate(at),
            Command::Revert => self.revert(at),
            Command::ShowPoints => self.show_points(at),
            // Carried out already: it concerns the window.
            _ => {}
        }
    }

    /// Makes everything larger or smaller, or of usual size: the screen for a room while there is one, else the window.
    fn zoom_by(&mut self, step: Option<f32>, ctx: &egui::Context) {
        let stepped = |zoom: f32| {
            step.map_or(1.0, |step| {
                ((zoom * 10.0).round() / 10.0 + step).clamp(ZOOMS.0, ZOOMS.1)
            })
        };
        match &mut self.stage.presented {
            Some(presentation) => presentation.enlarged = stepped(presentation.enlarged),
            None => ctx.set_zoom_factor(stepped(ctx.zoom_factor())),
        }
    }

    /// Lists what may mislead in an open scenario.
    fn show_points(&mut self, at: usize) {
        let document = &self.documents[at];
        let findings: Vec<Finding> = document.points().into_iter().cloned().collect();
        let rest = if findings.is_empty() {
            self.words.points_none
        } else {
            self.words.points_hint
        };
        self.stage.tell(Notice::Findings {
            title: fill(self.words.points_title, &[("file", &document.name)]),
            rest,
            findings,
            of: Some(Arc::clone(&document.scenario)),
        });
    }
}
