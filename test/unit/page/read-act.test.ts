/** What is mirrored is told by the widget's own document: only what has the shape of an act is done. */
import { expect, it } from "vitest";
import { readAct } from "../../../host/page/stage/read-act.ts";
import { messageText } from "../../../host/page/stage/message-text.ts";

const act = { kind: "press", label: 'button "Go"', nth: 0, value: "" } as const;

it("an act is read, and its value is bounded", () => {
  expect(readAct(act)).toEqual(act);
  expect(readAct({ ...act, kind: "fill", value: "x".repeat(5000) })?.value).toHaveLength(2000);
});

it.each([
  null,
  "press",
  { ...act, kind: "navigate" },
  { ...act, label: ["x"] },
  { ...act, label: "x".repeat(201) },
  { ...act, nth: -1 },
  { ...act, nth: 0.5 },
  { ...act, value: undefined },
])("%j is none", (given) => expect(readAct(given)).toBeNull());

it("a message's words are text, whatever it holds", () => {
  expect(messageText("sendFollowUpMessage", { prompt: "hello" })).toBe("hello");
  expect(messageText("ui/message", { content: [{ type: "text", text: "a" }, { type: "image" }, null] })).toBe("a\n\n");
  expect(messageText("ui/message", { content: { type: "text", text: "b" } })).toBe("b");
  expect(messageText("sendFollowUpMessage", { prompt: { toString: () => "x" } })).toBeNull();
  expect(messageText("ui/message", null)).toBeNull();
  expect(messageText("tools/call", { prompt: "x" })).toBeNull();
  expect(messageText("sendFollowUpMessage", { prompt: "x".repeat(9000) })).toHaveLength(4000);
});
