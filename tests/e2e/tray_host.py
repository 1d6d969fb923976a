"""A panel that shows icons of programs, as far as the bus is concerned: it keeps the list (StatusNotifierWatcher), and
presses an item of an icon's menu. Prints `icon` for every icon that is put up.

    tray_host.py            reads a label a line from standard input and presses the item of that label
"""

import sys
import threading

from gi.repository import Gio, GLib

WATCHER = "org.kde.StatusNotifierWatcher"
INTERFACE = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
</interface></node>"""
icons = []


def say(text):
    print(text, flush=True)


def called(bus, sender, path, interface, method, arguments, answer):
    if method == "RegisterStatusNotifierItem":
        (item,) = arguments.unpack()
        icons.append((sender, item if item.startswith("/") else "/StatusNotifierItem"))
        say("icon")
    answer.return_value(None)


def asked(bus, sender, path, interface, name):
    values = {
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
        "RegisteredStatusNotifierItems": GLib.Variant("as", []),
    }
    return values[name]


def menu_of(bus, owner, path):
    wanted = GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "Menu"))
    answer = bus.call_sync(owner, path, "org.freedesktop.DBus.Properties", "Get", wanted, None, 0, 5000, None)
    return answer.unpack()[0]


def items(layout):
    number, properties, children = layout
    yield number, properties.get("label", "").replace("_", "")
    for child in children:
        yield from items(child)


def press(bus, label):
    owner, path = icons[-1]
    menu = menu_of(bus, owner, path)
    wanted = GLib.Variant("(iias)", (0, -1, ["label"]))
    answer = bus.call_sync(owner, menu, "com.canonical.dbusmenu", "GetLayout", wanted, None, 0, 5000, None)
    found = [number for number, text in items(answer.unpack()[1]) if text == label]
    event = GLib.Variant("(isvu)", (found[0], "clicked", GLib.Variant("s", ""), 0))
    bus.call_sync(owner, menu, "com.canonical.dbusmenu", "Event", event, None, 0, 5000, None)
    say(f"pressed {label}")


def hear(bus):
    for line in sys.stdin:
        GLib.idle_add(lambda label: press(bus, label) and False, line.strip())


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
bus.register_object("/StatusNotifierWatcher", interface, called, asked, None)
Gio.bus_own_name_on_connection(bus, WATCHER, 0, lambda *_: say("ready"), None)
threading.Thread(target=hear, args=[bus], daemon=True).start()
GLib.MainLoop().run()
