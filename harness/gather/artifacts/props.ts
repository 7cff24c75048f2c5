/** What the widget was given, what of it is secret, and what it read. */
import type { FieldReads, PropsEvidence } from "../../model/evidence.ts";
import type { GivenFacts, RawLog } from "../../model/raw-log.ts";

export function propsOf({ bridge, detections, limits, given }: RawLog): PropsEvidence {
  const { sizes, named, orders, inventedArguments, inventedResult, noResult } = given;
  return {
    detections,
    limits,
    inventedArguments,
    sizes,
    reads: readsOf(bridge, given),
    ...(named === undefined ? {} : { named }),
    ...(orders === undefined ? {} : { orders }),
    ...(inventedResult === undefined ? {} : { inventedResult }),
    ...(noResult === undefined ? {} : { noResult }),
  };
}

/** Every leaf of the tool's output with what the widget did with it; what it reads of a result that came as a message, no getter sees. */
function readsOf({ reads, handshake }: RawLog["bridge"], { leaves }: GivenFacts): FieldReads | null {
  if (!reads || !leaves || handshake === "initialized") return null;
  const states = new Map(reads.fields.map(({ path, state }) => [path, state]));
  return {
    fields: leaves.map((leaf) => ({ ...leaf, state: states.get(leaf.path) ?? "unread" })),
    opaque: reads.opaque,
  };
}
