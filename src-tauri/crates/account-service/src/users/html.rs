//! The parts that the pages for users are made of. Everything that is put in is escaped here.

use super::visitor::FormSecret;
use crate::page::{Page, add_cookies, attribute, text};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use saml::escaped;
use texts::Texts;
use vocabulary::Timestamp;

/// Something that will not do, and what to do about it: `users-CODE` with `.fix`.
pub(crate) struct Trouble<'a> {
    pub(crate) code: &'a str,
    pub(crate) args: Vec<(&'a str, String)>,
}

impl<'a> Trouble<'a> {
    pub(crate) fn new(code: &'a str) -> Self {
        Self { code, args: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'a str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    fn html(&self, texts: &Texts) -> String {
        let args: Vec<(&str, &str)> = self.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let id = format!("users-{}", self.code);
        let (what, fix) = (text(texts, &id, &args), attribute(texts, &id, "fix", &args));
        format!(
            "<p id=\"trouble\" role=\"alert\"><strong>{}</strong> {}</p>\n",
            escaped(&what),
            escaped(&fix)
        )
    }
}

/// A cell of a table.
pub(crate) enum Cell {
    Text(String),
    /// Where it leads, and what stands there.
    Link(String, String),
    At(Timestamp),
}

impl Cell {
    fn html(&self) -> String {
        match self {
            Self::Text(text) => escaped(text).to_string(),
            Self::Link(to, text) => format!("<a href=\"{}\">{}</a>", escaped(to), escaped(text)),
            Self::At(moment) => format!("<time datetime=\"{moment}\">{}</time>", moment.to_minute()),
        }
    }
}

/// A page as it is put together.
pub(crate) struct Draft<'a> {
    texts: &'a Texts,
    title: String,
    body: String,
    described: bool,
}

/// A field of a form.
pub(crate) struct Field<'a> {
    /// Its name, and the id of its label: `users-field-NAME`, with `.hint` when there is one.
    pub(crate) name: &'a str,
    pub(crate) kind: &'a str,
    /// What a password manager takes it for (HTML, section 4.10.18.7).
    pub(crate) autocomplete: &'a str,
    pub(crate) value: &'a str,
}

impl<'a> Draft<'a> {
    /// A page with that title.
    pub(crate) fn new(texts: &'a Texts, title: &str, args: &[(&str, &str)]) -> Self {
        let title = text(texts, title, args);
        let body = format!("<h1>{}</h1>\n", escaped(&title));
        Self { texts, title, body, described: false }
    }

    /// The words of that id.
    pub(crate) fn words(&self, id: &str, args: &[(&str, &str)]) -> String {
        text(self.texts, id, args)
    }

    /// A way to another page of the service.
    pub(crate) fn link(mut self, id: &str, to: &str) -> Self {
        let words = escaped(&text(self.texts, id, &[])).to_string();
        self.body += &format!("<p><a href=\"{}\">{words}</a></p>\n", escaped(to));
        self
    }

    pub(crate) fn heading(mut self, id: &str) -> Self {
        self.body += &format!("<h2>{}</h2>\n", escaped(&text(self.texts, id, &[])));
        self
    }

    pub(crate) fn says(mut self, id: &str, args: &[(&str, &str)]) -> Self {
        self.body += &format!("<p>{}</p>\n", escaped(&text(self.texts, id, args)));
        self
    }

    /// A value to copy.
    pub(crate) fn value(mut self, value: &str) -> Self {
        self.body += &format!("<p><code>{}</code></p>\n", escaped(value));
        self
    }

    pub(crate) fn list(mut self, ids: &[&str]) -> Self {
        let items: String =
            ids.iter().map(|id| format!("<li>{}</li>\n", escaped(&text(self.texts, id, &[])))).collect();
        self.body += &format!("<ul>\n{items}</ul>\n");
        self
    }

    /// What was wrong with what was sent.
    pub(crate) fn trouble(mut self, trouble: Option<&Trouble<'_>>) -> Self {
        if let Some(trouble) = trouble {
            self.body += &trouble.html(self.texts);
            self.described = true;
        }
        self
    }

    /// The start of a form, with what is carried along unseen.
    pub(crate) fn form(mut self, action: &str, form: &FormSecret, hidden: &[(&str, &str)]) -> Self {
        let fields = std::iter::once(("form", form.value.as_str())).chain(hidden.iter().copied());
        let fields: String = fields
            .map(|(name, value)| {
                format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escaped(value))
            })
            .collect();
        self.body += &format!("<form method=\"post\" action=\"{}\">\n{fields}", escaped(action));
        self
    }

    pub(crate) fn field(mut self, field: &Field<'_>) -> Self {
        let Field { name, kind, autocomplete, value } = *field;
        let label = format!("users-field-{name}");
        let hint = attribute(self.texts, &label, "hint", &[]);
        let mut described = Vec::new();
        if !hint.is_empty() {
            described.push(format!("{name}-hint"));
        }
        if self.described {
            described.push("trouble".to_owned());
        }
        let described = if described.is_empty() {
            String::new()
        } else {
            format!(" aria-describedby=\"{}\"", described.join(" "))
        };
        let hint = if hint.is_empty() {
            String::new()
        } else {
            format!("<p class=\"hint\" id=\"{name}-hint\">{}</p>\n", escaped(&hint))
        };
        self.body += &format!(
            "<label for=\"{name}\">{}</label>\n{hint}<input id=\"{name}\" name=\"{name}\" type=\"{kind}\" \
             autocomplete=\"{autocomplete}\" required value=\"{}\"{described}>\n",
            escaped(&text(self.texts, &label, &[])),
            escaped(value)
        );
        self
    }

    /// A choice of one of several; the first is chosen.
    pub(crate) fn choice(mut self, name: &str, values: &[&str]) -> Self {
        let label = escaped(&text(self.texts, &format!("users-field-{name}"), &[]));
        let options: String = values
            .iter()
            .map(|value| {
                let words = escaped(&text(self.texts, &format!("users-{name}-{value}"), &[]));
                format!("<option value=\"{value}\">{words}</option>\n")
            })
            .collect();
        self.body += &format!(
            "<label for=\"{name}\">{label}</label>\n<select id=\"{name}\" name=\"{name}\">\n{options}</select>\n"
        );
        self
    }

    /// A button; with a name and a value when a form has several.
    pub(crate) fn button(mut self, id: &str, value: Option<(&str, &str)>, is_second: bool) -> Self {
        let value =
            value.map(|(name, value)| format!(" name=\"{name}\" value=\"{value}\"")).unwrap_or_default();
        let class = if is_second { " class=\"second\"" } else { "" };
        let label = escaped(&text(self.texts, id, &[]));
        self.body += &format!("<button type=\"submit\"{value}{class}>{label}</button>\n");
        self
    }

    pub(crate) fn end_form(mut self) -> Self {
        self.body += "</form>\n";
        self
    }

    /// A table; the cells of each row in their order.
    pub(crate) fn table(mut self, headings: &[&str], rows: &[Vec<Cell>]) -> Self {
        let heads: String = headings
            .iter()
            .map(|id| format!("<th scope=\"col\">{}</th>", escaped(&text(self.texts, id, &[]))))
            .collect();
        let rows: String = rows
            .iter()
            .map(|row| {
                let cells: String = row.iter().map(|cell| format!("<td>{}</td>", cell.html())).collect();
                format!("<tr>{cells}</tr>\n")
            })
            .collect();
        self.body += &format!(
            "<table tabindex=\"0\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        );
        self
    }

    /// The finished page, with the cookie that its forms are held against.
    pub(crate) fn answer(self, status: StatusCode, form: FormSecret) -> Response {
        let mut response = self.plain(status);
        add_cookies(&mut response, form.cookie);
        response
    }

    /// The finished page without a form.
    pub(crate) fn plain(self, status: StatusCode) -> Response {
        Page::new(status, self.title, self.body).into_response()
    }
}
