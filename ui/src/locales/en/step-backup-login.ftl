backup-what-for = When { $idp } is down, a certificate has ended or a setting is wrong, everybody else is locked out. This login gets into { $service } with its own password and can put it right.
backup-email = E-mail address
    .hint = A user of the account who has signed in to { $service } at least once.
    .suggested = Suggested: the address this project was begun with. It has to be a user of the account who has signed in to { $service } at least once.
backup-saved = What { $service } has
backup-none = { $service } has no backup login yet.
backup-signed-in = Last signed in
backup-never = never
