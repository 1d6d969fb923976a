app-name-field = Name of the application
    .hint = The paths in the other steps then show it as { $idp } does.
app-tenant = Links open in the wrong tenant?
app-tenant-wrong = Only letters, digits, hyphens and dots can stand here.
app-saml-taken = Read. Step 4 shows what it says.
app-saml-go = Look at it in step 4
