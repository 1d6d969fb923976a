# A service that its own support sets up: the name its addresses are made from, the package, and what came back.

## What this backend cannot do, and what stands in for it
finding-limit-set-up-by-support = { $to } sets up the other side; Signpost cannot ask them anything.
    .fix = Signpost makes the package, remembers since when it waits, and takes your word for what they answer.

## The customer name and the addresses
finding-customer-name-missing = The customer name is not entered yet.
    .fix = Ask for it, and enter it in the step SAML.
finding-customer-name-is-address = This is a whole address, not the customer name.
    .fix = Enter only the part that stands for your company in it, such as contoso.
finding-customer-name-has-blanks = A blank is in the customer name.
    .fix = Enter it as it stands in an address: letters, digits and hyphens.
finding-customer-name-odd-character = “{ $character }” cannot be in the customer name.
    .fix = Enter it as it stands in an address: letters without accents, digits and hyphens.
finding-customer-name-too-long = The customer name is longer than { $longest } characters.
    .fix = Enter only the name, as it stands in an address.
finding-addresses-made = The addresses are made from the name { $name }. They are not real yet.
finding-addresses-confirmed = The addresses are confirmed.
finding-address-not-https = This is not an address that begins with https://.
    .fix = Copy it again, whole.
finding-metadata-document-missing = The metadata file itself is missing; only its values are known.
    .fix = Give the file once more. It has to be UTF-8 and smaller than 128 KB, so that it can be handed on as it is.

## The package
finding-support-mail-invalid = This is not an e-mail address.
    .fix = The mail opens without it; you can enter it in your mail program.
finding-package-not-sent = The package is ready and not sent yet.
    .fix = Save it, send it to { $to }, and say so here.
finding-package-sent = The package is with { $to }.
finding-package-outdated = The metadata here is not what { $to } has.
    .fix = Send the package once more: with the old certificate every sign-in is refused.
finding-support-unconfirmed = { $to } has not confirmed the addresses yet.
    .fix = When they answer, compare the name and the addresses, and say so here.
finding-support-confirmed = { $to } has confirmed the name and the addresses.
finding-support-confirmed-other = The name or an address was changed after { $to } confirmed it.
    .fix = Put it back as they confirmed it, or say that they confirm what stands here now.

## The test
finding-test-too-early = The other side has to be confirmed first.
    .fix = Until then a test shows nothing but that it is not set up.
finding-sign-in-tested = The test user was signed in.

## On the screen
support-not-real = Not real until { $who } confirms it
support-real = Confirmed by { $who }
support-panel-prepare = The package for { $to }
support-panel-prepare-text = When the metadata and the customer name are there, the package can be sent. The other steps can wait.
support-panel-ready-text = It is ready to be sent.
support-panel-open = Open the package
support-panel-waiting = Waiting for { $who } since { $when }
support-panel-waiting-text = When { $to } answers, enter what they confirmed.
support-panel-answer = Enter their answer
support-panel-confirmed = { $to } has confirmed
support-panel-confirmed-text = Since { $when }. What is left is the test of the sign-in.
support-panel-test = Test the sign-in
support-panel-done = Single sign-on works
support-panel-done-text = Tested by you, { $when }.
support-panel-attention = Something changed after it was sent
support-headline-waiting = Waiting for { $who }
support-lead-waiting = The package was sent on { $when }. Their side is not set up before they answer.
support-lead-done = { $to } has set up the other side, and a sign-in was tested.
support-continue = Continue with “{ $title }”

package-lacking = The package cannot be made yet
package-lacking-go = Open { $step }
package = The package
package-text = One zip file with the metadata and a text with the addresses. Attach it to the mail: mail programs do not let another program attach files.
package-files = In it:
package-save = Save the package…
package-saving = Saving…
package-saved = Saved as { $path }
package-called-off = Not saved.
package-mail = Open the mail
package-mail-opening = Opening…
package-mail-opened = The mail is in your mail program. Attach the package there.
package-address = E-mail address of { $to }
    .hint = Optional. It stands in the contract or on their website.
package-subject = Subject
package-letter = The mail
package-copy-letter = Copy the text
package-sent = I have sent it
package-sent-again = I have sent it again
package-sent-said = Waiting for { $who }.
package-sent-at = Sent, by your word, { $when }
package-not-sent = It was not sent after all
package-not-sent-said = The package is not sent.
package-answer = What { $to } answers
package-answer-text = Compare what they write with what stands here. If they give another name or other addresses, enter those; the addresses made from the name come back when you empty the field.
package-confirm = { $to } has confirmed these
package-confirm-said = The addresses are real now.
package-confirmed-at = Confirmed by { $to }, by your word, { $when }
package-not-confirmed = They have not confirmed after all
package-not-confirmed-said = The addresses are not real yet.
package-reenter = { $idp } may have other addresses than these
package-reenter-text = The addresses changed after you entered them. Enter them in { $idp }, and confirm that they are there.
test-too-early = Not yet
test-too-early-text = { $to } has not confirmed that their side is set up. A test before that fails whatever you did.

## Two people changed the same
conflict-field-customer-name = Customer name
conflict-field-addresses = Addresses given by support

## History
activity-package-sent = The package was sent to { $to }.
activity-package-not-sent = The package was not sent after all.
activity-support-confirmed = The name and the addresses were confirmed.
activity-support-not-confirmed = The name and the addresses are not confirmed any more.

## Refusals
error-set-up-by-support = This service is set up by its support, and in no other way.
    .fix = There is no service to ask, to send to or to change to. Make the package and send it.
error-mail-not-opened = No mail program opened.
    .fix = Copy the text and send it from where you write mails.
error-invalid-input-backend = The service does not take its settings that way.
    .fix = Choose another service or another place for the settings.
error-invalid-input-customer-name = The customer name is missing.
    .fix = Enter it as support gave it to you.
error-invalid-input-confirmed = The package was not sent yet.
    .fix = Send it first; then enter what they confirm.
