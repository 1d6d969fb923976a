import type { GuidePage } from "../types";

export const guidePages: GuidePage[] = [
  {
    id: "before-you-start",
    title: "Before you start",
    lead: [{ kind: "text", text: "Four things to have at hand. What is missing can be had later." }],
    actions: [
      {
        id: "G1",
        title: [{ kind: "text", text: "A business workspace in My Account" }],
        body: [
          [
            { kind: "text", text: "Open " },
            { kind: "link", text: "My Account", url: "https://my.parallels.com/" },
            { kind: "text", text: " and look for " },
            { kind: "strong", text: "IdP Integration" },
            { kind: "text", text: "." },
          ],
        ],
        portal: { where: "My Account", path: ["Business workspace", "IdP Integration"], url: "https://my.parallels.com/" },
        carries: [],
        notes: [],
      },
      {
        id: "G2",
        title: [{ kind: "text", text: "The right role in Entra" }],
        body: [[{ kind: "strong", text: "Cloud Application Administrator" }, { kind: "text", text: " or higher." }]],
        carries: [{ from: "Role", to: "Assigned roles", value: "Cloud Application Administrator" }],
        notes: [{ id: "N1", body: [{ kind: "text", text: "Global Administrator works too, but is more than is needed." }], checked: "2026-11-20" }],
      },
    ],
    notes: [],
  },
  {
    id: "test-sign-in",
    title: "Test sign-in",
    lead: [{ kind: "text", text: "Sign in once as a member of the users’ group, in a private window." }],
    actions: [],
    notes: [],
  },
];
