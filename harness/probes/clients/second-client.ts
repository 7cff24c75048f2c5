/** A second client beside the first: both ask at the same time, with the same ids, and the second leaves. */
import type { Ending, SecondClientProbe } from "../../model/clients.ts";
import { messageOf } from "../../model/errors.ts";
import type { Ask, ServerRecorder, TransportKind } from "../../model/server-record.ts";
import { scanText } from "../../scan/index.ts";
import { endingOf } from "../ending.ts";

const PATIENCE_MS = 5_000;
/** A busy machine is no hang: who does not answer is asked once more, alone, and given this long. */
const LONG_PATIENCE_MS = 15_000;

export async function secondClient(server: ServerRecorder, kind: TransportKind): Promise<SecondClientProbe> {
  const by = kind === "stdio" ? "process" : "session";
  const probe = await server.asking(async (first): Promise<SecondClientProbe> => {
    try {
      const both = await server.another((second) => askTogether(first, second));
      return { by, opened: "yes", refusal: null, ...both, firstAfter: await endingWith(first) };
    } catch (error) {
      const refusal = scanText(messageOf(error).replace(/\s+/g, " ").slice(0, 300), "message").masked;
      return { by, opened: "refused", refusal, together: null, mixed: false, firstAfter: null };
    }
  });
  return probe.opened === "refused" && by === "session" ? controlled(server, probe) : probe;
}

/** Who cannot be reached alone, either, refuses nobody for being the second. A command goes on running, and is never alone. */
async function controlled(server: ServerRecorder, probe: SecondClientProbe): Promise<SecondClientProbe> {
  const alone = await server.another((ask) => endingWith(ask)).catch(() => "crash" as const);
  return alone === "answered" ? probe : { ...probe, opened: "unclear" };
}

interface Round {
  readonly ending: Ending;
  /** It was answered, and not with what was asked for. */
  readonly isForeign: boolean;
}

type Method = "tools/list" | "ping";

/** Ids of both clients count alike, so that a server that sorts answers by id alone gives them to the wrong one. */
async function askTogether(first: Ask, second: Ask): Promise<Pick<SecondClientProbe, "together" | "mixed">> {
  const rounds: readonly (readonly [Method, Method])[] = [
    ["tools/list", "ping"],
    ["ping", "tools/list"],
  ];
  for (const [ofFirst, ofSecond] of rounds) {
    const [one, other] = await Promise.all([roundOf(first, ofFirst), roundOf(second, ofSecond)]);
    const isMixed = (ofFirst === "ping" ? one : other).isForeign;
    // Who answers a ping with more than nothing when it is alone, too, mixes up nothing.
    if (isMixed && !(await roundOf(first, "ping")).isForeign) return { together: null, mixed: true };
    if (one.ending !== "answered" || other.ending !== "answered") break;
  }
  return { together: { first: await endingWith(first), second: await endingWith(second) }, mixed: false };
}

const roundOf = (ask: Ask, method: Method): Promise<Round> =>
  ask(method, {}, PATIENCE_MS).then(
    () => ({ ending: "answered" as const, isForeign: false }),
    (error: unknown) => ({
      ending: endingOf(error),
      isForeign: (error as { readonly code?: unknown }).code === "INVALID_RESULT",
    }),
  );

async function endingWith(ask: Ask): Promise<Ending> {
  const { ending } = await roundOf(ask, "ping");
  return ending === "hang" ? ask("ping", {}, LONG_PATIENCE_MS).then(() => "answered" as const, endingOf) : ending;
}
