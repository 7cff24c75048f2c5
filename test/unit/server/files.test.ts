import { expect, it } from "vitest";
import { UserFiles } from "../../../host/server/files.ts";

it("keeps what was given, under a name that nobody guesses, and forgets the oldest", () => {
  const files = new UserFiles();
  const ids = Array.from({ length: 60 }, (_, n) => files.add({ bytes: Buffer.from([n]), type: "text/plain" }));
  expect(new Set(ids).size).toBe(60);
  expect(ids.every((id) => /^file_[0-9a-f-]{36}$/.test(id))).toBe(true);
  expect(files.get(ids[59] ?? "")?.bytes).toEqual(Buffer.from([59]));
  expect(files.get(ids[0] ?? "")).toBeUndefined();
});

it("forgets the oldest of what is large", () => {
  const files = new UserFiles();
  const [first, second] = [1, 2].map(() => files.add({ bytes: Buffer.alloc(150_000_000), type: "" }));
  expect(files.get(first ?? "")).toBeUndefined();
  expect(files.get(second ?? "")).toBeDefined();
});
