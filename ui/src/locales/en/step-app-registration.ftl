app-name-field = Name of the application
    .hint = The paths in the other steps then show it as { $idp } does.
app-tenant = Links open in the wrong tenant?
app-tenant-field = Tenant ID or primary domain
    .hint = Used only for the buttons that open { $idp }. It is on the Overview page of { $idp }.
app-tenant-wrong = A tenant ID has letters, digits and hyphens; a domain has dots as well.
