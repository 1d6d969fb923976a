//! From the first line to the open window.

use crate::commands::resolvers::comparison_of;
use crate::discovered::Discovered;
use crate::local_service::EmbeddedService;
use crate::own_guides::OwnGuides;
use crate::places::Places;
use crate::settings::SettingsFile;
use crate::state::{Dropped, Runs, Shell};
use crate::watching::{self, Watching};
use crate::{given, ipc, start_again, tray, window};
use adapters::{
    BrowserSignIns, Connections, DnsChecker, HttpsMetadata, Keyring, ProjectFiles, ScimEndpoints,
    SystemClock, WatchFile,
};
use std::path::Path;
use std::sync::Arc;
use tauri::{App, Manager, RunEvent};
use tracing_subscriber::EnvFilter;
use wizard::app::Ports;
use wizard::ports::ComparisonWay;
use wizard::{Watcher, Wizard};

/// The name under which secrets stand in the keyring.
pub const KEYRING_SERVICE: &str = "Signpost";

/// Runs the program until its window is closed. A failure before there is a window is told in a message of its own.
pub fn run() {
    let filter = EnvFilter::try_from_env("SIGNPOST_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,signpost_desktop=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let ipc = ipc::builder();
    let invoke = ipc.invoke_handler();
    let mut context = tauri::generate_context!();
    Places::tell_apart(context.config_mut());
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            given::take(app, given::among(arguments, Path::new(&folder)));
            show(app);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(window::guard())
        .invoke_handler(invoke)
        .on_window_event(window::on_event)
        .setup(move |app| {
            ipc.mount_events(app);
            let shell = compose(app)?;
            let (watching, keep) = (Arc::clone(&shell.watching), shell.settings.current().keep_watching);
            app.manage(shell);
            watching::start(app.handle(), watching);
            if keep {
                let app = app.handle().clone();
                tauri::async_runtime::spawn(async move { tray::set(&app, true).await });
            }
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => app.run(|app, event| {
            tray::on_run_event(app, &event);
            given::take(app, given::opened(&event));
            if let RunEvent::Exit = event {
                let local = Arc::clone(&app.state::<Shell>().local);
                tauri::async_runtime::block_on(local.stop());
            }
        }),
        Err(error) => {
            start_again::if_an_earlier_one_was_ending(&error);
            refuse(&error.to_string());
        }
    }
}

/// Brings the window to the front. A second start does that too: two programs on the same files would only get in each
/// other's way.
pub fn show(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if shown.is_err() {
            tracing::warn!("the open window could not be brought to the front");
        }
    }
}

/// Puts the core and its adapters together.
fn compose(app: &App) -> Result<Shell, Box<dyn std::error::Error>> {
    let places = Places::of(app.path().app_local_data_dir().ok());
    let dns = dns_walk::Config::from_env()?;
    let dns_lab = std::env::var("SIGNPOST_ROOTS").ok().filter(|roots| !roots.is_empty());
    let public_resolvers = dns.resolvers.clone();
    let clock = Arc::new(SystemClock);
    let store = Arc::new(ProjectFiles::new(places.projects()));
    let secrets = Arc::new(Keyring::new(KEYRING_SERVICE));
    let local = Arc::new(EmbeddedService::new(places.account_service(), dns.clone()));
    let browser = Arc::new(BrowserSignIns::default());
    let services = Connections::new(Arc::clone(&local) as _, Arc::clone(&secrets) as _)
        .with_browser(Arc::clone(&browser), Arc::clone(&clock) as _);
    let checker = Arc::new(DnsChecker::new(dns, Arc::clone(&clock) as _));
    let discovered = Discovered::open(places.dns_hosts(), Arc::clone(&checker) as _, Arc::clone(&clock) as _);
    let own_guides = OwnGuides::read(&places.guides(), None)?;
    let metadata = Arc::new(HttpsMetadata);
    let ports = Ports { store, secrets, services: Arc::new(services), checker, metadata, clock };
    let wizard = Arc::new(Wizard::with_guides(ports, own_guides.library));
    let settings = Arc::new(SettingsFile::open(places.settings()));
    let (chosen, original) = (Arc::clone(&settings), public_resolvers.clone());
    let whom = move || comparison_of(chosen.current().resolvers, &original, ComparisonWay::Any);
    let watcher = Watcher::open(Arc::clone(&wizard), Arc::new(WatchFile::new(places.watch_list())));
    let watching = Arc::new(Watching::new(Arc::new(watcher.comparing(whom))));
    let texts = texts::Texts::english()?;
    let hosts = dns_hosts::table()?;
    let (dropped, given, runs) = (Dropped::default(), Dropped::default(), Runs::default());
    let folder = std::env::current_dir().unwrap_or_default();
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    given::among(arguments, &folder).into_iter().for_each(|file| given.put(file));
    Ok(Shell {
        wizard,
        own_guides: own_guides.view.into(),
        watching,
        places,
        settings,
        local,
        browser,
        dropped,
        given,
        runs,
        discovered,
        scim_endpoints: Arc::new(ScimEndpoints),
        hosts,
        texts,
        public_resolvers,
        dns_lab,
    })
}

/// There is no window yet (the web view is missing, a setting cannot be read), so the system's own message says it.
fn refuse(why: &str) {
    tracing::error!(why, "the window did not open");
    let texts = texts::Texts::english().ok();
    let text = |id: &str| texts.as_ref().and_then(|texts| texts.text(id, [("why", why)]));
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(text("app-name").unwrap_or_else(|| "Signpost".to_owned()))
        .set_description(text("start-failed").unwrap_or_else(|| why.to_owned()))
        .show();
}
