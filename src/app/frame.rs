//! One frame of the window: what has come in is taken over, the page and what stands around it are shown, and what was
//! asked for meanwhile is carried out in order.

use eframe::egui;

use super::command::{Asked, Command, Queue};
use super::document::View;
use super::files::{self, Purpose};
use super::front::Front;
use super::page::Page;
use super::plan_page::scoreboard;
use super::{
    App, changes, chart_data, compare_page, deeds, equity_page, funding_page, guide, level_form, money_page, palette,
    plan_page, practices, present, regions_page, sentence, sources_page, theme,
};
use crate::scenario::visible::visible;

impl App {
    /// Shows one frame.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.prepare(&ctx);
        self.receive(&ctx);
        self.look_around(&ctx);
        let mut queue = Queue::of(self.shown());
        self.hear(&ctx, &mut queue);
        if self.stage.presented.is_some() {
            self.for_a_room(ui, &mut queue);
        } else {
            self.zoom = ctx.zoom_factor();
            self.with_pages(ui, &mut queue);
        }
        queue.extend(chart_data::wanted(&ctx));
        let asked = queue.into_asked();
        if !asked.is_empty() {
            ctx.request_repaint();
        }
        for asked in asked {
            self.carry_out(asked, &ctx);
        }
        if let Some(presentation) = &self.stage.presented {
            // The window grows to the whole screen some frames after it was asked to.
            let height = (ctx.viewport_rect().height() * ctx.pixels_per_point()).round();
            // As given: won back by division it is another number each time, and the zoom never comes to rest.
            let native = ctx.native_pixels_per_point().unwrap_or(1.0);
            ctx.set_zoom_factor(presentation.zoom(height, native));
        }
        self.retitle(&ctx);
    }

    fn prepare(&mut self, ctx: &egui::Context) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        theme::install(ctx);
        if let Some(home) = &self.home {
            home.dress(ctx);
        }
        // Zoom is a command like any other; egui's own keys would act beside it.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let woken = ctx.clone();
        self.jobs.wake(move || woken.request_repaint());
        if let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref()) {
            let woken = ctx.clone();
            keeper.wake(move || woken.request_repaint());
        }
        self.ask_missing();
    }

    fn receive(&mut self, ctx: &egui::Context) {
        self.take_runs();
        self.take_written(ctx);
        self.receive_opened(ctx);
        let chosen = self.dialog.as_ref().and_then(|asked| asked.dialog.take());
        if let Some(path) = chosen
            && let Some(asked) = self.dialog.take()
            // None is both a refusal and the lack of a dialog: the path field stays.
            && let Some(path) = path.unwrap_or_default()
        {
            let command = match asked.purpose {
                Purpose::Open => Command::Open(path),
                Purpose::OpenStandard => Command::OpenStandard(path),
                Purpose::SaveStandard => Command::SaveStandard(path),
                Purpose::OpenPackage => Command::Lay(path.display().to_string()),
                Purpose::SavePackage => Command::SavePackage(path),
                // The system's dialog has not asked about a name that it did not see.
                Purpose::Figure(format) if files::figure_file(&path, format) != path => {
                    Command::SaveFigure(path, format)
                }
                Purpose::Save if files::scenario_file(&path).as_ref() != Ok(&path) => Command::SaveAs(path),
                purpose @ (Purpose::Figure(_) | Purpose::Save) => Command::Replace(path, purpose),
            };
            let document = asked.document;
            self.carry_out(Asked { document, command }, ctx);
        }
    }

    /// What the keys ask for, and the one who closes the window.
    fn hear(&mut self, ctx: &egui::Context, queue: &mut Queue) {
        let presenting = self.stage.presented.is_some();
        // What stands in front is answered first.
        if !self.stage.is_barred() {
            let pressed = deeds::pressed(ctx, presenting);
            if !pressed.is_empty() {
                // Keys act on the page, not on what is typed into the palette.
                self.stage.close_palette();
            }
            queue.extend(pressed);
        }
        let unsaved = self.documents.iter().any(|document| document.changed);
        if unsaved && !self.leaving && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            queue.push(Command::Quit);
        }
        let escape = presenting && ctx.input(|input| input.key_pressed(egui::Key::Escape));
        if escape && !self.stage.is_covered() && self.stage.ask.is_none() {
            queue.push(Command::Present);
        }
    }

    /// The page with all that stands around it.
    fn with_pages(&mut self, ui: &mut egui::Ui, queue: &mut Queue) {
        let ctx = ui.ctx().clone();
        if self.stage.has_palette() {
            chart_data::ask(&ctx);
        }
        queue.extend(self.top_bar(ui));
        queue.extend(self.foot(ui));
        self.asked_for(ui, queue);
        queue.extend(self.opening_bar(ui));
        queue.extend(self.strip(ui));
        let in_front = self.stage.is_covered() || self.stage.ask.is_some();
        if let Some(guide) = &mut self.stage.guide {
            queue.extend(guide::show(ui, guide, in_front, self.words));
        }
        let frame = egui::Frame::new()
            .fill(theme::Palette::of(ui).ground)
            .inner_margin(theme::GAP);
        // What is half typed stays with the plan for which it is.
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| ui.push_id(self.shown(), |ui| self.one_page(ui, queue)));
        let in_front = self.stage.is_covered();
        if let Some((list, document)) = self.stage.changes.as_mut().zip(self.documents.get(self.current)) {
            let shown = changes::show(&ctx, list, document, self.words);
            // What stands in front is left first.
            queue.extend(shown.filter(|command| !(in_front && matches!(command, Command::History))));
        }
        self.in_front(&ctx, queue);
    }

    /// The page that is shown.
    fn one_page(&mut self, ui: &mut egui::Ui, queue: &mut Queue) {
        let Some(document) = self.documents.get(self.current) else {
            ui.centered_and_justified(|ui| ui.label(self.words.empty));
            return;
        };
        let view = View {
            turned_by_keys: self.stage.guide.is_none() && !self.stage.is_covered() && self.stage.ask.is_none(),
            ..View::of(&self.documents, self.current, document, &self.jobs, self.words)
        };
        if self.page == Page::Plan {
            sentence::show(ui, &view);
        }
        let tried = match self.page {
            Page::Regions => self.pages.regions.tried(&document.scenario),
            Page::Funding => self.pages.funding.tried(document.id, &document.scenario),
            _ => None,
        };
        scoreboard::scoreboard(ui, &view, tried);
        ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
        queue.extend(level_form::banner(ui, &document.scenario, self.words));
        let (shown, pages) = (self.page, &mut self.pages);
        let mut page = |ui: &mut egui::Ui| match shown {
            Page::Plan if pages.standards.open => compare_page::standards::page(ui, &view, &mut pages.standards, queue),
            Page::Plan => plan_page::page(ui, &view, &mut pages.plan, queue),
            Page::Money => money_page::page(ui, &view, &mut pages.money),
            Page::Funding => funding_page::page(ui, &view, &mut pages.funding, queue),
            Page::Compare => compare_page::page(ui, &view, &mut pages.compare, queue),
            Page::Equity => equity_page::page(ui, &view, &mut pages.equity, queue),
            Page::Sources => sources_page::page(ui, &view, &mut pages.sources, queue),
            Page::Regions => regions_page::page(ui, &view, &mut pages.regions, queue),
        };
        // A page of tables needs some room; where text is large it moves in both directions.
        let wide = matches!(shown, Page::Sources | Page::Regions);
        let room = ui.available_size().max(theme::PAGE);
        if wide && room != ui.available_size() {
            let area = egui::ScrollArea::both().id_salt("page").auto_shrink(false);
            area.show(ui, |ui| {
                ui.set_min_size(room);
                ui.set_max_size(room);
                page(ui);
            });
        } else {
            page(ui);
        }
    }

    /// The path that is asked for, above the page.
    fn asked_for(&mut self, ui: &mut egui::Ui, queue: &mut Queue) {
        let document = self.stage.ask.as_ref().and_then(|ask| ask.document);
        let command = self.ask_bar(ui);
        // Escape leaves what stands in front first.
        let left_first = self.stage.is_covered() && command == Some(Command::Dismiss);
        if let Some(command) = command.filter(|_| !left_first) {
            queue.push_for(document, command);
        }
    }

    /// What stands in front.
    fn in_front(&mut self, ctx: &egui::Context, queue: &mut Queue) {
        let mut front = self.stage.take_all();
        let last = front.len().saturating_sub(1);
        let mut chosen = false;
        for (at, shown) in front.iter_mut().enumerate() {
            let command = match shown {
                Front::Notice(notice) => {
                    let document = notice.document();
                    if let Some(command) = self.notice(ctx, notice) {
                        let document = document.or(self.shown());
                        queue.push_for(document, command);
                    }
                    continue;
                }
                Front::Level(document, form) => {
                    let open = self.documents.iter().find(|open| open.id == *document);
                    let Some(open) = open else { continue };
                    let command = level_form::show(ctx, form, &open.scenario, self.words);
                    command.map(|command| (Some(*document), command))
                }
                Front::Practice(document, practice) => {
                    let open = self.documents.iter().find(|open| open.id == *document);
                    let Some(open) = open else { continue };
                    let command = practices::show(ctx, practice, &open.scenario, self.words);
                    command.map(|command| (Some(*document), command))
                }
                Front::Palette(search) => {
                    let mut entries = palette::entries(self.words, &self.documents, self.current);
                    entries.extend(palette::charts(self.words, &chart_data::shown(ctx)));
                    let command = palette::show(ctx, search, self.words, &entries);
                    chosen = command.is_some() && command != Some(Command::Dismiss);
                    command.map(|command| (self.shown(), command))
                }
            };
            // Escape leaves the last one only.
            let (document, command) = match command {
                Some(command) if at == last || command.1 != Command::Dismiss => command,
                _ => continue,
            };
            queue.push_for(document, command);
        }
        self.stage.replace(front);
        if chosen {
            self.stage.close_palette();
        }
    }

    /// The presented screen alone, as large as the window allows.
    fn for_a_room(&mut self, ui: &mut egui::Ui, queue: &mut Queue) {
        let ctx = ui.ctx().clone();
        self.asked_for(ui, queue);
        let shown = self.stage.presented.as_mut().zip(self.documents.get(self.current));
        if let Some((presentation, document)) = shown {
            let view = View::of(&self.documents, self.current, document, &self.jobs, self.words);
            let frame = egui::Frame::new()
                .fill(theme::Palette::of(ui).ground)
                .inner_margin(theme::GAP * 2.0);
            let packages = self.pages.compare.laid(&view);
            egui::CentralPanel::default()
                .frame(frame)
                .show(ui, |ui| queue.extend(present::page(ui, &view, &packages, presentation)));
        }
        self.in_front(&ctx, queue);
    }

    /// Starts or ends presenting; the window is as before when it ends.
    pub(super) fn present(&mut self, ctx: &egui::Context) {
        let full = if self.stage.presented.take().is_some() {
            ctx.set_zoom_factor(self.zoom);
            false
        } else if self.document().is_some() {
            self.stage.presented = Some(present::Presentation::default());
            true
        } else {
            return;
        };
        if self.dialogs {
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
        }
    }

    fn retitle(&mut self, ctx: &egui::Context) {
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
