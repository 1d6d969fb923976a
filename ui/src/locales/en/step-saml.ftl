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
saml-reading = Reading…
saml-paste-title = Paste the metadata
saml-paste-label = Text of the metadata file
    .hint = All of it, from the first line to the last. Nothing is sent by that.
saml-paste-read = Read it
saml-source-file = { $name }
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
conflict-field-certificate = Signing certificates, SHA-256
