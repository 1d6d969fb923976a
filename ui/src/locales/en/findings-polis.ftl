# What is looked at before something is sent to Ory Polis, and after.

finding-polis-metadata-wrapped = The identity provider’s metadata stand inside an EntitiesDescriptor, where Polis does not find them.
    .fix = Download the metadata of this identity provider alone. Otherwise save the part from <EntityDescriptor to </EntityDescriptor> as a file of its own, with the xmlns attributes of the element around it.
finding-polis-endpoint-not-https = One of the sign-in addresses does not begin with https://, and Polis may be using that one.
    .fix = Take it out of the identity provider’s metadata, or give it an https address there.
finding-polis-tenant-invalid = “{ $tenant }” cannot be the name of a tenant in Polis.
    .fix = Give a name without a colon.
finding-polis-product-invalid = “{ $product }” cannot be the name of a product in Polis.
    .fix = Give a name without a colon.
finding-polis-redirect-invalid = “{ $url }” is no address that people should be sent to after a sign-in.
    .fix = Give a complete address that begins with https://, without wildcards and without #. Plain http is for this computer only.
finding-polis-webhook-invalid = “{ $url }” is no address that Polis should report to.
    .fix = Give a complete address that begins with https://. Plain http is for this computer only.
finding-polis-address-differs = Polis sends people to another address than the metadata name.
    .fix = Switch the connection off. Give Polis metadata with one address for each binding.
finding-polis-certificates-differ = Polis checks signatures with other certificates than the metadata name: { $missing } missing, { $foreign } other.
    .fix = Give every signing key in the metadata a KeyDescriptor of its own with use="signing" and one certificate, then update the connection. Until then, sign-ins that are signed with a missing one fail.
finding-polis-connection-none = There is no such connection.
    .fix = Compare tenant, product and client ID with what Polis shows.
finding-polis-connection-several = There are several connections of this tenant and product.
    .fix = Name the one that you mean with --client-id.
finding-polis-connection-exists = There is already a connection of this tenant and product to this identity provider. Another one would replace it with its redirects.
    .fix = Give it the newer metadata with update.
finding-polis-connection-second = This tenant and product have a connection to another identity provider, too. People are asked which one they mean.
    .fix = If the other one is the old one, switch it off when this one works.
finding-polis-connection-active = The connection is switched on, so people may be signing in by it.
    .fix = Switch it off with deactivate, wait until you are sure that nobody needs it, then delete it.
finding-polis-entity-id-other = There is no connection to this identity provider: the entity ID is another one. Polis cannot give a connection to another identity provider.
    .fix = If the identity provider changed, make a connection to the new one with create, and switch the old one off.
finding-polis-entity-id-taken = Another tenant of this Polis has a connection to the same identity provider. Polis allows one tenant.
    .fix = Use that tenant, or have an application of its own made in the identity provider, with an entity ID of its own.
finding-polis-directory-none = There is no such directory.
    .fix = Compare tenant, product and directory with what Polis shows.
finding-polis-directory-exists = There is already a directory of this tenant and product. A second one would provision everybody again.
    .fix = Use the one that there is, or delete it first.
finding-polis-user-active-text = { $count ->
    [one] One user is neither active nor deactivated: Polis keeps the text that was sent, and applications take any text for active.
   *[other] { $count } users are neither active nor deactivated: Polis keeps the text that was sent, and applications take any text for active.
}
    .fix = Entra sends such texts unless its Tenant URL ends with ?aadOptscim062020. Copy the SCIM base URL of this directory once more, whole.
finding-polis-group-empty = { $count ->
    [one] A group has arrived without any member.
   *[other] { $count } groups have arrived without any member.
}
    .fix = If it has members at the identity provider, Polis passed over them. Entra sends them in a way that Polis takes only with ?aadOptscim062020 at the end of the Tenant URL.
finding-polis-refused = Polis refuses this.
    .fix = Change what it names, then do the same again.
