#!/bin/bash
# A desktop of its own for one command: display, window manager, D-Bus session, unlocked keyring.
#
#     bash tests/e2e/session.sh FOLDER COMMAND…     FOLDER becomes the home folder
#
# What the program opens in the browser stands in FOLDER/opened, one address a line.
# KEYRING=locked leaves the keyring locked; with KEYRING=none nobody answers at the session bus, as on a bare machine.
set -euo pipefail
if [ -z "${SIGNPOST_SESSION:-}" ]; then
  for program in Xvfb openbox dbus-run-session gnome-keyring-daemon xdotool import; do
    command -v "$program" >/dev/null || {
      echo "$program is missing: sudo apt-get install -y xvfb openbox dbus dbus-x11 gnome-keyring xdotool imagemagick" >&2
      exit 1
    }
  done
  home=$1; shift
  mkdir -p "$home" && chmod 700 "$home"
  # The stand-in for the browser goes before whatever the machine has.
  export PATH="$(cd "$(dirname "$0")/browser" && pwd):$PATH"
  export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache
  export XDG_RUNTIME_DIR=$home/runtime
  mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
  SIGNPOST_SESSION=1 exec dbus-run-session -- bash "$0" "$@"
fi

display=$(mktemp)
Xvfb -displayfd 4 -screen 0 1600x1000x24 -nolisten tcp 4>"$display" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
# A cold disk and a busy machine can make it wait.
for _ in $(seq 1200); do [ -s "$display" ] && break; sleep 0.05; done
[ -s "$display" ] || { echo "Xvfb did not start within a minute" >&2; exit 1; }
export DISPLAY=:$(cat "$display") GDK_BACKEND=x11
unset WAYLAND_DISPLAY
openbox >/dev/null 2>&1 &
case ${KEYRING:-unlocked} in
  unlocked) printf '\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 ;;
  locked) gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1 ;;
  none) export DBUS_SESSION_BUS_ADDRESS=unix:path=$HOME/no-bus ;;
esac
"$@"
