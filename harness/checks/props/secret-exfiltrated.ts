import { defineCheck, failOrPass } from "../define-check.ts";
import { alike, GIVEN, placeOf, SENT, witnessOf } from "../shared/detections.ts";

export default defineCheck({
  id: "props/secret-exfiltrated",
  title: "No secret that the widget is given leaves it",
  severity: "error",
  needs: ["props"],
  messages: {
    exfiltrated:
      "{title} came in by {source} and left in {sink}: {masked} ({fingerprint}, sent {count}×). Let the server make the call, and give the widget the answer only.",
  },
  source: "docs/hosts.md#chatgpt-props: no secrets or tokens in component props, validate on the server",
  run({ props }) {
    const secrets = props.detections.filter(({ family, publishable }) => family === "secret" && !publishable);
    const sent = alike(
      secrets.filter(({ carrier }) => SENT.includes(carrier)),
      ({ fingerprint, carrier, sink }) => `${fingerprint} ${carrier} ${sink}`,
    );
    return failOrPass(
      sent.flatMap(({ first: sink, count }) => {
        const source = secrets
          .filter(({ fingerprint, carrier }) => fingerprint === sink.fingerprint && GIVEN.includes(carrier))
          .sort((a, b) => GIVEN.indexOf(a.carrier) - GIVEN.indexOf(b.carrier))[0];
        if (!source) return [];
        return [
          {
            messageId: "exfiltrated" as const,
            channel: witnessOf(sink.carrier),
            identity: ["fingerprint", "source", "sink"],
            data: {
              kind: source.kind,
              title: source.title,
              source: placeOf(source),
              sink: placeOf(sink),
              masked: source.masked,
              fingerprint: source.fingerprint,
              count,
            },
          },
        ];
      }),
    );
  },
});
