#!/bin/bash
# Writes the configurations and zones of the lab below a folder.
set -euo pipefail
lab=$1
mkdir -p "$lab"/{root,tld,primary,secondary,front,resolver,company,encrypted}/{zones,db,run} "$lab/keys"
token=token=k7m2qv4xhd3nla6p5wz2tyujre
label=_parallels-challenge
echo "$token" >"$lab/token"
echo 127.10.0.1 >"$lab/roots"
# The same root server, where a firewall counts the questions.
echo 127.10.0.11 >"$lab/roots.counted"
# Root servers nobody can reach, and one whose questions somebody else answers.
echo 10.127.0.2 >"$lab/roots.silent"
echo 10.127.0.3 >"$lab/roots.intercepted"

# Zones on ns1 (primary) and ns2 (secondary), the second one told of every change.
both='healthy contoso fabrikam adatum cname followed wrong doubled apex quoted smart blanks underscore elsewhere
wildcard away dual same.healthy split literal spf cnamevalue dangling sent dname labelzone earlier second crowded nsdiffer
horizon remembered stale compared signed deep.signed bogus expired unkeyed past deep.past'
# On both, but the second one is never told.
untold='disagree lagging serials'
# On the primary only, reached directly or through the faulty front.
single='dnshost halfdead halfsilent tcponly noedns truncated slow servfail tcpblocked malformed limited oldfirewall moved unrouted counted hasty busy slipping
parked hosting onhold _parallels-challenge.labelzone'

### the root and the registries

cat >"$lab/root/zones/root.zone" <<Z
\$TTL 86400
. SOA a.root.test. hostmaster.root.test. 1 1800 900 604800 60
. NS a.root.test.
a.root.test. A 127.10.0.1
test. NS ns.registry.test.
lab. NS ns.registry.test.
com. NS ns.registry.test.
net. NS ns.registry.test.
ns.registry.test. A 127.10.0.2
; a registry with two servers, which count
crowd. NS ns1.registry.crowd.
crowd. NS ns2.registry.crowd.
ns1.registry.crowd. A 127.10.0.21
ns2.registry.crowd. A 127.10.0.22
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
; a parking service, and a registrar that took the domain out of use
parked.test. NS ns1.sedoparking.com.
onhold.test. NS ns1.renewyourname.net.
; moved to another provider; the old one still has the zone
moved.test. NS ns.newhost.test.
newhost.test. NS ns1.dnshost.test.
ns.newhost.test. A 127.10.1.4
; behind a firewall that lets no EDNS through
oldfirewall.test. NS ns.oldfirewall.test.
ns.oldfirewall.test. A 127.10.1.5
; the second server has an address of the other kind only, to which there is no way
unrouted.test. NS ns1.dnshost.test.
unrouted.test. NS ns.unrouted.test.
ns.unrouted.test. AAAA 2001:db8::53
; the primary at two more addresses, where a firewall counts the questions and loses those that are too many
counted.test. NS ns.counted.test.
ns.counted.test. A 127.10.1.6
hasty.test. NS ns.hasty.test.
ns.hasty.test. A 127.10.1.7
; the front, where it refuses those that are too many; and the server that cuts its answers then
busy.test. NS ns.busy.test.
ns.busy.test. A 127.10.1.8
slipping.test. NS ns.slipping.test.
ns.slipping.test. A 127.10.1.9
; a DNS host whose own name server is the primary at an address where a firewall counts the questions
hosting.test. NS ns.hosting.test.
ns.hosting.test. A 127.10.1.10
; behind the faulty front
front.test. NS ns1.dnshost.test.
ns.front.test. A 127.10.1.3
Z
  for zone in tcponly noedns truncated slow servfail tcpblocked malformed limited; do echo "$zone.test. NS ns.front.test."; done
} >"$lab/tld/zones/test"
{
  registry lab
  printf 'hosted.lab. NS ns1.hosting.test.\ndns.lab. NS ns1.dns.lab.\nns1.dns.lab. A 127.10.1.1\nns2.dns.lab. A 127.10.1.2\n'
} >"$lab/tld/zones/lab"

{
  registry crowd
  printf '%s\n' 'contoso.crowd. NS ns1.dnshost.test.' 'ns1.registry.crowd. A 127.10.0.21' 'ns2.registry.crowd. A 127.10.0.22'
} >"$lab/tld/zones/crowd"

for tld in com:sedoparking net:renewyourname; do
  name=${tld#*:}.${tld%:*}
  {
    registry "${tld%:*}"
    printf '%s. NS ns1.%s.\nns1.%s. A 127.10.1.1\n' "$name" "$name" "$name"
  } >"$lab/tld/zones/${tld%:*}"
done

### the domains

servers() { # DOMAIN: its name servers, as the registry has them
  case $1 in
  away) echo 'ns1.dns.lab. ns2.dns.lab.' ;;
  dual) echo ns.dual.test. ;;
  halfdead) echo 'ns1.dnshost.test. dead.halfdead.test.' ;;
  halfsilent) echo 'ns1.dnshost.test. ns.halfsilent.test.' ;;
  tcponly | noedns | truncated | slow | servfail | tcpblocked | malformed | limited) echo ns.front.test. ;;
  oldfirewall | counted | hasty | busy | slipping | hosting) echo "ns.$1.test." ;;
  unrouted) echo 'ns1.dnshost.test. ns.unrouted.test.' ;;
  hosted.lab) echo ns1.hosting.test. ;;
  parked) echo ns1.sedoparking.com. ;;
  onhold) echo ns1.renewyourname.net. ;;
  _parallels-challenge.labelzone) echo ns1.dnshost.test. ;;
  nsdiffer) echo 'ns1.dnshost.test. ns9.dnshost.test.' ;;
  *) echo 'ns1.dnshost.test. ns2.dnshost.test.' ;;
  esac
}
zone() { # DOMAIN: the records every domain has; "does not exist" may be kept for 20 s
  echo '$TTL 300'
  echo '@ SOA ns1.dnshost.test. hostmaster.dnshost.test. 1 3600 600 604800 20'
  for server in $(servers "$1"); do echo "@ NS $server"; done
  printf '@ A 192.0.2.10\n@ TXT "v=spf1 -all"\n'
}
records() { # DOMAIN: what makes it the case it stands for
  case $1 in
  healthy | away | dual | same.healthy | halfdead | halfsilent | tcponly | noedns | truncated | slow | servfail | \
    malformed | limited | oldfirewall | nsdiffer | moved | deep.signed | bogus | expired | unkeyed | unrouted | serials | deep.past)
    echo "$label TXT \"$token\"" ;;
  split) echo "$label TXT \"${token:0:9}\" \"${token:9}\"" ;;
  dnshost) printf 'ns1 A 127.10.1.1\nns2 A 127.10.1.2\nedge A 127.10.9.2\n' ;;
  hosting) printf 'ns A 127.10.1.10\nns1 A 127.10.1.11\n' ;;
  cname) echo "$label CNAME verify.dns.lab." ;;
  dangling) echo "$label CNAME nothing.dns.lab." ;;
  sent) echo "$label CNAME token.dns.lab." ;;
  cnamevalue) echo "$label CNAME ${token#token=}" ;;
  dname) echo '@ DNAME names.dns.lab.' ;;
  literal) echo "\\@ TXT \"$token\"" ;;
  spf) echo "$label TYPE99 \\# $((${#token} + 1)) $(printf '%02x' ${#token})$(printf %s "$token" | od -An -v -tx1 | tr -d ' \n')" ;;
  labelzone) echo "$label NS ns1.dnshost.test." ;;
  _parallels-challenge.labelzone) echo "@ TXT \"$token\"" ;;
  earlier) echo "$label TXT \"token=abcdefghijklmnopqrstuvwx23\"" ;;
  signed | past) printf '%s TXT "%s"\ndeep NS ns1.dnshost.test.\ndeep NS ns2.dnshost.test.\n' "$label" "$token" ;;
  second) printf '%s TXT "%s"\n' "$label" token=abcdefghijklmnopqrstuvwx23 "$label" "$token" ;;
  crowded | tcpblocked)
    echo "$label TXT \"$token\""
    for number in $(seq 40); do echo "$label TXT \"another service of ours, number $number, wants to be proven here too\""; done ;;
  stale) echo "$label 15 TXT \"token=abcdefghijklmnopqrstuvwx23\"" ;;
  contoso) echo '_domainconnect TXT "connect.dns.lab"' ;;
  followed) printf '%s CNAME target\ntarget TXT "%s"\n_domainconnect CNAME settings.dns.lab.\n' "$label" "$token" ;;
  wrong) echo "$label TXT \"${token/nla/n1a}\"" ;;
  doubled) echo "$label.doubled.test TXT \"$token\"" ;;
  apex) echo "@ TXT \"$token\"" ;;
  quoted) echo "$label TXT \"\\\"$token\\\"\"" ;;
  smart) echo "$label TXT \"\\226\\128\\156$token\\226\\128\\157\"" ;;
  blanks) echo "$label TXT \"$token \"" ;;
  underscore) echo "${label#_} TXT \"$token\"" ;;
  elsewhere) echo "$label.www TXT \"$token\"" ;;
  counted | hasty | busy | slipping) echo "* TXT \"$token\"" ;;
  wildcard) echo '* TXT "v=spf1 -all"' ;;
  esac
}
for zone in $both $untold $single; do
  { zone "$zone"; records "$zone"; } >"$lab/primary/zones/$zone.test"
done
{
  zone away
  printf 'ns1 A 127.10.1.1\nns2 A 127.10.1.2\nverify A 192.0.2.10\ntoken TXT "%s"\n' "$token"
  # Who says how zones are edited here (Domain Connect); another name at the same address, one where nobody listens.
  printf 'settings TXT "connect.dns.lab"\nconnect CNAME edge.dnshost.test.\nother A 127.10.9.2\nclosed A 127.10.1.99\n'
} >"$lab/primary/zones/dns.lab"
for name in contoso.crowd hosted.lab; do
  {
    zone $name
    echo "* TXT \"$token\""
  } >"$lab/primary/zones/$name"
done
for name in sedoparking.com renewyourname.net; do
  printf '$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 604800 20\n@ NS ns1\nns1 A 127.10.1.1\n' >"$lab/primary/zones/$name"
done

# sign DOMAIN [WHEN]: signs a zone in place, for a year from WHEN on, and prints its DS record.
sign() {
  local file=$lab/primary/zones/$1.test key
  key=$(dnssec-keygen -q -K "$lab/keys" -a ECDSAP256SHA256 -f KSK "$1.test")
  cat "$lab/keys/$key.key" >>"$file"
  dnssec-signzone -q -P -d "$lab/keys" -z -x -S -K "$lab/keys" -o "$1.test" -s "${2:-now-3600}" -e "${3:-now+31536000}" -f "$file.signed" "$file" >/dev/null 2>&1
  mv "$file.signed" "$file"
  dnssec-dsfromkey -2 "$lab/keys/$key.key"
}
sign deep.signed >>"$lab/primary/zones/signed.test"
other=$(sign signed | tee -a "$lab/tld/zones/test")
# The DS record of another key; one for a zone without keys; signatures of long ago.
sign bogus >/dev/null
echo "$other" | sed 's/^signed/bogus/' | tee "$lab/resolver/bogus.ds" >>"$lab/tld/zones/test"
echo "$other" | sed 's/^signed/unkeyed/' >>"$lab/tld/zones/test"
sign expired 20200101000000 20210101000000 >>"$lab/tld/zones/test"
# Signatures of long ago above it too: to this computer, its own clock is wrong.
sign deep.past 20200101000000 20210101000000 >>"$lab/primary/zones/past.test"
sign past 20200101000000 20210101000000 >/dev/null

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
  knot root '127.10.0.1@53, 127.10.0.11@53'
  printf '  - domain: .\n    file: root.zone\n'
} >"$lab/root/knot.conf"
{
  knot tld '127.10.0.2@53, 127.10.0.21@53, 127.10.0.22@53, 127.10.0.23@53'
  printf '  - domain: %s\n' test lab com net crowd
} >"$lab/tld/knot.conf"
{
  knot primary '127.10.1.1@53, 127.10.1.6@53, 127.10.1.7@53, 127.10.1.9@53, 127.10.1.10@53, 127.10.1.11@53, fd10::101@53' |
    sed 's/^template:/mod-rrl:\n  - id: few\n    rate-limit: 10\n    slip: 1\n&/'
  for zone in $both; do printf '  - domain: %s.test\n    template: told\n' "$zone"; done
  for zone in $untold $single; do echo "  - domain: $zone.test"; done | sed 's/slipping.*/&\n    module: mod-rrl\/few/'
  printf '  - domain: %s\n' dns.lab sedoparking.com renewyourname.net contoso.crowd hosted.lab
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
addLocal("127.10.1.5:53")
addLocal("127.10.1.8:53")
setACL("127.0.0.0/8")
newServer({address="127.10.1.1:53", healthCheckMode="up"})
addAction(AndRule({makeRule("tcponly.test."), TCPRule(false)}), DropAction())
addAction(AndRule({makeRule("noedns.test."), RecordsTypeCountRule(DNSSection.Additional, 41, 1, 1)}), RCodeAction(DNSRCode.FORMERR))
addAction(AndRule({makeRule("truncated.test."), TCPRule(false)}), TCAction())
addAction(AndRule({makeRule("busy.test."), MaxQPSIPRule(20)}), RCodeAction(DNSRCode.REFUSED))
addAction(makeRule("slow.test."), DelayAction(700))
addAction(makeRule("servfail.test."), RCodeAction(DNSRCode.SERVFAIL))
addAction(AndRule({makeRule("tcpblocked.test."), QTypeRule(DNSQType.TXT), TCPRule(false)}), TCAction())
addAction(AndRule({makeRule("tcpblocked.test."), QTypeRule(DNSQType.TXT)}), DropAction())
addAction(AndRule({makeRule("malformed.test."), QTypeRule(DNSQType.TXT)}), SpoofRawAction("\\255short"))
addAction(AndRule({makeRule("limited.test."), QTypeRule(DNSQType.TXT)}), RCodeAction(DNSRCode.REFUSED))
C

printf '. 3600 NS a.root.test.\na.root.test. 3600 A 127.10.0.1\n' >"$lab/resolver/hints"
cat >"$lab/resolver/unbound.conf" <<C
server:
    interface: 127.10.9.1
    interface: 127.10.9.4
    port: 53
    do-ip6: no
    username: ""
    chroot: ""
    directory: "$lab/resolver"
    pidfile: "$lab/resolver/unbound.pid"
    logfile: "$lab/resolver/log"
    use-syslog: no
    num-threads: 1
    module-config: "validator iterator"
    trust-anchor: "$(sed 's/"//g' "$lab/resolver/bogus.ds")"
    ede: yes
    access-control: 127.0.0.0/8 allow
    do-not-query-localhost: no
    root-hints: "$lab/resolver/hints"
    local-zone: "test." nodefault
C

# A company's own name server: another zone of a name that the world knows too, and the provider moved.test went to.
cat >"$lab/company/named.conf" <<C
options {
  directory "$lab/company";
  listen-on port 53 { 127.10.8.1; 127.10.1.4; };
  listen-on-v6 { none; };
  pid-file "$lab/company/named.pid";
  session-keyfile "$lab/company/session.key";
  managed-keys-directory "$lab/company/db";
  recursion yes;
  allow-query { any; };
  allow-recursion { any; };
  dnssec-validation no;
};
controls { };
zone "." { type hint; file "$lab/resolver/hints"; };
zone "horizon.test" { type primary; file "$lab/company/zones/horizon.test"; };
zone "moved.test" { type primary; file "$lab/company/zones/moved.test"; allow-update { 127.0.0.0/8; }; };
C
printf '$TTL 60\n@ SOA ad.company.lab. it.company.lab. 1 3600 600 604800 60\n@ NS ad.company.lab.\nintranet A 10.0.0.5\n' \
  >"$lab/company/zones/horizon.test"
{
  echo '$TTL 300'
  echo '@ SOA ns1.dnshost.test. hostmaster.dnshost.test. 1 3600 600 604800 20'
  printf '@ NS ns.newhost.test.\n@ A 192.0.2.20\n'
} >"$lab/company/zones/moved.test"

# The resolver over HTTPS, with a certificate of the lab's own authority; two more of its paths behave as a sign-in page
# and as a resolver that is asked too often.
tls=$lab/encrypted
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=DNS lab' \
  -addext basicConstraints=critical,CA:TRUE -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>/dev/null
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=resolver.lab \
  -keyout "$tls/key.pem" -out "$tls/request" 2>/dev/null
openssl x509 -req -in "$tls/request" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -days 30 -out "$tls/cert.pem" \
  -extfile <(echo 'subjectAltName=DNS:resolver.lab,DNS:connect.dns.lab') 2>/dev/null
cat >"$tls/dnsdist.conf" <<C
setSecurityPollSuffix("")
setLocal("127.10.9.2:53")
setACL("127.0.0.0/8")
newServer({address="127.10.9.1:53", healthCheckMode="up"})
addAction(makeRule("second.test."), RCodeAction(DNSRCode.SERVFAIL))
addDOHLocal("127.10.9.2:443", "$tls/cert.pem", "$tls/key.pem", {"/dns-query", "/sign-in", "/busy",
  "/v2/contoso.test/settings", "/v2/unknown.test/settings", "/v2/large.test/settings", "/v2/moved.test/settings"})
connect = '{"providerId": "host.lab", "providerName": "Lab Host", "providerDisplayName": "The Lab Host", ' ..
  '"urlSyncUX": "https://ux.dns.lab", "urlControlPanel": "https://panel.dns.lab/zone/%domain%"}'
getDOHFrontend(0):setResponsesMap({
  newDOHResponseMapEntry("^/sign-in$", 307, "https://portal.lab/"),
  newDOHResponseMapEntry("^/busy$", 429, "later"),
  newDOHResponseMapEntry("^/v2/contoso.test/settings$", 200, connect, {["content-type"]="application/json"}),
  newDOHResponseMapEntry("^/v2/unknown.test/settings$", 404, "no such zone"),
  newDOHResponseMapEntry("^/v2/large.test/settings$", 200, string.rep("x", 70000)),
  newDOHResponseMapEntry("^/v2/moved.test/settings$", 307, "https://127.0.0.1/")
})
C
resolver_list() { # FILE URL: a list with one resolver
  echo "[{\"operator\": \"Lab\", \"address\": \"127.10.9.2\", \"url\": \"$2\"}]" >"$lab/$1.json"
}
resolver_list resolvers https://resolver.lab/dns-query
# What stands between, as a list each.
resolver_list resolvers.sign-in https://resolver.lab/sign-in
resolver_list resolvers.busy https://resolver.lab/busy
resolver_list resolvers.other https://other.lab/dns-query
