# A rehearsal of provisioning: who is played, what is done, what is wrong with the answer

rehearsal-part-endpoint = The endpoint
rehearsal-part-entra = Microsoft Entra ID
rehearsal-part-entra-optscim = Microsoft Entra ID with aadOptscim062020
rehearsal-part-okta = Okta
rehearsal-part-pingone = PingOne

rehearsal-connection = Lists users
rehearsal-description = Says what it can do (ServiceProviderConfig)
rehearsal-schemas = Describes users and groups (Schemas)
rehearsal-lookup-nobody = Looks for somebody who is not there
rehearsal-lookup-user = Finds the user by userName
rehearsal-lookup-external-id = Finds the user by externalId
rehearsal-lookup-email = Finds the user by emails[type eq "work"].value
rehearsal-lookup-reference = Finds the user by id and manager
rehearsal-list-users = Lists users in pages
rehearsal-unknown-user = Asks for a user who is not there
rehearsal-create-user = Makes a user
rehearsal-attributes-kept = Reads the new user back
rehearsal-external-id-kept = Reads externalId back
rehearsal-extension-kept = Reads the department back
rehearsal-duplicate-refused = Makes the same user again
rehearsal-two-primary = Makes a user with two primary e-mail addresses
rehearsal-update-attribute = Changes the display or given name
rehearsal-update-email-path = Changes the work address by its path
rehearsal-element-made = Adds a phone number by its path
rehearsal-extension-path = Changes the department by its path
rehearsal-manager-text = Sets the manager as a text
rehearsal-clear-attribute = Clears the title with an empty text
rehearsal-update-pathless = Changes several attributes without a path
rehearsal-put-user = Replaces the user (PUT)
rehearsal-deactivate = Switches the user off
rehearsal-deactivate-text = Switches the user off with the text "False"
rehearsal-deactivate-add = Switches the user off with op Add
rehearsal-deactivate-pathless = Switches the user off without a path
rehearsal-deactivate-put = Switches the user off (PUT)
rehearsal-reactivate = Switches the user on again
rehearsal-delete-user = Deletes the user
rehearsal-create-group = Makes a group
rehearsal-lookup-group = Finds the group by displayName
rehearsal-members-left-out = Reads the group without its members
rehearsal-members-add = Adds members to the group
rehearsal-members-remove-list = Removes a member by a list (op Remove)
rehearsal-members-remove-path = Removes a member by a path
rehearsal-members-replace = Replaces the members
rehearsal-members-empty = Empties the group
rehearsal-members-unknown = Adds a member who is not there, and one who is
rehearsal-group-rename = Renames the group
rehearsal-group-rename-pathless = Renames the group without a path
rehearsal-delete-group = Deletes the group
rehearsal-clean-up = Takes away everything it made

rehearsal-who = { $part ->
    [okta] Okta
    [pingone] PingOne
   *[other] Entra
}
rehearsal-effect = { $effect ->
    [silent] The service answers { $status } and does nothing of the kind, without a word.
    [unanswered] The service does not answer.
   *[refused] The service refuses it with { $status }.
}

finding-rehearsal-connection = The service answers { $status } when it is asked for a page of users.
    .fix = Look into the log of the service: a request for one page of users has to be answered with 200.
finding-rehearsal-description = Identity providers that ask for the abilities of the service go by guesses. { rehearsal-effect }
    .fix = Have the service changed: /ServiceProviderConfig has to say what it supports.
finding-rehearsal-schemas = Microsoft’s own test of the service needs both schemas. { rehearsal-effect }
    .fix = Have the service changed: /Schemas has to list the schemas of User and Group.
finding-rehearsal-lookup-nobody = { rehearsal-who } asks for each person before making them, and gets no further. { rehearsal-effect }
    .fix = Have the service changed: a filter that fits nobody has to be answered with 200 and an empty ListResponse.
finding-rehearsal-lookup-user = { rehearsal-who } does not find people who are there, and tries to make them again. { rehearsal-effect }
    .fix = Have the service changed: userName eq has to find exactly one user, whatever the case of the letters.
finding-rehearsal-lookup-external-id = Matching by externalId finds nobody. { rehearsal-effect }
    .fix = Match by userName in Entra, or have the service filter by externalId.
finding-rehearsal-lookup-email = Matching by e-mail address finds nobody. { rehearsal-effect }
    .fix = Match by userName in Entra, or have the service filter by this expression.
finding-rehearsal-lookup-reference = Entra cannot tell whether a manager is set already, and sends it again and again. { rehearsal-effect }
    .fix = Have the service changed: id eq … and manager eq … has to find the user.
finding-rehearsal-list-users = Okta cannot import the users of the service. { rehearsal-effect }
    .fix = Have the service changed: a list needs totalResults, startIndex and itemsPerPage, and no more resources than asked for.
finding-rehearsal-unknown-user = Okta takes a person who was deleted in the service for one who is there, or stops. { rehearsal-effect }
    .fix = Have the service changed: an unknown id has to be answered with 404.
finding-rehearsal-create-user = { rehearsal-who } cannot make anybody. { rehearsal-effect }
    .fix = Read the answer of the service: it names what it wants. Map that attribute, or allow the domain of the address.
finding-rehearsal-attributes-kept = The name, the e-mail address or the state of a person gets lost. { rehearsal-effect }
    .fix = Take these attributes out of the mapping, or have the service keep them.
finding-rehearsal-external-id-kept = externalId gets lost, so that people are found by name only and are mixed up after a change of name. { rehearsal-effect }
    .fix = Have the service changed: externalId has to be kept and to be returned.
finding-rehearsal-extension-kept = The attributes of the enterprise extension get lost. { rehearsal-effect }
    .fix = Take department, employee number and manager out of the mapping, or have the service keep the enterprise extension.
finding-rehearsal-duplicate-refused = A person can come to be there twice, or { rehearsal-who } does not notice that they are there. { rehearsal-effect }
    .fix = Have the service changed: a second user of the same name has to be refused with 409.
finding-rehearsal-two-primary = PingOne sends a work and a home address, both primary; nobody with two addresses arrives. { rehearsal-effect }
    .fix = Map one address only in PingOne, or have the service take both.
finding-rehearsal-update-attribute = Changes of people’s attributes come to nothing. { rehearsal-effect }
    .fix = { $part ->
        [entra] Add ?aadOptscim062020 to the Tenant URL in Entra, or have the service changed: op has to be taken in any case.
       *[other] Have the service changed: op has to be taken in any case.
    }
finding-rehearsal-update-email-path = Changes of e-mail addresses come to nothing. { rehearsal-effect }
    .fix = Have the service changed: emails[type eq "work"].value has to be taken as a path.
finding-rehearsal-element-made = Phone numbers, addresses and further e-mail addresses are never added. { rehearsal-effect }
    .fix = Have the service changed: a path with a filter that fits no element has to make one.
finding-rehearsal-extension-path = Changes of the enterprise extension come to nothing. { rehearsal-effect }
    .fix = Have the service changed: the whole URN has to be taken as a path.
finding-rehearsal-manager-text = Managers are never set. { rehearsal-effect }
    .fix = Take manager out of the mapping in Entra, or have the service take the id as a text.
finding-rehearsal-clear-attribute = Values that are emptied in Entra stay in the service. { rehearsal-effect }
    .fix = Have the service changed: an empty text has to clear the attribute.
finding-rehearsal-update-pathless = Changes of people’s attributes come to nothing. { rehearsal-effect }
    .fix = Leave ?aadOptscim062020 out of the Tenant URL, or have the service take dotted names and URNs in one value.
finding-rehearsal-put-user = Changes of people’s attributes come to nothing where updates are sent by PUT. { rehearsal-effect }
    .fix = Choose updates by PATCH in the identity provider, or have the service take PUT.
finding-rehearsal-deactivate = People who left stay active in the service. { rehearsal-effect }
    .fix = Have the service changed: replace on active has to be taken.
finding-rehearsal-deactivate-text = People who left stay active in the service. { rehearsal-effect }
    .fix = Add ?aadOptscim062020 to the Tenant URL in Entra, or have the service changed: the text "False" has to be taken as false.
finding-rehearsal-deactivate-add = People who left stay active in the service. { rehearsal-effect }
    .fix = Have the service changed: Add on active has to do the same as Replace.
finding-rehearsal-deactivate-pathless = People who left stay active in the service: this is how Okta removes somebody. { rehearsal-effect }
    .fix = Have the service changed: a PATCH without a path has to set active.
finding-rehearsal-deactivate-put = People who left stay active in the service where updates are sent by PUT. { rehearsal-effect }
    .fix = Choose updates by PATCH in the identity provider, or have the service take active in PUT.
finding-rehearsal-reactivate = People who come back stay switched off. { rehearsal-effect }
    .fix = Have the service changed: active has to be taken back to true.
finding-rehearsal-delete-user = People who were deleted stay in the service. { rehearsal-effect }
    .fix = Have the service changed: DELETE has to delete the user, or to switch them off.
finding-rehearsal-create-group = No group can be sent. { rehearsal-effect }
    .fix = Leave groups out of provisioning in the identity provider, or have the service take them.
finding-rehearsal-lookup-group = { rehearsal-who } does not find groups that are there, and tries to make them again. { rehearsal-effect }
    .fix = Have the service changed: displayName eq has to find exactly one group.
finding-rehearsal-members-left-out = Large groups are sent whole with every look; Entra may take that for a failure. { rehearsal-effect }
    .fix = Have the service changed: excludedAttributes=members has to leave the members out.
finding-rehearsal-members-add = Nobody is ever added to a group by { rehearsal-who }. { rehearsal-effect }
    .fix = { $part ->
        [entra] Add ?aadOptscim062020 to the Tenant URL in Entra, or have the service changed: op has to be taken in any case, and members as a list.
       *[other] Have the service changed: op has to be taken in any case, and members as a list.
    }
finding-rehearsal-members-remove-list = Whoever is taken out of a group keeps the rights it gives. { rehearsal-effect }
    .fix = Add ?aadOptscim062020 to the Tenant URL in Entra, or have the service changed: Remove with a list in value has to be taken.
finding-rehearsal-members-remove-path = Whoever is taken out of a group keeps the rights it gives. { rehearsal-effect }
    .fix = Have the service changed: members[value eq "…"] has to be taken as a path.
finding-rehearsal-members-replace = A group that is pushed again keeps its old members. { rehearsal-effect }
    .fix = Have the service changed: replace has to be taken for members.
finding-rehearsal-members-empty = The last member of a group can never be taken out. { rehearsal-effect }
    .fix = Have the service changed: an empty list has to be taken for members.
finding-rehearsal-members-unknown = One person who has not arrived yet keeps everybody else out of the group. { rehearsal-effect }
    .fix = Provision people before groups, or have the service pass over unknown members.
finding-rehearsal-group-rename = Groups keep their old name. { rehearsal-effect }
    .fix = Add ?aadOptscim062020 to the Tenant URL in Entra, or have the service changed: op has to be taken in any case, and displayName as a path.
finding-rehearsal-group-rename-pathless = Okta marks the group as in error when it is renamed. { rehearsal-effect }
    .fix = Have the service changed: a replace without a path, with id and displayName, has to be taken.
finding-rehearsal-delete-group = Groups that were deleted stay in the service. { rehearsal-effect }
    .fix = Have the service changed: DELETE has to delete the group.
finding-rehearsal-token-refused = The service refuses the bearer token with { $status }.
    .fix = Make a new token and enter it alone, without Bearer in front of it.
finding-rehearsal-not-scim = There is no SCIM endpoint at this address; it answers { $status }.
    .fix = Copy the SCIM base URL again, up to the part before /Users.
finding-rehearsal-clean-up = { $count ->
    [one] One user or group of the rehearsal is still in the service.
   *[other] { $count } users and groups of the rehearsal are still in the service.
}
    .fix = Delete them there by hand: their names begin with signpost-rehearsal-.
