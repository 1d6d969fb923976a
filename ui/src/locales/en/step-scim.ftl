scim-supports = Identity provider supports SCIM
scim-on = On
    .hint = People and groups are sent to { $service } and kept up to date there.
scim-off = Off
    .hint = This step is not needed. People are added to { $service } by hand, and nothing keeps them up to date.
scim-switched-on = SCIM is on.
scim-switched-off = SCIM is off. This step is not needed.
scim-out-of-reach = { $idp } cannot reach this computer.
    .text = It sends from its own cloud, and this project’s account service answers on this computer only. Address and token can be made and looked at here; the test of the connection there fails until the project uses an account service at a public address.

scim-token-none = { $service } makes the token, and Signpost keeps it in this computer’s keyring. It is shown nowhere, only copied.
scim-token-make = Make bearer token
scim-token-making = Making the token
scim-token-made = The bearer token is made and kept in the keyring.
scim-token-hint = ends in { $hint }, made { $when }
scim-token-ends = ends in { $hint }
scim-token-dead = The token in this computer’s keyring ends in { $hint }. It is good for nothing any more, so it cannot be copied.
scim-token-replace = Replace…
scim-token-replace-title = Replace the bearer token
    .text = The new one is made now and kept in the keyring. Enter it in { $idp } while the old one still works, so that nobody waits.
scim-token-replace-go = Replace token
scim-token-keep = The old one works for
scim-token-keep-7 = 7 days more
scim-token-keep-1 = 1 day more
scim-token-keep-30 = 30 days more
scim-token-keep-0 = Not any more
    .hint = Until the new one is entered in { $idp }, nobody is provisioned. Right when the old one may have got into wrong hands.
scim-tokens = Bearer tokens that work
scim-tokens-token = Ends in
scim-tokens-issued = Made
scim-tokens-used = Last used
scim-tokens-never = not yet
scim-tokens-until = Works
scim-tokens-current = until it is replaced
scim-tokens-ends = until { $when }
scim-tokens-end = End it
scim-token-revoke = Revoke…
scim-token-revoking = Revoking
scim-token-revoke-title = Revoke the token that ends in { $hint }
    .text = { $service } refuses it from now on. If { $idp } still sends it, nobody is provisioned until another one is entered there.
scim-token-revoke-go = Revoke token
scim-token-revoked = The token that ends in { $hint } is revoked.

scim-calls = What the identity provider sends
scim-calls-newest = { $count ->
    [one] The newest call
   *[other] The newest { $count } calls
}
scim-calls-out = { $service } cannot be asked at the moment. This is what was known last.
scim-who = { $caller ->
    [entra] Entra
    [okta] Okta
    [pingone] PingOne
   *[unknown] The identity provider
}
scim-run = { scim-who } called { $ago }: { $what }.
scim-run-nothing = { scim-who } called { $ago } and changed nothing.
scim-run-users = { $count ->
    [one] 1 user
   *[other] { $count } users
}
scim-run-groups = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
scim-run-now = less than a minute ago
scim-run-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
scim-run-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
scim-call-at = When
scim-call-request = Request
scim-call-status = Answer
scim-call-taken = (taken)
scim-call-refused = (refused)
scim-call-refused-as = (refused: { $refusal })
scim-token-used = The token that ends in { $hint } was last used { $when }.
scim-no-call = { $idp } has not called { $service } yet. The test of the connection there makes the first call.

rehearsal-title = Rehearse provisioning
    .text = Signpost sends { $service } what { $idp } is going to send, before { $idp } is connected: makes users and groups whose names begin with signpost-rehearsal-, changes them, reads back what became of it, and takes everything away again.
rehearsal-token-dead = The token that would be sent along is good for nothing any more. Make a new one above, then rehearse with it.
rehearsal-go = Rehearse provisioning
rehearsal-cancel = Cancel
rehearsal-cleaning-up = Taking away what was made
rehearsal-running = Sending what { $idp } sends
rehearsal-so-far = { $done } of { $total } checks
rehearsal-counts = { $passed } passed, { $failed } failed, { $open } not tried
rehearsal-good = Every request does what it is meant to do.
rehearsal-bad = { $count ->
    [one] One request does not do what it is meant to do.
   *[other] { $count } requests do not do what they are meant to do.
}
rehearsal-stopped = The rehearsal was cancelled. What it made is taken away again.
rehearsal-stopped-left = The rehearsal was cancelled. Not everything it made could be taken away again.
rehearsal-unusable = Nothing could be rehearsed.
rehearsal-unreached = The SCIM endpoint stopped answering: { $reason }.
rehearsal-all = All requests and what became of them
rehearsal-request = What is done
rehearsal-result = Result
rehearsal-passed = Good
rehearsal-failed = Not good
rehearsal-not-tried = Not tried
