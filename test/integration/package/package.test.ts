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
    for (const name of Object.keys(manifest.dependencies)) link(name);
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
    (_name, moduleResolution, module) => {
      const files = [CONSUMER, ...examples].map((code, at) => {
        const file = join(consumer, `consumer-${at}.ts`);
        // Each is a module, whatever it exports.
        writeFileSync(file, `${code}\nexport {};\n`);
        return file;
      });
      // Our own declarations are checked, too.
      const options = {
        module,
        moduleResolution,
        strict: true,
        target: ts.ScriptTarget.ES2022,
        noEmit: true,
        types: [],
      };
      const program = ts.createProgram(files, { ...options, skipDefaultLibCheck: true }, compilerHost(options));
      const problems = ts.getPreEmitDiagnostics(program).map(({ messageText, file: at, start }) => ({
        message: ts.flattenDiagnosticMessageText(messageText, " "),
        at: at && start !== undefined ? `${at.fileName}:${at.getLineAndCharacterOfPosition(start).line + 1}` : "",
      }));
      expect(problems).toEqual([]);
    },
    60_000,
  );
});

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
