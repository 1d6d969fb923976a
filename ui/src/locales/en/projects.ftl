# Projects and settings.
projects-new = New project
projects-lead = One project is one organization, one service and one identity provider.
projects-empty = Set up your first single sign-on
    .text = A project holds everything for one organization. You can stop at any time; every field is saved when it changes.
projects-settled = { $settled } of { $total } steps settled
projects-active = Active
projects-waiting = Waiting for { $who } since { $when }
projects-pair = { $service } with { $idp }
projects-saved = Last changed { $when }
projects-open = Open { $organization }
projects-delete = Delete { $organization }
projects-delete-short = Delete
projects-deleted = { $organization } was deleted here. The service keeps its settings.
projects-problem-file = Project: { $file }
projects-restored = The project is back.
projects-list = Your projects

new-project = New project
    .lead = Four answers. Everything else is asked step by step.
new-project-organization = Organization name
    .hint = As it should stand in lists, for example Contoso Ltd.
new-project-email = Your work e-mail address
    .hint = Named in the activity log, and suggested as the backup login.
new-project-service = What do you set up?
new-project-idp = Where do people sign in?
new-project-backend = Where do the settings go?
new-project-backend-portal = Into the portal of { $service }, by hand
    .hint = For the real thing. Signpost shows each field of the portal with the value to paste, checks what can be checked from here, and keeps track. It sends nothing to the portal.
    .service = the service
new-project-backend-here = On this computer
    .hint = To try and rehearse everything: an account service of your own, reachable from this computer only.
new-project-backend-url = An account service
    .hint = Run by your vendor or your company, at an address of its own.
new-project-url = Address of the account service
    .hint = Begins with https://
browser-sign-in = Sign in in the browser
    .hint = Opens the service’s own page. What it gives Signpost is kept in this computer’s keyring and nowhere else.
browser-sign-in-busy = Waiting for the browser
browser-sign-in-waiting = Go on in your browser. Signpost waits for five minutes.
browser-sign-in-stop = Stop waiting
browser-sign-in-ready = You are signed in to the service.
browser-sign-in-token = Use an access token instead
browser-sign-in-done = Signpost is signed in
    .more = You can close this page and go back to Signpost.
browser-sign-in-failed = Signpost is not signed in
    .more = Go back to Signpost. It says what happened.
new-project-token = Access token
    .hint = Kept in this computer’s keyring and nowhere else.
new-project-by-support = { $to } sets up the other side
    .text = { $service } takes nothing by itself. Signpost makes the package for { $to }, remembers what waits for whom, and leads through the rest.
new-project-create = Create project
new-project-creating = Creating the project…
new-project-created = The project is created.
new-project-next = Next: the steps, in any order

settings-appearance = Appearance
settings-system = As the system has it
settings-light = Light
settings-dark = Dark
settings-kept = Where things are kept
settings-projects-folder = Projects
settings-secrets = Access tokens and bearer tokens
settings-secrets-keyring = In this computer’s keyring, nowhere else
settings-show-folder = Show folder
own-guides = Guides of your own
    .text = Guide files in this folder add an identity provider or a service, or take the place of a guide that comes with Signpost. They are read when Signpost starts, and when you have them read again.
own-guides-folder = Folder
own-guides-show = Show the folder of guides
own-guides-again = Read again
own-guides-again-done = { $count ->
    [0] Read again: nothing is there.
    [one] Read again: one file.
   *[other] Read again: { $count } files.
 }
own-guides-found = Found
own-guides-none = Nothing
own-guides-files = { $count ->
    [one] One file
   *[other] { $count } files
 }
own-guides-line = { $file }, line { $line }
own-guides-wrong = { $count ->
    [one] One guide file cannot be used.
   *[other] { $count } guide files cannot be used.
 }
    .fix = Only these, and what needs them, are left out, and the guides that come with Signpost stand in. Correct the files, then have the folder read again in the settings.
settings-dns-lab = Name server checks start from a lab
    .text = They begin at { $roots } instead of the Internet’s root servers. Results say nothing about the public DNS.

help-keyboard = Keyboard
help-key-tab = Go to the next control
help-key-back = Go to the previous control
help-key-escape = Close a dialog or the menu
help-key-check = Check again
help-key-regions = Go from the menu to the page and back
help-how = How it works
help-how-text = Seven steps, in any order, over as many days as you like. Signpost says what it has seen itself and what it takes your word for. Nobody is switched over before you press Activate, and you can deactivate at any time.
help-privacy = What leaves this computer
help-privacy-text = Domain names you check are asked of the name servers concerned, and, once those agree, of the resolvers chosen in the settings. If no root server answers, public resolvers are asked for the root’s name servers, to tell a blocked network from a broken domain; they do not learn the domain. Settings go to the account service of the project. Nothing is sent anywhere else, and nothing is counted.
help-about = About
help-version = Version { $version }

new-project-share = Take over the domains of your project with { $idp }
    .hint = { $domains }. Two identity providers of one organization are two projects that share the domains.
