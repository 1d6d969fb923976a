# Findings that a project makes of an answer somebody has; those of a sign-in are in findings-sign-in.ftl, those of the
# response in findings-response.ftl.

finding-sign-in-service-unknown = The service’s own two values are not known here yet, so audience and recipient were not compared.
    .fix = Give the service’s entity ID and its assertion consumer service in the SAML step, then check the answer again.
finding-sign-in-last-of-several = { $count } answers were found; this is the last one.
finding-sign-in-goes-round = The browser went to and fro between the service and the identity provider: there are { $count } answers, several of them within seconds.
    .fix = If something else is wrong here, put that right first. If not, the service loses its session on the way: have it set its cookie with SameSite=None and Secure.
finding-sign-in-not-tested = No sign-in of an administrator was seen to work yet.
