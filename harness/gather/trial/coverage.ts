/** What ran of the widget's scripts: asked of V8 while they still stand, and made into records by where their texts are. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import { provenanceOf } from "../../model/provenance.ts";
import type { RawCoverage } from "../../model/raw-log.ts";
import { lineStarts } from "../../model/lines.ts";
import { scriptKey, type ScriptCoverage, type TargetCoverage } from "../witness/run-log.ts";
import { isOfFramedPage } from "../witness/session.ts";
import { readScripts } from "./scripts.ts";
import type { ViewInput } from "./view.ts";

/** How long V8 may take to answer, ms. */
const TAKE_MS = 1500;
/** Scripts of which records are made; a run that makes more is a flood. */
const MOST_SCRIPTS = 200;

type Taken = readonly TargetCoverage[];

/** Reads the texts of its scripts, and what of them ran, while the widget still stands; a thread that hangs does not tell. */
export async function readCode(input: ViewInput, hung: boolean): Promise<void> {
  await Promise.all([readScripts(input.protocol, input.log), input.coverage && !hung ? takeCoverage(input) : null]);
}

/** Asks every target of the widget; one that does not answer, or has ended, took its counts along. */
export async function takeCoverage(
  input: Pick<ViewInput, "protocol" | "witness" | "contextId" | "log">,
): Promise<void> {
  const { protocol, witness, contextId, log } = input;
  const sessions = witness.sessionsOf(contextId).filter((one) => !one.isStage && !isOfFramedPage(one));
  const deadline = performance.now() + TAKE_MS;
  await Promise.all(
    sessions.map(async ({ id }) => {
      const asked = protocol.send("Profiler.takePreciseCoverage", {}, id).catch(() => null);
      const taken = await withDeadline(asked, deadline);
      if (taken !== EXPIRED && taken !== null) log.coverage.push({ session: id, scripts: taken.result });
    }),
  );
}

export interface CoveredTexts {
  /** The widget's document, line ends as `\n`. */
  readonly html: string;
  /** The sandbox document around it, which holds what we inject. */
  readonly outerHtml: string;
  readonly sandboxOrigin: string;
  /** Texts of scripts that were read, by `scriptKey`. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Texts of scripts that arrived, by address. */
  readonly arrived: ReadonlyMap<string, string>;
}

/** Records of the scripts of the document and of those that arrived; what was made at run time stands in no file. */
export function coverageRecordsOf(taken: Taken, texts: CoveredTexts): RawCoverage[] {
  return taken
    .flatMap(({ session, scripts }) => scripts.flatMap((script) => recordOf(script, session, texts)))
    .slice(0, MOST_SCRIPTS);
}

function recordOf(script: ScriptCoverage, session: string, texts: CoveredTexts): RawCoverage[] {
  const { url, scriptId } = script;
  const code = texts.scripts.get(scriptKey(session, scriptId)) ?? texts.arrived.get(url);
  if (!code || url.startsWith("sandglass:") || texts.outerHtml.includes(code)) return [];
  const counts = { functions: functionsOf(script, code.length), unrun: unrunOf(script) };
  if (isElsewhere(url, texts.sandboxOrigin)) {
    const provenance = provenanceOf(code, url);
    return [
      {
        offset: null,
        url: url.startsWith("blob:") ? "blob:script" : url,
        length: code.length,
        lines: lineLengths(code),
        ...(provenance ? { provenance } : {}),
        ...counts,
      },
    ];
  }
  const offset = texts.html.indexOf(code);
  const provenance = provenanceOf(code);
  return offset === -1
    ? []
    : [{ offset, url: "", length: code.length, ...(provenance ? { provenance } : {}), ...counts }];
}

const isElsewhere = (url: string, sandboxOrigin: string): boolean =>
  url.startsWith("blob:") || (/^https?:/.test(url) && !url.startsWith(sandboxOrigin));

function lineLengths(code: string): number[] {
  const starts = lineStarts(code);
  return starts.map((start, line) => (starts[line + 1] ?? code.length) - start);
}

/** The script itself is a function to V8, and none of its code. */
function functionsOf({ functions }: ScriptCoverage, length: number): number[] {
  return functions.flatMap(({ functionName, ranges: [whole] }) => {
    if (!whole || (functionName === "" && whole.startOffset === 0 && whole.endOffset >= length)) return [];
    return [whole.startOffset, whole.endOffset, Math.min(1, whole.count)];
  });
}

/** Of ranges that lie in each other the innermost says whether a stretch ran. */
export function unrunOf({ functions }: Pick<ScriptCoverage, "functions">): number[] {
  const ranges = functions
    .flatMap(({ ranges: own }) => own)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const unrun: number[] = [];
  const around: ScriptCoverage["functions"][number]["ranges"] = [];
  let at = 0;
  const goTo = (to: number): void => {
    if (to > at && around.at(-1)?.count === 0) {
      if (unrun.at(-1) === at) unrun[unrun.length - 1] = to;
      else unrun.push(at, to);
    }
    at = Math.max(at, to);
  };
  const leave = (until: number): void => {
    for (let inner = around.at(-1); inner && inner.endOffset <= until; inner = around.at(-1)) {
      goTo(inner.endOffset);
      around.pop();
    }
  };
  for (const range of ranges) {
    leave(range.startOffset);
    goTo(range.startOffset);
    around.push(range);
  }
  leave(Number.POSITIVE_INFINITY);
  return unrun;
}
