#!/usr/bin/python3
"""A small window from which files can be dragged, as from a file manager: drag_source.py X Y FILE..."""
import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

x, y, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
uris = [pathlib.Path(file).absolute().as_uri() for file in files]

window = Gtk.Window(title="Files to drag")
window.set_default_size(160, 120)
window.move(x, y)
box = Gtk.EventBox()
box.add(Gtk.Label(label="\n".join(pathlib.Path(file).name for file in files)))
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
box.drag_source_add_uri_targets()
box.connect("drag-data-get", lambda _box, _context, data, _info, _time: data.set_uris(uris))
box.connect("drag-end", lambda *_: Gtk.main_quit())
window.add(box)
window.connect("destroy", Gtk.main_quit)
window.show_all()
print("ready", flush=True)
Gtk.main()
