import type { Host } from "./host";

/** The window's host in the window; the made-up one in a browser, and only in builds made for that. */
export async function chooseHost(): Promise<Host> {
  if (import.meta.env.MODE === "fake" || (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window))) {
    const { fakeHost } = await import("./fake");
    return fakeHost(window.location.search);
  }
  const { tauriHost } = await import("./tauri");
  return tauriHost();
}
