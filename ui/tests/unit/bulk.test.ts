import { expect, test, vi } from "vitest";
import { BulkRun } from "../../src/check-domain/bulk.svelte";
import { cells } from "../../src/check-domain/bulk-rows";
import { HostError, type Host } from "../../src/host/host";
import { absent } from "../../src/host/fake/domains";
import type { ListedDomain, Report } from "../../src/host/types";

const list = (count: number): ListedDomain[] =>
  Array.from({ length: count }, (_, index) => ({ row: index + 1, input: `d${index}.test`, domain: `d${index}.test`, refused: null, expected: null }));

/** A host whose checks end when they are told to. */
function host() {
  const open: { domain: string; end: (report: Report) => void; fail: (error: HostError) => void }[] = [];
  const asked: string[] = [];
  const checkAnyDomain: Host["checkAnyDomain"] = (domain, _label, _expected, signal) =>
    new Promise((end, fail) => {
      asked.push(domain);
      open.push({ domain, end, fail });
      signal.addEventListener("abort", () => fail(new HostError({ code: "cancelled", message: "" })));
    });
  return { host: { checkAnyDomain } as Host, open, asked };
}

test("twenty are looked at beside each other, each once, and then it is done", async () => {
  const { host: made, open, asked } = host();
  const run = new BulkRun(made, "_x", list(45));
  run.start();
  expect(open).toHaveLength(20);
  for (let at = 0; at < 45; at += 1) {
    await vi.waitFor(() => expect(open.length).toBeGreaterThan(at));
    open[at]?.end(absent(open[at]?.domain ?? "", "v"));
  }
  await vi.waitFor(() => expect(run.state).toBe("done"));
  expect(run.settled).toBe(45);
  expect(new Set(asked).size).toBe(asked.length);
});

test("a pause begins nothing new, and resuming goes on where it was", async () => {
  const { host: made, open } = host();
  const run = new BulkRun(made, "_x", list(30));
  run.start();
  run.pause();
  for (const one of open.slice()) one.end(absent(one.domain, "v"));
  await vi.waitFor(() => expect(run.settled).toBe(20));
  expect(open).toHaveLength(20);
  run.start();
  expect(open).toHaveLength(30);
});

test("cancelling calls off what is under way, and resuming asks for it again", async () => {
  const { host: made, open, asked } = host();
  const run = new BulkRun(made, "_x", list(3));
  run.start();
  open[0]?.end(absent("d0.test", "v"));
  await vi.waitFor(() => expect(run.settled).toBe(1));
  run.cancel();
  await vi.waitFor(() => expect(run.rows.filter(({ state }) => state === "queued")).toHaveLength(2));
  expect(run.state).toBe("paused");
  run.start();
  expect(asked).toEqual(["d0.test", "d1.test", "d2.test", "d1.test", "d2.test"]);
});

test("a row that is no domain is never asked for, and one that fails does not stop the others", async () => {
  const { host: made, open } = host();
  const refused = { code: "domain-single-label", severity: "error", args: { domain: "x", input: "x" } } as const;
  const run = new BulkRun(made, "_x", [{ row: 1, input: "x", domain: null, refused, expected: null }, ...list(2)]);
  run.start();
  expect(open.map(({ domain }) => domain)).toEqual(["d0.test", "d1.test"]);
  open[0]?.fail(new HostError({ code: "service-failed", message: "" }));
  open[1]?.end(absent("d1.test", "v"));
  await vi.waitFor(() => expect(run.state).toBe("done"));
  expect(run.rows.map(({ state }) => state)).toEqual(["refused", "failed", "waiting"]);
  expect(cells(run.rows[0] ?? never())[5]).toBe("refused");
  expect(cells(run.rows[1] ?? never())[7]).not.toBe("");
});

const never = (): never => {
  throw new Error("no such row");
};
