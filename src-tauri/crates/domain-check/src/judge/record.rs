//! Mistakes in the record: wrong place, wrong type, wrong value.

use super::value::{Difference, Mismatch, difference, is_expected_in_disguise, is_same_kind};
use super::{Look, amount};
use crate::{AliasState, Answer, MisplacedAnswer, Outcome, Place, Rcode, Status, TxtValue};
use vocabulary::Finding;

/// What one datagram carries on every path, in bytes (DNS flag day 2020).
const MAX_DATAGRAM: usize = 1232;

/// The findings about the record, the most specific first. Each says where it is repaired: in which zone, and at what
/// host in it.
pub(super) fn findings(look: &Look<'_>) -> Vec<Finding> {
    let placed = |finding: Finding| finding.with("zone", look.zone()).with("host", look.host());
    about(look).into_iter().map(placed).collect()
}

fn about(look: &Look<'_>) -> Vec<Finding> {
    if look.is_right_somewhere() {
        return [
            alias_followed(look),
            dname(look),
            wildcard(look),
            second_code(look),
            split(look),
            crowded(look),
        ]
        .into_iter()
        .flatten()
        .collect();
    }
    let mut findings: Vec<Finding> =
        [Place::Doubled, Place::LabelChanged, Place::LiteralAt, Place::Apex, Place::Elsewhere]
            .into_iter()
            .filter_map(|place| misplaced(look, place))
            .collect();
    findings.extend(other_type(look));
    let wildcard = wildcard(look);
    if wildcard.is_none() {
        findings.extend(dname(look).or_else(|| alias(look)));
        findings.extend(wrong_value(look));
    }
    findings.extend(wildcard);
    findings.extend(present(look));
    findings.extend(crowded(look));
    findings
}

pub(super) fn answer(outcome: &Outcome) -> Option<&Answer> {
    match outcome {
        Outcome::Answered(answer) if matches!(answer.rcode, Rcode::NoError | Rcode::NxDomain) => Some(answer),
        _ => None,
    }
}

pub(super) fn values_at(place: &MisplacedAnswer) -> &[TxtValue] {
    answer(&place.outcome).map_or(&[], |answer| &answer.values)
}

fn probe<'a>(look: &Look<'a>) -> Option<&'a Answer> {
    let probe = look.collected.misplaced.iter().find(|answer| answer.place == Place::Wildcard)?;
    answer(&probe.outcome)
}

/// The record at another name: the expected value there, or, where nothing else would be published, any value.
fn misplaced(look: &Look<'_>, place: Place) -> Option<Finding> {
    let code = match place {
        Place::Doubled => "txt-doubled-zone",
        Place::LabelChanged => "txt-underscore-lost",
        Place::LiteralAt => "txt-literal-at",
        Place::Apex => "txt-at-apex",
        Place::Elsewhere => "txt-elsewhere",
        Place::Wildcard => return None,
    };
    let only_ours = matches!(place, Place::Doubled | Place::LabelChanged | Place::LiteralAt);
    let by_wildcard = probe(look).map_or(&[][..], |answer| &answer.values);
    let counts = |value: &TxtValue| match look.expected {
        Some(expected) if is_expected_in_disguise(expected, &value.text()) => true,
        _ => only_ours && !by_wildcard.contains(value),
    };
    let answers = look.collected.misplaced.iter().filter(|answer| answer.place == place);
    let (at, value) = answers
        .flat_map(|answer| values_at(answer).iter().map(move |value| (answer, value)))
        .find(|(_, value)| counts(value))?;
    Some(
        Finding::error(code)
            .with("found_at", &at.name)
            .with("name", &look.collected.name)
            .seen(format!("{} TXT, {}", at.name, at.server), value.text()),
    )
}

fn alias(look: &Look<'_>) -> Option<Finding> {
    let (server, _) = look.with(Status::Cname).next()?;
    let target = answer(&server.txt)?.aliases.first()?;
    let dangling =
        look.collected.surroundings.alias.as_ref().is_some_and(|end| end.state == AliasState::NoName);
    let code = match () {
        () if look.expected.is_some_and(|expected| is_value_as_name(expected, target)) => {
            "txt-cname-is-value"
        }
        () if dangling => "txt-cname-dangling",
        () => "txt-cname",
    };
    let finding = Finding::error(code).with("name", &look.collected.name).with("target", target);
    Some(finding.seen(server.server.clone(), format!("CNAME {target}")))
}

/// Whether somebody entered the value as the target of an alias. Panels put the zone behind it, and names take no
/// notice of case.
fn is_value_as_name(expected: &str, target: &str) -> bool {
    let plain = |text: &str| {
        let kept = text.chars().filter(|c| c.is_ascii_alphanumeric());
        kept.map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    let core = expected.split_once('=').map_or(expected, |(_, core)| core);
    let core = plain(core.split_whitespace().next().unwrap_or_default());
    core.len() >= 8 && plain(target).contains(&core)
}

/// All names below another one are those below a third one.
fn dname(look: &Look<'_>) -> Option<Finding> {
    let (server, answer) = look.delegated().find_map(|(server, _)| {
        Some((server, answer(&server.txt).filter(|answer| answer.dname.is_some())?))
    })?;
    let owner = answer.dname.as_ref()?;
    let finding =
        if look.is_right_somewhere() { Finding::info("txt-dname") } else { Finding::error("txt-dname") };
    let target = answer.aliases.last().map_or("", String::as_str);
    let finding = finding.with("name", &look.collected.name).with("owner", owner).with("target", target);
    Some(finding.seen(server.server.clone(), format!("DNAME {owner}")))
}

/// The value in a record of the outdated type SPF, which some panels list beside TXT.
fn other_type(look: &Look<'_>) -> Option<Finding> {
    let expected = look.expected?;
    let spf = look.collected.surroundings.spf.iter().map(TxtValue::text);
    let found = spf.into_iter().find(|text| is_expected_in_disguise(expected, text))?;
    let finding = Finding::error("txt-wrong-type").with("name", &look.collected.name).with("type", "SPF");
    Some(finding.seen("SPF", found))
}

/// Another code of the same kind beside the right one.
fn second_code(look: &Look<'_>) -> Option<Finding> {
    let expected = look.expected?;
    let (server, text) = look.with(Status::Right).find_map(|(server, row)| {
        let other = row.values.iter().find(|text| *text != expected && is_same_kind(expected, text))?;
        Some((server, other))
    })?;
    let finding = Finding::info("txt-second-code").with("name", &look.collected.name);
    Some(finding.seen(server.server.clone(), text))
}

/// The value in several character strings, which are read as one (RFC 7208, 3.3).
fn split(look: &Look<'_>) -> Option<Finding> {
    let (server, _) =
        look.with(Status::Right).find(|(server, _)| answer(&server.txt).is_some_and(|a| a.split))?;
    Some(
        Finding::info("txt-split")
            .with("name", &look.collected.name)
            .seen(server.server.clone(), look.expected?),
    )
}

/// So many TXT records at one name that their answer does not fit into one datagram.
fn crowded(look: &Look<'_>) -> Option<Finding> {
    let bytes = |answer: &Answer| answer.values.iter().map(|value| value.0.len() + 12).sum::<usize>();
    let (server, answer) = look.delegated().find_map(|(server, _)| {
        Some((server, answer(&server.txt).filter(|answer| bytes(answer) > MAX_DATAGRAM)?))
    })?;
    let finding = Finding::info("txt-crowded")
        .with("name", &look.collected.name)
        .with("count", answer.values.len())
        .with("bytes", bytes(answer));
    Some(finding.seen(server.server.clone(), answer.values.len().to_string()))
}

fn alias_followed(look: &Look<'_>) -> Option<Finding> {
    let followed = |answer: &&Answer| !answer.aliases.is_empty();
    let (server, answer) = look
        .with(Status::Right)
        .find_map(|(server, _)| Some((server, answer(&server.txt).filter(followed)?)))?;
    let target = answer.aliases.last()?;
    let finding =
        Finding::warning("txt-cname-followed").with("name", &look.collected.name).with("target", target);
    Some(finding.seen(server.server.clone(), format!("CNAME {target}")))
}

/// A name nobody published answers the same: what stands at ours is a wildcard's.
fn wildcard(look: &Look<'_>) -> Option<Finding> {
    let probe = probe(look)?;
    if probe.values.is_empty() && probe.aliases.is_empty() {
        return None;
    }
    let same = |ours: &Answer| ours.values == probe.values && ours.aliases == probe.aliases;
    look.delegated().find(|(server, _)| answer(&server.txt).is_some_and(same))?;
    let finding = Finding::warning("txt-wildcard")
        .with("domain", &look.collected.domain)
        .with("name", &look.collected.name);
    let value = probe.values.first().map(TxtValue::text).or_else(|| probe.aliases.first().cloned());
    Some(finding.seen(format!("*.{}", look.collected.domain), value.unwrap_or_default()))
}

fn wrong_value(look: &Look<'_>) -> Option<Finding> {
    let expected = look.expected?;
    let texts = look.with(Status::WrongValue).flat_map(|(server, row)| {
        row.values.iter().filter_map(move |text| Some((server, text, difference(expected, text)?)))
    });
    let (server, text, difference) = texts.min_by_key(|(_, _, difference)| closeness(difference))?;
    let finding = match &difference {
        Difference::Quoted => Finding::error("txt-quoted"),
        Difference::Blanks { position, characters, typographic } => {
            Finding::error(if *typographic { "txt-typographic" } else { "txt-blanks" })
                .with("position", position)
                .with("characters", characters.join(", "))
                .with("amount", amount(characters.len()))
        }
        Difference::Other(Mismatch { how: "other" | "case", .. })
            if is_same_kind(expected, text) && !expected.eq_ignore_ascii_case(text) =>
        {
            Finding::error("txt-earlier-code")
        }
        Difference::Other(mismatch) => wrong_letters(expected, text, mismatch),
    };
    Some(
        finding
            .with("name", &look.collected.name)
            .seen("expected", expected)
            .seen(server.server.clone(), text),
    )
}

fn wrong_letters(expected: &str, found: &str, mismatch: &Mismatch) -> Finding {
    let ends_early = mismatch.how == "close" && mismatch.found.is_empty();
    let how = if ends_early { "ends-early" } else { mismatch.how };
    Finding::error("txt-wrong-value")
        .with("how", how)
        .with("position", mismatch.position)
        .with("expected_character", &mismatch.expected)
        .with("found_character", &mismatch.found)
        .with("expected_length", expected.chars().count())
        .with("found_length", found.chars().count())
}

fn closeness(difference: &Difference) -> usize {
    match difference {
        Difference::Quoted | Difference::Blanks { .. } => 0,
        Difference::Other(mismatch) => mismatch.distance,
    }
}

fn present(look: &Look<'_>) -> Option<Finding> {
    let found = look
        .with(Status::Present)
        .flat_map(|(server, row)| row.values.iter().map(move |text| (server, text)));
    let finding = Finding::info("txt-present").with("name", &look.collected.name);
    let mut seen: Vec<&String> = Vec::new();
    let finding = found.fold(finding, |finding, (server, text)| {
        if seen.contains(&text) {
            return finding;
        }
        seen.push(text);
        finding.seen(server.server.clone(), text)
    });
    (!finding.evidence.is_empty()).then_some(finding)
}
