import { expect, it } from "vitest";
import { fileNameFor } from "../../../harness/model/file-name.ts";

it("a plain name stays as it is", () => expect(fileNameFor(["a.b", "chatgpt", "x_1"])).toBe("a.b--chatgpt--x_1"));
it("different names are never one file", () => {
  const names = ["天気", "地図", "a b", "a/b", "a-b", "a\u0000b", "x".repeat(200), "x".repeat(201)];
  expect(new Set(names.map((name) => fileNameFor([name, "chatgpt", "default"]))).size).toBe(names.length);
});
it("holds nothing that leaves a folder", () => expect(fileNameFor(["../../x", "p", "s"])).not.toMatch(/[/\\]/));
