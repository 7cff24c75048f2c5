import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../../harness/config/index.ts";
import { containing, matching, present } from "../../expecting.ts";

function folderOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "sandglass-config-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const WRITTEN = {
  targets: ["widgets", "ui://map"],
  profile: "chatgpt",
  failOn: "warning",
  checks: { "api/cookie": "off" },
  scenarios: { "show-map": { far: { toolInput: { zoom: 1 } } } },
  allow: [{ fingerprint: "0123456789abcdef", reason: "accepted" }],
};

test.each([
  ["sandglass.config.json", JSON.stringify(WRITTEN)],
  ["sandglass.config.mjs", `export default ${JSON.stringify(WRITTEN)}`],
  [
    "sandglass.config.ts",
    `import { defineConfig } from "sandglass";\nconst mcp: string | undefined = undefined;\nexport default defineConfig({ ...${JSON.stringify(WRITTEN)}, mcp } as never);`,
  ],
  [
    "sandglass.config.yaml",
    "targets: [widgets, 'ui://map']\nprofile: chatgpt\nfailOn: warning\nchecks: { api/cookie: off }\nscenarios:\n  show-map:\n    far: { toolInput: { zoom: 1 } }\nallow:\n  - { fingerprint: '0123456789abcdef', reason: accepted }\n",
  ],
])("%s", async (name, text) => {
  const root = folderOf({ [name]: text });
  const config = await loadConfig(root);
  expect(config).toMatchObject({
    file: join(root, name),
    root,
    targets: [join(root, "widgets"), "ui://map"],
    profile: ["chatgpt"],
    failOn: "warning",
    checks: { "api/cookie": "off" },
    personalData: true,
    scenarios: { "show-map": [{ name: "far", toolInput: { zoom: 1 } }] },
    allow: WRITTEN.allow,
    assume: {},
    profiles: [],
  });
  expect(config).not.toHaveProperty("mcp");
});

test("allowCalls is true or false", async () => {
  expect(await loadConfig(folderOf({ "sandglass.config.json": '{"allowCalls": true}' }))).toMatchObject({
    allowCalls: true,
  });
  await expect(loadConfig(folderOf({ "sandglass.config.json": '{"allowCalls": "all"}' }))).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: containing("allowCalls: must be true or false"),
  });
});

test("no config is no error, unless one was asked for", async () => {
  expect(await loadConfig(folderOf({}))).toBeUndefined();
  await expect(loadConfig(folderOf({}), "other.json")).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: containing("other.json does not exist"),
  });
});

test("scenarios and their mocks may stand in a file of their own", async () => {
  const root = folderOf({
    "sandglass.config.json": '{ "scenarios": { "map": "scenarios/map.yaml" } }',
    "scenarios/map.yaml":
      "default:\n  context: { device: mobile, safeArea: { top: 47, right: 0, bottom: 34, left: 0 } }\n  gated: true\n  mocks:\n    - { url: 'https://a.example/*', file: a.json }\n  steps:\n    - click: role=button[name=Delete]\n",
    "scenarios/a.json": "{}",
  });
  expect((await loadConfig(root))?.scenarios.map).toEqual([
    {
      name: "default",
      gated: true,
      context: { device: "mobile", safeArea: { top: 47, right: 0, bottom: 34, left: 0 } },
      mocks: [{ url: "https://a.example/*", file: join(root, "scenarios/a.json") }],
      steps: [{ click: "role=button[name=Delete]" }],
    },
  ]);
});

test.each([
  [
    "sandglass.config.json",
    '{\n  "failOn": "info"\n}',
    /sandglass\.config\.json:2:3: \$\.failOn: must be error or warning/,
  ],
  ["sandglass.config.json", '{ "profils": [] }', /\$\.profils: is not a known field/],
  [
    "sandglass.config.json",
    '{ "allow": [{ "fingerprint": "0123456789abcdef" }] }',
    /\$\.allow\[0\]\.reason: is needed/,
  ],
  [
    "sandglass.config.json",
    '{ "allow": [{ "fingerprint": "0123456789abcdef", "reason": "x", "expires": "soon" }] }',
    /expires: must be a date/,
  ],
  ["sandglass.config.json", '{ "mcp": "localhost:3000" }', /\$\.mcp: must be an http or https URL/],
  ["sandglass.config.json", '{ "checks": { "api/cookie": "warn" } }', /must be off, error, warning or info/],
  [
    "sandglass.config.json",
    '{ "scenarios": { "t": { "s": { "step": [] } } } }',
    /\$\.scenarios\.t\.s\.step: is not a known field/,
  ],
  ["sandglass.config.yaml", "targets:\n  - widgets\nfailOn: nothing\n", /sandglass\.config\.yaml:3:9: \$\.failOn/],
  ["sandglass.config.yaml", "targets: [a\n", /sandglass\.config\.yaml:\d+:\d+: /],
  ["sandglass.config.mjs", "export default 5", /\$: must be an object/],
  ["sandglass.config.ts", "throw new Error('no luck')", /cannot be run: no luck/],
])("%s: %s", async (name, text, message) => {
  await expect(loadConfig(folderOf({ [name]: text }))).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: matching(message),
  });
});

test("a profile of one's own differs from the one it extends where it says so", async () => {
  const root = folderOf({
    "sandglass.config.json": '{ "profiles": ["intranet.json", "loose.ts"] }',
    "intranet.json": JSON.stringify({
      id: "intranet",
      extends: "chatgpt",
      badge: "internal",
      source: "our host's code",
      seen: "2026-11",
      innerPolicy:
        "default-src 'none'; script-src 'unsafe-inline' {resource}; object-src 'none'; upgrade-insecure-requests",
      frames: {
        outerAllow: {
          value: "clipboard-write *",
          source: "header seen in DevTools",
          seen: "2026-11-20",
          confidence: "high",
        },
      },
      bridge: { windowOpenai: false },
    }),
    "loose.ts": 'export default { id: "loose", extends: "mcp-apps" as const, innerPolicy: null };',
  });
  const [intranet, loose] = present(await loadConfig(root)).profiles;
  expect(intranet).toMatchObject({
    id: "intranet",
    badge: "internal",
    bridge: {
      windowOpenai: { value: false, source: "our host's code", seen: "2026-11", confidence: "low" },
      safeLinkDialog: { value: true },
    },
    frames: {
      outerAllow: { value: "clipboard-write *", confidence: "high" },
      sandboxSuffix: { value: "web-sandbox.oaiusercontent.com" },
    },
    whenUndeclared: { value: null },
    innerPolicy: {
      value: [
        { name: "default-src", sources: [] },
        { name: "script-src", sources: ["'unsafe-inline'", "{resource}"] },
        { name: "object-src", sources: [] },
        { name: "upgrade-insecure-requests", sources: [], valueless: true },
      ],
    },
  });
  expect(loose).toMatchObject({ id: "loose", innerPolicy: { value: null } });
});

test.each([
  ['{ "id": "chatgpt", "extends": "chatgpt" }', /is the id of a built-in profile/],
  ['{ "id": "mine", "extends": "netscape" }', /\$\.extends: must be one of chatgpt/],
  [
    '{ "id": "mine", "extends": "chatgpt", "frames": { "outerSandBox": [] } }',
    /\$\.frames\.outerSandBox: is not a known field/,
  ],
  [
    '{ "id": "mine", "extends": "chatgpt", "bridge": { "failedToolCall": "ignore" } }',
    /\$\.bridge\.failedToolCall: must be throw or return/,
  ],
])("a profile file is checked: %s", async (text, message) => {
  const root = folderOf({ "sandglass.config.json": '{ "profiles": ["mine.json"] }', "mine.json": text });
  await expect(loadConfig(root)).rejects.toMatchObject({ code: "BAD_CONFIG", message: matching(message) });
});

test.runIf(process.platform !== "win32").each(["scenarios", "profiles"])(
  "%s in a device, whose reading would never end",
  async (field) => {
    const named = field === "scenarios" ? { scenarios: { w: "/dev/zero" } } : { profiles: ["/dev/zero"] };
    const root = folderOf({ "sandglass.config.json": JSON.stringify({ targets: ["w"], ...named }) });
    await expect(loadConfig(root)).rejects.toThrow("it is a pipe or a device, not a file");
  },
);

test("a file of scenarios that is nested too deep is told so, in no engine's words", async () => {
  const root = folderOf({
    "sandglass.config.json": JSON.stringify({ targets: ["w"], scenarios: { w: "s.yaml" } }),
    "s.yaml": `default: ${"[{".repeat(5000)}`,
  });
  await expect(loadConfig(root)).rejects.toThrow("is nested too many levels deep");
});
