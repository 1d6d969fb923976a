import type { Guide } from "../types";
import adfs from "./guide-adfs.json";
import google from "./guide-google.json";
import jumpcloud from "./guide-jumpcloud.json";
import keycloak from "./guide-keycloak.json";
import okta from "./guide-okta.json";
import onelogin from "./guide-onelogin.json";
import pingone from "./guide-pingone.json";
import pymetrics from "./guide-pymetrics.json";
import saml from "./guide-saml.json";
import entra from "./guide.json";

type Page = Guide["pages"][number];

/** A guide in which what is the same as in {@link whole} has only its id. */
interface Beside {
  service: string | Guide["service"];
  identity_provider: Guide["identity_provider"];
  steps: (string | Page)[];
  pages: (string | Page)[];
}

const whole = entra as Guide;
const beside = [adfs, google, jumpcloud, keycloak, okta, onelogin, pingone, saml] as unknown as Beside[];

const filled = (pages: (string | Page)[], known: Page[]): Page[] =>
  pages.flatMap((page) => (typeof page === "string" ? known.filter(({ id }) => id === page) : [page]));

/** The guides as the core reads them. A test of the core writes these files. */
export const guides: Guide[] = [
  whole,
  pymetrics as Guide,
  ...beside.map(({ service, identity_provider, steps, pages }) => ({
    service: typeof service === "string" ? whole.service : service,
    identity_provider,
    steps: filled(steps, whole.steps),
    pages: filled(pages, whole.pages),
  })),
];

export const guideFor = (asked: { service: string; idp: string }): Guide =>
  guides.find(({ service, identity_provider }) => service.id === asked.service && identity_provider.id === asked.idp) ?? whole;
