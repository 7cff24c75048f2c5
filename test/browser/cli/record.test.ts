/** `sandglass record`: a live call becomes a scenario that `check` passes without the network. */
import { createServer, type Server } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sandglass } from "./run.ts";

let folder: string;
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "access-control-allow-origin": "*" });
    response.end(JSON.stringify({ free: 4, apiKey: "k9Xv2Qp8Lm4Zt7Rw1Yb6Hd3F" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), "sandglass-record-test-"));
  const csp = { connectDomains: [origin], resourceDomains: [] };
  const manifest = { name: "tables", entry: "index.html", _meta: { ui: { csp, domain: "https://t.example.com" } } };
  await writeFile(join(folder, "widget.json"), JSON.stringify(manifest));
  await writeFile(
    join(folder, "index.html"),
    `<!doctype html><p id="p">Asking…</p><script>
fetch("${origin}/free").then((answer) => answer.json()).then(({ free }) => (p.textContent = free + " tables are free"));
</script>`,
  );
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it("asks only with the network asked for, writes what was answered, masked, and never over another", async () => {
  const run = (...args: readonly string[]) =>
    sandglass(["record", ".", "--scenario", "free", ...args], { cwd: folder });
  expect(await run("--write")).toMatchObject({ code: 2, err: expect.stringContaining("--network live") as string });
  const live = ["--network", "live", "--allow-local", new URL(origin).host, "--write"];
  const { code, out } = await run(...live);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('wrote scenario "free"') as string });
  const text = await readFile(join(folder, "widget.json"), "utf8");
  const { scenarios } = JSON.parse(text) as { scenarios: { free: { mocks: object[] } } };
  expect(scenarios.free.mocks).toMatchObject([{ url: `${origin}/free`, json: { free: 4 } }]);
  expect(text).not.toContain("2Qp8Lm4Zt7Rw1Yb6");
  expect(out).toMatch(/check --scenario "free", without the network: (pass|fail)/);
  expect(out).not.toMatch(/answer that nobody gave|script-stubbed/);
  expect(await run(...live)).toMatchObject({ code: 2, err: expect.stringContaining("has a scenario") as string });
});
