import type { Guide } from "../types";
import data from "./guide.json";

/** The guide of Parallels My Account with Microsoft Entra ID, as the core reads it. */
export const guide = data as Guide;
