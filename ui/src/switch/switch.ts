import type { Backend, ProjectView, ServiceChoice, SwitchPlan, SwitchTarget } from "../host/types";
import { backendOf, brokerOf, brokers } from "../projects/brokers";
import { t } from "../texts";

export type What = "provider" | "backend";

/** Where the settings go, inside a sentence. */
export const placeOf = (backend: Backend, service: string): string =>
  t(`switch-place-${backend.kind}`, { service, url: backend.url ?? "" });

export const nameOf = (services: ServiceChoice[], service: string, idp: string): string =>
  services.find(({ id }) => id === service)?.idps.find(({ id }) => id === idp)?.name ?? idp;

/** What the texts of a plan are told: the old one, the new one, and who both belong to. */
export function wordsFor(view: ProjectView, plan: SwitchPlan): Record<string, string> {
  const service = view.service_short_name;
  const common = { service, idp: view.idp_short_name };
  return plan.target.kind === "identity-provider"
    ? { ...common, from: view.idp_short_name, to: plan.idp }
    : { ...common, from: placeOf(view.project.backend, service), to: view.idp_short_name };
}

/** One radio button: the target, without the address that is still to be typed. */
export interface Choice {
  value: string;
  label: string;
  hint?: string;
  target: SwitchTarget;
}

export function providers(view: ProjectView, services: ServiceChoice[]): Choice[] {
  const { service, idp, aside } = view.project;
  const all = services.find(({ id }) => id === service)?.idps ?? [];
  const kept = (id: string) => aside?.providers.some((one) => one.idp === id);
  return all
    .filter(({ id }) => id !== idp)
    .map(({ id, name }) => ({ value: id, label: name, hint: kept(id) ? t("switch-kept-before") : undefined, target: { kind: "identity-provider", idp: id } }));
}

const same = (one: Backend, other: Backend): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A place that the project was at before, told apart from others of its kind. */
function placeNamed(backend: Backend): string {
  if (backend.kind === "polis") return [backend.url, backend.tenant, backend.product].join(", ");
  if (backend.kind === "keycloak") return [backend.url, backend.realm, backend.alias].join(", ");
  return backend.kind === "account-service" ? backend.url : "";
}

export const NEW_SERVICE = "account-service";

export function backends(view: ProjectView): Choice[] {
  const { backend, aside } = view.project;
  const service = view.service_name;
  const kept = aside?.backends.map((one) => one.backend) ?? [];
  const choice = (target: Backend, label: string, hint: string): Choice => ({
    value: target.kind,
    label,
    hint: kept.some((one) => same(one, target)) ? `${t("switch-kept-before")}. ${hint}` : hint,
    target: { kind: "backend", backend: target },
  });
  const here: Choice[] = [
    choice({ kind: "portal" }, t("new-project-backend-portal", { service }), t("new-project-backend-portal.hint", { service })),
    choice({ kind: "this-computer" }, t("new-project-backend-here"), t("new-project-backend-here.hint")),
  ];
  const known = kept.filter((one) => one.kind === "account-service" || brokerOf(one.kind) !== null);
  const known_services = known.map((one, index): Choice => ({
    value: `kept-${index}`,
    label: placeNamed(one),
    hint: t("switch-kept-before"),
    target: { kind: "backend", backend: one },
  }));
  const other = choice({ kind: NEW_SERVICE, url: "https://" }, t("new-project-backend-url"), t("new-project-backend-url.hint"));
  const others = Object.values(brokers).map(
    (broker): Choice => ({
      value: broker.kind,
      label: t(`new-project-backend-${broker.kind}`),
      hint: t(`new-project-backend-${broker.kind}.hint`, { service }),
      target: { kind: "backend", backend: backendOf(broker, {}) },
    }),
  );
  return [...here.filter(({ value }) => value !== backend.kind), ...known_services, ...others, other];
}
