# A sign-in that is tested, by the service or from an answer that somebody has.
sign-in-test = Test sign-in
sign-in-lead = { $idp } signs somebody in, and here you see what arrives at { $service }, beside what it expects. Nobody is switched over by this.
    .by-answer = An answer of { $idp } is checked here as { $service } would check it, beside what it expects. Nobody is switched over by this.
sign-in-of = Sign-in of { $who }, { $when }
sign-in-somebody = the user
sign-in-user = User
sign-in-purpose = What is tested
sign-in-purpose-portal = Portal, administrators
sign-in-purpose-desktop = Desktop, users
sign-in-by-hand = Go through a sign-in by hand, stop by stop

sign-in-given = Check an answer you have
    .text = The answer of the identity provider is checked on this computer, as { $service } would. Nothing is sent anywhere, and nothing of it is kept.
sign-in-drop = Drop a recording of the sign-in here
    .hint = A HAR file of the browser’s developer tools, the XML, or a saved page
sign-in-text = SAMLResponse, form or error page
    .hint = The value of the field SAMLResponse, the whole form, the XML, or what an error page of the identity provider shows.
sign-in-empty = There is nothing to check yet. Paste the value of SAMLResponse, the form, or the text of an error page.
sign-in-check = Check answer
sign-in-checking = Checking…
sign-in-explain = Explain an error
sign-in-another = Check another answer
sign-in-stays-here = It is checked on this computer and not kept.
sign-in-onward = What next

sign-in-hops = What happened, hop by hop
sign-in-table-hop = Hop
sign-in-table-from = From
sign-in-table-to = To
sign-in-table-result = Result
sign-in-hop-email-accepted = Work email entered
    .good = its domain is accepted
    .stopped = its domain is not accepted
sign-in-hop-request-sent = Sent on to { $idp }
    .good = with a request, by redirect
    .unseen = an answer does not tell
sign-in-hop-arrived = Arrived at { $idp }
    .good = the right application
sign-in-hop-signed-in = Signed in at { $idp }
    .good = only { $idp } sees how
    .stopped = { $idp } refused it
sign-in-hop-answer-received = Answer received
    .good = signature good, everything there
    .stopped = { $signed ->
        [good] { $claims ->
            [0] signature good, a value differs
            [one] signature good, one claim wrong
           *[other] signature good, { $claims } claims wrong
        }
       *[other] the signature proves nothing
    }
    .not-reached = nothing was answered
sign-in-hop-session = Session and role
    .good = { $role ->
        [administrator] as an administrator
        [none] signed in; no group is named here yet
       *[other] as a user
    }
    .stopped = { $purpose ->
        [portal] no administrator
       *[other] no right to activate Desktop
    }
    .not-reached = { $role ->
        [administrator] would be: administrator
        [user] would be: user
       *[other] it did not come to this
    }
sign-in-hop-state-good = Good
    .detail = as it should be
sign-in-hop-state-stopped = Stopped here
    .detail = it ended here
sign-in-hop-state-open = Not yet
    .detail = comes next, or later
sign-in-hop-state-not-reached = Not reached
    .detail = it did not come to this
sign-in-hop-state-unseen = Not seen
    .detail = an answer does not tell

sign-in-compared = Expected beside received
sign-in-column-checked = Checked
sign-in-column-expected = Expected
sign-in-column-received = Received
sign-in-column-result = Result
sign-in-claims = Claims
    .note = names are case-sensitive
sign-in-the-answer = The answer itself
sign-in-matter-signed-by = Signed by
sign-in-matter-issuer = Issuer
sign-in-matter-audience = Audience
sign-in-matter-recipient = Recipient
sign-in-matter-destination = Destination
sign-in-matter-in-response-to = Request
sign-in-matter-name-id = NameID
sign-in-matter-email-domain = Email domain
sign-in-matter-clock = Clock
sign-in-matter-encryption = Encryption
sign-in-any-value = any value
sign-in-nothing = nothing
sign-in-and-more = and { $count } more
sign-in-the-same = the same
sign-in-that-and = { $count ->
    [0] that one
    [one] that and 1 other
   *[other] that and { $count } others
}
sign-in-holds = = { $value }
sign-in-link-instead = a link instead of the groups
sign-in-until = until { $date }
sign-in-clock-expected = at most { $seconds } s apart
sign-in-clock-received = { $seconds } s apart
sign-in-clock-unseen = a recording does not tell
sign-in-name-expected = a name that stays the same
sign-in-encryption-expected = as the service takes it
sign-in-encryption-received = the assertion is encrypted
sign-in-result-good = Good
sign-in-result-same = Same
sign-in-result-present = Present
sign-in-result-administrator = Administrator
sign-in-result-user = Desktop user
sign-in-result-no-role = Not in the group
sign-in-result-overage = Too many groups
sign-in-result-case-differs = Case differs
sign-in-result-renamed = Other name
sign-in-result-missing = Missing
sign-in-result-empty = No value
sign-in-result-differs = Differs
sign-in-result-differs-signed-by = Not known
sign-in-result-differs-clock = Too far apart
sign-in-result-unseen = Not seen
sign-in-result-unseen-encryption = Not opened
sign-in-show = Show the answer (redacted)
sign-in-answer = The answer, redacted
    .text = Names, values and signatures are replaced by their length, so that it can be shown to others.
sign-in-arrived = { $count ->
    [one] Everything that arrived: 1 claim
   *[other] Everything that arrived: { $count } claims
}

sign-in-change = What to change
sign-in-under = Under
sign-in-row = row { $number }
sign-in-becomes = becomes
sign-in-keeps = What is sent under this name stays as it is:
sign-in-also = Also found
sign-in-others = { $count ->
    [0] Nothing else is wrong.
    [one] One other thing is wrong too; it stands further down.
   *[other] { $count } other things are wrong too; they stand further down.
}
sign-in-warnings = { $count ->
    [one] One thing is worth a look; it stands further down.
   *[other] { $count } things are worth a look; they stand further down.
}

sign-in-begin = Test sign-in
sign-in-beginning = Opening the browser…
sign-in-again = Try again
sign-in-stop = Stop waiting
sign-in-opens = Opens your browser at { $service }. A private window shows best what others will see.
sign-in-last = { $purpose ->
        [portal] Sign in there with an account of the administrators’ group.
       *[other] Sign in there with an account of the Desktop users’ group.
    }
sign-in-unsent = { $step } has changes that { $service } has not got. The test goes by what { $service } has.
sign-in-no-provider = { $service } does not have the values of { $idp } yet. Save the SAML step first.
sign-in-not-followed = The test goes on, but { $service } cannot be asked just now.
sign-in-show-test = Show the test of { $service } again
sign-in-licence = Licence
sign-in-licence-granted = A licence would be granted.
sign-in-licence-not-signed-in = No licence would be granted, because the sign-in did not work.
sign-in-licence-no-users-group = No licence would be granted: no Desktop users’ group is named in the Groups step.
sign-in-licence-not-in-users-group = No licence would be granted: the user is not in the Desktop users’ group.
sign-in-licence-no-licence-key = No licence would be granted: no licence key is registered in the account.
sign-in-licence-no-per-user-key = No licence would be granted: no registered licence key is licensed per user.
sign-in-licence-other = No licence would be granted.

sign-in-says-waiting = Waiting for your browser.
    .then = Sign in there; this page goes on by itself. The page that opened is good until { $until }.
sign-in-says-at-identity-provider = Waiting for { $idp }.
    .then = Your browser is there. As soon as you are signed in, what arrives at { $service } shows here, until { $until }.
sign-in-says-expired = No answer came within ten minutes.
    .then = { $service } has heard nothing more of this sign-in. If { $idp } showed an error, paste its text below; else test again.
sign-in-says-passed-service-portal = { $person } can sign in as an administrator.
    .then = { $idp } signed { $person } in, and everything that { $service } needs arrived. Nobody is switched over by this.
sign-in-says-passed-service-desktop = { $person } can activate Desktop.
    .then = { $idp } signed { $person } in, and everything that { $service } needs arrived.
sign-in-says-failed = The sign-in did not work.
sign-in-says-passed-given-portal = { $service } would accept this answer, as an administrator’s.
    .then = { $idp } signed { $person } in, and everything that { $service } needs arrived.
sign-in-says-passed-given-open = { $service } would accept this answer. With which role is open.
    .then = { $idp } signed { $person } in, and everything that { $service } needs arrived. Name the groups in the Groups step to see what role theirs give.
sign-in-says-passed-given-desktop = { $service } would accept this answer, as a Desktop user’s.
    .then = { $idp } signed { $person } in, and everything that { $service } needs arrived. Whether a licence is free only { $service } knows.
sign-in-says-response-claim-case = { $idp } signed { $person } in, but one claim’s name has the wrong case.
    .then = { $service } needs { $claim } and got { $received }. Claim names are case-sensitive.
sign-in-says-response-claim-renamed = { $idp } signed { $person } in, but one claim came under another name.
    .then = { $service } needs { $claim } and got { $received }. Claim names are compared to the letter.
sign-in-says-response-claim-missing = { $idp } signed { $person } in, but one claim did not arrive.
    .then = { $service } needs { $claim }, and nothing came under this name.
sign-in-says-response-claim-empty = { $idp } signed { $person } in, but one claim has no value.
    .then = { $claim } arrived empty.
sign-in-says-response-audience = { $idp } signed { $person } in, but for another service.
sign-in-says-response-destination = { $idp } sent its answer to another address.
sign-in-says-response-recipient = { $idp } sent its answer to another address.
sign-in-says-response-issuer = The answer comes from another identity provider than the one that is set up.
sign-in-says-response-other-certificate = The answer is signed with a certificate that { $service } does not know.
    .then = Until { $service } has it, every sign-in is refused. Either { $idp } has a new certificate, or this comes from another application.
sign-in-says-response-encrypted-no-key = The answer is encrypted. Only { $service } can look inside.
    .then = { $service } has the private key, and Signpost does not. Switch encryption off in { $idp } for the time of the test, or have { $service } test the sign-in.
sign-in-says-response-groups-overage = { $idp } sent a link instead of the groups of { $person }.
sign-in-says-error-page = This is an error, not an answer.
    .then = What is known about it stands below.
sign-in-says-response-status = { $idp } refused the sign-in itself.
sign-in-says-response-not-yet-valid = The answer is from the future: two clocks are too far apart.
sign-in-says-response-expired = The answer was too old when it arrived: two clocks are too far apart.
sign-in-says-sign-in-no-group = { $purpose ->
        [portal] { $idp } signed { $person } in, but not as an administrator.
       *[other] { $idp } signed { $person } in, but without the right to activate Desktop.
    }
sign-in-says-sign-in-email-domain = { $idp } signed { $person } in, but with an address of another domain.

sign-in-from-step = Test the sign-in
    .text = Whether { $idp } and { $service } understand each other shows in a sign-in.
    .early = It can be tested before anything is switched on.
    .by-answer = Signpost receives no sign-in of its own here. An answer that you have, such as a recording of { $idp }’s own test, is checked on this computer.
sign-in-answer-found = This is an answer of an identity provider
    .text = It can be checked against a project: who signed it, for whom it is, and whether every claim is there.
sign-in-answer-open = Check this answer
sign-in-answer-project = Open a project first, then paste it into Test sign-in.

sign-in-panel = Test sign-in
    .text = Prove one sign-in before anybody is switched over.
    .by-answer = Check one answer of { $idp } before anybody is switched over.
sign-in-panel-none = Not tested yet
sign-in-panel-passed = Passed
sign-in-panel-failed = Failed
sign-in-panel-expired = No answer
sign-in-panel-waiting = Waiting for the browser
sign-in-panel-at-identity-provider = Waiting for the identity provider

activate-insist = Activate without a tested sign-in…
activate-insist-ask = Activate without a sign-in that was seen to work?
activate-insist-text = If something is set up wrong, nobody of your domains can sign in with { $idp }, you included; only the backup login works then. The log of { $service } will say that you activated without a test.
activate-insist-name = Type the organization’s name: { $name }
activate-insist-confirm = Activate anyway
