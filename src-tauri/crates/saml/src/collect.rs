use crate::document::{Element, Visitor};
use crate::endpoint::LONGEST_LOCATION;
use crate::metadata::{Binding, Endpoint, EntitySummary, KeyUse, LogoutEndpoint, Role};
use std::borrow::Cow;

const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const MDUI: &str = "urn:oasis:names:tc:SAML:metadata:ui";
const SAML2: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// No real document has more; what a file can make this program hold has an end.
const MAX_ENTITIES: usize = 100_000;
const MAX_ENDPOINTS: usize = 1000;
const MAX_KEYS: usize = 100;
const MAX_FORMATS: usize = 100;

/// The longest text of an element that is taken, in bytes: a chain of certificates, and then some.
const LONGEST_TEXT: usize = 256 * 1024;

/// Longer values are cut: each is found to be too long all the same.
const LONGEST_ENTITY_ID_KEPT: usize = 2000;
const LONGEST_NAME_KEPT: usize = 200;

/// Everything collected from one document.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Namespace and local name of a root element that is not metadata.
    pub(crate) foreign_root: Option<(String, String)>,
    /// One line for every entity.
    pub(crate) entities: Vec<EntitySummary>,
    /// The entity the document is about, when that is clear.
    pub(crate) chosen: Option<Entity>,
    /// What there is too much of: the document has to be refused.
    pub(crate) excess: Option<&'static str>,
    /// Whether the root element carries a signature.
    pub(crate) is_signed: bool,
    /// `validUntil` of the groups of entities around the chosen entity: all of them, to be on the safe side.
    pub(crate) valid_until: Vec<String>,
}

/// One entity as it stands in the document; certificates are still base64.
#[derive(Debug, Default)]
pub(crate) struct Entity {
    pub(crate) entity_id: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) idp: RoleDescriptor,
    pub(crate) sp: RoleDescriptor,
    pub(crate) valid_until: Vec<String>,
    pub(crate) names: Names,
}

#[derive(Debug, Default)]
pub(crate) struct RoleDescriptor {
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) logout: Vec<LogoutEndpoint>,
    pub(crate) keys: Vec<(KeyUse, String)>,
    pub(crate) name_id_formats: Vec<String>,
    pub(crate) wants_signed_requests: bool,
}

/// The names an entity gives itself, the best one winning.
#[derive(Debug, Default)]
pub(crate) struct Names {
    best: Option<(u8, String)>,
}

impl Names {
    fn offer(&mut self, rank: u8, name: &str) {
        let name = name.trim();
        if !name.is_empty() && self.best.as_ref().is_none_or(|(known, _)| rank > *known) {
            self.best = Some((rank, cut(name)));
        }
    }

    pub(crate) fn into_best(self) -> Option<String> {
        self.best.map(|(_, name)| name)
    }
}

/// What an element is, in its place. Elements in any other place are `Other`, and so is all that is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Entities,
    Entity,
    Role(Role),
    Key,
    KeyInfo,
    X509Data,
    Certificate,
    NameIdFormat,
    Extensions,
    UiInfo,
    Organization,
    DisplayName { rank: u8 },
    Other,
}

impl Tag {
    const fn has_text(self) -> bool {
        matches!(self, Self::Certificate | Self::NameIdFormat | Self::DisplayName { .. })
    }
}

/// Collects from one document, holding no more than one entity at a time besides the chosen one.
pub(crate) struct Collector<'s> {
    wanted: Option<&'s str>,
    collected: Collected,
    stack: Vec<Tag>,
    role: Role,
    key_use: KeyUse,
    entity: Entity,
    /// Whether more than the summary of the entity is wanted.
    in_detail: bool,
    text: String,
}

impl<'s> Collector<'s> {
    /// `wanted` is the entity ID to choose; without it, the only identity provider or the only entity is chosen.
    pub(crate) fn new(wanted: Option<&'s str>) -> Self {
        Self {
            wanted,
            collected: Collected::default(),
            stack: Vec::new(),
            role: Role::Idp,
            key_use: KeyUse::Unspecified,
            entity: Entity::default(),
            in_detail: true,
            text: String::new(),
        }
    }

    pub(crate) fn finish(self) -> Collected {
        self.collected
    }

    fn tag(&mut self, element: &Element<'_>) -> Tag {
        let parent = self.stack.last().copied();
        if parent == Some(Tag::Other) {
            return Tag::Other;
        }
        match (parent, element.namespace, element.local) {
            (None | Some(Tag::Entities), MD, "EntitiesDescriptor") => Tag::Entities,
            (None | Some(Tag::Entities), MD, "EntityDescriptor") => Tag::Entity,
            (None, namespace, local) => {
                self.collected.foreign_root = Some((cut(namespace), cut(local)));
                Tag::Other
            }
            (Some(Tag::Entity), MD, "IDPSSODescriptor") if is_saml2(element) => Tag::Role(Role::Idp),
            (Some(Tag::Entity), MD, "SPSSODescriptor") if is_saml2(element) => Tag::Role(Role::Sp),
            (Some(Tag::Entity), MD, "Organization") => Tag::Organization,
            (Some(Tag::Organization), MD, "OrganizationDisplayName") => display_name(element, 1),
            (Some(Tag::Role(_)), MD, "KeyDescriptor") => Tag::Key,
            (Some(Tag::Role(_)), MD, "NameIDFormat") => Tag::NameIdFormat,
            (Some(Tag::Role(_)), MD, "Extensions") => Tag::Extensions,
            (Some(Tag::Extensions), MDUI, "UIInfo") => Tag::UiInfo,
            (Some(Tag::UiInfo), MDUI, "DisplayName") => display_name(element, 3),
            (Some(Tag::Key), DS, "KeyInfo") => Tag::KeyInfo,
            (Some(Tag::KeyInfo), DS, "X509Data") => Tag::X509Data,
            (Some(Tag::X509Data), DS, "X509Certificate") => Tag::Certificate,
            _ => Tag::Other,
        }
    }

    fn begin_entity(&mut self, element: &Element<'_>) {
        let entity_id = element.attribute("entityID").unwrap_or_default();
        self.entity = Entity {
            entity_id: entity_id.chars().take(LONGEST_ENTITY_ID_KEPT).collect(),
            valid_until: element.attribute("validUntil").map(Cow::into_owned).into_iter().collect(),
            ..Entity::default()
        };
        self.in_detail = match (self.wanted, &self.collected.chosen) {
            (Some(wanted), chosen) => chosen.is_none() && self.entity.entity_id == wanted,
            (None, chosen) => chosen.as_ref().is_none_or(|chosen| !chosen.roles.contains(&Role::Idp)),
        };
    }

    fn begin_role(&mut self, role: Role, element: &Element<'_>) {
        self.role = role;
        self.entity.valid_until.extend(element.attribute("validUntil").map(Cow::into_owned));
        if !self.entity.roles.contains(&role) {
            self.entity.roles.push(role);
        }
        if element.attribute("WantAuthnRequestsSigned").is_some_and(|value| is_true(&value)) {
            self.descriptor().wants_signed_requests = true;
        }
    }

    fn endpoint(&mut self, element: &Element<'_>) {
        let is_expected = match element.local {
            "SingleSignOnService" => self.role == Role::Idp,
            "AssertionConsumerService" => self.role == Role::Sp,
            "SingleLogoutService" if element.namespace == MD => {
                return self.logout_endpoint(element);
            }
            _ => false,
        };
        if !is_expected || element.namespace != MD {
            return;
        }
        let attribute = |name| element.attribute(name).unwrap_or_default();
        let endpoint =
            Endpoint { binding: cut(&attribute("Binding")), location: location(&attribute("Location")) };
        let endpoints = &mut self.descriptor().endpoints;
        if endpoints.len() >= MAX_ENDPOINTS {
            self.collected.excess = Some("endpoints");
            return;
        }
        let at = if is_true(&attribute("isDefault")) { 0 } else { endpoints.len() };
        endpoints.insert(at, endpoint);
    }

    /// Those by other bindings, such as SOAP, are of no use to a browser.
    fn logout_endpoint(&mut self, element: &Element<'_>) {
        let attribute = |name| element.attribute(name);
        let named = attribute("Binding").unwrap_or_default();
        let binding = [Binding::HttpRedirect, Binding::HttpPost].into_iter().find(|one| one.uri() == named);
        let logout = &mut self.descriptor().logout;
        let Some(binding) = binding.filter(|_| logout.len() < MAX_ENDPOINTS) else { return };
        logout.push(LogoutEndpoint {
            binding,
            location: location(&attribute("Location").unwrap_or_default()),
            response_location: attribute("ResponseLocation").as_deref().map(location),
        });
    }

    fn descriptor(&mut self) -> &mut RoleDescriptor {
        match self.role {
            Role::Idp => &mut self.entity.idp,
            Role::Sp => &mut self.entity.sp,
        }
    }

    fn end_text(&mut self, tag: Tag) {
        let text = std::mem::take(&mut self.text);
        match tag {
            Tag::Certificate => {
                let usage = self.key_use;
                self.descriptor().keys.push((usage, text));
                if self.descriptor().keys.len() > MAX_KEYS {
                    self.collected.excess = Some("keys");
                    self.descriptor().keys.clear();
                }
            }
            Tag::NameIdFormat if self.descriptor().name_id_formats.len() < MAX_FORMATS => {
                self.descriptor().name_id_formats.push(cut(text.trim()));
            }
            Tag::DisplayName { rank } => self.entity.names.offer(rank, &text),
            _ => (),
        }
    }

    fn end_entity(&mut self) {
        let entity = std::mem::take(&mut self.entity);
        if self.collected.entities.len() >= MAX_ENTITIES {
            self.collected.excess = Some("entities");
            return;
        }
        let is_better = self.in_detail && self.is_better(&entity);
        self.collected.entities.push(EntitySummary {
            entity_id: entity.entity_id.clone(),
            display_name: entity.names.best.as_ref().map(|(_, name)| name.clone()),
            roles: entity.roles.clone(),
        });
        if is_better {
            self.collected.chosen = Some(entity);
        }
    }

    /// With a wanted entity ID, the first that has it. Without, the first identity provider, or else the first entity.
    fn is_better(&self, entity: &Entity) -> bool {
        match (&self.collected.chosen, self.wanted) {
            (None, Some(wanted)) => entity.entity_id == wanted,
            (Some(_), Some(_)) => false,
            (None, None) => true,
            (Some(chosen), None) => !chosen.roles.contains(&Role::Idp) && entity.roles.contains(&Role::Idp),
        }
    }
}

impl Visitor for Collector<'_> {
    fn start(&mut self, element: &Element<'_>) {
        let tag = self.tag(element);
        match tag {
            Tag::Entities => {
                self.collected.valid_until.extend(element.attribute("validUntil").map(Cow::into_owned));
            }
            Tag::Entity => self.begin_entity(element),
            Tag::Role(role) => self.begin_role(role, element),
            Tag::Key if self.in_detail => self.key_use = key_use(element),
            Tag::Other if self.in_detail && matches!(self.stack.last(), Some(Tag::Role(_))) => {
                self.endpoint(element);
            }
            Tag::Other if self.stack.len() == 1 => {
                self.collected.is_signed |= (element.namespace, element.local) == (DS, "Signature");
            }
            _ => (),
        }
        if tag.has_text() {
            self.text.clear();
        }
        self.stack.push(tag);
    }

    fn wants_text(&self) -> bool {
        match self.stack.last() {
            Some(Tag::DisplayName { .. }) => true,
            Some(Tag::Certificate | Tag::NameIdFormat) => self.in_detail,
            _ => false,
        }
    }

    fn text(&mut self, text: &str) {
        if self.text.len() + text.len() > LONGEST_TEXT {
            self.collected.excess = Some("text");
            return;
        }
        self.text.push_str(text);
    }

    fn end(&mut self) {
        match self.stack.pop() {
            Some(Tag::Entity) => self.end_entity(),
            Some(tag @ Tag::DisplayName { .. }) => self.end_text(tag),
            Some(tag) if self.in_detail && tag.has_text() => self.end_text(tag),
            _ => (),
        }
    }
}

/// Whether a role speaks SAML 2.0; a role that names no protocol is given the benefit of the doubt.
fn is_saml2(element: &Element<'_>) -> bool {
    let protocols = element.attribute("protocolSupportEnumeration");
    protocols.is_none_or(|protocols| protocols.split_whitespace().any(|protocol| protocol == SAML2))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_NAME_KEPT).collect()
}

/// One that is too long stays so, to be refused.
fn location(text: &str) -> String {
    text.chars().take(LONGEST_LOCATION + 1).collect()
}

fn is_true(value: &str) -> bool {
    matches!(value, "true" | "1")
}

fn key_use(element: &Element<'_>) -> KeyUse {
    match element.attribute("use").as_deref() {
        Some("signing") => KeyUse::Signing,
        Some("encryption") => KeyUse::Encryption,
        _ => KeyUse::Unspecified,
    }
}

fn display_name(element: &Element<'_>, rank: u8) -> Tag {
    let is_english = element.attribute("xml:lang").is_some_and(|language| language.starts_with("en"));
    Tag::DisplayName { rank: rank + u8::from(is_english) }
}
