# What the steps say of themselves: what is known, what is missing, what asks to be fixed.

## Every step
finding-confirmation-missing = A confirmation is missing.
    .fix = Open the step and confirm it.
finding-not-marked = The end of the step is not confirmed.
    .fix = When the configuration in the portal is done, say so at the end of the step.
finding-mark-unsent = The service has not heard yet that the step is done.
    .fix = It is sent when the service can be reached. Press Save to send it now.
finding-step-unsent = Something was changed here that the service has not got.
    .fix = Open the step and save it to the service.
finding-licence-key-missing = The service wants a licence key that is licensed per user before anything is set up.
    .fix = Register one on the overview, under Licence keys.
finding-service-blocks = The service still asks for something ({ $blocker }) { $subject }
    .fix = Open the step and save it to the service again.
finding-service-not-seen = The service has not been asked yet.
    .fix = Connect to the service, then look again.

## 1 Domains
finding-domains-none = No domain is added yet.
    .fix = Add the part after the @ of your users’ e-mail addresses.
finding-domain-unsent = { $domain } is not at the service yet.
    .fix = It is sent when the service can be reached; then its record is shown.
finding-domain-not-accepted = { $domain } is not accepted.
    .fix = Publish its TXT record, then check.
finding-domain-accepted = { $domain } is accepted.
finding-domain-record-gone =
    { $amount ->
        [unknown] The record of { $domain } is gone: its name servers do not have it any more. The domain had been accepted.
        [none] The service has not seen the record of { $domain } since { $since }, and the time to bring it back is over.
        [one] The service has not seen the record of { $domain } since { $since }. One day is left: from { $until } on, the domain counts as not proven.
       *[many] The service has not seen the record of { $domain } since { $since }. { $days } days are left: from { $until } on, the domain counts as not proven.
    }
    .fix = Publish the TXT record at { $name } again, with the value shown at the domain, and check.
finding-domain-not-looked = { $domain }: nobody has looked yet.
finding-domain-published = { $domain }: the record is published; the service has not accepted it yet.
finding-domain-waiting = { $domain }: no record yet on its name servers.
finding-domain-problem = { $domain }: the record is not right.
finding-domain-unreachable = { $domain }: its name servers could not be asked.
finding-domain-taken = { $domain } belongs to another account of the service.
    .fix = A domain can be in one account only. Remove it here, or have it removed there first.
finding-domain-refused = The service does not take { $domain }.
    .fix = Remove it here, or ask the service’s support why.

## 2 App registration
finding-app-named = The application is named “{ $name }”.
finding-app-name-blanks = The application’s name has blanks around it; they do not matter.

## 3 Groups
finding-groups-named = { $count ->
    [one] One group is named.
   *[other] Both groups are named.
 }
finding-groups-arrived = { $count ->
    [one] One of the groups has arrived by provisioning.
   *[other] Both groups have arrived by provisioning.
 }
finding-group-name-missing = The administrators’ group has no name yet.
    .fix = Copy it from the group’s page in the portal.
finding-group-id-missing = The administrators’ group has no ID yet.
    .fix = Copy it from the group’s page in the portal.
finding-group-id-misshapen = This does not look like the { $label } of a group.
    .fix = { $hint }
finding-group-ids-same = Both groups have the same ID.
    .fix = Copy each one from its own group’s page.
finding-group-names-same = Both groups have the same name.
    .fix = Give them two names, so that nobody becomes administrator by mistake.
finding-group-name-blanks = There are blanks at the beginning or end of the name.
    .fix = Take them away here, unless the portal shows the group with them.
finding-group-name-differs-in-case = The two names differ in capital letters.
    .fix = They have to be the same to the letter. Copy the name from the portal.
finding-group-name-differs-in-blanks = The two names differ in blanks.
    .fix = They have to be the same to the letter. Copy the name from the portal.
finding-group-name-differs = The two names are not the same.
    .fix = The service knows the group by its name, so both have to be the same to the letter.

## 4 SAML
finding-saml-values-missing = The identity provider’s values are not here yet.
    .fix = Drop its Federation Metadata XML onto the window, or enter the three values.
finding-saml-values-read = { $certificates ->
    [one] The identity provider’s values are read, with one certificate.
   *[other] The identity provider’s values are read, with { $certificates } certificates.
 }
finding-saml-values-sent = The service has the identity provider’s values.

## 5 SCIM
finding-scim-token-missing = There is no bearer token on this computer yet.
    .fix = Press Make bearer token. It is kept in this computer’s keyring.
finding-scim-token-issued = A bearer token was made.
finding-scim-called = The identity provider has called; the last answer was { $status }.
finding-scim-token-ending = The bearer token was replaced from elsewhere. The one kept here works until { $at }.
    .fix = { $used ->
        [yes] The identity provider calls with the new one already, so nothing has to be changed there.
       *[other] Copy the new token into the identity provider before then; whoever made it has it, because it is shown once. If nobody has it, press Replace… and copy that one.
    }
finding-scim-token-replaced = The bearer token was replaced from elsewhere. The one kept here does not work any more.
    .fix = { $used ->
        [yes] The identity provider calls with the new one already, so nothing has to be changed there. Press Replace… only if you need a token here; the identity provider then needs that one too.
       *[other] Copy the new token into the identity provider; whoever made it has it, because it is shown once. If nobody has it, press Replace… and copy that one.
    }
finding-scim-token-revoked = The bearer token was revoked from elsewhere, and there is no new one. An identity provider that has it is refused.
    .fix = Press Make bearer token, and copy the new token into the identity provider.

## 6 Users
finding-users-arrived = { $users ->
    [one] One user has arrived,
   *[other] { $users } users have arrived,
 } { $groups ->
    [one] and one group.
   *[other] and { $groups } groups.
 }
finding-users-external-id-wrong = { $count ->
    [one] One user has an externalId that is no { $label }.
   *[other] { $count } users have an externalId that is no { $label }.
 }
    .fix = Licences can go to the wrong person. Map externalId to the { $label } in the identity provider, then restart provisioning. Tick this only if your company tells people apart by something else on purpose.
finding-users-added = People are in the groups.
finding-test-user-assigned = The test user is assigned.
finding-users-later = People are added to the groups later.

## 7 Backup login
finding-backup-login-missing = No backup login is named.
    .fix = Enter the e-mail address of a user of the account who has signed in.
finding-backup-login-unsent = The backup login is not at the service yet.
    .fix = Press Save.
finding-backup-login-never-signed-in = The backup login has never signed in.
    .fix = Let that user sign in once with the password of the service, then look again.
finding-backup-login-disabled = { $email } cannot sign in: an administrator of the service has disabled this user.
    .fix = Name another user, or have an administrator of the service enable this one.
finding-backup-login-not-email = This is not an e-mail address.
    .fix = Enter it like jonas.weber@contoso.com.
finding-backup-login-suggested = Suggested: { $email }.
finding-backup-login-signed-in = { $email } has signed in.
finding-backup-login-on-own-domain = The backup login is on { $domain }, which goes through single sign-on.
    .fix = It gets in with the service’s own password all the same. Make sure that somebody knows it.
