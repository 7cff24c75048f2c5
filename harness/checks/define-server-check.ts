/** One rule about an MCP server: as a rule about a widget, on what the server itself says and does. */
import type { ServerArtifactName, ServerArtifacts } from "../model/evidence/server.ts";
import type { CheckDefinition, Outcome } from "./define-check.ts";

export interface ServerContext {
  /** True when a host of the run asks for what its review asks for: a published app. */
  readonly submission: boolean;
  /**
   * How grave it is what review alone refuses, and no user of the widget ever feels: `error` where the server is asked
   * about by name (`--only`), `warning` where its widgets are checked, or no host of the run reviews.
   */
  readonly refusal: "error" | "warning";
  /** Whether this check of widgets told of this UI resource in the same run: it is not told again. */
  readonly isTold: (check: "csp/declaration" | "bridge/resource" | "props/secret", uri: string) => boolean;
}

export interface ServerCheckDefinition<
  N extends ServerArtifactName = ServerArtifactName,
  M extends string = string,
  R extends string = string,
> extends Pick<
  CheckDefinition<never, M, R>,
  "id" | "title" | "severity" | "messages" | "reasons" | "source" | "leavesOpen"
> {
  readonly needs: readonly N[];
  /** Of `needs`, what no server is asked for because of it: it looks at it where another check had it asked. Default none. */
  readonly onlyIfAsked?: readonly N[];
  run(artifacts: Pick<ServerArtifacts, N>, context: ServerContext): Outcome<NoInfer<M>, NoInfer<R>>;
}

/** A server check of any kind, as `judge` holds it. */
export type AnyServerCheck = Omit<ServerCheckDefinition, "run"> & {
  run(artifacts: ServerArtifacts, context: ServerContext): Outcome;
};

/** Declares a server check; reading an artifact outside `needs`, or naming an unknown message or reason, does not compile. */
export function defineServerCheck<
  const N extends ServerArtifactName,
  const M extends string,
  const R extends string = never,
>(check: ServerCheckDefinition<N, M, R>): AnyServerCheck {
  return check;
}
