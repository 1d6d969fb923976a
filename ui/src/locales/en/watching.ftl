# What is looked at again and again.
watch-list = Watch list
    .note = looked at until they are right
watch-list-title = Watched domains
watch-list-lead = Each is looked at every 20 seconds for five minutes, then more and more rarely, and once a day after three days. Nothing expires. Only the domain’s own name servers are asked.
watch-list-open = This goes on while Signpost is open. You choose whether it goes on when its window is closed.
watch-list-settings = Open Settings
watch-list-none = Nothing is watched
    .text = Check a domain and choose Watch this domain. It stays here until its record is right.
watch-list-check = Check a domain
watch-list-caption = The domains that are watched
watch-domain = Domain
watch-found = What was found
watch-checks = Checks
watch-last-at = Last check { $when }
watch-never = Nobody has looked
watch-start = Watch this domain
    .hint = Its name servers are asked again until the record is right; you hear of it when that changes.
watch-begun = { $domain } is watched.
watch-next-at = Next check { $when }
watch-due = Next check in a moment
watch-looking = Checking now
watch-paused = Paused
watch-settled = Right since { $when }
watch-settled-project = Accepted since { $when }
watch-check = Check now
watch-checking = Checking…
watch-pause = Pause
watch-resume = Go on
watch-again = Watch again
watch-remove = Stop watching
watch-removed = { $domain } is not watched any more.
watch-of-project = in a project
watch-attempts = Attempts
watch-news = { $domain }: { $text }
watch-news-accepted = { $domain } is accepted.
watch-news-gone =
    { $amount ->
        [unknown] The record of { $domain } is gone, and the domain had been accepted. Put the record back.
        [none] The record of { $domain } is gone, and the time to put it back is over.
        [one] The record of { $domain } is gone. One day is left to put it back; after that the domain counts as not proven.
       *[many] The record of { $domain } is gone. { $days } days are left to put it back; after that the domain counts as not proven.
    }
watch-news-open = Open
watch-news-right = The record of { $domain } is right.

settings-background = When the window is closed
settings-keep-watching = Keep watching when the window is closed
    .hint = As long as a domain is watched, Signpost goes on without a window and tells you when something changes.
settings-tray = Its icon stays in the tray: from there you open the window again, or end it.
settings-no-tray = This desktop shows no tray icons. Signpost goes on without one: start it again to open its window, and end it here.
watch-quit = Stop watching and quit
    .hint = What is watched is watched again when you start Signpost.
tray-open = Open Signpost
tray-tooltip = Signpost watches domains

error-watch-list-newer = The watch list was written by a newer version of Signpost.
    .fix = It is left as it is. Update Signpost to watch domains with it.
error-watch-list-damaged = The watch list could not be read.
    .fix = The file was set aside in Signpost’s data folder, and the list begins anew. Add the domains again.
error-watch-list-full = No more domains can be watched.
    .fix = Stop watching those that are right, then add this one.
error-mail-program-missing = No mail program took the letter.
    .fix = Use Copy mail, and paste it where you write mails.

cli-watch-next = Next check { $at }
error-watch-expects-nothing = No value is expected for { $domain }.
    .fix = Give it in the second column of the list, or for all of them with --expect.
error-watch-state-unreadable = “{ $path }” is no file of signpost domain watch, or is damaged.
    .fix = Name another file with --state, or remove this one: watching begins anew then.
error-watch-state-unwritable = “{ $path }” cannot be written: { $reason }
    .fix = Name a file with --state in a folder you may write to.
error-watch-state-in-use = Another signpost domain watch uses “{ $path }” at this moment.
    .fix = Wait for its end, or name another file with --state.
