import type { Explanation } from "../host/types";

/** What was pasted, so that it is still there after a look at a step; in memory only. */
export const pasted = $state<{ text: string; answer: Explanation | null }>({ text: "", answer: null });
