//! What the window remembers of the person, not of a plan: theme, zoom, language, numbers, files. Kept in the platform's own place.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::data::store;
use crate::units::NumberFormat;

/// Version of the settings file that this program writes.
const VERSION: u32 = 1;

/// How many recent files are kept.
const RECENT: usize = 12;

/// Settings. A field that a file lacks has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    version: u32,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Size of everything; 1 is usual.
    pub zoom: f32,
    /// Code of the language.
    pub language: String,
    /// How numbers are written; none for the way of the language.
    pub numbers: Option<NumberFormat>,
    /// Files opened or saved last, the newest first.
    pub recent: Vec<PathBuf>,
    /// Files that were open when the window was last closed.
    pub open: Vec<PathBuf>,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            theme: Theme::default(),
            zoom: 1.0,
            language: "en".into(),
            numbers: None,
            recent: Vec::new(),
            open: Vec::new(),
        }
    }
}

/// A settings file that could not be used, and where it was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// Where it is now; where it was, if it could not be moved.
    pub path: PathBuf,
    /// Whether a newer program wrote it; else it is damaged.
    pub newer: bool,
}

impl Settings {
    /// Reads settings. A file that is damaged or newer than this program is set aside, never written over.
    #[must_use]
    pub fn read(path: &Path) -> (Self, Option<SetAside>) {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let text = match store::read_text(path) {
            Ok(text) => text,
            Err(finding) if finding.code == "no-such-file" => return (Self::default(), None),
            Err(_) => String::new(),
        };
        let newer = ron::from_str::<Version>(&text).is_ok_and(|file| file.version > VERSION);
        match ron::from_str::<Self>(&text) {
            Ok(mut settings) if !newer => {
                settings.version = VERSION;
                // A zoom that no one can read by would lock the person out.
                settings.zoom = if settings.zoom.is_finite() {
                    settings.zoom.clamp(0.5, 3.0)
                } else {
                    1.0
                };
                settings.recent.truncate(RECENT);
                (settings, None)
            }
            _ => {
                let path = set_aside(path, if newer { "newer" } else { "damaged" });
                (Self::default(), Some(SetAside { path, newer }))
            }
        }
    }

    /// The settings as text; none if they hold what cannot be written down.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).ok()
    }

    /// Puts a file at the head of the recent ones. A name that is no Unicode cannot be written down.
    pub fn used(&mut self, path: &Path) {
        if path.to_str().is_some() {
            self.recent.retain(|other| other != path);
            self.recent.insert(0, path.to_owned());
            self.recent.truncate(RECENT);
        }
    }
}

/// Gives a file that cannot be used another name beside its own, and says which.
pub(super) fn set_aside(path: &Path, why: &str) -> PathBuf {
    let named = |number: usize| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{why}-{number}"));
        path.with_file_name(name)
    };
    let free = (1..1000).map(named).find(|aside| !aside.exists());
    match free {
        Some(aside) if std::fs::rename(path, &aside).is_ok() => aside,
        _ => path.to_owned(),
    }
}

/// The folder for settings and journals: that named by `ROLLCALL_HOME`, else the platform's own place.
#[must_use]
pub fn home() -> Option<PathBuf> {
    use etcetera::AppStrategy as _;
    if let Some(home) = std::env::var_os("ROLLCALL_HOME").filter(|home| !home.is_empty()) {
        return Some(home.into());
    }
    let names = etcetera::AppStrategyArgs {
        top_level_domain: "org".to_owned(),
        author: "Rollcall".to_owned(),
        app_name: "Rollcall".to_owned(),
    };
    let place = etcetera::app_strategy::choose_native_strategy(names).ok()?;
    Some(place.data_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_a_file_lacks_has_its_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.ron");
        assert_eq!(Settings::read(&path), (Settings::default(), None));
        let mut settings = Settings {
            theme: Theme::Dark,
            zoom: 1.5,
            numbers: Some(NumberFormat::PointComma),
            ..Settings::default()
        };
        for number in 0..20 {
            settings.used(Path::new(&format!("/plans/{number}.ron")));
        }
        settings.used(Path::new("/plans/15.ron"));
        assert_eq!(settings.recent.len(), 12);
        assert_eq!(
            settings.recent[..2],
            ["/plans/15.ron", "/plans/19.ron"].map(PathBuf::from)
        );
        let text = settings.text().expect("a text");
        store::save(&path, text.as_bytes()).expect("saved");
        assert_eq!(Settings::read(&path), (settings, None));
        store::save(&path, b"(version: 1, zoom: 1000)").expect("saved");
        let old = Settings::read(&path).0;
        assert_eq!((old.zoom, old.numbers), (3.0, None));
    }

    #[test]
    fn a_damaged_or_newer_file_is_set_aside_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.ron");
        for (text, newer) in [
            ("(version: 2, theme: Sepia)", true),
            ("(version: 1, the", false),
            ("\u{0}", false),
        ] {
            store::save(&path, text.as_bytes()).expect("saved");
            let (settings, aside) = Settings::read(&path);
            let aside = aside.expect("set aside");
            assert_eq!((settings, aside.newer), (Settings::default(), newer));
            assert!(!path.exists());
            assert_eq!(store::read_text(&aside.path).expect("kept"), text);
        }
    }
}
