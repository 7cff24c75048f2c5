/** The package as npm packs it: what outside validators say of it, and a stranger who imports and compiles it. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples } from "../../docs/examples.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

describe("package", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandglass-package-"));
  const consumer = join(folder, "consumer");
  const installed = join(consumer, "node_modules/sandglass");
  let tarball = "";

  beforeAll(async () => {
    const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
      cwd: root,
    });
    tarball = join(folder, stdout.trim());
    mkdirSync(installed, { recursive: true });
    await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
    for (const name of [...Object.keys(manifest.dependencies), "playwright", "vitest", "@types/node", "undici-types"])
      link(name);
    const runner = join(consumer, "node_modules/@playwright/test");
    mkdirSync(runner, { recursive: true });
    writeFileSync(join(runner, "package.json"), JSON.stringify({ name: "@playwright/test", types: "index.d.ts" }));
    // As the package of that name has it.
    writeFileSync(join(runner, "index.d.ts"), 'export * from "playwright/test";');
    writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", type: "module" }));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** As npm would have installed it, without asking a registry. */
  function link(name: string): void {
    const place = join(consumer, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place);
  }

  it("publint has nothing to say", async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("its types resolve", async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
    if (!result.types) throw new Error("the package has no types");
    // It is ESM alone, which `require` takes from Node 20.19 on; resolution of before 2021 knows no exports.
    const problems = result.problems.filter(
      (problem) =>
        problem.kind !== "CJSResolvesToESM" && !("resolutionKind" in problem && problem.resolutionKind === "node10"),
    );
    expect(problems).toEqual([]);
  });

  it("is imported, and knows its hosts", async () => {
    const code = `import { check, allowlist, defineConfig, profiles, SandglassError } from "sandglass";
      const config = defineConfig({ targets: ["nowhere"] });
      const said = await check({ config }).catch((error) => error instanceof SandglassError && error.code);
      console.log(JSON.stringify([typeof allowlist, Object.keys(profiles).includes("chatgpt"), said]));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], { cwd: consumer });
    expect(JSON.parse(stdout)).toEqual(["function", true, "NO_WIDGETS"]);
  });

  it.each([
    ["bundler", ts.ModuleResolutionKind.Bundler, ts.ModuleKind.ESNext],
    ["node16", ts.ModuleResolutionKind.Node16, ts.ModuleKind.Node16],
  ])(
    "compiles strictly with moduleResolution %s",
    (name, moduleResolution, module) => {
      const own = [CONSUMER, ...examples.filter((code) => !ofRunner.test(code))];
      // Our own declarations are checked, too.
      expect(
        problemsIn(filesOf(name, own), { module, moduleResolution, types: [], skipDefaultLibCheck: true }),
      ).toEqual([]);
    },
    60_000,
  );

  it("the fixtures and assertions of both runners compile strictly", () => {
    const { Node16: moduleResolution } = ts.ModuleResolutionKind;
    const codes = [TESTS, ...examples.filter((code) => ofRunner.test(code))];
    const options = { module: ts.ModuleKind.Node16, moduleResolution, types: ["node"], skipLibCheck: true };
    expect(problemsIn(filesOf("runners", codes), options)).toEqual([]);
  }, 60_000);

  /** Each is a module, whatever it exports. */
  const filesOf = (name: string, codes: readonly string[]): string[] =>
    codes.map((code, at) => {
      const file = join(consumer, `${name}-${at}.ts`);
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    });
});

const ofRunner = /from "(?:vitest|[^"]*playwright[^"]*)"/;

function problemsIn(files: readonly string[], given: ts.CompilerOptions): { message: string; at: string }[] {
  const options = { ...given, strict: true, target: ts.ScriptTarget.ES2022, noEmit: true };
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options, compilerHost(options))).map((problem) => ({
    message: ts.flattenDiagnosticMessageText(problem.messageText, " "),
    at: `${problem.file?.fileName ?? ""} ${problem.start ?? ""}`,
  }));
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** The compiler's own libraries are read once. */
function compilerHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/[\\/]lib\.[^\\/]*d\.ts$/.test(name)) return read(name, ...rest);
    if (!parsed.has(name)) parsed.set(name, read(name, ...rest));
    return parsed.get(name);
  };
  return host;
}

const CONSUMER = `
import { allowlist, check, defineConfig, profiles, SandglassError } from "sandglass";
import type { AllowlistResult, Evidence, HostProfile, RunResult } from "sandglass";

const chatgpt: HostProfile = profiles.chatgpt;
const config = defineConfig({
  targets: ["widgets/weather"],
  profile: [chatgpt.id],
  failOn: "warning",
  scenarios: { show_weather: { default: { toolInput: { place: "Lisbon" }, steps: [{ click: "text=Go" }] } } },
});
// @ts-expect-error a field that there is not
defineConfig({ targts: [] });
// @ts-expect-error a step that there is not
defineConfig({ scenarios: { map: { default: { steps: [{ clic: "text=Go" }] } } } });

export async function run(): Promise<RunResult["verdict"] | string> {
  try {
    const result = await check({ config, timeoutMs: 5000, explore: false });
    const [one]: readonly Evidence[] = result.evidence;
    if (one?.artifacts.bridge.status === "ok") one.artifacts.bridge.value.toolCalls.map(({ name }) => name.length);
    // @ts-expect-error a field that there is not
    void result.verdit;
    return result.verdict;
  } catch (error) {
    if (error instanceof SandglassError) return error.next;
    throw error;
  }
}
export const domains: Promise<AllowlistResult[]> = allowlist({ targets: ["widgets/weather"] });
`;

const TESTS = `
import { check } from "sandglass";
import { expect, test, type SandglassOptions } from "sandglass/playwright";
import "sandglass/vitest";
import { expect as expectOfVitest } from "vitest";

export const options: SandglassOptions = { mcpStdio: "node server.js", profile: "chatgpt" };
test("a widget", async ({ widget, page }) => {
  await widget.open({ tool: "show_map", input: { place: "Lisbon" }, output: null });
  await widget.deliver({ toolOutput: { place: "Lisbon" } });
  await widget.travel("5m");
  // @ts-expect-error a field that there is not
  await widget.open({ targt: "map" });
  await expect(widget.getByRole("list")).toBeVisible();
  await expect(page).toHaveURL("about:blank");
  await expect(widget).not.toHaveCalledTool("book", { id: 7 }, { timeout: 100 });
  await expect(widget).toHaveSent({ method: "ui/message", params: {} });
  // @ts-expect-error a host has a name
  await expect(widget).toWorkIn(7);
  const { artifacts } = await widget.evidence();
  if (artifacts.network.status === "ok") artifacts.network.value.map(({ url }) => url.length);
});
expectOfVitest(await check()).toHaveBeenBlocked("https://tracker.example/*");
// @ts-expect-error an address is a text or an expression
expectOfVitest(await check()).toHaveRequested(7);
`;
