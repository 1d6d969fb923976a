//! The service on a disk that is full: a small file system of the test's own, in a mount namespace that ends with it.

use crate::account_service::Served;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What is left of the file system when it is nearly full, and what is too much for that, in bytes.
const LEFT: u64 = 1_950_000;
const TOO_MUCH: usize = 2_090_000;

/// So many ask at the same time.
const OTHERS: usize = 3;

/// A file that takes all the room there is, but for what is left.
struct Ballast(PathBuf);

impl Ballast {
    fn fill(&self, but: u64) {
        let mut file = File::options().append(true).create(true).open(&self.0).unwrap();
        let block = [0; 4096];
        let error = loop {
            if let Err(error) = file.write_all(&block) {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::StorageFull, "{error}");
        file.set_len(file.metadata().unwrap().len() - but).unwrap();
    }
}

/// A client of the service with a SCIM token.
struct Client {
    address: SocketAddr,
    token: String,
}

impl Client {
    /// Status, headers and body.
    fn send(&self, method: &str, path: &str, body: &str) -> (u16, String, Value) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.token,
            body.len()
        );
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), serde_json::from_str(body).unwrap_or_default())
    }

    /// Makes a user, with so much text; whether there was room.
    fn makes(&self, name: &str, text: usize) -> bool {
        let user = json!({ "userName": name, "title": "x".repeat(text) });
        let (status, head, body) = self.send("POST", "/scim/v2/Users", &user.to_string());
        if status == 201 {
            return true;
        }
        assert_eq!((status, &body["status"]), (503, &json!("503")), "{head} {body}");
        assert!(head.contains("retry-after: 5"), "{head}");
        false
    }

    fn names(&self) -> BTreeSet<String> {
        let list = self.send("GET", "/scim/v2/Users?count=100000&attributes=userName", "").2;
        let users = list["Resources"].as_array().unwrap().clone();
        assert_eq!(list["totalResults"], users.len());
        users.iter().map(|user| user["userName"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn on_a_full_disk_what_fits_is_kept_and_the_rest_is_told_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let script = "set -e; mount -t tmpfs -o size=24m none data; \
        \"$1\" account-service token --data data --email ada@contoso.test > token; \
        exec \"$1\" account-service serve --listen 127.0.0.1:0 --data data --json";
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]);
    command.arg(env!("CARGO_BIN_EXE_signpost")).current_dir(folder.path());
    let log = folder.path().join("log");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
    let served = Served::of(command);
    let access = std::fs::read_to_string(folder.path().join("token")).unwrap();
    let client = Client { address: served.address, token: served.scim_token_for(access.trim()) };
    let inside = format!("/proc/{}/root{}", served.id(), data.display());
    let ballast = Ballast(PathBuf::from(inside).join("ballast"));

    let mut made = BTreeSet::from(["first".to_owned()]);
    assert!(client.makes("first", 0));
    let together = || std::fs::read_to_string(&log).unwrap().contains("a commit of several requests failed");
    ballast.fill(LEFT);
    for round in 0..20 {
        let is_over = AtomicBool::new(false);
        // Others ask all the time, so that the large one has its turn among them. What they are answered, too, hangs on the
        // commit, though nothing is written for them.
        let others = || {
            while !is_over.load(Ordering::SeqCst) {
                let taken = client.send("POST", "/scim/v2/Users", "{\"userName\":\"first\"}");
                assert_eq!(taken.0, 409, "{taken:?}");
            }
        };
        thread::scope(|scope| {
            (0..OTHERS).for_each(|_| drop(scope.spawn(others)));
            let is_made = std::panic::catch_unwind(|| client.makes("large", TOO_MUCH));
            is_over.store(true, Ordering::SeqCst);
            assert!(!is_made.unwrap(), "there is no room for it");
        });
        let small = format!("small-{round}");
        assert!(client.makes(&small, 0), "there is room for it");
        made.insert(small);
        assert_eq!(client.names(), made);
        if together() {
            break;
        }
    }
    assert!(together(), "the large one was never in one commit with others");

    ballast.fill(0);
    let tried = (0..20_000).map(|number| format!("last-{number}"));
    let kept: Vec<String> = tried.take_while(|name| client.makes(name, 2000)).collect();
    assert!(kept.len() < 20_000, "the disk is full");
    made.extend(kept);
    assert_eq!(client.names(), made, "it can be read all the same");
    assert!(served.ask("/readyz", None).starts_with("HTTP/1.1 200"));
    std::fs::remove_file(&ballast.0).unwrap();
    assert!(client.makes("large", TOO_MUCH), "there is room again");
    made.insert("large".to_owned());
    assert_eq!(client.names(), made);
}
