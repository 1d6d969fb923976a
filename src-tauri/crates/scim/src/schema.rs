/// What an attribute holds (RFC 7643, section 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A moment, RFC 3339.
    DateTime,
    /// A URI, or the resources it may lead to.
    Reference(&'static [&'static str]),
    /// Sub-attributes.
    Complex(&'static [Attribute]),
}

/// Who may write an attribute (RFC 7643, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    /// The client may.
    ReadWrite,
    /// Only the server may.
    ReadOnly,
    /// The client may once.
    Immutable,
    /// The client may, and nobody can read it.
    WriteOnly,
}

/// Whether two resources may have the same value (RFC 7643, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uniqueness {
    /// They may.
    None,
    /// They may not, within one account.
    Server,
}

/// One attribute of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// The name in its canonical spelling.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it is a list.
    pub many: bool,
    /// Whether a resource has to have it.
    pub required: bool,
    /// Whether capital and small letters differ when values are compared.
    pub case_exact: bool,
    /// Who may write it.
    pub mutability: Mutability,
    /// Whether two resources may have the same value.
    pub uniqueness: Uniqueness,
}

/// A named set of attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The URN.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The attributes.
    pub attributes: &'static [Attribute],
}

/// The kinds of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceKind {
    /// A person.
    User,
    /// A group of people.
    Group,
}

impl ResourceKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::User, Self::Group];

    /// The name, as in `meta.resourceType`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
        }
    }

    /// The path below the base URL.
    pub const fn endpoint(self) -> &'static str {
        match self {
            Self::User => "/Users",
            Self::Group => "/Groups",
        }
    }

    /// The schema every resource of the kind has.
    pub const fn schema(self) -> &'static Schema {
        match self {
            Self::User => &USER,
            Self::Group => &GROUP,
        }
    }

    /// The schemas that may be added to it.
    pub const fn extensions(self) -> &'static [&'static Schema] {
        match self {
            Self::User => &USER_EXTENSIONS,
            Self::Group => &[],
        }
    }

    /// The extension of that URN, in any case.
    pub fn extension(self, urn: &str) -> Option<&'static Schema> {
        self.extensions().iter().copied().find(|schema| schema.id.eq_ignore_ascii_case(urn))
    }

    /// The attribute of that name, in any case, of the kind's own schema or common to all (RFC 7643, section 3.1).
    pub fn attribute(self, name: &str) -> Option<&'static Attribute> {
        find(self.schema().attributes, name).or_else(|| find(&COMMON, name))
    }
}

impl Attribute {
    /// The sub-attributes; none for anything but a complex attribute.
    pub const fn parts(&self) -> &'static [Self] {
        match self.kind {
            Kind::Complex(parts) => parts,
            _ => &[],
        }
    }

    /// The sub-attribute of that name, in any case.
    pub fn part(&self, name: &str) -> Option<&'static Self> {
        find(self.parts(), name)
    }

    /// Whether the client cannot write it.
    pub const fn is_read_only(&self) -> bool {
        matches!(self.mutability, Mutability::ReadOnly)
    }

    const fn of(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            many: false,
            required: false,
            case_exact: false,
            mutability: Mutability::ReadWrite,
            uniqueness: Uniqueness::None,
        }
    }

    const fn text(name: &'static str) -> Self {
        Self::of(name, Kind::Text)
    }

    const fn many(name: &'static str, parts: &'static [Self]) -> Self {
        Self { many: true, ..Self::of(name, Kind::Complex(parts)) }
    }

    const fn exact(self) -> Self {
        Self { case_exact: true, ..self }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn unique(self) -> Self {
        Self { uniqueness: Uniqueness::Server, ..self }
    }

    const fn mutable(self, mutability: Mutability) -> Self {
        Self { mutability, ..self }
    }
}

impl Schema {
    /// The attribute of that name, in any case.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        find(self.attributes, name)
    }
}

pub(crate) fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// What every resource has (RFC 7643, section 3.1).
pub(crate) static COMMON: [Attribute; 4] = [
    Attribute { many: true, ..Attribute::of("schemas", Kind::Reference(&["uri"])) }
        .exact()
        .mutable(Mutability::ReadOnly),
    Attribute::text("id").exact().mutable(Mutability::ReadOnly),
    Attribute::text("externalId").exact(),
    Attribute::of("meta", Kind::Complex(&META)).mutable(Mutability::ReadOnly),
];

static META: [Attribute; 5] = [
    Attribute::text("resourceType").exact().mutable(Mutability::ReadOnly),
    Attribute::of("created", Kind::DateTime).mutable(Mutability::ReadOnly),
    Attribute::of("lastModified", Kind::DateTime).mutable(Mutability::ReadOnly),
    Attribute::of("location", Kind::Reference(&["uri"])).exact().mutable(Mutability::ReadOnly),
    Attribute::text("version").exact().mutable(Mutability::ReadOnly),
];

static NAME: [Attribute; 6] = [
    Attribute::text("formatted"),
    Attribute::text("familyName"),
    Attribute::text("givenName"),
    Attribute::text("middleName"),
    Attribute::text("honorificPrefix"),
    Attribute::text("honorificSuffix"),
];

/// The sub-attributes of most lists (RFC 7643, section 2.4).
static TYPED: [Attribute; 4] =
    [Attribute::text("value"), Attribute::text("display"), Attribute::text("type"), PRIMARY];

static ADDRESS: [Attribute; 8] = [
    Attribute::text("formatted"),
    Attribute::text("streetAddress"),
    Attribute::text("locality"),
    Attribute::text("region"),
    Attribute::text("postalCode"),
    Attribute::text("country"),
    Attribute::text("type"),
    PRIMARY,
];

const PRIMARY: Attribute = Attribute::of("primary", Kind::Boolean);

/// Members are always users, and their names are seen at them: nothing but the id is kept.
static MEMBER: [Attribute; 2] = [
    Attribute::text("value").exact().mutable(Mutability::Immutable),
    Attribute::of("$ref", Kind::Reference(&["User"])).exact().mutable(Mutability::Immutable),
];

static MANAGER: [Attribute; 3] = [
    Attribute::text("value").exact(),
    Attribute::of("$ref", Kind::Reference(&["User"])).exact(),
    Attribute::text("displayName").mutable(Mutability::ReadOnly),
];

/// The groups that somebody is a member of: changed at the groups, and only told here.
static USER_GROUP: [Attribute; 4] = [
    Attribute::text("value").exact().mutable(Mutability::ReadOnly),
    Attribute::of("$ref", Kind::Reference(&["Group"])).exact().mutable(Mutability::ReadOnly),
    Attribute::text("display").mutable(Mutability::ReadOnly),
    Attribute::text("type").mutable(Mutability::ReadOnly),
];

/// A person (RFC 7643, section 4.1).
pub static USER: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    attributes: &[
        Attribute::text("userName").required().unique(),
        Attribute::of("name", Kind::Complex(&NAME)),
        Attribute::text("displayName"),
        Attribute::text("nickName"),
        Attribute::of("profileUrl", Kind::Reference(&["external"])).exact(),
        Attribute::text("title"),
        Attribute::text("userType"),
        Attribute::text("preferredLanguage"),
        Attribute::text("locale"),
        Attribute::text("timezone"),
        Attribute::of("active", Kind::Boolean),
        Attribute::text("password").exact().mutable(Mutability::WriteOnly),
        Attribute::many("emails", &TYPED),
        Attribute::many("phoneNumbers", &TYPED),
        Attribute::many("ims", &TYPED),
        Attribute::many("photos", &TYPED),
        Attribute::many("addresses", &ADDRESS),
        Attribute::many("groups", &USER_GROUP).mutable(Mutability::ReadOnly),
        Attribute::many("entitlements", &TYPED),
        Attribute::many("roles", &TYPED),
        Attribute::many("x509Certificates", &TYPED),
    ],
};

/// What companies add to a person (RFC 7643, section 4.3).
pub static ENTERPRISE_USER: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    attributes: &[
        Attribute::text("employeeNumber"),
        Attribute::text("costCenter"),
        Attribute::text("organization"),
        Attribute::text("division"),
        Attribute::text("department"),
        Attribute::of("manager", Kind::Complex(&MANAGER)),
    ],
};

static USER_EXTENSIONS: [&Schema; 1] = [&ENTERPRISE_USER];

/// A group of people (RFC 7643, section 4.2). Two groups of one account never have the same name: people are given
/// their rights by it.
pub static GROUP: Schema = Schema {
    id: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    attributes: &[Attribute::text("displayName").required().unique(), Attribute::many("members", &MEMBER)],
};
