import type { Guide } from "../types";
import okta from "./guide-okta.json";
import pingone from "./guide-pingone.json";
import entra from "./guide.json";

/** The guides of Parallels My Account as the core reads them. A test of the core writes these files. */
const guides = [entra, okta, pingone] as Guide[];

export const guideFor = (idp: string): Guide => guides.find(({ identity_provider }) => identity_provider.id === idp) ?? (entra as Guide);
