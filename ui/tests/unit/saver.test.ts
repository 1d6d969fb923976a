import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { flushAll, Saver, type SaveState } from "../../src/saver";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function saver(save: (value: string) => Promise<void>) {
  const states: string[] = [];
  return { states, saver: new Saver<string>(save, (state: SaveState) => states.push(state.kind), 400) };
}

test("a pause saves the last value once", async () => {
  const saved: string[] = [];
  const { saver: one } = saver((value) => Promise.resolve(void saved.push(value)));
  for (const value of ["C", "Co", "Con"]) one.set(value);
  await vi.advanceTimersByTimeAsync(399);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toEqual(["Con"]);
  expect(one.dirty).toBe(false);
});

test("leaving the field saves at once", async () => {
  const saved: string[] = [];
  const { saver: one, states } = saver((value) => Promise.resolve(void saved.push(value)));
  one.set("Contoso");
  await one.flush();
  expect(saved).toEqual(["Contoso"]);
  expect(states).toEqual(["pending", "saving", "saved"]);
});

test("a slow save never overwrites a newer value", async () => {
  const saved: string[] = [];
  const finish: (() => void)[] = [];
  const { saver: one } = saver(async (value) => {
    await new Promise<void>((resolve) => finish.push(resolve));
    saved.push(value);
  });
  one.set("old");
  const first = one.flush();
  one.set("new");
  const second = one.flush();
  expect(finish).toHaveLength(1);
  finish[0]?.();
  await vi.waitFor(() => expect(finish).toHaveLength(2));
  finish[1]?.();
  await Promise.all([first, second]);
  expect(saved).toEqual(["old", "new"]);
});

test("a failed save is told, and the next change is saved", async () => {
  const saved: string[] = [];
  let full = true;
  const { saver: one, states } = saver((value) => (full ? Promise.reject(new Error("disk full")) : Promise.resolve(void saved.push(value))));
  one.set("a");
  await one.flush();
  expect(states.at(-1)).toBe("failed");
  full = false;
  one.set("ab");
  await one.flush();
  expect(saved).toEqual(["ab"]);
});

test("everything that waits is saved before the window closes", async () => {
  const saved: string[] = [];
  const save = (value: string) => Promise.resolve(void saved.push(value));
  saver(save).saver.set("one");
  saver(save).saver.set("two");
  await flushAll();
  expect(saved.sort()).toEqual(["one", "two"]);
});
