import type { Report, Resolvers, ResolversEdit, TypedResolver } from "../host/types";
import { t } from "../texts";

const closedCodes = new Set(["port-53-blocked", "port-53-intercepted"]);

/** Whether this network keeps the name servers away. */
export const isPort53Closed = (report: Report | null): boolean => report?.findings.some(({ code }) => closedCodes.has(code)) ?? false;

export const hasResolverRows = ({ servers }: Report): boolean => servers.some(({ role }) => role === "resolver" || role === "system");

/** Who learns the domain, by name; empty when nobody does. */
export function learners({ on, own, list }: Resolvers): string {
  if (!on) return "";
  const used = list.filter((one) => one.used).map(({ resolver }) => resolver.operator);
  return [...used, ...(own ? [t("resolvers-own.among-others")] : [])].join(", ");
}

/** Who can be asked over HTTPS, whether or not they are asked otherwise. */
export const overHttps = ({ list }: Resolvers): string =>
  list
    .filter(({ used, resolver }) => used && resolver.url)
    .map(({ resolver }) => resolver.operator)
    .join(", ");

/** The settings as they are, with a change. */
export const edited = ({ on, own, list, original }: Resolvers, change: Partial<ResolversEdit>): ResolversEdit => ({
  on,
  own,
  list: original ? null : list.map(typed),
  ...change,
});

export const typed = ({ resolver, used }: Resolvers["list"][number]): TypedResolver => ({
  operator: resolver.operator,
  address: resolver.address,
  url: resolver.url ?? "",
  used,
});
