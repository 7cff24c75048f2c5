import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/tool-call",
  title: "It calls the tools that the scenario expects",
  ...EXPECTING,
  run: (observed, context) => judgeExpectations(["tool"], observed, context),
});
