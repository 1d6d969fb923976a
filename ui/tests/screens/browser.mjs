import { existsSync } from "node:fs";

export const browserFlags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ");

/** Where Chromium is. */
export function browserPath() {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
  if (!path) throw new Error("Chromium is missing: install the package chromium");
  return path;
}
