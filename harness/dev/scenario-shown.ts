import { isDeepStrictEqual } from "node:util";
import type { CheckRequest } from "../../host/server/types.ts";
import { defined } from "../model/defined.ts";
import type { Scenario } from "../model/widget.ts";

/** The scenario with what the page shows in place of what was written. */
export function scenarioShown(
  scenario: Scenario,
  { state, toolInput, toolResult, widgetState, gated, preferences = {} }: CheckRequest,
): Scenario {
  const { toolOutput, content: _content, _meta, isError: _isError, inventedResult, noResult, ...rest } = scenario;
  const isAsWritten = isDeepStrictEqual(toolResult?.structuredContent, toolOutput);
  const { theme, displayMode, locale, device, width, touch, safeArea, timeZone, maxHeight } = state;
  const { reducedMotion, contrast, languages } = { ...scenario.context, ...preferences };
  return {
    ...rest,
    toolInput,
    widgetState,
    gated,
    ...(isAsWritten && inventedResult ? { inventedResult } : {}),
    ...(isAsWritten && noResult ? { noResult } : {}),
    ...(toolResult?.structuredContent === undefined ? {} : { toolOutput: toolResult.structuredContent }),
    ...(toolResult?.content === undefined ? {} : { content: toolResult.content }),
    ...(toolResult?._meta === undefined ? {} : { _meta: toolResult._meta }),
    ...(toolResult?.isError ? { isError: true } : {}),
    context: {
      ...{ theme, displayMode, locale, device, width, touch, safeArea, maxHeight },
      ...defined({ timeZone, languages, reducedMotion, contrast }),
    },
  };
}
