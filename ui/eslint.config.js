import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const window = {
  group: ["@tauri-apps/*"],
  message: "Only src/host/tauri.ts talks to the window; everything else goes through Host.",
};
const otherSteps = {
  regex: "^(\\.\\./(\\.\\./)*steps/|\\.\\./(domains|app-registration|groups|saml|scim|users|backup-login)/)",
  message: "A step knows no other step.",
};
const outside = {
  regex: "/(steps|host|bindings|app|hub|projects)(/|$)",
  message: "A component knows no step, no host and no screen; hand values and functions in.",
};
const bindings = { regex: "/bindings(/|$)", message: "Only src/host sees the generated bindings." };
const restrict = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

export default ts.config(
  { ignores: ["dist*", "node_modules", "test-results", "src/bindings"] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { project: "./tsconfig.tests.json", extraFileExtensions: [".svelte"] },
    },
    rules: {
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/button-has-type": "error",
      eqeqeq: "error",
      ...restrict(window, bindings),
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    // The parser does not infer the parameters of functions written in markup; svelte-check does.
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  { files: ["src/components/**"], rules: restrict(window, bindings, outside) },
  { files: ["src/steps/**"], rules: restrict(window, bindings, otherSteps) },
  { files: ["src/host/**"], rules: restrict(window) },
  { files: ["src/host/tauri.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["tests/**", "*.config.*"], languageOptions: { globals: { ...globals.node } } },
  { files: ["**/*.js", "**/*.mjs"], extends: [ts.configs.disableTypeChecked] },
);
