# Where a record is typed, the forms it can be written in, and what is sent to the DNS administrator.
error-dns-hosts-unreadable = The built-in table of DNS hosts cannot be read: { $what }
    .fix = The program is damaged. Install it again.
finding-record-value-empty = There is no value.
    .fix = Enter the value the service shows for the TXT record.
finding-record-value-unprintable = Character { $position } of the value cannot be printed.
    .fix = Copy the value again from where the service shows it, without line ends.
finding-record-value-long = The value is longer than { $limit } characters.
    .fix = DNS panels take no more. Check whether something else was copied along with it.

dns-host-note-cpanel = With a hosting plan, the zone may be edited in its cPanel instead: Zone Editor there.

record-format-bind = Zone file (BIND)
record-format-powershell = PowerShell, Windows Server DNS
record-format-azure-cli = Azure CLI
record-format-aws-route53 = AWS, change batch (JSON)
record-format-cloudflare-api = Cloudflare API (curl)
record-format-gcloud = Google Cloud CLI
record-format-terraform = Terraform

handout-subject = A TXT record for { $zone }
handout-please = Please add this TXT record to the public zone { $zone }. It proves to a service that the domain is ours.
handout-name = Whole name
handout-host = Host
handout-type = Type
handout-value = Value
handout-ttl = TTL in seconds
handout-beside = A panel that adds { $zone } itself wants the host alone; otherwise enter the whole name. Other records stay as they are.
handout-quotes-none = Enter the value without quotation marks; the panel adds them.
handout-quotes-typed = At { $host }, type quotation marks around the value.
handout-served-by = By its name servers, the zone is at { $host }.
handout-served-by-itself = By what its DNS host says itself, the zone is at { $host }.
handout-stay = Leave the record in place afterwards: it is looked at again from time to time.
handout-line = As a line of a zone file:
handout-qr = Name, type and value as QR code

# Domain Connect: who the zone names, and what that host says.
finding-domain-connect-unreadable = What { $host } says about the zone cannot be read.
    .fix = Choose the DNS host from the list, or follow the general recipe.
finding-domain-connect-unknown = The name servers could not be asked for { $name }.
    .fix = Check the domain first. If that works, ask again in a few minutes.
finding-domain-connect-no-address = { $host }, which the zone names, has no address.
    .fix = Choose the DNS host from the list, or follow the general recipe.
finding-domain-connect-private = { $host }, which the zone names, is at an address of a private network. It was not asked.
    .fix = Choose the DNS host from the list, or follow the general recipe.
finding-domain-connect-silent = { $host }, which the zone names, does not answer over HTTPS.
    .fix = Ask again in a few minutes, or choose the DNS host from the list.
finding-domain-connect-untrusted = { $host }, which the zone names, shows a certificate that is not its own. Nothing it says was taken.
    .fix = Choose the DNS host from the list. On a network that inspects encrypted connections, try another one.
finding-domain-connect-refused = { $host }, which the zone names, does not say anything about the zone.
    .fix = The zone may have moved to another DNS host since. Choose it from the list.
finding-domain-connect-too-long = { $host }, which the zone names, sends far more than an answer can be.
    .fix = Choose the DNS host from the list, or follow the general recipe.
