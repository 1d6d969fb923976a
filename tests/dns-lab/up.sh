#!/bin/bash
# Brings a small Internet of name servers up on loopback, runs a command in it, and takes it down again:
#
#     bash tests/dns-lab/up.sh COMMAND [ARGUMENT...]
#
# Everything happens in a user and network namespace of its own, so no rights are needed, port 53 is free, and
# nothing outside is touched or reached. See README.md for the zones.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
needs knotd knotc nsd nsd-control unbound dnsdist named dig nsupdate dnssec-signzone nft openssl ip unshare setpriv
if [ $# -eq 0 ]; then
  echo "dns-lab: give a command to run, for example: bash $0 bash" >&2
  exit 125
fi
in_own_network "$here/up.sh" "$@"

folder dns-lab
export DNS_LAB=$lab
export SIGNPOST_ROOTS=$DNS_LAB/roots DNS_LAB_PRIMARY=127.10.1.1 DNS_LAB_RESOLVER=127.10.9.1
export SIGNPOST_RESOLVERS=$DNS_LAB/resolvers.json SSL_CERT_FILE=$DNS_LAB/encrypted/ca.pem
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy

ip link set lo up
ip -6 addr add fd10::101/128 dev lo nodad
# What is sent to 10.127.0.2 leaves by one end of this cable and is dropped at the other: a host that stays silent.
ip link add quiet type veth peer name nowhere
ip addr add 10.127.0.1/24 dev quiet
ip link set quiet up
ip link set nowhere up
ip addr add 127.10.8.1/32 dev lo
ip addr add 127.10.1.4/32 dev lo
# Somebody answers what is sent to 10.127.0.3, and even to an address that belongs to nobody; in front of 127.10.1.5 is
# a firewall that takes everything behind the question of a datagram for an attack.
ip route add 192.0.2.1/32 dev quiet
nft -f - <<'N'
table ip lab {
  chain diverted {
    type nat hook output priority -100;
    ip daddr { 10.127.0.3, 192.0.2.1 } udp dport 53 dnat to 127.10.9.1:53
    ip daddr { 10.127.0.3, 192.0.2.1 } tcp dport 53 dnat to 127.10.9.1:53
  }
  chain returned {
    type nat hook postrouting priority 100;
    ip daddr 127.10.9.1 ip saddr 10.127.0.1 snat to 127.0.0.1
  }
  # What is sent to those who count, in datagrams and connections; what is more than 50 a second, and lost above 40.
  counter resolver { }
  counter root { }
  counter registry_1 { }
  counter registry_2 { }
  counter hosting { }
  counter counted { }
  counter more_than_50 { }
  counter hasty { }
  counter hasty_lost { }
  counter busy { }
  counter slipping { }
  chain counting {
    type filter hook input priority -10;
    ip daddr 127.10.9.4 udp dport 53 counter name resolver
    ip daddr 127.10.0.11 udp dport 53 counter name root
    ip daddr 127.10.0.21 udp dport 53 counter name registry_1
    ip daddr 127.10.0.22 udp dport 53 counter name registry_2
    ip daddr 127.10.1.10 udp dport 53 counter name hosting
    ip daddr 127.10.1.6 udp dport 53 counter name counted
    ip daddr 127.10.1.6 tcp dport 53 tcp flags syn / syn,ack counter name counted
    ip daddr 127.10.1.6 udp dport 53 limit rate over 50/second burst 60 packets counter name more_than_50
    ip daddr 127.10.1.7 udp dport 53 counter name hasty
    ip daddr 127.10.1.7 udp dport 53 limit rate over 40/second burst 20 packets counter name hasty_lost drop
    ip daddr 127.10.1.8 udp dport 53 counter name busy
    ip daddr 127.10.1.9 udp dport 53 counter name slipping
  }
  # For the tests to close addresses in.
  chain moved {
    type filter hook input priority 0;
  }
  chain old {
    type filter hook input priority 0;
    ip daddr 127.10.1.5 udp dport 53 @th,144,16 != 0 drop
  }
}
N
ip neigh add 10.127.0.2 lladdr 02:00:00:00:00:02 dev quiet nud permanent
bash "$here/gen.sh" "$DNS_LAB"

start root knotd -c "$DNS_LAB/root/knot.conf"
start tld knotd -c "$DNS_LAB/tld/knot.conf"
start primary knotd -c "$DNS_LAB/primary/knot.conf"
start secondary nsd -d -c "$DNS_LAB/secondary/nsd.conf"
start front dnsdist --supervised --disable-syslog -C "$DNS_LAB/front/dnsdist.conf"
start company named -g -n 1 -c "$DNS_LAB/company/named.conf"
start encrypted dnsdist --supervised --disable-syslog -C "$DNS_LAB/encrypted/dnsdist.conf"
start resolver unbound -d -c "$DNS_LAB/resolver/unbound.conf"

await 127.10.0.1 . SOA
await 127.10.0.2 test SOA
await 127.10.1.1 healthy.test SOA
while read -r zone; do await 127.10.1.2 "$zone" SOA; done <"$DNS_LAB/secondary/zones.list"
await 127.10.1.3 slow.test SOA
await 127.10.1.4 moved.test SOA
until dig +short +time=1 +tries=1 @127.10.9.2 healthy.test SOA 2>/dev/null | grep -q '^[^;]'; do sleep 0.05; done

# The secondary is not told of this one: it keeps the zone without the record.
bash "$here/publish.sh" disagree.test "$(cat "$DNS_LAB/token")"
# Nor of a change in this one, which has nothing to do with the record.
bash "$here/publish.sh" serials.test unrelated another

inside "$@"
