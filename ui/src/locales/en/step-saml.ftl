# Step 4: SAML metadata there and back.
saml-save-metadata = Save metadata.xml…
saml-saving-metadata = Saving…
saml-metadata-saved = Saved as { $path }
saml-metadata-called-off = No file was saved.

saml-drop = Drop the metadata file anywhere in this window
    .hint = Or choose it, or paste its text. Nothing is sent by that.
saml-drop-again = Drop another file anywhere in this window to replace it.
saml-drop-here = Drop it: the metadata is read from the file
saml-choose = Choose file…
saml-paste = Paste…
saml-address = From an address…
saml-again = Read it again
saml-fetching = Asking the host…
saml-address-title = Read the metadata at an address
saml-address-label = Address
    .hint = It begins with https://. Its host learns that somebody asks; nothing is sent to it but that.
saml-address-private = The address may lead into our own network
    .hint = Tick this only for an identity provider that you run yourselves. Otherwise such addresses are not asked.
saml-reading = Reading…
saml-paste-title = Paste the metadata
saml-paste-label = Text of the metadata file
    .hint = All of it, from the first line to the last. Nothing is sent by that.
saml-paste-read = Read it
saml-source-file = { $name }
saml-source-address = { $name }
saml-source-redirects = Led on to { $addresses }
saml-source-withheld = Part of the address may be a secret and was not kept. To read it again, paste the whole address.
saml-source-pasted = Pasted text
saml-source-by-hand = Typed by hand
saml-source-read = { $size }, read { $when }
saml-source-typed = changed { $when }
saml-size-bytes = { $size } bytes
saml-size-kb = { $size } KB
saml-size-mb = { $size } MB
saml-read = Read: { $provider }, with { $count ->
    [one] one certificate.
   *[other] { $count } certificates.
}
saml-read-nothing = The values could not be read. What was found stands below.
saml-read-several = Several identity providers are described. Choose yours.
saml-read-first-only = Only the first of { $count } files was read.

saml-entity-id = Identity provider entity ID
saml-sso-url = Identity provider SSO URL
saml-certificate = Public certificate
    .hint = The whole text, from BEGIN CERTIFICATE to END CERTIFICATE. A private key is refused and not kept.

saml-choose-entity = Which identity provider is yours?
    .hint = The document describes { $count }. Choose the one that your people sign in to.
saml-entity-filter = Find in the list
saml-entity-none = None of them has this in its name.
saml-entity-more = { $count } more are not shown. Type a part of the name.

saml-preview = What was read
saml-preview-none = Nothing has been read yet. Whatever way you take, the same is shown here.
saml-preview-open = The three values are not complete yet, so there is no preview.
saml-source = From
saml-provider = Provider
saml-provider-unknown = not told by the metadata
saml-provider-entra = Microsoft Entra ID
saml-provider-okta = Okta
saml-provider-pingone = PingOne
saml-provider-google = Google Workspace
saml-provider-adfs = Active Directory Federation Services
saml-provider-keycloak = Keycloak
saml-provider-onelogin = OneLogin
saml-provider-jumpcloud = JumpCloud
saml-provider-auth0 = Auth0
saml-binding = Binding
saml-logout-url = Logout URL
saml-until = Meant to be used until
saml-signed-requests = Signed requests
saml-signed-requests-yes = asked for
saml-certificates = Signing certificates
saml-certificate-number = Certificate { $number }
saml-certificate-subject = Subject
saml-certificate-valid = Valid
saml-certificate-from-until = { $from } to { $until }
saml-certificate-key = Key
saml-certificate-signed = Signed with
saml-certificate-sha256 = SHA-256
saml-certificate-sha1 = Thumbprint (SHA-1)
    .hint = For comparing with the portal, never for trust.

saml-signed-requests-no = not asked for
saml-signature = Signature of the metadata
saml-signature-absent = None. The values are as trustworthy as the way the document came.
saml-signature-present-not-checked = There is one; it was not checked.
saml-signature-confirmed = Good, by the key that you confirmed. Nothing was changed since it was signed.
saml-signature-unconfirmed = Good: nothing was changed since it was signed, by the key with this fingerprint. Whose key that is, nobody has confirmed.
saml-signature-other-key = By another key than the one that you confirmed:
saml-signature-broken = Broken: the document was changed after it was signed.
saml-signature-not-checkable = There is one, made in a way that is not taken. It proves nothing.
saml-signature-print = Fingerprint of the signing key’s certificate, SHA-256
saml-signature-compare = Compare it with what the identity provider or federation publishes elsewhere. Once confirmed, metadata for this project has to be signed with this key.
saml-signature-trust = I compared it: ask for this key
saml-signature-trusted = From now on, metadata has to be signed with this key.
saml-signature-asked = Asked for:
saml-signature-forget = Do not ask for this key any more
saml-signature-forgotten = Metadata may be signed with any key.
saml-signature-large = The document is large. A check needs several times its size in memory while it runs.
saml-signature-check = Check the signature
saml-signature-checking = Checking…
saml-signature-checked = The signature was checked.

saml-newer = This metadata says something else than the project has
    .text = Nothing was replaced yet. What you do not take is forgotten.
saml-newer-several = This metadata describes other identity providers
saml-newer-unusable = This document cannot be used
saml-newer-before = The project has
saml-newer-after = The metadata says
saml-newer-take = Use what the metadata says
saml-newer-keep = Keep what the project has
saml-newer-taken = The project has the values of the metadata now.
saml-newer-kept = The project keeps its values.
saml-differs-entity-id = Identity provider entity ID
saml-differs-sso-url = Identity provider SSO URL
saml-differs-sso-binding = Binding
saml-differs-logout-url = Logout URL
saml-differs-certificate = Signing certificates, SHA-256
saml-differs-name-id-format = NameID formats
saml-differs-signed-requests = Signed requests
saml-differs-valid-until = Meant to be used until

saml-options = Sign-in options
    .text = { $service } needs none of this with most identity providers. Each takes effect at once, for everybody.
saml-options-count = { $count ->
    [0] All off
    [one] One is on
   *[other] { $count } are on
}
saml-option-sign_requests = Sign the sign-in requests
    .hint = Turn this on where { $idp } refuses unsigned requests. { $idp } then needs the service’s new metadata, which has the certificate; without it, nobody can sign in.
saml-option-idp_initiated = Take sign-ins that begin at { $idp }
    .hint = For a tile in { $idp }’s portal. An answer that nobody asked for can be slipped to somebody by a stranger, who then works in the stranger’s account.
saml-option-cbc_encryption = Take assertions encrypted in CBC mode
    .hint = For identity providers that cannot encrypt in GCM mode. CBC does not notice changes by itself; only the signature protects the content then.
saml-option-on = Switched on.
saml-option-off = Switched off.

saml-findings = What was found
saml-save = Save to { $service }…
saml-save-title = Save these values to { $service }?
saml-save-note = Nobody is switched over by this. Signing in goes on as before until you activate.
saml-save-go = Save to { $service }
saml-save-value = Value
saml-save-now = Now
saml-save-after = After
saml-save-none = none
saml-save-other = another certificate
saml-go-back = Go back
saml-save-nothing = There are no values to save yet.
    .fix = Read the identity provider’s metadata, or type its three values.
saml-save-tick = Decide this warning first: { $what }

conflict-field-entity-id = Identity provider entity ID
conflict-field-sso-url = Identity provider SSO URL
conflict-field-sso-binding = Binding
conflict-field-logout-url = Logout URL
conflict-field-certificate = Signing certificates, SHA-256
conflict-field-sign-requests = Signed requests
conflict-field-idp-initiated = Sign-ins that begin at the identity provider
conflict-field-cbc-encryption = Encryption in CBC mode
