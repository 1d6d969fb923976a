#!/bin/bash
# Name servers for measurements: a root, a registry and one knot with many small zones, in a user and network namespace
# of its own, so that no rights are needed and nothing outside is reached.
#
#     bash tests/dns-lab/many.sh COUNT COMMAND [ARGUMENT...]
#
# COUNT domains `near-N.test` are answered at once, as many `far-N.test` 30 ms later (dnsdist). Every one has the record
# `_parallels-challenge` with the value in $MANY/token and two name servers. The command finds in its environment:
#
#   SIGNPOST_ROOTS   the file with the root server
#   MANY             the folder with configurations, logs and `token`
#   MANY_NEAR, MANY_FAR   one name server of each kind
#
# The named counter `questions` of nftables (table ip many) counts the datagrams and connections to all servers, without
# those that dnsdist passes on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/sbin:/sbin
for program in knotd dnsdist dig nft ip unshare setpriv; do
  command -v "$program" >/dev/null || { echo "many.sh: $program is not installed; see README.md" >&2; exit 125; }
done
if [ "${MANY_NAMESPACE:-}" != "$$" ]; then
  exec unshare --user --map-root-user --net bash -c 'export MANY_NAMESPACE=$$; exec bash "$@"' many "$here/many.sh" "$@"
fi
count=$1
shift

MANY=$(mktemp -d "${TMPDIR:-/tmp}/dns-many.XXXXXX")
export MANY SIGNPOST_ROOTS=$MANY/roots MANY_NEAR=127.20.1.1 MANY_FAR=127.20.2.1
servers=()
down() {
  [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$MANY"
}
trap down EXIT
trap 'exit 130' INT TERM HUP

ip link set lo up
nft -f - <<'N'
table ip many {
  counter questions { }
  chain counting {
    type filter hook input priority 0;
    ip daddr 127.20.0.0/22 udp dport 53 counter name questions
    ip daddr 127.20.0.0/22 tcp dport 53 tcp flags syn / syn,ack counter name questions
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
  knot hosts 127.20.1.1 127.20.1.2 127.20.9.1
  for kind in near far; do seq 1 "$count" | sed "s/.*/  - domain: $kind-&.test.\n    file: $kind/"; done
} >"$MANY/hosts/knot.conf"

mkdir "$MANY/delay"
cat >"$MANY/delay/dnsdist.conf" <<'C'
setSecurityPollSuffix("")
setLocal("127.20.2.1:53")
addLocal("127.20.2.2:53")
setACL("127.0.0.0/8")
newServer({address="127.20.9.1:53", healthCheckMode="up", sockets=4})
addAction(AllRule(), DelayAction(30))
C

start() {
  local name=$1
  shift
  setpriv --pdeathsig TERM "$@" >"$MANY/$name/out" 2>&1 &
  servers+=($!)
}
start root knotd -c "$MANY/root/knot.conf"
start registry knotd -c "$MANY/registry/knot.conf"
start hosts knotd -c "$MANY/hosts/knot.conf"
start delay dnsdist --supervised --disable-syslog -C "$MANY/delay/dnsdist.conf"

# await SERVER NAME: until it answers for the name.
await() {
  local deadline=$((SECONDS + 120))
  until dig +short +norecurse +time=1 +tries=1 "@$1" "$2" SOA 2>/dev/null | grep -q '^[^;]'; do
    if [ $SECONDS -ge $deadline ]; then
      echo "many.sh: $1 does not answer for $2 after 120 s; last words:" >&2
      tail -n 5 "$MANY"/*/out >&2
      exit 125
    fi
    sleep 0.05
  done
}
await 127.20.0.1 .
await 127.20.0.2 test
for server in 127.20.1.1 127.20.2.1; do
  await "$server" near-1.test
  await "$server" "far-$count.test"
done

set +e
"$@" <&0 &
servers+=($!)
wait $!
exit $?
