//! The delegated servers of the zone: every one at every address at once, and beside them what explains their answers.

use crate::around;
use crate::collect::{Job, OnChange, SoFar};
use crate::dnssec;
use crate::level::Level;
use crate::progress::Progress;
use crate::rows::{self, Row};
use crate::walk::Spoken;
use crate::wire;
use domain_check::{
    AliasEnd, Answer, Dnssec, FormerAnswer, MisplacedAnswer, Outcome, ServerAnswer, TxtValue, places,
};
use hickory_resolver::proto::rr::Name;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::task::JoinSet;

/// What is asked beside the rows.
enum Beside {
    Misplaced(MisplacedAnswer),
    Spf(Vec<TxtValue>),
    Dnssec(Dnssec),
    Alias(AliasEnd, Answer),
    Former(Vec<FormerAnswer>),
}

/// The questions of one look to the zone. Whatever an answer makes worth asking is asked at once, while others are still
/// waited for: nobody's silence holds that up.
pub(crate) struct Delegated<'a> {
    job: &'a Job<'a>,
    level: &'a Level,
    name: &'a Name,
    beside: JoinSet<Beside>,
    waiting: Vec<(String, IpAddr)>,
    /// Where the alias at the name leads to, once that is known.
    behind_alias: Option<(AliasEnd, Answer)>,
    places_asked: bool,
    alias_followed: bool,
    former_asked: bool,
}

impl<'a> Delegated<'a> {
    pub(crate) fn new(job: &'a Job<'a>, level: &'a Level, name: &'a Name) -> Self {
        Self {
            job,
            level,
            name,
            beside: JoinSet::new(),
            waiting: level.asked(),
            behind_alias: None,
            places_asked: false,
            alias_followed: false,
            former_asked: false,
        }
    }

    /// Asks them all. `spoken` is what one of them has said on the way down.
    pub(crate) async fn ask(
        mut self,
        spoken: Option<Spoken>,
        progress: &mut Progress,
        on_change: OnChange<'_>,
    ) {
        for server in self.level.servers.iter().filter(|server| server.addresses.is_empty()) {
            progress.servers.push(rows::without_address(&server.name, (self.job.walker.clock)()));
            self.tell(progress, true, on_change);
        }
        self.tell(progress, false, on_change);
        let mut rows = self.start_rows();
        self.start_dnssec(spoken.as_ref().map(|spoken| spoken.address));
        if let Some(Spoken { address, message }) = spoken {
            let txt = Outcome::Answered(wire::answer(&message, self.name));
            self.explain(&txt, address);
        }
        loop {
            tokio::select! {
                Some(Ok(row)) = rows.join_next() => {
                    let is_row = self.take_row(row, progress);
                    self.tell(progress, is_row, on_change);
                }
                Some(Ok(found)) = self.beside.join_next() => {
                    self.take(found, progress);
                    self.tell(progress, false, on_change);
                }
                else => break,
            }
        }
        self.start_former(progress);
        while let Some(Ok(found)) = self.beside.join_next().await {
            self.take(found, progress);
        }
        progress.misplaced.sort_by_key(|answer| answer.place as u8);
        if !self.all_leave_open(progress) {
            progress.surroundings.former.clear();
        }
    }

    fn tell(&self, progress: &Progress, is_row: bool, on_change: OnChange<'_>) {
        let zone = wire::text(&self.level.zone);
        let (servers, waiting) = (&progress.servers, &self.waiting);
        on_change(SoFar { zone: &zone, servers, waiting, is_row, job: self.job, progress });
    }

    /// Whether it is one that is reported.
    fn take_row(&mut self, row: Row, progress: &mut Progress) -> bool {
        let Row { mut answer, own_servers, primary } = row;
        if let Some(address) = answer.address {
            self.explain(&answer.txt, address);
        }
        self.add_alias(&mut answer);
        if progress.surroundings.own_servers.is_empty() {
            progress.surroundings.own_servers = own_servers;
        }
        progress.surroundings.primary = progress.surroundings.primary.take().or(primary);
        self.waiting.retain(|(server, address)| (server, Some(*address)) != (&answer.server, answer.address));
        let is_row = !rows::is_other_way_open(self.level, &answer);
        progress.servers.extend(is_row.then_some(answer));
        if !progress.surroundings.own_servers.is_empty() {
            self.start_former(progress);
        }
        is_row
    }

    fn take(&mut self, found: Beside, progress: &mut Progress) {
        match found {
            Beside::Misplaced(answer) => progress.misplaced.push(answer),
            Beside::Spf(values) => progress.surroundings.spf = values,
            Beside::Dnssec(dnssec) => progress.surroundings.dnssec = dnssec,
            Beside::Former(former) => progress.surroundings.former = former,
            Beside::Alias(end, answer) => {
                progress.surroundings.alias = Some(end.clone());
                self.behind_alias = Some((end, answer));
                progress.servers.iter_mut().for_each(|row| self.add_alias(row));
            }
        }
    }

    /// Asks for what explains an answer without the expected value: the places where a misplaced record turns up, and
    /// where an alias leads to.
    fn explain(&mut self, txt: &Outcome, address: IpAddr) {
        if !self.places_asked && self.job.leaves_open(txt) {
            self.places_asked = true;
            self.start_places(address);
        }
        if !self.alias_followed
            && let Some(target) = around::alias_without_value(txt)
        {
            self.alias_followed = true;
            let (session, target) = (Arc::clone(&self.job.session), target.to_owned());
            self.beside.spawn(async move {
                let (end, answer) = around::follow_alias(&session, target).await;
                Beside::Alias(end, answer)
            });
        }
    }

    /// Adds what stands behind the alias to a row that has it: whoever looks the name up gets it as the answer.
    fn add_alias(&self, row: &mut ServerAnswer) {
        let Some((end, found)) = &self.behind_alias else { return };
        if around::alias_without_value(&row.txt).is_none() {
            return;
        }
        let Outcome::Answered(answer) = &mut row.txt else { return };
        answer.values.clone_from(&found.values);
        answer.ttl = found.ttl;
        if !answer.aliases.contains(&end.target) {
            answer.aliases.push(end.target.clone());
        }
    }

    fn all_leave_open(&self, progress: &Progress) -> bool {
        progress.servers.iter().all(|row| self.job.leaves_open(&row.txt))
    }

    fn start_rows(&self) -> JoinSet<Row> {
        let mut rows = JoinSet::new();
        for (server, address) in self.level.asked() {
            let (session, clock) = (Arc::clone(&self.job.session), Arc::clone(&self.job.walker.clock));
            let (zone, name) = (self.level.zone.clone(), self.name.clone());
            rows.spawn(async move { rows::ask(&session, &clock, server, address, &zone, &name).await });
        }
        rows
    }

    /// `known` is a server that has answered before: it is asked first.
    fn start_dnssec(&mut self, known: Option<IpAddr>) {
        let Some(parent) = self.level.parent else { return };
        let mut addresses: Vec<IpAddr> = self.level.asked().into_iter().map(|(_, address)| address).collect();
        addresses.sort_by_key(|address| Some(*address) != known);
        let (session, now) = (Arc::clone(&self.job.session), (self.job.walker.clock)());
        let zone = self.level.zone.clone();
        self.beside.spawn(async move {
            Beside::Dnssec(dnssec::look(&session, parent, &zone, &addresses, now).await)
        });
    }

    fn start_places(&mut self, address: IpAddr) {
        let Job { session, domain, host, .. } = self.job;
        let server = self.level.asked().into_iter().find(|(_, own)| *own == address);
        let server = server.map_or_else(|| address.to_string(), |(server, _)| server);
        let (session, own) = (Arc::clone(session), self.name.clone());
        self.beside.spawn({
            let session = Arc::clone(&session);
            async move { Beside::Spf(around::spf(session, address, own).await) }
        });
        let probe = format!("signpost-{:016x}", RandomState::new().build_hasher().finish());
        for (place, text) in places(domain, host, &wire::text(&self.level.zone), &probe) {
            let Some(name) = wire::name(&text).filter(|name| self.level.zone.zone_of(name)) else { continue };
            let (session, server) = (Arc::clone(&session), server.clone());
            self.beside.spawn(async move {
                Beside::Misplaced(rows::misplaced(&session, server, address, place, text, name).await)
            });
        }
    }

    /// Asks the servers outside the delegation, once, when none of the delegated ones so far has the record.
    fn start_former(&mut self, progress: &Progress) {
        if self.former_asked || !self.all_leave_open(progress) {
            return;
        }
        self.former_asked = true;
        let surroundings = &progress.surroundings;
        let candidates = surroundings.own_servers.iter().chain(&surroundings.primary).chain(self.job.former);
        let (session, level, name) = (Arc::clone(&self.job.session), self.level.clone(), self.name.clone());
        let candidates: Vec<String> = candidates.cloned().collect();
        self.beside.spawn(async move {
            Beside::Former(around::ask_former(&session, &level, &name, candidates.into_iter()).await)
        });
    }
}
