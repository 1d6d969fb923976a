# Words used everywhere.
app-name = Signpost

step-domains = Domains
step-app-registration = App registration
step-groups = Groups
step-saml = SAML
step-scim = SCIM
step-users = Users
step-backup-login = Backup login

state-not-started = Not started
state-in-progress = In progress
state-waiting = Waiting
state-error = Needs attention
state-warning = Needs attention
state-done-by-evidence = Done, by evidence
state-done-by-word = Done, by your word
state-not-needed = Not needed
state-cannot-be-seen = Cannot be seen

severity-error = Error
severity-warning = Warning
severity-info = Note

copy = Copy
copied = Copied
copied-what = Copied: { $what }
copy-failed = Nothing was copied. Select the value and copy it with the keyboard.
copy-failed-short = Not copied
undo = Undo
dismiss = Dismiss
cancel = Cancel
close = Close
back = Back
continue = Continue
try-again = Try again
overview = Overview
empty = empty
projects = Projects
check-domain = Check a domain
certificates = Certificates
settings = Settings
help = Help
return-to-overview = Return to overview
step-of = Step { $number } of { $total }
step-alone = Step { $number }
