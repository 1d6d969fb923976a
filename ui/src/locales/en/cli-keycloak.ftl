# signpost keycloak

cli-keycloak-created = The identity provider is made, and switched off. Give it the SP metadata, then switch it on with enable.
cli-keycloak-updated = The identity provider has the newer metadata.
cli-keycloak-enabled = The identity provider is switched on.
cli-keycloak-disabled = The identity provider is switched off. Nobody signs in by it now.
cli-keycloak-deleted = The identity provider is taken away, with its mappers.
cli-keycloak-mapped = The mappers are set. This is what the identity provider has now.
cli-keycloak-mappers = { $count ->
    [0] No mapper.
    [one] One mapper.
   *[other] { $count } mappers.
}
cli-keycloak-kind = Type
cli-keycloak-alias = Alias
cli-keycloak-state = State
cli-keycloak-on = on
cli-keycloak-off = switched off
cli-keycloak-name = Name
cli-keycloak-checked = Signatures are checked
cli-keycloak-assertions = Every assertion has to be signed
cli-keycloak-keys = Keys from
cli-keycloak-yes = yes
cli-keycloak-no = no

error-keycloak-token-variable-missing = The environment variable { $variable } is not set, or is empty.
    .fix = Put an access token of the realm into it, or give --client-id and --client-secret-env.
error-keycloak-secret-variable-missing = The environment variable { $variable } is not set, or is empty.
    .fix = Put the secret of the client into it, for example by: read -rs { $variable } && export { $variable }
error-keycloak-address-invalid = The address of Keycloak is not a web address that can be asked.
    .fix = Give it from https:// on, without /admin or /realms.
error-keycloak-address-not-https = The address of Keycloak does not begin with https://, so the secret would go over the network for everybody to read.
    .fix = Use the https address. Plain http is asked on this computer only.
error-keycloak-token-unusable = The access token is empty, or has characters that cannot be sent.
    .fix = Copy the token again, alone and on one line, without Bearer in front of it.
error-keycloak-client-failed = No connection can be made from this computer: { $reason }.
    .fix = See whether the certificates of the system are installed.
error-keycloak-unreachable = Keycloak does not answer: { $reason }.
    .fix = See whether the address is right and reachable from here, then do the same again.
error-keycloak-sign-in-refused = Keycloak gives the client no access token: { $reason }.
    .fix = See in that realm whether the client ID and the secret are right, and whether client authentication and the service account are switched on for the client.
error-keycloak-token-refused = Keycloak refuses the access token.
    .fix = Access tokens last a few minutes: get a new one. It has to be of this realm or of the realm master.
error-keycloak-forbidden = Whoever the access token is of may not do this.
    .fix = Give the account the role manage-identity-providers of the client realm-management.
error-keycloak-refused = Keycloak refuses this: { $reason }
    .fix = Change what it names, then do the same again.
error-keycloak-failed = Keycloak failed: { $reason }
    .fix = Look into the log of Keycloak. What was to be done may be done in part: look at it there before you do it again.
error-keycloak-answer-unknown = What answered is not Keycloak, or not a version that can be talked to: { $reason }.
    .fix = See whether the address is the one of Keycloak, also what stands behind the host name, and whether a proxy keeps /admin back.
