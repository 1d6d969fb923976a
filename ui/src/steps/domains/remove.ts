import { announce } from "../../components/announcer.svelte";
import { toast } from "../../components/toasts.svelte";
import { HostError, type Host } from "../../host/host";
import { spokenFault } from "../../faults";
import type { DomainEntry, ProjectView } from "../../host/types";
import { t } from "../../texts";
import { domainNow } from "./domain-state";

/** Takes a domain away and offers to bring it back. The service may issue a new value then; that is said. */
export async function removeDomain(host: Host, view: ProjectView, entry: DomainEntry, onview: (view: ProjectView) => void): Promise<void> {
  const { id } = view.project;
  const domain = entry.unicode;
  const before = domainNow(view, entry).known?.record.value;
  onview(await host.removeDomain(id, entry.name));
  toast(t("domains-removed", { domain }), () => void bringBack(host, id, entry, before, onview));
}

async function bringBack(host: Host, id: string, { name, unicode }: DomainEntry, before: string | undefined, onview: (view: ProjectView) => void) {
  try {
    const { view } = await host.addDomains(id, name);
    onview(view);
    const again = view.project.domains.entries.find((entry) => entry.name === name);
    const value = again && domainNow(view, again).known?.record.value;
    const renewed = before !== undefined && value !== before;
    announce(t(renewed ? "domains-back-new" : "domains-back", { domain: unicode }));
  } catch (thrown) {
    toast(spokenFault(HostError.from(thrown)).message);
  }
}
