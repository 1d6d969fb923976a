# Domains: what was typed, the TXT record, the name servers.

## What was typed

finding-domain-empty = There is no domain here.
    .fix = Type the part after the @ of your users’ e-mail addresses.
finding-domain-invalid = “{ $input }” is not a domain name.
    .fix = A domain has letters, digits and hyphens, with dots between them. Type the part after the @ of your users’ e-mail addresses.
finding-domain-is-ip = “{ $input }” is an IP address, not a domain name.
    .fix = Type the part after the @ of your users’ e-mail addresses.
finding-domain-single-label = “{ $domain }” is one word only; a domain has at least one dot.
    .fix = Type the whole name, as it stands after the @ of your users’ e-mail addresses.
finding-domain-public-suffix = { $domain } is an ending under which anybody can register domains. No organization can prove that it controls it.
    .fix = Type your own domain, with the name in front of this ending.
finding-domain-private-suffix = { $domain } belongs to a hosting provider, whose customers get names below it. Only the provider could prove that it controls it.
    .fix = Type the domain of your users’ e-mail addresses, or your own name below this one.
finding-domain-consumer = { $domain } is a mail service for everybody. Its addresses belong to single persons, not to your organization.
    .fix = Type a domain that your organization has registered itself.
finding-domain-too-long = “{ $input }” is too long for a domain name: each part between dots may have 63 characters, the whole 253.
    .fix = Check that only one domain was pasted.
finding-domain-from-email = Understood as { $domain }, the part after the @.
finding-domain-from-url = Understood as { $domain }, the host in the address.
finding-domain-from-www = Understood as { $domain }: e-mail addresses do not have the www.
finding-domain-from-record = Understood as { $domain }: the part with the underscore is the record’s, not the domain’s.
finding-domain-mixed-script = { $unicode } has letters of two scripts in one word, some of which look alike.

## A list of domains

finding-list-empty = There is no domain in this list.
    .fix = Give a list with one domain a row. It may have more columns, and headings such as “domain” and “expected”.
finding-list-too-long = The list is too long: it may have { $limit } rows and 4 MB.
    .fix = Split it, and check the parts one after another.
finding-list-row-encoding = Row { $row } has characters that cannot be read.
    .fix = Save the list as UTF-8; spreadsheets call it “CSV UTF-8”.
finding-list-row-quote = In row { $row } a quotation mark is opened and not closed on the same row, so the rows after it ran into it.
    .fix = Close the quotation mark, or take it away, and check these rows again.

## No way to the name servers

finding-offline = This computer has no way to the Internet, so nothing is known about the record.
    .fix = Connect to a network and check again. The record itself may be in order.
finding-port-53-blocked = This network lets no DNS questions out (port 53, UDP and TCP), so the name servers of { $domain } could not be asked from here.
    .fix = Check from another network, such as a phone’s, or ask whoever runs this one to let port 53 out (UDP and TCP). The record itself may be in order.
finding-port-53-intercepted = This network answers DNS questions itself: what came from { $address } was said by somebody else. What it says of { $domain } cannot be told from what the name servers say.
    .fix = Check from another network, such as a phone’s. The record itself may be in order.
finding-no-network = Not one of the Internet’s root name servers could be reached, so nothing is known about the record.
    .fix = Check that this computer is online. If it is, the network does not let DNS questions out (port 53, UDP and TCP): try another network, or ask for it to be opened. The record itself may be in order.
finding-delegation-unreachable = None of the name servers of “{ $zone }” gave a usable answer, so it is not known who is responsible for { $domain }.
    .fix = Check again in a few minutes. If it stays like this on another network too, tell the operator of “{ $zone }”.
finding-domain-unregistered = { $domain } does not exist: the name servers of “{ $parent }” do not know it.
    .fix = Check the spelling. If it is right, the registration has ended or was never made: ask whoever looks after your domains.
finding-zone-not-delegated = { $domain } has no name servers of its own: “{ $parent }” knows the name but does not say who is responsible for it.
    .fix = At your registrar, the company where the domain was bought, enter the name servers your DNS provider tells you for this domain.

finding-domain-parked = { $domain } is parked: its name servers belong to a service that shows advertisements or sells domains ({ $server }), and take no records of yours.
    .fix = At your registrar, the company where the domain was bought, enter the name servers of the DNS provider you want to use. Then set the domain up there, and create the TXT record there.
finding-domain-on-hold = { $domain } was taken out of use by its registrar: its name servers are { $server }. That happens when it has expired, or when the owner’s contact data were not confirmed.
    .fix = Sign in to your registrar, and renew or confirm the domain. The name servers come back after that.

## The record

finding-txt-doubled-zone = The record stands at { $found_at }: the DNS panel added the domain to a name that already had it.
    .fix = Where { $zone } is edited, open this record and put only { $host } into the Name or Host field: the panel adds { $zone } itself. Nothing else in the record has to change.
finding-txt-underscore-lost = The record stands at { $found_at }: the label lost its underscore, or has another character in its place.
    .fix = Where { $zone } is edited, open this record and put { $host } into the Name or Host field, with the underscore in front. If the panel takes no underscore, ask its support to create the TXT record.
finding-txt-literal-at = The record stands at { $found_at }: the @ became part of the name.
    .fix = Where { $zone } is edited, open this record and put { $host } into the Name or Host field, without @. The panel adds { $zone } itself.
finding-txt-at-apex = The value is right, but it stands at { $found_at } itself, not at the label in front of it.
    .fix = Where { $zone } is edited, create a TXT record with { $host } in the Name or Host field and the same value. Then delete this one at { $found_at }; other records there stay as they are.
finding-txt-elsewhere = The value is right, but it stands at { $found_at }.
    .fix = Where { $zone } is edited, open this record and put { $host } into the Name or Host field. The value stays as it is.
finding-txt-wrong-type = The value is right, but it stands in a record of type { $type }, which nobody reads any more.
    .fix = Where { $zone } is edited, create a record of type TXT with { $host } in the Name or Host field and the same value. Then delete the record of type { $type }.
finding-txt-cname-is-value = The value was entered as the target of an alias (CNAME): { $name } points to { $target }.
    .fix = Where { $zone } is edited, delete the CNAME record at { $host }. Then create a record of type TXT: { $host } in the Name or Host field, and the value in the Value or Content field.
finding-txt-cname-dangling = At { $name } there is an alias (CNAME) to { $target }, and that name does not exist.
    .fix = Where { $zone } is edited, delete the CNAME record at { $host }: it leads nowhere. Then create a record of type TXT with { $host } in the Name or Host field. To keep the alias, have the TXT record created at { $target }.
finding-txt-cname = At { $name } there is an alias (CNAME) to { $target }, and nothing else can stand beside an alias.
    .fix = Where { $zone } is edited, see what the CNAME record at { $host } is for. If nothing needs it, delete it, and create a record of type TXT with { $host } in the Name or Host field. If something needs it, have the TXT record created at { $target }.
finding-txt-cname-followed = The value is right, but it stands at { $target }: { $name } is an alias (CNAME) to it. Whoever controls { $target } can change the answer.
    .fix = If that is intended, nothing has to be done. Otherwise delete the CNAME record at { $host } where { $zone } is edited, and create a record of type TXT there with the same value.
finding-txt-dname = All names below { $owner } are sent elsewhere (DNAME): { $name } is looked up at { $target }.
    .fix = Have the TXT record created at { $target }, where that name is edited. Or have the DNAME record at { $owner } deleted, if nothing needs it.
finding-txt-quoted = The value has quotation marks as part of it.
    .fix = Where { $zone } is edited, open the TXT record at { $host } and take the quotation marks out of the Value or Content field. The panel adds those it needs.
finding-txt-typographic =
    { $amount ->
        [one] The value is right but for a character that a word processor or a mail program put into it, first at position { $position }: { $characters }.
       *[other] The value is right but for characters that a word processor or a mail program put into it, first at position { $position }: { $characters }.
    }
    .fix = Where { $zone } is edited, open the TXT record at { $host }, empty the Value or Content field, and paste the value copied from here.
finding-txt-blanks =
    { $amount ->
        [one] The value is right but for a character that does not belong to it, first at position { $position }: { $characters }.
       *[other] The value is right but for characters that do not belong to it, first at position { $position }: { $characters }.
    }
    .fix = Where { $zone } is edited, open the TXT record at { $host }, empty the Value or Content field, and paste the value copied from here. Text that went through a mail or a word processor often carries such characters.
finding-txt-wrong-value =
    { $how ->
        [close] The record is there, but its value differs. Character { $position } is “{ $found_character }” and has to be “{ $expected_character }”.
        [ends-early] The record is there, but its value ends too early: as character { $position } it has to have “{ $expected_character }”.
        [case] The record is there, but capital and small letters differ, first at character { $position }.
        [contains] The record is there, but its value has more in it than the value asked for.
        [part] The record is there, but its value is only a part of the value asked for.
        [key-lost] The record is there, but its value begins too late: the part up to the sign of equality is missing.
        [key-doubled] The record is there, but the part up to the sign of equality stands in its value twice.
        [empty] The record is there, but its value is empty.
       *[other] There is a TXT record with another value.
    }
    .fix =
    { $how ->
        [contains] Where { $zone } is edited, open the TXT record at { $host }, and put the value alone into the Value or Content field, without a name or the word TXT in front of it.
        [other] Where { $zone } is edited, create one more TXT record with { $host } in the Name or Host field and the value copied from here. The record that is there may serve something else and can stay.
       *[rest] Where { $zone } is edited, open the TXT record at { $host }, empty the Value or Content field, and paste the value copied from here instead of typing it.
    }
finding-txt-earlier-code = There is a code of the same kind at { $name }, but not this one: it comes from an earlier attempt, or from another account.
    .fix = Where { $zone } is edited, open the TXT record at { $host } and paste the value copied from here over the old one. Each attempt and each account has a code of its own.
finding-txt-second-code = Beside the right code there is another one of the same kind at { $name }, of an earlier attempt or another account. It does no harm.
finding-txt-split = The value at { $name } is stored in several pieces. They are read as one; nothing has to be done.
finding-txt-crowded = There are { $count } TXT records at { $name }, { $bytes } bytes together. Their answer does not fit into one packet, so that it depends on TCP, which some networks hold back. Nothing has to be done now; deleting those that nobody needs any more makes it surer.
finding-txt-wildcard = The record is not there yet. A wildcard record (*.{ $domain }) answers for every name that does not exist, and so for this one.
    .fix = Where { $zone } is edited, create a TXT record with { $host } in the Name or Host field. It takes precedence over the wildcard, which can stay.
finding-txt-missing =
    { $wait ->
        [none] There is no TXT record at { $name } yet.
        [minute] There is no TXT record at { $name } yet. Resolvers that asked already remember this for up to a minute.
       *[other] There is no TXT record at { $name } yet. Resolvers that asked already remember this for up to { $minutes } minutes.
    }
    .fix = Where { $zone } is edited, create a TXT record with { $host } in the Name or Host field, or send it to whoever edits it. If it was just saved, check again in a few minutes.
finding-txt-present = There is a TXT record at { $name }. It was not compared with anything.
    .fix = To learn whether it is the right one, check again with the value it should have.

finding-txt-at-former-servers = The record is right, but it stands on { $server }, which { $zone } does not use. The world asks { $servers }.
    .fix = Sign in to the company that runs { $servers }, and create the record there. Only if the domain was meant to move to { $server }: enter its name servers at your registrar, the company where the domain was bought.
finding-zone-servers-differ = The registrar (where the domain was bought) and the zone itself name different name servers for { $zone }. The registrar’s list counts, and nothing has to be done for this record; whoever runs the zone should bring the two in line.
finding-label-delegated = { $zone } is a zone of its own, on { $servers }: the record has to be created there, and not where the rest of the domain is edited.
finding-dnssec-broken =
    { $how ->
        [no-key] DNSSEC is broken for { $zone }: the registrar announces signatures (DS record), but the zone has no keys. Resolvers that check signatures reject the whole domain.
        [other-key] DNSSEC is broken for { $zone }: the key the registrar announces (DS record) is not one of the zone’s. Resolvers that check signatures reject the whole domain.
        [no-signature] DNSSEC is broken for { $zone }: the registrar announces signatures (DS record), but the answers carry none. Resolvers that check signatures reject the whole domain.
        [expired] DNSSEC is broken for { $zone }: its signatures have expired. Resolvers that check signatures reject the whole domain.
        [not-yet] DNSSEC is broken for { $zone }: its signatures are not valid yet. Resolvers that check signatures reject the whole domain.
       *[bad-signature] DNSSEC is broken for { $zone }: its signatures do not fit the records. Resolvers that check signatures reject the whole domain.
    }
    .fix =
    { $how ->
        [expired] Tell your DNS provider that { $zone } has to be signed anew.
        [not-yet] Tell your DNS provider that the clock of the server that signs { $zone } is wrong.
        [bad-signature] Tell your DNS provider that the signatures of { $zone } do not hold.
       *[other] At your registrar, the company where the domain was bought, replace the DS record by the one your DNS provider shows. Or, to go without DNSSEC, delete the DS record there. The TXT record itself needs no change.
    }
finding-clock-off = Signatures of several zones seem to be outside their time at once, so the clock of this computer is wrong.
    .fix = Set the clock of this computer, best by the network, and check again.

## The servers

finding-servers-disagree =
    { $amount ->
        [none] The name servers of { $zone } give different answers.
       *[other] The name servers of { $zone } give different answers. Yet to follow: { $behind }.
    }
    .fix = This settles by itself, mostly within minutes. If it lasts longer than an hour, ask your DNS provider why the servers do not hold the same zone.
finding-serials-differ = The name servers agree about this record, but hold different versions of { $zone }. Behind: { $behind }. Nothing has to be done for this record.
finding-server-rate-limited =
    { $amount ->
        [one] { $servers } answers only some of the questions: it limits how often it is asked.
       *[other] { $servers } answer only some of the questions: they limit how often they are asked.
    }
    .fix = Wait some minutes and check again.
finding-server-tcp-blocked =
    { $amount ->
        [one] The answer of { $servers } is too long for one packet, and it takes no connection by TCP (port 53).
       *[other] The answers of { $servers } are too long for one packet, and they take no connection by TCP (port 53).
    }
    .fix = Tell your DNS provider that { $servers } takes no connections on TCP port 53. Or, where { $zone } is edited, delete those TXT records at this name that nobody needs any more.
finding-server-malformed =
    { $amount ->
        [one] { $servers } sends what is no readable DNS message.
       *[other] { $servers } send what are no readable DNS messages.
    }
    .fix =
    { $others ->
        [none] Tell your DNS provider that the answers of { $servers } for { $zone } cannot be read. Nothing in the record itself has to be changed for that.
       *[answer] Tell your DNS provider. Until then, the other name servers serve the record.
    }
finding-server-closed =
    { $amount ->
        [one] { $total ->
            [1] No name server runs at { $servers }: the computer is there, its port 53 is closed.
           *[other] No name server runs at { $servers }: the computer is there, its port 53 is closed ({ $count } of { $total } addresses of the name servers of { $zone }).
        }
       *[other] No name server runs at { $servers }: the computers are there, their port 53 is closed ({ $count } of { $total } addresses of the name servers of { $zone }).
    }
    .fix =
    { $others ->
        [none] No name server of { $zone } answers, so the domain does not work for anybody. Tell your DNS provider that no name server runs at { $servers }. If the domain has moved, enter the new provider’s name servers at your registrar, the company where the domain was bought.
       *[answer] The record can be verified by the name servers that answer. Tell your DNS provider, or take { $servers } out of the list of name servers at your registrar, the company where the domain was bought.
    }
finding-server-lame =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but does not serve it.
       *[other] { $servers } are named as name servers of { $zone }, but do not serve it.
    }
    .fix =
    { $others ->
        [none] No name server of { $zone } serves it, so the domain does not work for anybody. Ask your DNS provider which name servers belong to { $zone }, and enter those at your registrar, the company where the domain was bought; or have the provider set { $zone } up on { $servers }.
       *[answer] The record can be verified by the name servers that answer. At your registrar, the company where the domain was bought, take { $servers } out of the list of name servers of { $zone }, or have your DNS provider set { $zone } up there.
    }
finding-server-refused =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but refuses to answer for it.
       *[other] { $servers } are named as name servers of { $zone }, but refuse to answer for it.
    }
    .fix =
    { $others ->
        [none] No name server of { $zone } serves it, so the domain does not work for anybody. Ask your DNS provider which name servers belong to { $zone }, and enter those at your registrar, the company where the domain was bought; or have the provider set { $zone } up on { $servers }.
       *[answer] The record can be verified by the name servers that answer. At your registrar, the company where the domain was bought, take { $servers } out of the list of name servers of { $zone }, or have your DNS provider set { $zone } up there.
    }
finding-server-broken =
    { $amount ->
        [one] { $servers } reports a failure of its own.
       *[other] { $servers } report failures of their own.
    }
    .fix = Check again in a few minutes. If it stays like this, tell your DNS provider; a DNSSEC or zone file error is the usual reason.
finding-server-no-address =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but that name has no address.
       *[other] { $servers } are named as name servers of { $zone }, but those names have no address.
    }
    .fix = Your DNS provider says which name servers belong to { $zone }. Enter those at your registrar, the company where the domain was bought, in place of { $servers }.
finding-server-no-route =
    { $amount ->
        [one] { $servers } has only addresses this computer has no way to, mostly IPv6.
       *[other] { $servers } have only addresses this computer has no way to, mostly IPv6.
    }
    .fix = Check from a network with IPv6, or have your DNS provider add an IPv4 address.
finding-server-silent =
    { $amount ->
        [one] { $total ->
            [1] { $servers } does not answer, and it is the only name server of { $zone } with an address.
           *[other] { $servers } does not answer: { $count } of { $total } addresses of the name servers of { $zone }. Look-ups that try it are slow or fail.
        }
       *[other] { $servers } do not answer: { $count } of { $total } addresses of the name servers of { $zone }. Look-ups that try them are slow or fail.
    }
    .fix =
    { $others ->
        [none] No name server of { $zone } answers from here, so the domain may not work for anybody. Check from another network, such as a phone’s. If it stays like this, tell your DNS provider that { $servers } does not answer.
       *[answer] The record can be verified by the name servers that answer. Tell your DNS provider that { $servers } does not answer, so that look-ups do not fail now and then.
    }

finding-server-no-edns =
    { $amount ->
        [one] { $servers } answers only questions in the oldest form (without EDNS). An old firewall in front of it is the usual reason. Nothing has to be done for this record.
       *[other] { $servers } answer only questions in the oldest form (without EDNS). An old firewall in front of them is the usual reason. Nothing has to be done for this record.
    }

## Resolvers

finding-split-horizon = { $resolver } has a zone of its own for { $domain }, as company networks have it. The world sees the other one, on { $servers }; only that one counts here, and nothing has to be done about the company’s own.
finding-resolver-remembers-nothing =
    { $amount ->
        [one] { $resolvers } looked before the record was there, and remembers that until { $until } at the latest. Nothing has to be done.
       *[other] { $resolvers } looked before the record was there, and remember that until { $until } at the latest. Nothing has to be done.
    }
finding-resolver-remembers-old =
    { $amount ->
        [one] { $resolvers } still remembers the value that stood there before, until { $until } at the latest. Nothing has to be done.
       *[other] { $resolvers } still remember the value that stood there before, until { $until } at the latest. Nothing has to be done.
    }
finding-resolver-rejects-signatures =
    { $amount ->
        [one] { $resolvers } rejects the domain, because its DNSSEC signatures do not hold.
       *[other] { $resolvers } reject the domain, because its DNSSEC signatures do not hold.
    }
    .fix = Have DNSSEC put right by your DNS provider, or delete the DS record at your registrar, the company where the domain was bought. The TXT record itself needs no change.
finding-resolver-fails =
    { $amount ->
        [one] { $resolvers } could not find an answer (SERVFAIL), and does not say why.
       *[other] { $resolvers } could not find an answer (SERVFAIL), and do not say why.
    }
    .fix = The rows of the name servers show what is in the way. If all of them are in order, check again in five minutes.
finding-resolver-limits =
    { $amount ->
        [one] { $resolvers } takes no more questions from this network for now.
       *[other] { $resolvers } take no more questions from this network for now.
    }
    .fix = Nothing has to be done; check again later.
finding-encrypted-dns-untrusted = Whoever asks { $resolvers } is shown a certificate of somebody else: this network opens encrypted connections.
    .fix = If you have to sign in to this network first, do so and check again. Otherwise the network inspects encrypted connections; the name servers’ rows are not touched by that.
finding-captive-portal = Instead of { $resolvers }, this network’s sign-in page answered.
    .fix = Open a page in the browser, sign in to the network, and check again.

finding-shared-not-a-report = This file is no report of a domain check.
    .fix = Open the file that “Save report” made in another Signpost.
finding-shared-newer = This report was saved by a newer Signpost.
    .fix = Update Signpost here, or have the other side send the ticket note.
finding-shared-too-long = This file is larger than a report of a domain check can be.
    .fix = Open the file that “Save report” made in another Signpost.

## Settings for a lab

error-roots-unreadable = The list of root servers in { $subject } cannot be read.
    .fix = Check the path and that the file may be read.
error-roots-empty = The list of root servers in { $subject } has no address in it.
    .fix = Write one IP address a line, or use the file named.root that IANA publishes.
error-resolver-list-unreadable = The list of resolvers in { $subject } cannot be read.
    .fix = It has to be JSON: a list of objects with “operator”, “address” and “url”.
error-resolver-address-invalid = “{ $subject }” is not the address of a resolver.
    .fix = Give an IP address, with or without “:” and a port.
error-dns-port-invalid = “{ $subject }” is not a port number.
    .fix = Give a number from 1 to 65535; name servers use 53.
