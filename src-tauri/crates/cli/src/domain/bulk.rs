//! `signpost domain bulk`.

use super::earlier::Earlier;
use super::watch::interrupted;
use super::{Check, Look, csv, is_label, label, text};
use crate::args::DomainBulk;
use crate::clock;
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::{Output, Reader};
use crate::runtime::run_async;
use crate::words::Words;
use dns_walk::Walker;
use domain_check::{ListRow, MAX_LIST_BYTES, Verdict, parse_list};
use serde_json::{Value, json};
use std::pin::pin;
use std::sync::Arc;
use tokio::task::JoinSet;

/// One row of the answer.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) input: String,
    /// What the check came to, or why there was none.
    pub(super) result: Result<(Check, Look), Failure>,
}

/// Checks every domain of a list and prints each row as soon as it is known.
pub(crate) fn bulk(args: &DomainBulk, output: &Output) -> Result<Status, Failure> {
    let list = parse_list(&input::read(&args.list, MAX_LIST_BYTES)?).map_err(Failure::refused)?;
    if !args.name.split('.').all(is_label) {
        return Err(Failure::unusable("record-label-invalid").with("label", &args.name));
    }
    let walker = Walker::new(args.start.config()?, Arc::new(clock::now));
    let earlier = args.resume.as_deref().map(|path| Earlier::read(path, &list)).transpose()?;
    run_async(run(args, list, &earlier.unwrap_or_default(), walker, output))?
}

/// Ends after the last row, at Ctrl-C, or when nobody reads any more.
async fn run(
    args: &DomainBulk,
    list: Vec<ListRow>,
    earlier: &Earlier,
    walker: Walker,
    output: &Output,
) -> Result<Status, Failure> {
    let mut interrupted = pin!(interrupted());
    let mut checks = JoinSet::new();
    let mut counts = Counts { total: list.len(), ..Counts::default() };
    list.iter().filter_map(|row| earlier.of_row(row.row)).for_each(|verdict| counts.add(verdict));
    let mut rows = list.into_iter().filter(|row| earlier.of_row(row.row).is_none());
    if args.csv && !earlier.is_csv && csv::headings()? == Reader::Gone {
        return Ok(counts.status());
    }
    loop {
        while checks.len() < usize::from(args.concurrency)
            && let Some(row) = rows.next()
        {
            checks.spawn(checked(row, args.name.clone(), args.expect.clone(), walker.clone()));
        }
        let row = tokio::select! {
            done = checks.join_next() => match done {
                Some(done) => done.map_err(|error| panicked(&error))?,
                None => break,
            },
            () = &mut interrupted => break,
        };
        counts.add(row.result.as_ref().ok().map(|(_, look)| look.report.verdict));
        if tell(args, &row, output)? == Reader::Gone {
            return Ok(counts.status());
        }
    }
    if !args.csv && !output.is_json() {
        output.line(&counts.summary(&output.words), &Value::Null)?;
    }
    Ok(counts.status())
}

async fn checked(row: ListRow, name: String, expected: Option<String>, walker: Walker) -> Row {
    let ListRow { row: number, input, domain, expected: own } = row;
    let check = domain.map_err(Failure::refused).and_then(|parsed| {
        let label = label(&name, &parsed.domain)?;
        Ok(Check::of(walker, parsed, label, own.or(expected)))
    });
    let result = match check {
        Ok(check) => {
            let look = check.look(None).await;
            Ok((check, look))
        }
        Err(refused) => Err(refused),
    };
    Row { number, input, result }
}

fn panicked(error: &tokio::task::JoinError) -> Failure {
    Failure::environment("runtime-failed").with("reason", error)
}

fn tell(args: &DomainBulk, row: &Row, output: &Output) -> Result<Reader, Failure> {
    if args.csv {
        return csv::row(row, output);
    }
    output.line(&line(&output.words, row), &document(&output.words, row))
}

fn line(words: &Words, row: &Row) -> String {
    let text = match &row.result {
        Ok((_, look)) => format!("{}  {}", look.report.unicode, text::outcome(words, &look.report)),
        Err(refused) => {
            let text = words.failure(refused);
            format!("{}  {}: {} {}", row.input, words.label("cli-bulk-refused"), text.message, text.fix)
        }
    };
    format!(
        "{}  {}",
        words.text("cli-bulk-row", &[("row", &row.number.to_string())]),
        text.replace('\n', " ")
    )
}

/// A row that was not checked has no verdict.
fn document(words: &Words, row: &Row) -> Value {
    let mut document = match &row.result {
        Ok((check, look)) => check.document(words, look),
        Err(refused) => json!({ "verdict": null, "findings": [words.failure_json(refused)] }),
    };
    document["row"] = json!(row.number);
    document["input"] = json!(row.input);
    document
}

/// How many rows came to what.
#[derive(Debug, Default)]
struct Counts {
    total: usize,
    verified: usize,
    waiting: usize,
    problem: usize,
    unreachable: usize,
    refused: usize,
}

impl Counts {
    /// `None` of a row that could not be checked.
    fn add(&mut self, verdict: Option<Verdict>) {
        let count = match verdict {
            Some(Verdict::Verified) => &mut self.verified,
            Some(Verdict::Waiting) => &mut self.waiting,
            Some(Verdict::Problem) => &mut self.problem,
            Some(Verdict::Unreachable) => &mut self.unreachable,
            None => &mut self.refused,
        };
        *count += 1;
    }

    /// Good only when every row is verified, those included that were not looked at any more.
    const fn status(&self) -> Status {
        let seen = self.verified + self.waiting + self.problem;
        match (seen, self.unreachable, self.refused) {
            _ if self.verified == self.total => Status::Good,
            (0, 0, refused) if refused == self.total => Status::Unusable,
            (0, 1.., _) => Status::Environment,
            _ => Status::NotGood,
        }
    }

    fn summary(&self, words: &Words) -> String {
        let counts = [
            ("total", self.total),
            ("verified", self.verified),
            ("waiting", self.waiting),
            ("problem", self.problem),
            ("unreachable", self.unreachable),
            ("refused", self.refused),
        ];
        let counts = counts.map(|(name, count)| (name, count.to_string()));
        words.text("cli-bulk-summary", &counts.each_ref().map(|(name, count)| (*name, count.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_tells_all_verified_from_some_none_reached_and_nothing_to_check() {
        let none = || Counts { total: 3, ..Counts::default() };
        assert_eq!(Counts { verified: 3, ..none() }.status(), Status::Good);
        assert_eq!(Counts { verified: 2, ..none() }.status(), Status::NotGood, "interrupted");
        assert_eq!(none().status(), Status::NotGood, "interrupted at once");
        assert_eq!(Counts { verified: 2, refused: 1, ..none() }.status(), Status::NotGood);
        assert_eq!(Counts { verified: 2, unreachable: 1, ..none() }.status(), Status::NotGood);
        assert_eq!(Counts { waiting: 1, problem: 1, unreachable: 1, ..none() }.status(), Status::NotGood);
        assert_eq!(Counts { unreachable: 3, ..none() }.status(), Status::Environment);
        assert_eq!(Counts { unreachable: 1, refused: 2, ..none() }.status(), Status::Environment);
        assert_eq!(Counts { refused: 3, ..none() }.status(), Status::Unusable);
    }
}
