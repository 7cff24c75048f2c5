import { defineCheck, failOrPass } from "../define-check.ts";
import { groupBy } from "../shared/evidence.ts";

export default defineCheck({
  id: "bundle/css-url",
  title: "Style sheets name addresses that parse",
  severity: "warning",
  needs: ["bundle"],
  messages: {
    bad: "{url} does not parse as CSS: browsers drop the declaration and ask for nothing. Write the finished address; an expression of JavaScript is not computed in a style sheet.",
  },
  source: "https://www.w3.org/TR/css-syntax-3/#consume-url-token (bad URLs)",
  breaksAtRunTime: true,
  run: ({ bundle }) =>
    failOrPass(
      groupBy(
        bundle.uses.filter(({ what }) => what === "bad-css-url"),
        ({ detail }) => detail,
      ).map(([{ detail, where, provenance }]) => ({
        messageId: "bad",
        data: { url: detail },
        identity: ["url"],
        channel: "static",
        where,
        ...(provenance === undefined ? {} : { severity: "info" }),
      })),
    ),
});
