/** What `sandglass hosts` prints. */
import { expect, it } from "vitest";
import { hosts } from "../../../harness/commands/hosts.ts";
import type { Io } from "../../../harness/commands/io.ts";
import { knownProfiles } from "../../../host/profiles/index.ts";
import { factsOf } from "../../../host/csp/facts.ts";

function printed(id: string | undefined, today = "2026-11-27"): string {
  let text = "";
  const io: Io = {
    cwd: "/",
    env: {},
    outIsTerminal: false,
    color: false,
    out: (more) => (text += more),
    err: () => undefined,
  };
  expect(hosts(id, io, today)).toBe(0);
  return text;
}

it("lists every host once, and marks those whose facts are old", () => {
  const lines = printed(undefined).split("\n");
  for (const { id } of knownProfiles)
    expect(
      lines.filter((line) => line.startsWith(`${id} `)),
      id,
    ).toHaveLength(1);
  expect(lines.find((line) => line.startsWith("chatgpt "))).toMatch(/2026-10-02 +56 days +\d/);
  expect(lines.find((line) => line.startsWith("goose "))).toMatch(/2026-06-19 +161 days ! /);
  expect(lines.find((line) => line.startsWith("mcp-apps "))).not.toContain("days");
});

it("shows each fact of one host with source, date and confidence, and no value where none is known", () => {
  const text = printed("cursor");
  for (const [path] of factsOf(knownProfiles.find(({ id }) => id === "cursor") ?? fail()))
    expect(text).toContain(`${path}  `);
  expect(text).toContain("innerPolicy  unknown\n    no source says");
  expect(text).toMatch(/frames\.outerAllow {2}medium, 2026-08-14\n {4}clipboard-write\n {4}MCPJam probe/);
  expect(printed("vscode")).toContain("default-src 'none'; script-src 'self' 'unsafe-inline' {resource};");
  expect(printed("claude")).toContain("resource-domains  honoured or ignored, honoured is assumed");
});

function fail(): never {
  throw new Error("no such host");
}

it("a name that is no host's says what to do", () => {
  expect(() => printed("opera")).toThrow(expect.objectContaining({ code: "UNKNOWN_PROFILE" }));
});
