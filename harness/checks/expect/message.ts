import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/message",
  title: "It tells conversation and model what the scenario expects",
  ...EXPECTING,
  run: (observed, context) => judgeExpectations(["message", "context"], observed, context),
});
