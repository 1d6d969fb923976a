# Pages that the account service shows in a browser while somebody signs in.

service-sign-in = Sign in with your organization
service-sign-in-intro = Enter your work e-mail address. You are sent on to your organization’s identity provider.
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
service-sign-out-everywhere = Sign out of the identity provider, too
service-signed-out-everywhere = You are signed out here and at the identity provider
    .more = The identity provider confirmed it.
service-signed-out-partly = You are signed out here
    .more = The identity provider could not sign you out everywhere. To be sure, close the browser.
service-sign-out-failed = Nobody was signed out
    .more = The identity provider sent a message that this service does not take. To sign out here, press Sign out.
service-failed = The sign-in did not work
service-unreadable = What your browser brought from your identity provider cannot be read.
    .more = There is nothing for you to correct in it. Begin again at the sign-in page, rather than with Back or a bookmark.
service-code = Code:
service-back-to-signpost = Go back to Signpost. It shows what arrived beside what was expected.
service-ask-administrator = If this stays so, give the code to whoever set up single sign-on.

# Pages for people who sign in to the account service with a password of their own.

users-field-code = Setup code
    .hint = The service printed it when it was started. Hyphens and capital letters make no difference.
users-field-name = Your name
users-field-email = E-mail address
users-field-password = Password
users-field-new-password = New password
    .hint = At least 12 characters. A few words that do not belong together are easy to keep in mind.
users-field-role = Role
users-role-user = User: sets up single sign-on for their organization
users-role-administrator = Administrator: also invites others

users-setup = Set up this account service
users-setup-intro = Nobody can sign in yet. Make the first administrator.
users-setup-done = Make the administrator
users-setup-over = This account service has been set up.
    .fix = Sign in, or ask an administrator for an invitation.
users-setup-code-wrong = That is not a setup code of this service.
    .fix = Copy it from where the service was started. Starting the service again prints a new one.

users-invitation = You are invited
users-invitation-intro = You will sign in as { $email }.
users-invitation-accept = Accept the invitation
users-invitation-over = This link is no longer good.
    .fix = It works once, and for 7 days. Ask an administrator for a new one.
users-invited = { $email } is invited
users-invited-more = Send them this link yourself. It is shown only now, works once, and is good for 7 days.
users-invited-is-user = This person can sign in already.
    .fix = They use the password that they have. If they lost it, open their page under Users and make a link for a new one.
users-new-password = Choose a new password

users-sign-in = Sign in
users-sign-in-intro = Sign in to the account service at { $address }.
users-sign-in-for-program = Signpost asks you to sign in to the account service at { $address }.
users-sign-in-done = Sign in
users-sign-in-forgotten = If you have forgotten your password, or have none yet, ask an administrator of this service.
users-sign-in-wrong = The e-mail address or the password is wrong.
    .fix = Check both and try again.
users-sign-in-wait = There were too many attempts to sign in.
    .fix = { $minutes ->
        [one] Try again in a minute.
       *[other] Try again in { $minutes } minutes.
    }

users-sign-in-disabled = An administrator has closed this service to you.
    .fix = Ask an administrator of this service to enable you again.

users-consent = Let Signpost in?
users-consent-who = You are signed in as { $name } ({ $email }).
users-consent-may = Signpost on your computer may then, in your name:
users-consent-read = read the settings of your accounts
users-consent-write = change the settings of your accounts, and register licence keys
users-consent-only-if = Go on only if you have just pressed “Sign in in the browser” in Signpost.
users-consent-allow = Let Signpost in
users-consent-deny = Do not let it in
users-consent-other = Use another user

users-user = { $name }
users-user-intro = You are signed in as { $email }. To set up single sign-on, use Signpost on your computer.
users-sign-out = Sign out
users-back = Go to your page
users-list = Users
users-list-all = Show all users
users-list-name = Name
users-list-standing = May sign in
users-list-signed-in = Signed in last
users-back-to-list = Show all users
users-is-administrator = Administrator
users-is-user = User
users-may-sign-in = Yes
users-may-not-sign-in = No, disabled since { $moment }
users-may-be-invited = Invited until { $moment }
users-never = never
users-one = { $name }
users-deed-make-administrator = Make an administrator
users-deed-make-administrator-more = An administrator also invites, disables and enables others.
users-deed-make-user = Make a user
users-deed-make-user-more = A user sets up single sign-on for their organization and cannot invite or disable others.
users-deed-disable = Disable
users-deed-disable-more = { $name } can then not sign in any more, and is signed out of every program and browser at once. Nothing that they did is lost.
users-deed-enable = Enable
users-deed-enable-more = { $name } can then sign in again, with the same password.
users-deed-password-link = Make a link for a new password
users-deed-password-link-more = For when the password is lost. The old one works until the link is used.
users-deed-withdraw = Withdraw the invitation
users-deed-withdraw-more = The link does not work any more.
users-password-link = A new password for { $email }
users-password-link-more = Send them this link yourself. It is shown only now, works once, and is good for a day.
users-user-unknown = There is no such user.
    .fix = Look at the list of users: somebody else may have changed it.
users-user-changed = That cannot be done any more.
    .fix = Somebody else has changed this user meanwhile. What can be done now stands below.
users-last-administrator = This is the only administrator who can sign in.
    .fix = Make somebody else an administrator first.
users-page-unknown = There is no such page here.
    .fix = Check the address.
users-invite = Invite somebody
users-invite-intro = They get a link with which they choose their own password.
users-invite-done = Make an invitation
users-change-password = Change your password
users-change-password-done = Change the password
users-password-changed = The password is changed
users-password-changed-more = Every program and every other browser is signed out. Sign in to Signpost again.
users-log = What happened lately
users-log-at = Time
users-log-by = User
users-log-action = What
users-log-subject = About
users-log-address = From
users-did-setup-done = set up the service
users-did-signed-in = signed in
users-did-signed-out = signed out
users-did-sign-in-failed = gave a wrong password
users-did-sign-in-disabled = is disabled and gave the right password
users-did-password-changed = changed their password
users-did-password-link-made = made a link for a new password
users-did-password-link-used = chose a new password with a link
users-did-invitation-made = invited somebody
users-did-invitation-accepted = accepted the invitation
users-did-invitation-withdrawn = withdrew an invitation
users-did-user-made-administrator = made somebody an administrator
users-did-user-made-user = made somebody a user
users-did-user-disabled = disabled somebody
users-did-user-enabled = enabled somebody
users-did-program-allowed = let Signpost in
users-did-program-signed-out = signed out in Signpost
users-did-program-code-misused = was signed out in Signpost: a code was used twice
users-did-program-token-misused = was signed out in Signpost: an old token was used again

users-not-possible = That cannot be done
users-form-not-shown = This page was open for too long, or came from somewhere else.
    .fix = Go back, load the page again, and send it once more. Cookies have to be allowed.
users-not-administrator = Only an administrator may do that.
    .fix = Ask an administrator of this service.
users-program-unknown = The program that opened this page is not known here.
    .fix = Close this page and press “Sign in in the browser” in Signpost again.
users-name-wrong = The name will not do.
    .fix = Enter 1 to 100 characters on one line.
users-email-wrong = That is not an e-mail address.
    .fix = Enter it like name@example.com.
users-password-wrong = That is not your password.
    .fix = Enter the password that you sign in with now.
users-password-short = The new password is too short.
    .fix = It needs at least { $least } characters.
users-password-long = The new password is too long.
    .fix = It may have at most { $most } characters.
users-password-guessable = The new password is easy to guess.
    .fix = Choose one that is not your address and not one character again and again.
