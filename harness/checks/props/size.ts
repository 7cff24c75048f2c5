import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { PropsEvidence } from "../../model/evidence.ts";
import type { ScanLimit } from "../../model/tags.ts";

type Part = keyof PropsEvidence["sizes"];
type Message = "large" | ScanLimit["kind"];

/** Bytes of a token, as estimated throughout: English prose and JSON lie between three and five. */
const BYTES_PER_TOKEN = 4;
const OWN = "our own limit, no host documents one";
/** Bytes above which a part is told, and where the limit is from. */
const LIMITS: readonly {
  readonly part: Part;
  readonly name: string;
  readonly bytes: number;
  readonly from: string;
  readonly reader: string;
}[] = [
  {
    part: "widgetState",
    name: "widgetState",
    bytes: 4000 * BYTES_PER_TOKEN,
    from: "Apps SDK guide: well under 4k tokens",
    reader: "the model reads it on every turn",
  },
  { part: "structuredContent", name: "structuredContent", bytes: 40_000, from: OWN, reader: "the model reads it" },
  { part: "content", name: "content", bytes: 40_000, from: OWN, reader: "the model reads it" },
  { part: "meta", name: "_meta", bytes: 1_000_000, from: OWN, reader: "the widget alone reads it" },
];

export default defineCheck({
  id: "props/size",
  title: "What the widget is given stays small",
  severity: "warning",
  needs: ["props"],
  messages: {
    large:
      "{part} is {bytes} bytes, about {tokens} tokens; the limit is {limit} bytes ({from}), and {reader}. Send what is shown and fetch the rest on demand.",
    characters:
      "{carrier} holds a text of {found} characters: the first {most} were scanned for secrets, the rest was left out.",
    detections: "{carrier} holds {found} secrets or personal data: the first {most} are listed.",
    levels: "{carrier} is nested {found} levels deep: all were scanned, and the evidence keeps {most}.",
    values: "{carrier} holds more than {most} values: the rest was not scanned.",
    cycle: "{carrier} holds a cycle at {path}.",
  },
  source:
    "docs/hosts.md#chatgpt-props: setWidgetState is sent to the model, keep it well under 4k tokens; the other limits are our own",
  run({ props }) {
    const large: RawFinding<Message>[] = LIMITS.filter(({ part, bytes }) => props.sizes[part] > bytes).map(
      ({ part, name, bytes, from, reader }) => ({
        messageId: "large",
        channel: "stage",
        identity: ["part"],
        data: {
          part: name,
          bytes: props.sizes[part],
          tokens: Math.round(props.sizes[part] / BYTES_PER_TOKEN),
          limit: bytes,
          from,
          reader,
        },
      }),
    );
    const extreme = props.limits.map(({ kind, ...data }): RawFinding<Message> => ({
      messageId: kind,
      channel: "stage",
      data,
    }));
    return failOrPass([...large, ...extreme]);
  },
});
