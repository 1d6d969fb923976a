use super::Wizard;
use crate::error::{Failure, FailureCode};
use crate::gate::LICENCE_KEY_MISSING;
use crate::ports::Comparison;
use crate::project::Project;
use crate::steps::domains;
use crate::view::ProjectView;
use account_api::{DomainHistory, DomainState};
use domain_check::{CheckSoFar, Commands, DomainName, ParsedDomain, Report, TxtRecord, Verdict};
use serde::{Deserialize, Serialize};
use vocabulary::Finding;

/// The view after domains were added, and what is to be said about what was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct DomainsAdded {
    /// The project now.
    pub view: ProjectView,
    /// What was understood on the way, and what was not taken, with the reason.
    pub findings: Vec<Finding>,
}

/// Who hears of a check while it goes on.
pub(super) type Tell<'a> = dyn Fn(CheckSoFar) + Send + Sync + 'a;

impl Wizard {
    /// Adds what was typed or pasted and has the service issue the records. Out of reach of the service the domains
    /// stay in the project and are sent later.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub async fn add_domains(&self, id: &str, text: &str) -> Result<DomainsAdded, Failure> {
        let (_, added) = self.update(id, |project, now| Ok(domains::add(project, text, now)))?;
        let (view, kept_back) = self.try_domains(id).await?;
        let wants_key = kept_back.is_some_and(|failure| failure.code == FailureCode::LicenceKeyRequired);
        let why = wants_key.then(|| Finding::warning(LICENCE_KEY_MISSING));
        Ok(DomainsAdded { view, findings: added.findings.into_iter().chain(why).collect() })
    }

    /// Sends the domains that the service has not got. A refusal stands at the domain; being out of reach is no
    /// failure.
    pub(super) async fn send_domains(&self, id: &str) -> Result<ProjectView, Failure> {
        self.try_domains(id).await.map(|(view, _)| view)
    }

    /// The same, with why some are unsent still, where that is no affair of one domain.
    pub(super) async fn try_domains(&self, id: &str) -> Result<(ProjectView, Option<Failure>), Failure> {
        let project = self.store.load(id)?;
        if project.backend.is_by_hand() {
            return Ok((self.view(project)?, None));
        }
        let mut kept_back = None;
        let unsent: Vec<String> = project.domains.entries.iter().map(|entry| entry.name.clone()).collect();
        let unsent = unsent.into_iter().filter(|name| project.known_domain(name).is_none());
        for name in unsent {
            match self.send_domain(&project, &name).await {
                Ok(()) => {}
                Err(failure) if is_refusal(failure.code) => self.refuse(id, &name, &failure)?,
                Err(failure) => {
                    tracing::info!(code = failure.code.as_str(), "a domain stays unsent");
                    kept_back = Some(failure);
                    break;
                }
            }
        }
        Ok((self.open(id)?, kept_back))
    }

    async fn send_domain(&self, project: &Project, name: &str) -> Result<(), Failure> {
        let (service, account) = self.service(project).await?;
        let integration = self.heard(&project.id, service.add_domain(&account, name).await)?;
        self.update(&project.id, |project, now| {
            project.take_integration(integration, now);
            if let Some(entry) = project.domains.entry_mut(name) {
                entry.refusal.clear();
            }
            Ok(())
        })?;
        Ok(())
    }

    fn refuse(&self, id: &str, name: &str, failure: &Failure) -> Result<(), Failure> {
        let code = if failure.code == FailureCode::DomainTaken { "domain-taken" } else { "domain-refused" };
        self.update(id, |project, _| {
            if let Some(entry) = project.domains.entry_mut(name) {
                entry.refusal = vec![
                    Finding::error(code).with("domain", &entry.unicode).seen("service", &failure.message),
                ];
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Takes a domain away, at the service first.
    ///
    /// # Errors
    /// Why the service did not do it; the domain stays then.
    pub async fn remove_domain(&self, id: &str, name: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let mut integration = None;
        if project.known_domain(name).is_some() && !project.backend.is_by_hand() {
            let (service, account) = self.service(&project).await?;
            integration = Some(self.heard(id, service.remove_domain(&account, name).await)?);
        }
        self.edit(id, |project, now| {
            if let Some(integration) = integration {
                project.take_integration(integration, now);
            }
            domains::remove(project, name, now);
        })
    }

    /// Keeps which DNS host serves a domain; `None` lets the name servers decide again.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn choose_dns_host(
        &self,
        id: &str,
        name: &str,
        chosen: Option<String>,
    ) -> Result<ProjectView, Failure> {
        self.edit(id, |project, _| {
            if let Some(entry) = project.domains.entry_mut(name) {
                entry.dns_host = chosen.filter(|host| host.len() <= 64);
            }
        })
    }

    /// Asks the delegated name servers, and when they have the record, or cannot be asked from here, the service.
    /// Dropping the future cancels the check; nothing is changed then.
    ///
    /// # Errors
    /// When the service has not issued the record yet and cannot be asked.
    pub async fn check_domain(&self, id: &str, name: &str) -> Result<ProjectView, Failure> {
        self.check_domain_telling(id, name, &|_| {}).await
    }

    /// The same; `tell` hears of each name server as soon as it has answered.
    ///
    /// # Errors
    /// As [`check_domain`](Self::check_domain).
    pub async fn check_domain_telling(
        &self,
        id: &str,
        name: &str,
        tell: &Tell<'_>,
    ) -> Result<ProjectView, Failure> {
        Box::pin(self.look_at_domain(id, name, true, tell)).await
    }

    /// The same; a watch leaves the line in the history out, which it would fill.
    pub(super) async fn look_at_domain(
        &self,
        id: &str,
        name: &str,
        noted: bool,
        tell: &Tell<'_>,
    ) -> Result<ProjectView, Failure> {
        let mut project = self.store.load(id)?;
        let by_hand = project.backend.is_by_hand();
        if project.known_domain(name).is_none() && by_hand {
            let missing = Failure::new(FailureCode::InvalidInput, "the record's value was not pasted");
            return Err(missing.on("txt-value"));
        }
        if project.known_domain(name).is_none() {
            self.send_domain(&project, name).await?;
            project = self.store.load(id)?;
        }
        let record = project.known_domain(name).map(|domain| domain.record.clone()).ok_or_else(|| {
            Failure::new(FailureCode::InvalidInput, "the project has no such domain").on("domain")
        })?;
        let domain = parse(name)?;
        let report = self.checker.check_telling(&domain, &record.host, Some(&record.value), tell).await;
        let _hold = self.gone.hold();
        let (verdict, blind, gone) = (report.verdict, report.is_failure_to_look(), report.contradicts());
        let (project, ()) = self.update(id, |project, now| {
            if noted {
                project.note(now, "domain-checked", &[("domain", name)]);
            }
            domains::take_report(project, name, report);
            Ok(())
        })?;
        // Once the service misses it too, the project knows how long that may last.
        let is_news_to_service = gone && domains::is_believed(&project, name);
        if !by_hand && (verdict == Verdict::Verified || blind || is_news_to_service) {
            return self.verify(&project, name).await;
        }
        self.view(project)
    }

    /// Adds what resolvers say to the last report of a domain. A report that came meanwhile is left as it is.
    ///
    /// # Errors
    /// Why the project cannot be read or saved.
    pub async fn compare_domain(
        &self,
        id: &str,
        name: &str,
        whom: &Comparison,
    ) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let report = project.domains.entry(name).and_then(|entry| entry.report.clone());
        let Some(report) = report else { return self.view(project) };
        let checked_at = report.checked_at;
        let compared = self.checker.compare(report.clone(), whom).await;
        if compared == report {
            return self.view(project);
        }
        self.edit(id, |project, _| {
            let of_the_look = |report: &&mut Report| report.checked_at == checked_at;
            let entry = project.domains.entry_mut(name);
            if let Some(report) = entry.and_then(|entry| entry.report.as_mut()).filter(of_the_look) {
                *report = compared;
            }
        })
    }

    /// Adds what resolvers say to a report that belongs to no project.
    pub async fn compare_report(&self, report: Report, whom: &Comparison) -> Report {
        self.checker.compare(report, whom).await
    }

    /// Has the service look itself: the program's word is not enough.
    async fn verify(&self, project: &Project, name: &str) -> Result<ProjectView, Failure> {
        let id = &project.id;
        let answer = async {
            let (service, account) = self.service(project).await?;
            let verification = service.verify_domain(&account, name).await?;
            Ok((verification, service.integration(&account).await?))
        };
        let (verification, integration) = match self.heard(id, answer.await) {
            Ok(answer) => answer,
            Err(failure) => {
                tracing::info!(code = failure.code.as_str(), "the service did not look");
                return self.view(self.store.load(id)?);
            }
        };
        let accepted = verification.domain.state == DomainState::Verified;
        self.edit(id, |project, now| {
            let was_accepted = domains::is_accepted(project, name);
            project.take_integration(integration, now);
            if let Some(entry) = project.domains.entry_mut(name) {
                entry.refusal = if accepted { Vec::new() } else { verification.findings };
            }
            if accepted && !was_accepted {
                project.note(now, "domain-accepted", &[("domain", name)]);
            }
        })
    }

    /// What the service saw of a domain's record, change by change; `None` where no service looks, or it has not got
    /// the domain yet.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn domain_history(&self, id: &str, name: &str) -> Result<Option<DomainHistory>, Failure> {
        let project = self.store.load(id)?;
        if project.backend.is_by_hand() || project.known_domain(name).is_none() {
            return Ok(None);
        }
        let (service, account) = self.service(&project).await?;
        self.heard(id, service.domain_history(&account, name).await).map(Some)
    }

    /// The commands that look the domain's record up from a terminal; `None` until the service has issued the record.
    ///
    /// # Errors
    /// Why the project cannot be read.
    pub fn domain_commands(&self, id: &str, name: &str) -> Result<Option<Commands>, Failure> {
        let project = self.store.load(id)?;
        let Some(known) = project.known_domain(name) else { return Ok(None) };
        let record = TxtRecord::new(&parse(name)?, &known.record.host, &known.record.value);
        Ok(Some(domain_check::commands(&record)))
    }

    /// Looks at any domain, for whoever is on the phone: no project, no account, nothing kept.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) when it cannot be a domain; the finding's code is in `hints`.
    pub async fn check_any_domain(
        &self,
        text: &str,
        label: &str,
        expected: Option<&str>,
    ) -> Result<Report, Failure> {
        self.check_any_domain_telling(text, label, expected, &|_| {}).await
    }

    /// The same; `tell` hears of each name server as soon as it has answered.
    ///
    /// # Errors
    /// As [`check_any_domain`](Self::check_any_domain).
    pub async fn check_any_domain_telling(
        &self,
        text: &str,
        label: &str,
        expected: Option<&str>,
        tell: &Tell<'_>,
    ) -> Result<Report, Failure> {
        Ok(self.checker.check_telling(&parse(text)?, label, expected, tell).await)
    }
}

fn parse(text: &str) -> Result<DomainName, Failure> {
    parse_typed(text).map(|parsed| parsed.domain)
}

/// A domain as it was typed.
pub(super) fn parse_typed(text: &str) -> Result<ParsedDomain, Failure> {
    DomainName::parse(text).map_err(|finding| {
        let failure = Failure::new(FailureCode::InvalidInput, finding.code.to_string()).on("domain");
        finding
            .args
            .iter()
            .fold(failure, |failure, (name, value)| failure.with(name, value))
            .hint(&finding.code)
    })
}

const fn is_refusal(code: FailureCode) -> bool {
    matches!(code, FailureCode::DomainTaken | FailureCode::ServiceRefused | FailureCode::InvalidInput)
}
