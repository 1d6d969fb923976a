/** Drawn on a 16 px grid with a 1.5 px stroke; filled only in states. `over` is drawn in the page's colour. */
export interface Part {
  d?: string;
  circle?: [x: number, y: number, r: number];
  rect?: [x: number, y: number, width: number, height: number, r: number];
  fill?: true;
  over?: true;
  dash?: true;
  width?: number;
}

const disc: Part = { circle: [8, 8, 6.25] };
const tick = "m5 8.2 2.1 2.1 4-4.3";

export const icons = {
  mark: [
    { d: "M8 1v14", width: 1.75 },
    { d: "M2.6 2.4h8.6l2.5 2.1-2.5 2.1H2.6z", fill: true, width: 0.75 },
    { d: "M13.4 8.4H5.6L3.4 10.25l2.2 1.85h7.8z", width: 1.25 },
  ],
  again: [{ d: "M13.25 8a5.25 5.25 0 1 1-1.6-3.77" }, { d: "M13.25 2.25v3h-3" }],
  arrow: [{ d: "M2.75 8h10M9 4.25 12.75 8 9 11.75" }],
  back: [{ d: "M13.25 8h-10M7 4.25 3.25 8 7 11.75" }],
  calendar: [{ rect: [2.25, 3.25, 11.5, 10.5, 1] }, { d: "M2.25 6.5h11.5M5.25 1.75v3M10.75 1.75v3" }],
  certificate: [
    { rect: [2.25, 2.75, 11.5, 8, 1] },
    { d: "M5 5.5h6M5 8h2.5M9.75 10.75v3l1.5-1 1.5 1v-3" },
  ],
  check: [{ d: "m3 8.5 3.25 3.25L13 4.75" }],
  copy: [
    { rect: [5.5, 5.5, 8, 8, 1] },
    { d: "M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" },
  ],
  cross: [{ d: "M4 4l8 8M12 4l-8 8" }],
  down: [{ d: "m4.5 6.5 3.5 3.5 3.5-3.5" }],
  file: [
    { d: "M9 1.75H4.25a.75.75 0 0 0-.75.75v11c0 .41.34.75.75.75h7.5a.75.75 0 0 0 .75-.75V5.25z" },
    { d: "M9 1.75v3.5h3.5" },
  ],
  flag: [{ d: "M3.5 14V2.25h8.75L10.5 5.5l1.75 3.25H3.5" }],
  folder: [{ d: "M1.75 12.25v-8.5a.75.75 0 0 1 .75-.75h3.4l1.6 1.75h6a.75.75 0 0 1 .75.75v6.75a.75.75 0 0 1-.75.75h-11a.75.75 0 0 1-.75-.75z" }],
  gear: [{ d: "M2.25 4.5h5M11.25 4.5h2.5M2.25 11.5h2.5M8.75 11.5h5" }, { circle: [9.25, 4.5, 1.75] }, { circle: [6.75, 11.5, 1.75] }],
  hand: [{ d: "M2.75 13.25 3.5 10.25 10.75 3a1.06 1.06 0 0 1 1.5 0l.75.75a1.06 1.06 0 0 1 0 1.5L5.75 12.5z" }],
  help: [disc, { d: "M6.25 6.4a1.8 1.8 0 1 1 2.5 1.65c-.5.25-.75.6-.75 1.2" }, { d: "M8 11.4v.01" }],
  home: [{ d: "M2.5 7.2 8 2.75l5.5 4.45v5.55a.5.5 0 0 1-.5.5H9.75V9.5h-3.5v3.75H3a.5.5 0 0 1-.5-.5z" }],
  link: [
    { d: "M6.75 9.25a2.5 2.5 0 0 0 3.6.1l2.2-2.2a2.5 2.5 0 0 0-3.55-3.5l-.9.9" },
    { d: "M9.25 6.75a2.5 2.5 0 0 0-3.6-.1l-2.2 2.2A2.5 2.5 0 0 0 7 12.35l.9-.9" },
  ],
  lookup: [{ circle: [7, 7, 4.25] }, { d: "m10.2 10.2 3.3 3.3" }],
  mail: [{ rect: [1.75, 3.25, 12.5, 9.5, 1] }, { d: "m2.25 4.25 5.75 4.5 5.75-4.5" }],
  menu: [{ d: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11" }],
  offline: [{ d: "M5.5 1.75v3M10.5 1.75v3M3.75 4.75h8.5v2.5a4.25 4.25 0 0 1-8.5 0zM8 11.5v2.75" }, { d: "M2 14 14 2" }],
  open: [
    { d: "M9.25 2.75h4v4M13.25 2.75 7.5 8.5M11.5 9.5v3a.75.75 0 0 1-.75.75h-7.25a.75.75 0 0 1-.75-.75V5.25a.75.75 0 0 1 .75-.75h3" },
  ],
  paste: [{ rect: [3.25, 2.75, 9.5, 11.5, 1] }, { d: "M5.75 2.75v-1h4.5v1.75h-4.5zM5.75 7.25h4.5M5.75 10h3" }],
  plug: [{ d: "M5.5 1.75v3M10.5 1.75v3M3.75 4.75h8.5v2.5a4.25 4.25 0 0 1-8.5 0zM8 11.5v2.75" }],
  plus: [{ d: "M8 3v10M3 8h10" }],
  right: [{ d: "m6.25 4 4 4-4 4" }],
  save: [{ d: "M8 2.25v7.5M4.75 6.75 8 10l3.25-3.25M2.75 13.25h10.5" }],
  seen: [{ d: "M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8z" }, { circle: [8, 8, 1.75] }],
  table: [{ rect: [2.25, 2.75, 11.5, 10.5, 0.75] }, { d: "M2.25 6.25h11.5M6.5 6.25v7" }],
  "s-bad": [
    { d: "M8 1.4 14.6 8 8 14.6 1.4 8z", fill: true },
    { d: "M8 4.9v3.6M8 10.9v.02", over: true },
  ],
  "s-done": [{ ...disc, fill: true }, { d: tick, over: true }],
  "s-mute": [{ ...disc, dash: true }, { d: "M6.2 6.2l3.6 3.6M9.8 6.2 6.2 9.8" }],
  "s-none": [disc, { d: "M5.2 8h5.6" }],
  "s-prog": [disc, { d: "M4.25 8a3.75 3.75 0 0 0 7.5 0z", fill: true, width: 0 }],
  "s-todo": [disc],
  "s-wait": [disc, { d: "M8 4.5V8l2.5 1.5" }],
  "s-warn": [
    { d: "M8 2 14.7 13.6H1.3z", fill: true },
    { d: "M8 6.3v3.2M8 11.5v.02", over: true },
  ],
  "s-word": [disc, { d: tick }],
} satisfies Record<string, Part[]>;

export type IconName = keyof typeof icons;
/** Arrows turn round where text runs from right to left. */
export const directional: ReadonlySet<string> = new Set<IconName>(["arrow", "back", "right", "open"]);
