import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { Detection } from "../../model/evidence.ts";
import { alike, GIVEN, ownInvention, placeOf, SENT, witnessOf } from "../shared/detections.ts";

type Message = "secret" | "possible" | "publishable";

export default defineCheck({
  id: "props/secret",
  title: "Widget is given no secrets, and leaves none behind",
  severity: "error",
  needs: ["props"],
  messages: {
    secret:
      "{title} in {place}: {masked} ({fingerprint}, {confidence}: {why}). Keep it on the server; the widget, the model and the browser can read this.{near}",
    possible:
      "Possibly a secret in {place}: {title}, {masked} ({fingerprint}: {why}). If it is none, allow it by its fingerprint with a reason.{near}",
    publishable:
      "{title} in {place}: {masked} ({fingerprint}). It is made to be public; make sure that it is restricted to your widget's origin.{near}",
  },
  source: "docs/hosts.md#chatgpt-props: no secrets or tokens in component props",
  run({ props }) {
    const secrets = props.detections.filter(
      (detection) => detection.family === "secret" && !ownInvention(detection, props),
    );
    const given = new Set(
      secrets.filter(({ carrier }) => GIVEN.includes(carrier)).map(({ fingerprint }) => fingerprint),
    );
    // What came in and went out is one finding of props/secret-exfiltrated, beside the one for its way in.
    const own = secrets.filter(({ carrier, fingerprint }) => !(SENT.includes(carrier) && given.has(fingerprint)));
    return failOrPass(
      alike(own, ({ kind, fingerprint, carrier }) => `${kind} ${fingerprint} ${carrier}`).map(({ first, count }) =>
        findingOf(first, count),
      ),
    );
  },
});

function findingOf(detection: Detection, count: number): RawFinding<Message> {
  const { kind, title, masked, fingerprint, confidence, why, carrier, publishable, where, around } = detection;
  const near = around === undefined ? "" : ` It stands here: ${around}`;
  const hidden: Message = confidence === "possible" ? "possible" : "secret";
  const messageId: Message = publishable ? "publishable" : hidden;
  const severity = { secret: "error", possible: "warning", publishable: "info" } as const;
  return {
    messageId,
    severity: severity[messageId],
    channel: witnessOf(carrier),
    identity: ["kind", "fingerprint", "carrier"],
    data: { kind, title, place: placeOf(detection), masked, fingerprint, confidence, why, carrier, count, near },
    ...(where && where.url !== "request" ? { where } : {}),
  };
}
