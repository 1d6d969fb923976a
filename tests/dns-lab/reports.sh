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
# What resolvers remember: the one of the lab is asked too early, then the record is published.
early() { # NAME DOMAIN RESOLVER
  dig +tries=1 "@$3" "_parallels-challenge.$2" TXT >/dev/null || true
  bash "$(dirname "$0")/publish.sh" "$2" "$(cat "$DNS_LAB/token")"
  until "$signpost" domain check "$2" --roots "$SIGNPOST_ROOTS" --expect "$(cat "$DNS_LAB/token")" >/dev/null; do sleep 0.1; done
  report "$1" "$2" --roots "$SIGNPOST_ROOTS" --resolver "$3"
}
early remembers-nothing remembered.test "$DNS_LAB_RESOLVER"
early remembers-old stale.test "$DNS_LAB_RESOLVER"
early split-horizon horizon.test 127.10.8.1
for domain in doubled apex elsewhere underscore literal cnamevalue spf quoted smart blanks wrong split earlier second \
  cname dangling sent wildcard labelzone dname disagree serials lame refused silent dead halfsilent halfdead \
  noaddress unrouted moved nsdiffer nobody undelegated onhold parked bogus unkeyed expired servfail tcpblocked \
  oldfirewall malformed limited crowded deep.past followed noedns contoso healthy; do
  report "$domain" "$domain.test" --roots "$SIGNPOST_ROOTS"
done
report dark contoso.dark --roots "$SIGNPOST_ROOTS"
report blocked healthy.test --roots "$DNS_LAB/roots.silent" --resolver-list "$SIGNPOST_RESOLVERS"
report intercepted healthy.test --roots "$DNS_LAB/roots.intercepted"
report offline healthy.test
report no-network healthy.test --roots "$DNS_LAB/roots.silent"
# Resolvers that fail, and what stands between.
public() { # NAME DOMAIN LIST
  report "$1" "$2" --roots "$SIGNPOST_ROOTS" --public-resolvers --resolver-list "$DNS_LAB/$3.json"
}
public resolver-fails second.test resolvers
public rejects-signatures bogus.test resolvers
public resolver-limits healthy.test resolvers.busy
public captive-portal healthy.test resolvers.sign-in
public untrusted healthy.test resolvers.other
