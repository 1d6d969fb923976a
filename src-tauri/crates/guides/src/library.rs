use crate::assemble::Assembler;
use crate::error::DataError;
use crate::file::{GuideFile, PageEntry};
use crate::page::{Confirmation, Note, Page, PageId};
use crate::service::{IdentityProvider, IdentityProviderChoice, Service};
use crate::source::{self, LISTS, Source, embedded_sources, facts, merged, parse};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use vocabulary::StepId;

static EMBEDDED: OnceLock<Result<Library, DataError>> = OnceLock::new();

/// Everything that was read: the services, the identity providers, and the guides for pairs of both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    services: Vec<Service>,
    identity_providers: Vec<IdentityProvider>,
    guides: Vec<Guide>,
}

/// What to do in one identity provider for one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Guide {
    /// The service that is set up.
    pub service: Service,
    /// The identity provider it is connected to.
    pub identity_provider: IdentityProvider,
    /// The service's steps, in the order they are listed.
    pub steps: Vec<Page>,
    /// What comes before, after and around the steps, in the order it is met.
    pub pages: Vec<Page>,
}

impl Guide {
    /// The step's page; `None` when the service has no such step.
    pub fn step(&self, step: StepId) -> Option<&Page> {
        self.steps.iter().find(|page| page.id == step.as_str())
    }

    /// The stage's page; `None` when the guide has none.
    pub fn page(&self, page: PageId) -> Option<&Page> {
        self.pages.iter().find(|candidate| candidate.id == page.as_str())
    }

    /// What comes before, after and around the steps, in the order it is met.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The confirmation, wherever it is asked for.
    pub fn confirmation(&self, id: &str) -> Option<&Confirmation> {
        self.all().flat_map(|page| &page.confirmations).find(|confirmation| confirmation.id == id)
    }

    /// Every page: those before the steps, the steps, those after.
    pub fn all(&self) -> impl Iterator<Item = &Page> {
        let before = |page: &&Page| {
            [PageId::BeforeYouStart, PageId::StageOne, PageId::WhatYouNeed]
                .map(PageId::as_str)
                .contains(&page.id.as_str())
        };
        let after = move |page: &&Page| !before(page);
        self.pages.iter().filter(before).chain(&self.steps).chain(self.pages.iter().filter(after))
    }
}

impl Library {
    /// The data that is part of the program.
    ///
    /// # Errors
    /// Says which file and line is wrong. A test of this crate holds that none is.
    pub fn embedded() -> Result<&'static Self, &'static DataError> {
        EMBEDDED.get_or_init(|| Self::load(&embedded_sources()?)).as_ref()
    }

    /// Reads and checks a set of data files.
    ///
    /// # Errors
    /// The first thing that is wrong: unreadable TOML, an unknown key, value, note or step, markup in a text, a link
    /// that is not https, an id that is there twice, an empty path.
    pub fn load(sources: &[Source<'_>]) -> Result<Self, DataError> {
        let (library, mut wrong) = Self::read(sources);
        if wrong.is_empty() { Ok(library) } else { Err(wrong.swap_remove(0)) }
    }

    /// What is wrong with a set of data files: for each file the first thing. Empty when all is well.
    pub fn check(sources: &[Source<'_>]) -> Vec<DataError> {
        each_once(Self::read(sources).1)
    }

    /// The data that is part of the program with somebody's own files beside it, and what is wrong with those. Identity
    /// providers and notes are added to the known ones, or take the place of the one with the same id; any other file
    /// takes the place of the one with the same path. A file that does not read is left out, with what needs it and
    /// nothing else, and the program's own is kept.
    ///
    /// # Errors
    /// What is wrong with the program's own data; a test of this crate holds that nothing is.
    pub fn with(own: &[Source<'_>]) -> Result<(Self, Vec<DataError>), DataError> {
        let embedded = Self::embedded().map_err(Clone::clone)?;
        let program = embedded_sources()?;
        let (mut usable, mut told) = (own.to_vec(), Vec::new());
        let mut library = loop {
            let (library, wrong) = Self::read(&beside(&program, &usable));
            let before = usable.len();
            usable.retain(|source| wrong.iter().all(|error| error.file != source.path));
            told.extend(wrong);
            if usable.len() == before {
                break library;
            }
        };
        for guide in &embedded.guides {
            if library.guide(&guide.service.id, &guide.identity_provider.id).is_none() {
                library.guides.push(guide.clone());
            }
        }
        Ok((library, each_once(told)))
    }

    /// Everything that reads, and what does not.
    fn read(sources: &[Source<'_>]) -> (Self, Vec<DataError>) {
        let mut wrong = Vec::new();
        let mut library = Self::default();
        let [providers_file, notes_file, _] = LISTS;
        let id = |provider: &IdentityProvider| provider.id.clone();
        library.identity_providers =
            merged(sources, providers_file, source::identity_providers, id, &mut wrong);
        let notes = merged(sources, notes_file, source::notes, |note: &Note| note.id.clone(), &mut wrong);
        for source in sources.iter().filter(|source| source.path.starts_with("services/")) {
            source::service(source)
                .map_or_else(|error| wrong.push(error), |service| library.services.push(service));
        }
        if wrong.is_empty() {
            let known = Known { notes: &notes, facts: &facts(sources) };
            for (source, pair) in sources.iter().filter_map(|source| Some((source, guide_of(source.path)?))) {
                match library.read_guide(sources, source, pair, &known) {
                    Ok(guide) => library.guides.push(guide),
                    Err(error) => wrong.push(error),
                }
            }
        }
        (library, wrong)
    }

    /// The services that can be set up.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service with this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// Every identity provider that is known, with or without a guide.
    pub fn identity_providers(&self) -> &[IdentityProvider] {
        &self.identity_providers
    }

    /// What a new project can choose from for this service.
    pub fn choices(&self, service: &str) -> Vec<IdentityProviderChoice> {
        let choice = |provider: &IdentityProvider| IdentityProviderChoice {
            identity_provider: provider.clone(),
            has_guide: self.guide(service, &provider.id).is_some(),
        };
        self.identity_providers.iter().map(choice).collect()
    }

    /// Every guide.
    pub fn guides(&self) -> &[Guide] {
        &self.guides
    }

    /// The guide for this pair of ids.
    pub fn guide(&self, service: &str, identity_provider: &str) -> Option<&Guide> {
        self.guides
            .iter()
            .find(|guide| guide.service.id == service && guide.identity_provider.id == identity_provider)
    }

    fn read_guide(
        &self,
        sources: &[Source<'_>],
        source: &Source<'_>,
        (service, provider): (&str, &str),
        known: &Known<'_>,
    ) -> Result<Guide, DataError> {
        let nobody =
            |kind: &str, id: &str| DataError::in_file(source.path, format!("there is no {kind} {id:?}"));
        let service = self.service(service).ok_or_else(|| nobody("service", service))?;
        let mut providers = self.identity_providers.iter();
        let identity_provider = providers
            .find(|candidate| candidate.id == provider)
            .ok_or_else(|| nobody("identity provider", provider))?;
        let common = format!("guides/{}/common.toml", service.id);
        let base = base(sources, source)?;
        let mut read = Pages::default();
        for source in sources.iter().filter(|other| other.path == common).chain(base).chain([source]) {
            read.add(&Assembler {
                file: source.path,
                text: source.text,
                service,
                provider: &identity_provider.id,
                notes: known.notes,
                facts: known.facts,
            })?;
        }
        let (steps, pages) = read.ordered(service, source.path)?;
        let guide =
            Guide { service: service.clone(), identity_provider: identity_provider.clone(), steps, pages };
        confirmed_once(&guide, source)?;
        Ok(guide)
    }
}

/// The program's files with one's own among them.
fn beside<'a>(program: &[Source<'a>], own: &[Source<'a>]) -> Vec<Source<'a>> {
    let stays = |source: &&Source<'_>| {
        LISTS.contains(&source.path) || own.iter().all(|other| other.path != source.path)
    };
    program.iter().filter(stays).chain(own).cloned().collect()
}

fn each_once(errors: Vec<DataError>) -> Vec<DataError> {
    let mut once: Vec<DataError> = Vec::new();
    for error in errors {
        if !once.contains(&error) {
            once.push(error);
        }
    }
    once
}

/// What the names in a guide refer to.
struct Known<'a> {
    notes: &'a [Note],
    facts: &'a BTreeSet<&'a str>,
}

/// The file that this one is like; its own pages win over those.
fn base<'s, 'a>(sources: &'s [Source<'a>], source: &Source<'_>) -> Result<Option<&'s Source<'a>>, DataError> {
    let Some(like) = parse::<GuideFile>(source)?.like else { return Ok(None) };
    let wrong = |what: String| DataError::at(source.path, source.text, like.span().start, what);
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = format!("{folder}/{}.toml", like.as_ref());
    let base = sources.iter().find(|other| other.path == path && other.path != source.path);
    let base = base.ok_or_else(|| wrong(format!("there is no guide {:?} to be like", like.as_ref())))?;
    match parse::<GuideFile>(base)?.like {
        None => Ok(Some(base)),
        Some(_) => Err(wrong(format!("the guide {:?} is like another one itself", like.as_ref()))),
    }
}

/// The pages of one guide while they are read; the identity provider's own file comes last and wins.
#[derive(Default)]
struct Pages {
    steps: Vec<(StepId, Page)>,
    pages: Vec<(PageId, Page)>,
}

impl Pages {
    fn add(&mut self, from: &Assembler<'_>) -> Result<(), DataError> {
        let file: GuideFile = parse(&Source { path: from.file, text: from.text })?;
        from.once(file.step.iter().map(|entry| (entry.id.as_ref().as_str(), entry.id.span())), "step")?;
        from.once(file.page.iter().map(|entry| (entry.id.as_ref().as_str(), entry.id.span())), "page")?;
        for entry in file.step {
            let step = *entry.id.as_ref();
            let page = from.page(step.as_str(), known_step(from, entry)?)?;
            notes_belong(from, &format!("step {step}"), &page, |note| note.steps.contains(&step))?;
            replace(&mut self.steps, step, page);
        }
        for entry in file.page {
            let id = *entry.id.as_ref();
            let page = from.page(id.as_str(), entry)?;
            notes_belong(from, &format!("page {}", id.as_str()), &page, |note| note.pages.contains(&id))?;
            replace(&mut self.pages, id, page);
        }
        Ok(())
    }

    fn ordered(mut self, service: &Service, file: &str) -> Result<(Vec<Page>, Vec<Page>), DataError> {
        if let Some(missing) =
            service.steps.iter().find(|step| !self.steps.iter().any(|(known, _)| known == *step))
        {
            return Err(DataError::in_file(
                file,
                format!("the step {missing} of {} is missing", service.name),
            ));
        }
        self.steps.sort_by_key(|(step, _)| service.steps.iter().position(|known| known == step));
        self.pages.sort_by_key(|(id, _)| *id);
        Ok((
            self.steps.into_iter().map(|(_, page)| page).collect(),
            self.pages.into_iter().map(|(_, page)| page).collect(),
        ))
    }
}

fn known_step(from: &Assembler<'_>, entry: PageEntry<StepId>) -> Result<PageEntry<StepId>, DataError> {
    if from.service.steps.contains(entry.id.as_ref()) {
        return Ok(entry);
    }
    let what = format!("{} has no step {}", from.service.name, entry.id.as_ref());
    Err(from.wrong(&entry.id.span(), what))
}

fn notes_belong(
    from: &Assembler<'_>,
    place: &str,
    page: &Page,
    belongs: impl Fn(&Note) -> bool,
) -> Result<(), DataError> {
    let Some(note) = page.notes().into_iter().find(|note| !belongs(note)) else { return Ok(()) };
    let what = format!("note {} does not belong to the {place}", note.id);
    Err(DataError::at_last(from.file, from.text, &note.id, what))
}

fn replace<Id: PartialEq>(pages: &mut Vec<(Id, Page)>, id: Id, page: Page) {
    pages.retain(|(known, _)| *known != id);
    pages.push((id, page));
}

fn confirmed_once(guide: &Guide, source: &Source<'_>) -> Result<(), DataError> {
    let mut ids: Vec<&str> =
        guide.all().flat_map(|page| &page.confirmations).map(|one| one.id.as_str()).collect();
    ids.sort_unstable();
    let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) else { return Ok(()) };
    let what = format!("the confirmation {:?} is there twice", pair[0]);
    Err(DataError::at_last(source.path, source.text, pair[0], what))
}

/// `guides/SERVICE/IDP.toml` gives both names; anything else nothing.
fn guide_of(path: &str) -> Option<(&str, &str)> {
    let (service, provider) = path.strip_prefix("guides/")?.strip_suffix(".toml")?.split_once('/')?;
    (provider != "common").then_some((service, provider))
}
