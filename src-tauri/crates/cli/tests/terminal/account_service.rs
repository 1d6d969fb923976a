use crate::common::{finished, program, signpost};
use crate::file;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Child;
use tempfile::TempDir;

/// A service that was started by the program.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) public_url: String,
    setup: serde_json::Value,
}

impl Served {
    pub(crate) fn start(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        Self::of(program(&["account-service", "serve", "--listen", "127.0.0.1:0", "--data", data, "--json"]))
    }

    /// Of a command that serves and says so in JSON.
    pub(crate) fn of(mut command: std::process::Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value =
            serde_json::from_str(&line).unwrap_or_else(|why| panic!("{why}: {line:?}"));
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self {
            child,
            address: text("address").parse().unwrap(),
            public_url: text("public_url"),
            setup: ready["setup"].clone(),
        }
    }

    /// The process.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a fault of its machine would.
    #[cfg(target_os = "linux")]
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn ask(&self, path: &str, token: Option<&str>) -> String {
        self.send("GET", path, token, "")
    }

    fn send(&self, method: &str, path: &str, token: Option<&str>, more: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let authorization =
            token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}{more}Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// A SCIM bearer token of the account that a new access token makes.
    pub(crate) fn scim_token(&self, folder: &TempDir) -> String {
        self.scim_token_for(token(folder, &[]).trim())
    }

    /// The same with an access token that there is already.
    pub(crate) fn scim_token_for(&self, access: &str) -> String {
        let json = |answer: &str| -> serde_json::Value {
            serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
        };
        let me = json(&self.ask("/api/v1/me", Some(access)));
        let account = me["accounts"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/accounts/{account}/scim/token");
        let version = "If-Match: \"1\"\r\n";
        json(&self.send("POST", &path, Some(access), version))["token"].as_str().unwrap().to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // After the test has ended it, there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_served_service_answers_whoever_has_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    assert_eq!(served.public_url, format!("http://localhost:{}", served.address.port()));
    assert!(served.ask("/healthz", None).starts_with("HTTP/1.1 200"), "{}", served.ask("/healthz", None));
    assert!(served.ask("/api/v1/me", None).starts_with("HTTP/1.1 401"));
    assert_eq!(served.setup["url"], format!("{}/setup", served.public_url));
    assert_eq!(served.setup["code"].as_str().unwrap().len(), 29);
    assert!(served.ask("/setup", None).contains("Make the administrator"));

    let token = token(&folder, &[]);
    assert_eq!((token.lines().count(), token.trim().contains(char::is_whitespace)), (1, false));
    let me = served.ask("/api/v1/me", Some(token.trim()));
    assert!(me.starts_with("HTTP/1.1 200"), "{me}");
    assert!(me.contains("jonas.weber@contoso.test") && me.contains("\"contoso.test\""), "{me}");

    let json = self::token(&folder, &["--organization", "Contoso Ltd", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let me = served.ask("/api/v1/me", json["token"].as_str());
    assert!(me.contains("Contoso Ltd"), "{me}");
}

fn token(folder: &TempDir, more: &[&str]) -> String {
    let data = folder.path().to_str().unwrap();
    let args = ["account-service", "token", "--data", data, "--email", "jonas.weber@contoso.test"];
    let run = signpost(&[&args[..], more].concat());
    assert_eq!(run.status, 0, "{run:?}");
    run.out
}

#[cfg(unix)]
#[test]
fn a_served_service_ends_well_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut served = Served::start(folder.path());
        let id = served.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(served.child.wait().unwrap().code(), Some(0), "{signal}");
        assert!(TcpStream::connect(served.address).is_err());
    }
}

#[test]
fn what_keeps_the_service_from_starting_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let other = tempfile::tempdir().unwrap();
    let (listen, data) = (served.address.to_string(), other.path().to_str().unwrap());
    let serve = ["account-service", "serve", "--data", data, "--json", "--listen"];
    let code = |status: i32, args: &[&str]| {
        let run = signpost(args);
        assert_eq!(run.status, status, "{run:?}");
        assert!(!format!("{run:?}").contains("hush"), "{run:?}");
        run.json()["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(3, &[&serve[..], &[&listen]].concat()), "service-address-taken");
    let url = [&serve[..], &["127.0.0.1:0", "--public-url", "https://id.contoso.test/path"]].concat();
    assert_eq!(code(2, &url), "service-public-url-invalid");
    let damaged = tempfile::tempdir().unwrap();
    std::fs::write(damaged.path().join("account-service.sqlite"), "no database at all".repeat(100)).unwrap();
    let data = damaged.path().to_str().unwrap();
    let serve = ["account-service", "serve", "--data", data, "--json", "--listen", "127.0.0.1:0"];
    assert_eq!(code(3, &serve), "service-data-damaged");
    for (status, url, expected) in [
        (2, "mysql://localhost/a", "service-database-unknown"),
        (2, "postgres://db.contoso.test/a?sslmode=require", "service-database-insecure"),
        (3, "postgres://ada:hush@127.0.0.1:1/a", "service-database-unreachable"),
    ] {
        assert_eq!(code(status, &["account-service", "serve", "--database-url", url, "--json"]), expected);
    }
    let email =
        ["account-service", "token", "--data", folder.path().to_str().unwrap(), "--email", "x", "--json"];
    assert_eq!(code(2, &email), "service-email-invalid");
}

/// The file that docs/operate.md has people install.
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/operate/service.toml");

#[test]
fn what_is_in_force_is_printed_without_secrets() {
    let run = finished(
        program(&[
            "account-service",
            "serve",
            "--config",
            CONFIG,
            "--listen",
            "127.0.0.1:1",
            "--trusted-proxies",
            "10.0.0.0/8,192.0.2.1",
            "--print-config",
        ])
        .env("SIGNPOST_SERVICE_DATABASE_URL", "postgres://ada:hush@localhost/signpost")
        .env("SIGNPOST_SERVICE_PUBLIC_URL", "https://sso.contoso.test")
        .output()
        .unwrap(),
    );
    assert_eq!(run.status, 0, "{run:?}");
    let expected = "listen = \"127.0.0.1:1\"\ndata = \"/var/lib/signpost\"\n\
        database_url = \"postgres://localhost/signpost\"\npublic_url = \"https://sso.contoso.test\"\n\
        trusted_proxies = \"10.0.0.0/8, 192.0.2.1/32\"\n";
    assert_eq!(run.out, expected);
    let (_folder, file) = file("listen_on = 1");
    let run = signpost(&["account-service", "serve", "--config", &file, "--json"]);
    assert_eq!((run.status, &run.json()["error"]["code"]), (2, &"service-configuration-invalid".into()));
}

#[test]
fn a_backup_is_made_of_what_the_configuration_names() {
    let folder = tempfile::tempdir().unwrap();
    let (data, to) = (folder.path().join("data"), folder.path().join("backup.sqlite"));
    let (_config_folder, config) = file(format!("data = {:?}\n", data.to_str().unwrap()));
    let email = ["--email", "jonas.weber@contoso.test"];
    let run = signpost(&[&["account-service", "token", "--config", &config][..], &email].concat());
    assert_eq!(run.status, 0, "{run:?}");
    let backup = ["account-service", "backup", "--config", &config, to.to_str().unwrap(), "--json"];
    let run = signpost(&backup);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(Path::new(run.json()["key_file"].as_str().unwrap()).exists());
    assert!(std::fs::read(&to).unwrap().starts_with(b"SQLite format 3"));
    let run = signpost(&backup);
    assert_eq!((run.status, &run.json()["error"]["code"]), (2, &"service-backup-exists".into()));
}

#[test]
fn scim_tokens_are_made_replaced_listed_and_ended() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::start(folder.path());
    let me = served.ask("/api/v1/me", Some(token(&folder, &[]).trim()));
    let account = me.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap();
    let data = folder.path().to_str().unwrap();
    let run = |task: &str, more: &[&str]| {
        let args = ["account-service", "scim-token", task, "--data", data, "--account", account];
        signpost(&[&args[..], more].concat())
    };
    let first = run("issue", &["--keep-old-for", "0"]);
    assert_eq!((first.status, first.out.lines().count()), (0, 1), "{first:?}");
    let second = run("issue", &["--keep-old-for", "7", "--json"]).json();
    let opens = |token: &str| served.ask("/scim/v2/Users", Some(token)).starts_with("HTTP/1.1 200");
    let second = second["token"].as_str().unwrap();
    assert!(opens(first.out.trim()) && opens(second));
    let listed = run("list", &["--json"]).json();
    assert_eq!((listed["tokens"].as_array().unwrap().len(), &listed["token"]), (2, &serde_json::Value::Null));
    assert!(!run("list", &[]).out.contains(second), "a token is shown once");
    let hint = listed["tokens"][1]["hint"].as_str().unwrap();
    assert!(first.out.trim().ends_with(hint));
    assert_eq!(run("revoke", &[hint]).status, 0);
    assert!(!opens(first.out.trim()) && opens(second));
    assert_eq!(run("revoke", &[hint, "--json"]).json()["error"]["code"], "service-token-unknown");
}

#[test]
fn the_audit_log_is_printed_whole_and_as_text_only() {
    let folder = tempfile::tempdir().unwrap();
    token(&folder, &["--organization", "=SUM(A1)"]);
    let served = Served::start(folder.path());
    let me = served.ask("/api/v1/me", Some(token(&folder, &["--organization", "=SUM(A1)"]).trim()));
    let account = me.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap();
    let audit = ["account-service", "audit", "--data", folder.path().to_str().unwrap(), "--account"];
    let run = signpost(&[&audit[..], &[account, "--csv"]].concat());
    assert_eq!(run.status, 0, "{run:?}");
    let rows: Vec<&str> = run.out.lines().collect();
    assert_eq!(rows[0], "at,by,action,subject,version,before,after");
    assert!(rows[1].ends_with("jonas.weber@contoso.test,account.created,'=SUM(A1),1,,"), "{rows:?}");
    let run = signpost(&[&audit[..], &[account, "--json"]].concat());
    let line: serde_json::Value = serde_json::from_str(run.out.lines().next().unwrap()).unwrap();
    assert_eq!((&line["action"], &line["version"]), (&"account.created".into(), &1.into()));
    let run = signpost(&[&audit[..], &["nobody", "--json"]].concat());
    assert_eq!((run.status, &run.json()["error"]["code"]), (2, &"service-account-unknown".into()));
}
