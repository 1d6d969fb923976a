# Findings about a SAML response: the answer with which an identity provider signs somebody in.
# Values are shown beside a finding as evidence, so the sentences do without them.

finding-response-none = There is no SAML response in this.
    .fix = Record the sign-in in the browser’s developer tools and save it as a HAR file, or copy the value of SAMLResponse from the request that is posted to the service.
finding-response-is-request = This is the request that the service sends, not the answer of the identity provider.
    .fix = Take the next step of the sign-in: the value named SAMLResponse, which is posted to the service after the user has signed in.
finding-response-too-large = This is larger than { $limit }, the most that is read here.
    .fix = Record only the sign-in itself, or copy just the value of SAMLResponse.
finding-response-not-base64 = The value of SAMLResponse is damaged: it is not base64.
    .fix = Copy the whole value again, from its first character to its last.
finding-response-not-utf8 = This is not text in UTF-8, so it cannot be a SAML response.
    .fix = Copy the value again from the browser, or save the file as UTF-8.
finding-response-not-xml = The value of SAMLResponse holds something else than XML.
    .fix = Copy the value of the field SAMLResponse; RelayState and other fields are something else.
finding-response-malformed = The XML is damaged.
    .fix = Copy the response again, whole. A service has to refuse it like this.
finding-response-doctype = The response contains a DOCTYPE declaration, which a SAML response must not have.
    .fix = Do not use it. If an identity provider really sends this, ask its makers.
finding-response-too-deep = The XML is nested deeper than any SAML response.
    .fix = Do not use it. If an identity provider really sends this, ask its makers.
finding-response-wrong-root = { $kind ->
        [assertion] This is an assertion without the response around it.
        [metadata] This is SAML metadata, not a response.
        [logout] This is a message about signing out, not a sign-in response.
        [saml-1] This is a response of SAML 1.1, which is another protocol.
        [ws-federation] This is an answer of WS-Federation, which is another protocol.
       *[other] This XML begins with the element “{ $root }”, so it is not a SAML response.
    }
    .fix = { $kind ->
        [metadata] Check it as metadata in the SAML step.
        [saml-1] Set the application up for SAML 2.0 in the identity provider.
        [ws-federation] Set the application up for SAML 2.0 in the identity provider.
       *[other] Take the value named SAMLResponse that is posted to the service when a user signs in.
    }
finding-response-version = The response names version { $version } of SAML; only 2.0 is taken.
    .fix = Set the application up for SAML 2.0 in the identity provider.
finding-response-status = The identity provider refused the sign-in itself. Its status is { $second ->
        [none] { $status }.
       *[other] { $status } with { $second }.
    }
    .fix = Look at the message that came with it, or paste it into Explain an error. The reason is in the identity provider: often the user is not assigned to the application, or a policy stopped the sign-in.
finding-response-no-assertion = The response holds no assertion, so it says nothing about anybody.
    .fix = Look at the identity provider’s own sign-in log for this sign-in.
finding-response-several-assertions = The response holds { $count } assertions. Exactly one is taken, because with more of them the wrong one could be read.
    .fix = If this came from your identity provider, have it send one assertion. If not, somebody has altered it.
finding-response-assertion-misplaced = The assertion is not where it belongs, directly inside the response.
    .fix = Do not use it: documents are put together like this to smuggle in somebody else’s name.
finding-response-encrypted-part = Parts of the response are encrypted in a way that is not taken: only a whole assertion may be encrypted.
    .fix = In the identity provider, encrypt the assertion, not single parts of it, or switch encryption off.
finding-response-id-twice = The ID “{ $id }” stands there twice. Then one thing could be signed and another be read.
    .fix = Do not use it. If an identity provider really sends this, ask its makers.
finding-response-signature-misplaced = There is a signature in a place where none belongs.
    .fix = Do not use it: documents are put together like this to smuggle in somebody else’s name.
finding-response-signature-shape = { $reason ->
        [reference] The signature does not cover the element that it stands in.
        [transforms] The signature changes the document before it is checked, in a way that SAML does not allow.
        [canonicalization] The signature reads the document in a way that SAML does not allow.
        [second-signature] One element carries two signatures.
        [object] The signature carries other content inside.
       *[other] Parts of the signature are missing, doubled or divided.
    }
    .fix = Do not use it. If an identity provider really sends this, ask its makers.
finding-response-algorithm = The signature is made with an algorithm that is not taken: { $algorithm }.
    .fix = In the identity provider, choose RSA with SHA-256 for signing.
finding-response-algorithm-weak = The signature is made with { $algorithm }, which can be forged today.
    .fix = In the identity provider, choose RSA with SHA-256 as the signing algorithm.
finding-response-value-divided = The text of { $element } is interrupted by a comment or by other markup. Readers take such a text differently.
    .fix = Do not use it: names are divided like this to pass for somebody else.
finding-response-no-keys = No certificate of the identity provider is known, so no signature can be checked. Everything is refused then.
    .fix = Give the identity provider’s metadata, or its signing certificate.
finding-response-not-signed = Neither the response nor its assertion is signed.
    .fix = In the identity provider, have the assertion signed, or the response.
finding-response-other-certificate = The response is signed with a certificate that the service does not know, of { $subject }.
    .fix = Compare the two fingerprints. If the identity provider has a new certificate, download its metadata again and send it to the service. If not, this comes from another application or another company.
finding-response-signature-wrong = The signature does not fit: the content was changed after it was signed, or another key signed it.
    .fix = Copy the response again without changing a character. If it stays like this, download the identity provider’s metadata again and compare the certificates.
finding-response-encrypted-no-key = The assertion is encrypted. Without the service’s private key nobody can look inside.
    .fix = Have the service test the sign-in, since it has the key, or switch encryption off in the identity provider for the time of the test. On the command line, signpost response check takes the key with --decrypt-key.
finding-response-decryption-key = The file given as private key holds no private key that can be read.
    .fix = Give the key in PEM, as PKCS #8 or PKCS #1, without a password.
finding-response-decryption-failed = The assertion cannot be decrypted with this key.
    .fix = In the identity provider, compare the certificate for encryption with the one in the service’s metadata.
finding-response-encryption = The assertion is encrypted with an algorithm that is not taken: { $algorithm }.
    .fix = In the identity provider, choose AES-256-GCM with RSA-OAEP.
finding-response-encryption-cbc = The assertion is encrypted in CBC mode. It is taken; GCM is the newer mode.
finding-response-issuer = { $difference ->
        [missing] The response does not say who made it.
        [slash] The issuer differs from the expected entity ID by a slash at its end.
        [case] The issuer differs from the expected entity ID in upper and lower case.
       *[other] The response comes from another issuer than the one that is expected.
    }
    .fix = Take the entity ID over from the identity provider’s metadata, to the letter. Another issuer can also mean another tenant or another application.
finding-response-destination = { $difference ->
        [missing] The response does not say for which address it was made, and a signed response has to.
        [slash] The response was made for an address that differs by a slash at its end.
        [case] The response was made for an address that differs in upper and lower case.
        [scheme] The response was made for http where the service has https, or the other way round.
       *[other] The response was made for another address than the service’s assertion consumer service.
    }
    .fix = In the identity provider, correct the reply URL (assertion consumer service) to the letter.
finding-response-no-bearer = The assertion does not say that whoever delivers it may sign in with it (confirmation by bearer).
    .fix = Set the application up for browser sign-in (Web Browser SSO) in the identity provider.
finding-response-recipient = { $difference ->
        [missing] The assertion does not say where it may be delivered.
        [slash] The recipient differs from the assertion consumer service by a slash at its end.
        [case] The recipient differs from the assertion consumer service in upper and lower case.
        [scheme] The recipient has http where the service has https, or the other way round.
       *[other] The assertion may only be delivered to another address than the service’s assertion consumer service.
    }
    .fix = In the identity provider, correct the recipient URL; often it is taken from the reply URL.
finding-response-unsolicited = The response answers no request: somebody started at the identity provider, for example from its list of apps.
    .fix = If the service does not take this, start the sign-in at the service.
finding-response-in-response-to = { $difference ->
        [missing] The response answers no request, but one was sent.
       *[other] The response answers another request than the one that was sent.
    }
    .fix = Sign in again in one browser window, from the beginning. An old page or a second tab leads to this.
finding-response-audience = { $difference ->
        [missing] The assertion does not say for which service it is.
        [slash] The audience differs from the service’s entity ID by a slash at its end.
        [case] The audience differs from the service’s entity ID in upper and lower case.
        [scheme] The audience has http where the service’s entity ID has https, or the other way round.
       *[other] The assertion is for another service than this one.
    }
    .fix = In the identity provider, correct the identifier (entity ID, audience) to the letter.
finding-response-condition-unknown = The assertion sets a condition that nobody here knows: { $condition }. Then it must not be used.
    .fix = In the identity provider, remove the condition.
finding-response-expired = The response is { $seconds } seconds too old.
    .fix = Sign in again. If fresh responses are too old as well, set the clock of this computer or of the service. To judge a recorded response, give the time at which it was recorded.
finding-response-not-yet-valid = The response becomes good only in { $seconds } seconds.
    .fix = Set the clock of this computer or of the service: it is behind that of the identity provider.
finding-response-time-unreadable = A time in the assertion cannot be read.
    .fix = Times have to be written like 2026-11-22T12:00:00Z. Ask the makers of the identity provider.
finding-response-no-expiry = The assertion does not say until when it may be delivered.
    .fix = Ask the makers of the identity provider: without an end a stolen response would stay good.
finding-response-bearer-not-before = The confirmation of the assertion has a beginning, which SAML forbids in this place.
    .fix = Ask the makers of the identity provider.
finding-response-session-ended = The session at the identity provider had already ended.
    .fix = Sign out at the identity provider and sign in again.
finding-response-no-sign-in = The assertion does not say that the user signed in, only who it is.
    .fix = Some services refuse this. In the identity provider, have an authentication statement sent.
finding-response-name-id-missing = The assertion does not name the user (NameID).
    .fix = In the identity provider, set the name identifier, usually to the e-mail address.
finding-response-name-id-transient = The name of the user is made anew at each sign-in, so the service cannot know who it is.
    .fix = In the identity provider, set the format of the name identifier to e-mail address.
finding-response-name-id-no-email = The name of the user is declared as an e-mail address, but is none.
    .fix = In the identity provider, choose the attribute that holds the e-mail address as the name identifier.
finding-response-claim-missing = The claim { $claim } did not arrive.
    .fix = In the identity provider, add it to the attributes of the application, with exactly this name.
finding-response-claim-case = The claim { $claim } arrived as { $received }: upper and lower case differ.
    .fix = In the identity provider, correct the name to the letter.
finding-response-claim-renamed = The claim { $claim } arrived under the name { $received }.
    .fix = In the identity provider, correct the name to the letter, without a namespace if none is expected.
finding-response-claim-empty = The claim { $claim } arrived without a value.
    .fix = In the identity provider, look whether the user has a value in the attribute that is sent.
finding-response-groups-overage = The user is in too many groups, so the identity provider sent a link instead of the groups.
    .fix = In the identity provider, have only the groups sent that are assigned to the application, or that pass a filter.

# Messages about signing out.

finding-logout-none = There is no message about signing out in this.
    .fix = To sign out, use the button on the service’s sign-in page.
finding-logout-malformed = The message about signing out cannot be read, or is not made as SAML 2.0 says.
    .fix = Sign out at the service itself. If this happens again, report it to the makers of the identity provider.
finding-logout-not-signed = The message about signing out is not signed, so that anybody could have made it.
    .fix = In the identity provider, switch on signing of logout requests and logout responses for this application. Where it cannot sign them, take the service’s logout URL out of the application: people then sign out at the service.
finding-logout-algorithm = The message about signing out is signed with { $algorithm }, which is not taken.
    .fix = In the identity provider, choose RSA-SHA256 as the signature algorithm.
finding-logout-signature = The signature of the message about signing out was not made with a key that the service knows.
    .fix = If the identity provider has a new certificate, read its metadata in the SAML step and save it.
finding-logout-issuer = The message about signing out comes from another identity provider than the one that was set up.
    .fix = In the SAML step, compare the entity ID with the one that the identity provider shows.
finding-logout-destination = The message about signing out was made for another address.
    .fix = In the identity provider, set the logout URL of this application to the address of the service’s metadata, to the letter.
finding-logout-expired = The message about signing out is too old.
    .fix = Sign out again. If that does not help, compare the clocks of the identity provider and the service.
finding-logout-not-yet-valid = The message about signing out was made in the future.
    .fix = Compare the clocks of the identity provider and the service.
finding-logout-name-id = The message about signing out does not say in the open who is to be signed out.
    .fix = In the identity provider, send the NameID without encrypting it.
