# Around the guides' own words.
guide-pages = Guide
guide-ways = How do you want to do it?
guide-choose = Choose
guide-result = Then:
guide-check = Check:
guide-value-unknown = not known yet
guide-value-yours = as you like
guide-next = Next: { $title }
confirmations = What only you can see
confirmation-optional = (if you like)
confirmation-given = Confirmed by you, { $when }

# What the values are called where no page says it.
value-sp-entity-id = SP entity ID
value-acs-url = Assertion consumer service URL
value-sp-metadata-file = SP metadata file
value-scim-base-url = SCIM base URL
value-scim-bearer-token = Bearer token
value-txt-host = Host
value-txt-value = Value
value-admins-group-name = Name of the administrators’ group
    .unnamed = your administrators’ group
value-admins-group-id = Object ID of the administrators’ group
value-users-group-name = Name of the users’ group
    .unnamed = your users’ group
value-users-group-id = Object ID of the users’ group
value-app-name = Name of the application
    .unnamed = your application
value-idp-entity-id = IdP entity ID
value-idp-sso-url = IdP SSO URL
value-idp-certificate = Signing certificate
value-idp-metadata-file = Metadata file of the identity provider
value-sso-login-url = Sign-in address
value-download-link = Download address
value-backup-login = Backup login
