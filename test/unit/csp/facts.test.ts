/** How old and how sure the facts of a host are. */
import { describe, expect, it } from "vitest";
import {
  ageOf,
  confidencesOf,
  factsOf,
  newestOf,
  OLD_DAYS,
  unknownFacts,
  unknownOfRequests,
} from "../../../host/csp/facts.ts";
import { knownProfiles, profileById, profiles } from "../../../host/profiles/index.ts";
import type { HostProfile, Sourced } from "../../../host/profiles/types.ts";
import { fact, unknown } from "../../../host/profiles/sourced.ts";

/** A host whose facts are all of one day. */
function seenOn(seen: string, more: Partial<HostProfile> = {}): HostProfile {
  const dated = <G extends object>(group: G): G =>
    Object.fromEntries(Object.entries(group).map(([name, one]) => [name, { ...(one as Sourced<unknown>), seen }])) as G;
  const { frames, bridge, ...rest } = profiles.goose;
  const own = Object.fromEntries(
    Object.entries(rest).map(([name, one]) => [
      name,
      typeof one === "object" && "seen" in one ? { ...one, seen } : one,
    ]),
  );
  return { ...profiles.goose, ...own, frames: dated(frames), bridge: dated(bridge), id: "h", ...more };
}

describe("age", () => {
  it.each([
    ["2026-08-20", "2026-11-18", 90],
    ["2026-08-20", "2026-11-19", 91],
    ["2026-08", "2026-11-29", 120],
    ["2025", "2026-01-10", 374],
    ["2026-12-01", "2026-11-27", 0],
  ])("of %s on %s: %i days", (seen, today, days) => expect(ageOf(seenOn(seen), today)).toBe(days));
  it("is that of the newest fact; an unknown one is none", () => {
    const mixed = seenOn("2026-01-01", { entryFilter: fact("literal", "low", "s", "2026-05-05") });
    expect(newestOf(mixed)).toBe("2026-05-05");
    expect(newestOf({ ...mixed, keysRead: unknown([]) })).toBe("2026-05-05");
  });
  it("a specification, a dated version and a file without dates have none", () => {
    expect(ageOf(profiles["mcp-apps"], "2030-01-01")).toBeNull();
    expect(ageOf(seenOn("2026-01-01", { id: "h@2026-01-01" }), "2030-01-01")).toBeNull();
    expect(ageOf(seenOn(""), "2030-01-01")).toBeNull();
    expect(ageOf(profiles["basic-host"], "2030-01-01")).toBeGreaterThan(OLD_DAYS);
  });
});

describe("what is not known", () => {
  it("bears on every widget where it is policy, sandbox, permissions or the result", () => {
    expect(unknownFacts(profiles.copilot)).toEqual([
      "innerPolicy",
      "frames.outerSandbox",
      "frames.outerAllow",
      "frames.innerSandbox",
      "bridge.deliveredResult",
    ]);
    expect(unknownFacts(profiles["claude-ios"])).toEqual(["bridge.deliveredResult"]);
    for (const id of ["chatgpt", "claude", "claude-desktop", "vscode", "goose", "mcp-apps"] as const)
      expect(unknownFacts(profiles[id]), id).toEqual([]);
  });
  it("bears on what is asked for alone where it is the policy of the frame around it", () => {
    const { goose, copilot } = profiles;
    const unread = { ...goose, frames: { ...goose.frames, outerPolicy: unknown(null) } };
    expect(unknownFacts(unread)).toEqual([]);
    expect(unknownOfRequests(unread)).toEqual(["frames.outerPolicy"]);
    expect(unknownOfRequests(copilot)).toEqual(["frames.outerPolicy"]);
    expect(unknownOfRequests(goose)).toEqual([]);
  });
  it("is a bridge, too", () => expect(unknownFacts(profiles.cursor)).toContain("bridge.windowOpenai"));
  it("is shown with nothing refused in its place: what fails then fails by itself", () => {
    for (const { id, innerPolicy, frames, bridge } of knownProfiles) {
      if (bridge.windowOpenai.confidence === "unknown") expect(bridge.windowOpenai.value, id).toBe(true);
      if (frames.declaredDomain.confidence === "unknown") expect(frames.declaredDomain.value, id).not.toBe("refused");
      if (innerPolicy.confidence === "unknown") expect(innerPolicy.value, id).toBeNull();
      if (frames.outerSandbox.confidence === "unknown") expect(frames.outerSandbox.value, id).toContain("allow-modals");
      if (frames.outerAllow.confidence === "unknown") expect(frames.outerAllow.value, id).toContain("camera *");
    }
  });
});

it("every fact is counted once", () => {
  const counts = confidencesOf(profiles.vscode);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(factsOf(profiles.vscode).length);
});

it("a dated version is found by its id, and is no other host", () => {
  expect(profileById("chatgpt@2026-05-18")?.frames.outerAllow.value).toContain("clipboard-write");
  expect(profileById("chatgpt@2026-10-02")?.frames.outerAllow.value).not.toContain("clipboard-write");
  expect(profileById("constructor")).toBeUndefined();
});
