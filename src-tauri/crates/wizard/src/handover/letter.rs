//! A task in words: what to do, with the values, for a mail or for print.

use super::Task;
use crate::paper::{Block, Document, Fact, Section, Words};
use crate::project::Project;
use crate::view;
use guides::{Action, Carried, Carry, Guide, Inline, Page, Part, Segment, Table, plain};
use vocabulary::StepId;

/// One step as a letter; `project` is the task as it was opened.
pub fn letter(project: &Project, guide: &Guide, task: &Task) -> Document {
    let mut sections = vec![Section {
        title: Words::said("letter-about"),
        blocks: vec![Block::Facts { facts: about(guide, task) }],
    }];
    if !task.domains.is_empty() {
        sections.push(Section { title: Words::said("letter-records"), blocks: records(task) });
    }
    let page = guide.step(task.step);
    sections.extend(page.into_iter().flat_map(parts).map(|part| self::part(part, project, guide)));
    sections.extend(page.and_then(confirmations));
    let lead = Words::said("letter-lead").with("from", &task.from).with("organization", &task.organization);
    let mut leads = vec![lead];
    if !task.note.is_empty() {
        leads.push(Words::data(&task.note));
    }
    leads.extend((task.step == StepId::Scim).then(|| Words::said("letter-no-token")));
    let title = page.map_or_else(|| task.step.to_string(), |page| page.title.clone());
    Document { title: Words::data(title), lead: leads, sections }
}

fn about(guide: &Guide, task: &Task) -> Vec<Fact> {
    vec![
        Fact::one("paper-organization", &task.organization),
        Fact::one("paper-service", &guide.service.name),
        Fact::one("paper-idp", &guide.identity_provider.name),
        Fact::one("letter-from", &task.from),
        Fact::one("letter-to", &task.to),
        Fact::at("letter-at", task.at),
    ]
}

fn records(task: &Task) -> Vec<Block> {
    let fact = |domain: &account_api::Domain| Block::Facts {
        facts: vec![
            Fact::one("paper-domain", &domain.name),
            Fact::one("paper-record-name", &domain.record.name),
            Fact::one("paper-record-host", &domain.record.host),
            Fact::one("paper-record-value", &domain.record.value),
        ],
    };
    task.domains.iter().map(fact).collect()
}

/// What to do on paper: no way that carries files, where there is another one.
fn parts(page: &Page) -> impl Iterator<Item = &Part> {
    let carries_file = |part: &&Part| {
        let mut carries = part.actions.iter().flat_map(|action| &action.values);
        carries.any(|carry| matches!(&carry.value, Carried::Key { key } if key.is_file()))
    };
    let with_files: Vec<_> =
        page.parts.iter().filter(carries_file).filter_map(|part| part.way.as_ref()).collect();
    let has_other = page.ways.iter().any(|way| !with_files.contains(&&way.id));
    let left_out = move |way: &String| has_other && with_files.contains(&way);
    page.parts.iter().filter(move |part| !part.way.as_ref().is_some_and(&left_out))
}

fn part(part: &Part, project: &Project, guide: &Guide) -> Section {
    let mut blocks = Vec::new();
    if let Some(portal) = &part.portal {
        let place = |segment: &Segment| match segment {
            Segment::Label { text } => Words::data(text),
            Segment::Value { key } => view::value(*key, project, guide)
                .filter(|value| !value.is_empty())
                .map_or_else(|| Words::said(format!("value-{}.unnamed", key.as_str())), Words::data),
        };
        let places = std::iter::once(Words::data(&portal.name)).chain(portal.path.iter().map(place));
        blocks.push(Block::Path { places: places.collect() });
    }
    let is_known = |action: &Action| action.values.iter().any(|carry| value(carry, project, guide).is_some());
    let shown = part.actions.iter().filter(|action| !action.is_optional() || is_known(action));
    let lines = shown.map(|action| line(action, project, guide)).collect();
    blocks.push(Block::Actions { lines });
    blocks.extend(part.table.iter().map(table));
    blocks.extend(part.check.iter().map(|check| Block::Text { words: Words::data(plain(check)) }));
    Section { title: Words::data(&part.title), blocks }
}

/// A row is a name with its values: the first cell, then the others under their headings.
fn table(table: &Table) -> Block {
    let fact = |row: &Vec<Vec<Inline>>| {
        let cells = row.iter().zip(&table.columns).skip(1);
        Fact {
            name: Words::data(row.first().map(|cell| plain(cell)).unwrap_or_default()),
            values: cells.map(|(cell, heading)| Words::data(format!("{heading}: {}", plain(cell)))).collect(),
        }
    };
    Block::Facts { facts: table.rows.iter().map(fact).collect() }
}

/// What to do, and under it the values.
fn line(action: &Action, project: &Project, guide: &Guide) -> Words {
    let said = std::iter::once(plain(&action.text));
    let values = action.values.iter().filter_map(|carry| value(carry, project, guide));
    Words::data(said.chain(values).collect::<Vec<_>>().join("\n"))
}

/// A value with the field it goes into; a secret, or what nobody knows yet, by the field alone.
fn value(carry: &Carry, project: &Project, guide: &Guide) -> Option<String> {
    let value = match &carry.value {
        _ if carry.secret => None,
        Carried::Literal { text } => Some(text.clone()),
        Carried::Key { key } if key.is_secret() || key.is_file() => None,
        Carried::Key { key } => view::value(*key, project, guide)
            .filter(|value| !value.is_empty())
            .or_else(|| carry.known.clone()),
    };
    value.map(|value| format!("{}: {value}", carry.label_to))
}

fn confirmations(page: &Page) -> Option<Section> {
    let lines: Vec<Words> = page.confirmations.iter().map(|one| Words::data(plain(&one.text))).collect();
    (!lines.is_empty())
        .then(|| Section { title: Words::said("letter-confirm"), blocks: vec![Block::Actions { lines }] })
}
