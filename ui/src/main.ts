import { mount } from "svelte";
import App from "./App.svelte";
import StartFault from "./app/StartFault.svelte";
import { wire } from "./components/links";
import { chooseHost } from "./host";
import { applyAppearance } from "./settings/appearance";
import "./styles/index.css";

const target = document.getElementById("app") ?? document.body;

async function begin(): Promise<void> {
  const host = await chooseHost();
  wire({ open: (url) => void host.openUrl(url), write: (text) => host.copyText(text) });
  const start = await host.start();
  applyAppearance(start.appearance);
  if (window.location.hash === "" && start.place !== null) window.location.replace(start.place);
  mount(App, { target, props: { host, start } });
}

begin().catch((error: unknown) => mount(StartFault, { target, props: { error } }));
