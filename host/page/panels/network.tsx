import { useState } from "react";
import type { BlockClass, NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { CspList } from "../../profiles/types.ts";
import { Icon } from "../ui/icon.tsx";
import { Badge, Empty, Filter, matches, type Tone } from "../ui/parts.tsx";
import { attemptsOf } from "./seen.ts";
import type { PanelProps } from "./types.ts";

export default function NetworkPanel(props: PanelProps) {
  const { widget, stage, lists, onTry, view, setView } = props;
  const [filter, setFilter] = useState("");
  const attempts = attemptsOf(props) ?? [];
  // What did not get through comes first; a row of map tiles would hide it.
  const sorted = [...attempts].sort((a, b) => Number(a.outcome === "allowed") - Number(b.outcome === "allowed"));
  const shown = sorted.filter((attempt) =>
    matches(filter, attempt.url, attempt.kind, attempt.outcome, attempt.directive),
  );
  const stubbed = attempts.filter(({ answeredBy }) => answeredBy === "stub").length;
  const tryOut = (list: CspList, origin: string) => onTry({ ...lists, [list]: [...new Set([...lists[list], origin])] });
  return (
    <div className="panel-body">
      <div className="panel-tools">
        <Filter
          label="Filter by URL, kind or outcome"
          value={filter}
          onChange={setFilter}
          shown={shown.length}
          total={attempts.length}
        />
      </div>
      {attempts.length === 0 ? (
        <Empty title="No request yet">
          Everything {widget.name} asks for appears here, allowed or blocked, with the list that would allow it.
        </Empty>
      ) : null}
      {stage && stage.devServers.length > 0 ? (
        <p className="notice">
          <Icon name="info" size={16} />
          <span>
            <strong>Dev overlay</strong> {stage.devServers.join(", ")} and its socket are let through for hot reload.
            Requests that go there are not counted as the widget’s.
          </span>
        </p>
      ) : null}
      {stage?.devClients.map(({ of, origin }) => (
        <p key={`${of} ${origin ?? ""}`} className="notice notice--warn">
          <Icon name="info" size={16} />
          <span>
            This page is {of}’s development build{origin ? `, served by ${origin}` : ""}: it is fine to work with here,
            and is not what is published. Build for production before “sandglass check”.
          </span>
        </p>
      ))}
      {stubbed > 0 && view.network !== "live" ? (
        <p className="notice">
          <Icon name="info" size={16} />
          <span>
            {stubbed === 1 ? "One request was" : `${stubbed} requests were`} answered by a neutral stub, with nothing in
            it: give the scenario mocks, or ask the network, whose answers a saved scenario keeps.
          </span>
          <button type="button" className="button button--small" onClick={() => setView({ network: "live" })}>
            Let the network answer
          </button>
        </p>
      ) : null}
      <ul className="rows">
        {shown.map((attempt, index) => (
          <Attempt
            key={`${attempt.url} ${attempt.kind} ${attempt.outcome} ${index}`}
            attempt={attempt}
            onTry={tryOut}
          />
        ))}
      </ul>
      <p className="hint">
        Seen by violation events, resource timing and our own servers
        {stage ? ` of ${stage.boot.frame.outerOrigin}` : ""}. A page cannot see requests of workers, of child frames or
        at unload, nor WebRTC: “sandglass check” does. Firefox and Safari report no source line for some violations, and
        no resource timing for failed requests.
      </p>
    </div>
  );
}

const OUTCOME: Readonly<Record<NetworkAttempt["outcome"], { readonly tone: Tone; readonly word: string }>> = {
  allowed: { tone: "good", word: "allowed" },
  "blocked-by-csp": { tone: "bad", word: "blocked" },
  "blocked-by-sandbox": { tone: "bad", word: "sandbox" },
  failed: { tone: "warn", word: "failed" },
};

function Attempt({
  attempt,
  onTry,
}: {
  readonly attempt: NetworkAttempt;
  readonly onTry: (list: CspList, origin: string) => void;
}) {
  const { list, origin, url } = attempt;
  const { tone, word } = OUTCOME[attempt.outcome];
  return (
    <li className="row">
      <div className="row__head">
        <Badge tone={tone}>{word}</Badge>
        <span className="row__kind">
          {attempt.method && attempt.method !== "GET" ? `${attempt.method} ` : ""}
          {attempt.kind}
        </span>
        {attempt.count > 1 ? <span className="row__count">×{attempt.count}</span> : null}
        <span className="row__time">{attempt.atMs ?? 0} ms</span>
      </div>
      <p className="row__url">
        {url.startsWith(origin) ? (
          <>
            <strong>{origin}</strong>
            {url.slice(origin.length)}
          </>
        ) : (
          url
        )}
      </p>
      <p className="row__why">{explain(attempt)}</p>
      {attempt.outcome === "blocked-by-csp" && list ? (
        <p className="row__fix">
          <span>
            Would be allowed by <code>{FIELD[list]}</code>
          </span>
          <button
            type="button"
            className="button button--small"
            onClick={() => onTry(list, origin)}
            aria-label={`Try it here: ${origin} in ${FIELD[list]}`}
          >
            <Icon name="play" size={12} /> Try it here
          </button>
        </p>
      ) : null}
    </li>
  );
}

const ANSWER: Readonly<Record<string, string>> = {
  mock: "the scenario’s mock",
  stub: "a neutral stub",
  live: "the network",
  "sandbox-host": "the sandbox host",
  server: "the server",
  recording: "a recording",
  refused: "nobody",
  unreachable: "nobody: it could not be reached",
  "refused-local": "nobody: an address of this network is not asked",
};
const CLASS: Readonly<Partial<Record<BlockClass, string>>> = {
  "relative-url": "a relative URL goes to the sandbox host, which has no such file; use an absolute URL",
  cors: "the server’s CORS headers do not accept the sandbox’s origin",
  "local-network": "a local address: no user of ChatGPT can reach it",
  "own-policy": "a policy that the widget sets itself; the host’s lets it through",
  "same-origin": "it loads from the widget’s own origin alone, whatever is declared",
  "mixed-content": "plain http from a secure page",
};
const FIELD = {
  connect: "connectDomains",
  resource: "resourceDomains",
  frame: "frameDomains",
  redirect: "redirect_domains",
  base: "baseUriDomains",
} as const;

function explain(attempt: NetworkAttempt): string {
  const place = attempt.where ? ` At ${attempt.where.file ?? attempt.where.url}:${attempt.where.line ?? "?"}.` : "";
  if (attempt.outcome === "blocked-by-csp") {
    return attempt.list
      ? `${attempt.directive} refused it; declare ${attempt.origin} in ${FIELD[attempt.list]}.${place}`
      : `${attempt.directive} refused it, and no declaration can allow it.${place}`;
  }
  const reason = attempt.blockClass ? CLASS[attempt.blockClass] : undefined;
  const escape =
    attempt.escape === "parent" ? "The widget’s policy forbids it: it went out by the outer document. " : "";
  if (attempt.outcome === "allowed")
    return `${escape}${attempt.directive ?? "No directive"} let it through${attempt.answeredBy ? `; answered by ${ANSWER[attempt.answeredBy] ?? attempt.answeredBy}${attempt.status ? ` with ${attempt.status}` : ""}` : ""}.${place}`;
  return `${reason ? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` : (attempt.error ?? "It failed.")}${place}`;
}
