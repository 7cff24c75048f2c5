/** What a widget meets in the virtual stage equals what the facts say of ChatGPT. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openGatherer } from "../../../harness/gather/index.ts";
import type { Gatherer } from "../../../harness/gather/types.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { isLong, partOf } from "../long.ts";
import { SANDBOX_HOST, statements, type Statement } from "./statements.ts";
import { fidelityWidget, resultIn } from "./widget.ts";

let gatherer: Gatherer;
beforeAll(async () => {
  gatherer = await openGatherer({ limits: { quietMs: 200 } });
});
afterAll(() => gatherer.close());

/** The other half is asked of the live stage: test/browser/dev. */
const asked = partOf(isLong ? statements : statements.slice(1), 2);

describe.concurrent("virtual stage", () => {
  it.each(asked.map((statement) => [statement.id, statement] as const))("%s", async (_id, statement: Statement) => {
    const { widget, scenario } = fidelityWidget(statement);
    const evidence = await gatherer.gather({ widget, scenario, profile: profiles.chatgpt });
    expect(evidence.artifacts.document).toMatchObject({ status: "ok", value: { origin: `https://${SANDBOX_HOST}` } });
    expect(resultIn(evidence, statement), statement.says).toEqual(statement.expected);
  });
});
