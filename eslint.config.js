import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const NODE_GLOBALS = ["process", "console", "Buffer", "URL", "fetch", "setTimeout", "clearTimeout", "performance"];

/** One set of rules for the whole house: an exception stands at its line, with its reason. */
export default tseslint.config(
  {
    ignores: ["dist/", "coverage/", "widgets/", "test/fixtures/", "test/golden/cases/", "reports/", ".stryker-tmp/"],
  },
  js.configs.recommended,
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, "readonly"])) },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers and booleans read well in a template; objects do not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // An arrow function that only calls is clearer without braces.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["host/page/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
  },
  {
    rules: {
      complexity: ["error", 15],
      "no-nested-ternary": "error",
      "max-params": ["error", 5],
      eqeqeq: "error",
      // Cleaning control characters out of text is much of what the reports do.
      "no-control-regex": "off",
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
);
