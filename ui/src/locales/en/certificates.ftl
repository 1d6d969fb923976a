# Certificates & expiry: all certificates of all projects, reminders, and certificates that are looked at.
certificate-reminder = Certificate ends: { $organization }, { $idp } with { $service }
certificate-reminder-text = The signing certificate “{ $subject }” of { $organization } ends, and signing in to { $service } with it. Before that, create a new one in { $idp }, and give its metadata to Signpost: it keeps both until a sign-in with the new one was seen. SHA-256: { $sha256 }

certificates-title = Certificates & expiry
certificates-ways = Certificates
certificates-all = All projects
certificates-look = Look at a certificate
certificates-look-title = Look at a certificate
certificates-loading = Reading the projects.
certificates-lead = The signing certificates of all projects, the one that ends first at the top. Sign-in stops on the day a certificate ends, unless it was replaced before.
certificates-none = No project has a signing certificate yet
    .text = Certificates come with the identity provider’s metadata, in the SAML step of a project. Here they are then listed by the day they end.
certificates-none-go = Go to projects
certificates-caption = Signing certificates by the day they end
certificates-project = Project
certificates-end = Ends
certificates-certificate = Certificate
certificates-found = What was found
certificates-pair = { $service } with { $idp }
certificates-at-service = { $service } has it.
certificates-not-sent = Not saved to { $service } yet.
certificates-part-old = Is being replaced: the old one.
certificates-part-new = Is being changed to: the new one.
certificates-filter = Find an organization or certificate
certificates-filter-none = None of them has these words.
certificates-shown = { $shown } of { $total } are shown.
certificates-without = Without a certificate yet
expiry-ended = { $days ->
    [0] ended today
    [one] ended 1 day ago
   *[other] ended { $days } days ago
}
expiry-soon = { $days ->
    [0] ends today
    [one] 1 day left
   *[other] { $days } days left
}
expiry-not-yet = not valid before { $date }
expiry-valid = { $days } days left

reminders-save = Save reminders…
reminders-saving = Saving…
reminders-note = A file for your calendar: each end, with alarms 60, 30 and 7 days before.
reminders-saved = Saved as { $path }. Open the file to add it to your calendar.

look-at-text = Certificate
    .hint = In any form: with or without BEGIN line, a chain, a bundle, base64. Nothing of it is kept, and nothing is sent.
look-at-go = Look at it
look-at-choose = Choose file…
look-at-drop = Drop it: the certificate is looked at
look-at-answer = What was found
look-at-timeline = Validity
look-at-none = No certificate can be taken from this.
look-at-good = { $count ->
    [one] The certificate can be used.
   *[other] All { $count } certificates can be used.
}
look-at-warned = { $count ->
    [one] The certificate can be used; look at the warnings first.
   *[other] The { $count } certificates can be used; look at the warnings first.
}
look-at-bad = { $count ->
    [one] The certificate cannot be used as it is.
   *[other] Not all of the { $count } certificates can be used.
}
