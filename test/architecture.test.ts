/** The borders of the rooms. Each failure says what to do instead. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface Room {
  readonly name: string;
  readonly files: RegExp;
  /** What its files may import, besides themselves: paths from the root, packages, or `node:`. */
  readonly may: readonly RegExp[];
  readonly instead: string;
}

const HARNESS_TYPES = /^harness\/(evidence|result|widget|errors)\.ts$/;
const rooms: readonly Room[] = [
  {
    name: "profiles",
    files: /^host\/profiles\//,
    may: [/^host\/profiles\//],
    instead: "a profile is data: put code beside it in host/",
  },
  {
    name: "policy and declaration",
    files: /^host\/(addresses|policy|declaration|matching)\.ts$/,
    may: [/^host\/profiles\//, /^host\/(addresses|matching)\.ts$/],
    instead: "keep policies pure: they run in Node, in the page and in checks",
  },
  {
    name: "frames",
    files: /^host\/frames\.ts$/,
    may: [/^host\/(policy|matching)\.ts$/, /^host\/profiles\//, /^host\/bridge\/types\.ts$/],
    instead: "hand the document builder what it needs",
  },
  {
    name: "guest",
    files: /^host\/guest\//,
    may: [/^host\/guest\//, /^host\/profiles\/types\.ts$/],
    instead: "the guest is injected ahead of untrusted code: keep it tiny and without packages",
  },
  {
    name: "bridge",
    files: /^host\/bridge\//,
    may: [/^host\/(bridge|guest|profiles)\//, /^@modelcontextprotocol\//],
    instead: "the bridge knows neither page nor Node: report through onEvent, ask through ServerPort",
  },
  {
    name: "page",
    files: /^host\/page\//,
    may: [
      /^host\//,
      /^react/,
      HARNESS_TYPES,
      /^harness\/(judge|allowlist)\.ts$/,
      /^harness\/(checks|allowlist)\//,
      /^harness\/scan\//,
    ],
    instead: "the page talks to Node through host/page/api.ts alone",
  },
  {
    name: "server",
    files: /^host\/server(\.ts$|\/)/,
    may: [
      /^host\/(server|profiles|bridge)\//,
      /^host\/(frames|policy|declaration)\.ts$/,
      /^(express|vite)$/,
      /^node:/,
      HARNESS_TYPES,
    ],
    instead: "what the server needs of the harness comes in through DevBackend",
  },
  {
    name: "sources",
    files: /^harness\/sources\//,
    may: [
      /^harness\/(sources|config)\//,
      /^harness\/(config|errors|widget|evidence|package-root)\.ts$/,
      /^host\/profiles\//,
      /^node:/,
      /^(?!playwright)[@a-z]/,
    ],
    instead: "a source yields Widgets and knows no browser and no checks",
  },
  {
    name: "gather",
    files: /^harness\/gather\//,
    may: [
      /^harness\/(gather|scan|bundle)\//,
      /^harness\/(evidence|errors|widget|package-root)\.ts$/,
      /^host\/(bridge|profiles)\//,
      /^host\/(addresses|policy|declaration|frames|matching)\.ts$/,
      /^node:/,
      /^(playwright|ws|pngjs|@jridgewell\/trace-mapping)$/,
    ],
    instead: "gathering ends at Evidence: judging and reporting come after",
  },
  {
    name: "bundle",
    files: /^harness\/bundle\//,
    may: [
      /^harness\/(bundle|scan)\//,
      /^harness\/(evidence|errors|package-root)\.ts$/,
      /^host\/(addresses|policy)\.ts$/,
      /^host\/profiles\/types\.ts$/,
      /^(parse5|oxc-parser|oxc-walker|lightningcss|tldts)$/,
      /^node:/,
    ],
    instead: "read the text; do not run it",
  },
  {
    name: "scan",
    files: /^harness\/scan\//,
    may: [/^harness\/scan\//, /^harness\/evidence\.ts$/, /^(jose|libphonenumber-js.*)$/, /^node:(crypto|buffer|zlib)$/],
    instead: "the scanner is pure",
  },
  {
    name: "checks",
    files: /^harness\/checks\/[^/]+\//,
    may: [
      /^harness\/(define-check|evidence|result)\.ts$/,
      /^harness\/checks\/[^/]+\.ts$/,
      /^host\/(addresses|policy|matching|declaration)\.ts$/,
      /^host\/profiles\/types\.ts$/,
      /^(tldts|csp_evaluator.*)$/,
    ],
    instead: "a check is pure and alone: share through harness/checks/shared.ts",
  },
  {
    name: "judge",
    files: /^harness\/(judge|headlines|directives|fingerprint|define-check|result|evidence)\.ts$/,
    may: [
      /^harness\/(checks|define-check|directives|evidence|fingerprint|headlines|result|judge)(\/index)?\.ts$/,
      /^harness\/checks\//,
      /^host\/(policy|matching)\.ts$/,
      /^host\/profiles\//,
    ],
    instead: "judging is pure: no browser, no Node, no report",
  },
  {
    name: "allowlist",
    files: /^harness\/allowlist(\.ts$|\/)/,
    may: [
      /^harness\/allowlist(\.ts$|\/)/,
      /^harness\/(evidence|result|widget|errors)\.ts$/,
      /^harness\/report\/html-style\.ts$/,
      /^host\/(addresses|policy|matching|declaration)\.ts$/,
      /^host\/profiles\//,
      /^(tldts|third-party-web.*|picocolors)$/,
    ],
    instead: "the allow-list is computed from evidence alone",
  },
  {
    name: "report",
    files: /^harness\/report\//,
    may: [/^harness\/report\//, /^harness\/(result|evidence)\.ts$/, /^picocolors$/, /^sarif$/],
    instead: "a reporter is a pure function of the result: put what it lacks into the result",
  },
];

describe("rooms", () => {
  const files = sourceFiles();
  it("finds the files", () => expect(files.length).toBeGreaterThan(100));
  it.each(rooms.map((room) => [room.name, room] as const))("%s", (_name, room) => {
    const own = files.filter((file) => room.files.test(file));
    expect(own, "the room has files").not.toEqual([]);
    const trespasses = own.flatMap((file) =>
      importsOf(file)
        .filter((target) => !room.files.test(target) && !room.may.some((allowed) => allowed.test(target)))
        .map((target) => `${file} imports ${target}: ${room.instead}`),
    );
    expect(trespasses).toEqual([]);
  });
  it("only gather imports playwright", () => {
    const others = files.filter(
      (file) =>
        !file.startsWith("harness/gather/") && importsOf(file).some((target) => target.startsWith("playwright")),
    );
    expect(others).toEqual([]);
  });
  it("nobody imports the command line", () => {
    expect(files.filter((file) => importsOf(file).includes("harness/cli.ts"))).toEqual([]);
  });
  it("widgets import neither host nor harness", () => {
    const widgets = sourceFiles("widgets").filter((file) => /\.[jt]sx?$/.test(file));
    expect(widgets.flatMap((file) => importsOf(file).filter((target) => /^(host|harness)\//.test(target)))).toEqual([]);
  });
});

describe("sizes", () => {
  it("no file is past 300 lines", () => {
    const long = sourceFiles()
      .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length }))
      .filter(({ lines }) => lines > 301);
    expect(long, "cut it along its seams").toEqual([]);
  });
});

function sourceFiles(...folders: string[]): string[] {
  return (folders.length > 0 ? folders : ["host", "harness"]).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && /\.(ts|tsx|js|jsx)$/.test(entry.name) && !entry.parentPath.includes("node_modules"),
      )
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/")),
  );
}

/** Relative imports as paths from the root; packages by name; type-only imports count too. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;'"`]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s+["']([^"']+)["']/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return specifiers.map((specifier) => {
    if (specifier.startsWith(".")) return relative(root, resolve(root, dirname(file), specifier)).replaceAll("\\", "/");
    return builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
  });
}
