/**
 * What is asked of an app before it is published, in our own words. Sources:
 * OpenAI, "Submit your plugin", "App review", "Plan your tools",
 * "Authentication" and "Plugin guidelines" (September 2026).
 */
import type { ReadinessItem } from "../model/readiness.ts";

type Row = readonly [id: string, item: string, by: ReadinessItem["by"], checks: readonly string[], look: string];

const AREAS = {
  endpoint: [
    [
      "https",
      "The endpoint is reached by https, and its redirects stay there and end",
      "machine",
      ["transport/endpoint"],
      "Give --mcp with the address that will be submitted",
    ],
    [
      "answers",
      "The endpoint answers its lists, readings and calls fast enough",
      "machine",
      ["transport/answer-time"],
      "Run it from where users are: latency on this machine says little",
    ],
    [
      "clients",
      "Many users at a time, requests that are given up and sessions of before a restart are borne",
      "machine",
      ["transport/second-client", "transport/cancellation", "transport/stale-session"],
      "Restart the server while somebody is connected, and call a tool again",
    ],
  ],
  tools: [
    [
      "hints",
      "Every tool declares readOnlyHint, destructiveHint and openWorldHint",
      "machine",
      ["tools/annotations"],
      "Look at each hint of each tool",
    ],
    [
      "honest",
      "Hints agree with what the tool does",
      "machine",
      ["tools/honest-hints", "tools/destructive-confirmation"],
      "Call each tool once, and see what it changed",
    ],
    [
      "descriptions",
      "Every tool has a name of its own, and a description of what it does and not of when to prefer it",
      "machine",
      ["metadata/naming", "tools/description"],
      "Read the descriptions as the model does",
    ],
    [
      "schemas",
      "Inputs are object schemas as narrow as the task; outputs describe what is rendered",
      "machine",
      ["tools/input-schema", "tools/output-schema"],
      "Look for fields that ask for more than the task needs",
    ],
    [
      "text",
      "Tools are useful where no UI is shown: a text stands beside it",
      "machine",
      ["tools/text-fallback"],
      "Read the result without its widget",
    ],
    [
      "minimal",
      "Answers hold what the prompt needs, and no ids, times, tokens or debug data",
      "machine",
      ["tools/response-minimisation", "props"],
      "Read one answer of each tool",
    ],
    [
      "justified",
      "Destructive and open-world tools are justified, and each frame domain is explained",
      "data",
      [],
      "sandglass ready --mcp URL --draft chatgpt-app-submission.json; write a sentence for each hint, and for each frame domain",
    ],
    [
      "security-schemes",
      "Tools that differ in access name their security schemes",
      "machine",
      ["auth/security-schemes"],
      "Compare securitySchemes with what the server enforces",
    ],
  ],
  ui: [
    [
      "mime",
      "The UI resource exists and is text/html;profile=mcp-app",
      "machine",
      ["metadata/resource"],
      "Open the widget in developer mode",
    ],
    [
      "domain",
      "Each UI resource has a domain of its own",
      "machine",
      ["csp/declaration", "metadata/domain"],
      "See that no other app of yours uses the domain",
    ],
    [
      "csp",
      "The policy lists exactly the domains that the UI loads",
      "machine",
      ["csp", "network"],
      "Run every scenario that a user may meet",
    ],
    [
      "works",
      "The UI renders without errors, in both themes and on narrow screens",
      "machine",
      ["render", "bridge", "api"],
      "Use it once on a phone",
    ],
    [
      "versioned",
      "What changed since the review is known, and its URI is new",
      "machine",
      ["snapshot"],
      "Compare with the version that was submitted",
    ],
    [
      "screenshots",
      "Screenshots, one for each starter prompt: PNG or JPEG, 706 pixels wide, 400 to 860 tall",
      "data",
      [],
      "sandglass ready --mcp URL --screenshots DIR",
    ],
  ],
  auth: [
    [
      "challenge",
      "A request without a good token gets 401 and a pointer to the metadata",
      "machine",
      ["auth/challenge", "auth/token"],
      "sandglass check --only auth --mcp URL --bad-token expired=TOKEN --format json=auth.json, then --result auth.json",
    ],
    [
      "metadata",
      "Resource and authorization server are described where clients look",
      "machine",
      ["auth/resource-metadata", "auth/server-metadata"],
      "Open the addresses in a browser",
    ],
    [
      "pkce",
      "PKCE with S256; the issuer names itself in its answers",
      "machine",
      ["auth/server-metadata", "auth/pkce"],
      "Log in once: sandglass login --mcp URL",
    ],
    [
      "registration",
      "A client gets an identity without a person",
      "machine",
      ["auth/registration"],
      "Log in with a client that was never seen before",
    ],
    [
      "redirect",
      "https://chatgpt.com/connector/oauth/… is allowed as a redirect, and others are compared exactly",
      "machine",
      ["auth/redirect"],
      "Add ChatGPT's redirect to the client, where clients are set up by hand",
    ],
    [
      "scopes",
      "Scopes are few, and enforced on every call",
      "machine",
      ["auth/scopes"],
      "The same with --bad-token scopes=TOKEN, a token of fewer scopes",
    ],
    ["demo", "A demo account works without a second factor", "data", [], "Log in with it from another network"],
  ],
  safety: [
    [
      "inputs",
      "Inputs are validated on the server",
      "machine",
      ["tools/input-validation"],
      "Try what your own tools fear most",
    ],
    [
      "injection",
      "Results carry no orders to the model",
      "machine",
      ["tools/prompt-injection", "bridge/planted-order"],
      "Read what third parties can write into your results",
    ],
    [
      "secrets",
      "No secrets in the UI's data, in answers or in addresses",
      "machine",
      ["props/secret", "props/secret-exfiltrated", "tools/response-minimisation", "auth/leak"],
      "Search the built bundle for your keys",
    ],
  ],
  domain: [
    [
      "challenge-file",
      "/.well-known/openai-apps-challenge gives exactly the token of the portal",
      "machine",
      [],
      "sandglass ready --mcp URL --domain-challenge TOKEN",
    ],
  ],
  listing: [
    [
      "name",
      "Display name of at most 30 characters, short description of at most 30, long of at most 4000 (the portal; a package has other limits)",
      "data",
      [],
      "sandglass ready --mcp URL --submission chatgpt-app-submission.json",
    ],
    [
      "prompts",
      "At most 3 starter prompts of at most 128 characters, all different, without @mentions",
      "data",
      [],
      "Try each of them in a new conversation",
    ],
    ["urls", "Privacy policy and support are https addresses that open", "data", [], "Open both in a private window"],
    [
      "brand",
      "The brand colour has a contrast of at least 2 to 1",
      "data",
      [],
      "Measure it against white and against black",
    ],
    [
      "cases",
      "5 test cases that work and 3 that must not, with what is expected",
      "data",
      [],
      "sandglass ready --mcp URL --draft chatgpt-app-submission.json begins them from your scenarios",
    ],
    [
      "recording",
      "A recording of the demo, release notes, and the countries it is for",
      "data",
      [],
      "Give them in the portal",
    ],
    [
      "account",
      "The account is verified, and its data does not reside in the EU project",
      "person",
      [],
      "Look at the organisation's settings",
    ],
  ],
  policy: [
    [
      "original",
      "The app is original, does what it says, and carries no advertising or promotion",
      "person",
      [],
      "Read the plugin guidelines, item by item",
    ],
    [
      "commerce",
      "Purchases follow the commerce rules",
      "person",
      [],
      "Only physical goods, by the documented checkout",
    ],
    [
      "predictable",
      "Side effects are those that the user expects",
      "person",
      [],
      "Ask somebody who does not know the app",
    ],
    [
      "privacy",
      "The privacy policy says what is collected, for how long, and how to have it deleted",
      "person",
      [],
      "Compare it with what your tools return and your logs keep",
    ],
  ],
} as const satisfies Readonly<Record<ReadinessItem["area"], readonly Row[]>>;

export const readinessItems: readonly ReadinessItem[] = Object.entries(AREAS).flatMap(([area, rows]) =>
  rows.map(([id, item, by, checks, look]) => ({
    id: `${area}/${id}`,
    area: area as ReadinessItem["area"],
    item,
    by,
    checks,
    look,
  })),
);
