import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, review } from "../define-check.ts";
import type { RedirectAnswer } from "../../model/evidence/auth.ts";
import { AUTH_REASONS, authorizationOf } from "../shared/authorization.ts";

export default defineServerCheck({
  id: "auth/redirect",
  title: "A code goes to the address that was registered, and to no other",
  severity: "error",
  needs: ["auth", "tools"],
  messages: { followed: "The authorization server sent the browser to {asked}, which no client registered" },
  reasons: {
    ...AUTH_REASONS,
    "no-client":
      "No client of ours is known there, or its own request is refused: `sandglass login --mcp {endpoint}` registers one",
    "no-answer": "The authorization server did not answer",
    "not-refused":
      "The authorization server answered {asked} with HTTP {status}, and no refusal: whether it sends a code there after the login is not known",
  },
  source: "OAuth 2.1 draft, 2.3.1 and 4.1.3 (exact comparison); RFC 9700, 2.1",
  run({ auth: evidence, tools }) {
    const { auth, outcome } = authorizationOf(evidence, tools);
    if (!auth) return outcome;
    if (auth.redirects.length === 0) return review("no-client", { endpoint: auth.endpoint });
    const followed = auth.redirects.filter((one) => one.followed);
    if (followed.length === 0 && auth.redirects.some(({ status }) => status === null)) return review("no-answer");
    const open = auth.redirects.find((one) => !one.followed && !isRefusal(one));
    if (followed.length === 0 && open) return review("not-refused", { asked: open.asked, status: open.status ?? 0 });
    return failOrPass(
      followed.map(({ kind, asked }) => ({
        messageId: "followed" as const,
        data: { kind, asked },
        identity: ["kind"],
        channel: "network" as const,
      })),
    );
  },
});

/** Kept evidence knows the status alone. */
const isRefusal = ({ status, refused }: RedirectAnswer): boolean => refused ?? (status !== null && status >= 400);
