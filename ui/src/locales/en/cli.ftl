# The command line. Values to copy stand outside the messages.

## domain check

cli-domain-verified = { $domain } is verified: every name server that answers has exactly the expected record.
cli-domain-waiting = { $domain } is not verified yet: not every name server has the record so far.
cli-domain-problem = { $domain } is not verified: something has to be changed.
cli-domain-unreachable = Nothing is known about the record of { $domain }: its name servers could not be asked.
cli-domain-found = Found a TXT record for { $domain }. Without an expected value there is nothing to verify.
cli-domain-nothing = Found no TXT record for { $domain } at this name.
cli-domain-record = Record
cli-domain-expected = Expected value
cli-domain-zone = Zone
cli-domain-host = DNS host
cli-domain-host-servers = { $host }, by its name servers
cli-domain-host-itself = { $host }, by its own word: the zone names { $endpoint }
cli-domain-panel = Panel
cli-domain-visible = Visible everywhere by
cli-domain-visible-by = Visible everywhere by { $at }
cli-domain-checked = Checked
cli-domain-resolvers-spared = The resolvers were not asked. One that is asked before every name server has the record remembers that it is not there, and makes the wait longer.
cli-domain-so-far-waiting = Waiting for { $servers } of { $zone }

cli-verdict-verified = Verified
cli-verdict-waiting = Waiting
cli-verdict-problem = Problem
cli-verdict-unreachable = Unreachable

cli-server = Server
cli-address = Address
cli-role = Role
cli-answer = Answer
cli-ttl = TTL
cli-serial = Serial
cli-value = Value

cli-server-delegated = delegated
cli-server-parent = parent
cli-server-root = root
cli-server-resolver = resolver
cli-server-system = this computer

cli-status-right = right
cli-status-present = present
cli-status-wrong-value = wrong value
cli-status-missing = missing
cli-status-cname = CNAME
cli-status-silent = silent
cli-status-refused = refused
cli-status-lame = does not serve the zone
cli-status-broken = broken answer
cli-status-no-address = no address
cli-status-no-route = no route
cli-status-referred = referred

cli-bulk-row = Row { $row }
cli-bulk-refused = Not checked
cli-bulk-summary = Rows: { $total }. { $verified } verified, { $waiting } waiting, { $problem } with a problem, { $unreachable } unreachable, { $refused } not checked.

error-record-label-invalid = “{ $label }” cannot stand in front of a domain.
    .fix = Give the label of the record, such as _parallels-challenge: letters, digits, hyphens and underscores, at most 63 between two dots.
error-resolvers-unknown = The resolvers this computer uses could not be read: { $reason }
    .fix = Leave --system out, or name a resolver with --resolver.

## metadata inspect, metadata diff, metadata generate

cli-metadata-good = This is the metadata of an identity provider, and it can be used.
cli-metadata-bad = This is the metadata of an identity provider, but it cannot be used as it is.
cli-metadata-sp = This is the metadata of a service, not of an identity provider.
cli-metadata-aggregate = This is the metadata of several entities.
cli-metadata-none = This is not SAML metadata that can be read.
cli-look-at-warnings = Look at the warnings first.
cli-metadata-entity-id = Entity ID
cli-metadata-name = Name
cli-metadata-provider = Product
cli-metadata-sso = Sign-in address
cli-metadata-acs = Assertion consumer service
cli-metadata-valid-until = Valid until
cli-metadata-signature = Signature
cli-metadata-signature-absent = none
cli-metadata-signature-not-checked = there is one; it was not checked
cli-metadata-signature-confirmed = good, by the key you named: { $sha256 }
cli-metadata-signature-unconfirmed = signed by the key with fingerprint { $sha256 }, which you have not confirmed
cli-metadata-signature-other-key = signed by another key than the one you named: { $sha256 }
cli-metadata-signature-broken = broken
cli-metadata-signature-not-checkable = there is one; it could not be checked
cli-metadata-redirected = Redirected to
cli-metadata-entities = Entities in it: { $count }
cli-metadata-entities-found = Entities in it: { $count }, found: { $found }
cli-metadata-more = … and { $count } more; --search finds words in them, --json lists all of them

cli-diff-same = Both say the same of the identity provider.
cli-diff-changed = These values of the identity provider differ.
cli-diff-binding = Binding
cli-diff-certificate = Signing certificate, SHA-256
cli-diff-name-id-format = NameID format
cli-diff-logout-url = Logout URL
cli-diff-signed-requests = Asks for signed requests

cli-role-idp = identity provider
cli-role-sp = service
cli-role-both = both
cli-role-none = neither

cli-use-signing = signing
cli-use-encryption = encryption
cli-use-both = signing and encryption

error-generate-entity-id-invalid = This cannot be an entity ID.
    .fix = Give a URI without blanks, of at most { $limit } characters, such as https://contoso.example/saml.
error-generate-acs-invalid = The assertion consumer service is not an address that identity providers take.
    .fix = Give a complete https address. Plain http is taken for localhost only.
error-generate-slo-invalid = The address for signing out is not one that identity providers take.
    .fix = Give a complete https address. Plain http is taken for localhost only.
error-generate-organization-url-invalid = The organization’s web address is not complete.
    .fix = Give the whole address, beginning with https://, or leave --organization-url out.
error-generate-contact-invalid = The contact is not an e-mail address.
    .fix = Give one address, such as it@contoso.example, and the name by --contact-name.
error-generate-name-id-format-invalid = This cannot be a NameID format.
    .fix = Give its URI without blanks, or leave --name-id-format out to ask for e-mail addresses.

## cert inspect

cli-cert-none = No certificate can be taken from this.
cli-cert-one-good = The certificate can be used.
cli-cert-several-good = These are { $count } certificates, and all of them can be used.
cli-cert-one-bad = The certificate cannot be used as it is.
cli-cert-several-bad = These are { $count } certificates, and not all of this can be used.
cli-cert-subject = Subject
cli-cert-issuer = Issuer
cli-cert-use = For
cli-cert-valid = Valid
cli-cert-key = Key
cli-cert-signature = Signed with
cli-cert-sha256 = SHA-256
cli-cert-sha1 = SHA-1
cli-cert-reminder = Certificate ends: { $subject }
cli-cert-reminder-text = The signing certificate “{ $subject }” ends, and sign-in with it. Before that, create a new one in the identity provider, give both to the service, and change over. SHA-256: { $sha256 }
cli-cert-reminders-saved = { $count ->
    [one] One reminder was written to { $path }. Open the file in a calendar.
   *[other] { $count } reminders were written to { $path }. Open the file in a calendar.
}

## guide list, guide show, guide check

cli-guide-service = SERVICE
cli-guide-idp = IDP
cli-guide-for = For
cli-guide-check-good = { $count } files, nothing wrong.
cli-guide-check-wrong = { $wrong } of { $count } files have to be corrected.

error-guide-unknown = There is no guide for { $service } with { $idp }. There are: { $known }.
    .fix = Give a service and an identity provider as “signpost guide list” shows them.
error-guide-step-unknown = The guide has no step “{ $step }”. It has: { $known }.
    .fix = Give one of these, or none for the whole guide.
error-guide-folder-unreadable = The folder of guides cannot be read. { $why }.
    .fix = Give the folder that holds identity-providers.toml, services and guides; each of these is optional.
error-guide-folder-wrong = A guide of your own cannot be used. { $what }.
    .fix = Correct it. “signpost guide check { $folder }” names everything that is wrong.

## account-service

cli-backed-up = The database was copied to { $file }, and its key to { $key }. Keep both, and keep them from others.
cli-serving = The account service is ready at { $url } (listening on { $address }).
cli-setup-code = Nobody can sign in yet. Make the first administrator at { $url } with this code: { $code }

error-data-folder-unknown = This computer does not say where programs keep their data.
    .fix = Name a folder with --data.
error-service-address-taken = Another program already listens on { $address }.
    .fix = End that program, or choose another address with --listen.
error-service-cannot-listen = The account service cannot listen on { $address }: { $reason }
    .fix = Choose an address this computer has, and a port above 1023, with --listen.
error-service-data-read-only = { $path } cannot be written.
    .fix = Give the user that runs the service the right to write there, or choose another folder with --data.
error-service-data-disk-full = The disk that holds { $path } is full.
    .fix = Free some space, then start the service again. What was stored is still there.
error-service-data-newer = { $path } was written by a newer version of the account service. It was left as it is.
    .fix = Start the newer version, or choose another folder with --data.
error-service-data-damaged = { $path } is damaged, or is no database of the account service. It was left as it is.
    .fix = Restore it from a backup, or choose another folder with --data.
error-service-data-locked = Another program holds { $path }.
    .fix = End that program, then try again.
error-service-database-unknown = This kind of database cannot be used.
    .fix = Give a SQLite file as sqlite:FILE, a PostgreSQL database as postgres://USER@HOST/DATABASE, or a folder with --data.
error-service-database-insecure = The URL of the database asks for a connection that looks encrypted and verifies nothing.
    .fix = Write sslmode=verify-full (the default) or verify-ca, with sslrootcert=FILE for an authority of your own. On a network that is private, sslmode=disable.
error-service-database-unreachable = { $server } cannot be reached: { $reason }
    .fix = See that the server runs and listens at that address, and that no firewall is between. Nothing was changed.
error-service-database-refused = { $server } does not let the service in: { $reason }
    .fix = See that the database exists, and that the user may sign in and make tables in it. The password may also come from PGPASSWORD or PGPASSFILE.
error-service-database-too-old = { $server } is older than PostgreSQL 15.
    .fix = Use PostgreSQL 15 or newer.
error-service-configuration-invalid = { $place }: { $reason }
    .fix = See docs/operate.md for the keys there are. Nothing was started.
error-service-tls-half = A TLS certificate needs its key, and a key its certificate.
    .fix = Give both --tls-certificate and --tls-key, or none of them.
error-service-tls-unusable = { $path } cannot be used for TLS: { $reason }
    .fix = Give PEM files: the certificate first, then those between it and an authority; the private key in a file of its own.
error-service-backup-by-server = The data lie on { $server }, which is backed up with its own programs.
    .fix = Use pg_dump, and copy the key file beside the dump.
error-service-backup-exists = { $path } is there already. A backup replaces nothing.
    .fix = Give the name of a file that is not there yet.
error-service-account-unknown = There is no account “{ $account }” in this database.
    .fix = Give the account’s id: it stands in the address of its metadata, below /saml/.
error-service-token-unknown = The account “{ $account }” has no token with those last characters, or there is no such account.
    .fix = signpost account-service scim-token list shows the tokens that are good now.
error-service-tokens-too-many = Five tokens that were replaced are good still.
    .fix = Revoke one of them, or replace the current one at once, with --keep-old-for 0.
error-service-key-other = { $path } is not the key that the other nodes of { $server } have.
    .fix = Copy the key file of a node that works here, readable by the service’s user alone.
error-service-public-url-invalid = The public URL is not one that browsers could open.
    .fix = Give scheme, host and port with nothing after them, such as https://id.contoso.example.
error-service-email-invalid = This is no e-mail address.
    .fix = Give it like jonas.weber@contoso.example.
error-service-organization-invalid = The organization needs a name of 1 to 100 characters on one line.
    .fix = Give it with --organization, as it should stand in lists.
error-service-start-failed = The account service could not be started: { $reason }
    .fix = Put this right, then try again.

## Files, addresses, the terminal

error-input-not-found = There is no file “{ $source }”.
    .fix = Check the path, or give - to read from standard input.
error-input-folder = “{ $source }” is a folder.
    .fix = Name the file in it.
error-input-unreadable = “{ $source }” cannot be read: { $reason }
    .fix = Check that you may read it.
error-input-terminal = Nothing is sent to standard input.
    .fix = Name a file, or send one with a pipe or with <.
error-bulk-answer-unreadable = “{ $path }” is no answer of signpost domain bulk with --csv or --json, or its last line is cut off.
    .fix = Take that line away, or leave --resume out to look at all rows.
error-bulk-answer-of-another-list = “{ $path }” is the answer about another list: row { $row } is another one in this list.
    .fix = Name the list that answer is about, or leave --resume out to look at all rows.
error-report-unwritable = The report cannot be written to “{ $path }”: { $reason }
    .fix = Name a file in a folder that exists and that you may write to.
error-output-failed = The answer cannot be written: { $reason }
    .fix = Check where standard output goes, and whether there is room.
error-reminders-nothing = There is no certificate to be reminded of, so no calendar was written.
    .fix = Run the command without --ics to see what was found instead.
error-reminders-unwritable = The reminders cannot be written to { $path }: { $reason }
    .fix = Name a file in a folder that exists and that you may write to.
error-runtime-failed = The computer has not enough resources to start: { $reason }
    .fix = End other programs, then try again.
