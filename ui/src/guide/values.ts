import type { Carry, Portal, ProjectView, Segment } from "../host/types";
import { firstText, hasText, t } from "../texts";

/** The value a guide's page names, as far as the project knows it. */
export const valueOf = (view: ProjectView, key: string): string | undefined => view.values.find((known) => known.key === key)?.value;

/** What is carried: the literal of the guide, the value that is the same for everybody, or the project's own. */
export function carriedValue(view: ProjectView, { value, known }: Carry): string | undefined {
  if (value.kind === "literal") return value.text;
  return valueOf(view, value.key) ?? known ?? undefined;
}

/** What the value is called where it comes from. */
export function nameOf({ label_from, value }: Carry): string {
  if (label_from !== null) return label_from;
  return value.kind === "key" ? keyName(value.key) : t("guide-choose");
}

export const keyName = (key: string): string => (hasText(`value-${key}`) ? t(`value-${key}`) : key);

/** A place in a portal: the label, or the name the administrator gave, or what it stands for. */
export function placeName(view: ProjectView, segment: Segment): string {
  if (segment.kind === "label") return segment.text;
  return valueOf(view, segment.key) ?? firstText([`value-${segment.key}.unnamed`, `value-${segment.key}`]);
}

const tenant = /^https:\/\/sts\.windows\.net\/([0-9a-f-]{36})\//i;

/** The portal's page, in the project's own tenant once its metadata has named it. */
export function portalLink(view: ProjectView, { link }: Portal): string | null {
  const own = tenant.exec(valueOf(view, "idp-entity-id") ?? "")?.[1] ?? "";
  return link === null ? null : link.replace("{tenant_id}", own);
}
