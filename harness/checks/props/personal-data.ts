import { defineCheck, failOrPass } from "../define-check.ts";
import { alike, ownInvention, placeOf, witnessOf } from "../shared/detections.ts";

export default defineCheck({
  id: "props/personal-data",
  title: "Widget is given no more personal data than it needs",
  severity: "info",
  needs: ["props"],
  messages: {
    personal:
      "{title} in {place}: {masked} ({count}× in {carrier}, {confidence}: {why}). Leave it out unless the widget shows it, and keep it out of logs.",
  },
  source:
    "developers.openai.com/apps-sdk security and privacy guide: data minimisation, redact personal data in logs; read 2026-11",
  run({ props }) {
    const personal = props.detections.filter(
      (detection) => detection.family === "personal" && !ownInvention(detection, props),
    );
    return failOrPass(
      alike(personal, ({ kind, carrier, sink }) => `${kind} ${carrier} ${sink ?? ""}`).map(({ first, count }) => ({
        messageId: "personal" as const,
        channel: witnessOf(first.carrier),
        identity: ["kind", "carrier"],
        data: {
          kind: first.kind,
          title: first.title,
          place: placeOf(first),
          masked: first.masked,
          fingerprint: first.fingerprint,
          confidence: first.confidence,
          why: first.why,
          carrier: first.carrier,
          count,
        },
      })),
    );
  },
});
