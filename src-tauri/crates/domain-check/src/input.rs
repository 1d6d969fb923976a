/// Where a host was found in what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Plain,
    Email,
    Url,
}

/// The host in what was typed or pasted: a plain name, an e-mail address or a URL.
pub(crate) fn host_in(input: &str) -> (Source, &str) {
    let text = input.trim().trim_matches(['"', '\'', '“', '”', '`']).trim();
    if let Some((_, rest)) = text.split_once("://") {
        return (Source::Url, host_of_authority(rest));
    }
    if let Some((_, after)) = text.rsplit_once('@') {
        let end = after.find(['>', '?', ')', ' ', '/']).unwrap_or(after.len());
        return (Source::Email, &after[..end]);
    }
    if text.contains(['/', '?', '#']) || has_port(text) {
        return (Source::Url, host_of_authority(text));
    }
    (Source::Plain, text)
}

fn has_port(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| {
        !host.contains(':') && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn host_of_authority(text: &str) -> &str {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.starts_with('[') {
        return host;
    }
    host.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_found_in_what_people_paste() {
        let cases = [
            ("contoso.com", Source::Plain, "contoso.com"),
            (" \"contoso.com\" ", Source::Plain, "contoso.com"),
            ("ann@contoso.com", Source::Email, "contoso.com"),
            ("Ann Lee <ann@contoso.com>", Source::Email, "contoso.com"),
            ("mailto:ann@contoso.com?subject=x", Source::Email, "contoso.com"),
            ("@contoso.com", Source::Email, "contoso.com"),
            ("https://user@contoso.com:8443/a/b?c#d", Source::Url, "contoso.com"),
            ("contoso.com/login", Source::Url, "contoso.com"),
            ("contoso.com:443", Source::Url, "contoso.com"),
            ("http://[2001:db8::1]:80/", Source::Url, "[2001:db8::1]:80"),
        ];
        for (input, source, host) in cases {
            assert_eq!(host_in(input), (source, host), "{input}");
        }
    }
}
