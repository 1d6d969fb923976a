#!/bin/bash
# Writes the configurations and zones of the lab below a folder.
set -euo pipefail
lab=$1
mkdir -p "$lab"/{root,tld,primary,secondary,front,resolver}/{zones,db,run}
token=token=k7m2qv4xhd3nla6p5wz2tyujre
label=_parallels-challenge
echo "$token" >"$lab/token"
echo 127.10.0.1 >"$lab/roots"

# Zones on ns1 (primary) and ns2 (secondary), the second one told of every change.
both='healthy contoso fabrikam adatum cname followed wrong doubled apex quoted smart blanks underscore elsewhere
wildcard away dual same.healthy split'
# On both, but the second one is never told.
untold='disagree lagging'
# On the primary only, reached directly or through the faulty front.
single='dnshost halfdead halfsilent tcponly noedns truncated slow servfail'

### the root and the registries

cat >"$lab/root/zones/root.zone" <<Z
\$TTL 86400
. SOA a.root.test. hostmaster.root.test. 1 1800 900 604800 60
. NS a.root.test.
a.root.test. A 127.10.0.1
test. NS ns.registry.test.
lab. NS ns.registry.test.
ns.registry.test. A 127.10.0.2
; a registry nobody can reach
dark. NS ns.dark.
ns.dark. A 10.127.0.2
Z

registry() { # ZONE: its own records
  echo "\$TTL 3600"
  echo "$1. SOA ns.registry.test. hostmaster.registry.test. 1 1800 900 604800 30"
  echo "$1. NS ns.registry.test."
}
{
  registry test
  echo 'ns.registry.test. A 127.10.0.2'
  echo 'a.root.test. A 127.10.0.1'
  printf 'ns1.dnshost.test. A 127.10.1.1\nns2.dnshost.test. A 127.10.1.2\n'
  for zone in $both $untold dnshost; do
    case $zone in *.* | away | dual) continue ;; esac
    printf '%s.test. NS ns1.dnshost.test.\n%s.test. NS ns2.dnshost.test.\n' "$zone" "$zone"
  done
  cat <<'Z'
; its name servers stand under another registry, without addresses here
away.test. NS ns1.dns.lab.
away.test. NS ns2.dns.lab.
; one name server at an IPv4 and an IPv6 address
dual.test. NS ns.dual.test.
ns.dual.test. A 127.10.1.1
ns.dual.test. AAAA fd10::101
; packets to 10.127.0.2 are lost; at 127.10.1.99 the port is closed
halfsilent.test. NS ns1.dnshost.test.
halfsilent.test. NS ns.halfsilent.test.
ns.halfsilent.test. A 10.127.0.2
silent.test. NS ns.silent.test.
ns.silent.test. A 10.127.0.2
halfdead.test. NS ns1.dnshost.test.
halfdead.test. NS dead.halfdead.test.
dead.halfdead.test. A 127.10.1.99
dead.test. NS ns.dead.test.
ns.dead.test. A 127.10.1.99
; the servers named do not serve it: one refuses, one only points elsewhere
refused.test. NS ns1.dnshost.test.
lame.test. NS a.root.test.
; the name servers' names have no address, or only each other
noaddress.test. NS ns.nowhere.lab.
loop-a.test. NS ns.loop-b.test.
loop-b.test. NS ns.loop-a.test.
; known to the registry, but no servers are named
undelegated.test. A 192.0.2.10
; behind the faulty front
front.test. NS ns1.dnshost.test.
ns.front.test. A 127.10.1.3
Z
  for zone in tcponly noedns truncated slow servfail; do echo "$zone.test. NS ns.front.test."; done
} >"$lab/tld/zones/test"
{
  registry lab
  printf 'dns.lab. NS ns1.dns.lab.\nns1.dns.lab. A 127.10.1.1\nns2.dns.lab. A 127.10.1.2\n'
} >"$lab/tld/zones/lab"

### the domains

zone() { # the records every domain has; "does not exist" may be kept for 20 s
  echo '$TTL 300'
  echo '@ SOA ns1.dnshost.test. hostmaster.dnshost.test. 1 3600 600 604800 20'
  printf '@ NS ns1.dnshost.test.\n@ NS ns2.dnshost.test.\n@ A 192.0.2.10\n@ TXT "v=spf1 -all"\n'
}
records() { # DOMAIN: what makes it the case it stands for
  case $1 in
  healthy | away | dual | same.healthy | halfdead | halfsilent | tcponly | noedns | truncated | slow | servfail)
    echo "$label TXT \"$token\"" ;;
  split) echo "$label TXT \"${token:0:9}\" \"${token:9}\"" ;;
  dnshost) printf 'ns1 A 127.10.1.1\nns2 A 127.10.1.2\n' ;;
  cname) echo "$label CNAME verify.other.lab." ;;
  followed) printf '%s CNAME target\ntarget TXT "%s"\n' "$label" "$token" ;;
  wrong) echo "$label TXT \"${token/nla/n1a}\"" ;;
  doubled) echo "$label.doubled.test TXT \"$token\"" ;;
  apex) echo "@ TXT \"$token\"" ;;
  quoted) echo "$label TXT \"\\\"$token\\\"\"" ;;
  smart) echo "$label TXT \"\\226\\128\\156$token\\226\\128\\157\"" ;;
  blanks) echo "$label TXT \"$token \"" ;;
  underscore) echo "${label#_} TXT \"$token\"" ;;
  elsewhere) echo "$label.www TXT \"$token\"" ;;
  wildcard) echo '* TXT "v=spf1 -all"' ;;
  esac
}
for zone in $both $untold $single; do
  { zone; records "$zone"; } >"$lab/primary/zones/$zone.test"
done
{ zone; printf 'ns1 A 127.10.1.1\nns2 A 127.10.1.2\n'; } >"$lab/primary/zones/dns.lab"

### the servers

knot() { # NAME ADDRESSES
  cat <<C
server:
    rundir: $lab/$1/run
    listen: [$2]
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: $lab/$1/db
    journal-db-max-size: 16M
    kasp-db-max-size: 16M
    timer-db-max-size: 4M
log:
  - target: $lab/$1/log
    any: info
acl:
  - id: transfer
    address: [127.0.0.0/8, fd10::/16]
    action: transfer
  - id: update
    address: [127.0.0.0/8, fd10::/16]
    action: update
remote:
  - id: secondary
    address: 127.10.1.2@53
template:
  - id: default
    storage: $lab/$1/zones
    file: "%s"
    acl: [transfer, update]
    zonefile-sync: -1
    journal-content: none
  - id: told
    storage: $lab/$1/zones
    file: "%s"
    acl: [transfer, update]
    notify: secondary
    zonefile-sync: -1
    journal-content: none
zone:
C
}
{
  knot root 127.10.0.1@53
  printf '  - domain: .\n    file: root.zone\n'
} >"$lab/root/knot.conf"
{
  knot tld 127.10.0.2@53
  printf '  - domain: test\n  - domain: lab\n'
} >"$lab/tld/knot.conf"
{
  knot primary '127.10.1.1@53, fd10::101@53'
  for zone in $both; do printf '  - domain: %s.test\n    template: told\n' "$zone"; done
  for zone in $untold $single; do echo "  - domain: $zone.test"; done
  echo '  - domain: dns.lab'
} >"$lab/primary/knot.conf"

for zone in $both $untold dnshost; do echo "$zone.test"; done >"$lab/secondary/zones.list"
echo dns.lab >>"$lab/secondary/zones.list"
{
  cat <<C
server:
    ip-address: 127.10.1.2
    port: 53
    username: ""
    chroot: ""
    zonesdir: "$lab/secondary/zones"
    database: ""
    pidfile: "$lab/secondary/nsd.pid"
    xfrdfile: "$lab/secondary/xfrd.state"
    xfrdir: "$lab/secondary/run"
    zonelistfile: "$lab/secondary/zone.list"
    logfile: "$lab/secondary/log"
    server-count: 1
    rrl-ratelimit: 0
    xfrd-reload-timeout: 0
remote-control:
    control-enable: yes
    control-interface: $lab/secondary/control
C
  while read -r zone; do
    printf 'zone:\n    name: "%s"\n    request-xfr: AXFR 127.10.1.1@53 NOKEY\n    allow-notify: 127.0.0.0/8 NOKEY\n' "$zone"
  done <"$lab/secondary/zones.list"
} >"$lab/secondary/nsd.conf"

cat >"$lab/front/dnsdist.conf" <<C
setSecurityPollSuffix("")
setLocal("127.10.1.3:53")
setACL("127.0.0.0/8")
newServer({address="127.10.1.1:53", healthCheckMode="up"})
addAction(AndRule({makeRule("tcponly.test."), TCPRule(false)}), DropAction())
addAction(AndRule({makeRule("noedns.test."), RecordsTypeCountRule(DNSSection.Additional, 41, 1, 1)}), RCodeAction(DNSRCode.FORMERR))
addAction(AndRule({makeRule("truncated.test."), TCPRule(false)}), TCAction())
addAction(makeRule("slow.test."), DelayAction(700))
addAction(makeRule("servfail.test."), RCodeAction(DNSRCode.SERVFAIL))
C

printf '. 3600 NS a.root.test.\na.root.test. 3600 A 127.10.0.1\n' >"$lab/resolver/hints"
cat >"$lab/resolver/unbound.conf" <<C
server:
    interface: 127.10.9.1
    port: 53
    do-ip6: no
    username: ""
    chroot: ""
    directory: "$lab/resolver"
    pidfile: "$lab/resolver/unbound.pid"
    logfile: "$lab/resolver/log"
    use-syslog: no
    num-threads: 1
    module-config: "iterator"
    access-control: 127.0.0.0/8 allow
    do-not-query-localhost: no
    root-hints: "$lab/resolver/hints"
    local-zone: "test." nodefault
C
