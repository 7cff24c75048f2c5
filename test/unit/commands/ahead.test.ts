import { expect, it } from "vitest";
import { browserAhead } from "../../../harness/commands/ahead.ts";

it.each([
  [["check"], {}],
  [["check", "widgets/weather", "--workers", "1"], {}],
  [["allowlist", "--browser-path", "/opt/chromium"], { path: "/opt/chromium" }],
  [["check", "--browser-path=/opt/chromium", "x.html"], { path: "/opt/chromium" }],
  [["check", "--browser-path"], null],
  [["check", "--help"], null],
  [["check", "--evidence", "kept"], null],
  [["check", "--evidence=kept"], null],
  [["check", "--browser-endpoint", "ws://127.0.0.1:1"], null],
  [["dev"], null],
  [["--help"], null],
  [[], null],
] as const)("%j starts %j", (argv, ahead) => expect(browserAhead(argv)).toEqual(ahead));
