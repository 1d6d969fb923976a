/** Every screen, with the made-up world it is shown in and what is pressed before it is looked at. */

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {{ name: string, scenario?: string, route: string, before?: (page: Page) => Promise<void>, picture?: boolean, sizes?: string[] }} Screen
 */

/** @param {string} name */
const press = (name) => (/** @type {Page} */ page) => page.getByRole("button", { name, exact: true }).first().click();

/** @param {string} domain */
const check = (domain) => async (/** @type {Page} */ page) => {
  await page.getByLabel("Domain or e-mail address").fill(domain);
  await press("Check domain")(page);
  await page.getByRole("heading", { name: "Who answers what" }).waitFor();
};

/** @type {Screen[]} */
export const screens = [
  { name: "projects", route: "projects", picture: true },
  { name: "hub-begun", scenario: "begun", route: "project/begun" },
  { name: "hub-log", route: "project/contoso", before: press("Show the log of My Account") },
  { name: "guide-test", route: "project/contoso/guide/test-sign-in" },
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
    name: "new-project-faults",
    route: "new-project",
    picture: true,
    before: async (page) => {
      await page.getByRole("radio", { name: /^An account service/ }).check();
      await press("Create project")(page);
      await page.getByRole("heading", { name: "There are 4 problems" }).waitFor();
    },
  },
  { name: "hub", route: "project/contoso", picture: true },
  { name: "hub-menu", route: "project/contoso", before: press("Menu"), picture: true, sizes: ["narrow"] },
  { name: "hub-missing", route: "project/contoso", before: press("Activate…"), picture: true },
  { name: "hub-ready", scenario: "ready", route: "project/ready" },
  { name: "hub-activate", scenario: "ready", route: "project/ready", before: press("Activate…"), picture: true },
  { name: "hub-active", scenario: "active", route: "project/active", picture: true },
  { name: "hub-error", scenario: "failing", route: "project/failing" },
  { name: "hub-offline", scenario: "offline", route: "project/contoso", picture: true },
  { name: "hub-signed-out", scenario: "signed-out", route: "project/contoso", before: press("Enter a new token") },
  { name: "project-missing", route: "project/nowhere" },
  { name: "check-domain", route: "check-domain" },
  { name: "check-domain-right", route: "check-domain", before: check("adatum.com"), picture: true },
  { name: "check-domain-wrong", route: "check-domain", before: check("it@fabrikam.com"), picture: true },
  { name: "check-domain-absent", route: "check-domain", before: check("contoso.com") },
  { name: "check-domain-silent", route: "check-domain", before: check("silent.example") },
  {
    name: "check-domain-refused",
    route: "check-domain",
    before: async (page) => {
      await press("Check domain")(page);
      await page.getByText("There is no domain here.").waitFor();
    },
  },
  { name: "guide", route: "project/contoso/guide/stage-1", picture: true },
  { name: "settings", scenario: "lab", route: "settings", picture: true },
  { name: "help", route: "help", picture: true },
  { name: "nowhere", route: "no/such/place" },
];
