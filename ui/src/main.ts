import { mount } from "svelte";
import App from "./App.svelte";
import StartFault from "./app/StartFault.svelte";
import { wire } from "./components/links";
import { toast } from "./components/toasts.svelte";
import { spokenFault } from "./faults";
import { chooseHost } from "./host";
import { applyAppearance } from "./settings/appearance";
import "./styles/index.css";

const target = document.getElementById("app") ?? document.body;

async function begin(): Promise<void> {
  const host = await chooseHost();
  const open = (url: string) => void host.openUrl(url).catch((error: unknown) => toast(sentence(error)));
  wire({ open, write: (text) => host.copyText(text) });
  const start = await host.start();
  applyAppearance(start.appearance);
  if (window.location.hash === "" && start.place !== null) window.location.replace(start.place);
  mount(App, { target, props: { host, start } });
}

function sentence(error: unknown): string {
  const { message, fix } = spokenFault(error);
  return [message, fix].filter(Boolean).join(" ");
}

begin().catch((error: unknown) => mount(StartFault, { target, props: { error } }));
