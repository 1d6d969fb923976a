/** Every screen, with the made-up world it is shown in and what is pressed before it is looked at. */

import { readdirSync } from "node:fs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {{ name: string, scenario?: string, route?: string, file?: string, before?: (page: Page) => Promise<void>, picture?: boolean, sizes?: string[] }} Screen
 */

/** The account service's own pages, as a test of the service writes them; the one about a message that nobody took has a picture. */
const servicePages = readdirSync(new URL("service/", import.meta.url)).map((file) => {
  const name = `service-${file.replace(".html", "")}`;
  return { name, file, picture: name === "service-sign-out-refused" };
});

/** @param {string} name */
const press = (name) => (/** @type {Page} */ page) => page.getByRole("button", { name, exact: true }).first().click();

/** @param {string} domain */
const check = (domain) => async (/** @type {Page} */ page) => {
  await page.getByLabel("Domain or e-mail address").fill(domain);
  await press("Check domain")(page);
  await page.getByRole("heading", { name: "Who answers what" }).waitFor();
};

/**
 * With the value that has to be there, as helpdesk staff have it from the caller.
 * @param {string} domain
 */
export const checkExpecting = (domain) => async (/** @type {Page} */ page) => {
  await page.getByText("What should be there?").click();
  await page.getByLabel("Value the TXT record should have").fill("token=k7m2qv4xhd3nla6p5wz2tyujre");
  await check(domain)(page);
};

/** @param {string} text */
const explain = (text) => async (/** @type {Page} */ page) => {
  await page.getByLabel("A code, a sentence").fill(text);
  await press("Explain")(page);
  await page.locator("#explain-answer:focus").waitFor();
};

/** @param {string} text */
const give = (text) => async (/** @type {Page} */ page) => {
  await page.getByLabel("SAMLResponse, form or error page").fill(text);
  await press("Check answer")(page);
  await page.locator("#sign-in-verdict").or(page.locator("#explain-answer")).first().waitFor();
  // An answer holds what is known of a person: it does not stay on the screen.
  const left = await page.getByLabel("SAMLResponse, form or error page").inputValue();
  if (left !== "") throw new Error(`the answer is still in the box: ${left}`);
};

const signIn = "project/northwind/sign-in";
const begin = async (/** @type {Page} */ page) => {
  await press("Test sign-in")(page);
  await page.getByText("Waiting for your browser.").first().waitFor();
};

/** What came of a test, each in a world of its own. @type {Screen[]} */
const tests = [
  { name: "sign-in-waiting", picture: true },
  { name: "sign-in-at-provider" },
  { name: "sign-in-expired", picture: true },
  { name: "sign-in-passed", picture: true },
  { name: "sign-in-case", picture: true },
  { name: "sign-in-certificate", picture: true },
  { name: "sign-in-audience", picture: true },
  { name: "sign-in-clock" },
  { name: "sign-in-overage", picture: true },
  { name: "sign-in-group" },
  { name: "sign-in-status" },
  { name: "sign-in-passed-desktop", route: `${signIn}/desktop` },
  { name: "sign-in-no-licence", route: `${signIn}/desktop`, picture: true },
].map((test) => ({ route: signIn, ...test, scenario: test.name, before: (page) => page.locator("#sign-in-verdict").waitFor() }));

const steps = ["app-registration", "groups", "saml", "scim", "users"];
/** Each step of the guides that no other screen shows. @type {Screen[]} */
const guided = ["saml", "adfs", "google", "keycloak", "onelogin", "jumpcloud"].flatMap((scenario) =>
  steps.map((step) => ({ name: `guide-${scenario}-${step}`, scenario, route: `project/contoso/step/${step}` })),
);
const saveMetadata = (/** @type {Page} */ page) => page.getByRole("button", { name: "Save metadata.xml…" }).waitFor();
for (const one of guided) if (["guide-adfs-app-registration", "guide-keycloak-app-registration"].includes(one.name)) one.before = saveMetadata;

/** @type {Screen[]} */
export const screens = [
  ...guided,
  ...tests,
  { name: "sign-in-fresh", scenario: "sign-in", route: signIn, picture: true },
  { name: "sign-in-begun", scenario: "sign-in", route: signIn, before: begin },
  { name: "sign-in-given", scenario: "sign-in", route: signIn, picture: true, before: give("case") },
  { name: "sign-in-given-good", scenario: "sign-in", route: signIn, before: give("good") },
  { name: "sign-in-given-encrypted", scenario: "sign-in", route: signIn, picture: true, before: give("encrypted") },
  { name: "sign-in-given-page", scenario: "sign-in", route: signIn, picture: true, before: give("AADSTS50105: The signed in user is not assigned") },
  { name: "sign-in-by-hand", scenario: "portal", route: "project/portal/sign-in", picture: true },
  {
    name: "sign-in-answer",
    scenario: "sign-in-case",
    route: signIn,
    picture: true,
    before: async (page) => {
      await press("Show the answer (redacted)")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "sign-in-table",
    scenario: "sign-in-case",
    route: signIn,
    before: async (page) => {
      await page.getByText("Show the picture as a table").click();
      await page.getByText("Everything that arrived").click();
    },
  },
  { name: "hub-untested", scenario: "untested", route: "project/northwind", before: press("Activate…"), picture: true },
  {
    name: "hub-insist",
    scenario: "untested",
    route: "project/northwind",
    picture: true,
    before: async (page) => {
      await press("Activate…")(page);
      await press("Activate without a tested sign-in…")(page);
      await page.getByLabel("Type the organization’s name").fill("northwind");
      await press("Activate anyway")(page);
      await page.getByText("This is not the organization’s name.").waitFor();
    },
  },
  {
    name: "explain-answer",
    scenario: "sign-in",
    route: "project/northwind/explain",
    before: async (page) => {
      await page.getByLabel("A code, a sentence").fill("SAMLResponse=PHNhbWw");
      await press("Explain")(page);
      await page.getByRole("button", { name: "Check this answer" }).waitFor();
    },
  },
  { name: "projects", route: "projects", picture: true },
  { name: "hub-begun", scenario: "begun", route: "project/begun" },
  { name: "hub-log", route: "project/contoso", before: press("Show the log of My Account") },
  { name: "guide-test", route: "project/contoso/guide/test-sign-in" },
  {
    name: "guide-test-cause",
    route: "project/contoso/guide/test-sign-in",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /A page with a password form/ }).check();
      await page.getByRole("radio", { name: /does not know the address/ }).check();
      await page.locator(".note").getByText("What it means").waitFor();
    },
  },
  { name: "guide-stage-3", route: "project/contoso/guide/stage-3", picture: true },
  {
    name: "guide-need",
    route: "project/contoso/guide/what-you-need",
    picture: true,
    before: async (page) => {
      await page.getByText("Somebody else has it").nth(1).click();
      await page.getByRole("heading", { name: "Steps to hand over" }).waitFor();
    },
  },
  { name: "okta-need", scenario: "okta", route: "project/contoso/guide/stage-1" },
  { name: "pingone-groups", scenario: "pingone", route: "project/contoso/step/groups" },
  { name: "pingone-scim", scenario: "pingone", route: "project/contoso/step/scim" },
  { name: "okta-groups", scenario: "okta", route: "project/contoso/step/groups" },
  { name: "okta-scim", scenario: "okta", route: "project/contoso/step/scim" },
  {
    name: "okta-app",
    scenario: "okta",
    route: "project/contoso/step/app-registration",
    picture: true,
    before: async (page) => {
      await page.getByText("Compare what is in the portal").first().click();
      await page.getByLabel("displayName", { exact: true }).fill("displayname");
      await page.getByText("Differs in capital letters").waitFor();
    },
  },
  { name: "projects-empty", scenario: "fresh", route: "projects", picture: true },
  { name: "projects-damaged", scenario: "damaged", route: "projects", picture: true },
  {
    name: "projects-deleted",
    route: "projects",
    before: async (page) => {
      await page.getByRole("button", { name: "Delete Contoso Ltd" }).click();
      await page.getByRole("button", { name: "Undo" }).waitFor();
    },
  },
  { name: "new-project", route: "new-project", picture: true },
  {
    name: "new-project-sign-in",
    route: "new-project",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^An account service/ }).check();
      await page.getByLabel("Address of the account service").fill("https://no-browser.contoso.com");
      await press("Sign in in the browser")(page);
      await page.getByText("The sign-in in the browser was not finished.").waitFor();
      await page.getByText("Use an access token instead").click();
    },
  },
  {
    name: "new-project-signed-in",
    route: "new-project",
    before: async (page) => {
      await page.getByRole("radio", { name: /^An account service/ }).check();
      await page.getByLabel("Address of the account service").fill("https://sso.contoso.com");
      await press("Sign in in the browser")(page);
      await page.getByText("You are signed in to the service.").waitFor();
    },
  },
  {
    name: "new-project-faults",
    route: "new-project",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^An account service/ }).check();
      await press("Create project")(page);
      await page.getByRole("heading", { name: "There are 5 problems" }).waitFor();
    },
  },
  { name: "hub", route: "project/contoso", picture: true },
  { name: "hub-menu", route: "project/contoso", before: press("Menu"), picture: true, sizes: ["narrow"] },
  { name: "hub-missing", route: "project/contoso", before: press("Activate…"), picture: true },
  { name: "hub-ready", scenario: "ready", route: "project/ready" },
  { name: "hub-activate", scenario: "ready", route: "project/ready", before: press("Activate…"), picture: true },
  { name: "hub-active", scenario: "active", route: "project/active", picture: true },
  {
    name: "hub-licence-key",
    scenario: "contoso",
    route: "project/contoso",
    picture: true,
    before: async (page) => {
      await press("Register licence key…")(page);
      await page.getByRole("button", { name: "Register", exact: true }).click();
      await page.getByText(/^This cannot be a licence key\./).waitFor();
      await page.locator("#licence-key:focus").fill("aaaa11-taken");
      await page.keyboard.press("Enter");
      await page.getByText("This licence key is registered in another account.").waitFor();
    },
  },
  {
    name: "hub-licence-keys",
    scenario: "contoso",
    route: "project/contoso",
    picture: true,
    before: async (page) => {
      await press("Register licence key…")(page);
      await page.getByLabel("Licence key", { exact: true }).fill("aaaa11-bbbb22-cccc33");
      await page.getByLabel("Name of the subscription").fill("Devices");
      await page.getByRole("radio", { name: /^Anything else/ }).check();
      await page.getByRole("button", { name: "Register", exact: true }).click();
      await page.getByText("Devices, ends in CC33").waitFor();
      await page.getByText("None of these is licensed per user").waitFor();
    },
  },
  {
    name: "hub-licence-key-removed",
    scenario: "contoso",
    route: "project/contoso",
    before: async (page) => {
      await press("Register licence key…")(page);
      await page.getByLabel("Licence key", { exact: true }).fill("aaaa11-bbbb22-cccc33");
      await page.keyboard.press("Enter");
      await page.locator("li", { hasText: "Ends in CC33" }).waitFor();
      await page.getByRole("button", { name: /^Remove….*CC33/ }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      await page.locator("#licence-keys:focus").waitFor();
      await page.locator("li", { hasText: "Ends in CC33" }).waitFor({ state: "detached" });
    },
  },
  {
    name: "hub-licence-needed",
    scenario: "unlicensed",
    route: "project/contoso",
    picture: true,
    before: async (page) => {
      await press("Activate…")(page);
      await page.getByRole("link", { name: /^The service wants a licence key/ }).click();
      await page.locator("#licence-keys:focus").waitFor();
    },
  },
  { name: "hub-error", scenario: "failing", route: "project/contoso" },
  { name: "shared-hub", scenario: "shared", route: "project/contoso" },
  {
    name: "shared-domains",
    scenario: "shared",
    route: "project/contoso/step/domains",
    picture: true,
    before: (page) => page.getByRole("button", { name: "Take it over" }).waitFor(),
  },
  {
    name: "shared-taken",
    scenario: "shared",
    route: "project/contoso/step/domains",
    before: async (page) => {
      await press("Take it over")(page);
      await page.getByText("has these too: contoso.com, adatum.com").waitFor();
    },
  },
  {
    name: "shared-new-project",
    scenario: "shared",
    route: "new-project",
    before: async (page) => {
      await page.getByRole("radio", { name: "Parallels My Account" }).check();
      await page.getByLabel("Organization name").fill("contoso ltd");
      await page.getByRole("checkbox", { name: /^Take over the domains/ }).waitFor();
    },
  },
  { name: "switch-provider", route: "project/contoso/change/provider" },
  {
    name: "switch-provider-plan",
    scenario: "active",
    route: "project/active/change/provider",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: "Okta" }).check();
      await press("Show what changes")(page);
      await page.locator("#switch-plan:focus").waitFor();
    },
  },
  {
    name: "switch-backend-plan",
    route: "project/contoso/change/backend",
    before: async (page) => {
      await page.getByRole("radio", { name: /^An account service/ }).check();
      await press("Show what changes")(page);
      await page.getByText("This is not the address of an account service.").waitFor();
      await page.getByLabel("Address of the account service").fill("https://sso.contoso.com");
      await press("Show what changes")(page);
      await page.locator("#switch-plan:focus").waitFor();
      await press("Change where the settings go")(page);
      await page.getByText("It is tried before anything is changed.").waitFor();
    },
  },
  {
    name: "switch-done",
    route: "project/contoso/change/provider",
    before: async (page) => {
      await page.getByRole("radio", { name: "Okta" }).check();
      await press("Show what changes")(page);
      await press("Change to Okta")(page);
      await page.getByRole("button", { name: "Undo the change" }).waitFor();
    },
  },
  { name: "hub-offline", scenario: "offline", route: "project/contoso", picture: true },
  { name: "hub-signed-out", scenario: "signed-out", route: "project/contoso", before: press("Sign in again"), picture: true },
  { name: "project-missing", route: "project/nowhere" },
  { name: "check-domain", route: "check-domain" },
  { name: "check-domain-right", route: "check-domain", before: check("adatum.com"), picture: true },
  { name: "check-domain-wrong", route: "check-domain", before: check("it@fabrikam.com"), picture: true },
  {
    name: "check-domain-report",
    route: "check-domain",
    picture: true,
    before: async (page) => {
      await press("Open a report, or drop it here…")(page);
      await page.getByRole("heading", { name: "Where to type it" }).waitFor();
      await page.getByText("What is sent").click();
      await page.getByText("As a command").click();
      await page.getByLabel("For", { exact: true }).selectOption("powershell");
      await page.getByText("Add-DnsServerResourceRecord").waitFor();
      await press("Save report…")(page);
      await page.getByText(/^Saved as/).first().waitFor();
    },
  },
  { name: "check-domains", route: "check-domains" },
  { name: "watch-list-none", route: "watch-list" },
  {
    name: "watch-list",
    scenario: "watching",
    route: "watch-list",
    picture: true,
    before: async (page) => {
      await page.getByRole("button", { name: "Attempts fabrikam.com" }).click();
      await page.getByRole("heading", { name: /^Attempts since/ }).waitFor();
    },
  },
  {
    name: "watch-news",
    scenario: "watch-news",
    route: "project/contoso/step/domains",
    before: (page) => page.getByText("adatum.com: The record of adatum.com is right.").first().waitFor(),
  },
  {
    name: "check-domain-watched",
    route: "check-domain",
    picture: true,
    before: async (page) => {
      await check("tailspintoys.com")(page);
      await press("Check domain")(page);
      await page.getByRole("heading", { name: /^Attempts since/ }).waitFor();
      await press("Watch this domain")(page);
      await page.getByRole("button", { name: "Stop watching tailspintoys.com" }).waitFor();
      await page.getByRole("button", { name: "Write mail" }).click();
    },
  },
  { name: "settings-watching", scenario: "watching", route: "settings", picture: true },
  {
    name: "check-domains-done",
    route: "check-domains",
    picture: true,
    before: async (page) => {
      await press("Choose file…")(page);
      await page.getByText("244 of 244 looked at").waitFor();
      await page.getByRole("button", { name: "Next rows" }).click();
      await page.getByText("101 to 200 of 244").waitFor();
      await page.getByLabel("Outcome is").selectOption("problem");
      await page.getByText("1 to 1 of 1").waitFor();
      await page.getByLabel("Outcome is").selectOption("all");
      await page.getByLabel("Domain contains").fill("a");
      await press("Save as CSV…")(page);
      await page.getByText(/^Saved as/).first().waitFor();
      await page.getByLabel("Domain contains").fill("n");
    },
  },
  {
    name: "check-domains-opened",
    route: "check-domains",
    picture: true,
    before: async (page) => {
      await page.getByLabel("List of domains").fill("adatum.com,token=k7m2qv4xhd3nla6p5wz2tyujre\nfabrikam.com,token=k7m2qv4xhd3nla6p5wz2tyujre");
      await press("Check list")(page);
      await page.getByText("2 of 2 looked at").waitFor();
      await press("fabrikam.com")(page);
      await page.getByRole("heading", { name: "Who answers what" }).waitFor();
    },
  },
  {
    name: "watch-list-opened",
    scenario: "watching",
    route: "watch-list",
    before: async (page) => {
      await press("fabrikam.com")(page);
      await page.getByRole("heading", { name: "Who answers what" }).waitFor();
    },
  },
  {
    name: "check-domains-paused",
    route: "check-domains",
    scenario: "contoso&slow",
    before: async (page) => {
      await page.getByLabel("List of domains").fill("adatum.com\nfabrikam.com");
      await press("Check list")(page);
      await press("Cancel")(page);
      await page.getByRole("button", { name: "Resume" }).waitFor();
    },
  },
  {
    name: "check-domains-refused",
    route: "check-domains",
    before: async (page) => {
      await press("Check list")(page);
      await page.getByRole("heading", { name: "There is no domain in this list." }).waitFor();
    },
  },
  {
    name: "check-domain-resolvers-off",
    route: "check-domain",
    before: async (page) => {
      await press("Do not ask resolvers")(page);
      await page.getByText("Only name servers are asked.").waitFor();
    },
  },
  {
    name: "check-domain-blocked",
    route: "check-domain",
    before: async (page) => {
      await check("blocked.example")(page);
      await press("Ask them over HTTPS")(page);
      await page.getByText("Quad9").nth(1).waitFor();
    },
    picture: true,
  },
  { name: "check-domain-absent", route: "check-domain", before: check("contoso.com") },
  { name: "check-domain-silent", route: "check-domain", before: check("silent.example") },
  { name: "check-domain-doubled", route: "check-domain", before: checkExpecting("doubled.example"), picture: true },
  { name: "check-domain-quoted", route: "check-domain", before: checkExpecting("quoted.example"), picture: true },
  { name: "check-domain-lagging", route: "check-domain", before: checkExpecting("lagging.example"), picture: true },
  { name: "check-domain-remembers", route: "check-domain", before: checkExpecting("remembers.example"), picture: true },
  { name: "check-domain-moved", route: "check-domain", before: checkExpecting("moved.example"), picture: true },
  { name: "check-domain-bogus", route: "check-domain", before: checkExpecting("bogus.example"), picture: true },
  {
    name: "check-domain-so-far",
    route: "check-domain",
    scenario: "contoso&slow",
    before: async (page) => {
      await page.getByLabel("Domain or e-mail address").fill("adatum.com");
      await press("Check domain")(page);
      await page.getByText("Nothing yet from ns38.domaincontrol.com;").waitFor();
    },
  },
  {
    name: "check-domain-connect",
    route: "check-domain",
    picture: true,
    before: async (page) => {
      await checkExpecting("tailspintoys.com")(page);
      await press("Ask the name servers whom to ask")(page);
      await press("Ask connect.harbourdns.example")(page);
      await page.getByText("Harbour DNS serves tailspintoys.com.").waitFor();
      await press("Open Harbour DNS…")(page);
      await page.getByText("panel.harbourdns.example").waitFor();
    },
  },
  {
    name: "check-domain-connect-asked",
    route: "check-domain",
    before: async (page) => {
      await checkExpecting("tailspintoys.com")(page);
      await press("Ask the name servers whom to ask")(page);
      await page.locator("#main").getByText(/tells that company the domain/).waitFor();
    },
  },
  {
    name: "check-domain-refused",
    route: "check-domain",
    before: async (page) => {
      await press("Check domain")(page);
      await page.getByText("There is no domain here.").waitFor();
    },
  },
  {
    name: "pymetrics-new",
    route: "new-project",
    before: async (page) => {
      await page.getByRole("radio", { name: "pymetrics" }).check();
      await page.getByText("pymetrics support sets up the other side").waitFor();
    },
  },
  { name: "pymetrics-projects", scenario: "pymetrics-waiting", route: "projects" },
  { name: "pymetrics-hub-fresh", scenario: "pymetrics-fresh", route: "project/pymetrics" },
  { name: "pymetrics-hub", scenario: "pymetrics-waiting", route: "project/pymetrics", picture: true },
  { name: "pymetrics-hub-outdated", scenario: "pymetrics-outdated", route: "project/pymetrics" },
  { name: "pymetrics-hub-done", scenario: "pymetrics-done", route: "project/pymetrics" },
  { name: "pymetrics-saml", scenario: "pymetrics", route: "project/pymetrics/step/saml", picture: true },
  {
    name: "pymetrics-saml-name",
    scenario: "pymetrics-fresh",
    route: "project/pymetrics/step/saml",
    before: async (page) => {
      await page.getByLabel("Customer name").fill("contoso ltd");
      await page.getByText("A blank is in the customer name.").first().waitFor();
    },
  },
  { name: "pymetrics-users", scenario: "pymetrics", route: "project/pymetrics/step/users" },
  { name: "pymetrics-package-lacking", scenario: "pymetrics-fresh", route: "project/pymetrics/guide/hand-over" },
  {
    name: "pymetrics-package",
    scenario: "pymetrics",
    route: "project/pymetrics/guide/hand-over",
    picture: true,
    before: async (page) => {
      await page.locator("summary").getByText("The mail").click();
      await press("Save the package…")(page);
      await page.getByText(/^Saved as/).waitFor();
    },
  },
  { name: "pymetrics-answer", scenario: "pymetrics-waiting", route: "project/pymetrics/guide/hand-over", picture: true },
  {
    name: "pymetrics-corrected",
    scenario: "pymetrics-waiting",
    route: "project/pymetrics/guide/hand-over",
    before: async (page) => {
      await page.getByLabel("Reply URL").fill("https://eu.pymetrics.com/saml2-sp/contoso/contoso/?acs");
      await page.getByText("Entra may have other addresses than these").waitFor();
      await press("pymetrics support has confirmed these")(page);
      await page.locator("#answer:focus").waitFor();
    },
  },
  { name: "pymetrics-outdated", scenario: "pymetrics-outdated", route: "project/pymetrics/guide/hand-over" },
  { name: "pymetrics-test-early", scenario: "pymetrics", route: "project/pymetrics/guide/test-sign-in" },
  { name: "pymetrics-test", scenario: "pymetrics-confirmed", route: "project/pymetrics/guide/test-sign-in" },
  { name: "portal-hub", scenario: "portal", route: "project/portal", picture: true },
  {
    name: "portal-activate",
    scenario: "portal-ready",
    route: "project/portal",
    picture: true,
    before: async (page) => {
      await press("Activate in the portal and confirm…")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "portal-active", scenario: "portal-active", route: "project/portal", picture: true },
  {
    name: "portal-sign-in",
    scenario: "portal-active",
    route: "project/portal",
    before: async (page) => {
      await page.getByRole("radio", { name: /the browser leaves My Account/ }).check();
      await page.getByRole("group", { name: "Your identity provider lets you in" }).waitFor();
    },
  },
  { name: "portal-domain", scenario: "portal", route: "project/portal/step/domains/contoso.com", picture: true },
  { name: "portal-domain-open", scenario: "portal", route: "project/portal/step/domains/fabrikam.com" },
  { name: "portal-groups", scenario: "portal", route: "project/portal/step/groups", picture: true },
  { name: "portal-saml", scenario: "portal", route: "project/portal/step/saml", picture: true },
  {
    name: "portal-saml-fresh",
    scenario: "portal-fresh",
    route: "project/portal/step/saml",
    before: async (page) => {
      const side = page.getByRole("region", { name: "The values of My Account" });
      const paste = async (text, found) => {
        await press("Paste… of My Account")(page);
        await page.getByLabel("Text of the metadata file").fill(text);
        await press("Read it")(page);
        await side.getByText(found).first().waitFor();
      };
      await paste("hello", "This is not XML, so it is not SAML metadata.");
      await paste("<EntityDescriptor><IDPSSODescriptor/></EntityDescriptor>", "This is the identity provider’s metadata, not the service’s.");
    },
  },
  {
    name: "portal-scim",
    scenario: "portal",
    route: "project/portal/step/scim",
    picture: true,
    before: async (page) => {
      await page.getByLabel("Bearer Token, as My Account shows it").fill("Bearer abc");
      await press("Keep in keyring")(page);
      await page.getByText("The word Bearer stands before the token.").waitFor();
    },
  },
  {
    name: "new-project-polis",
    route: "new-project",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^Into Ory Polis/ }).check();
      await press("Create project")(page);
      await page.getByText("The API key of Ory Polis is missing").first().waitFor();
    },
  },
  {
    name: "switch-polis-plan",
    route: "project/contoso/change/backend",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^Into Ory Polis/ }).check();
      await press("Show what changes")(page);
      await page.getByText("This is not an address that Ory Polis can be asked at.").waitFor();
      await page.getByLabel("Address of Ory Polis").fill("https://polis.example.com");
      await page.getByLabel("Tenant").fill("contoso.com");
      await page.getByLabel("Product").fill("my-account");
      await page.getByLabel("Default redirect URL").fill("https://account.example.com/signed-in");
      await press("Show what changes")(page);
      await page.locator("#switch-plan:focus").waitFor();
      await press("Change where the settings go")(page);
      await page.getByText("The API key of Ory Polis is missing").waitFor();
    },
  },
  { name: "polis-hub", scenario: "polis", route: "project/polis", picture: true },
  { name: "polis-saml", scenario: "polis", route: "project/polis/step/saml", picture: true },
  { name: "polis-scim", scenario: "polis", route: "project/polis/step/scim", picture: true },
  {
    name: "polis-redirects",
    scenario: "polis-arrived",
    route: "project/polis/step/saml",
    before: async (page) => {
      await page.getByLabel("Other redirect URLs").fill("nowhere");
      await press("Change the addresses")(page);
      await page.getByText("One of these is no address").first().waitFor();
      await page.getByLabel("Other redirect URLs").fill("https://account.example.com/other");
      await press("Change the addresses")(page);
      await page.getByRole("button", { name: "Change the addresses" }).waitFor({ state: "detached" });
    },
  },
  { name: "polis-scim-arrived", scenario: "polis-arrived", route: "project/polis/step/scim", picture: true },
  {
    name: "polis-scim-chosen",
    scenario: "polis-arrived",
    route: "project/polis/step/scim",
    before: async (page) => {
      await page.getByRole("button", { name: /^Use this one/ }).click();
      await page.getByText("Who has arrived was not read from Ory Polis yet.").waitFor();
    },
  },
  { name: "polis-scim-empty", scenario: "polis-empty", route: "project/polis/step/scim" },
  { name: "polis-users", scenario: "polis-arrived", route: "project/polis/step/users", picture: true },
  { name: "polis-users-none", scenario: "polis-empty", route: "project/polis/step/users" },
  { name: "polis-users-no-directory", scenario: "polis", route: "project/polis/step/users" },
  { name: "polis-groups", scenario: "polis-arrived", route: "project/polis/step/groups" },
  { name: "polis-ready", scenario: "polis-ready", route: "project/polis", picture: true },
  {
    name: "polis-switched-off",
    scenario: "polis-ready",
    route: "project/polis",
    before: async (page) => {
      await press("Switch it off until then")(page);
      await page.getByRole("dialog").getByText("Ory Polis lets nobody in").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
      await page.getByText("Ory Polis has the connection switched off.").waitFor();
    },
  },
  { name: "polis-off", scenario: "polis-off", route: "project/polis", picture: true },
  {
    name: "polis-sign-in",
    scenario: "polis-arrived",
    route: "project/polis/sign-in",
    picture: true,
    before: async (page) => {
      await page.getByText("Invalid audience.").waitFor();
      await press("Start a sign-in at Ory Polis")(page);
      await page.getByText("None has failed since the sign-in was begun.").waitFor();
    },
  },
  {
    name: "polis-sign-in-failed",
    scenario: "polis-arrived",
    route: "project/polis/sign-in",
    picture: true,
    before: async (page) => {
      await page.getByRole("button", { name: /^Show/ }).first().click();
      await page.locator("#sign-in-verdict:focus").waitFor();
    },
  },
  {
    name: "polis-sign-in-came-through",
    scenario: "polis-empty",
    route: "project/polis/sign-in",
    before: async (page) => {
      await page.getByText("Ory Polis has written down no failed sign-in").waitFor();
      await press("Start a sign-in at Ory Polis")(page);
      await press("It ended there with a code")(page);
      await page.getByText("that a sign-in came through Ory Polis.").waitFor();
    },
  },
  { name: "polis-sign-in-desktop", scenario: "polis-arrived", route: "project/polis/sign-in/desktop" },
  { name: "polis-sign-in-away", scenario: "polis-away", route: "project/polis/sign-in" },
  { name: "polis-sign-in-no-connection", scenario: "polis", route: "project/polis/sign-in" },
  { name: "polis-key", scenario: "polis-key", route: "project/polis", picture: true, before: press("Give the API key") },
  {
    name: "new-project-keycloak",
    route: "new-project",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^Into Keycloak/ }).check();
      await page.getByLabel("Address of Keycloak").fill("https://sso.example.com");
      await press("Create project")(page);
      await page.getByText("The client secret is missing").first().waitFor();
      if ((await page.getByText("This is not an address that Keycloak").count()) > 0) throw new Error("the address that was typed is not taken");
    },
  },
  {
    name: "switch-keycloak-plan",
    route: "project/contoso/change/backend",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^Into Keycloak/ }).check();
      await page.getByLabel("Address of Keycloak").fill("https://sso.example.com");
      await page.getByLabel("Realm", { exact: true }).fill("staff");
      await page.getByLabel("Client ID").fill("signpost");
      await press("Show what changes")(page);
      await page.getByText("This cannot be an alias in Keycloak.").waitFor();
      await page.getByLabel("Alias").fill("contoso");
      await page.keyboard.press("Enter");
      await page.locator("#switch-plan:focus").waitFor();
      await press("Change where the settings go")(page);
      await page.getByText("The client secret is missing").waitFor();
    },
  },
  { name: "keycloak-hub", scenario: "keycloak-connected", route: "project/keycloak", picture: true },
  { name: "keycloak-saml", scenario: "keycloak-connected", route: "project/keycloak/step/saml", picture: true },
  { name: "keycloak-unchecked", scenario: "keycloak-unchecked", route: "project/keycloak/step/saml" },
  { name: "keycloak-scim", scenario: "keycloak-connected", route: "project/keycloak/step/scim" },
  {
    name: "keycloak-groups",
    scenario: "keycloak-sent",
    route: "project/keycloak/step/saml",
    picture: true,
    before: async (page) => {
      await press("Set in Keycloak")(page);
      await page.getByText("There is no group").first().waitFor();
    },
  },
  { name: "keycloak-ready", scenario: "keycloak-ready", route: "project/keycloak", picture: true, before: press("Activate…") },
  { name: "keycloak-key", scenario: "keycloak-key", route: "project/keycloak", picture: true, before: press("Give the client secret") },
  { name: "portal-users", scenario: "portal", route: "project/portal/step/users" },
  { name: "portal-backup-login", scenario: "portal", route: "project/portal/step/backup-login" },
  { name: "guide", route: "project/contoso/guide/stage-1", picture: true },
  { name: "domains", scenario: "domains", route: "project/domains/step/domains", picture: true },
  { name: "domains-none", scenario: "begun", route: "project/begun/step/domains" },
  {
    name: "domains-typed",
    route: "project/contoso/step/domains",
    before: async (page) => {
      await page.getByLabel("Add domains").fill("mia@wingtip.example, gmail.com\nlocalhost");
      await press("Add")(page);
      await page.getByRole("heading", { name: /is a mail service for everybody/ }).waitFor();
    },
  },
  {
    name: "domains-removed",
    route: "project/contoso/step/domains",
    before: async (page) => {
      await page.getByRole("button", { name: "Remove fabrikam.com" }).click();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("link", { name: "fabrikam.com" }).waitFor();
    },
  },
  { name: "domains-wrong", scenario: "domains", route: "project/domains/step/domains/fabrikam.com", picture: true },
  {
    name: "domains-attempts",
    scenario: "domains",
    route: "project/domains/step/domains/fabrikam.com",
    before: async (page) => {
      await page.getByRole("button", { name: "Show as table" }).click();
      await page.getByLabel("Is it served elsewhere?").selectOption("amazon-route-53");
      await page.getByText("Amazon Route 53 serves fabrikam.com.").waitFor();
    },
  },
  {
    name: "domains-accepted",
    scenario: "domains",
    route: "project/domains/step/domains/contoso.com",
    picture: true,
    before: async (page) => {
      await page.getByRole("heading", { name: "What My Account saw" }).waitFor();
      await page.getByRole("button", { name: "Show as table" }).last().click();
    },
  },
  { name: "hub-record-gone", scenario: "gone", route: "project/gone", picture: true },
  {
    name: "domains-record-gone",
    scenario: "gone",
    route: "project/gone/step/domains/contoso.com",
    picture: true,
    before: (page) => page.getByRole("heading", { name: "What My Account saw" }).waitFor(),
  },
  {
    name: "domains-record-gone-unnoticed",
    scenario: "gone-unnoticed",
    route: "project/gone/step/domains/contoso.com",
    before: (page) => page.getByRole("heading", { name: "The record of contoso.com is gone." }).waitFor(),
  },
  { name: "domains-published", scenario: "domains", route: "project/domains/step/domains/xn--mller-kva.example" },
  { name: "domains-refused", scenario: "domains", route: "project/domains/step/domains/tailwind.example" },
  { name: "domains-unsent", scenario: "domains", route: "project/domains/step/domains/wingtip.example" },
  {
    name: "domains-checked",
    scenario: "domains",
    route: "project/domains/step/domains/adatum.com",
    before: async (page) => {
      await press("Check now")(page);
      await page.getByRole("heading", { name: "Who answers what" }).waitFor();
    },
  },
  { name: "domains-nowhere", route: "project/contoso/step/domains/nowhere.example" },
  { name: "certificates", scenario: "rollover", route: "certificates", picture: true },
  { name: "certificates-none", scenario: "fresh", route: "certificates" },
  {
    name: "certificates-failing",
    scenario: "certificates-failing",
    route: "certificates",
    before: (page) => page.getByRole("button", { name: "Try again" }).waitFor(),
  },
  {
    name: "certificates-many",
    scenario: "certificates-many",
    route: "certificates",
    picture: true,
    before: async (page) => {
      await page.getByLabel("Find an organization").fill("nor");
      await page.getByRole("rowheader", { name: /Northwind/ }).waitFor();
      await page.getByRole("rowheader", { name: /Adatum/ }).waitFor({ state: "detached" });
    },
  },
  {
    name: "certificates-saved",
    route: "certificates",
    before: async (page) => {
      await press("Save reminders…")(page);
      await page.getByText(/^Saved as/).first().waitFor();
    },
  },
  { name: "look-at-certificate-empty", route: "look-at-certificate" },
  {
    name: "look-at-certificate",
    route: "look-at-certificate",
    picture: true,
    before: async (page) => {
      await page.getByLabel("Certificate", { exact: true }).fill("-----BEGIN CERTIFICATE-----");
      await press("Look at it")(page);
      await page.locator("#look-at-answer:focus").waitFor();
    },
  },
  {
    name: "look-at-certificate-key",
    route: "look-at-certificate",
    before: async (page) => {
      await page.getByLabel("Certificate", { exact: true }).fill("-----BEGIN PRIVATE KEY-----");
      await press("Look at it")(page);
      await page.getByText("This contains a private key").first().waitFor();
      if ((await page.getByLabel("Certificate", { exact: true }).inputValue()) !== "") throw new Error("the key is still shown");
    },
  },
  { name: "rollover", scenario: "rollover", route: "project/active/step/saml", picture: true },
  {
    name: "certificate-overlap",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await press("Show as table")(page);
      await page.getByRole("rowheader", { name: "Both are valid, 28 days" }).waitFor();
    },
  },
  { name: "rollover-hub", scenario: "rollover", route: "project/active", picture: true },
  {
    name: "rollover-taken",
    scenario: "rollover-seen",
    route: "project/active/step/saml",
    before: async (page) => {
      await press("Take the old one away")(page);
      await page.getByRole("heading", { name: "The signing certificate was changed" }).waitFor();
    },
  },
  {
    name: "rollover-word",
    scenario: "rollover-portal",
    route: "project/active/step/saml",
    before: async (page) => {
      await press("I signed in with the new certificate")(page);
      await page.getByRole("button", { name: "Take the old one away" }).waitFor();
    },
  },
  {
    name: "rollover-called-off",
    scenario: "rollover",
    route: "project/active/step/saml",
    before: async (page) => {
      await press("Call it off")(page);
      await page.getByRole("button", { name: "Go on with the change" }).waitFor();
    },
  },
  { name: "saml", route: "project/contoso/step/saml", picture: true },
  {
    name: "saml-table",
    route: "project/contoso/step/saml",
    before: press("Show as table"),
  },
  {
    name: "saml-blocked",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await press("Save to My Account…")(page);
      await page.getByRole("heading", { name: "There is a problem" }).waitFor();
    },
  },
  {
    name: "saml-save",
    route: "project/contoso/step/saml",
    picture: true,
    before: async (page) => {
      await page.getByRole("checkbox", { name: /^I know this/ }).check();
      await press("Save to My Account…")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "saml-saved",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await page.getByRole("checkbox", { name: /^I know this/ }).check();
      await press("Save to My Account…")(page);
      await page.getByRole("dialog").getByRole("button", { name: "Save to My Account" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    },
  },
  {
    name: "saml-paste",
    scenario: "begun",
    route: "project/begun/step/saml",
    before: async (page) => {
      await press("Paste…")(page);
      await page.getByLabel("Text of the metadata file").fill("<html>");
      await press("Read it")(page);
      await page.getByRole("heading", { name: /This is a web page, not metadata/ }).waitFor();
      await press("Paste…")(page);
    },
  },
  {
    name: "saml-hand",
    scenario: "saml-typed",
    route: "project/contoso/step/saml",
    picture: true,
  },
  {
    name: "saml-several",
    scenario: "saml-several",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await page.getByRole("radio", { name: /staff/ }).check();
      await page.getByText("Certificate 2").waitFor();
    },
  },
  {
    name: "saml-search",
    scenario: "saml-several",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await page.getByText("1,201 more are not shown", { exact: false }).waitFor();
      await page.getByLabel("Find in the list").fill("university alumni");
      await page.getByRole("radio", { name: /staff/ }).waitFor({ state: "detached" });
    },
  },
  {
    name: "saml-newer",
    scenario: "saml-newer",
    route: "project/contoso/step/saml",
    picture: true,
    before: (page) => page.locator("#saml-newer").scrollIntoViewIfNeeded(),
  },
  {
    name: "saml-newer-taken",
    scenario: "saml-signed",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await press("Read it again")(page);
      await press("Use what the metadata says")(page);
      await page.locator("#saml-newer").waitFor({ state: "detached" });
    },
  },
  {
    name: "saml-signed",
    scenario: "saml-signed",
    route: "project/contoso/step/saml",
    picture: true,
    before: (page) => page.locator("#saml-preview").scrollIntoViewIfNeeded(),
  },
  {
    name: "saml-signer",
    scenario: "saml-signed",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await press("I compared it: ask for this key")(page);
      await page.getByText("Good, by the key that you confirmed.", { exact: false }).waitFor();
    },
  },
  {
    name: "saml-address",
    scenario: "begun",
    route: "project/begun/step/saml",
    picture: true,
    before: async (page) => {
      await press("From an address…")(page);
      await page.getByLabel("Address", { exact: true }).fill("https://idp.example.edu/metadata.xml");
    },
  },
  {
    name: "saml-withheld",
    scenario: "begun",
    route: "project/begun/step/saml",
    before: async (page) => {
      await press("From an address…")(page);
      await page.getByLabel("Address", { exact: true }).fill("https://idp.example.edu/metadata.xml?key=s3cret");
      await press("Read it")(page);
      await page.getByText("Part of the address may be a secret", { exact: false }).waitFor();
      if (await page.getByText("s3cret").count()) throw new Error("the secret is shown");
      await press("Read it again")(page);
      await page.getByLabel("Address", { exact: true }).waitFor();
    },
  },
  {
    name: "saml-options",
    route: "project/contoso/step/saml",
    picture: true,
    before: async (page) => {
      await page.getByText("All off").click();
      await page.getByRole("checkbox", { name: /^Take assertions encrypted/ }).check();
      await page.getByText("One is on").scrollIntoViewIfNeeded();
    },
  },
  { name: "saml-unreadable", scenario: "saml-unreadable", route: "project/contoso/step/saml" },
  { name: "saml-conflict", scenario: "saml-conflict", route: "project/contoso/step/saml" },
  {
    name: "saml-hover",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await page.locator("main h1").dispatchEvent("dragover");
      await page.locator(".drop-over").waitFor();
    },
  },
  { name: "app-registration", route: "project/contoso/step/app-registration", picture: true },
  {
    name: "app-registration-begun",
    scenario: "begun",
    route: "project/begun/step/app-registration",
    before: async (page) => {
      await page.getByText("Links open in the wrong tenant?").click();
      await page.getByLabel("Tenant ID or primary domain").fill("not a tenant");
      await page.getByText("Only letters, digits, hyphens and dots can stand here.").waitFor();
    },
  },
  { name: "groups", route: "project/contoso/step/groups", picture: true },
  { name: "groups-begun", scenario: "begun", route: "project/begun/step/groups" },
  { name: "groups-wrong", scenario: "groups-wrong", route: "project/contoso/step/groups", picture: true },
  { name: "groups-conflict", scenario: "groups-conflict", route: "project/contoso/step/groups" },
  {
    name: "groups-saved",
    scenario: "groups-arrived",
    route: "project/contoso/step/groups",
    before: async (page) => {
      await page.getByRole("checkbox", { name: /Both groups are listed/ }).check();
      await page.getByText(/Confirmed by you, today/).waitFor();
      await press("Save to My Account")(page);
      await page.getByRole("link", { name: /^Continue to/ }).waitFor();
    },
  },
  { name: "scim-off", route: "project/contoso/step/scim", picture: true },
  {
    name: "scim-begun",
    scenario: "begun",
    route: "project/begun/step/scim",
    before: async (page) => {
      await press("Make bearer token")(page);
      await page.getByRole("button", { name: "Replace…" }).waitFor();
    },
  },
  {
    name: "scim-token",
    scenario: "scim-token",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await page.getByRole("button", { name: "Copy Bearer Token" }).click();
      await page.getByText("This computer’s keyring is locked.").waitFor();
    },
  },
  {
    name: "scim-calls",
    scenario: "scim-token",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await page.getByText("Entra called 2 minutes ago: 14 users, 2 groups.").waitFor();
      await page.locator("summary", { hasText: "The newest 5 calls" }).click();
      await page.getByText("(refused: uniqueness)").waitFor();
    },
  },
  {
    name: "scim-two-tokens",
    scenario: "scim-two-tokens",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await page.getByRole("row", { name: /77ab/ }).waitFor();
      await press("Replace…")(page);
      await page.getByRole("dialog").getByRole("radio", { name: "1 day more" }).check();
      await page.getByRole("button", { name: "Replace token" }).click();
      await page.getByRole("row", { name: /4e1d/ }).waitFor();
      await page.getByRole("button", { name: /^Revoke….*77ab/ }).click();
      await page.getByRole("button", { name: "Revoke token" }).click();
      await page.getByRole("row", { name: /77ab/ }).waitFor({ state: "detached" });
    },
  },
  { name: "scim-ending", scenario: "scim-ending", route: "project/contoso/step/scim", picture: true },
  {
    name: "scim-revoked",
    scenario: "scim-revoked",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await page.getByText("The token in this computer’s keyring ends in 9f2c.").waitFor();
      if (await page.getByRole("button", { name: "Copy Bearer Token" }).isVisible()) throw new Error("a dead token can be copied");
      await page.getByRole("button", { name: "Make bearer token" }).waitFor();
      await page.getByText(/^The token that would be sent along is good for nothing/).waitFor();
      if (await page.getByRole("button", { name: "Rehearse provisioning" }).isVisible()) throw new Error("a dead token can be rehearsed with");
    },
  },
  {
    name: "scim-rehearsed",
    scenario: "scim-token",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await press("Rehearse provisioning")(page);
      await page.locator("#main").getByText("3 requests do not do what they are meant to do.").waitFor();
      await page.locator("summary", { hasText: "All requests" }).click();
      await page.getByText("Removes a member by a list").waitFor();
    },
  },
  {
    name: "scim-rehearsed-well",
    scenario: "scim-ending",
    route: "project/contoso/step/scim",
    before: async (page) => {
      await press("Rehearse provisioning")(page);
      await page.locator("#main").getByText("Every request does what it is meant to do.").waitFor();
    },
  },
  {
    name: "scim-mark-refused",
    scenario: "scim-token",
    route: "project/contoso/step/scim",
    before: async (page) => {
      const mark = page.getByRole("checkbox", { name: /^Configuration in the IdP Directory is done/ });
      await mark.click();
      await page.getByText(/A confirmation is missing without which/).waitFor();
      await page.locator("#confirm-provisioning-started:focus").waitFor();
      if (await mark.isChecked()) throw new Error("a mark that was refused is ticked");
    },
  },
  {
    name: "scim-replace",
    scenario: "scim-replaced",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await press("Replace…")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "scim-local",
    scenario: "scim-local",
    route: "project/contoso/step/scim",
    picture: true,
    before: async (page) => {
      await press("Make bearer token")(page);
      await page.getByText("This computer has no keyring that answers.").waitFor();
    },
  },
  { name: "users-begun", scenario: "begun", route: "project/begun/step/users" },
  {
    name: "users-arrived",
    scenario: "users-arrived",
    route: "project/contoso/step/users",
    picture: true,
    before: async (page) => {
      await page.getByText("Entra called 12 minutes ago: 4 users, 2 groups.").waitFor();
      await press("Look again")(page);
      await page.getByRole("radio", { name: /I will add people later/ }).check();
      await page.getByText(/Confirmed by you/).waitFor();
      await page.getByRole("radio", { name: /The people are in their groups/ }).check();
      await page.locator("label", { hasText: "The people are in their groups" }).getByText(/Confirmed by you/).waitFor();
    },
  },
  { name: "backup-login", route: "project/contoso/step/backup-login", picture: true },
  { name: "backup-login-saved", scenario: "backup-saved", route: "project/contoso/step/backup-login" },
  {
    name: "backup-login-unknown",
    scenario: "backup-unknown",
    route: "project/contoso/step/backup-login",
    picture: true,
    before: async (page) => {
      await press("Save to My Account")(page);
      await page.getByText(/is not a user of the account who has signed in/).waitFor();
      await page.locator("#backup-email:focus").waitFor();
    },
  },
  { name: "explain", route: "explain" },
  { name: "explain-empty", route: "explain", before: press("Explain") },
  { name: "explain-code", route: "project/contoso/explain", before: explain("Sorry, but we’re having trouble signing you in. AADSTS50105"), picture: true },
  { name: "explain-many", route: "explain", before: explain("the signing certificate has expired and the record value is another one"), picture: true },
  { name: "explain-none", route: "explain", before: explain("hello"), picture: true },
  { name: "explain-row", route: "project/contoso/explain/M08" },
  { name: "explain-all", route: "explain", before: (page) => page.getByText(/^Everything that is known here/).click() },
  {
    name: "explain-field",
    route: "project/contoso/explain/I02",
    before: async (page) => {
      await page.getByRole("link", { name: "Open SAML" }).click();
      await page.locator(".ui:focus", { hasText: "Reply URL (Assertion Consumer Service URL)" }).waitFor();
    },
  },
  {
    name: "explain-from-finding",
    route: "project/contoso/step/saml",
    before: async (page) => {
      await page.getByRole("link", { name: /^More about this/ }).first().click();
      await page.getByRole("heading", { name: /certificate has expired, ends soon/ }).waitFor();
    },
  },
  { name: "hand-over", route: "project/contoso/step/groups", before: press("Hand over…"), picture: true },
  {
    name: "hand-over-faults",
    route: "project/contoso/step/groups",
    before: async (page) => {
      await press("Hand over…")(page);
      await press("Save a file…")(page);
      await page.locator("#hand-over-to:focus").waitFor();
    },
  },
  {
    name: "hand-over-given",
    route: "project/contoso/step/groups",
    before: async (page) => {
      await press("Hand over…")(page);
      await page.getByLabel("Who does it").fill("Dana Kim");
      await press("Save a file…")(page);
      await page.getByRole("button", { name: "Take it back" }).waitFor();
    },
  },
  { name: "hand-over-returned", scenario: "returned", route: "project/contoso/step/groups", picture: true },
  { name: "hand-over-task", scenario: "task", route: "project/contoso", picture: true },
  { name: "hand-over-task-step", scenario: "task", route: "project/contoso/step/groups" },
  { name: "settings", scenario: "lab", route: "settings", picture: true },
  { name: "settings-own-guides", scenario: "own-guides", route: "settings" },
  { name: "settings-own-guides-wrong", scenario: "own-guides-wrong", route: "settings" },
  {
    name: "settings-own-guides-again",
    scenario: "own-guides-wrong",
    route: "settings",
    before: async (page) => {
      await page.getByText("One guide file cannot be used.").waitFor();
      await press("Read again")(page);
      await page.getByText("One guide file cannot be used.").waitFor({ state: "hidden" });
    },
  },
  {
    name: "new-project-own-guide",
    scenario: "own-guides",
    route: "new-project",
    before: async (page) => {
      await page.getByRole("radio", { name: "Parallels My Account" }).check();
      await page.getByRole("radio", { name: "Example ID" }).check();
    },
  },
  {
    name: "new-project-wrong-guide",
    scenario: "own-guides-wrong",
    route: "new-project",
    before: (page) => page.getByText("example-id.toml, line 12").waitFor(),
  },
  {
    name: "okta-scim-on",
    scenario: "okta",
    route: "project/contoso/step/scim",
    before: async (page) => {
      await page.getByRole("radio", { name: /^On/ }).check();
      await page.getByRole("heading", { name: "Push the administrators’ group" }).waitFor();
    },
  },
  {
    name: "pingone-scim-on",
    scenario: "pingone",
    route: "project/contoso/step/scim",
    before: async (page) => {
      await page.getByRole("radio", { name: /^On/ }).check();
      await page.getByRole("heading", { name: "Check the attribute mapping" }).waitFor();
    },
  },
  {
    name: "settings-resolver-refused",
    route: "settings",
    before: async (page) => {
      await page.getByText("Add a resolver").click();
      await page.getByLabel("Operator").fill("Example");
      await page.getByLabel("IP address").fill("dns.example");
      await press("Add resolver")(page);
      await page.getByText("That is not an IP address.").waitFor();
    },
  },
  ...servicePages,
  { name: "help", route: "help", picture: true },
  { name: "nowhere", route: "no/such/place" },
];
