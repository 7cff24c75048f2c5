/** How long a server may let its tools wait for an answer. */
import { expect, it } from "vitest";
import { Asking } from "../../../harness/probes/auth/asking.ts";

const WAIT_MS = 20;
const TOOLS = Array.from({ length: 500 }, (_, index) => ({ name: `tool_${index}`, args: {} }));

it("what the time for all does not reach is not asked, and told as unanswered", async () => {
  let asked = 0;
  const fetch = () => {
    asked += 1;
    return new Promise<Response>((answer) => setTimeout(() => answer(new Response("", { status: 401 })), WAIT_MS));
  };
  const asking = new Asking({ url: "https://mcp.example/mcp", fetch, headers: {} }, null, WAIT_MS * 20);
  const answers = await asking.all({ kind: "malformed", value: "no-token" }, TOOLS);
  expect(asked).toBeLessThan(TOOLS.length);
  expect(answers).toHaveLength(TOOLS.length + 2);
  expect(answers[0]).toMatchObject({ request: "initialize", status: 401, outcome: "refused" });
  expect(answers.at(-1)).toMatchObject({ tool: "tool_499", token: "malformed", status: null, outcome: "failed" });
  expect(await asking.all({ kind: "forged", value: "x" }, [])).toMatchObject([{ status: null }, { status: null }]);
});
