# Findings about a sign-in at the account service: before the identity provider answered, and after its answer was trusted.

finding-sign-in-address = This is not an e-mail address.
    .fix = Enter the whole address that you use at work.
finding-sign-in-domain-unknown = Nobody here signs in with an address at { $domain }.
    .fix = Check the address for slips. If it is right, your organization has not verified this domain.
finding-sign-in-not-active = Single sign-on is not switched on yet for { $domain }.
    .fix = Sign in as before. Whoever sets up single sign-on activates it once everything is proven.
finding-sign-in-no-identity-provider = The service does not know the organization’s identity provider.
    .fix = In Signpost, save the identity provider’s values in the SAML step.
finding-sign-in-test-over = This link was opened before, or its ten minutes are over.
    .fix = Begin another test in Signpost; each test has a link of its own that works once.
finding-sign-in-unsolicited = The sign-in began at the identity provider, and nothing here had asked for it.
    .fix = Begin at the service, or allow sign-ins that begin at the identity provider in the SAML step.
finding-sign-in-other-browser = The answer came back in a browser that was not sent out with this request. Its cookie was lost, or the link was opened elsewhere.
    .fix = Begin again and stay in one browser window. If it happens again, let the browser keep cookies of this service.
finding-sign-in-request-used = This request was answered before. Each is good for one answer.
    .fix = Begin again; going back in the browser sends the old answer once more.
finding-sign-in-request-over = The answer came more than ten minutes after the request.
    .fix = Begin again.
finding-sign-in-request-unknown = The answer belongs to a request that this service did not send.
    .fix = Begin again at this service. If it happens again, the identity provider answers another service’s request here.
finding-sign-in-replayed = This assertion was used before. Each is good for one sign-in.
    .fix = Begin again. If nobody did this on purpose, somebody may have recorded a sign-in: tell your security team.
finding-sign-in-no-email = No e-mail address of the user arrived, neither as NameID nor as a claim.
    .fix = In the identity provider, send the user’s e-mail address as NameID, or as the claim emailaddress.
finding-sign-in-email-domain = The user’s address is at { $domain }, which is not one of the verified domains.
    .fix = Verify the domain in the Domains step, or have the identity provider send the address at a verified domain. Guests and aliases often carry another one.
finding-sign-in-no-group = { $reason ->
        [overage] The user is in so many groups that the identity provider sent a link in place of them, so the right one cannot be seen.
        [none] No groups arrived.
        [case] The group arrived in other capital or small letters.
        [path] The group arrived with its path in front of its name.
        [unset] The group for this purpose is not named in the Groups step.
       *[other] None of the groups that arrived is the one that this purpose needs.
    }
    .fix = { $reason ->
        [overage] In the identity provider, send only groups assigned to the application.
        [none] In the identity provider, add a group claim to the application.
        [case] Write the group in the Groups step exactly as it arrives; its capital and small letters count.
        [path] In the identity provider, have the name of the group sent without its path.
        [unset] Name the group in the Groups step and save it.
       *[other] Put the user into the group directly (members of a group inside it do not count), or correct the group’s name or ID in the Groups step. Some providers send names, others IDs.
    }
finding-sign-in-not-provisioned = The user has not arrived by provisioning.
    .fix = Assign the user, or their group, to the application, and wait until the identity provider has sent them.
finding-sign-in-deactivated = Provisioning has deactivated this user.
    .fix = In the identity provider, assign the user to the application again, and wait until that has been sent.
finding-sign-in-no-licence-key = No licence key is registered in the account, so nobody would be granted a licence.
    .fix = Register the licence key of the subscription: in Signpost on the overview, under Licence keys.
finding-sign-in-no-per-user-key = No registered licence key is licensed per user, so nobody would be granted a licence.
    .fix = Register the key of a subscription that is licensed per user. If this one is, register it again on the overview, under Licence keys, and say so.
finding-logout-replayed = This message about signing out was used before.
    .fix = Sign out again.
finding-logout-unknown = The answer about signing out belongs to no request of this service.
    .fix = Nothing has to be done: you are signed out here if the service’s sign-in page asks for your address.
