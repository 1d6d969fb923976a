//! Has the watch list looked at when its time comes, and tells the news: to the window, and by the system's
//! notifications while nobody looks at it.

use crate::notify::{self, Note};
use crate::start;
use domain_check::{Report, Verdict};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use texts::Texts;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use vocabulary::Severity;
use wizard::watching::{Lost, News, Subject};
use wizard::{Failure, Watcher};

/// So many records are looked at beside each other, also when a computer that slept for days wakes up.
pub const AT_ONCE: usize = 4;

/// So long at most nobody looks at the clock: a computer that slept looks soon after it is awake.
const LONGEST_NAP: Duration = Duration::from_secs(20);

/// The watch list is another one, or something of it was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct WatchListChanged;

/// Something about a watched record means something else than before.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct WatchNews {
    /// What is watched.
    pub subject: Subject,
    /// The domain as people write it.
    pub domain: String,
    /// What is true now, in a sentence.
    pub text: String,
}

/// The notification about a watched record was clicked: the window is at the front and shows it.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct WatchOpened {
    /// What is watched.
    pub subject: Subject,
}

/// What the driver hears.
#[derive(Debug)]
pub enum Heard {
    /// A look has ended.
    Changed,
    /// A look has ended, and it means something else than before.
    News(Box<News>),
}

/// The watcher, and what wakes whoever drives it.
pub struct Watching {
    /// What is watched.
    pub watcher: Arc<Watcher>,
    changed: Arc<Notify>,
}

impl Watching {
    /// Drives nothing yet; [`run`](Self::run) does.
    pub fn new(watcher: Arc<Watcher>) -> Self {
        let changed = Arc::new(Notify::new());
        let wake = Arc::clone(&changed);
        watcher.wake_by(move || wake.notify_one());
        Self { watcher, changed }
    }

    /// The list was changed: what is due may be something else.
    pub fn changed(&self) {
        self.changed.notify_one();
    }

    /// Looks at what is due, for ever.
    pub async fn run(self: Arc<Self>, tell: impl Fn(Heard)) {
        let mut looks = JoinSet::new();
        loop {
            match self.watcher.take_up_gone() {
                Ok(gone) => gone.into_iter().for_each(|news| tell(Heard::News(Box::new(news)))),
                Err(failure) => {
                    tracing::warn!(code = failure.code.as_str(), "the watch list could not be saved");
                }
            }
            for id in self.watcher.due().into_iter().take(AT_ONCE.saturating_sub(looks.len())) {
                let watcher = Arc::clone(&self.watcher);
                looks.spawn(async move { watcher.look(&id).await });
            }
            for subject in self.watcher.accepted_due().into_iter().take(AT_ONCE.saturating_sub(looks.len())) {
                let watcher = Arc::clone(&self.watcher);
                looks.spawn(async move { watcher.look_at_accepted(&subject).await.map(|()| None) });
            }
            let under_way = looks.len();
            if under_way == 0
                && let Err(failure) = self.watcher.flush()
            {
                tracing::warn!(code = failure.code.as_str(), "the watch list could not be saved");
            }
            tokio::select! {
                Some(look) = looks.join_next() => tell(heard(look)),
                () = self.changed.notified() => {}
                () = self.nap(under_way) => {}
            }
        }
    }

    /// Until something is due. Naps are short, and the clock is read after each.
    async fn nap(&self, under_way: usize) {
        let wait = match self.watcher.wait().try_into() {
            Ok(wait) if under_way < AT_ONCE => LONGEST_NAP.min(wait),
            _ => LONGEST_NAP,
        };
        tokio::time::sleep(wait).await;
    }
}

fn heard(look: Result<Result<Option<News>, Failure>, tokio::task::JoinError>) -> Heard {
    match look {
        Ok(Ok(Some(news))) => return Heard::News(Box::new(news)),
        Ok(Ok(None)) => {}
        Ok(Err(failure)) => {
            tracing::warn!(code = failure.code.as_str(), "what a look saw could not be saved");
        }
        Err(_) => tracing::error!("a look at a watched record ended in a panic"),
    }
    Heard::Changed
}

/// Watches for as long as the program runs.
pub fn start(app: &AppHandle, watching: Arc<Watching>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let texts = Texts::english().ok();
        watching
            .run(|heard| {
                if let Heard::News(news) = heard
                    && let Some(texts) = &texts
                {
                    tell(&app, &news, texts);
                }
                list_changed(&app);
            })
            .await;
    });
}

/// Has the window show the list anew.
pub fn list_changed(app: &AppHandle) {
    if WatchListChanged.emit(app).is_err() {
        tracing::warn!("the window did not hear of the watch list");
    }
}

fn tell(app: &AppHandle, news: &News, texts: &Texts) {
    let text = sentence(news, texts);
    let (subject, domain) = (news.subject.clone(), news.unicode.clone());
    if !is_looked_at(app) {
        let (to, about) = (app.clone(), subject.clone());
        let open = texts.text("watch-news-open", []).unwrap_or_default();
        let on_click = Box::new(move || bring_to(&to, about));
        notify::show(app, Note { title: domain.clone(), text: text.clone(), open, on_click });
    }
    if (WatchNews { subject, domain, text }).emit(app).is_err() {
        tracing::warn!("the window did not hear the news of a watched record");
    }
}

/// Brings the window to the front, at what a notification was about.
fn bring_to(app: &AppHandle, subject: Subject) {
    start::show(app);
    if (WatchOpened { subject }).emit(app).is_err() {
        tracing::warn!("the window did not hear which notification was clicked");
    }
}

fn is_looked_at(app: &AppHandle) -> bool {
    app.get_webview_window("main")
        .is_some_and(|window| window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false))
}

/// What is true now, as the notification and the window say it.
pub fn sentence(News { unicode, report, accepted, lost, .. }: &News, texts: &Texts) -> String {
    let say = |id: &str| texts.text(id, [("domain", unicode.as_str())]).unwrap_or_default();
    if let Some(Lost { days_left }) = lost {
        let days = days_left.unwrap_or_default().to_string();
        let amount = match days_left {
            None => "unknown",
            Some(0) => "none",
            Some(1) => "one",
            Some(_) => "many",
        };
        let values = [("domain", unicode.as_str()), ("days", days.as_str()), ("amount", amount)];
        return texts.text("watch-news-gone", values).unwrap_or_default();
    }
    if *accepted {
        return say("watch-news-accepted");
    }
    match (report.verdict, worst(report)) {
        (Verdict::Verified, _) => say("watch-news-right"),
        (_, Some(finding)) => texts.finding(finding).message,
        (Verdict::Waiting, None) => say("check-domain-waiting"),
        (Verdict::Problem, None) => say("check-domain-problem"),
        (Verdict::Unreachable, None) => say("check-domain-unreachable"),
    }
}

/// The finding that says it better than the verdict alone.
fn worst(report: &Report) -> Option<&vocabulary::Finding> {
    let of = |severity| report.findings.iter().find(move |finding| finding.severity == severity);
    of(Severity::Error).or_else(|| of(Severity::Warning))
}
