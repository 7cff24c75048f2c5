/** Places of findings about a server: the request that was answered, and the path in its result. Pure. */
import type { RawFinding } from "../checks/define-check.ts";
import { answerAddress } from "../model/answers.ts";
import type { Where } from "../model/evidence.ts";
import type { ResourceRead, ServerEvidence } from "../model/evidence/server.ts";
import { SERVER_SPOTS, spotOf, type Told } from "./server-spots.ts";

type Artifacts = ServerEvidence["artifacts"];

/** @returns null where the check has no row */
export function serverPlace(check: string, told: Told, artifacts: Artifacts): Where | null {
  const row = SERVER_SPOTS[check];
  if (row === undefined) return null;
  const { about, data } = told;
  const spot = spotOf(row, told);
  const of = about?.request ?? spot.of;
  const subject = subjectOf(of, told);
  const path = pathOf(of, about?.path ?? spot.path, subject, artifacts);
  return {
    url: addressOf(of, data, artifacts),
    ...(path === "" ? {} : { path }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/** Tools are asked for by name, resources by URI; what concerns neither has none. */
function subjectOf(of: string, { about = {}, data }: Told): string | undefined {
  const own = {
    tool: about.tool ?? data.tool ?? data.name ?? data.subject,
    uri: about.uri ?? data.uri ?? data.name ?? data.subject,
  };
  const named = { tools: own.tool, resources: own.uri }[of.split("/")[0] ?? ""];
  return typeof named === "string" && named !== "" ? named : undefined;
}

const below = (holder: string, path: string): string => {
  if (path === "") return holder;
  return path.startsWith("[") ? `${holder}${path}` : `${holder}.${path}`;
};

function pathOf(of: string, path: string, subject: string | undefined, artifacts: Artifacts): string {
  if (subject === undefined) return path;
  const { tools, listed, reads } = indexOf(artifacts);
  if (of === "tools/list") return inList("tools", tools.get(subject) ?? -1, path);
  if (of === "resources/list") return inList("resources", listed.get(subject) ?? -1, path);
  if (of !== "resources/read" || path === "contents" || path === "error") return path;
  const contents = reads.get(subject)?.contents ?? [];
  // The one under the URI, else the first: as hosts show it.
  const own = contents.findIndex(({ uri }) => uri === subject);
  return inList("contents", Math.max(0, own), path);
}

/** Where each name stands in a list; of one that stands there twice, the first. */
interface Index {
  readonly tools: ReadonlyMap<string, number>;
  readonly listed: ReadonlyMap<string, number>;
  readonly reads: ReadonlyMap<string, ResourceRead>;
}

/** Made once for a server: it may have as many findings as tools. */
const indexes = new WeakMap<Artifacts, Index>();

function indexOf(artifacts: Artifacts): Index {
  const known = indexes.get(artifacts);
  if (known) return known;
  const { tools, resources } = artifacts;
  const entries = tools.status === "ok" ? tools.value.entries : [];
  const { listed, reads } = resources.status === "ok" ? resources.value : { listed: null, reads: [] };
  const index = {
    tools: firstOf(entries.map(({ name }, at) => [name, at] as const)),
    listed: firstOf((listed ?? []).map(({ uri }, at) => [uri, at] as const)),
    reads: firstOf(reads.map((read) => [read.uri, read] as const)),
  };
  indexes.set(artifacts, index);
  return index;
}

const firstOf = <T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => new Map(pairs.toReversed());

/** Of what is not there, the list. */
const inList = (list: string, index: number, path: string): string =>
  index < 0 ? list : below(`${list}[${index}]`, path);

function addressOf(of: string, data: Told["data"], { transport, auth }: Artifacts): string {
  const url = transport.status === "ok" ? transport.value.url : null;
  const { resource = [], issuers = [] } = (auth.status === "ok" && auth.value) || {};
  const documents = {
    resource,
    issuer: issuers
      .filter(({ issuer }) => data.issuer === undefined || issuer === data.issuer)
      .flatMap(({ answers }) => answers),
  }[of];
  if (documents)
    return (documents.find(({ document }) => document !== null) ?? documents[0])?.url ?? url ?? answerAddress(of);
  return of === "endpoint" && url !== null ? url : answerAddress(of);
}

/** The findings, each with a place; a check that knows better is believed. */
export const placedOnServer = <M extends string>(
  check: string,
  findings: readonly RawFinding<M>[],
  artifacts: Artifacts,
): RawFinding<M>[] =>
  findings.map((one) => {
    const where = one.where ?? serverPlace(check, one, artifacts);
    return where === null ? one : { ...one, where };
  });
