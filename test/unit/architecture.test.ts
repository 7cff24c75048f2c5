/**
 * The rooms of the house (docs/design.md, "Structure"): every source file is in exactly one, imports go down only, and nothing
 * imports itself by a round trip. Each failure says what to do instead.
 */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

interface Room {
  readonly floor: number;
  readonly files: RegExp;
  /** Rooms it may import, besides itself: of lower floors, or of its own floor and above it in this table. */
  readonly uses: readonly string[];
  readonly packages?: RegExp;
  /** `node:` modules it may import; default none. */
  readonly node?: RegExp;
  readonly instead: string;
}

const ANY = /./;
/** What every room that knows the widget's evidence stands on. */
const GROUND = ["profiles", "csp", "model"];

const rooms = {
  profiles: {
    floor: 1,
    files: /^host\/profiles\//,
    uses: [],
    instead: "a profile is data: put code into host/csp",
  },
  apis: {
    floor: 1,
    files: /^host\/apis\//,
    uses: ["profiles"],
    instead: "a table of APIs and questions to it: the guest carries its wraps, so keep it without packages",
  },
  csp: {
    floor: 1,
    files: /^host\/csp\//,
    uses: ["profiles"],
    packages: /^tldts$/,
    instead: "keep policies pure: they run in Node, in the page and in checks",
  },
  model: {
    floor: 1,
    files: /^harness\/model\//,
    uses: ["profiles", "apis", "csp"],
    instead: "the model is types and tiny helpers: put what computes into the room that needs it",
  },
  lib: {
    floor: 1,
    files: /^harness\/lib\//,
    uses: [],
    node: ANY,
    instead: "lib knows nothing of widgets: small helpers over Node alone",
  },
  guest: {
    floor: 2,
    files: /^host\/emulator\/guest\//,
    uses: ["profiles", "apis"],
    instead: "the guest is injected ahead of untrusted code: keep it tiny and without packages",
  },
  emulator: {
    floor: 2,
    files: /^host\/emulator\/(?!guest\/)/,
    uses: [...GROUND, "guest"],
    packages: /^@modelcontextprotocol\//,
    instead: "the emulator knows neither page nor Node: report through onEvent, ask through ServerPort",
  },
  "probe widget": {
    floor: 2,
    files: /^host\/probe\//,
    uses: ["model"],
    instead:
      "the probe runs in hosts that are not ours: a small script without packages, and the plan of what it asks for",
  },
  config: {
    floor: 3,
    files: /^harness\/config\//,
    uses: [...GROUND],
    packages: /^(zod|jiti|jsonc-parser|yaml)$/,
    node: ANY,
    instead: "the config knows no browser and no checks",
  },
  sources: {
    floor: 3,
    files: /^harness\/sources\//,
    uses: [...GROUND, "lib", "config"],
    packages: /^(?!playwright)[@a-z]/,
    node: ANY,
    instead: "a source yields Widgets and knows no browser and no checks",
  },
  measurement: {
    floor: 3,
    files: /^harness\/measurement\//,
    uses: [...GROUND, "lib", "probe widget"],
    packages: /^(zod|@modelcontextprotocol\/server)$/,
    node: ANY,
    instead: "serves the probe, and says what a measurement is worth: no browser, no checks",
  },
  snapshot: {
    floor: 3,
    files: /^harness\/snapshot\//,
    uses: [...GROUND],
    instead: "comparing is pure: the server is asked elsewhere",
  },
  oauth: {
    floor: 3,
    files: /^harness\/oauth\//,
    uses: ["model", "lib"],
    packages: /^@modelcontextprotocol\/client$/,
    node: ANY,
    instead: "a login knows one server and one user, no widgets and no checks",
  },
  scan: {
    floor: 3,
    files: /^harness\/scan\//,
    uses: ["model"],
    packages: /^(jose|libphonenumber-js.*)$/,
    node: /^node:(crypto|buffer|zlib)$/,
    instead: "the scanner is pure",
  },
  bundle: {
    floor: 3,
    files: /^harness\/bundle\//,
    uses: [...GROUND, "apis", "lib", "scan"],
    packages: /^(parse5|oxc-parser|oxc-walker|lightningcss|tldts)$/,
    node: ANY,
    instead: "read the text; do not run it",
  },
  pictures: {
    floor: 3,
    files: /^harness\/pictures\//,
    uses: ["model"],
    packages: /^(pngjs|pixelmatch)$/,
    node: ANY,
    instead: "compare files of pictures; what a difference is worth is for a check",
  },
  "gather seam": {
    floor: 3,
    files: /^harness\/gather\/types\.ts$/,
    uses: [...GROUND],
    instead: "the seam is types",
  },
  browser: {
    floor: 3,
    files: /^harness\/gather\/browser\//,
    uses: ["model", "lib", "scan"],
    packages: /^(playwright-core|ws|devtools-protocol(\/.*)?)$/,
    node: ANY,
    instead: "find, start and speak to a browser; what it says is filed by the witness",
  },
  witness: {
    floor: 3,
    files: /^harness\/gather\/witness\//,
    uses: [...GROUND, "lib", "emulator", "browser"],
    packages: /^devtools-protocol$/,
    node: ANY,
    instead: "file what a channel reported; joining is for artifacts",
  },
  artifacts: {
    floor: 3,
    files: /^harness\/gather\/artifacts\//,
    uses: [...GROUND, "apis"],
    packages: /^@jridgewell\/trace-mapping$/,
    instead: "raw log to artifact: pure, no browser, no Node",
  },
  network: {
    floor: 3,
    files: /^harness\/gather\/network\//,
    uses: [...GROUND, "lib", "emulator"],
    packages: /^(ws|mrmime|har-format|urlpattern-polyfill(\/urlpattern)?)$/,
    node: ANY,
    instead: "answer what the browser asks for, and record it",
  },
  trial: {
    floor: 3,
    files: /^harness\/gather\/trial\//,
    uses: [...GROUND, "lib", "guest", "emulator", "scan", "gather seam", "browser", "witness", "artifacts", "network"],
    packages: /^(playwright-core|pngjs)$/,
    node: ANY,
    instead: "one rendering, from opening to closing",
  },
  "server evidence": {
    floor: 3,
    files: /^harness\/gather\/server\//,
    uses: [...GROUND, "scan"],
    node: /^node:crypto$/,
    instead: "what a server said, to evidence: pure, nothing is asked here",
  },
  probes: {
    floor: 3,
    files: /^harness\/probes\//,
    uses: [...GROUND, "lib", "scan", "oauth"],
    node: ANY,
    instead: "ask a server what it must refuse; what its answers are worth is for checks",
  },
  gather: {
    floor: 3,
    files: /^harness\/gather\/index\.ts$/,
    uses: [...GROUND, "lib", "scan", "bundle", "gather seam", "browser", "witness", "artifacts", "network", "trial"],
    node: ANY,
    instead: "gathering ends at Evidence: judging and reporting come after",
  },
  pages: {
    floor: 4,
    files: /^harness\/pages\//,
    uses: ["model"],
    packages: /^marked$/,
    instead: "a check's page becomes elements while the package is built: nothing of this runs later",
  },
  checks: {
    floor: 4,
    files: /^harness\/checks\//,
    uses: [...GROUND, "apis", "snapshot"],
    packages: /^(tldts|csp_evaluator.*)$/,
    instead: "a check is pure and alone: share through harness/checks/shared",
  },
  judge: {
    floor: 4,
    files: /^harness\/judge\//,
    uses: [...GROUND, "apis", "checks"],
    instead: "judging is pure: no browser, no Node, no report",
  },
  allowlist: {
    floor: 4,
    files: /^harness\/allowlist\//,
    uses: [...GROUND],
    packages: /^third-party-web/,
    instead: "the allow-list is computed from evidence alone",
  },
  readiness: {
    floor: 4,
    files: /^harness\/readiness\//,
    uses: ["model"],
    instead: "the list is data, and what results say of it is pure",
  },
  report: {
    floor: 5,
    files: /^harness\/report\//,
    uses: ["model"],
    packages: /^(picocolors|sarif|fast-string-truncated-width)$/,
    instead: "a reporter is a pure function of the result: put what it lacks into the result",
  },
  server: {
    floor: 6,
    files: /^host\/server\//,
    uses: [...GROUND, "guest", "emulator"],
    packages: /^(express|vite)$/,
    node: ANY,
    instead: "what the server needs of the harness comes in through DevBackend",
  },
  page: {
    floor: 6,
    files: /^host\/page\//,
    uses: [...GROUND, "guest", "emulator", "server"],
    packages: /^react/,
    instead: "the page talks to Node through host/page/api.ts alone",
  },
  runner: {
    floor: 6,
    files: /^harness\/runner\//,
    uses: [...GROUND, "gather seam"],
    instead: "the runner plans renderings and hands them to a gatherer",
  },
  dev: {
    floor: 6,
    files: /^harness\/dev\//,
    uses: [
      ...GROUND,
      ...[
        "emulator",
        "config",
        "sources",
        "scan",
        "bundle",
        "gather seam",
        "witness",
        "artifacts",
        "network",
        "trial",
        "gather",
      ],
      ...["checks", "judge", "allowlist", "server"],
    ],
    packages: /^(chokidar|parse5)$/,
    node: ANY,
    instead: "dev is the page's backend: it joins rooms and has no rules of its own",
  },
  init: {
    floor: 3,
    files: /^harness\/init\//,
    uses: ["model", "csp", "config"],
    node: ANY,
    instead: "reads a project's files and writes texts: what is run for it is run by the command",
  },
  agents: {
    floor: 6,
    files: /^harness\/agents\//,
    uses: ["profiles", "model"],
    packages: /^(@modelcontextprotocol\/server|zod)/,
    node: ANY,
    instead: "tools for agents: what they do is done by commands, which come in through Desk",
  },
  commands: {
    floor: 8,
    files: /^harness\/(cli\.ts$|commands\/)/,
    uses: [
      ...[...GROUND, "lib", "config", "sources", "gather seam", "server evidence", "gather", "browser", "checks"],
      ...["snapshot", "oauth", "scan", "probes", "readiness", "pictures", "measurement", "probe widget"],
      ...["agents", "init"],
      ...["judge", "allowlist", "report", "runner", "dev", "server"],
    ],
    packages: /^(commander|jsonc-parser|picocolors|zod|@modelcontextprotocol\/server\/stdio)$/,
    node: ANY,
    instead: "argv to typed options, run, write, exit",
  },
  library: {
    floor: 9,
    files: /^harness\/((index|playwright|vitest)\.ts$|library\/)/,
    uses: [...GROUND, "config", "sources", "gather seam", "gather", "scan", "checks", "judge", "runner", "commands"],
    packages: /^(playwright\/test|vitest)$/,
    node: /^node:(path|module)$/,
    instead: "the library names for code what the command line does, and has no second way to do it",
  },
} as const satisfies Readonly<Record<string, Room>>;

const table: readonly (readonly [string, Room])[] = Object.entries(rooms);
const files = sourceFiles();
const roomsOf = (file: string): string[] => table.filter(([, room]) => room.files.test(file)).map(([name]) => name);

describe("rooms", () => {
  it("finds the files", () => expect(files.length).toBeGreaterThan(100));

  it("every source file is in exactly one room", () => {
    const homeless = files
      .map((file) => ({ file, rooms: roomsOf(file) }))
      .filter(({ rooms: found }) => found.length !== 1);
    expect(homeless, "put it into a room of this table, or make one").toEqual([]);
  });

  it("rooms use what stands below them, or above them in the table on their own floor", () => {
    const upward = table.flatMap(([name, room], at) =>
      room.uses
        .filter((used) => {
          const target = table.findIndex(([other]) => other === used);
          const floor = table[target]?.[1].floor ?? Infinity;
          return floor > room.floor || (floor === room.floor && target > at);
        })
        .map((used) => `${name} uses ${used}`),
    );
    expect(upward).toEqual([]);
  });

  it.each(table)("%s", (_name, room) => {
    const own = files.filter((file) => room.files.test(file));
    expect(own, "the room has files").not.toEqual([]);
    const trespasses = own.flatMap((file) =>
      importsOf(file)
        .filter((target) => !room.files.test(target) && !mayImport(room, target))
        .map((target) => `${file} imports ${target}: ${room.instead}`),
    );
    expect(trespasses).toEqual([]);
  });

  it("no file imports itself by a round trip", () => {
    expect(circles(), "move what both need into a file of its own").toEqual([]);
  });

  it("nobody imports the command line", () => {
    expect(files.filter((file) => importsOf(file).includes("harness/cli.ts"))).toEqual([]);
  });

  it("widgets import neither host nor harness", () => {
    const widgets = sourceFiles("widgets").filter((file) => /\.[jt]sx?$/.test(file));
    expect(widgets.flatMap((file) => importsOf(file).filter((target) => /^(host|harness)\//.test(target)))).toEqual([]);
  });
});

/** Past 300 lines a file owes a reason. */
const LONG: Readonly<Record<string, string>> = {
  "host/apis/table.ts": "a table: one API a row",
  "harness/scan/formats/cloud.ts": "a table: one format a row",
};

describe("sizes", () => {
  it("no file is past 300 lines", () => {
    const long = files.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length > 301);
    expect(long.toSorted(), "cut it along its seams").toEqual(Object.keys(LONG).toSorted());
  });
});

function mayImport(room: Room, target: string): boolean {
  if (target.startsWith("node:")) return room.node?.test(target) ?? false;
  const homes = roomsOf(target);
  if (homes.length > 0) return homes.some((home) => room.uses.includes(home));
  return !/^(host|harness|test|widgets)\//.test(target) && (room.packages?.test(target) ?? false);
}

function sourceFiles(...folders: string[]): string[] {
  return (folders.length > 0 ? folders : ["host", "harness"]).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|js|jsx)$/.test(entry.name))
      .filter((entry) => !entry.parentPath.includes("node_modules"))
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

/** Each circle once, as the files on it. */
function circles(): string[] {
  const state = new Map<string, "open" | "done">();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (file: string): void => {
    state.set(file, "open");
    path.push(file);
    for (const target of importsOf(file).filter((one) => files.includes(one))) {
      if (state.get(target) === "open") found.push([...path.slice(path.indexOf(target)), target].join(" → "));
      else if (!state.has(target)) visit(target);
    }
    path.pop();
    state.set(file, "done");
  };
  for (const file of files) if (!state.has(file)) visit(file);
  return found;
}
