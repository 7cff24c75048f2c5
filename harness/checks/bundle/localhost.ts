import { defineCheck, failOrPass } from "../../define-check.ts";

/** Hosts that only the developer's machine or network has. */
const LOCAL = /^(localhost|.+\.localhost|.+\.local|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|\[::1\]|\[f[cd][0-9a-f]{2}:.*)$/i;

export default defineCheck({
  id: "bundle/localhost",
  title: "Bundle asks nothing of the developer's machine",
  severity: "warning",
  needs: ["bundle"],
  messages: {
    request: "Code asks for {url} ({kind}): no user has that address. Use the deployed one.",
    literal: "The text names {url}. If a development build left it there, build for production.",
  },
  source: "facts section 5, H18; skybridge #173, 2026-01-04",
  run: ({ bundle }) =>
    failOrPass(bundle.urls.filter(({ origin }) => origin !== null && isLocal(origin)).map(({ url, origin, kind, certainty, where }) =>
      certainty === "request"
        ? { messageId: "request", data: { url, origin, kind }, identity: ["url", "kind"], channel: "static", where }
        : { messageId: "literal", data: { url, origin, kind }, identity: ["url"], channel: "static", where, severity: "info" })),
});

const isLocal = (origin: string): boolean => URL.canParse(origin) && LOCAL.test(new URL(origin).hostname);
