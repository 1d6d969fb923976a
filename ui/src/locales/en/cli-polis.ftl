# signpost polis

cli-polis-created = The connection is made.
cli-polis-updated = The connection has the newer metadata.
cli-polis-activated = The connection is switched on.
cli-polis-deactivated = The connection is switched off. Nobody signs in by it now.
cli-polis-deleted = The connection is taken away.
cli-polis-directory-created = The directory is made. Give the identity provider the SCIM base URL and the bearer token.
cli-polis-directory-deleted = The directory is taken away, with the users and groups in it.
cli-polis-connections = { $count ->
    [0] No connection.
    [one] One connection.
   *[other] { $count } connections.
}
cli-polis-directories = { $count ->
    [0] No directory.
    [one] One directory.
   *[other] { $count } directories.
}
cli-polis-traces = { $count ->
    [0] Polis has written down no sign-in that failed.
    [one] Polis has written down one sign-in that failed.
   *[other] Polis has written down { $count } sign-ins that failed.
}
cli-polis-traces-more = There are more of this product, which were not looked at.
cli-polis-users = { $count ->
    [0] No user has arrived.
    [one] One user has arrived.
   *[other] { $count } users have arrived.
}
cli-polis-groups = { $count ->
    [0] No group has arrived.
    [one] One group has arrived.
   *[other] { $count } groups have arrived.
}
cli-polis-members = { $count ->
    [0] no member
    [one] one member
   *[other] { $count } members
}
cli-polis-user-on = active
cli-polis-user-off = deactivated
cli-polis-user-unclear = unclear
cli-polis-arrivals-more = There may be more, which were not looked at.
cli-polis-client-id = Client ID
cli-polis-directory-id = Directory
cli-polis-state = State
cli-polis-on = on
cli-polis-off = switched off
cli-polis-name = Name
cli-polis-kind = Type
cli-polis-webhook = Webhook
cli-polis-scim-url = SCIM base URL
cli-polis-token = Bearer token
cli-polis-default-redirect = Default redirect
cli-polis-redirect = Redirect
cli-polis-trace = Trace
cli-polis-trace-at = When
cli-polis-trace-error = What Polis says
cli-polis-trace-issuer = Issuer

error-polis-key-variable-missing = The environment variable { $variable } is not set, or is empty.
    .fix = Put one of the API keys of Polis into it, for example by: read -rs { $variable } && export { $variable }
error-polis-webhook-variable-missing = The environment variable { $variable } is not set, or is empty.
    .fix = Put the secret into it with which Polis signs what it reports.
error-polis-response-none = Polis kept no answer of the identity provider with “{ $trace }”.
    .fix = It keeps none where the sign-in failed before, or where it is set to keep no personal data. Save the sign-in as a HAR file in the browser instead.
error-polis-address-invalid = The address of Polis is not a web address that can be asked.
    .fix = Give the EXTERNAL_URL of Polis, from https:// on.
error-polis-address-not-https = The address of Polis does not begin with https://, so the API key would go over the network for everybody to read.
    .fix = Use the https address. Plain http is asked on this computer only.
error-polis-key-unusable = The API key is empty, or has characters that cannot be sent.
    .fix = Copy the key again, alone and on one line, without Api-Key in front of it.
error-polis-client-failed = No connection can be made from this computer: { $reason }.
    .fix = See whether the certificates of the system are installed.
error-polis-unreachable = Polis does not answer: { $reason }.
    .fix = See whether the address is right and reachable from here, then do the same again.
error-polis-key-refused = Polis refuses the API key.
    .fix = Take one of the keys in the API_KEYS of this Polis.
error-polis-refused = Polis refuses this: { $reason }
    .fix = Change what it names, then do the same again.
error-polis-failed = Polis failed: { $reason }
    .fix = Look into the log of Polis. What was to be done may be done in part: look at the connection before you do it again.
error-polis-answer-unknown = What answered is not Polis, or not a version that can be talked to: { $reason }.
    .fix = See whether the address is the EXTERNAL_URL of Polis, and whether a proxy stands before it.
