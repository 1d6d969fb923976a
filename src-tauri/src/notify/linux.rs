//! Linux: over D-Bus (Desktop Notifications Specification 1.2), because only so a click is heard.

use super::{Note, OnClick};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

/// The desktop is on the same computer: it answers at once or not at all.
const PATIENCE: Duration = Duration::from_secs(2);

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What clicking somewhere on the notification is called.
const DEFAULT: &str = "default";

/// The connection, kept while it holds.
static DESKTOP: Mutex<Option<Desktop>> = Mutex::new(None);

/// Shows a notification.
pub(super) fn show(note: Note) -> zbus::Result<()> {
    let mut desktop = DESKTOP.lock().unwrap_or_else(PoisonError::into_inner);
    let open = match desktop.take() {
        Some(open) => open,
        None => Desktop::on(Builder::session()?.method_timeout(PATIENCE).build()?)?,
    };
    let shown = open.show(note);
    // A connection that broke is not kept, and whoever listens on it ends: the next notification makes another.
    if !matches!(shown, Err(zbus::Error::InputOutput(_))) {
        *desktop = Some(open);
    }
    shown
}

/// A connection to the desktop, and what is to be done for the notifications it shows.
struct Desktop {
    bus: Connection,
    shown: Arc<Mutex<HashMap<u32, OnClick>>>,
}

impl Desktop {
    /// Listens for clicks from now on.
    fn on(bus: Connection) -> zbus::Result<Self> {
        let rule = MatchRule::builder().msg_type(Type::Signal).interface(SERVICE)?.path(PATH)?.build();
        let signals = MessageIterator::for_match_rule(rule, &bus, None)?;
        let shown: Arc<Mutex<HashMap<u32, OnClick>>> = Arc::default();
        let heard = Arc::clone(&shown);
        // It ends with the connection.
        std::thread::Builder::new()
            .name("notifications".to_owned())
            .spawn(move || signals.flatten().for_each(|signal| take(&signal, &heard)))?;
        Ok(Self { bus, shown })
    }

    fn show(&self, note: Note) -> zbus::Result<()> {
        // Held until the number is known: a click can be told before that.
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let actions = [DEFAULT, note.open.as_str()];
        let hints: HashMap<&str, Value<'_>> = HashMap::from([("category", Value::from("transfer"))]);
        let text = escaped(&note.text);
        let arguments =
            ("Signpost", 0u32, "", note.title.as_str(), text.as_str(), &actions[..], hints, -1i32);
        let reply = self.bus.call_method(Some(SERVICE), PATH, Some(SERVICE), "Notify", &arguments)?;
        shown.insert(reply.body().deserialize()?, note.on_click);
        Ok(())
    }
}

/// The text of a notification may be marked up, and nothing in this one is meant so.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn take(signal: &Message, shown: &Mutex<HashMap<u32, OnClick>>) {
    let header = signal.header();
    let member = header.member().map(ToString::to_string);
    let body = signal.body();
    let forget = |id| shown.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    match member.as_deref() {
        Some("ActionInvoked") => {
            let Ok((id, action)) = body.deserialize::<(u32, String)>() else { return };
            if let Some(on_click) = forget(id).filter(|_| action == DEFAULT) {
                on_click();
            }
        }
        Some("NotificationClosed") => {
            let Ok((id, _)) = body.deserialize::<(u32, u32)>() else { return };
            drop(forget(id));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};
    use std::sync::mpsc;
    use zbus::object_server::SignalEmitter;

    /// A bus of its own, ended with the test.
    struct Bus(Child);

    impl Drop for Bus {
        fn drop(&mut self) {
            self.0.kill().ok();
            self.0.wait().ok();
        }
    }

    /// A desktop that shows notifications; what it is shown is told, and numbered.
    struct Shows(mpsc::Sender<Vec<String>>, u32);

    #[zbus::interface(name = "org.freedesktop.Notifications")]
    impl Shows {
        #[expect(clippy::too_many_arguments, reason = "the specification has so many")]
        fn notify(
            &mut self,
            _app: String,
            _replaces: u32,
            _icon: String,
            title: String,
            text: String,
            actions: Vec<String>,
            _hints: HashMap<String, zbus::zvariant::OwnedValue>,
            _expires: i32,
        ) -> u32 {
            self.1 += 1;
            self.0.send([vec![title, text], actions].concat()).unwrap();
            self.1
        }

        #[zbus(signal)]
        async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: String) -> zbus::Result<()>;

        #[zbus(signal)]
        async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, why: u32) -> zbus::Result<()>;
    }

    #[test]
    fn a_click_leads_to_what_the_notification_is_about_and_closing_it_does_not() {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is missing: apt-get install dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let _bus = Bus(daemon);
        let connect = || Builder::address(address.trim()).unwrap();
        let (told, shown) = mpsc::channel();
        let desktop =
            connect().name(SERVICE).unwrap().serve_at(PATH, Shows(told, 0)).unwrap().build().unwrap();
        let signal = |name: &str, body: &(u32, String)| {
            desktop.emit_signal(None::<&str>, PATH, SERVICE, name, body).unwrap();
        };
        let program = Desktop::on(connect().build().unwrap()).unwrap();
        let (clicked, clicks) = mpsc::channel();
        for title in ["a.test", "b.test", "c.test"] {
            let clicked = clicked.clone();
            let note = Note {
                title: title.to_owned(),
                text: "is <right> & seen".to_owned(),
                open: "Open".to_owned(),
                on_click: Box::new(move || clicked.send(title).unwrap()),
            };
            program.show(note).unwrap();
            assert_eq!(shown.recv().unwrap(), [title, "is &lt;right&gt; &amp; seen", "default", "Open"]);
        }
        desktop.emit_signal(None::<&str>, PATH, SERVICE, "NotificationClosed", &(1u32, 2u32)).unwrap();
        signal("ActionInvoked", &(1, DEFAULT.to_owned()));
        signal("ActionInvoked", &(3, "another".to_owned()));
        signal("ActionInvoked", &(2, DEFAULT.to_owned()));
        assert_eq!(clicks.recv().unwrap(), "b.test");
        signal("ActionInvoked", &(2, DEFAULT.to_owned()));
        drop(clicked);
        // Nobody is left who could click: the second click on the same one, the closed one and the other action did nothing.
        assert_eq!(clicks.recv(), Err(mpsc::RecvError));
    }
}
