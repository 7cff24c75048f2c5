import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";
import { found } from "../shared/servers.ts";
import type { SecondClientProbe } from "../../model/clients.ts";

type MessageId = "refused" | "process" | "mixed" | "lost";

export default defineServerCheck({
  id: "transport/second-client",
  title: "Two clients at the same time do not disturb each other",
  severity: "error",
  needs: ["transport", "clients"],
  messages: {
    refused:
      "A second client could not open a session while another was open ({detail}): each conversation of each user is a client.",
    process:
      "The command could not be started a second time while it ran ({detail}): desktop hosts start it once for each window.",
    mixed: "One client was given the answer to what another had asked.",
    lost: "The {who} client was no longer answered {when}.",
  },
  reasons: {
    "not-asked": "a command is started once a run; --only transport starts it a second time",
    "not-tried": "no second client was tried",
    unclear: "a client that was alone could not be opened, either: {detail}",
    "turned-away":
      "requests of two clients were answered with HTTP 4xx for a reason that may be another: a login, a limit, or no ping",
  },
  source:
    'MCP specification 2025-11-25, "Session Management" and "Multiple Connections" of streamable HTTP; ChatGPT opens a new session for each call (mcpr, 2026-04-07)',
  run({ transport, clients }) {
    const probe = clients?.second ?? null;
    if (!probe) return inapplicable(transport.kind === "stdio" ? "not-asked" : "not-tried");
    if (probe.opened === "unclear") return review("unclear", { detail: probe.refusal ?? "" });
    if (probe.opened === "refused") return failOrPass([refusalOf(probe)]);
    return isTurnedAway(probe) ? review("turned-away") : failOrPass(faultsOf(probe));
  },
});

type Found = RawFinding<MessageId>;

function refusalOf({ by, refusal }: SecondClientProbe): Found {
  const data = { detail: refusal ?? "no answer" };
  return by === "session"
    ? found("refused", data, { identity: [] })
    : found("process", data, { identity: [], severity: "warning" });
}

/** A 4xx is of the second client where the same request was answered otherwise, and is no login or limit. */
function isTurnedAway({ mixed, together, firstAfter }: SecondClientProbe): boolean {
  if (mixed || !together) return false;
  const both = [together.first, together.second];
  const isLost = both.some((one) => one === "hang" || one === "crash" || one === "server-error");
  if (isLost) return false;
  if (both.every((one) => one === "answered")) return firstAfter === "turned-away";
  return both.includes("turned-away") || !both.includes("answered");
}

function faultsOf({ mixed, together, firstAfter }: SecondClientProbe): Found[] {
  if (mixed) return [found("mixed", {})];
  const lost = (who: string, when: string): Found => found("lost", { who, when });
  const during = "while both were there";
  if (together && together.first !== "answered") return [lost("first", during)];
  if (together && together.second !== "answered") return [lost("second", during)];
  return firstAfter === "answered" ? [] : [lost("first", "once the second had gone")];
}
