import type { Action, Carry, Portal, ProjectView, Segment } from "../host/types";
import { firstText, hasText, t } from "../texts";

/** The value a guide's page names, as far as the project knows it. */
export const valueOf = (view: ProjectView, key: string): string | undefined => view.values.find((known) => known.key === key)?.value;

/** What is carried: the literal of the guide, the value that is the same for everybody, or the project's own. */
export function carriedValue(view: ProjectView, { value, known }: Carry): string | undefined {
  if (value.kind === "literal") return value.text;
  return valueOf(view, value.key) ?? known ?? undefined;
}

/** Whether there is something to do: not with values that a service may be without, where nothing is known of them. */
export const isShown = (view: ProjectView, { values }: Action): boolean =>
  values.length === 0 || values.some((carry) => !carry.optional || carriedValue(view, carry) !== undefined);

/** What the value is called where it comes from. */
export function nameOf({ label_from, value }: Carry): string {
  if (label_from !== null) return label_from;
  return value.kind === "key" ? keyName(value.key) : value.text;
}

export const keyName = (key: string): string => (hasText(`value-${key}`) ? t(`value-${key}`) : key);

/** A place in a portal: the label, or the name the administrator gave, or what it stands for. */
export function placeName(view: ProjectView, segment: Segment): string {
  if (segment.kind === "label") return segment.text;
  return valueOf(view, segment.key) ?? firstText([`value-${segment.key}.unnamed`, `value-${segment.key}`]);
}

const tenant = /^https:\/\/sts\.windows\.net\/([0-9a-f-]{36})\//i;

/** The tenant as entered, if it can be one; else as the identity provider's metadata names it. */
function tenantOf(view: ProjectView): string {
  const entered = view.project.app_registration.tenant_id;
  return isTenant(entered) ? entered : (tenant.exec(valueOf(view, "idp-entity-id") ?? "")?.[1] ?? "");
}

/** An identifier or a domain name: nothing that could change the rest of an address. */
export const isTenant = (text: string): boolean => /^[0-9a-z.-]+$/i.test(text);

/** The portal's page, in the project's own tenant once it is known. */
export const portalLink = (view: ProjectView, { link }: Portal): string | null =>
  link === null ? null : link.replace("{tenant_id}", tenantOf(view));
