import { expect, test } from "vitest";
import { around, firstDifference } from "../../src/components/letters";
import { layOut } from "../../src/components/timeline";
import { ticketNote } from "../../src/check-domain/verdict";
import { spokenFault } from "../../src/faults";
import { dayAndTime, deadline, duration } from "../../src/format";
import { checkDomain } from "../../src/host/fake/domains";
import { segments } from "../../src/hub/ring";
import { fault, faultsOf } from "../../src/projects/new-project";
import { publishedStage } from "../../src/report/stages";
import { atAGlance, groupsOf, shapeOf, verdictText } from "../../src/report/verdict";

const signal = new AbortController().signal;

test("the first different letter is found, also behind the end and beyond the first plane", () => {
  expect(firstDifference("abc", "abc")).toBeNull();
  expect(firstDifference("abc", "ab1")).toBe(2);
  expect(firstDifference("ab", "abc")).toBe(2);
  expect(firstDifference("𝒂b", "𝒂c")).toBe(1);
});

test("letters around a difference are marked, blanks are seen", () => {
  const letters = around("0123456789 abc", 10);
  expect(letters.find(({ hit }) => hit)?.text).toBe("␣");
  expect(letters[0]?.text).toBe("…");
});

test("a certificate that ends soon is amber, an ended one red, and all bars lie inside the picture", () => {
  const at = (days: number) => new Date(Date.parse("2026-11-22T12:00:00Z") + days * 86_400_000).toISOString();
  const one = (from: number, until: number) => ({ sha256: "3F:9A", subject: "CN", key: "RSA 2048", not_before: at(from), not_after: at(until) });
  const picture = layOut([one(-900, 23), one(-5, 1000), one(-900, -3), one(10, 900)], at(0));
  expect(picture.bars.map(({ tone }) => tone)).toEqual(["c-warn", "c-good", "c-bad", "c-warn"]);
  for (const bar of picture.bars) {
    expect(bar.from).toBeGreaterThanOrEqual(0);
    expect(bar.to).toBeLessThanOrEqual(picture.width);
    expect(bar.to).toBeGreaterThan(bar.from);
  }
});

test("two that are valid at once are framed for that time, and what is over is not", () => {
  const at = (days: number) => new Date(Date.parse("2026-11-22T12:00:00Z") + days * 86_400_000).toISOString();
  const one = (from: number, until: number) => ({ sha256: `${from}`, subject: "CN", key: "RSA 2048", not_before: at(from), not_after: at(until) });
  const both = layOut([one(-5, 1000), one(-900, 23)], at(0)).overlaps;
  expect(both.map(({ begins, ends }) => [begins, ends])).toEqual([[at(-5), at(23)]]);
  expect(both[0]?.to).toBeGreaterThan(both[0]?.from ?? 0);
  expect(layOut([one(-5, 1000), one(-900, -3)], at(0)).overlaps).toEqual([]);
  expect(layOut([one(30, 1000), one(-900, 23)], at(0)).overlaps).toEqual([]);
});

test("a ring has one arc a step", () => {
  expect(segments(7)).toHaveLength(7);
  expect(segments(7)[0]).toMatch(/^M23\.47 3\.06A19 19 0 0 1 35\.\d+ \d+\.\d+$/);
});

test("times are as short as they may be", () => {
  const now = new Date(2026, 10, 22, 15, 0);
  const local = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).toISOString();
  expect(dayAndTime(local(22, 11), now)).toBe("today 11:05");
  expect(dayAndTime(local(21, 11), now)).toBe("yesterday 11:05");
  expect(dayAndTime(local(23, 11), now)).toBe("tomorrow 11:05");
  expect([deadline(local(22, 16), now), deadline(local(23, 9), now)]).toEqual(["16:05", "tomorrow 09:05"]);
  expect(dayAndTime(local(17, 11), now)).toBe("Tue 11:05");
  expect(dayAndTime(local(2, 11), now)).toBe("Mon 2 Nov, 11:05");
  expect([duration(45), duration(300), duration(7200), duration(259_200)]).toEqual(["45 s", "5 min", "2 h", "3 d"]);
});

test("the ticket note says the verdict once, the fix, and what each deciding server answered", async () => {
  const report = await checkDomain("it@fabrikam.com", "_parallels-challenge", null, signal, 0);
  const note = ticketNote(report);
  expect(note.split(verdictText(report))).toHaveLength(2);
  expect(note).toContain("_parallels-challenge.fabrikam.com");
  expect(note).toContain("ns37.domaincontrol.com: Wrong value");
  expect(note).not.toContain("10.20.0.10");
});

test("servers that decide come first", async () => {
  const report = await checkDomain("adatum.com", "_parallels-challenge", null, signal, 0);
  expect(groupsOf(report).map(({ rows }) => rows[0]?.role)).toEqual(["delegated", "system"]);
});

test("a stopped check says so", async () => {
  const stop = new AbortController();
  const check = checkDomain("adatum.com", "_l", null, stop.signal, 60_000);
  stop.abort();
  await expect(check).rejects.toMatchObject({ code: "cancelled" });
});

test("an error is told by the finding behind it, else for its field, with what may help", () => {
  const base = { code: "invalid-input", message: "" };
  expect(spokenFault({ ...base, field: "domain", hints: ["domain-is-ip"], args: { input: "1.2.3.4" } }).message).toContain("1.2.3.4");
  expect(spokenFault({ ...base, field: "admin-email" }).message).toBe("This is not an e-mail address.");
  expect(spokenFault({ code: "keyring-locked", message: "", hints: ["unlock-keyring"] }).fix).toContain("Unlock it");
  expect(spokenFault(new Error("boom")).code).toBe("internal");
});

test("the form says what is missing and names the control", () => {
  const empty = { organization: " ", admin_email: "x", service: null, idp: null, backend: "account-service" as const, url: "ftp://x", token: "a b", signedInTo: null };
  expect(faultsOf(empty).map(({ field }) => field?.replace("new-project-field-", ""))).toEqual([
    "organization",
    "admin-email",
    "service",
    "url",
    "access-token",
  ]);
  const whole = { organization: "Contoso", admin_email: "a@b.com", service: "s", idp: "i", backend: "account-service" as const, url: "http://localhost:8080", token: "t", signedInTo: null };
  expect(faultsOf(whole)).toEqual([]);
  expect(fault({ code: "invalid-input", field: "url", message: "" }).field).toBe("new-project-field-url");
});

test("a record that was compared with nothing is there, and not missing", async () => {
  const report = await checkDomain("contoso.com", "_parallels-challenge", null, signal, 0);
  const present = { code: "txt-present", severity: "info" as const, args: { name: report.name }, evidence: [] };
  const uncompared = { ...report, verdict: "waiting" as const, visible_by: null, findings: [present] };
  expect(verdictText(uncompared)).toBe(`There is a TXT record at ${report.name}. It was not compared with anything.`);
  expect(shapeOf(uncompared)).toBe("done-by-word");
  expect(verdictText({ ...uncompared, findings: [] })).toBe("The record is not there yet.");
});

test("of many values the expected one stands first, and the note for a ticket stays short", async () => {
  const report = await checkDomain("contoso.com", "_parallels-challenge", "right", signal, 0);
  const servers = report.servers.map((row) => ({ ...row, values: ["a", "b", "c", "d", "right"] }));
  expect(servers.map((row) => atAGlance(row, "right"))[0]).toEqual({ first: ["right", "a", "b"], others: ["c", "d"] });
  const note = ticketNote({ ...report, servers }).split("\n");
  expect(note.slice(-4)).toEqual(["right", "a", "b", "2 more values"]);
});

test("a record on those servers alone that answer is not said to be on every one", async () => {
  const report = await checkDomain("fabrikam.com", "_parallels-challenge", null, signal, 0);
  const right = report.servers.map((row) => ({ ...row, status: "right" as const }));
  const verified = { ...report, verdict: "verified" as const, servers: right };
  expect(publishedStage(verified, "fabrikam.com").word).toBe("On every name server");
  const silent = right.map((row, index) => (index === 0 ? { ...row, status: "silent" as const } : row));
  expect(publishedStage({ ...verified, servers: silent }, "fabrikam.com").word).toBe("On all that answer");
});
