# signpost response check

cli-response-accepted = A service with these settings accepts this response.
cli-response-refused = A service with these settings refuses this response.
cli-response-several = { $count } responses were found; the last one is judged.
cli-response-subject = User
cli-response-format = Name format
cli-response-issuer = Issuer
cli-response-issued = Made at
cli-response-signed-by = Signed by
cli-response-not-proven = nobody that is known
cli-response-encrypted = Encrypted
cli-response-yes = yes
cli-response-attributes = Claims
cli-response-compared = Expected and received
cli-response-expected = Expected
cli-response-received = Received
cli-response-matter-issuer = Issuer
cli-response-matter-destination = Destination
cli-response-matter-recipient = Recipient
cli-response-matter-audience = Audience
cli-response-matter-in-response-to = Request
cli-response-matter-certificate = Certificate
cli-response-matter-claim = Claim
cli-response-same = same
cli-response-differs = differs
cli-response-nothing = (nothing)
