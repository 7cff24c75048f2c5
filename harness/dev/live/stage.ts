/** One live rendering: what was collected of it, sealed, joined and judged as a run of `check` is. */
import type { StageAnswer, StageRequest } from "../../../host/server/types.ts";
import type { HostProfile } from "../../../host/profiles/types.ts";
import type { LiveUpdate } from "../../../host/server/types.ts";
import { allowlistOf } from "../../allowlist/index.ts";
import { entryIn, evidenceOf } from "../../gather/artifacts/index.ts";
import { givenFactsOf } from "../../gather/trial/given.ts";
import { seal, type Scannable } from "../../gather/trial/seal.ts";
import { judge, type JudgeOptions } from "../../judge/judge.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { JoinContext, SourceText } from "../../model/join-context.ts";
import type { RawLog } from "../../model/raw-log.ts";
import type { Hiding } from "../../scan/index.ts";
import type { AllowlistResult } from "../../model/result.ts";
import { sourceName, type Scenario, type Widget } from "../../model/widget.ts";
import { scenarioShown } from "../scenario-shown.ts";
import { LiveCollector } from "./collector.ts";
import { scriptsOf } from "./places.ts";
import type { SourceReading } from "./read-source.ts";

export interface LiveStageInput {
  readonly answer: StageAnswer;
  readonly request: StageRequest;
  readonly widget: Widget;
  readonly scenario: Scenario;
  /** The profile that was asked for. */
  readonly profile: HostProfile;
  /** The widget's text, read without a browser. */
  readonly reading: Promise<SourceReading>;
  readonly judging: JudgeOptions;
  /** Of what the user gave to be let in. */
  readonly hiding: Hiding;
}

export class LiveStage {
  readonly collector: LiveCollector;
  readonly #document: SourceText;
  readonly #scripts: ReturnType<typeof scriptsOf>;
  readonly #scenario: Scenario;
  readonly #reading: Promise<SourceReading>;
  #advised: { readonly key: string; readonly advice: AllowlistResult } | null = null;

  constructor(private readonly input: LiveStageInput) {
    const { widget, scenario, request, answer, hiding } = input;
    this.#reading = input.reading.then((reading) => hiding.every(reading));
    this.collector = new LiveCollector(answer);
    this.#document = {
      name: sourceName(widget),
      html: widget.html,
      sourceMaps: Object.values(widget.sourceMaps ?? {}),
    };
    this.#scripts = scriptsOf(widget.html);
    this.#scenario = scenarioShown(scenario, request);
  }

  /** What is known by now. */
  async look(): Promise<LiveUpdate> {
    const { answer, widget, judging } = this.input;
    const reading = await this.#reading;
    const context = this.#contextOf(reading);
    const evidence = this.#evidenceOf(this.#rawLog(reading, context), context);
    const [result = null] = this.collector.canBeJudged ? judge([evidence], judging).runs : [];
    return { stage: answer.id, evidence, result, advice: await this.#adviceFor(evidence, widget) };
  }

  #contextOf({ bundle }: SourceReading): JoinContext {
    const { answer, profile, hiding } = this.input;
    const { outerOrigin, outerUrl } = answer.boot.frame;
    return {
      document: this.#document,
      sandbox: {
        origin: answer.hostedOrigin,
        url: outerUrl.replace(outerOrigin, answer.hostedOrigin),
      },
      profile,
      policy: hiding.every(answer.policy),
      observe: false,
      bundle,
    };
  }

  #rawLog({ detections, limits }: SourceReading, context: JoinContext): RawLog {
    const { reads, handshake } = this.collector.bridge.snapshot();
    const given = givenFactsOf(this.#scenario, [], {
      withLeaves: reads !== null && handshake !== "initialized",
      withWords: false,
    });
    const raw = seal(
      this.collector.log(given, this.#scripts),
      [...givenTo(this.#scenario), ...this.collector.scannables()],
      context,
      this.input.hiding,
    );
    // The text does not change while it is rendered: it is scanned once.
    return {
      ...raw,
      detections: [...raw.detections, ...detections],
      limits: [...new Set([...raw.limits, ...limits])],
    };
  }

  #evidenceOf(raw: RawLog, context: JoinContext): Evidence {
    const { widget, scenario, profile } = this.input;
    return {
      schemaVersion: 1,
      widget: widget.name,
      source: this.input.hiding.every(widget.source),
      profile: profile.id,
      scenario: scenario.name,
      browser: browserOf(this.collector.userAgent),
      durationMs: 0,
      ...entryIn(raw, context),
      artifacts: evidenceOf(raw, context),
    };
  }

  /** Worked out anew only when what it depends on changed: messages and reads change all the time. */
  async #adviceFor(evidence: Evidence, { name, serverOrigin }: Widget): Promise<AllowlistResult> {
    const { network, document } = evidence.artifacts;
    const key = JSON.stringify([network, document.status]);
    if (this.#advised?.key !== key) {
      const { declared: declaration } = this.input.answer.policy;
      const advice = await allowlistOf({ widget: { name, declaration, serverOrigin }, observed: [evidence] });
      this.#advised = { key, advice };
    }
    return this.#advised.advice;
  }
}

const givenTo = ({ toolInput, toolOutput, content, _meta, widgetState }: Scenario): Scannable[] => [
  { carrier: "toolInput", value: toolInput },
  { carrier: "toolOutput", value: toolOutput },
  { carrier: "content", value: content },
  { carrier: "_meta", value: _meta },
  { carrier: "widgetState", value: widgetState },
];

/** What a browser calls itself. */
function browserOf(userAgent: string): Evidence["browser"] {
  const [, name = "browser", version = ""] =
    /(Firefox|Edg|Chrome)\/([\d.]+)/.exec(userAgent) ?? /(Version)\/([\d.]{1,20}).{0,200}Safari/.exec(userAgent) ?? [];
  return { name: name === "Version" ? "safari" : name.toLowerCase(), version };
}
