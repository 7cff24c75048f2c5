/** What a browser that we did not start was started with. */
import { expect, it } from "vitest";
import { launchFlags, missingFlags, SANDBOX_FLAGS } from "../../../harness/gather/browser/flags.ts";

it("a browser of ours lacks none", () => expect(missingFlags(["chromium", ...launchFlags("/tmp/x")])).toEqual([]));
it("a browser of ours ignores a flood of history calls, as a user's does", () =>
  expect(launchFlags("/tmp/x")).not.toContain("--disable-ipc-flooding-protection"));
it("one that shows nothing lacks all", () => expect(missingFlags([])).toEqual(SANDBOX_FLAGS));

it.each([
  ["a flag less", SANDBOX_FLAGS.filter((flag) => flag !== "--site-per-process"), ["--site-per-process"]],
  [
    "another value",
    [...SANDBOX_FLAGS, "--webrtc-ip-handling-policy=default"],
    ["--webrtc-ip-handling-policy=disable_non_proxied_udp"],
  ],
])("%s is found", (_, words, missing) => expect(missingFlags(words)).toEqual(missing));

it.each([
  ["the last list of features holds, and lacks one of ours", "--disable-features=MediaRouter", 1],
  [
    "more features than ours, and not the one on which storage hangs",
    `${SANDBOX_FLAGS.find((flag) => flag.startsWith("--disable-features=")) ?? ""},Translate`,
    0,
  ],
  [
    "with the one on which storage hangs",
    `${SANDBOX_FLAGS.find((flag) => flag.startsWith("--disable-features=")) ?? ""},ThirdPartyStoragePartitioning`,
    1,
  ],
])("%s", (_, features, missing) => expect(missingFlags([...SANDBOX_FLAGS, features])).toHaveLength(missing));
