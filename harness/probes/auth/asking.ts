/** Asks an endpoint for all that a token might open. */
import type { AuthAnswer } from "../../model/evidence/auth.ts";
import { ask, type AskedTool, type Endpoint } from "./ask.ts";
import type { ProbeToken } from "./tokens.ts";

/** For all tokens and tools together, ms: a server may have thousands of tools, and let each wait. */
const BUDGET_MS = 300_000;

export class Asking {
  readonly #until: number;

  constructor(
    readonly endpoint: Endpoint,
    readonly session: string | null,
    budgetMs: number = BUDGET_MS,
  ) {
    this.#until = performance.now() + budgetMs;
  }

  /** One after another: what is being tested is no load. What the time does not reach is an answer that did not come. */
  async all(token: ProbeToken, tools: readonly AskedTool[]): Promise<AuthAnswer[]> {
    const { session } = this;
    const answers = [
      await this.#ask(token, { request: "initialize" }),
      await this.#ask(token, { request: "tools/list", session }),
    ];
    for (const tool of tools) answers.push(await this.#ask(token, { request: "tools/call", tool, session }));
    return answers;
  }

  #ask(token: ProbeToken, asked: Parameters<typeof ask>[2]): Promise<AuthAnswer> | AuthAnswer {
    if (performance.now() < this.#until) return ask(this.endpoint, token, asked);
    const { request, tool } = asked;
    const base = { token: token.kind, request, tool: tool?.name ?? null };
    return { ...base, status: null, outcome: "failed", challenge: null, echoed: false };
  }
}
