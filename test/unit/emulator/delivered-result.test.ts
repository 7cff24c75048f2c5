import { expect, test } from "vitest";
import { hostStateOf, planStage } from "../../../host/emulator/plan.ts";
import { profiles } from "../../../host/profiles/index.ts";

test.each([
  ["chatgpt", { content: [], structuredContent: { a: 1 }, _meta: { b: 2 } }],
  ["claude-desktop", { content: [] }],
] as const)("%s hands on what it does of a result", (id, delivered) => {
  const { boot } = planStage({
    widget: { name: "w", html: "<p>w</p>", meta: {}, serverId: "s", serverOrigin: null, mimeType: "" },
    profile: profiles[id],
    given: {
      toolInput: {},
      toolResult: { content: [], structuredContent: { a: 1 }, _meta: { b: 2 } },
      widgetState: null,
      gated: false,
    },
    state: (profile) => hostStateOf(profile),
    guestSource: "",
    record: { apis: false, reads: false },
  });
  expect(boot.toolResult).toEqual(delivered);
});
