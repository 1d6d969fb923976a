# Around every step.
step-state = Where this step stands
step-seen = What Signpost can see
step-missing = { $count ->
    [one] One thing is missing
   *[other] { $count } things are missing
}
step-confirm = To confirm: { $what }
step-choice-missing = To choose: now or later.
step-save = Save to { $service }
step-saving = Saving
step-saved = { $service } has it.
step-unsent = Changed here, not yet in { $service }
step-onward = Continue to { $step }
step-resolved = Settled.
step-mark = When all of this is done
    .hand = { $service } has the same box at the end of this step. Tick it there, then here.
    .text = { $service } has a box of its own at the end of this step. Tick it here; Signpost passes it on.
step-mark-unsent = Ticked by you, { $when }; { $service } has not heard yet
step-marked = Marked as done.
step-unmarked = Not marked as done any more.

# What differs when two people changed the same thing.
conflict-field = { $field }
conflict-field-app-name = Name of the application
conflict-field-tenant-id = Tenant ID
conflict-field-admins-idp-name = Administrators’ group, name in the identity provider
conflict-field-users-idp-name = Desktop users’ group, name in the identity provider
conflict-field-admins-name = Administrators’ group, name
conflict-field-admins-id = Administrators’ group, ID
conflict-field-users-name = Desktop users’ group, name
conflict-field-users-id = Desktop users’ group, ID
conflict-field-scim-enabled = SCIM
conflict-field-mark = The box at the end of the step
conflict-field-backup-email = E-mail address of the backup login

# Where a value was seen that a field’s finding shows.
seen-identity-provider = Identity provider
seen-service = Service
seen-idp-name = Name there
seen-service-name = Name here
seen-id = ID
seen-backup-email = Address
