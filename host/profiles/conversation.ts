/** What hosts make of a conversation with widgets, as far as it was seen. What is not listed is not known. */
import { fact } from "./sourced.ts";
import type { ProfileId, Sourced } from "./types.ts";

export interface ConversationFacts {
  /** Whether the text of a result reaches the model where the result has `structuredContent`, too. */
  readonly textBesideStructured?: Sourced<"sent" | "withheld">;
  /** Whether `ui/update-model-context` reaches the model. */
  readonly updatedContext?: Sourced<"reaches" | "lost">;
  /** Whether state of `setWidgetState` is there after the host itself was closed. */
  readonly stateAfterRestart?: Sourced<"kept" | "lost">;
}

const chatgpt: ConversationFacts = {
  textBesideStructured: fact("withheld", "medium", "openai-apps-sdk-examples #144", "2025-12-09"),
  updatedContext: fact("reaches", "high", "developers.openai.com/plugins/reference", "2026-09"),
  stateAfterRestart: fact(
    "kept",
    "medium",
    "openai-apps-sdk-examples #195: widgetState was intact after a reload",
    "2026-08-04",
  ),
};

const claude: ConversationFacts = {
  updatedContext: fact(
    "lost",
    "medium",
    "anthropics/claude-ai-mcp #34, #102, #826: accepted, and not given",
    "2026-08-10",
  ),
};

/** By the profile's id, without the date that follows an `@`. */
export const conversationFacts: Readonly<Record<ProfileId, ConversationFacts>> = {
  chatgpt,
  "chatgpt-undeclared": chatgpt,
  "chatgpt-dev": chatgpt,
  "chatgpt-dev-enforced": chatgpt,
  "chatgpt-desktop": {
    ...chatgpt,
    stateAfterRestart: fact("lost", "low", "one report: kept in the frame's component alone", "2026-08"),
  },
  claude,
  "claude-desktop": claude,
  "claude-ios": claude,
  vscode: {
    textBesideStructured: fact(
      "withheld",
      "high",
      "microsoft/vscode, mcpLanguageModelToolContribution.ts",
      "2026-08-19",
    ),
  },
};
