import { describe, expect, it } from "vitest";
import { checked } from "../../src/host/fake/sign-ins";
import type { ProjectView } from "../../src/host/types";
import { pieces } from "../../src/sign-in/marks";
import { verdictOf } from "../../src/sign-in/says";

const marked = (value: string, other: string) =>
  pieces(value, other)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("");

describe("letters that differ", () => {
  it("are marked one by one where both values are as long", () => {
    expect(marked("displayname", "displayName")).toBe("display[n]ame");
    expect(marked("DisplayNAME", "displayName")).toBe("[D]isplayN[AME]");
  });

  it("are what lies between the shared beginning and end elsewhere", () => {
    expect(marked("https://a.example/acs/", "https://a.example/acs")).toBe("https://a.example/acs[/]");
    expect(marked("https://a.example/acs", "https://a.example/acs/")).toBe("https://a.example/acs");
    expect(marked("http://a.example", "https://a.example")).toBe("http://a.example");
    expect(marked("aa", "aaa")).toBe("aa");
  });

  it("are all of them where nothing is shared, and none where all is", () => {
    expect(marked("groups", "x")).toBe("[groups]");
    expect(marked("groups", "groups")).toBe("groups");
  });
});

it("says nothing of a role where no group is named in the project", () => {
  const view = { idp_short_name: "Entra", service_short_name: "My Account", project: { backend: { kind: "portal" } } } as ProjectView;
  const { sign_in } = checked(view, "portal", "good");
  if (sign_in === null) throw new Error("it is an answer");
  const given = { ...sign_in, state: "passed" as const, origin: "given" as const, problems: [] };
  expect(verdictOf(view, { ...given, role: "administrator" }).says).toBe("My Account would accept this answer, as an administrator’s.");
  expect(verdictOf(view, { ...given, role: null }).says).toBe("My Account would accept this answer. With which role is open.");
});
