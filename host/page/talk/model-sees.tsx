/** What of a call reaches the model in this host, as far as it is known. */
import type { ReactNode } from "react";
import { isRecord } from "../../csp/record.ts";
import { conversationFacts, type ConversationFacts } from "../../profiles/conversation.ts";
import type { HostProfile, Sourced } from "../../profiles/types.ts";
import type { Given } from "../state/given.ts";
import type { Kept } from "../state/use-conversation.ts";

export const factsOf = ({ id }: Pick<HostProfile, "id">): ConversationFacts =>
  conversationFacts[id.split("@")[0] ?? ""] ?? {};

export interface ModelSeesProps {
  readonly tool: string;
  readonly given: Given;
  readonly kept: Kept;
  readonly profile: HostProfile;
}

export function ModelSees({ tool, given, kept, profile }: ModelSeesProps) {
  const facts = factsOf(profile);
  const state = kept.state ? modelPart(kept.state.value) : undefined;
  const hasStructured = given.toolOutput !== undefined && given.toolOutput !== null;
  return (
    <details className="model-sees">
      <summary>What the model sees</summary>
      <dl>
        <Seen name={`Its call of ${tool}`} value={given.toolInput} />
        {hasStructured ? <Seen name="structuredContent" value={given.toolOutput} /> : null}
        {given.content.length > 0 ? (
          <Seen
            name="content"
            value={given.content}
            {...(hasStructured ? noteOf(facts.textBesideStructured, TEXT) : {})}
          />
        ) : null}
        {state === undefined ? null : (
          <Seen name="Widget state" value={state.value} note={state.isPart ? "modelContent alone" : undefined} />
        )}
        {kept.context ? (
          <Seen name="ui/update-model-context" value={kept.context.value} {...noteOf(facts.updatedContext, CONTEXT)} />
        ) : null}
      </dl>
      <p className="hint">Never: the result’s _meta, and what the widget shows. A model is not asked here.</p>
    </details>
  );
}

const TEXT = {
  sent: "",
  withheld: "withheld from the model beside structuredContent",
  unknown: "whether it is given beside structuredContent is not known",
};
const CONTEXT = {
  reaches: "",
  lost: "accepted, and not given to the model",
  unknown: "whether it reaches the model is not known",
};

function noteOf<T extends string>(
  known: Sourced<T> | undefined,
  words: Readonly<Record<T | "unknown", string>>,
): { readonly note: string; readonly isLost: boolean } {
  if (!known) return { note: words.unknown, isLost: false };
  const note = words[known.value];
  return { note: note && `${note} (${known.source}, ${known.seen})`, isLost: note !== "" };
}

function Seen({
  name,
  value,
  note,
  isLost = false,
}: {
  readonly name: string;
  readonly value: unknown;
  readonly note?: ReactNode;
  readonly isLost?: boolean;
}) {
  return (
    <div className="model-sees__part" data-lost={isLost}>
      <dt>
        {name}
        {note ? <span className="hint"> {note}</span> : null}
      </dt>
      <dd>
        <pre tabIndex={0}>{textOf(value)}</pre>
      </dd>
    </div>
  );
}

/** Characters shown. */
const TEXT_LIMIT = 20_000;

function textOf(value: unknown): string {
  const text = value === undefined ? "" : JSON.stringify(value, null, 2);
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text;
}

/** Of the structured form the part for the model. Source: developers.openai.com/plugins/reference, September 2026. */
function modelPart(state: unknown): { readonly value: unknown; readonly isPart: boolean } {
  return isRecord(state) && "modelContent" in state
    ? { value: state.modelContent, isPart: true }
    : { value: state, isPart: false };
}
