import { expect, test } from "vitest";
import { shapeLook, shapeOf } from "../../src/components/shapes";
import { STEP_IDS } from "../../src/host/types";
import { hasText } from "../../src/texts";
import { SERVER_ROLES, SERVER_STATUSES, STEPS, VALUE_KEYS } from "./codes";

test("the steps are the core's, in its order", () => {
  expect([...STEP_IDS]).toEqual(STEPS);
});

test.each([
  ["step", STEPS],
  ["value", VALUE_KEYS],
  ["server-status", SERVER_STATUSES],
  ["server-role", SERVER_ROLES],
  ["state", Object.keys(shapeLook)],
])("every %s has a word", (prefix, codes) => {
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !hasText(`${prefix}-${code}`))).toEqual([]);
});

test("a step that needs attention shows the diamond for errors and the triangle for warnings", () => {
  expect(shapeOf({ kind: "needs-attention", severity: "error" })).toBe("error");
  expect(shapeOf({ kind: "needs-attention", severity: "warning" })).toBe("warning");
  expect(shapeOf({ kind: "done", by: "word" })).toBe("done-by-word");
});

test("no two states share shape and word", () => {
  const looks = Object.values(shapeLook).map(({ icon }) => icon);
  expect(new Set(looks).size).toBe(looks.length);
});
