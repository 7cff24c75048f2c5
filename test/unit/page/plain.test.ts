/** Texts of others cannot pass for the page's own. */
import { expect, it } from "vitest";
import { seen } from "../../../host/page/ui/plain.tsx";

it.each([
  ["delete\u202etxt.exe", "delete\\u202etxt.exe"],
  ["a\u200bb\u0000c", "a\\u200bb\\u0000c"],
  ["line one\n\tline two", "line one\n\tline two"],
  ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ["日本語 עברית 👩\u200d💻", "日本語 עברית 👩\u200d💻"],
])("%j", (text, shown) => expect(seen(text)).toBe(shown));

it("is cut, and says so", () => expect(seen("x".repeat(500), 10)).toBe(`${"x".repeat(10)}… (500 characters)`));
