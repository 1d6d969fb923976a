# Findings about SAML metadata and about values typed by hand.
# $date is YYYY-MM-DD; $field is entity-id, sso-url or certificate.

finding-metadata-empty = There is nothing to read here.
    .fix = Drop the metadata file, choose it, or paste its text.
finding-metadata-too-large = This is { $size } large; { $limit } is the most that is read this way.
    .fix = If the text was pasted, save it as a file and drop the file. If it is a federation’s whole list, ask for the metadata of the one identity provider.
finding-metadata-not-xml = This is not XML, so it is not SAML metadata.
    .fix = Download the metadata file from its portal again and drop it here as it is.
finding-metadata-html-page = This is a web page, not metadata. It is probably a sign-in or error page that was saved in its place.
    .fix = Sign in to the portal that offers the file, then download it again.
finding-metadata-malformed-xml = { $reason ->
        [unclosed] The file ends too early, at line { $line }: the download or the copy is incomplete.
        [no-root] The file contains no XML element.
        [second-root] A second document begins at line { $line }: two files seem to be pasted together.
        [text-outside-root] There is text outside the XML at line { $line }.
        [unknown-encoding] The file names an encoding that does not exist.
        [too-deep] The XML is nested deeper than any metadata, at line { $line }.
       *[other] The XML is damaged at line { $line }.
    }
    .fix = Download the file again and use it as it is, without opening and saving it in an editor.
finding-metadata-doctype = The file contains a DOCTYPE declaration, which SAML metadata must not have. It was not read any further.
    .fix = Download the file from its portal yourself. If it really comes like this, ask its makers.
finding-metadata-excessive = { $what ->
        [entities] The file describes more entities than any federation has.
        [endpoints] An entity in the file has more addresses than any real one.
        [part] A single tag or text in the file is longer than a whole file should be.
        [text] A certificate or a name in the file is longer than any real one.
       *[keys] An entity in the file has more keys than any real one.
    }
    .fix = Download the metadata of the one identity provider again. If it really comes like this, ask its makers.
finding-metadata-not-saml = This is XML, but not SAML metadata: it begins with the element “{ $root }”.
    .fix = Download the metadata file of the SAML application. Its first element is EntityDescriptor.
finding-metadata-is-sp = This is the metadata of a service, not of an identity provider. It may be the file that was saved from here for the upload.
    .fix = Use the file that the identity provider offers for download. In Microsoft Entra ID it is called Federation Metadata XML.
finding-metadata-is-url = This is the address of the metadata, not the metadata itself.
    .fix = Open the address in a browser, save the page as a file, and drop the file here.
finding-metadata-is-certificate = This is a certificate, not metadata.
    .fix = Drop the Federation Metadata XML instead, or enter the values by hand and put the certificate into its field.
finding-metadata-private-key = This contains a private key. It was refused, and nothing of it was kept.
    .fix = Use the metadata file that the portal offers. If the key has been in a mail, a chat or a ticket, have a new certificate made there.
finding-metadata-encoding = The file is encoded as { $encoding } and was read as such.
finding-metadata-several-entities = This file describes { $count } identity providers.
    .fix = Choose the one that your people sign in to.
finding-metadata-entity-not-found = The file does not contain the entity that was asked for.
    .fix = Choose one from the list. The entity ID has to match to the letter.
finding-metadata-no-idp = The file describes no identity provider for SAML 2.0.
    .fix = Download the metadata of the SAML application from the identity provider.
finding-metadata-no-signing-certificate = The metadata contains no signing certificate, so no sign-in could be verified.
    .fix = Create and activate a signing certificate in the identity provider, then download the metadata again.
finding-metadata-several-certificates = The metadata contains { $count } signing certificates, as it does while one replaces another. All of them are kept.
finding-metadata-no-sso-endpoint = The metadata names no sign-in address that takes HTTP-Redirect or HTTP-POST.
    .fix = Turn one of these bindings on in the identity provider, then download the metadata again.
finding-metadata-endpoint-not-https = A sign-in address does not begin with https, so sign-ins to it can be read and changed on the way.
    .fix = Give the identity provider an https address and download the metadata again. Plain http is only for trying things out on this computer.
finding-metadata-endpoint-invalid = A sign-in address in the metadata is not a complete web address.
    .fix = Correct the address in the identity provider, then download the metadata again.
finding-metadata-valid-until-past = The metadata was meant to be used until { $date }.
    .fix = Download the current metadata from the identity provider. If it has the same date, check this computer’s clock.
finding-metadata-valid-until-unreadable = The metadata says until when it is valid, but the date cannot be read.
    .fix = Download the metadata again. If you go on, its age is not checked.
finding-metadata-wants-signed-requests = The identity provider asks for signed sign-in requests.
    .fix = If the service does not sign its requests, turn this requirement off in the identity provider’s settings for the application.
finding-metadata-provider-differs = This metadata looks like { $found }, but { $expected } is being set up.
    .fix = Check that it is the right file. If your people sign in with { $found }, create a project for it.

finding-metadata-change-entity-id = The new metadata has another entity ID: it is of another application or tenant.
    .fix = Download the metadata of the application that is connected. For another one, set up a connection of its own.
finding-metadata-change-endpoint = The sign-in address has moved.
    .fix = Make sure that the identity provider really moved, in its portal or with its people. From then on, everybody is sent to the new address.
finding-metadata-change-certificate-added = { $count ->
        [one] A signing certificate was added. The old ones are kept, as it should be while one replaces another.
       *[other] { $count } signing certificates were added. The old ones are kept, as it should be while one replaces another.
    }
    .fix = Let the service have all of them before the identity provider signs with the new one.
finding-metadata-change-certificate-removed = { $count ->
        [one] A signing certificate is no longer there.
       *[other] { $count } signing certificates are no longer there.
    }
    .fix = Take an old certificate away only after somebody has signed in with the new one.
finding-metadata-change-certificates-replaced = All signing certificates were replaced at once.
    .fix = Keep the old certificate at the service beside the new one until somebody has signed in with the new one.
finding-metadata-change-older = The new metadata is meant to be used for a shorter time than the one there was; it may be an older copy.
    .fix = Download the metadata again from the identity provider, and compare once more.
finding-metadata-signature-unconfirmed = The metadata is signed by the key with fingerprint { $sha256 }, which you have not confirmed.
    .fix = Compare the fingerprint with the one that the identity provider or federation publishes elsewhere, and confirm it: in the window by the button beside it, in a terminal by --signed-by with its certificate.
finding-metadata-signature-broken = The signature of the metadata is broken: they were changed after they were signed.
    .fix = Download the metadata again, and do not open and save the file in an editor. If it stays broken, do not use it.
finding-metadata-signature-other-key = The metadata is signed by the key with fingerprint { $sha256 }, which is not the one that you confirmed.
    .fix = Check that the file is of the right identity provider or federation, and whether it has a new signing key. Do not use it until that is known.
finding-metadata-signature-unusual = { $reason ->
        [algorithm] The metadata is signed with an algorithm that is not taken ({ $algorithm }), so nothing is known of its signature.
        [unreadable] The metadata is signed, but could not be read for a check of its signature.
       *[other] The metadata is signed in a way that SAML does not provide for, so nothing is known of its signature.
    }
    .fix = Ask the makers of the metadata for one with a signature over the whole document, and compare the values with the identity provider’s portal until then.
finding-metadata-signature-weak = The metadata is signed with { $algorithm }, which can be forged, so its signature proves nothing.
    .fix = Ask the makers of the metadata to sign with SHA-256. Until then, compare the values with the identity provider’s portal.
finding-metadata-signature-missing = The metadata is not signed, though you confirmed the key that it has to be signed with.
    .fix = Download the signed metadata. If there is none, do not ask for that key any more, and compare the values with the identity provider’s portal.
finding-metadata-signature-no-key = The metadata is signed, but brings no certificate to check the signature with.
    .fix = Get the signing certificate of the identity provider or federation. In a terminal, name its file by --signed-by.
finding-metadata-signature-not-checked = The metadata is signed. In a document of this size the signature is checked only when you ask for that.
    .fix = In the window, press “Check the signature”. In a terminal, name the federation’s certificate by --signed-by.

finding-entity-id-missing = The entity ID is missing.
    .fix = Copy it from the identity provider. Microsoft Entra ID calls it Microsoft Entra Identifier.
finding-entity-id-too-long = The entity ID is longer than { $limit } characters, which is the most there may be.
    .fix = Copy only the entity ID.
finding-entity-id-has-blanks = The entity ID contains a blank or a line break.
    .fix = Copy it again from the identity provider. Two systems only understand each other if it is the same to the letter.
finding-sso-url-missing = The sign-in address is missing.
    .fix = Copy it from the identity provider. Microsoft Entra ID calls it Login URL.
finding-sso-url-invalid = The sign-in address is not a complete web address.
    .fix = Copy the whole address, from https:// to its end.
finding-sso-url-not-https = The sign-in address does not begin with https, so sign-ins to it can be read and changed on the way.
    .fix = Use the identity provider’s https address. Plain http is only for trying things out on this computer.
finding-value-blanks-removed = { $field ->
        [entity-id] Blanks before or after the entity ID were removed.
        [sso-url] Blanks before or after the sign-in address were removed.
       *[other] Blanks before or after the text were removed.
    }
finding-certificate-chain-shortened = Several certificates of one chain were pasted. The one that signs is kept; those of its issuers are not needed.
