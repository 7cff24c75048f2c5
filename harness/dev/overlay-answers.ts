/** What the dev overlay answers, and what it keeps of the network's answers until they are saved as mocks. */
import type { OverlayAnswer, OverlayRequest, StageAnswer } from "../../host/server/types.ts";
import type { SeenAnswer } from "../config/recorded.ts";
import { answererOf, mockSource, type AnswerSource } from "../gather/network/answers.ts";
import type { BoundaryAnswer } from "../gather/network/boundary.ts";
import { deployedSource } from "../gather/network/deployed.ts";
import { liveAsker } from "../gather/network/live.ts";
import type { Widget } from "../model/widget.ts";
import { scenarioOf } from "./widget-parts.ts";

/** What the network answered in one rendering. */
export interface SeenAnswers {
  /** Origin that the widget has in the host. */
  readonly origin: string;
  readonly answers: readonly SeenAnswer[];
}

/** Renderings, and of one its answers and their bytes; what comes later is shown and not kept. */
const MOST_STAGES = 20;
const MOST_ANSWERS = 200;
const MOST_BYTES = 20_000_000;

interface Keeping {
  readonly origin: string;
  /** Where it runs here. */
  readonly here: string;
  readonly answers: SeenAnswer[];
  bytes: number;
}

export class OverlayAnswers {
  readonly #kept = new Map<number, Keeping>();

  constructor(private readonly ask: ReturnType<typeof liveAsker> = liveAsker()) {}

  /** A rendering begins whose allowed requests the network answers. */
  open({ id, hostedOrigin, boot }: StageAnswer): void {
    this.#kept.set(id, { origin: hostedOrigin, here: boot.frame.outerOrigin, answers: [], bytes: 0 });
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > MOST_STAGES) this.#kept.delete(oldest);
  }

  seenIn(stage: number): SeenAnswers | null {
    return this.#kept.get(stage) ?? null;
  }

  /** @param stage whose requests these are */
  async answer(widget: Widget, scenario: string, request: OverlayRequest, stage: number): Promise<OverlayAnswer> {
    const { mocks = [] } = scenarioOf(widget, scenario);
    const { deployment } = widget;
    const keeping = this.#kept.get(stage);
    const body = Buffer.from(request.body);
    const { by, answer } = await answererOf([
      { by: "mock", source: await mockSource(mocks) },
      ...(deployment ? [{ by: "server", source: deployedSource(deployment) } as const] : []),
      ...(keeping ? [{ by: "live", source: this.#network(keeping) } as const] : []),
    ]).answer({ ...request, body, bodyBytes: body.length });
    return {
      by: BY.find((one) => one === by) ?? "server",
      status: answer?.status ?? 502,
      headers: answer?.headers ?? {},
      body: answer?.body ?? "",
      ...(answer?.delayMs ? { delayMs: answer.delayMs } : {}),
    };
  }

  /** Asked as the host's own page would ask: a server that lets in that origin alone lets it in here. */
  #network(keeping: Keeping): AnswerSource {
    return async (request) => {
      const answer = await this.ask({ ...request, headers: { ...request.headers, origin: keeping.origin } });
      if (typeof answer === "symbol") return answer;
      keep(keeping, request, answer);
      const allowed = answer.headers["access-control-allow-origin"];
      return allowed === keeping.origin
        ? { ...answer, headers: { ...answer.headers, "access-control-allow-origin": keeping.here } }
        : answer;
    };
  }
}

const BY = ["mock", "stub", "live", "unreachable", "refused-local"] as const satisfies readonly OverlayAnswer["by"][];

function keep(keeping: Keeping, { method, url }: Parameters<AnswerSource>[0], answer: BoundaryAnswer): void {
  const body = Buffer.from(answer.body);
  if (keeping.answers.length >= MOST_ANSWERS || keeping.bytes + body.length > MOST_BYTES) return;
  keeping.bytes += body.length;
  keeping.answers.push({ method, url, status: answer.status, headers: answer.headers, body });
}
