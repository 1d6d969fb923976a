#!/bin/bash
# Inside the lab: one report for each mistake of the lab, as JSON, into a folder; the window shows each with
# `npm run findings FOLDER PICTURES` in ui/.
#
#     bash tests/dns-lab/up.sh bash tests/dns-lab/reports.sh SIGNPOST FOLDER
set -euo pipefail
signpost=$1 folder=$2
mkdir -p "$folder"
report() { # NAME ARGUMENT...
  local name=$1
  shift
  "$signpost" --json domain check "$@" --expect "$(cat "$DNS_LAB/token")" >"$folder/$name.json" || [ -s "$folder/$name.json" ]
}
for domain in doubled apex elsewhere underscore literal cnamevalue spf quoted smart blanks wrong split earlier second cname \
  dangling sent wildcard labelzone dname disagree serials lame refused silent dead halfsilent halfdead noaddress unrouted \
  moved nsdiffer nobody undelegated onhold parked bogus unkeyed expired servfail tcpblocked oldfirewall malformed limited \
  crowded contoso healthy; do
  report "$domain" "$domain.test" --roots "$SIGNPOST_ROOTS"
done
report dark contoso.dark --roots "$SIGNPOST_ROOTS"
report lame-resolved lame.test --roots "$SIGNPOST_ROOTS" --resolver "$DNS_LAB_RESOLVER"
report blocked healthy.test --roots "$DNS_LAB/roots.silent" --resolver-list "$SIGNPOST_RESOLVERS"
report intercepted healthy.test --roots "$DNS_LAB/roots.intercepted"
report offline healthy.test
report horizon healthy.test --roots "$SIGNPOST_ROOTS" --resolver 127.10.8.1
