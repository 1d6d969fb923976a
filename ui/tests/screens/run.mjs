/**
 * Every screen in headless Chromium over the made-up host, and the pages of the account service: no violation of WCAG 2.2 AA found by axe, nothing to scroll
 * sideways at 320 px, no fault on the console; light, dark and forced colours. `--pictures` writes docs/pictures.
 * `--only NAME,NAME` looks at the screens whose name begins so; `--only keyboard` goes the ways by keyboard.
 * `--into FOLDER` puts a picture of every screen there, wide and narrow, to look at.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { browserFlags, browserPath } from "./browser.mjs";
import { screens } from "./screens.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
/** How long a screen may take on a busy machine, in milliseconds. */
const PATIENCE = 20_000;
/** What can be another verdict in other colours. The rest is the same page, and judged once at that size. */
const ofColours = ["color-contrast", "link-in-text-block"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const wide = { name: "wide", width: 1180, height: 820 };
const narrow = { name: "narrow", width: 320, height: 720 };
const light = { name: "light", colorScheme: "light", forcedColors: "none" };
const dark = { name: "dark", colorScheme: "dark", forcedColors: "none" };
const forced = { name: "forced", colorScheme: "light", forcedColors: "active" };

/**
 * How a screen is looked at, each with a visit of its own. Colours change under the open wide page, as they do when the
 * system's settings change; the narrow one has the same colours, in another order.
 */
const views = [
  { size: wide, looks: [light, dark, forced] },
  { size: narrow, looks: [light] },
];

const given = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : "");
const only = given("--only");
const isWanted = ({ name }) => only.split(",").some((begins) => name.startsWith(begins));
const into = given("--into");
const out = into || fileURLToPath(new URL("../../../docs/pictures", import.meta.url));
const pictures = into !== "" || process.argv.includes("--pictures");

// A folder and a port of its own, so that two runs do not meet.
const built = mkdtempSync(join(tmpdir(), "signpost-screens-"));
const port = 4100 + (process.pid % 800);
await build({ root, mode: "fake", logLevel: "warn", build: { outDir: built, emptyOutDir: true } });
const server = await preview({ root, logLevel: "warn", build: { outDir: built }, preview: { port, host: "127.0.0.1" } });
const address = server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${port}/`;
const browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
const faults = [];
if (pictures) mkdirSync(out, { recursive: true });

try {
  const left = screens.filter(isWanted).flatMap((screen) => views.map((view) => ({ screen, view })));
  await Promise.all([take(left), take(left)]);
  if (!only || only === "keyboard") {
    await keyboard();
    await keyboardBehindDialogs();
    await keyboardOfLists();
    await keyboardOfCertificates();
    await keyboardOfSignIn();
    await keyboardOfTokens();
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(built, { recursive: true, force: true });
}

const chosen = screens.filter(isWanted);
if (chosen.length === 0 && only !== "keyboard") throw new Error(`no screen begins with ${only}`);
console.log(`${chosen.length} screens, wide in three looks and narrow: ${faults.length} faults`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Takes one visit after the other; two of these run at a time, each with a browser context for every size. */
async function take(left) {
  const contexts = new Map();
  for (const { size } of views) contexts.set(size.name, await freshContext(size));
  for (let next = left.shift(); next; next = left.shift()) {
    const { size, looks } = next.view;
    if (next.screen.sizes?.includes(size.name) ?? true) await visit(contexts.get(size.name), next.screen, size, looks);
  }
  for (const context of contexts.values()) await context.close();
}

async function freshContext(size) {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  // The same moment every time, so that a picture changes only when the screen does.
  await context.clock.setFixedTime("2026-11-25T14:20:00+01:00");
  // As the window does it.
  await context.addInitScript(() => Object.freeze(Object.prototype));
  return context;
}

async function visit(context, screen, size, looks) {
  const page = await context.newPage();
  let where = `${screen.name}, ${size.name}`;
  const report = (text) => faults.push(`${where}: ${text}`);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && report(`console: ${message.text()}`));
  page.on("pageerror", (error) => report(`thrown: ${error.message}`));
  try {
    for (const [index, look] of looks.entries()) {
      where = `${screen.name}, ${look.name}, ${size.name}`;
      await page.emulateMedia({ colorScheme: look.colorScheme, forcedColors: look.forcedColors });
      if (index === 0) await look_at(page, screen);
      await judge(page, look, size, report);
      if (pictures && picturesWanted(screen, look, size)) await picture(page, screen, look, size);
    }
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
  }
  await page.close();
}

async function look_at(page, screen) {
  page.setDefaultTimeout(PATIENCE);
  if (screen.file) {
    await page.goto(new URL(`service/${screen.file}`, import.meta.url).href);
    return;
  }
  await page.goto(`${address}?scenario=${screen.scenario ?? "contoso"}#/${screen.route}`);
  await page.locator("main h1").waitFor({ state: "attached" });
  await screen.before?.(page);
  await page.waitForTimeout(0);
  if (screen.name !== "project-missing" && (await page.getByText("Code: project-missing").count()) > 0) throw new Error("its project is not there");
}

async function judge(page, look, size, report) {
  await page.evaluate(axe);
  const rules = look === light ? { type: "tag", values: tags } : { type: "rule", values: ofColours };
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), rules);
  for (const { id, help, nodes } of result.violations) report(`axe ${id}: ${help}: ${nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) report(`${over} px to scroll sideways at ${size.width}: ${await page.evaluate(widest)}`);
}

function widest() {
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  return wide.slice(0, 4).map((one) => `${one.tagName}.${one.getAttribute("class") ?? ""}`).join(", ");
}

function picturesWanted(screen, look, size) {
  if (into) return look.name === "light";
  if (!screen.picture) return false;
  return size.name === "wide" ? look.name !== "forced" : look.name === "light";
}

async function picture(page, screen, look, size) {
  const suffix = size.name === "narrow" ? "narrow" : look.name;
  // As tall as the page, so that the foot lies at its end.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
  await page.screenshot({ path: `${out}/${screen.name}-${suffix}.png`, fullPage: true });
  await page.setViewportSize({ width: size.width, height: size.height });
}

/** The main way, by keyboard alone. */
async function keyboard() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(`${address}?scenario=ready#/project/ready`);
    await page.locator("main h1").waitFor();
    await expectFocus(page, "Skip to content", () => page.keyboard.press("Tab"));
    await page.keyboard.press("Enter");
    await expectFocus(page, "All 7 steps are settled", () => Promise.resolve());
    await page.getByRole("button", { name: "Activate…" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Activate", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Single sign-on is active", level: 1 }).waitFor();
    await page.locator("button:focus", { hasText: "Deactivate…" }).waitFor();
    await page.keyboard.press("F6");
    await expectFocus(page, "Overview", () => Promise.resolve());
    await expectFocus(page, "Domains, Done, by evidence", () => page.keyboard.press("Tab"));
  } catch (error) {
    faults.push(`keyboard: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** The page behind an open dialog stays where it is; once the dialog is closed the same keys move it. */
async function keyboardBehindDialogs() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 480 } });
  page.setDefaultTimeout(PATIENCE);
  const at = () => page.evaluate(() => Math.round(scrollY));
  // Chromium scrolls smoothly: a place counts once it is the same in two frames.
  const settled = () =>
    page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      let before = -1;
      while (before !== scrollY) {
        before = scrollY;
        for (let frames = 0; frames < 12; frames += 1) await frame();
      }
    });
  try {
    await page.goto(`${address}?scenario=contoso#/project/contoso`);
    const button = page.getByRole("button", { name: "Register licence key…" });
    await button.focus();
    await settled();
    const before = await at();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    // Not in a field, where such keys move the cursor; a dialog that is at its end itself hands them on.
    await page.getByRole("button", { name: "Cancel" }).focus();
    for (const key of ["PageDown", "PageDown", "End", "ArrowDown", "PageUp", "PageUp", "Home"]) {
      await page.keyboard.press(key);
      await settled();
      if ((await at()) !== before) throw new Error(`${key} moved the page from ${before} to ${await at()}`);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("End");
    await page.waitForFunction((place) => Math.round(scrollY) !== place, before);
  } catch (error) {
    faults.push(`keyboard behind dialogs: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** A list of domains by keyboard alone: check, pause, resume, call off, resume, filter, save. */
async function keyboardOfLists() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  page.setDefaultTimeout(PATIENCE);
  const press = async (key) => page.keyboard.press(key);
  const walk = (to) => tabTo(page, to);
  try {
    await page.goto(`${address}?scenario=contoso&slow#/check-domains`);
    await page.locator("main h1").waitFor({ state: "attached" });
    await page.getByLabel("List of domains").focus();
    await page.keyboard.type("adatum.com\nfabrikam.com");
    await walk("Check list");
    await press("Enter");
    await page.locator("#bulk-progress:focus").waitFor();
    await walk("Pause");
    await press("Enter");
    await expectFocus(page, "Resume", () => Promise.resolve());
    await press("Enter");
    await walk("Cancel");
    await press("Enter");
    await page.locator("#bulk-progress:focus").waitFor();
    await walk("Resume");
    await press("Enter");
    await page.getByText("2 of 2 looked at").waitFor();
    await page.locator("#bulk-progress:focus").waitFor();
    await walk("fabrikam.com");
    await press("Enter");
    await page.locator("h2:focus", { hasText: "fabrikam.com" }).waitFor();
    await page.keyboard.press("Shift+Tab");
    await expectFocus(page, "Back to the list", () => Promise.resolve());
    await press("Enter");
    await expectFocus(page, "fabrikam.com", () => Promise.resolve());
    await page.locator("#bulk-progress").focus();
    await walk("Save as CSV…");
    await press("Enter");
    await page.getByText(/^Saved as/).first().waitFor();
  } catch (error) {
    faults.push(`keyboard of lists: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** Certificates by keyboard alone: from the rail to the list, reminders saved, one looked at. */
async function keyboardOfCertificates() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(`${address}?scenario=rollover#/projects`);
    await page.locator("main h1").waitFor();
    await tabTo(page, "Certificates");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Certificates & expiry", level: 1 }).waitFor();
    await tabTo(page, "Save reminders…");
    await page.keyboard.press("Enter");
    await page.getByText(/^Saved as/).first().waitFor();
    await page.locator("main h1").focus();
    await tabTo(page, "Look at a certificate");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Look at a certificate", level: 1 }).waitFor();
    await page.keyboard.press("Tab");
    await page.getByLabel("Certificate", { exact: true }).focus();
    await page.keyboard.type("-----BEGIN CERTIFICATE-----");
    await tabTo(page, "Look at it");
    await page.keyboard.press("Enter");
    await page.locator("#look-at-answer:focus").waitFor();
    await tabTo(page, "Show as table");
    await page.keyboard.press("Enter");
    await page.getByRole("table").waitFor();
  } catch (error) {
    faults.push(`keyboard of certificates: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** A sign-in tested by keyboard alone: from the rail to a test that waits, taken back; an answer given, then what to change. */
async function keyboardOfSignIn() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(`${address}?scenario=sign-in#/project/northwind`);
    await page.locator("main h1").waitFor();
    await tabTo(page, "Test sign-in");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Test sign-in", level: 1 }).waitFor();
    await page.locator("main h1").focus();
    await page.getByLabel("SAMLResponse, form or error page").focus();
    await page.keyboard.type("case");
    await tabTo(page, "Check answer");
    await page.keyboard.press("Enter");
    await page.locator("#sign-in-verdict:focus").waitFor();
    await tabTo(page, "Show the picture as a table");
    await page.keyboard.press("Enter");
    await page.getByRole("table").first().waitFor();
    await page.locator("main h1").focus();
    await tabTo(page, "Try again");
    await page.keyboard.press("Enter");
    await page.getByText("Waiting for your browser.").first().waitFor();
  } catch (error) {
    faults.push(`keyboard of the sign-in test: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** A bearer token revoked and another one made, by keyboard alone: the focus stays where they are. */
async function keyboardOfTokens() {
  const page = await browser.newPage({ viewport: { width: 1180, height: 820 } });
  page.setDefaultTimeout(PATIENCE);
  const isOn = (text) => page.waitForFunction((text) => document.activeElement?.textContent?.replaceAll("\u00a0", " ").trim() === text, text);
  try {
    await page.goto(`${address}?scenario=scim-token#/project/contoso/step/scim`);
    await page.locator("main h1").waitFor({ state: "attached" });
    await page.getByRole("button", { name: /^Revoke… \S+$/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).focus();
    await page.keyboard.press("Enter");
    await isOn("Make bearer token");
    await page.keyboard.press("Enter");
    await isOn("Copy Bearer Token");
  } catch (error) {
    faults.push(`keyboard of tokens: ${error instanceof Error ? error.message : String(error)}`);
  }
  await page.close();
}

/** Presses Tab until the focus is on what has this text. */
async function tabTo(page, text) {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((text) => document.activeElement?.textContent?.trim() === text, text)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`"${text}" was not reached by Tab`);
}

async function expectFocus(page, name, action) {
  await action();
  const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
  if (focused !== name) throw new Error(`the focus is on "${focused}" instead of "${name}"`);
}
