/** A browser behind a Playwright server in a network of its own: the evidence is that of a browser here. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../../harness/gather/browser/find.ts";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer, Job } from "../../../harness/gather/types.ts";
import type { Evidence } from "../../../harness/model/evidence.ts";
import { goldenJobs } from "../../golden/jobs.ts";
import { verdictOf } from "../../golden/kit.ts";
import { present } from "../../expecting.ts";
import { isLong } from "../long.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-remote-"));
/** Root may make one; elsewhere the server stands in our own network. */
const namespace = spawnSync("unshare", ["-n", "true"]).status === 0 ? ["unshare", "-n"] : [];

/** Playwright's download folder, with the browser that is here in it. */
function downloads(): string {
  const core = dirname(createRequire(import.meta.url).resolve("playwright-core/package.json"));
  const { browsers } = JSON.parse(readFileSync(join(core, "browsers.json"), "utf8")) as {
    readonly browsers: readonly { readonly name: string; readonly revision: string }[];
  };
  const { revision } = present(browsers.find(({ name }) => name === "chromium-headless-shell"));
  const own = join(folder, "browsers", `chromium_headless_shell-${revision}`);
  mkdirSync(join(own, "chrome-headless-shell-linux64"), { recursive: true });
  symlinkSync(findBrowser().path, join(own, "chrome-headless-shell-linux64/chrome-headless-shell"));
  writeFileSync(join(own, "INSTALLATION_COMPLETE"), "");
  return join(folder, "browsers");
}

class Served {
  readonly #process: ChildProcess;
  readonly #door: Server;
  address = "";

  constructor(
    private readonly name: string,
    args: readonly string[],
  ) {
    const own = [process.execPath, join(import.meta.dirname, "served.mjs"), this.#path, ...args];
    const [command = "", ...words] = [...namespace, ...own];
    this.#process = spawn(command, words, {
      env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: downloadsOnce() },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#door = createServer((from) => {
      const to = connect(this.#path);
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const)
        one.pipe(other).on("error", () => one.destroy());
    });
  }

  get #path(): string {
    return join(folder, `${this.name}.sock`);
  }

  async listen(): Promise<this> {
    await new Promise((resolve) => this.#process.stdout?.once("data", resolve));
    await new Promise<void>((resolve) => this.#door.listen(0, "127.0.0.1", resolve));
    this.address = `ws://127.0.0.1:${(this.#door.address() as AddressInfo).port}/`;
    return this;
  }

  close(): void {
    this.#process.kill();
    this.#door.close();
  }
}

let made: string | null = null;
const downloadsOnce = (): string => (made ??= downloads());

/** What does not hang on how long something took. */
function lasting({ artifacts }: Evidence): unknown {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !/Ms$|^(?:atMs|at|count|lived|paintedShare|timing)$/.test(key))
        .map(([key, one]) => [key, without(one)]),
    );
  };
  return without(artifacts);
}

describe("a Playwright server in another network", () => {
  let served: Served;
  let remote: Gatherer;
  let local: Gatherer;
  let jobs: readonly Job[];
  beforeAll(async () => {
    served = await new Served("unsafe", ["--unsafe"]).listen();
    [remote, local] = await Promise.all([openGatherer({ browserEndpoint: served.address }), openGatherer({})]);
    const known = [...(await goldenJobs("bundled")), ...(await goldenJobs("broken"))];
    const names = ["broken/csp-blocked-request", ...(isLong ? ["bundled/weather"] : [])];
    jobs = names.map((name) => present(known.find((one) => one.name === name)).job);
  });
  afterAll(async () => {
    await Promise.all([remote.close(), local.close()]);
    served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is taken without a reservation, since its flags are ours", () => expect(remote.notices).toEqual([]));

  it("gives the same evidence, and so the same verdict", async () => {
    for (const job of jobs) {
      const [there, here] = await Promise.all([remote.gather(job), local.gather(job)]);
      expect(verdictOf(there)).toEqual(verdictOf(here));
      expect(lasting(there)).toEqual(lasting(here));
    }
  });
});
