#!/bin/bash
# Inside the lab: publishes a TXT record for a domain at the primary server, as its administrator would.
#
#     bash tests/dns-lab/publish.sh DOMAIN VALUE [LABEL]     LABEL is _parallels-challenge unless given
#     bash tests/dns-lab/publish.sh DOMAIN                   takes it away again
set -euo pipefail
domain=$1 value=${2:-} label=${3:-_parallels-challenge}
name=$label.$domain.
{
  echo "server ${DNS_LAB_PRIMARY:?run inside the lab: bash tests/dns-lab/up.sh COMMAND}"
  echo "zone $domain."
  echo "update delete $name TXT"
  if [ -n "$value" ]; then
    value=${value//\\/\\\\}
    echo "update add $name 60 TXT \"${value//\"/\\\"}\""
  fi
  echo send
} | nsupdate
