use super::{Wizard, unpoisoned};
use crate::error::{Failure, FailureCode};
use crate::metadata::{self, Address, EntitiesFound, Reading};
use crate::portal::{HANDED_ON, handed_on};
use crate::ports::MetadataDocument;
use crate::project::Project;
use crate::steps::saml::{Source, Way, source};
use crate::view::ProjectView;
use metadata_signature::Trust;
use saml::{EntitySummary, Inspection, Kind};
use std::io::{self, Read};
use std::sync::Arc;
use vocabulary::{Finding, Timestamp};

/// Where metadata came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetadataFrom {
    /// A file of this name.
    File(String),
    /// Pasted text.
    Paste,
    /// An https address.
    Address(Address),
}

impl MetadataFrom {
    /// The most that is taken, in bytes.
    pub(super) const fn limit(&self) -> usize {
        match self {
            Self::File(_) | Self::Address(_) => saml::LIMIT_BY_FILE,
            Self::Paste => saml::LIMIT_BY_HAND,
        }
    }

    /// How it came, and the name of the file or the address.
    pub(super) fn way(&self) -> (Way, &str) {
        match self {
            Self::File(name) => (Way::File, name.as_str()),
            Self::Paste => (Way::Pasted, ""),
            Self::Address(address) => (Way::Address, address.url.as_str()),
        }
    }

    fn source(&self, size: usize, now: Timestamp) -> Source {
        let (way, name) = self.way();
        let address = match self {
            Self::Address(address) => Some(address.clone()),
            _ => None,
        };
        Source { address, ..source(way, name, size, now) }
    }
}

/// A document read for the step, within reach while one of its entities may still be chosen.
#[derive(Clone)]
pub(super) struct Document {
    content: Arc<dyn MetadataDocument>,
    from: MetadataFrom,
    /// The identity providers in it.
    entities: Arc<[EntitySummary]>,
    /// The one that was chosen.
    entity: Option<String>,
}

impl Wizard {
    /// Reads the identity provider's metadata from memory, as [`read_document`](Self::read_document) does.
    ///
    /// # Errors
    /// Why the project could not be saved.
    pub fn read_metadata(
        &self,
        id: &str,
        bytes: Vec<u8>,
        from: MetadataFrom,
    ) -> Result<ProjectView, Failure> {
        self.read_document(id, Arc::new(InMemory(bytes)), from)
    }

    /// Reads the identity provider's metadata. Whatever is wrong with it stands in the step's findings; where the
    /// project has other values, it is kept aside until somebody decides. In a document with several identity providers,
    /// the one that the project has is looked for. Where the service's values come from its portal, the service's own
    /// document is taken as that.
    ///
    /// # Errors
    /// [`FileUnreadable`](FailureCode::FileUnreadable), or why the project could not be saved.
    pub fn read_document(
        &self,
        id: &str,
        content: Arc<dyn MetadataDocument>,
        from: MetadataFrom,
    ) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let mut document = Document { content, from, entities: Arc::default(), entity: None };
        let mut inspection = self.inspect(&project, &document, false)?;
        if inspection.kind == Kind::Sp && project.backend.is_by_hand() {
            let bytes = document.bytes(saml::LIMIT_BY_HAND)?;
            return self.read_sp_metadata(id, &bytes, &document.from);
        }
        document.entities = metadata::choices(&inspection.entities).cloned().collect();
        let ours = project.saml.values.as_ref().map(|values| values.entity_id.as_str());
        let has_ours = document.entities.iter().any(|one| Some(one.entity_id.as_str()) == ours);
        if inspection.kind == Kind::Aggregate && inspection.entity_id.is_none() && has_ours {
            document.entity = ours.map(str::to_owned);
            inspection = self.inspect(&project, &document, false)?;
        }
        let view = self.take_document(id, &document, &inspection, metadata::take)?;
        unpoisoned(&self.documents).insert(id.to_owned(), document);
        Ok(view)
    }

    /// Fetches the document at an address, for [`read_document`](Self::read_document); without an address, the one that
    /// the project remembers.
    ///
    /// # Errors
    /// One of the codes that begin with `address-`; [`NothingChosen`](FailureCode::NothingChosen) when no address is
    /// remembered, or only part of one.
    pub async fn fetch_metadata(
        &self,
        id: &str,
        address: Option<(String, bool)>,
    ) -> Result<(Arc<dyn MetadataDocument>, MetadataFrom), Failure> {
        let remembered = || {
            self.store
                .load(id)?
                .saml
                .source
                .and_then(|source| source.address)
                .filter(is_whole)
                .ok_or_else(nothing)
        };
        let (url, allow_private) = match address {
            Some((url, allow_private)) => (url.trim().to_owned(), allow_private),
            None => remembered().map(|address| (address.url, address.allow_private))?,
        };
        let fetched = self.metadata.fetch(&url, saml::LIMIT_BY_FILE, allow_private).await?;
        let from = Address::new(&url, &fetched.redirects, allow_private);
        Ok((fetched.document, MetadataFrom::Address(from)))
    }

    /// Chooses one identity provider of the document that was read last.
    ///
    /// # Errors
    /// [`NothingChosen`](FailureCode::NothingChosen) when the document is not within reach any more: read it again.
    pub fn choose_entity(&self, id: &str, entity_id: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let document = Document { entity: Some(entity_id.to_owned()), ..self.document(id)? };
        let inspection = self.inspect(&project, &document, false)?;
        let view = self.take_document(id, &document, &inspection, metadata::put)?;
        unpoisoned(&self.documents).insert(id.to_owned(), document);
        Ok(view)
    }

    /// Looks for identity providers in the document that was read last.
    ///
    /// # Errors
    /// As [`choose_entity`](Self::choose_entity).
    pub fn find_entities(&self, id: &str, text: &str) -> Result<EntitiesFound, Failure> {
        Ok(metadata::search(&self.document(id)?.entities, text))
    }

    /// Checks the signature of the document that was read last, however large it is. A tree of it is in memory
    /// meanwhile, which takes several times its size.
    ///
    /// # Errors
    /// As [`choose_entity`](Self::choose_entity).
    pub fn check_metadata_signature(&self, id: &str) -> Result<ProjectView, Failure> {
        let project = self.store.load(id)?;
        let document = self.document(id)?;
        let inspection = self.inspect(&project, &document, true)?;
        self.take_document(id, &document, &inspection, metadata::take)
    }

    fn document(&self, id: &str) -> Result<Document, Failure> {
        unpoisoned(&self.documents).get(id).cloned().ok_or_else(nothing)
    }

    fn inspect(
        &self,
        project: &Project,
        document: &Document,
        checks_large: bool,
    ) -> Result<Inspection, Failure> {
        let trust = Trust { certificates: project.saml.signer.as_slice(), checks_large };
        let read = document.content.open().and_then(|input| {
            let (size, limit) = (document.content.size(), document.from.limit());
            metadata_signature::inspect(input, size, limit, document.entity.as_deref(), trust, self.now())
        });
        read.map_err(|error| document.unreadable(&error))
    }

    fn take_document(
        &self,
        id: &str,
        document: &Document,
        inspection: &Inspection,
        take: fn(&mut Project, Reading, Timestamp),
    ) -> Result<ProjectView, Failure> {
        let size = usize::try_from(document.content.size().unwrap_or_default()).unwrap_or(usize::MAX);
        let text = handed_on(&document.bytes(HANDED_ON)?);
        self.edit(id, |project, now| {
            let reading = Reading::new(project, inspection, document.from.source(size, now));
            let kept = text.filter(|_| project.backend.is_by_support() && reading.values.is_some());
            take(project, Reading { document: kept, ..reading }, now);
            let errors = inspection.findings.iter().filter(|finding| Finding::is_error(finding)).count();
            project.note(now, "metadata-read", &[("errors", &errors.to_string())]);
        })
    }
}

impl Document {
    /// The bytes, at most one more than the limit.
    fn bytes(&self, limit: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = self.content.open().and_then(|input| input.take(most).read_to_end(&mut bytes));
        read.map_err(|error| self.unreadable(&error))?;
        Ok(bytes)
    }

    fn unreadable(&self, error: &io::Error) -> Failure {
        let (_, name) = self.from.way();
        Failure::new(FailureCode::FileUnreadable, format!("{name}: {error}")).with("file", name)
    }
}

const fn is_whole(address: &Address) -> bool {
    !address.withheld
}

fn nothing() -> Failure {
    Failure::new(FailureCode::NothingChosen, "the document has to be read again").hint("choose-file-again")
}

/// Text that was pasted.
struct InMemory(Vec<u8>);

impl MetadataDocument for InMemory {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(&self.0[..]))
    }

    fn size(&self) -> Option<u64> {
        u64::try_from(self.0.len()).ok()
    }
}
