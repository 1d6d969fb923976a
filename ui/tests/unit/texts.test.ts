import { FluentResource } from "@fluent/bundle";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FAILURE_CODES } from "./codes";
import { hasText, t, te, tf, Texts } from "../../src/texts";

const root = join(import.meta.dirname, "../../src");
const locale = join(root, "locales/en");
const messages = readdirSync(locale).filter((file) => file.endsWith(".ftl"));

function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "bindings" ? [] : sources(path);
    if (!/\.(svelte|ts)$/.test(entry.name) || entry.name.endsWith(".test.ts")) return [];
    return [{ file: path.slice(root.length + 1), text: readFileSync(path, "utf8") }];
  });
}

/** The first argument of every `t(…)`, with the string literals in it. */
function calls(text: string): string[] {
  return [...text.matchAll(/(?<![\w.$])(?:t|hasText|firstText)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map((match) => match[1] ?? "");
}
const literals = (argument: string): string[] => [...argument.matchAll(/"([a-z][a-z0-9-]*(?:\.[a-z]+)?)"/g)].map((match) => match[1] ?? "");
const templates = (argument: string): string[] => [...argument.matchAll(/`([a-z][a-z0-9-]*-)\$\{/g)].map((match) => match[1] ?? "");

const ids = messages.flatMap((file) => new FluentResource(readFileSync(join(locale, file), "utf8")).body.map(({ id }) => ({ id, file })));

test.each(messages)("%s parses whole", (file) => {
  const source = readFileSync(join(locale, file), "utf8");
  const begun = source.match(/^-?[a-zA-Z][\w-]*\s*=/gm)?.length ?? 0;
  expect(new FluentResource(source).body).toHaveLength(begun);
  expect(begun).toBeGreaterThan(0);
});

test("no id stands twice", () => {
  const twice = ids.filter(({ id }, index) => ids.findIndex((other) => other.id === id) !== index);
  expect(twice).toEqual([]);
});

test("every text the screens ask for exists", () => {
  const known = ids.map(({ id }) => id);
  const missing = sources(root).flatMap(({ file, text }) =>
    calls(text).flatMap((argument) => [
      ...firstLiterals(argument).filter((id) => !hasText(id)).map((id) => `${file}: ${id}`),
      ...templates(argument).filter((prefix) => !known.some((id) => id.startsWith(prefix))).map((prefix) => `${file}: ${prefix}…`),
    ]),
  );
  expect(missing).toEqual([]);
});

/** Literals of the id itself: those before the variables begin. */
function firstLiterals(argument: string): string[] {
  const id = argument.split(/,\s*\{/)[0] ?? "";
  return literals(id.replace(/===?\s*"[^"]*"/g, ""));
}

test("the scan finds ids and would miss none of these ways to write them", () => {
  expect(calls('t("copy") + t(on ? "yes-text" : "no-text", { a: "b" })').flatMap(firstLiterals)).toEqual(["copy", "yes-text", "no-text"]);
  expect(calls("t(`step-${step}`)").flatMap(templates)).toEqual(["step-"]);
  expect(calls('format("nothing")')).toEqual([]);
});

/** What the core sends along with the failures that have values in their words. */
const VALUES: Record<string, Record<string, string>> = {
  "rollover-unproven": { reason: "still-old", at: "2026-11-20T14:20:00Z", date: "2026-12-01T00:00:00Z" },
  "rollover-proven": { at: "2026-11-20T14:20:00Z" },
  "file-unwritable": { path: "/home/mia/domains.csv", why: "full" },
  "address-invalid": { source: "idp.example" },
  "address-not-https": { source: "http://idp.example" },
  "address-private": { host: "idp.example", address: "10.0.0.7" },
  "address-unreachable": { host: "idp.example", reason: "connection refused" },
  "address-timeout": { host: "idp.example" },
  "address-redirects": { host: "idp.example", reason: "redirected too often" },
  "address-status": { host: "idp.example", status: "404 Not Found" },
  "address-interrupted": { host: "idp.example", reason: "connection reset" },
  "polis-unreachable": { reason: "connection refused" },
  "polis-refused": { reason: "there is no such tenant" },
  "polis-failed": { reason: "no database" },
  "polis-answer-unknown": { reason: "status 404" },
  "keycloak-unreachable": { reason: "connection refused" },
  "keycloak-sign-in-refused": { reason: "unauthorized_client" },
  "keycloak-refused": { reason: "there is no such realm" },
  "keycloak-failed": { reason: "no database" },
  "keycloak-answer-unknown": { reason: "status 404" },
  "polis-directory-several": { count: "2" },
  "polis-directory-other": { count: "1" },
  "address-not-kept": { host: "idp.example", reason: "no space left" },
};

test.each(FAILURE_CODES)("the failure %s has words and a way on", (code) => {
  const words = te({ code, message: "", args: VALUES[code] });
  expect(words.message).not.toBe("");
  expect(words.fix).not.toBe("");
});

test("a missing text is an error here, and its id in the window", () => {
  expect(() => t("no-such-text")).toThrow("no-such-text");
  expect(new Texts("en", [], false).text("no-such-text")).toBe("no-such-text");
});

test("counts that arrive as text select plural forms, and timestamps are told in local time", () => {
  const texts = new Texts("en", ["a = { $n -> \n  [one] one thing\n *[other] { $n } things\n }\nb = since { $at }"], true);
  expect(texts.text("a", { n: "1" })).toBe("one thing");
  expect(texts.text("a", { n: "3" })).toBe("3 things");
  expect(texts.text("b", { at: "2020-03-04T10:20:30Z" })).toMatch(/^since 4 Mar 2020, \d\d:\d\d$/);
});

test("values are handed through without invisible marks", () => {
  const texts = new Texts("en", ["a = { $value }"], true);
  expect(texts.text("a", { value: "k7m2" })).toBe("k7m2");
});

test("a finding without words shows its code", () => {
  expect(tf({ code: "no-such-finding" }).message).toContain("no-such-finding");
});
