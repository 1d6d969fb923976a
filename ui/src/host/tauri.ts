import { invoke } from "@tauri-apps/api/core";
import { HostError, type Host } from "./host";

/** The window's host: each method is the command of the same name. */
export function tauriHost(): Host {
  return {
    start: () => call("start"),
    setAppearance: (appearance) => call("set_appearance", { appearance }),
    copyText: (text) => call("copy_text", { text }),
    openUrl: (url) => call("open_url", { url }),
    showFolder: (which) => call("show_folder", { which }),
    listProjects: () => call("list_projects"),
    createProject: (asked) => call("create_project", { asked }),
    openProject: (id) => call("open_project", { id }),
    refreshProject: (id) => call("refresh_project", { id }),
    deleteProject: (id) => call("delete_project", { id }),
    restoreProject: (id) => call("restore_project", { id }),
    rememberPlace: (id, route) => call("remember_place", { id, route }),
    signIn: (id, token) => call("sign_in", { id, token }),
    activate: (id) => call("activate", { id }),
    deactivate: (id) => call("deactivate", { id }),
    checkAnyDomain: (query, signal) => stoppable("check_any_domain", { query }, signal),
    guidePage: (id, page) => call("guide_page", { id, page }),
  };
}

async function call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw HostError.from(thrown);
  }
}

/** A command that can be stopped: it runs under a name, and aborting asks the core to end the run of that name. */
async function stoppable<T>(command: string, args: Record<string, unknown>, signal: AbortSignal): Promise<T> {
  const run = crypto.randomUUID();
  const stop = () => void call("stop_run", { run });
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await call<T>(command, { ...args, run });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
