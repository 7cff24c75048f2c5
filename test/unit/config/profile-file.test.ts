/** Profiles of the user's own: what cannot be a host is refused by its place, before anything is rendered under it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadProfileFile } from "../../../harness/config/profile-file.ts";
import { containing } from "../../expecting.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass-profile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(more: object) {
  const file = join(folder, "p.json");
  writeFileSync(file, JSON.stringify({ id: "mine", extends: "mcp-apps", ...more }));
  return loadProfileFile(file, "p.json");
}

describe("a profile file", () => {
  it.each([
    ["$.frames.topOrigin", { frames: { topOrigin: "https://host.example/page" } }],
    ["$.frames.topOrigin", { frames: { topOrigin: "ftp://host.example" } }],
    ["$.frames.sandboxSuffix", { frames: { sandboxSuffix: ".." } }],
    ["$.frames.sandboxSuffix", { frames: { sandboxSuffix: "0.0.1" } }],
    ["$.frames.outerSandbox", { frames: { outerSandbox: ["allow-scripts", "x\r\nset-cookie: a"] } }],
    ["$.frames.outerHeaderSandbox", { frames: { outerHeaderSandbox: ["allow scripts"] } }],
    ["$.bridge.heightRange", { bridge: { heightRange: { min: 700, max: 200 } } }],
    ["$.bridge.unreportedHeight", { bridge: { unreportedHeight: -1 } }],
    ["$.seen", { seen: "2026-13" }],
    ["$.id", { id: "mine@2026" }],
    ["$.extends", { extends: "netscape" }],
    ["$.frames", { frames: { outerSandboxes: [] } }],
  ])("%s: refused in %j", async (place, more) => {
    await expect(load(more)).rejects.toMatchObject({ code: "BAD_CONFIG", message: containing(place) });
  });
  it("takes a host on loopback, bounds that are one height, and a fact with its own source", async () => {
    const { frames, bridge } = await load({
      frames: { topOrigin: "http://localhost:6274", sandboxSuffix: "localhost" },
      bridge: {
        heightRange: { value: { min: 650, max: 650 }, source: "measured", seen: "2026-11", confidence: "high" },
      },
    });
    expect([frames.topOrigin.value, frames.sandboxSuffix.value]).toEqual(["http://localhost:6274", "localhost"]);
    expect(bridge.heightRange).toMatchObject({ value: { min: 650, max: 650 }, source: "measured", confidence: "high" });
  });
});
