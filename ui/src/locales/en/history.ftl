# What happened in a project, one line each.
activity-confirmed = A confirmation was given.
activity-marked = Step { $step } was confirmed as done.
activity-unmarked = Step { $step } is open again.
activity-sent = Step { $step } was saved to the service.
activity-conflict = Step { $step } was changed at the service, too.
activity-conflict-resolved = The two versions of step { $step } were settled.
activity-domain-added = { $domain } was added.
activity-domain-removed = { $domain } was removed.
activity-domain-checked = { $domain } was checked.
activity-domain-accepted = { $domain } was accepted by the service.
activity-metadata-read = { $errors ->
    [0] The identity provider’s metadata was read.
   *[other] A file was read that is not usable as it is.
 }
activity-scim-token-issued = A bearer token was made.
activity-scim-token-revoked = The bearer token that ends in { $hint } was revoked.
activity-handed-over = Step { $step } was handed over to { $to }.
activity-taken-back = Step { $step } was taken back.
activity-result-opened = { $by } gave step { $step } back.
activity-result-decided = The two versions of step { $step } were settled.
activity-provider-changed = The identity provider was changed from { $from } to { $to }.
activity-backend-changed = Where the settings go was changed.
activity-domain-taken-over = { $domain } was taken over from another project.
activity-sign-in-test-begun = A test of the sign-in was begun.
activity-sign-in-test-passed = A test of the sign-in passed.
activity-sign-in-test-failed = A test of the sign-in failed.
activity-activated-untested = Single sign-on was activated without a sign-in that was seen to work.
activity-rollover-begun = A new signing certificate arrived. The old one stays beside it for now.
activity-rollover-seen = A sign-in with the new signing certificate was seen.
activity-rollover-not-seen = That a sign-in with the new signing certificate was seen was taken back.
activity-rollover-old-removed = The old signing certificate was taken away.
activity-rollover-old-put-back = The old signing certificate was put back.
activity-rollover-called-off = The change of the signing certificate was called off.
activity-rollover-goes-on = The change of the signing certificate goes on.
