# What the networks of name servers have in common; read by up.sh and many.sh.

packages='knot nsd unbound dnsdist bind9 bind9-dnsutils bind9-utils nftables openssl iproute2 util-linux'
PATH=$PATH:/usr/sbin:/sbin
servers=()

# needs PROGRAM...: ends when one is not installed.
needs() {
  local program missing=
  for program; do
    command -v "$program" >/dev/null || missing+=" $program"
  done
  if [ -n "$missing" ]; then
    echo "dns-lab: not installed:$missing. Install with: apt-get install -y --no-install-recommends $packages" >&2
    exit 125
  fi
}

# in_own_network SCRIPT ARGUMENT...: starts the script again in a user and network namespace of its own, unless that has
# happened. The marker names the process it was set for, so a lab started inside a lab gets a namespace of its own.
in_own_network() {
  [ "${DNS_LAB_NAMESPACE:-}" != "$$" ] || return 0
  if ! unshare --user --map-root-user --net true; then
    echo "dns-lab: this system lets ordinary programs have no namespaces of their own. On Ubuntu:" \
      "sysctl kernel.apparmor_restrict_unprivileged_userns=0; in a container, allow them there; or run this as root." >&2
    exit 125
  fi
  exec unshare --user --map-root-user --net bash -c 'export DNS_LAB_NAMESPACE=$$; exec bash "$@"' dns-lab "$@"
}

# folder NAME: makes $lab, which is gone at the end with all that was started.
folder() {
  lab=$(mktemp -d "${TMPDIR:-/tmp}/$1.XXXXXX")
  trap down EXIT
  trap 'exit 130' INT TERM HUP
}
down() {
  [ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$lab"
}

# start NAME COMMAND...: in the background, ended with the script however that ends; its words go to $lab/NAME/out.
start() {
  local name=$1
  shift
  setpriv --pdeathsig TERM "$@" >"$lab/$name/out" 2>&1 &
  servers+=($!)
}

# await SERVER NAME TYPE: until there is an answer.
await() {
  local deadline=$((SECONDS + 120))
  until dig +short +norecurse +time=1 +tries=1 "@$1" "$2" "$3" 2>/dev/null | grep -q '^[^;]'; do
    if [ $SECONDS -ge $deadline ]; then
      echo "dns-lab: $1 has no $3 record for $2 after 120 s; the last words of the servers:" >&2
      tail -n 5 "$lab"/*/out "$lab"/*/log >&2 || true
      exit 125
    fi
    sleep 0.05
  done
}

# inside COMMAND...: runs the command and ends as it does. In the background, so that a signal to the script ends the
# command and the network at once.
inside() {
  set +e
  "$@" <&0 &
  servers+=($!)
  wait $!
  exit $?
}
