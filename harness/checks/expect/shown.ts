import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/shown",
  title: "It shows what the scenario expects",
  ...EXPECTING,
  run: (observed, context) => judgeExpectations(["text", "role"], observed, context),
});
