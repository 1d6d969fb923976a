//! Sends requests, reads back, and writes down what became of each check.

use crate::bodies::Cast;
use crate::clean_up::{PATIENCE, name_attribute, path_of};
use crate::endpoint::{Answer, Call, Endpoint, Method, Unreached};
use crate::plan::Part;
use crate::record::Record;
use crate::rehearsal::{Check, Ended, Outcome, Progress};
use serde_json::Value;
use vocabulary::{Evidence, Finding};

pub(crate) struct Stage<'a> {
    endpoint: &'a dyn Endpoint,
    pub(crate) cast: &'a Cast,
    pub(crate) part: Part,
    record: &'a Record,
    total: usize,
    tell: &'a (dyn Fn(Progress) + Send + Sync),
    /// What was asked and answered since the last check.
    evidence: Vec<Evidence>,
    /// What the newest check was judged by: another one may be judged by the same.
    before: Vec<Evidence>,
    unreached: u32,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It is as it has to be.
    Done,
    /// It was taken, and is not there.
    Silent(u16),
    /// It was refused.
    Refused(u16),
    /// Nothing came back.
    Unanswered,
}

impl<'a> Stage<'a> {
    pub(crate) fn new(
        endpoint: &'a dyn Endpoint,
        cast: &'a Cast,
        part: Part,
        record: &'a Record,
        total: usize,
        tell: &'a (dyn Fn(Progress) + Send + Sync),
    ) -> Self {
        Self {
            endpoint,
            cast,
            part,
            record,
            total,
            tell,
            evidence: Vec::new(),
            before: Vec::new(),
            unreached: 0,
        }
    }

    /// The role of a user or group, so that no two parts use the same names.
    pub(crate) fn role(&self, role: &str) -> String {
        format!("{}-{role}", self.part.as_str())
    }

    /// Sends as the identity provider does. No answer is one too, with status 0, until patience ends.
    pub(crate) async fn send(&mut self, mut call: Call) -> Result<Answer, Ended> {
        match self.part {
            Part::EntraOptscim => call.query.push(("aadOptscim062020", None)),
            Part::Okta => call.content_type = "application/scim+json; charset=utf-8",
            Part::Endpoint | Part::Entra | Part::Pingone => {}
        }
        let source = call.shown();
        match self.answer(&call).await? {
            Ok(answer) => {
                self.unreached = 0;
                self.evidence.push(Evidence { source, value: answer.shown() });
                Ok(answer)
            }
            Err(unreached) => {
                self.unreached += 1;
                self.evidence.push(Evidence { source, value: unreached.reason.clone() });
                let is_first = self.part == Part::Endpoint && self.record.state().checks.is_empty();
                if is_first || self.unreached >= PATIENCE {
                    return Err(Ended::Unreached { reason: unreached.reason });
                }
                Ok(Answer { status: 0, body: Value::Null })
            }
        }
    }

    async fn answer(&self, call: &Call) -> Result<Result<Answer, Unreached>, Ended> {
        {
            let mut state = self.record.state();
            if state.is_stopping {
                return Err(Ended::Stopped);
            }
            state.is_changing = call.method != Method::Get;
        }
        let answer = self.endpoint.send(call).await;
        self.record.state().is_changing = false;
        Ok(answer)
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, Ended> {
        self.send(Call::new(Method::Get, path)).await
    }

    /// Asks with a filter.
    pub(crate) async fn filter(&mut self, endpoint: &str, filter: &str) -> Result<Answer, Ended> {
        self.send(Call::new(Method::Get, endpoint).asking("filter", filter)).await
    }

    /// Makes a user or group; its id, when it came about. `/Users` or `/Groups` takes it.
    pub(crate) async fn make(
        &mut self,
        check: &str,
        endpoint: &'static str,
        body: Value,
    ) -> Result<Option<String>, Ended> {
        let made = self.post(endpoint, body).await?;
        let effect = made.as_ref().map_or_else(|effect| *effect, |_| Effect::Done);
        self.judged(check, effect, &[]);
        Ok(made.ok())
    }

    /// The same, without a check of its own.
    pub(crate) async fn post(
        &mut self,
        endpoint: &'static str,
        body: Value,
    ) -> Result<Result<String, Effect>, Ended> {
        let name = body[name_attribute(endpoint)].as_str().unwrap_or_default().to_owned();
        self.record.intend(endpoint, &name);
        let answer = self.send(Call::new(Method::Post, endpoint).sending(body)).await?;
        let id = answer.body["id"].as_str().filter(|_| answer.is_success()).map(str::to_owned);
        self.record.settle(endpoint, &name, |made| {
            made.id.clone_from(&id);
            // A clear refusal made nothing; anything else is looked for in the end.
            made.is_gone = matches!(answer.status, 400..=499 | 501);
        });
        Ok(id.ok_or(effect_of(&answer, false)))
    }

    /// Changes a resource, reads it back, and judges what is there.
    pub(crate) async fn change(
        &mut self,
        check: &str,
        change: Call,
        args: &[(&str, &str)],
        is_done: impl Fn(&Value) -> bool + Send,
    ) -> Result<bool, Ended> {
        let path = change.path.clone();
        let changed = self.send(change).await?;
        let read = self.get(&path).await?;
        let is_done = read.is_success() && is_done(&read.body);
        Ok(self.judged(check, effect_of(&changed, is_done), args))
    }

    /// Deletes a resource and looks whether it is gone. Gone is also a user who is there and not active.
    pub(crate) async fn delete(
        &mut self,
        check: &str,
        endpoint: &'static str,
        id: &str,
    ) -> Result<(), Ended> {
        let path = path_of(endpoint, id);
        let deleted = self.send(Call::new(Method::Delete, &path)).await?;
        let read = self.get(&path).await?;
        if read.status == 404 {
            self.record.gone(endpoint, id);
        }
        let is_gone = read.status == 404 || (read.is_success() && read.body["active"] == Value::Bool(false));
        self.judged(check, effect_of(&deleted, is_gone), &[]);
        Ok(())
    }

    /// Writes down what became of a check; whether it is good.
    pub(crate) fn judged(&mut self, check: &str, effect: Effect, args: &[(&str, &str)]) -> bool {
        let Some(planned) = self.part.planned(check) else { return false };
        let finding = (effect != Effect::Done).then(|| {
            let (word, status) = effect.words();
            let finding = Finding::new(planned.severity, planned.code)
                .with("part", self.part.as_str())
                .with("effect", word)
                .with("status", status);
            args.iter().fold(finding, |finding, (name, value)| finding.with(name, value))
        });
        self.write(check, finding)
    }

    /// Writes down a check with a finding of its own.
    pub(crate) fn write(&mut self, name: &str, finding: Option<Finding>) -> bool {
        let Some(planned) = self.part.planned(name) else { return false };
        let mut check = Check::new(self.part, name, planned.code);
        check.outcome = if finding.is_some() { Outcome::Failed } else { Outcome::Passed };
        if !self.evidence.is_empty() {
            self.before = std::mem::take(&mut self.evidence);
        }
        check.evidence.clone_from(&self.before);
        check.finding = finding.map(|finding| {
            check.evidence.iter().fold(finding, |finding, seen| finding.seen(&seen.source, &seen.value))
        });
        let done = {
            let mut state = self.record.state();
            state.checks.push(check.clone());
            state.checks.len()
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let is_good = check.outcome == Outcome::Passed;
        (self.tell)(Progress { done: number(done), total: number(self.total), newest: check });
        is_good
    }

    /// Writes down whether what was asked for was answered as it has to be.
    pub(crate) fn looked(&mut self, check: &str, answer: &Answer, is_good: bool) -> bool {
        self.judged(check, effect_of(answer, is_good), &[])
    }
}

/// What a change came to. A refusal is one even if everything was as wanted before.
pub(crate) const fn effect_of(answer: &Answer, is_done: bool) -> Effect {
    match (answer.status, is_done) {
        (0, _) => Effect::Unanswered,
        (200..300, true) => Effect::Done,
        (200..300, false) => Effect::Silent(answer.status),
        (status, _) => Effect::Refused(status),
    }
}

impl Effect {
    const fn words(self) -> (&'static str, u16) {
        match self {
            Self::Done => ("done", 0),
            Self::Silent(status) => ("silent", status),
            Self::Refused(status) => ("refused", status),
            Self::Unanswered => ("unanswered", 0),
        }
    }
}
