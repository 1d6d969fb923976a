import { expect, test } from "vitest";
import { href, parse, type Route } from "../../src/router";

const routes: Route[] = [
  { screen: "projects" },
  { screen: "new-project" },
  { screen: "check-domain" },
  { screen: "settings" },
  { screen: "help" },
  { screen: "explain", project: null, row: null },
  { screen: "explain", project: null, row: "I04" },
  { screen: "explain", project: "p", row: null },
  { screen: "explain", project: "p", row: "D05" },
  { screen: "hub", project: "p/1 ü" },
  { screen: "step", project: "p", step: "domains", part: [] },
  { screen: "step", project: "p", step: "app-registration", part: ["fabrikam.com", "a/b"] },
  { screen: "guide", project: "p", page: "stage-1" },
  { screen: "change", project: "p", what: "provider" },
  { screen: "change", project: "p", what: "backend" },
  { screen: "sign-in", project: "p", purpose: "portal" },
  { screen: "sign-in", project: "p", purpose: "desktop" },
];

test.each(routes)("$screen reads back from its address", (route) => {
  expect(parse(href(route))).toEqual(route);
});

test.each(["#/no/such/place", "#/project/p/step/nothing", "#/project/p/guide", "#/project/p/change/nothing", "#/project/p/change/backend/x", "#/project/p/sign-in/nothing", "#/project/p/sign-in/desktop/x", "#/settings/x", "#/explain/D05/x", "#/project/p/explain/D05/x", "#/%E0%A4%A"])(
  "%s leads nowhere",
  (address) => {
    expect(parse(address)).toBeNull();
  },
);

test.each(["", "#", "#/", "#/projects"])("%j is the list of projects", (address) => {
  expect(parse(address)).toEqual({ screen: "projects" });
});
