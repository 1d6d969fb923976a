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

finding-no-network = Not one of the Internet’s root name servers could be reached, so nothing is known about the record.
    .fix = Check that this computer is online. If it is, the network does not let DNS questions out (port 53, UDP and TCP): try another network, or ask for it to be opened. The record itself may be in order.
finding-delegation-unreachable = None of the name servers of “{ $zone }” gave a usable answer, so it is not known who is responsible for { $domain }.
    .fix = Check again in a few minutes. If it stays like this on another network too, tell the operator of “{ $zone }”.
finding-domain-unregistered = { $domain } does not exist: the name servers of “{ $parent }” do not know it.
    .fix = Check the spelling. If it is right, the registration has ended or was never made: ask whoever looks after your domains.
finding-zone-not-delegated = { $domain } has no name servers of its own: “{ $parent }” knows the name but does not say who is responsible for it.
    .fix = At your registrar, enter the name servers of your DNS provider for this domain.

## The record

finding-txt-doubled-zone = The record stands at { $found_at }: the DNS panel added the domain to a name that already had it.
    .fix = In the Name or Host field enter the label alone, without the domain behind it. The panel adds the domain itself.
finding-txt-underscore-lost = The record stands at { $found_at }: the label lost its underscore, or has another character in its place.
    .fix = Enter the label exactly as shown, with the underscore in front. Copy it instead of typing it.
finding-txt-at-apex = The value is right, but it stands at { $found_at } itself, not at the label in front of it.
    .fix = Create the record again with the label in the Name or Host field, and remove the one in the wrong place.
finding-txt-elsewhere = The value is right, but it stands at { $found_at }.
    .fix = Move the record to the name shown.
finding-txt-cname = At { $name } there is an alias (CNAME) to { $target }, and nothing else can stand beside an alias.
    .fix = Delete the CNAME record and create a record of type TXT with the same name.
finding-txt-cname-followed = The value is right, but it stands at { $target }: { $name } is an alias (CNAME) to it. Whoever controls { $target } can change the answer.
    .fix = Keep it if that is intended. Otherwise replace the CNAME record by a TXT record.
finding-txt-quoted = The value has quotation marks as part of it.
    .fix = Enter the value without quotation marks; the DNS panel adds the ones it needs.
finding-txt-blanks =
    { $amount ->
        [one] The value is right but for a character that does not belong to it, first at position { $position }: { $characters }.
       *[other] The value is right but for characters that do not belong to it, first at position { $position }: { $characters }.
    }
    .fix = Empty the Value field and paste the value again, copied from here. Text that went through a mail or a word processor often carries such characters.
finding-txt-wrong-value =
    { $how ->
        [close] The record is there, but its value differs. Character { $position } is “{ $found_character }” and has to be “{ $expected_character }”.
        [case] The record is there, but capital and small letters differ, first at character { $position }.
        [contains] The record is there, but its value has more in it than the value asked for.
        [part] The record is there, but its value is only a part of the value asked for.
        [empty] The record is there, but its value is empty.
       *[other] There is a TXT record with another value.
    }
    .fix =
    { $how ->
        [contains] Enter the value alone, without the name or the word TXT in front of it.
        [other] Add a TXT record with the value shown. A record that serves something else may stay beside it.
       *[rest] Replace the value by the one shown; copy it instead of typing it.
    }
finding-txt-wildcard = The record is not there yet. A wildcard record (*.{ $domain }) answers for every name that does not exist, and so for this one.
    .fix = Create the record at its own name; it takes precedence over the wildcard, which can stay.
finding-txt-missing =
    { $wait ->
        [none] There is no TXT record at { $name } yet.
        [minute] There is no TXT record at { $name } yet. Resolvers that asked already remember this for up to a minute.
       *[other] There is no TXT record at { $name } yet. Resolvers that asked already remember this for up to { $minutes } minutes.
    }
    .fix = Create the record where { $zone } is edited, or ask whoever can. If it was just saved, check again in a few minutes.
finding-txt-present = There is a TXT record at { $name }. It was not compared with anything.

## The servers

finding-servers-disagree =
    { $amount ->
        [none] The name servers of { $zone } give different answers.
       *[other] The name servers of { $zone } give different answers. Yet to follow: { $behind }.
    }
    .fix = This settles by itself, mostly within minutes. If it lasts longer than an hour, ask your DNS provider why the servers do not hold the same zone.
finding-serials-differ = The name servers agree about this record, but hold different versions of { $zone }. Behind: { $behind }.
finding-server-lame =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but does not serve it.
       *[other] { $servers } are named as name servers of { $zone }, but do not serve it.
    }
    .fix = At your registrar, take it out of the list of name servers, or have your DNS provider set the zone up on it.
finding-server-refused =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but refuses to answer for it.
       *[other] { $servers } are named as name servers of { $zone }, but refuse to answer for it.
    }
    .fix = At your registrar, take it out of the list of name servers, or have your DNS provider set the zone up on it.
finding-server-broken =
    { $amount ->
        [one] { $servers } reports a failure of its own, or sends what cannot be read.
       *[other] { $servers } report a failure of their own, or send what cannot be read.
    }
    .fix = Check again in a few minutes. If it stays like this, tell your DNS provider; a DNSSEC or zone file error is the usual reason.
finding-server-no-address =
    { $amount ->
        [one] { $servers } is named as a name server of { $zone }, but that name has no address.
       *[other] { $servers } are named as name servers of { $zone }, but those names have no address.
    }
    .fix = At your registrar, correct the list of name servers.
finding-server-no-route =
    { $amount ->
        [one] { $servers } has only addresses this computer has no way to, mostly IPv6.
       *[other] { $servers } have only addresses this computer has no way to, mostly IPv6.
    }
    .fix = Check from a network with IPv6, or have your DNS provider add an IPv4 address.
finding-server-silent =
    { $amount ->
        [one] { $servers } does not answer: { $count } of { $total } addresses of the name servers of { $zone }. Look-ups that try it are slow or fail.
       *[other] { $servers } do not answer: { $count } of { $total } addresses of the name servers of { $zone }. Look-ups that try them are slow or fail.
    }
    .fix = If the others answer, the record can be verified all the same. Tell your DNS provider, or check whether this network keeps questions to that server back.

## Settings for a lab

error-roots-unreadable = The list of root servers in { $subject } cannot be read.
    .fix = Check the path and that the file may be read.
error-roots-empty = The list of root servers in { $subject } has no address in it.
    .fix = Write one IP address a line, or use the file named.root that IANA publishes.
error-dns-port-invalid = “{ $subject }” is not a port number.
    .fix = Give a number from 1 to 65535; name servers use 53.
