/** Evidence for tests, calm unless a test says otherwise. What no run gathers together does not compile. */
import { directiveOfKind } from "../../host/csp/kinds.ts";
import { originOf } from "../../host/csp/addresses.ts";
import type {
  ApiUse,
  BridgeEvidence,
  BundleEvidence,
  ConsoleEntry,
  DocumentEvidence,
  NetworkAttempt,
  PropsEvidence,
} from "../../harness/model/evidence.ts";

/** Sandbox of the widget in tests. */
export const SANDBOX = "https://my-app-example.web-sandbox.oaiusercontent.com";

type Defaulted = "url" | "origin" | "kind" | "directive" | "initiator" | "count" | "channels";
/** One outcome with what goes with it; `allowed` need not be said. */
type GivenOf<A> = A extends { readonly outcome: "allowed" }
  ? Partial<A>
  : A extends { readonly outcome: string }
    ? Omit<A, Defaulted> & Partial<Pick<A, Defaulted & keyof A>>
    : never;
export type AttemptGiven = GivenOf<NetworkAttempt>;

/** An allowed fetch, unless said otherwise; origin and directive follow address and kind. */
export function attempt(given: AttemptGiven = {}): NetworkAttempt {
  const { url = "https://api.example.com/x", kind = "fetch" } = given;
  const calm = {
    url,
    origin: originOf(url),
    kind,
    directive: directiveOfKind(kind),
    outcome: "allowed",
    initiator: "document",
    count: 1,
    channels: ["network"],
  };
  // Each member of the union is whole; its sum with the defaults is more than the compiler follows.
  return { ...calm, ...given } as NetworkAttempt;
}

export const use = (given: Partial<ApiUse>): ApiUse => ({
  api: "alert",
  count: 1,
  returned: "undefined",
  channel: "log",
  channels: ["log"],
  initiator: "document",
  blocked: true,
  ...given,
});

export const line = (given: Partial<ConsoleEntry>): ConsoleEntry => ({
  level: "error",
  text: "TypeError: x is null",
  origin: "exception",
  count: 1,
  ...given,
});

export const documentOf = (given: Partial<DocumentEvidence> = {}): DocumentEvidence => ({
  ended: "settled",
  domContentLoaded: true,
  visibleElements: 3,
  textLength: 20,
  paintedShare: null,
  width: 720,
  height: 400,
  title: "",
  hints: [],
  forged: [],
  origin: SANDBOX,
  answers: {},
  caps: [],
  observed: true,
  ...given,
});

export const bridgeOf = (given: Partial<BridgeEvidence> = {}): BridgeEvidence => ({
  surfaces: [],
  handshake: "none",
  messages: [],
  dropped: 0,
  violations: [],
  toolCalls: [],
  externalLinks: [],
  requestedHeight: null,
  ...given,
});

export const propsOf = (given: Partial<PropsEvidence> = {}): PropsEvidence => ({
  detections: [],
  sizes: { toolInput: 2, structuredContent: 20, content: 0, meta: 0, widgetState: 0 },
  limits: [],
  reads: null,
  inventedArguments: false,
  ...given,
});

export const NO_BUNDLE: BundleEvidence = { files: [], urls: [], uses: [] };
