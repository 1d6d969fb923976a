import type { Flow, FlowEdge } from "../host/types";

/** Where a node stands in the picture: its row from the top, and its place in that row. */
export interface Place {
  id: string;
  row: number;
  column: number;
  /** How many stand in the row. */
  of: number;
}

/** A node stands one row below the lowest of those that lead to it. A picture that runs in a circle ends there. */
export function places({ nodes, edges }: Flow): Place[] {
  const rows = new Map(nodes.map(({ id }) => [id, 0]));
  for (let round = 1; round < nodes.length; round += 1) {
    for (const { from, to } of edges) {
      rows.set(to, Math.min(nodes.length - 1, Math.max(rows.get(to) ?? 0, (rows.get(from) ?? 0) + 1)));
    }
  }
  const inRow = (row: number) => nodes.filter(({ id }) => rows.get(id) === row).map(({ id }) => id);
  return nodes.map(({ id }) => {
    const row = rows.get(id) ?? 0;
    const mates = inRow(row);
    return { id, row, column: mates.indexOf(id), of: mates.length };
  });
}

export const box = { width: 224, height: 50, across: 248, down: 98 };

/** An arrow: where it runs, and where its words stand. One that passes rows by goes around them on the left. */
export interface Arrow {
  path: string;
  x: number;
  y: number;
  around: boolean;
  /** How far beside the line the words stand; before it where it leans to the right, because there it leaves room. */
  beside: number;
}

export function arrow(from: Place, to: Place, width: number): Arrow {
  const start = { x: middle(from, width), y: from.row * box.down + box.height };
  const end = { x: middle(to, width), y: to.row * box.down };
  if (to.row - from.row <= 1) {
    return { path: `M${start.x} ${start.y} L${end.x} ${end.y}`, x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, around: false, beside: end.x === start.x ? 10 : end.x > start.x ? -22 : 22 };
  }
  const [left, top, bottom] = [8, start.y - box.height / 2, end.y + box.height / 2];
  const path = `M${start.x - box.width / 2} ${top} H${left} V${bottom} H${end.x - box.width / 2}`;
  return { path, x: left, y: (top + bottom) / 2, around: true, beside: 14 };
}

export const margin = 36;
export const middle = ({ column, of }: Place, width: number): number => margin + (width - margin) / 2 + (column - (of - 1) / 2) * box.across;

export const widthOf = (all: Place[]): number => margin + Math.max(...all.map(({ of }) => of)) * box.across;
export const heightOf = (all: Place[]): number => Math.max(...all.map(({ row }) => row)) * box.down + box.height;

export const endOf = (all: Place[], edge: FlowEdge, side: "from" | "to"): Place | undefined => all.find(({ id }) => id === edge[side]);

/** A name that fits its box; the table has it whole. */
export const short = (text: string): string => (text.length > 26 ? `${text.slice(0, 25)}…` : text);
