# signpost domain record
cli-record-host = Host
cli-record-type = Type
cli-record-value = Value
cli-record-ttl = TTL
cli-record-zone = Zone
cli-record-name = Whole name
cli-record-at = DNS host
cli-record-panel = Panel
cli-record-relative = Type the host alone: the panel adds { $zone }.
cli-record-either = The panel takes the host alone or the whole name.
cli-record-general = Most panels add { $zone } themselves and want the host alone. Where the list of records shows whole names, enter the whole name.
cli-record-quotes-none = Type the value without quotation marks.
cli-record-quotes-typed = Type the value with its quotation marks, as shown.

error-record-zone-invalid = { $name } does not lie in the zone “{ $zone }”.
    .fix = Give the domain itself or one above it, or leave --zone out.
error-record-host-unknown = “{ $host }” is no DNS host that is known.
    .fix = Leave --host out, or give one of: { $known }.
error-record-form-unfit = This value cannot be written in this form: whatever reads it could take it for something else.
    .fix = Take another form. bind and aws-route53 hold every value.
