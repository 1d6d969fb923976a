#!/bin/bash
# Name servers for measurements: a root, a registry and one knot with many small zones, in a user and network namespace
# of its own, so that no rights are needed and nothing outside is reached.
#
#     bash tests/dns-lab/many.sh COUNT COMMAND [ARGUMENT...]
#
# COUNT domains `near-N.test` are answered at once, as many `far-N.test` 30 ms later, by `measure delay` of xtask, whose
# path is in $MEASURE. Every one has the record `_parallels-challenge` with the value in $MANY/token and two name servers.
# The command finds in its environment:
#
#   SIGNPOST_ROOTS   the file with the root server
#   MANY             the folder with configurations, logs and `token`
#   MANY_NEAR, MANY_FAR   one name server of each kind
#
# The named counter `questions` of nftables (table ip many) counts the datagrams and connections to all servers, without
# those that are passed on; `delayed` counts only those that are answered 30 ms later.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
needs knotd dig nft ip unshare setpriv
: "${MEASURE:?is to be the path of the program measure}"
in_own_network "$here/many.sh" "$@"
count=$1
shift

folder dns-many
export MANY=$lab SIGNPOST_ROOTS=$lab/roots MANY_NEAR=127.20.1.1 MANY_FAR=127.20.2.1

ip link set lo up
nft -f - <<'N'
table ip many {
  counter questions { }
  counter delayed { }
  chain counting {
    type filter hook input priority 0;
    ip daddr 127.20.0.0/22 udp dport 53 counter name questions
    ip daddr 127.20.0.0/22 tcp dport 53 tcp flags syn / syn,ack counter name questions
    ip daddr 127.20.2.0/24 udp dport 53 counter name delayed
    ip daddr 127.20.2.0/24 tcp dport 53 tcp flags syn / syn,ack counter name delayed
  }
}
N

token=token=k7m2qv4xhd3nla6p5wz2tyujre
echo "$token" >"$MANY/token"
echo 127.20.0.1 >"$MANY/roots"
mkdir -p "$MANY"/{root,registry,hosts}/{zones,db,run}

cat >"$MANY/root/zones/root" <<'Z'
$TTL 86400
. SOA a.root.test. hostmaster.root.test. 1 1800 900 604800 60
. NS a.root.test.
a.root.test. A 127.20.0.1
test. NS ns.registry.test.
ns.registry.test. A 127.20.0.2
Z
{
  cat <<'Z'
$TTL 3600
@ SOA ns.registry hostmaster.registry 1 1800 900 604800 30
@ NS ns.registry
ns.registry A 127.20.0.2
a.root A 127.20.0.1
ns1.near-host A 127.20.1.1
ns2.near-host A 127.20.1.2
ns1.far-host A 127.20.2.1
ns2.far-host A 127.20.2.2
near-host NS ns1.near-host
far-host NS ns1.far-host
Z
  for kind in near far; do
    seq 1 "$count" | sed "s/.*/$kind-& NS ns1.$kind-host\n$kind-& NS ns2.$kind-host/"
  done
} >"$MANY/registry/zones/test"
# All domains of a kind have the same content, so one file will do for them.
for kind in near far; do
  cat >"$MANY/hosts/zones/$kind" <<Z
\$TTL 300
@ SOA ns1.$kind-host.test. hostmaster.$kind-host.test. 1 3600 600 604800 20
@ NS ns1.$kind-host.test.
@ NS ns2.$kind-host.test.
@ A 192.0.2.10
@ TXT "v=spf1 -all"
_parallels-challenge TXT "$token"
Z
done

# knot NAME ADDRESS...: its configuration up to the zones; nothing is ever written back, one worker answers.
knot() {
  local name=$1
  shift
  echo "server:"
  for address in "$@"; do echo "    listen: $address@53"; done
  cat <<C
    udp-workers: 1
    tcp-workers: 1
    background-workers: 2
    rundir: "$MANY/$name/run"
    pidfile: "$MANY/$name/pid"
database:
    storage: "$MANY/$name/db"
log:
  - target: stderr
    any: warning
template:
  - id: default
    storage: "$MANY/$name/zones"
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
    zone-max-size: 1G
zone:
C
}
{ knot root 127.20.0.1; printf '  - domain: .\n    file: root\n'; } >"$MANY/root/knot.conf"
{ knot registry 127.20.0.2; printf '  - domain: test.\n    file: test\n'; } >"$MANY/registry/knot.conf"
{
  knot hosts 127.20.1.1 127.20.1.2 127.20.9.1 127.20.9.2
  for kind in near far; do seq 1 "$count" | sed "s/.*/  - domain: $kind-&.test.\n    file: $kind/"; done
} >"$MANY/hosts/knot.conf"

mkdir "$MANY/delay"
start root knotd -c "$MANY/root/knot.conf"
start registry knotd -c "$MANY/registry/knot.conf"
start hosts knotd -c "$MANY/hosts/knot.conf"
start delay "$MEASURE" delay 30 127.20.2.1=127.20.9.1 127.20.2.2=127.20.9.2

await 127.20.0.1 . SOA
await 127.20.0.2 test SOA
for server in 127.20.1.1 127.20.2.1; do
  await "$server" near-1.test SOA
  await "$server" "far-$count.test" SOA
done

inside "$@"
