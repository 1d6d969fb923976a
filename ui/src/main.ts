import { mount } from "svelte";
import App from "./App.svelte";
import StartFault from "./app/StartFault.svelte";
import { wireExplained } from "./components/explained";
import { wire } from "./components/links";
import { toast } from "./components/toasts.svelte";
import { spokenFault } from "./faults";
import { chooseHost } from "./host";
import type { Host } from "./host/host";
import { href, parse, projectOf } from "./router";
import { applyAppearance } from "./settings/appearance";
import "./styles/index.css";

const target = document.getElementById("app") ?? document.body;

async function begin(): Promise<void> {
  const host = await chooseHost();
  const open = (url: string) => void host.openUrl(url).catch((error: unknown) => toast(sentence(error)));
  wire({ open, write: (text) => host.copyText(text) });
  const [start] = await Promise.all([host.start(), explain(host)]);
  applyAppearance(start.appearance);
  if (window.location.hash === "" && start.place !== null) window.location.replace(start.place);
  mount(App, { target, props: { host, start } });
}

/** Findings lead to the mistake they are about. Without the table they say what they say by themselves. */
async function explain(host: Host): Promise<void> {
  const rows = await host.diagnoses().catch(() => []);
  const rowOf = new Map(rows.flatMap(({ id, findings }) => findings.map((finding) => [finding, id] as const)));
  wireExplained((finding) => {
    const row = rowOf.get(finding);
    return row === undefined ? null : href({ screen: "explain", project: projectOf(parse(window.location.hash)), row });
  });
}

function sentence(error: unknown): string {
  const { message, fix } = spokenFault(error);
  return [message, fix].filter(Boolean).join(" ");
}

begin().catch((error: unknown) => mount(StartFault, { target, props: { error } }));
