use crate::assemble::Assembler;
use crate::error::DataError;
use crate::file::{GuideFile, IdentityProvidersFile, NotesFile, PageEntry};
use crate::inline::https;
use crate::page::{Confirmation, Note, Page, PageId};
use crate::service::{IdentityProvider, IdentityProviderChoice, Service};
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use vocabulary::StepId;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");
static EMBEDDED: OnceLock<Result<Library, DataError>> = OnceLock::new();

/// One file of the data: `identity-providers.toml`, `notes.toml`, `facts.csv`, `services/SERVICE.toml`,
/// `guides/SERVICE/IDP.toml`, or `guides/SERVICE/common.toml` for what is the same for every identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The path inside the data directory, with slashes.
    pub path: &'a str,
    /// The text, TOML or CSV.
    pub text: &'a str,
}

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
            [PageId::BeforeYouStart, PageId::StageOne].map(PageId::as_str).contains(&page.id.as_str())
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
        let mut wrong: Vec<DataError> = Vec::new();
        for error in Self::read(sources).1 {
            if !wrong.contains(&error) {
                wrong.push(error);
            }
        }
        wrong
    }

    /// Everything that reads, and what does not.
    fn read(sources: &[Source<'_>]) -> (Self, Vec<DataError>) {
        let mut wrong = Vec::new();
        let mut library = Self::default();
        match required(sources, "identity-providers.toml").and_then(identity_providers) {
            Ok(providers) => library.identity_providers = providers,
            Err(error) => wrong.push(error),
        }
        let notes = required(sources, "notes.toml").and_then(notes).unwrap_or_else(|error| {
            wrong.push(error);
            Vec::new()
        });
        for source in sources.iter().filter(|source| source.path.starts_with("services/")) {
            service(source).map_or_else(|error| wrong.push(error), |service| library.services.push(service));
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

/// The ids of the vendors' facts: the first column of `facts.csv`. No file means no facts.
fn facts<'a>(sources: &[Source<'a>]) -> BTreeSet<&'a str> {
    let file = sources.iter().find(|source| source.path == "facts.csv");
    let lines = file.into_iter().flat_map(|source| source.text.lines().skip(1));
    lines.filter_map(|line| line.split(',').next()).collect()
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
    Err(located(from.file, from.text, &note.id, what))
}

/// At the last place where the id is written in quotes.
fn located(file: &str, text: &str, id: &str, what: String) -> DataError {
    match text.rfind(&format!("\"{id}\"")) {
        Some(offset) => DataError::at(file, text, offset, what),
        None => DataError::in_file(file, what),
    }
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
    Err(located(source.path, source.text, pair[0], what))
}

/// `guides/SERVICE/IDP.toml` gives both names; anything else nothing.
fn guide_of(path: &str) -> Option<(&str, &str)> {
    let (service, provider) = path.strip_prefix("guides/")?.strip_suffix(".toml")?.split_once('/')?;
    (provider != "common").then_some((service, provider))
}

fn service(source: &Source<'_>) -> Result<Service, DataError> {
    let service: Service = parse(source)?;
    if format!("services/{}.toml", service.id) != source.path {
        return Err(DataError::in_file(
            source.path,
            format!("the file has to be named after its id {:?}", service.id),
        ));
    }
    for link in service.links.all() {
        address(source, link)?;
    }
    for pattern in service.by_customer.iter().flat_map(|customer| &customer.patterns) {
        address(source, &pattern.pattern)?;
    }
    Ok(service)
}

fn identity_providers(source: &Source<'_>) -> Result<Vec<IdentityProvider>, DataError> {
    let providers = parse::<IdentityProvidersFile>(source)?.identity_provider;
    for link in providers.iter().filter_map(|provider| provider.portal_url.as_ref()) {
        address(source, link)?;
    }
    Ok(providers)
}

fn notes(source: &Source<'_>) -> Result<Vec<Note>, DataError> {
    let mut notes: Vec<Note> = Vec::new();
    for entry in parse::<NotesFile>(source)?.note {
        let at = entry.span().start;
        let note = Note::from(entry.into_inner());
        if notes.iter().any(|known| known.id == note.id) {
            return Err(DataError::at(
                source.path,
                source.text,
                at,
                format!("the note {:?} is there twice", note.id),
            ));
        }
        notes.push(note);
    }
    Ok(notes)
}

fn address(source: &Source<'_>, link: &str) -> Result<(), DataError> {
    let offset = source.text.find(link).unwrap_or_default();
    https(link).map(drop).map_err(|what| DataError::at(source.path, source.text, offset, what))
}

fn parse<T: DeserializeOwned>(source: &Source<'_>) -> Result<T, DataError> {
    toml::from_str(source.text).map_err(|why| match why.span() {
        Some(span) => DataError::at(source.path, source.text, span.start, why.message()),
        None => DataError::in_file(source.path, why.message()),
    })
}

fn required<'s, 'a>(sources: &'s [Source<'a>], path: &str) -> Result<&'s Source<'a>, DataError> {
    sources
        .iter()
        .find(|source| source.path == path)
        .ok_or_else(|| DataError::in_file(path, "the file is missing"))
}

fn embedded_sources() -> Result<Vec<Source<'static>>, DataError> {
    let mut sources = Vec::new();
    collect(&DATA, &mut sources)?;
    Ok(sources)
}

fn collect(dir: &'static Dir<'static>, sources: &mut Vec<Source<'static>>) -> Result<(), DataError> {
    for file in
        dir.files().filter(|file| file.path().extension().is_some_and(|kind| kind == "toml" || kind == "csv"))
    {
        let path =
            file.path().to_str().ok_or_else(|| DataError::in_file("?", "the file's name is not UTF-8"))?;
        let text = file.contents_utf8().ok_or_else(|| DataError::in_file(path, "the file is not UTF-8"))?;
        sources.push(Source { path, text });
    }
    dir.dirs().try_for_each(|inner| collect(inner, sources))
}
