import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/request",
  title: "It asks for the addresses that the scenario expects, and for no others that it rules out",
  ...EXPECTING,
  inTrials: ["late", "dark", "narrow"],
  run: (observed, context) => judgeExpectations(["request"], observed, context),
});
