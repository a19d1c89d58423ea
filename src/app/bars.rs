//! What stands around the page: the bar at the top, the line at the foot, the path that is asked for, and what must be
//! read or answered first.

use eframe::egui::{self, Key, RichText, Ui};

use super::App;
use super::command::Command;
use super::deeds;
use super::document::{self, Document, View};
use super::files::Purpose;
use super::findings;
use super::front::{Ask, Notice};
use super::journal::Left;
use super::page::Page;
use super::palette;
use super::paths::name_of;
use super::phrases::age;
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, fill};

/// A button that says more on pointing, and to a screen reader.
fn button(ui: &mut Ui, enabled: bool, text: &str, hint: &str) -> bool {
    ui.add_enabled(enabled, egui::Button::new(text))
        .on_hover_text(hint)
        .on_disabled_hover_text(hint)
        .clicked()
}

/// Whether the bar at the top leaves what is seldom pressed to the menu, so that the tabs have room.
fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < theme::NARROW
}

/// The theme that is not in force.
fn other_theme(ui: &Ui, words: &Words) -> &'static str {
    if ui.visuals().dark_mode {
        words.light
    } else {
        words.dark
    }
}

impl App {
    pub(super) fn top_bar(&self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let (mut command, mut tab) = (None, None);
        let mut take = |clicked: bool, this: Command| {
            if clicked {
                command = Some(this);
            }
        };
        let frame = egui::Frame::new()
            .fill(palette.card)
            .inner_margin(egui::Margin::symmetric(12, 0));
        egui::Panel::top("top")
            .exact_size(theme::BAR)
            .frame(frame)
            .show(ui, |ui| {
                ui.horizontal_centered(|ui| {
                    let narrow = is_narrow(ui);
                    if !narrow {
                        ui.label(
                            RichText::new(words.program)
                                .font(theme::bold(theme::NAME))
                                .color(palette.accent),
                        );
                        ui.add_space(10.0);
                    }
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if !narrow {
                            take(
                                button(
                                    ui,
                                    true,
                                    other_theme(ui, words),
                                    deeds::hint(&Command::ToggleTheme, words),
                                ),
                                Command::ToggleTheme,
                            );
                            take(
                                button(
                                    ui,
                                    true,
                                    words.next_language,
                                    deeds::hint(&Command::NextLanguage, words),
                                ),
                                Command::NextLanguage,
                            );
                            ui.separator();
                        }
                        let any = self.document().is_some();
                        take(
                            button(ui, any, words.history, deeds::hint(&Command::History, words)),
                            Command::History,
                        );
                        let history = self.document().map(|document| &document.history);
                        let (undo, redo) = (
                            history.and_then(|history| history.to_undo()),
                            history.and_then(|history| history.to_redo()),
                        );
                        let hint = redo.map_or_else(
                            || words.nothing_to_redo.to_owned(),
                            |what| fill(words.redo_keys, &[("what", what)]),
                        );
                        take(button(ui, redo.is_some(), words.redo, &hint), Command::Redo);
                        let hint = undo.map_or_else(
                            || words.nothing_to_undo.to_owned(),
                            |what| fill(words.undo_keys, &[("what", what)]),
                        );
                        take(button(ui, undo.is_some(), words.undo, &hint), Command::Undo);
                        ui.separator();
                        take(
                            button(ui, any, words.save, deeds::hint(&Command::Save, words)),
                            Command::Save,
                        );
                        if let Some(this) = self.file_menu(ui) {
                            take(true, this);
                        }
                        // The tabs have what room is left, and roll where it is too little.
                        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                            let room = ui.available_width();
                            widgets::roll(ui, "tabs", room, words, |ui| {
                                ui.horizontal_centered(|ui| tab = self.tabs(ui));
                            });
                        });
                    });
                });
            });
        command.or(tab)
    }

    fn file_menu(&self, ui: &mut Ui) -> Option<Command> {
        let words = self.words;
        let menu = ui.menu_button(words.file_menu, |ui| {
            let mut command = None;
            let mut item = |ui: &mut Ui, enabled: bool, text: &str, hint: &str, this: Command| {
                if button(ui, enabled, text, hint) {
                    command = Some(this);
                    ui.close();
                }
            };
            let document = self.document();
            let any = document.is_some();
            item(
                ui,
                true,
                words.menu_new,
                deeds::hint(&Command::AskNew, words),
                Command::AskNew,
            );
            item(
                ui,
                true,
                words.menu_open,
                deeds::hint(&Command::AskOpen, words),
                Command::AskOpen,
            );
            ui.menu_button(words.menu_recent, |ui| {
                let recent = self.home.as_ref().map_or(&[][..], |home| &home.settings.recent);
                if recent.is_empty() {
                    ui.weak(words.menu_recent_none);
                }
                for path in recent {
                    let name = name_of(path);
                    let folder = path.parent().map(|folder| folder.display().to_string());
                    // Two files of one name are told apart by their folders.
                    let text = fill(
                        words.menu_recent_line,
                        &[("file", &name), ("folder", &folder.unwrap_or_default())],
                    );
                    let hint = path.display().to_string();
                    item(ui, true, &text, &hint, Command::Open(path.clone()));
                }
            });
            ui.separator();
            item(
                ui,
                any,
                words.menu_save_as,
                deeds::hint(&Command::AskSaveAs, words),
                Command::AskSaveAs,
            );
            item(
                ui,
                any,
                words.menu_duplicate,
                deeds::hint(&Command::Duplicate, words),
                Command::Duplicate,
            );
            let changed = document.is_some_and(Document::is_edited);
            let (revert, hint) = if document.is_some_and(Document::is_on_file) {
                (words.menu_revert, words.revert_hint)
            } else {
                (words.menu_revert_opened, words.revert_opened_hint)
            };
            item(ui, changed, revert, hint, Command::Revert);
            let numbers = ui.menu_button(words.format_menu, |ui| {
                for (name, format) in palette::format_choices(words) {
                    let mark = if format == self.format { "✓ " } else { "" };
                    let text = format!("{mark}{name}");
                    item(ui, true, &text, words.format_hint, Command::WriteNumbers(format));
                }
            });
            numbers.response.on_hover_text(words.format_hint);
            ui.separator();
            item(
                ui,
                any,
                words.menu_close,
                deeds::hint(&Command::CloseThis, words),
                Command::CloseThis,
            );
            if is_narrow(ui) {
                ui.separator();
                let language = words.next_language;
                item(
                    ui,
                    true,
                    language,
                    deeds::hint(&Command::NextLanguage, words),
                    Command::NextLanguage,
                );
                let theme = other_theme(ui, words);
                item(
                    ui,
                    true,
                    theme,
                    deeds::hint(&Command::ToggleTheme, words),
                    Command::ToggleTheme,
                );
            }
            command
        });
        menu.response.on_hover_text(words.file_menu_hint);
        menu.inner.flatten()
    }

    /// The open scenarios; a dot where a file holds less than the window.
    fn tabs(&self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let mut command = None;
        if self.documents.is_empty() {
            ui.label(words.no_file);
        }
        let names = document::tab_names(&self.documents);
        for (position, (document, title)) in self.documents.iter().zip(&names).enumerate() {
            let shown = position == self.current;
            let (fill_colour, edge) = if shown {
                (palette.chosen, palette.accent)
            } else {
                (palette.card, palette.edge)
            };
            let frame = egui::Frame::new()
                .fill(fill_colour)
                .stroke(egui::Stroke::new(1.0, edge))
                .corner_radius(theme::ROUND)
                .inner_margin(egui::Margin::symmetric(8, 4));
            let sight = ui.clip_rect();
            let drawn = frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let name = RichText::new(short(title));
                let name = if shown {
                    name.font(theme::bold(theme::HEADING))
                } else {
                    name
                };
                let place = document.path.as_ref().map(|path| path.display().to_string());
                let hint = [title.as_str(), place.as_deref().unwrap_or(&document.name)].join("\n");
                let tab = ui.add(egui::Button::new(name).frame(false)).on_hover_text(hint);
                tab.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Tab, true, shown, fill(words.show_tab, &[("file", title)]))
                });
                if tab.clicked() {
                    command = Some(Command::Switch(position));
                }
                if document.changed {
                    let dot = ui.label(RichText::new("●").color(palette.doubt));
                    dot.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.unsaved));
                    dot.on_hover_text(words.unsaved);
                }
                if shown {
                    let hint = fill(words.close_tab, &[("file", title)]);
                    let close = ui.add(egui::Button::new("×").frame(false)).on_hover_text(&hint);
                    close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &hint));
                    if close.clicked() {
                        command = Some(Command::Close(position));
                    }
                }
            });
            if shown && sight.width() > 1.0 && !sight.intersects(drawn.response.rect) {
                let at_once = egui::style::ScrollAnimation::none();
                drawn.response.scroll_to_me_animation(None, at_once);
            }
        }
        command
    }

    /// The strip of pages at the left.
    pub(super) fn strip(&self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let mut command = None;
        let frame = egui::Frame::new()
            .fill(palette.card)
            .inner_margin(egui::Margin::symmetric(6, 8));
        egui::Panel::left("pages")
            .exact_size(theme::STRIP)
            .resizable(false)
            .frame(frame)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                for page in Page::ALL {
                    let (name, hint) = page.words(words);
                    let shown = page == self.page;
                    let button = egui::Button::selectable(shown, RichText::new(name))
                        .min_size(egui::vec2(ui.available_width(), 30.0));
                    if ui.add(button).on_hover_text(hint).clicked() {
                        command = Some(Command::Show(page));
                    }
                }
                ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
                    let button = egui::Button::new(words.present).min_size(egui::vec2(ui.available_width(), 30.0));
                    if ui
                        .add(button)
                        .on_hover_text(deeds::hint(&Command::Present, words))
                        .clicked()
                    {
                        command = Some(Command::Present);
                    }
                    let button = egui::Button::selectable(self.stage.guide.is_some(), words.guide)
                        .min_size(egui::vec2(ui.available_width(), 30.0));
                    if ui
                        .add(button)
                        .on_hover_text(deeds::hint(&Command::Guide, words))
                        .clicked()
                    {
                        command = Some(Command::Guide);
                    }
                });
            });
        command
    }

    pub(super) fn foot(&self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let mut command = None;
        let frame = egui::Frame::new()
            .fill(palette.card)
            .inner_margin(egui::Margin::symmetric(12, 0));
        egui::Panel::bottom("foot")
            .exact_size(theme::FOOT)
            .frame(frame)
            .show(ui, |ui| {
                ui.horizontal_centered(|ui| {
                    let Some(document) = self.document() else { return };
                    let mut parts: Vec<String> = vec![
                        document
                            .edit
                            .as_ref()
                            .map_or_else(|| last_edit(document, words), |edit| edit.text.clone()),
                    ];
                    parts.extend(self.effect());
                    if let Some(now) = &document.now {
                        let (low, all) = (
                            words.count(document.verdict.grounds.assumed()),
                            words.count(document.verdict.grounds.all()),
                        );
                        parts.push(fill(words.foot_low, &[("low", &low), ("all", &all)]));
                        parts.push(fill(
                            words.foot_ran,
                            &[("time", &words.fixed(now.took.as_secs_f64() * 1e3, 1))],
                        ));
                    } else {
                        let view = View::of(&self.documents, self.current, document, &self.jobs, words);
                        parts.push(view.to_come().to_owned());
                    }
                    let saved = match document.changed {
                        true => words.foot_unsaved,
                        false if document.is_on_file() => words.foot_saved,
                        false => words.foot_unchanged,
                    };
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.label(RichText::new(saved).small().weak());
                        if self.home.as_ref().is_some_and(|home| home.failing) {
                            let text = RichText::new(format!("⚠ {}", words.foot_not_kept)).small();
                            ui.label(text.color(palette.bad))
                                .on_hover_text(words.foot_not_kept_hint);
                        }
                        let points = document.points().len();
                        if points > 0 {
                            let name = fill(words.points_count, &[("count", &words.count(points))]);
                            let text = RichText::new(format!("⚠ {name}")).small().color(palette.doubt);
                            let button = ui.add(egui::Button::new(text)).on_hover_text(words.points_hint);
                            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                            if button.clicked() {
                                command = Some(Command::ShowPoints);
                            }
                        }
                        // What is left of the line, from its left end.
                        let (room, layout) = (
                            egui::vec2(ui.available_width(), theme::FOOT),
                            egui::Layout::left_to_right(egui::Align::Center),
                        );
                        ui.allocate_ui_with_layout(room, layout, |ui| {
                            ui.add(egui::Label::new(RichText::new(parts.join("  ·  ")).small().weak()).truncate());
                        });
                    });
                });
            });
        command
    }

    /// Large files that are being read, each with the way to stop it.
    pub(super) fn opening_bar(&self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let mut command = None;
        if self.opening.is_empty() {
            return None;
        }
        let frame = egui::Frame::new()
            .fill(palette.chosen)
            .inner_margin(egui::Margin::symmetric(12, 6));
        egui::Panel::top("opening").frame(frame).show(ui, |ui| {
            for (path, _) in &self.opening {
                let name = name_of(path);
                ui.horizontal(|ui| {
                    // A spinner asks for the next frame, in which the file may be there.
                    ui.spinner();
                    ui.label(fill(words.opening, &[("file", &name)]));
                    let stop = ui.button(words.cancel);
                    let label = fill(words.opening_stop, &[("file", &name)]);
                    stop.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                    if stop.clicked() {
                        command = Some(Command::StopOpening(path.clone()));
                    }
                });
            }
        });
        command
    }

    /// The path that is asked for, beside the system's dialog, which may not exist.
    pub(super) fn ask_bar(&mut self, ui: &mut Ui) -> Option<Command> {
        let (words, palette) = (self.words, Palette::of(ui));
        let Some(Ask {
            purpose, text, fresh, ..
        }) = &mut self.stage.ask
        else {
            return None;
        };
        let mut command = None;
        let frame = egui::Frame::new()
            .fill(palette.chosen)
            .inner_margin(egui::Margin::symmetric(12, 6));
        egui::Panel::top("ask").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                let label = ui.label(words.path);
                let room = (ui.available_width() - if self.dialogs { 210.0 } else { 140.0 }).max(120.0);
                let field = ui
                    .add(
                        egui::TextEdit::singleline(text)
                            .desired_width(room)
                            .hint_text(words.path_hint),
                    )
                    .labelled_by(label.id);
                if std::mem::take(fresh) {
                    widgets::retype(ui.ctx(), field.id);
                }
                let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                let verb = if matches!(purpose, Purpose::Open | Purpose::OpenStandard | Purpose::OpenPackage) {
                    words.open
                } else {
                    words.save
                };
                let go = ui.add_enabled(!text.trim().is_empty(), egui::Button::new(verb));
                // The bar at the top has a button of the same name.
                go.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{verb}: {}", words.path))
                });
                if (entered || go.clicked()) && !text.trim().is_empty() {
                    let path = std::path::PathBuf::from(text.trim());
                    command = Some(match purpose {
                        Purpose::Open => Command::Open(path),
                        Purpose::Save => Command::SaveAs(path),
                        Purpose::Figure(format) => Command::SaveFigure(path, *format),
                        Purpose::OpenStandard => Command::OpenStandard(path),
                        Purpose::SaveStandard => Command::SaveStandard(path),
                        Purpose::OpenPackage => Command::Lay(path.display().to_string()),
                        Purpose::SavePackage => Command::SavePackage(path),
                    });
                }
                if self.dialogs && ui.button(words.browse).clicked() {
                    command = Some(Command::Browse);
                }
                if ui.button(words.cancel).clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
                    command = Some(Command::Dismiss);
                }
            });
        });
        command
    }

    pub(super) fn notice(&self, ctx: &egui::Context, notice: &Notice) -> Option<Command> {
        let words = self.words;
        let about = notice.document().and_then(|document| self.place_of(document));
        let about = about.map(|at| &self.documents[at]);
        let name = about.map_or("", |document| document.name.as_str());
        let mut command = None;
        let modal = egui::Modal::new(egui::Id::unique("notice"))
            .frame(theme::notice(ctx))
            .show(ctx, |ui| {
                ui.set_width((ctx.content_rect().width() - 80.0).min(620.0));
                let heading = |ui: &mut Ui, text: &str| ui.label(RichText::new(text).font(theme::bold(theme::NAME)));
                let mut buttons: Vec<(&str, Command)> = Vec::new();
                match notice {
                    Notice::Findings {
                        title,
                        rest,
                        findings,
                        of,
                    } => {
                        heading(ui, title);
                        if !rest.is_empty() {
                            ui.label(*rest);
                        }
                        ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
                        egui::ScrollArea::vertical()
                            .auto_shrink([false, true])
                            .min_scrolled_height(ctx.content_rect().height() * 0.6)
                            .max_height(ctx.content_rect().height() * 0.6)
                            .show(ui, |ui| {
                                for finding in findings {
                                    command = command.take().or(findings::show(ui, finding, of.as_deref(), words));
                                }
                            });
                        buttons.push((words.close, Command::Dismiss));
                    }
                    Notice::Message(text) => {
                        ui.label(text);
                        buttons.push((words.close, Command::Dismiss));
                    }
                    Notice::Keep(..) => {
                        heading(ui, &fill(words.keep_title, &[("file", name)]));
                        let kept = about
                            .and_then(|document| document.slot.as_ref())
                            .is_some_and(|slot| slot.first);
                        ui.label(if kept { words.keep_rest_history } else { words.keep_rest });
                        buttons.extend([
                            (words.keep_save, Command::Save),
                            (words.keep_drop, Command::DropChanges),
                            (words.cancel, Command::Dismiss),
                        ]);
                    }
                    Notice::Remarks(_) => {
                        heading(ui, &fill(words.remarks_title, &[("file", name)]));
                        ui.label(words.remarks_rest);
                        buttons.extend([
                            (words.remarks_over, Command::Save),
                            (words.save_as, Command::AskSaveAs),
                            (words.cancel, Command::Dismiss),
                        ]);
                    }
                    Notice::Left => {
                        heading(ui, words.left_title);
                        ui.label(words.left_rest);
                        // What goes on below is seen by its bar.
                        ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
                        egui::ScrollArea::vertical()
                            .auto_shrink([false, true])
                            .min_scrolled_height(ctx.content_rect().height() * 0.6)
                            .max_height(ctx.content_rect().height() * 0.6)
                            .show(ui, |ui| {
                                for (position, left) in self.left.iter().enumerate() {
                                    command = command.take().or(show_left(ui, position, left, words));
                                }
                            });
                        if self.left.len() > 1 {
                            buttons.push((words.left_recover_all, Command::RecoverAll));
                        }
                    }
                    Notice::OnDisk { saving, .. } => {
                        heading(ui, &fill(words.disk_title, &[("file", name)]));
                        ui.label(words.disk_rest);
                        let keep = if *saving { words.disk_keep_save } else { words.disk_keep };
                        buttons.extend([
                            (keep, Command::KeepMine),
                            (words.disk_take, Command::TakeTheirs),
                            (words.disk_other, Command::AskSaveAs),
                            (words.cancel, Command::Dismiss),
                        ]);
                    }
                    Notice::Elsewhere { path, title } => {
                        heading(ui, &fill(words.elsewhere_title, &[("file", &name_of(path))]));
                        if !title.is_empty() {
                            ui.label(RichText::new(title).font(theme::bold(theme::BODY)));
                        }
                        ui.label(RichText::new(path.display().to_string()).weak());
                        ui.label(words.elsewhere_rest);
                        buttons.extend([
                            (words.elsewhere_copy, Command::OpenCopy(path.clone())),
                            (words.elsewhere_anyway, Command::OpenAnyway(path.clone())),
                            (words.cancel, Command::Dismiss),
                        ]);
                    }
                    Notice::Replace(_, path, purpose) => {
                        heading(ui, &fill(words.replace_title, &[("file", &name_of(path))]));
                        ui.label(words.replace_rest);
                        buttons.extend([
                            (words.replace_do, Command::Replace(path.clone(), *purpose)),
                            (words.cancel, Command::Dismiss),
                        ]);
                    }
                }
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    for (text, this) in buttons {
                        if ui.button(text).clicked() {
                            command = Some(this);
                        }
                    }
                });
            });
        if command.is_none() && modal.should_close() {
            command = Some(Command::Dismiss);
        }
        command
    }
}

/// The change that led to what is shown, where none was made since it was opened.
fn last_edit(document: &Document, words: &Words) -> String {
    document.history.to_undo().map_or_else(
        || words.foot_none.to_owned(),
        |what| fill(words.foot_last, &[("what", what)]),
    )
}

/// A title cut to what a tab has room for.
fn short(title: &str) -> String {
    const MOST: usize = 42;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    // What tells two of one title apart stands at the end.
    let (start, end) = title.rsplit_once(" · ").unwrap_or((title, ""));
    let room = MOST.saturating_sub(end.chars().count()).max(12);
    let start: String = start.chars().take(room).collect();
    let end = if end.is_empty() {
        String::new()
    } else {
        format!(" · {end}")
    };
    format!("{}…{end}", start.trim_end())
}

/// What a crash has left of one scenario, and what can be done with it.
fn show_left(ui: &mut Ui, position: usize, left: &Left, words: &Words) -> Option<Command> {
    let mut command = None;
    let name = left.about.name.as_str();
    ui.add_space(8.0);
    ui.label(RichText::new(name).font(theme::bold(theme::BODY)));
    let place = left.about.path.as_ref().map(|path| path.display().to_string());
    ui.label(RichText::new(place.as_deref().unwrap_or(words.left_no_file)).weak());
    let age = age(left.age.as_secs(), words);
    ui.label(fill(
        words.left_line,
        &[("edits", &words.count(left.edits)), ("age", &age)],
    ));
    if left.lost > 0 {
        ui.label(fill(words.left_lost, &[("lost", &words.count(left.lost))]));
    }
    ui.horizontal(|ui| {
        for (text, spoken, this) in [
            (words.left_recover, words.left_recover_name, Command::Recover(position)),
            (words.left_discard, words.left_discard_name, Command::Discard(position)),
            (words.left_later, words.left_later_name, Command::Later(position)),
        ] {
            let button = ui.button(text);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, fill(spoken, &[("file", name)])));
            if button.clicked() {
                command = Some(this);
            }
        }
    });
    command
}
