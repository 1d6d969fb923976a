# Resolvers that are asked for comparison: who they are, and who learns the domain.
resolvers-title = Resolvers for comparison
resolvers-lead = Once the name servers of a domain agree, resolvers tell who sees the record already. They decide nothing. Each of them learns the name of the record.
resolvers-on = Ask resolvers when the name servers agree
    .hint = Never earlier: a resolver that is asked too early remembers that nothing is there. Each is asked once, and not again while it only would repeat itself.
resolvers-own = This computer’s own resolver
    .among-others = this computer’s own resolver
    .hint = The one your network or your system has set. Whoever runs it learns the name, as with every page you open.
resolvers-list = Public resolvers
resolvers-where = { $address }, over HTTPS
resolvers-where-plain = { $address }, on port 53 without encryption
resolvers-remove = Remove
resolvers-remove-what = Remove { $operator }
resolvers-add = Add a resolver
resolvers-add-operator = Operator
resolvers-add-address = IP address
resolvers-add-url = Address for DNS over HTTPS
    .hint = Begins with https://. Without it, the resolver is asked on port 53 without encryption.
resolvers-add-go = Add resolver
resolvers-restore = Restore the original list
resolvers-added = { $operator } was added.
resolvers-removed = { $operator } was removed.

resolvers-notice = When its name servers agree, these are asked too, and learn the domain: { $operators }.
resolvers-notice-off = Only name servers are asked. No resolver learns the domain.
resolvers-switch-off = Do not ask resolvers
resolvers-switch-on = Ask resolvers too
resolvers-choose = Choose resolvers
resolvers-asking = Asking the resolvers…
resolvers-told = The resolvers have answered.

other-way-title = Look another way
other-way-text = This network keeps the name servers away, but resolvers can be asked over HTTPS: { $operators }. They learn the domain. What they say is shown for comparison and verifies nothing. A resolver that finds no record remembers that for a while.
other-way-service = Check now also has { $service } look, from its own network: what it saw stands under “What was found”. Its word is what counts.
other-way-this-computer = The account service of this project runs on this computer and looks from the same network, so it sees no more. Check from another network.
other-way-portal = { $service } looks from its own network when you verify the domain in its portal. Its word is what counts.
other-way-nobody = This network keeps the name servers away, and no resolver that answers over HTTPS is chosen in the settings.
other-way-ask = Ask them over HTTPS

error-invalid-input-resolver-operator = A resolver needs the name of who runs it.
    .fix = Enter the operator’s name, up to 64 characters.
error-invalid-input-resolver-address = That is not an IP address.
    .fix = Enter the resolver’s IPv4 or IPv6 address, such as 192.0.2.53.
error-invalid-input-resolver-url = That is not an address for DNS over HTTPS.
    .fix = Enter the address that begins with https://, or leave the field empty.
error-invalid-input-resolver-resolvers = A list has each resolver once, and 32 at most.
    .fix = Remove one of the list first.
