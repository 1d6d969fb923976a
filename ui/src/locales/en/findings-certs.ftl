# Findings about certificates: what was pasted or dropped, and what is wrong with a certificate.
# $subject names the certificate, $date is YYYY-MM-DD, $clock is "suspect" when this computer's clock may be the cause.

finding-certificate-empty = There is nothing to read here.
    .fix = Paste the certificate, from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or choose the file.
finding-certificate-too-large = This is larger than { $limit }, and a certificate is a few kilobytes.
    .fix = Choose the certificate itself: a .cer, .crt or .pem file.
finding-certificate-not-found = No certificate was found in this text.
    .fix = In the identity provider, download the signing certificate in Base64 or PEM form and paste all of it.
finding-certificate-not-base64 = Line { $line } contains characters that cannot belong to a certificate.
    .fix = Copy the certificate again from its source, or download it as a file and drop the file here.
finding-certificate-incomplete = The certificate is cut off: its end is missing.
    .fix = Copy it again, including the END CERTIFICATE line, or drop the file here.
finding-certificate-unreadable = This decodes, but it is not an X.509 certificate.
    .fix = Download the signing certificate from the identity provider again, in Base64 or PEM form.
finding-certificate-trailing-data = Something follows the certificate inside the same block.
    .fix = Download the certificate again; if the file was put together by hand, give each certificate its own BEGIN and END lines.
finding-certificate-tidied = The text was not in the usual form and has been put in order; the certificate itself is unchanged.
finding-certificate-is-request = This is a certificate request (CSR), which comes before a certificate.
    .fix = Take the finished signing certificate from the identity provider.
finding-certificate-is-pkcs7 = This is a PKCS #7 file without a certificate in it.
    .fix = Export the signing certificate by itself, in Base64 or PEM form (.cer, .crt or .pem).
finding-certificate-unpacked = { $count ->
        [one] This is a PKCS #7 bundle (.p7b) with one certificate in it, which has been taken out.
       *[other] This is a PKCS #7 bundle (.p7b) with { $count } certificates in it, which have been taken out.
    }
finding-certificate-is-pkcs12 = This is a PKCS #12 file (.pfx or .p12). Such files carry the private key, so it was refused, and nothing of it was kept.
    .fix = Export only the certificate, without the private key, in Base64 or PEM form.
finding-certificate-is-public-key = This is a public key without its certificate.
    .fix = Take the whole signing certificate from the identity provider.
finding-certificate-openssl-trusted = This certificate is in OpenSSL’s own “trusted” form, which other programs do not read. It has been put into the usual form.
finding-certificate-label-unknown = The BEGIN line names something other than a certificate.
    .fix = Paste the text that begins with a BEGIN CERTIFICATE line.
finding-private-key-refused = This contains a private key. It was refused, and nothing of it was kept.
    .fix = Give only the certificate. If the key has been in a mail, a chat or a ticket, have a new certificate made in the identity provider.

finding-certificate-expired = { $clock ->
        [suspect] The certificate “{ $subject }” ended on { $date }, less than { $hours } h ago by this computer’s clock.
       *[fine] The certificate “{ $subject }” ended on { $date } (days ago: { $days }).
    }
    .fix = { $clock ->
        [suspect] Check that this computer’s date, time and time zone are right. If they are, create a new signing certificate in the identity provider and use its metadata.
       *[fine] Create a new signing certificate in the identity provider, make it active, and use the new metadata.
    }
finding-certificate-not-yet-valid = { $clock ->
        [suspect] The certificate “{ $subject }” is valid from { $date }, which is less than { $hours } h ahead of this computer’s clock.
       *[fine] The certificate “{ $subject }” is not valid before { $date } (days from now: { $days }).
    }
    .fix = { $clock ->
        [suspect] Check that this computer’s date, time and time zone are right. If they are, wait until then.
       *[fine] Use the certificate that is active now, or wait until this one is valid.
    }
finding-certificate-ends-soon = The certificate “{ $subject }” ends on { $date } (days left: { $days }). Sign-in stops that day unless it has been replaced.
    .fix = Better to create a new signing certificate now and use its metadata. If you keep this one, note the date.
finding-certificate-key-weak = The key of the certificate “{ $subject }” is too weak: { $key }.
    .fix = Create a signing certificate with an RSA key of 2048 bits or more in the identity provider.
finding-certificate-key-unusual = The certificate “{ $subject }” has a kind of key that services cannot use for SAML: { $key }.
    .fix = Create a signing certificate with an RSA key of 2048 bits or more, or with an elliptic curve P-256, P-384 or P-521.
finding-certificate-signature-weak = The certificate “{ $subject }” is itself signed with an outdated method: { $algorithm }. Sign-in does not depend on this signature, but with MD5 or older many programs do not read the certificate at all.
    .fix = When you next renew the certificate, choose SHA-256. With MD5 or older, renew it now.
finding-certificate-is-authority = The certificate “{ $subject }” is that of a certificate authority in the middle of a chain. Identity providers seldom sign with such a one.
    .fix = Compare its thumbprint with the signing certificate that the identity provider shows.
finding-certificate-not-for-signing = The certificate “{ $subject }” says of itself that its key is not for signatures. Some services refuse sign-ins that are signed with it.
    .fix = Compare its thumbprint with the signing certificate that the identity provider shows. If it is that one, and the service refuses it, have one made whose key usage has “digital signature”.

# Several certificates of one identity provider. $old ends first, $new next.
finding-certificate-chain = These { $count } certificates form a chain. The one that signs is “{ $subject }”; a service needs no other.
    .fix = Give the service only this one.
finding-certificate-same-key = { $count } of these certificates are for the same key. A signature fits all of them, so changing from one to the other changes nothing for signing in.
finding-certificate-overlap = “{ $old }” and “{ $new }” are both valid from { $from } to { $until } (days: { $days }). Change from one to the other in this time.
finding-certificate-gap = Between the end of “{ $old }” on { $from } and the beginning of “{ $new }” on { $until } no certificate is valid (days: { $days }).
    .fix = In the identity provider, create a certificate that is valid now, and change to it before { $from }.
