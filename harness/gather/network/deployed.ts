/** The local server's own answers for the origin that it will be deployed at. */
import { hostPortOf } from "../../model/host-port.ts";
import { textAsDeployed, type Deployment } from "../../model/deployment.ts";
import { LOCAL, UNREACHABLE, type AnswerSource } from "./answers.ts";
import type { BoundaryAnswer } from "./boundary.ts";
import { liveAsker } from "./live.ts";

const TEXTUAL = /^text\/|[/+](?:json|xml|javascript|ecmascript|x-javascript|manifest\+json)\b/i;

/** Asks the local server what the widget asks of the deployed origin; anything else is not for it. */
export function deployedSource(deployment: Deployment): AnswerSource {
  const local = new URL(deployment.local);
  const ask = liveAsker({ allowLocal: [hostPortOf(local)] });
  return async (request) => {
    const url = new URL(request.url);
    if (url.origin !== deployment.origin) return null;
    const answer = await ask({ ...request, url: `${local.origin}${url.pathname}${url.search}` });
    return answer === LOCAL || answer === UNREACHABLE ? UNREACHABLE : answerAsDeployed(answer, deployment);
  };
}

function answerAsDeployed(answer: BoundaryAnswer, deployment: Deployment): BoundaryAnswer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, textAsDeployed(value, deployment)]),
  );
  const isText = TEXTUAL.test(answer.headers["content-type"] ?? "");
  return { ...answer, headers, body: isText ? textAsDeployed(answer.body.toString(), deployment) : answer.body };
}
