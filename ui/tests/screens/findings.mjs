/**
 * A picture of what *Check a domain* shows for each report in a folder, such as those that `tests/dns-lab/reports.sh` makes
 * of real servers' answers: `npm run findings -- REPORTS PICTURES`. Nothing is judged: somebody reads them.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { browserFlags, browserPath } from "./browser.mjs";
import { checkExpecting } from "./screens.mjs";

const [reports, pictures] = process.argv.slice(2);
if (!reports || !pictures) throw new Error("say where the reports are, and where the pictures go");
const root = fileURLToPath(new URL("../..", import.meta.url));
const built = mkdtempSync(join(tmpdir(), "signpost-findings-"));
await build({ root, mode: "fake", logLevel: "warn", build: { outDir: built, emptyOutDir: true } });
const server = await preview({ root, logLevel: "warn", build: { outDir: built }, preview: { port: 4100 + (process.pid % 800), host: "127.0.0.1" } });
const browser = await chromium.launch({ executablePath: browserPath(), args: browserFlags });
mkdirSync(pictures, { recursive: true });
try {
  for (const file of readdirSync(reports).filter((name) => name.endsWith(".json"))) await picture(file);
} finally {
  await browser.close();
  await server.close();
  rmSync(built, { recursive: true, force: true });
}

async function picture(file) {
  const report = JSON.parse(readFileSync(join(reports, file), "utf8"));
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, reducedMotion: "reduce", locale: "en-GB" });
  await context.addInitScript((given) => (globalThis.givenReports = { [given.domain]: given }), report);
  const page = await context.newPage();
  await page.goto(`${server.resolvedUrls?.local[0]}?scenario=contoso#/check-domain`);
  await checkExpecting(report.domain)(page);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: 1180, height: Math.max(height, 820) });
  await page.screenshot({ path: join(pictures, `${basename(file, ".json")}.png`) });
  await context.close();
}
