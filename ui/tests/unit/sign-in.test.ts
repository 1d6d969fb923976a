import { describe, expect, it } from "vitest";
import { pieces } from "../../src/sign-in/marks";

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
