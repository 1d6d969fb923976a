//! What the system must have before anything can be built: named, explained and, on Debian and Ubuntu, installed.

mod debian;
mod elsewhere;

use crate::trouble::Outcome;

/// A Debian package and the reason it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Package {
    name: &'static str,
    why: &'static str,
    /// A program that does the same; when it is on the PATH the package is not asked for.
    or_program: Option<&'static str>,
}

/// What a task is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build the program and show it on the display that is there.
    Run,
    /// Build the program and show it on a virtual display.
    RunWithoutDisplay,
    /// Run all tests.
    Test,
    /// Measure, beside the programs of others.
    Bench,
}

/// Makes sure that everything is there for the purpose, saying what is missing and why.
///
/// # Errors
/// When something is missing that cannot be installed from here; the text is the command to type.
pub(crate) fn ensure(purpose: Purpose) -> Outcome<()> {
    if debian::is_here() { debian::ensure(&needed(purpose)) } else { elsewhere::check() }
}

fn needed(purpose: Purpose) -> Vec<Package> {
    match purpose {
        Purpose::Run => BUILD.to_vec(),
        Purpose::RunWithoutDisplay => [BUILD, HEADLESS].concat(),
        Purpose::Test => [BUILD, HEADLESS, TEST].concat(),
        Purpose::Bench => [BUILD, HEADLESS, TEST, BENCH].concat(),
    }
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why, or_program: None }
}

const BUILD: &[Package] = &[
    package("build-essential", "compiles the C parts of dependencies and links the program"),
    package("pkg-config", "finds the libraries below"),
    package("file", "names file types while packaging"),
    package("libwebkit2gtk-4.1-dev", "the web view the window shows its pages in"),
    package("libgtk-3-dev", "the window itself"),
    package("librsvg2-dev", "draws the icons of the window"),
    package("libayatana-appindicator3-1", "the icon in the tray while domains are watched without a window"),
    package("libxdo-dev", "keyboard shortcuts of menus"),
    package("libssl-dev", "TLS headers some dependencies look for"),
    package("libdbus-1-dev", "talks to the keyring"),
];

const HEADLESS: &[Package] = &[
    package("xvfb", "a virtual display, because there is none here"),
    package("xauth", "lets programs onto the virtual display"),
    package("imagemagick", "takes the picture of the window"),
    package("dbus", "the bus the keyring is reached over"),
    package("dbus-x11", "starts that bus for a display"),
    package("gnome-keyring", "the keyring that tokens are kept in"),
    package("fonts-dejavu-core", "letters for the window"),
];

const TEST: &[Package] = &[
    package("webkit2gtk-driver", "drives the real window in tests"),
    package("xdotool", "moves the mouse: the drag of a file onto the window"),
    package("openbox", "a window manager for the virtual display"),
    package("python3-gi", "the other window, from which the file is dragged"),
    package("gir1.2-gtk-3.0", "the same window's toolkit"),
    Package {
        name: "chromium",
        why: "shows every screen in the screen tests",
        or_program: Some("google-chrome"),
    },
    package("knot", "name servers of the DNS lab: root, top level, primary"),
    package("nsd", "the DNS lab's secondary, which can lag behind"),
    package("unbound", "the DNS lab's validating resolver"),
    package("dnsdist", "the DNS lab's faulty server, and its resolver over HTTPS"),
    package("bind9", "the DNS lab's company with a zone of its own"),
    package("bind9-utils", "signs zones of the DNS lab"),
    package("nftables", "the DNS lab's firewalls"),
    package("openssl", "the certificate of the DNS lab's resolver"),
    package("bind9-dnsutils", "dig and nsupdate: the DNS lab's own questions and changes"),
    package("iproute2", "loopback addresses of the DNS lab"),
    package("curl", "sends a user as an identity provider would, in the window's journey"),
    package("procps", "kill, which ends what a test started"),
    package("postgresql", "the database server that several nodes of the account service share"),
    package("nginx", "the proxy in front of two nodes, by the file that docs/operate.md ships"),
    Package {
        name: "systemd",
        why: "reads the unit that docs/operate.md ships",
        or_program: Some("systemd-analyze"),
    },
    package("python3-yaml", "reads the compose file that docs/operate.md ships"),
    package("xmlsec1", "signs and encrypts SAML responses, and gives a second opinion on signatures"),
    package("libxml2-utils", "xmllint, a second opinion on metadata"),
    package("simplesamlphp", "an identity provider that is not ours, for whole sign-ins"),
    package("php-cli", "serves it"),
    package("php-xml", "reads and signs its XML"),
    package("php-mbstring", "its texts"),
    package("php-curl", "a library that it loads"),
    package("opensaml-schemas", "the OASIS schema of SAML metadata, which written metadata are held against"),
    package("xmltooling-schemas", "the schemas of XML signature and encryption, which that schema uses"),
    package("python3-pysaml2", "reads written metadata, as a service provider would"),
    package("python3-lasso", "reads written metadata, too, with another library"),
    package("python3-icalendar", "another program that reads the reminders' calendar"),
    package("python3-venv", "a place of their own for Python programs that are not in Debian"),
];

const BENCH: &[Package] = &[package("dnsperf", "how much the name server of the measurements takes at most")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_named_once_and_explained() {
        let all = needed(Purpose::Bench);
        let mut names: Vec<_> = all.iter().map(|package| package.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(all.iter().all(|package| !package.why.is_empty()));
    }

    #[test]
    fn a_test_needs_all_that_a_run_needs() {
        let test = needed(Purpose::Test);
        assert!(needed(Purpose::RunWithoutDisplay).iter().all(|package| test.contains(package)));
    }
}
