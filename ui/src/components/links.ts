/** What components ask of the machine they run on; the composition root wires it. */

type Open = (url: string) => void;
type Write = (text: string) => Promise<void>;

let open: Open = () => {};
let write: Write = () => Promise.reject(new Error("no clipboard"));

export function wire(machine: { open: Open; write: Write }): void {
  open = machine.open;
  write = machine.write;
}

/** Opens a page outside of the window. */
export const openLink = (url: string): void => open(url);

/** Puts text on the clipboard, without the invisible marks a text may carry. */
export const writeClipboard = (text: string): Promise<void> => write(text.replace(/[\u2066-\u2069\u200e\u200f]/g, ""));
