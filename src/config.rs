//! Where the user's files lie, and what he has settled for good.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::locale::{tr, tr_with};
use crate::session::Mode;
use crate::store::{io_key, replace, with_ending};
use crate::text::{Language, harmless};

/// The version of the settings file this program writes, and the newest it reads.
const VERSION: u32 = 1;

/// The two folders whybuy uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Sessions and the user's scenarios.
    pub data: PathBuf,
    /// Settings.
    pub config: PathBuf,
}

/// What can go wrong with places and settings. `Display` is for logs; [`ConfigError::message`] for the user.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The system names no home folder, and no place was given.
    #[error("no home folder is known; give a folder with --data or WHYBUY_DATA")]
    NoHome,
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl ConfigError {
    /// One or two sentences for the user: where, what is wrong, what to do.
    pub fn message(&self, language: Language) -> String {
        match self {
            ConfigError::NoHome => tr(language, "config.no_home").to_owned(),
            ConfigError::Io { path, source } => {
                told(language, io_key(source), path, &source.to_string())
            }
        }
    }
}

/// Finds the places: `flag` beats `env` (the value of `WHYBUY_DATA`) beats what the platform has for this.
///
/// With `flag` or `env` that one folder is both, so that a stick or a test carries everything with it.
///
/// # Errors
/// Where none of the three names a place.
pub fn places(flag: Option<&Path>, env: Option<OsString>) -> Result<Places, ConfigError> {
    choose(flag, env, || {
        let dirs = ProjectDirs::from("", "", "whybuy")?;
        Some(Places {
            data: dirs.data_dir().to_owned(),
            config: dirs.config_dir().to_owned(),
        })
    })
}

fn choose(
    flag: Option<&Path>,
    env: Option<OsString>,
    platform: impl FnOnce() -> Option<Places>,
) -> Result<Places, ConfigError> {
    // An empty variable is a variable nobody set; taken literally it would be the current folder.
    let env = env.filter(|value| !value.is_empty()).map(PathBuf::from);
    match flag.map(Path::to_owned).or(env) {
        Some(one) => Ok(Places {
            data: one.clone(),
            config: one,
        }),
        None => platform().ok_or(ConfigError::NoHome),
    }
}

/// What the user has settled for good; `None` where he has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Language of the interface and the client.
    pub language: Option<Language>,
    /// How he speaks.
    pub mode: Option<Mode>,
    /// Marks after every line, for beginners.
    pub beginner: Option<bool>,
}

/// Why the defaults are used although there is a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file that could not be used.
    pub path: PathBuf,
    /// Where it lies now; `None` where it could not be moved.
    pub put_aside: Option<PathBuf>,
    /// What is wrong with it.
    pub why: String,
}

impl Warning {
    /// One or two sentences for the user.
    pub fn message(&self, language: Language) -> String {
        match &self.put_aside {
            Some(aside) => told(language, "config.put_aside", aside, &self.why),
            None => told(language, "config.unusable", &self.path, &self.why),
        }
    }
}

/// The settings file; unknown keys are not carried along.
#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beginner: Option<bool>,
}

impl Settings {
    /// Reads the settings in the folder `config`. Never fails: a file that cannot be used is renamed to
    /// `settings.json.broken`, so that saving does not overwrite it, and the defaults hold.
    pub fn load(config: &Path) -> (Settings, Option<Warning>) {
        let path = file(config);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Default::default(),
            Err(error) => {
                let why = error.to_string();
                return (
                    Settings::default(),
                    Some(Warning {
                        path,
                        put_aside: None,
                        why,
                    }),
                );
            }
        };
        let why = match decode(&bytes) {
            Ok(settings) => return (settings, None),
            Err(why) => why,
        };
        let aside = with_ending(&path, ".broken");
        let put_aside = fs::rename(&path, &aside).is_ok().then_some(aside);
        (
            Settings::default(),
            Some(Warning {
                path,
                put_aside,
                why,
            }),
        )
    }

    /// Writes the settings into the folder `config`, whole or not at all.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn save(&self, config: &Path) -> Result<(), ConfigError> {
        let record = Record {
            version: VERSION,
            language: self.language.map(|l| l.code().to_owned()),
            mode: self.mode.map(|m| m.id().to_owned()),
            beginner: self.beginner,
        };
        let mut json = serde_json::to_string_pretty(&record).expect("settings are plain strings");
        json.push('\n');
        let path = file(config);
        fs::create_dir_all(config)
            .and_then(|()| replace(&path, json.as_bytes()))
            .map_err(|source| ConfigError::Io { path, source })
    }
}

fn file(config: &Path) -> PathBuf {
    config.join("settings.json")
}

fn decode(bytes: &[u8]) -> Result<Settings, String> {
    let record: Record = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if record.version > VERSION {
        return Err(format!("version {} > {VERSION}", record.version));
    }
    let language = |code: &str| Language::ALL.into_iter().find(|l| l.code() == code);
    Ok(Settings {
        language: known(record.language, language)?,
        mode: known(record.mode, Mode::from_id)?,
        beginner: record.beginner,
    })
}

fn known<T>(
    word: Option<String>,
    look_up: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, String> {
    word.map(|w| look_up(&w).ok_or_else(|| format!("`{w}` ?")))
        .transpose()
}

fn told(language: Language, key: &'static str, path: &Path, why: &str) -> String {
    let path = harmless(&path.display().to_string());
    tr_with(language, key, &[("why", &harmless(why)), ("path", &path)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::scratch::Scratch;

    #[test]
    fn a_flag_beats_the_variable_and_the_variable_the_platform() {
        let home = || {
            Some(Places {
                data: "/home/d".into(),
                config: "/home/c".into(),
            })
        };
        let one = |place: &str| Places {
            data: place.into(),
            config: place.into(),
        };
        let flag = Some(Path::new("/flag"));
        assert_eq!(
            choose(flag, Some("/env".into()), home).unwrap(),
            one("/flag")
        );
        assert_eq!(
            choose(None, Some("/env".into()), home).unwrap(),
            one("/env")
        );
        assert_eq!(
            choose(None, Some("".into()), home).unwrap(),
            home().unwrap()
        );
        let error = choose(None, None, || None).unwrap_err();
        for language in Language::ALL {
            assert!(error.message(language).contains("WHYBUY_DATA"));
        }
    }

    #[test]
    fn settings_come_back() {
        let scratch = Scratch::new();
        let config = scratch.path().join("deep/er");
        assert_eq!(Settings::load(&config), (Settings::default(), None));
        for mode in [None, Some(Mode::Guided), Some(Mode::Free)] {
            let settings = Settings {
                language: Some(Language::En),
                mode,
                beginner: mode.map(|m| m == Mode::Guided),
            };
            settings.save(&config).unwrap();
            assert_eq!(Settings::load(&config), (settings, None));
        }
        let names = fs::read_dir(&config).unwrap().count();
        assert_eq!(names, 1, "nothing is left beside the file");
    }

    #[test]
    fn a_broken_file_is_put_aside_and_told() {
        let broken = [
            "",
            "{",
            "{}",
            "7",
            r#"{"version":2}"#,
            r#"{"version":1,"mode":"loud"}"#,
        ];
        for text in broken {
            let scratch = Scratch::new();
            let path = scratch.path().join("settings.json");
            fs::write(&path, text).unwrap();
            let (settings, warning) = Settings::load(scratch.path());
            let warning = warning.unwrap_or_else(|| panic!("{text}"));
            let aside = scratch.path().join("settings.json.broken");
            assert_eq!(
                (settings, warning.put_aside.as_ref()),
                (Settings::default(), Some(&aside))
            );
            assert_eq!(fs::read_to_string(&aside).unwrap(), text);
            assert!(!path.exists() && warning.message(Language::Zh).contains(".broken"));
        }
    }

    #[test]
    fn unknown_keys_are_no_error_and_are_not_carried_along() {
        let scratch = Scratch::new();
        let path = scratch.path().join("settings.json");
        fs::write(&path, r#"{"version":1,"language":"zh","colour":"red"}"#).unwrap();
        let (settings, warning) = Settings::load(scratch.path());
        assert_eq!((settings.language, warning), (Some(Language::Zh), None));
        settings.save(scratch.path()).unwrap();
        assert!(!fs::read_to_string(&path).unwrap().contains("colour"));
    }

    #[test]
    fn settings_below_a_file_are_an_error_with_a_way_out() {
        let scratch = Scratch::new();
        let file = scratch.path().join("file");
        fs::write(&file, "").unwrap();
        let error = Settings::default().save(&file.join("below")).unwrap_err();
        assert!(error.message(Language::En).contains("--data"));
        assert!(Settings::load(&file.join("below")).1.is_some());
    }
}
