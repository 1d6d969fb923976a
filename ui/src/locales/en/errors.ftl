# What can go wrong: error-CODE says what happened, .fix what to do. error-invalid-input-FIELD says it for one field.
error-internal = Something in Signpost failed that should not.
    .fix = Nothing you entered is lost. Close the window, open it again and try once more.
error-without-words =
    .fix = Nothing you entered is lost. Code: { $code }

error-invalid-input = A value that was entered will not do.
    .fix = Correct it and try again.
error-invalid-input-organization = The organization needs a name of 1 to 100 letters.
    .fix = Enter it as it should stand in lists.
error-invalid-input-admin-email = This is not an e-mail address.
    .fix = Enter it like jonas.weber@contoso.com.
error-invalid-input-url = This is not the address of an account service.
    .fix = It begins with https:// and has no user name or password in it.
error-invalid-input-access-token = You are not signed in to the service, or the access token has blanks in it.
    .fix = Sign in in the browser, or copy the access token again, whole.
error-invalid-input-domain = This is not a domain name.
    .fix = Type the part after the @ of your users’ e-mail addresses.
error-invalid-input-service = Nothing is chosen.
    .fix = Choose what you set up.
error-invalid-input-idp = Nothing is chosen.
    .fix = Choose where people sign in.

error-project-missing = This project is not here any more.
    .fix = It may have been deleted in another window. Go back to the list.
error-project-newer = This project was made by a newer version of Signpost.
    .fix = Update Signpost on this computer to open it. The file was left as it is.
error-project-damaged = This project’s file is damaged.
    .fix = It was set aside under another name and not overwritten. Restore it from a backup, or start the project again.
error-project-changed-elsewhere = This project was changed in another window since it was read here.
    .fix = Open it again to see both changes; what you typed last has to be entered again.
error-disk-full = The disk is full, so this could not be saved.
    .fix = What you typed is still here. Free some space; it is saved with the next change.
error-folder-read-only = The folder the projects are kept in cannot be written.
    .fix = What you typed is still here. Give your user the right to write there, then change something.
error-storage-failed = A file could not be read or written.
    .fix = What you typed is still here. Check that the disk is connected and healthy, then try again.
error-file-unwritable =
    { $why ->
        [full] The disk is full: { $path } was not saved.
        [forbidden] You may not write { $path }, so nothing was saved.
        [no-folder] The folder of { $path } is not there.
       *[other] { $path } could not be saved.
    }
    .fix =
    { $why ->
        [full] Free some space or choose another disk, then save again. A file that was there before is unchanged.
        [forbidden] Choose another folder or another name, then save again.
        [no-folder] Choose a folder that is there, then save again.
       *[other] Check that the disk is connected, or choose another folder, then save again. A file that was there before is unchanged.
    }
error-file-unreadable = The file could not be read.
    .fix = Check that it is still there and that you may read it, or copy it to another folder and choose that copy.
error-nothing-chosen = No file was dropped or chosen.
    .fix = Choose the file, or drop it onto the window again.

error-dns-host-unknown = The zone does not say who serves it.
    .fix = Choose the DNS host from the list, or follow the general recipe.

error-keyring-unavailable = This computer has no keyring that answers.
    .fix = Everything but secrets works without it. Secrets are kept nowhere else.
error-keyring-locked = This computer’s keyring is locked.
    .fix = Everything but secrets works until it is unlocked. Secrets are kept nowhere else.
error-secret-missing = The secret is not in this computer’s keyring.
    .fix = It was made on another computer or removed. Make a new one.
error-clipboard-failed = The clipboard did not take the text.
    .fix = Try again; when it fails again, close the program that holds the clipboard.

error-service-unreachable = The account service cannot be reached.
    .fix = Everything is kept here and can be sent later.
error-signed-out = You are signed out of the account service.
    .fix = Sign in again. Everything is kept.
error-service-failed = The account service could not do this.
    .fix = The fault is over there, and nothing is lost. Try again in a few minutes.
error-not-an-account-service = What answers at this address is not an account service.
    .fix = Check the address with whoever gave it to you.
error-local-service-failed = The account service on this computer did not start.
    .fix = Check that the disk has room, then open the project again. Everything you entered is kept.
error-port-taken = Another program uses the port of the account service on this computer.
    .fix = End that program or restart the computer, then open the project again. The port cannot change: it is part of the addresses that the identity provider knows.
error-account-missing = The service has no account for this project, or it is not yours.
    .fix = Check with the service’s administrator that your access token belongs to this organization.
error-conflict = Someone changed the same values at the service.
    .fix = Nothing is lost: compare both and choose.
error-domain-taken = Another account of the service holds this domain.
    .fix = Find out who in your company set it up, or ask the service’s support to release it.
error-licence-key-taken = This licence key is registered in another account.
    .fix = Find out who in your company registered it, and under which account. Otherwise ask the support that the order came from to release it.
error-licence-key-required = The account has no licence key that is licensed per user, and the service wants one first.
    .fix = Register one on the project’s overview, under Licence keys, then do this again. The last one cannot be removed while single sign-on is active.
error-invalid-input-licence-key = This cannot be a licence key.
    .fix = It has 8 to 128 letters and digits, with or without hyphens. Copy it again from the order.
error-invalid-input-licence-name = This name is too long.
    .fix = Use at most 100 characters on one line.
error-service-refused = The service does not take a value.
    .fix = Correct the value, then send it again.
error-errors-open = Nothing was sent or saved: an error is open.
    .fix = Fix it first.
error-warnings-open = Nothing was sent or saved: a warning is not decided.
    .fix = Tick it or fix it, then send again.
error-nothing-to-send = There is nothing to send or to save yet.
    .fix = Enter the values first.
error-rollover-unproven = { $reason ->
        [not-sent] The old certificate stays: the service does not have the new one yet.
        [not-valid] The old certificate stays: the new one is not valid before { $date }.
        [still-old] The old certificate stays: the sign-in of { $at } was still signed with it.
       *[no-sign-in] The old certificate stays: no sign-in with the new one has been seen.
    }
    .fix = { $reason ->
        [not-sent] Save first, so that the service has both.
        [not-valid] Come back after that day.
       *[other] Make the new certificate active in the identity provider, and sign in once. Taken away before, nobody could sign in.
    }
error-rollover-proven = The change cannot be called off: the sign-in of { $at } was signed with the new certificate.
    .fix = If the identity provider is to go back to the old certificate, make that active there first, and read its metadata again.
error-nothing-to-remind = No certificate here ends in the future, so there is nothing to be reminded of.
    .fix = Read the identity provider’s metadata first, or renew the certificates that have ended.
error-confirmation-missing = A confirmation is missing without which the step cannot be done.
    .fix = Check it in the portal, then tick it.
error-name-differs = This is not the organization’s name.
    .fix = Type it to the letter, as it stands in the question.
error-sign-in-not-begun = The service did not say where the test begins.
    .fix = Begin it again. If it stays like this, the account service is older than this program, or something between the two changes its answers.
error-sign-in-not-finished = The sign-in in the browser was not finished.
    .fix = Begin it again, and go on in the browser within five minutes.
error-browser-not-opened = No browser opened.
    .fix = Set a default browser in the system’s settings, then begin again.
error-activation-blocked = It cannot be activated yet: something is missing.
    .fix = The overview lists what.
error-backup-login-unknown = The backup login is not a user of the account who has signed in and still may.
    .fix = Have that person sign in to the service once with a password, or name somebody who has.
error-no-guide = There is no guide for this service and identity provider.
    .fix = Update Signpost, or put the guide back if it was your own: Settings names the folder and what is wrong in it. Or start the project with another identity provider.
error-link-not-allowed = Signpost does not open this page.
    .fix = It opens only pages that its guides name. Copy the address into your browser if you trust it.
error-cancelled = The check was stopped.
    .fix = Start it again when you like.

error-hand-over-unreadable = This file is neither a step that was handed over nor a result.
    .fix = Choose the file with the ending .signpost-task or .signpost-result that you were sent.
error-hand-over-newer = This file was written by a newer version of Signpost.
    .fix = Update Signpost on this computer, or ask for the mail text instead.
error-hand-over-unknown = Nothing here waits for this result.
    .fix = Open it on the computer that the step was handed over from. If the step was taken back, hand it over again.
error-task-without-service = This step was handed to you without a connection to the service.
    .fix = Do what can be done in the portal, then save the result and send it back.

# What may help besides.
hint-choose-file-again = Choose the file again.
hint-unlock-keyring = Unlock it: it opens with your sign-in to the computer, or in the system’s password manager.
hint-start-keyring = On Linux, install gnome-keyring or KWallet and sign in to the computer again; on macOS and Windows the keyring is part of the system.
hint-sign-in-again = Sign in to the service again.
hint-use-access-token = Ask its administrator for an access token and use that.
hint-service-slow = It took too long to answer. Try again in a minute.
hint-check-address-and-network = Check the network connection and the service’s address.
hint-reopen-project = Go to the list and open the project again.

error-address-invalid = “{ $source }” is not a complete address.
    .fix = Give the whole address, beginning with https://.
error-address-not-https = “{ $source }” does not begin with https://, so what comes from there could be changed on the way.
    .fix = Give the https address, or download the file and read that.
error-address-private = { $host } leads to { $address }, which is inside a private network. It was not asked.
    .fix = If this is an identity provider of your own there, allow private addresses: in the window by the tick under the address, in a terminal with --allow-private. Or save the metadata as a file and read that.
error-address-unreachable = { $host } cannot be reached: { $reason }
    .fix = Check the address and the network connection, or download the file in a browser and read that.
error-address-timeout = { $host } did not answer in time.
    .fix = Try again later, or download the file in a browser and read that.
error-address-redirects = { $host } points to an address that is not followed: { $reason }
    .fix = Open the address in a browser, and give the address it ends at, or download the file and read that.
error-address-status = { $host } answers with { $status }.
    .fix = Check the address. If a sign-in is needed, download the file in a browser and read that.
error-address-interrupted = { $host } broke off in the middle: { $reason }
    .fix = Try again, or download the file in a browser and read that.
error-address-not-kept = There is no room for what came: { $reason }
    .fix = Make room on the disk, then try again.
