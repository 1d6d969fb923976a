# Pages that the account service shows in a browser while somebody signs in.

service-sign-in = Sign in with your organization
service-sign-in-intro = Enter your work e-mail address. You are sent on to your organization's identity provider.
service-sign-in-email = Work e-mail address
service-continue = Continue
service-going-on = Going on to your identity provider
service-going-on-intro = If nothing happens, press Continue.
service-signed-in = You are signed in
    .more = { $email } is signed in to { $organization } as { $role ->
        [administrator] an administrator
       *[user] a user
    }.
service-test-passed = The sign-in works
    .more = { $email } would be signed in to { $organization } as { $role ->
        [administrator] an administrator
       *[user] a user
    }. Go back to Signpost, which shows everything that arrived.
service-sign-out = Sign out
service-signed-out = You are signed out
    .more = To be signed out of your identity provider too, sign out there or close the browser.
service-failed = The sign-in did not work
service-code = Code:
service-back-to-signpost = Go back to Signpost. It shows what arrived beside what was expected.
service-ask-administrator = If this stays so, give the code to whoever set up single sign-on.
