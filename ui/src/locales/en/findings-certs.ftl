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
finding-certificate-is-pkcs7 = This is a PKCS #7 bundle (.p7b), not a single certificate.
    .fix = Export the signing certificate by itself, in Base64 or PEM form (.cer, .crt or .pem).
finding-certificate-is-pkcs12 = This is a PKCS #12 file (.pfx or .p12). Such files carry the private key, so it was refused, and nothing of it was kept.
    .fix = Export only the certificate, without the private key, in Base64 or PEM form.
finding-certificate-is-public-key = This is a public key without its certificate.
    .fix = Take the whole signing certificate from the identity provider.
finding-certificate-openssl-trusted = This is a certificate in OpenSSL's own “trusted” form, which other programs do not read.
    .fix = Write it in the usual form with: openssl x509 -in FILE -out certificate.pem
finding-certificate-label-unknown = The BEGIN line names something other than a certificate.
    .fix = Paste the text that begins with a BEGIN CERTIFICATE line.
finding-private-key-refused = This contains a private key. It was refused, and nothing of it was kept.
    .fix = Give only the certificate. If the key has been in a mail, a chat or a ticket, have a new certificate made in the identity provider.

finding-certificate-expired = { $clock ->
        [suspect] The certificate “{ $subject }” ended on { $date }, less than { $hours } h ago by this computer's clock.
       *[fine] The certificate “{ $subject }” ended on { $date } (days ago: { $days }).
    }
    .fix = { $clock ->
        [suspect] Check that this computer's date, time and time zone are right. If they are, create a new signing certificate in the identity provider and use its metadata.
       *[fine] Create a new signing certificate in the identity provider, make it active, and use the new metadata.
    }
finding-certificate-not-yet-valid = { $clock ->
        [suspect] The certificate “{ $subject }” is valid from { $date }, which is less than { $hours } h ahead of this computer's clock.
       *[fine] The certificate “{ $subject }” is not valid before { $date } (days from now: { $days }).
    }
    .fix = { $clock ->
        [suspect] Check that this computer's date, time and time zone are right. If they are, wait until then.
       *[fine] Use the certificate that is active now, or wait until this one is valid.
    }
finding-certificate-ends-soon = The certificate “{ $subject }” ends on { $date } (days left: { $days }). Sign-in stops that day unless it has been replaced.
    .fix = Better to create a new signing certificate now and use its metadata. If you keep this one, note the date.
finding-certificate-key-weak = The key of the certificate “{ $subject }” is too weak: { $key }.
    .fix = Create a signing certificate with an RSA key of 2048 bits or more in the identity provider.
finding-certificate-key-unusual = The certificate “{ $subject }” has a kind of key that many services cannot use: { $key }.
    .fix = If the service has not said that it takes this key, create a signing certificate with an RSA key of 2048 bits or more.
finding-certificate-signature-weak = The certificate “{ $subject }” is itself signed with an outdated method: { $algorithm }. Sign-in does not depend on this signature.
    .fix = When you next renew the certificate, choose SHA-256.
