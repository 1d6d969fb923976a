//! What docs/operate.md has people install does what the page says.

use crate::account_service::Served;
use crate::common::{Run, finished, program, signpost};
use crate::{file, now};
use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use test_support::postgresql::Server;

const PAGE: &str = include_str!("../../../../../docs/operate.md");
const COMPOSE: &str = include_str!("../../../../../docs/operate/compose.yaml");
const COMPOSE_NGINX: &str = include_str!("../../../../../docs/operate/compose-nginx.conf");
const CONTAINER: &str = include_str!("../../../../../docs/operate/Containerfile");
const NGINX: &str = include_str!("../../../../../docs/operate/nginx.conf");
const UNIT: &str = include_str!("../../../../../docs/operate/signpost.service");

/// A server of the shipped `nginx.conf`, which it names for one machine.
const ONE_SERVER: &str = "    server 127.0.0.1:8080";

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from} is not in {text}");
    text.replace(from, to)
}

/// A node over that database, which takes the word of a proxy at 127.0.0.1 alone. It logs into a file.
fn node(folder: &Path, name: &str, database: &str) -> (Served, PathBuf) {
    let log = folder.join(name);
    let mut command = program(&["account-service", "serve", "--json", "--listen", "127.0.0.1:0"]);
    command.args(["--public-url", "https://id.example.com", "--trusted-proxies", "127.0.0.1", "--key-file"]);
    command.arg(folder.join("key.pem")).env("SIGNPOST_SERVICE_DATABASE_URL", database);
    command.env("SIGNPOST_LOG", "debug,sqlx=warn").stderr(std::fs::File::create(&log).unwrap());
    (Served::of(command), log)
}

/// An nginx that has nothing but a site, with a certificate of a throw-away authority.
struct Nginx {
    child: Child,
    port: u16,
    authority: PathBuf,
}

impl Nginx {
    fn start(folder: &Path, site: &str) -> Self {
        let day = |days| now().plus(time::Duration::days(days));
        let authority = test_support::Authority::new("Throw-away", day(-1), day(1));
        let own = authority.issue("id.example.com", &["id.example.com"], day(-1), day(1));
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let authority = write("authority.pem", &authority.certificate.pem);
        let (certificate, key) = (write("tls.pem", &own.pem), write("tls-key.pem", &own.key_pem));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let site = replaced(site, "/etc/signpost/tls.pem", certificate.to_str().unwrap());
        let site = replaced(&site, "/etc/signpost/tls-key.pem", key.to_str().unwrap());
        let site = replaced(&site, "listen 443 ssl;", &format!("listen 127.0.0.1:{port} ssl;"));
        let site = write("site.conf", &site);
        let folder = folder.display();
        let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let places: String = places.map(|kind| format!("{kind}_temp_path {folder}/{kind};\n")).concat();
        let main = format!(
            "daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nworker_processes 1;\nevents {{}}\n\
             http {{\naccess_log off;\n{places}include {};\n}}\n",
            site.display()
        );
        let main = write("nginx.conf", &main);
        let nginx = || {
            let mut command = Command::new("nginx");
            // Debian keeps it in /usr/sbin, which is not on everybody's PATH.
            command.env("PATH", format!("{}:/usr/sbin", std::env::var("PATH").unwrap()));
            command.arg("-c").arg(&main).args(["-e", "stderr", "-p"]).arg(folder.to_string());
            command.stdin(Stdio::null());
            command
        };
        let checked = nginx().arg("-t").output().expect("nginx is missing: apt-get install nginx");
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success() && !said.contains("[warn]"), "{said}");
        let started = Self { child: nginx().stderr(Stdio::null()).spawn().unwrap(), port, authority };
        let since = Instant::now();
        while started.ask("/healthz", &[]).status != 0 {
            assert!(since.elapsed() < Duration::from_secs(30), "nginx does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        started
    }

    /// Asks from 127.0.0.2, with curl; the status stands on the last line.
    fn ask(&self, path: &str, more: &[&str]) -> Run {
        let mut curl = Command::new("curl");
        curl.args([
            "--silent",
            "--max-time",
            "20",
            "--interface",
            "127.0.0.2",
            "--write-out",
            "\n%{http_code}",
        ]);
        curl.arg("--cacert").arg(&self.authority).args(more);
        curl.args(["--resolve", &format!("id.example.com:{}:127.0.0.1", self.port)]);
        curl.arg(format!("https://id.example.com:{}{path}", self.port));
        finished(curl.output().expect("curl is missing: apt-get install curl"))
    }

    fn status(&self, path: &str, more: &[&str]) -> String {
        let run = self.ask(path, more);
        run.out.lines().last().unwrap_or_default().to_owned()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // SIGTERM, so that its workers end with it.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

#[test]
fn both_proxies_lead_to_two_nodes_and_past_one_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start();
    server.run("createdb", &["signpost"]);
    let database = server.url("signpost");
    let (first, first_log) = node(folder.path(), "first.log", &database);
    let (mut second, second_log) = node(folder.path(), "second.log", &database);
    let logs = || [&first_log, &second_log].map(|log| std::fs::read_to_string(log).unwrap());
    let one = NGINX.lines().find(|line| line.starts_with(ONE_SERVER)).unwrap();
    let several = [&first, &second].map(|node| replaced(one, "127.0.0.1:8080", &node.address.to_string()));
    let own_machine = replaced(NGINX, one, &several.join("\n"));
    let names = replaced(COMPOSE_NGINX, "node-1:8080", &first.address.to_string());
    let compose = replaced(&names, "node-2:8080", &second.address.to_string());
    let mut proxies = Vec::new();
    for (name, site) in [("own", own_machine), ("compose", compose)] {
        let place = folder.path().join(name);
        std::fs::create_dir(&place).unwrap();
        let proxy = Nginx::start(&place, &site);
        for _ in 0..4 {
            assert_eq!(
                proxy.ask("/readyz", &["--header", "X-Forwarded-For: 192.0.2.66"]).out,
                "ready\n\n200"
            );
        }
        assert_eq!(proxy.status("/metrics", &[]), "403", "{name}");
        // A stranger's long request is refused before it is read. It must not pass for a fault of the node.
        let body = place.join("body");
        std::fs::write(&body, vec![b' '; 2 * 1024 * 1024]).unwrap();
        let data = format!("@{}", body.display());
        for _ in 0..4 {
            assert_ne!(proxy.status("/api/v1/accounts", &["--data-binary", &data]), "413", "{name}");
            assert_eq!(proxy.ask("/readyz", &[]).out, "ready\n\n200", "{name}");
        }
        proxies.push(proxy);
    }
    for log in logs() {
        assert!(log.contains("\"client\":\"127.0.0.2\""), "each node is asked, for whoever asks: {log}");
        assert!(!log.contains("192.0.2.66"), "nobody is who they say they are: {log}");
    }
    second.kill();
    for proxy in &proxies {
        for _ in 0..4 {
            assert_eq!(proxy.ask("/readyz", &[]).out, "ready\n\n200");
        }
    }
}

#[test]
fn systemd_understands_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("signpost.service");
    let program = "/usr/local/bin/signpost";
    std::fs::write(&unit, replaced(UNIT, program, env!("CARGO_BIN_EXE_signpost"))).unwrap();
    let verified = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output();
    let verified = verified.expect("systemd-analyze is missing: apt-get install systemd");
    let said = String::from_utf8_lossy(&verified.stderr);
    // What it does not know it ignores, and says so.
    assert!(verified.status.success() && !said.contains("signpost.service"), "{said}");
    // The unit, the settings and the page mean the same places.
    for (text, place) in [(PAGE, program), (UNIT, "StateDirectory=signpost\n"), (PAGE, "/var/lib/signpost")] {
        assert!(text.contains(place), "{place}");
    }
}

/// The compose file, as Debian's python3-yaml reads it.
fn compose() -> Value {
    let (_folder, path) = file(COMPOSE);
    let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let run = Command::new("/usr/bin/python3").args(["-c", script, &path]).output();
    let run = finished(run.expect("python3 is missing: apt-get install python3-yaml"));
    assert_eq!(run.status, 0, "is python3-yaml installed? {run:?}");
    run.json()
}

#[test]
fn the_compose_file_and_the_container_say_what_the_service_understands() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    let network = &compose["networks"]["proxy"]["ipam"]["config"][0];
    let nodes: Vec<_> = services.iter().filter(|(_, service)| service["build"].is_object()).collect();
    assert_eq!(nodes.len(), 2);
    let mut addresses = Vec::new();
    for (name, node) in nodes {
        let mut serve = program(&["account-service", "serve", "--print-config"]);
        let image = CONTAINER.lines().find_map(|line| line.strip_prefix("ENV ")).unwrap();
        serve.envs(image.split(' ').map(|pair| pair.split_once('=').unwrap()));
        for (variable, value) in node["environment"].as_object().unwrap() {
            serve.env(variable, value.as_str().unwrap());
        }
        let run = finished(serve.output().unwrap());
        assert_eq!(run.status, 0, "{run:?}");
        let line = |key: &str| {
            let begin = format!("{key} = ");
            let line = run.out.lines().find_map(|line| line.strip_prefix(&begin));
            line.unwrap_or_else(|| panic!("{key} is not said: {run:?}")).trim_matches('"').to_owned()
        };
        assert_eq!(line("trusted_proxies"), network["subnet"].as_str().unwrap());
        let secret = line("database_url_file");
        let secret = Path::new(&secret).strip_prefix("/run/secrets").unwrap().to_str().unwrap();
        assert!(node["secrets"].as_array().unwrap().contains(&secret.into()));
        assert!(compose["secrets"][secret].is_object() && COMPOSE.contains(&format!("#   {secret} ")));
        // The key lies with the data, which both have.
        assert_eq!(node["volumes"], serde_json::json!([format!("key:{}", line("data"))]));
        let port = line("listen").rsplit_once(':').unwrap().1.to_owned();
        assert!(COMPOSE_NGINX.contains(&format!("server {name}:{port} ")), "{name}:{port}");
        addresses.push(node["networks"]["proxy"]["ipv4_address"].as_str().unwrap());
    }
    // An address of its own each, below those that are given to others.
    assert_ne!(addresses[0], addresses[1]);
    let others = network["ip_range"].as_str().unwrap().split('/').next().unwrap();
    let number = |address: &str| u32::from(address.parse::<std::net::Ipv4Addr>().unwrap());
    for address in addresses {
        let first = network["subnet"].as_str().unwrap().split('/').next().unwrap();
        assert!((number(first)..number(others)).contains(&number(address)), "{address}");
    }
    for volume in services["proxy"]["volumes"].as_array().unwrap() {
        let mut parts = volume.as_str().unwrap().split(':');
        let (here, there) = (parts.next().unwrap(), parts.next().unwrap());
        let here = here.strip_prefix("./").unwrap();
        assert!(here == "compose-nginx.conf" || COMPOSE_NGINX.contains(there), "{there} is read by nobody");
        assert!(
            here == "compose-nginx.conf"
                || COMPOSE.lines().any(|line| line.starts_with('#') && line.contains(here))
        );
    }
}

#[test]
fn the_page_explains_every_setting_and_its_examples_are_understood() {
    let mut understood = 0;
    for example in PAGE.split("```toml\n").skip(1) {
        let (_folder, path) = file(example.split("```").next().unwrap());
        let run = signpost(&["account-service", "serve", "--config", &path, "--print-config"]);
        assert_eq!(run.status, 0, "{run:?}");
        understood += 1;
    }
    assert!(understood > 0);
    // The refusal of a key lists those that there are.
    let (_folder, path) = file("no_such_key = 1");
    let run = signpost(&["account-service", "serve", "--config", &path, "--json"]);
    let said = run.json()["error"]["message"].as_str().unwrap().to_owned();
    let keys: Vec<&str> =
        said.split_once("expected one of").unwrap().1.split('`').skip(1).step_by(2).collect();
    assert!(keys.len() > 8, "{said}");
    let table: String = PAGE.lines().filter(|line| line.starts_with("| `")).collect();
    for key in keys {
        assert!(table.contains(&format!("`{key}`")), "{key} is not explained");
    }
}
