/** What `--only` and `--skip` leave to be done. */
import { allChecks, areaOf, areas } from "../checks/all.ts";
import type { AnyServerCheck } from "../checks/define-server-check.ts";
import { checks } from "../checks/index.ts";
import { serverChecks } from "../checks/servers.ts";
import { isChosen } from "../judge/judge.ts";
import { SandglassError } from "../model/errors.ts";
import type { ServerArtifactName } from "../model/evidence/server.ts";
import type { CheckOptions } from "./options.ts";

export interface Chosen {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Widgets have to be rendered for it. */
  readonly widgets: boolean;
  /** Servers have to be looked at for it. */
  readonly servers: boolean;
  /** What of a server is looked at. */
  readonly artifacts: ReadonlySet<ServerArtifactName>;
}

/** @throws SandglassError `BAD_USAGE` for what is neither an area nor a check, and when nothing is left */
export function chosenOf({ only = [], skip = [] }: Pick<CheckOptions, "only" | "skip">): Chosen {
  const names = { only: namesIn(only), skip: namesIn(skip) };
  for (const [flag, list] of Object.entries(names))
    for (const name of list)
      if (!areas.includes(name) && !allChecks.some(({ id }) => id === name))
        throw new SandglassError(
          "BAD_USAGE",
          `--${flag} ${name} is neither an area nor a check.`,
          `Areas are ${areas.join(", ")}; \`sandglass explain\` lists the checks.`,
        );
  const chosen = {
    ...names,
    widgets: checks.some(({ id }) => isChosen(id, names)),
    servers: serverChecks.some(({ id }) => isChosen(id, names)),
    artifacts: new Set(serverChecks.filter(({ id }) => isChosen(id, names)).flatMap(askedFor)),
  };
  if (!chosen.widgets && !chosen.servers)
    throw new SandglassError(
      "BAD_USAGE",
      "--only and --skip leave no check.",
      `Leave out --skip ${names.skip.map(areaOf).join(",")}.`,
    );
  return chosen;
}

const askedFor = ({ needs, onlyIfAsked = [] }: AnyServerCheck): readonly ServerArtifactName[] =>
  needs.filter((name) => !onlyIfAsked.includes(name));

const namesIn = (written: readonly string[]): string[] =>
  written
    .flatMap((one) => one.split(","))
    .map((one) => one.trim())
    .filter(Boolean);
