# Findings about the change from one signing certificate to another, and about a certificate beside those of projects.
# $provider is "entra" for Microsoft Entra ID, else "other". $date and $at are moments.

finding-rollover-send = The signing certificate is being changed: save, so that the service has the new one beside the old.
finding-rollover-sign-in = The signing certificate is being changed: the service has both. A sign-in with the new one has not been seen yet.
finding-rollover-take-away = The signing certificate is being changed: a sign-in with the new one was seen. Take the old one away.
finding-rollover-send-removal = The signing certificate is being changed: the old one was taken away here, and the service still has it. Save.
finding-rollover-send-call-off = The change of the signing certificate was called off here, and the service still has the new one. Save.

finding-rollover-refused-not-sent = The service does not have the new certificate yet.
    .fix = Save first, so that it has both.
finding-rollover-refused-not-valid = The new certificate is not valid before { $date }.
    .fix = Until then the identity provider signs with the old one. Come back after that.
finding-rollover-refused-no-sign-in = No sign-in with the new certificate has been seen.
    .fix = Make the new certificate active in the identity provider, and sign in once. If the old one were taken away before, nobody could sign in.
finding-rollover-refused-still-old = The sign-in of { $at } was still signed with the old certificate.
    .fix = Make the new certificate active in the identity provider, and sign in once more.

finding-rollover-old-expired = The old certificate ended on { $date }. Microsoft Entra ID then signs with a new one although it is marked inactive, so sign-ins may fail until the service has it.
    .fix = Save at once. Next time, make the new certificate and save it here before the old one ends.
finding-rollover-new-not-valid = { $provider ->
        [entra] The new certificate is not valid before { $date }. Leave the old one active in Entra until then.
       *[other] The new certificate is not valid before { $date }. Leave the old one active in the identity provider until then.
    }
finding-rollover-same-key = The new certificate is for the same key as the old one. Sign-ins fit both, so no sign-in has to be seen before the old one goes.
finding-rollover-still-old = { $provider ->
        [entra] The sign-in of { $at } was still signed with the old certificate. In Entra, a new certificate is inactive until it is made active.
       *[other] The sign-in of { $at } was still signed with the old certificate.
    }
    .fix = { $provider ->
        [entra] In Entra, open the SAML Signing Certificate, choose “Make certificate active” on the new one, and sign in once more.
       *[other] Make the new certificate the active one in the identity provider, and sign in once more.
    }
finding-rollover-old-withdrawn = What was read last does not list the old certificate any more. The identity provider may already sign with the new one.
    .fix = Save soon, so that the service has the new one.
finding-rollover-file-only-new = The file has the new certificate only. Once it is in the portal, sign-ins that the old one signed fail.
    .fix = Give the portal the file in the moment in which you make the new certificate active. Or download the metadata while it lists both.
finding-rollover-file-has-old = The portal takes what is in the file, and the file still lists the old certificate.
    .fix = Delete the old certificate in the identity provider, download the metadata again, and give the file here and to the portal.
finding-rollover-field-both = The certificate’s field gets both, one below the other.
    .fix = If the portal takes only one, leave the old one there until the moment in which you make the new one active.

finding-certificate-of-project = “{ $subject }” is one of { $organization }’s signing certificates.
finding-certificate-differs-from-project = { $organization } has another certificate of the same holder, “{ $subject }”. This one is new and not active yet, or from before a change.
    .fix = Compare the thumbprints with the identity provider, and use the certificate that is marked active there.
