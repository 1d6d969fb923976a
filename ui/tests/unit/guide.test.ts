import { expect, test } from "vitest";
import { compare } from "../../src/guide/compare";
import { arrow, places, short, widthOf } from "../../src/guide/flow";
import { guideFor } from "../../src/host/fake/guide";
import { isShown } from "../../src/guide/values";
import type { ProjectView } from "../../src/host/types";

test("a name that was typed is compared to the letter", () => {
  expect(compare("displayName", "displayName")).toBe("same");
  expect(compare("displayName", "displayname")).toBe("case");
  expect(compare("displayName", " displayName")).toBe("blanks");
  expect(compare("displayName", "display name")).toBe("case");
  expect(compare("displayName", "name")).toBe("other");
});

const flow = guideFor({ service: "parallels-my-account", idp: "okta" })
  .steps.flatMap(({ parts }) => parts)
  .flatMap((part) => part.flow ?? [])[0];

test("the picture of the transit group runs from the groups down to the service", () => {
  if (!flow) throw new Error("the guide for Okta has no picture");
  const all = places(flow);
  const row = Object.fromEntries(all.map(({ id, row }) => [id, row]));
  expect(row).toEqual({ admins: 0, users: 0, rule: 1, transit: 2, app: 3, service: 4 });
  const width = widthOf(all);
  for (const edge of flow.edges) {
    const [from, to] = [all.find(({ id }) => id === edge.from), all.find(({ id }) => id === edge.to)];
    if (!from || !to) throw new Error(`${edge.from} or ${edge.to} is not there`);
    const line = arrow(from, to, width);
    expect(line.x).toBeGreaterThanOrEqual(0);
    expect(line.around).toBe(edge.from === "admins" && edge.to === "service");
  }
});

test("a picture that runs in a circle ends", () => {
  const node = (id: string) => ({ id, name: { kind: "label" as const, text: id }, what: "" });
  const edges = [
    { from: "a", to: "b", by: "" },
    { from: "b", to: "a", by: "" },
  ];
  expect(places({ caption: "", nodes: [node("a"), node("b")], edges }).every(({ row }) => row <= 1)).toBe(true);
});

test("a long name is cut in the picture only", () => {
  expect(short("Contoso-MyAccount-Administrators")).toHaveLength(26);
  expect(short("Contoso")).toBe("Contoso");
});

test("what is optional is shown where there is something to copy", () => {
  const actions = guideFor({ service: "parallels-my-account", idp: "entra" })
    .steps.flatMap(({ parts }) => parts)
    .flatMap((part) => part.actions);
  const optional = actions.filter(({ values }) => values.some((carry) => carry.optional));
  expect(optional).toHaveLength(2);
  const knowing = (values: ProjectView["values"]) => ({ values }) as ProjectView;
  const url = { key: "slo-url" as const, value: "https://account.example.com/slo" };
  expect(optional.every((action) => isShown(knowing([url]), action))).toBe(true);
  expect(actions.filter((action) => !isShown(knowing([]), action))).toEqual(optional);
});
