# signpost scim rehearse

cli-scim-good = Every request of the identity providers does what it is meant to do.
cli-scim-bad = { $count ->
    [one] One request of an identity provider does not do what it is meant to do.
   *[other] { $count } requests of identity providers do not do what they are meant to do.
}
cli-scim-unusable = Nothing could be rehearsed here.
cli-scim-stopped = The rehearsal was stopped; what it made is taken away again.
cli-scim-stopped-left = The rehearsal was stopped; not everything it made could be taken away again.
cli-scim-counts = { $passed } passed, { $failed } failed, { $open } not tried
cli-scim-passed = good
cli-scim-failed = not good
cli-scim-not-tried = not tried
cli-scim-needs = What it needs did not come about.

error-scim-token-variable-missing = The environment variable { $variable } is not set, or is empty.
    .fix = Put the bearer token into it, for example by: read -rs { $variable } && export { $variable }
error-scim-email-domain-invalid = “{ $domain }” is no domain.
    .fix = Give the part behind the @ of addresses that the service takes.
error-scim-unreachable = The SCIM endpoint does not answer: { $reason }.
    .fix = See whether the address is right and reachable from here, then rehearse again.
error-scim-address-invalid = The SCIM base URL is not a URL that can be asked.
    .fix = Copy it from the service, from https:// up to the part before /Users.
error-scim-address-not-https = The SCIM base URL does not begin with https://, so the bearer token would go over the network for everybody to read.
    .fix = Use the https address. Plain http is asked on this computer only.
error-scim-token-unusable = The bearer token is empty, or has characters that cannot be sent.
    .fix = Copy the token again, alone and on one line, without Bearer in front of it.
error-scim-client-failed = No connection can be made from this computer.
    .fix = See whether the certificates of the system are installed.
