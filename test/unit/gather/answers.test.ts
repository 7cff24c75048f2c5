/** Mocks that answer from a folder: what lies in it, and nothing else. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { mockSource, onlyReading } from "../../../harness/gather/network/answers.ts";
import type { Mock } from "../../../harness/model/widget.ts";

const top = mkdtempSync(join(tmpdir(), "sandglass-answers-"));
mkdirSync(join(top, "mocks/deep"), { recursive: true });
for (const name of ["secret.txt", "mocks/a b.txt", "mocks/deep/c.txt"]) writeFileSync(join(top, name), name);
symlinkSync(join(top, "secret.txt"), join(top, "mocks/away.txt"));
symlinkSync(top, join(top, "mocks/up"));
symlinkSync("deep", join(top, "mocks/alias"));

const answer = await mockSource([{ url: "https://a.example/*", file: join(top, "mocks") }]);
const get = async (path: string) => {
  const found = await answer({
    url: `https://a.example/${path}`,
    method: "GET",
    headers: {},
    body: Buffer.alloc(0),
    bodyBytes: 0,
  });
  return typeof found === "object" ? found : null;
};

test.each([
  ["a%20b.txt", "mocks/a b.txt"],
  ["deep/c.txt?q=1", "mocks/deep/c.txt"],
  ["alias/c.txt", "mocks/deep/c.txt"],
])("%s is answered", async (path, body) => {
  const found = await get(path);
  expect(found?.status).toBe(200);
  expect(found?.body.toString()).toBe(body);
});

test.each([
  "away.txt",
  "up/secret.txt",
  "../secret.txt",
  "..%2fsecret.txt",
  "no.txt",
  "deep",
  "",
  "%",
  "%00",
  "a".repeat(9000),
])("%s is not there", async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, body: "" });
});

test.runIf(process.platform !== "win32")(
  "a pipe in the folder is no file, and nobody waits for its writer",
  async () => {
    execFileSync("mkfifo", [join(top, "mocks/pipe")]);
    expect(await get("pipe")).toMatchObject({ status: 404, body: "" });
  },
);

test.each([
  ["a.mjs", "text/javascript"],
  ["tiles/A.KTX2", "image/ktx2"],
  ["font.otf", "font/otf"],
  ["data.geojson", "application/geo+json"],
  ["no-ending", "application/octet-stream"],
  ["unknown.ending-of-ours", "application/octet-stream"],
])("%s is answered as %s", async (name, type) => {
  mkdirSync(dirname(join(top, "mocks", name)), { recursive: true });
  writeFileSync(join(top, "mocks", name), "");
  expect(await get(name)).toMatchObject({ status: 200, headers: { "content-type": type } });
});

describe("whether everybody may read what a mock answers", () => {
  const script = { "content-type": "text/javascript" };
  const asked = async (mock: Partial<Mock>, dest: string, mode = "cors", host = "a.example") => {
    const source = await mockSource([{ url: `https://${host}/*`, body: "", ...mock }]);
    const found = await source({
      url: `https://${host}/x`,
      method: "GET",
      headers: { "sec-fetch-dest": dest, "sec-fetch-mode": mode },
      body: Buffer.alloc(0),
      bodyBytes: 0,
    });
    return typeof found === "object" ? found?.headers["access-control-allow-origin"] : found;
  };
  test.each(["script", "font", "image", "style", "video"])("its headers say so, of a %s", async (dest) => {
    expect(await asked({ headers: script }, dest)).toBeUndefined();
    expect(await asked({ headers: { ...script, "Access-Control-Allow-Origin": "*" } }, dest)).toBe("*");
  });
  test.each([
    ["a mock without headers", {}, "script"],
    ["data that code asks for", { headers: { "content-type": "application/json" } }, "empty"],
    ["a host of packages", { headers: script }, "script", "cors", "cdn.jsdelivr.net"],
    ["a classic script", { headers: script }, "script", "no-cors"],
  ])("it does: %s", async (_, mock, dest, mode = "cors", host = "a.example") => {
    expect(await asked(mock, dest, mode, host)).toBe("*");
  });
});

test("once something was pressed, nothing that may write is passed on", async () => {
  let pressed = false;
  const passed: string[] = [];
  const source = onlyReading(
    ({ method }) => {
      passed.push(method);
      return Promise.resolve({ status: 200, headers: {}, body: "" });
    },
    () => pressed,
  );
  const ask = (method: string) =>
    source({ url: "https://a.example/", method, headers: {}, body: Buffer.alloc(0), bodyBytes: 0 });
  expect(await ask("POST")).toMatchObject({ status: 200 });
  pressed = true;
  expect(await Promise.all(["POST", "PUT", "PATCH", "DELETE"].map(ask))).toEqual([null, null, null, null]);
  expect(await Promise.all(["GET", "HEAD", "OPTIONS"].map(ask))).toMatchObject(Array(3).fill({ status: 200 }));
  expect(passed).toEqual(["POST", "GET", "HEAD", "OPTIONS"]);
});
