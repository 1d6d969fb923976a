# The overview of a project.
hub-settled = { $settled } of { $total } steps are settled
hub-all-settled = All { $total } steps are settled
hub-active = Single sign-on is active
hub-ring = { $settled } of { $total } steps settled
hub-waiting = { $count ->
    [one] One waits for someone else.
    [2] Two wait for someone else.
    [3] Three wait for someone else.
   *[other] { $count } wait for someone else.
}
hub-yours = { $count ->
    [one] One is yours.
    [2] Two are yours, in any order.
    [3] Three are yours, in any order.
    [4] Four are yours, in any order.
    [5] Five are yours, in any order.
    [6] Six are yours, in any order.
   *[other] All are yours, in any order.
}
hub-none-open = Nothing is left to do but to activate.
hub-active-lead = People of your domains sign in with { $idp } since { $since }.
hub-steps = Steps
hub-continue = Continue with { $step }
hub-waiting-for = Waiting for { $who }
hub-since = since { $when }
hub-warnings = { $count ->
    [one] 1 warning to decide
   *[other] { $count } warnings to decide
}
hub-errors = { $count ->
    [one] 1 error to fix
   *[other] { $count } errors to fix
}
hub-refresh = Check everything
hub-refreshing = Checking…
hub-refreshed = Everything was checked.
hub-log = What happened
hub-log-empty = Nothing yet.
hub-log-more = Show all { $count } lines
hub-log-less = Show fewer lines

owner-you = you
owner-signpost = Signpost
owner-dns = DNS team
owner-service = the service

activate-title = Activate single sign-on
activate-title-active = Single sign-on is active
activate-button = Activate…
activate-not-yet = { $count ->
    [one] Not yet. One thing is missing, so that nobody is locked out.
    [2] Not yet. Two things are missing, so that nobody is locked out.
    [3] Not yet. Three things are missing, so that nobody is locked out.
    [4] Not yet. Four things are missing, so that nobody is locked out.
   *[other] Not yet. { $count } things are missing, so that nobody is locked out.
}
activate-missing = { $count ->
    [one] One thing is missing:
    [2] Two things are missing:
    [3] Three things are missing:
    [4] Four things are missing:
   *[other] { $count } things are missing:
}
activate-ready = Everything that has to be there is there.
activate-until-then = Until then everybody signs in as before. You can deactivate at any time.
activate-ask = Activate single sign-on for { $organization }?
activate-ask-text = From now on people with an address of your verified domains sign in with { $idp }. The backup login still works with its password. You can deactivate at any time.
activate-confirm = Activate
activate-busy = Activating…
activate-done = Single sign-on is active.
activate-since = Since { $when }.
deactivate-button = Deactivate…
deactivate-ask = Deactivate single sign-on for { $organization }?
deactivate-ask-text = Everybody signs in with a password of { $service } again, as before. All settings stay as they are.
deactivate-confirm = Deactivate
deactivate-busy = Deactivating…
deactivate-done = Single sign-on is not active any more.

not-needed-scim-off = people are added by hand

activity-unknown = { $code }
activity-project-created = The project was created.
activity-activated = Single sign-on was activated.
activity-deactivated = Single sign-on was deactivated.

audit-show = Show the log of { $service }
audit-hide = Hide the log of { $service }
audit-title = Log of { $service }
audit-loading = Asking { $service }…
audit-empty = Nothing yet.
audit-when = When
audit-what = What
audit-who = Who
audit-unknown = { $action }
audit-by-service = the service
audit-account-created = Account created
audit-domain-added = Domain added: { $subject }
audit-domain-removed = Domain removed: { $subject }
audit-domain-verified = Domain verified: { $subject }
audit-domain-missing = TXT record gone: { $subject }
audit-domain-found = TXT record there again: { $subject }
audit-domain-lost = Domain no longer verified: { $subject }
audit-groups-changed = Groups changed
audit-identity-provider-changed = Identity provider changed
audit-step-marked = Step marked as done: { $subject }
audit-step-unmarked = Step no longer marked: { $subject }
audit-scim-switched = Provisioning switched { $subject }
audit-scim-token-issued = SCIM bearer token issued
audit-scim-token-revoked = SCIM bearer token revoked: ends in { $subject }
audit-backup-login-changed = Backup login changed: { $subject }
audit-user-added = User added: { $subject }
audit-user-removed = User removed: { $subject }
audit-licence-key-registered = Licence key registered: ends in { $subject }
audit-licence-key-removed = Licence key removed: ends in { $subject }
audit-licence-key-changed = Licence key described anew: ends in { $subject }
audit-integration-activated = Single sign-on activated
audit-integration-activated-without-sign-in = Single sign-on activated without a tested sign-in
audit-integration-deactivated = Single sign-on deactivated
audit-saml-options-changed = SAML options changed
audit-sign-in-test-passed = Sign-in test passed: { $subject }
audit-sign-in-test-failed = Sign-in test failed: { $subject }
audit-signed-in = Signed in: { $subject }
audit-signed-out = Signed out: { $subject }
hub-test-how = How to go about it, step by step

licence-keys = Licence keys
licence-keys-text = Licences are granted from the subscription whose key { $organization } has registered here. Single sign-on needs one that is licensed per user.
licence-keys-asking = Asking { $service }…
licence-keys-none = No key is registered yet. Until one is, a sign-in works and nobody gets a licence.
licence-keys-none-per-user = None of these is licensed per user, so nobody gets a licence by single sign-on.
licence-keys-required = { $service } wants a licence key first
    .text = Domains, groups, SAML values and tokens are saved there once a key that is licensed per user is registered. What was set up before goes on working.
licence-key-remove = Remove…
licence-key-remove-which = , the key that ends in { $hint }
licence-key-remove-title = Remove the licence key that ends in { $hint }
    .text = The account of { $organization } loses this key, and another account may register it. To have it back, register the whole key again.
licence-key-remove-go = Remove
licence-key-removing = Removing…
licence-key-removed = The licence key is removed.
licence-key-line = { $name ->
        [none] Ends in { $hint }
       *[other] { $name }, ends in { $hint }
    }
licence-key-per-user = licensed per user
licence-key-not-per-user = not licensed per user
licence-key-since = registered { $when }
licence-key-register = Register licence key…
licence-key-register-title = Register a licence key in the account of { $organization }
licence-key-register-text = The key is sent to { $service }, and not kept on this computer. To correct what is said of a key, register it again.
licence-key-field = Licence key
licence-key-field-hint = It is in the mail that came with the order.
licence-key-name = Name of the subscription
licence-key-name-hint = Optional. It is listed under this name.
licence-key-kind = What the order says
licence-key-kind-per-user = Licensed per user
licence-key-kind-other = Anything else
licence-key-kind-other-hint = The key is registered; single sign-on grants no licence from it.
licence-key-register-go = Register
licence-key-registering = Registering…
licence-key-registered = The licence key is registered.
