# Explain an error. What goes wrong and how it is put right is data of the diagnosis crate, not a text of this file.
explain = Explain an error
explain-lead = Paste what you see. The text is read on this computer only: it is not sent, not kept and not logged.
explain-text = A code, a sentence, an address, a page or a log
    .hint = For example AADSTS50105, “Invalid audience.”, or everything that an error page shows.
explain-explain = Explain
explain-busy = Reading…
explain-empty = There is no text to explain yet. Paste a code, a sentence or a page.
explain-found = { $count ->
    [one] One known mistake fits
   *[other] { $count } known mistakes fit, the best first
}
explain-beginning = Only the first megabyte was looked at. If the error stands further down, paste the part around it.
explain-none = Nothing that is known here fits this text
    .text = Give the code, the sentence as it is shown, or the whole page with its small print: Microsoft writes AADSTS and a number, Google a word with underscores, Okta and PingOne a short code.
explain-again = Explain another error
explain-all = Everything that is known here ({ $count })
explain-unknown = There is no such entry
    .text = It may have another name in this version of Signpost.
explain-tell = How to tell
explain-cause = Cause
explain-fix = What to do
explain-change = To change
explain-why = Recognised by
explain-codes = Shown as
explain-source = Known from
explain-step = Step { $step }
explain-step-field = Step { $step }, field
explain-open-step = Open { $step }
explain-open-project = Open a project to go there from here.
explain-more = More about this
explain-from-step = Does the portal or the sign-in show an error?
explain-help = Paste a code, a sentence, an address, a page or a log, in the words of Microsoft, Okta, Google, PingOne or a service. You get what it means, how to make sure, and what to change in which step.
