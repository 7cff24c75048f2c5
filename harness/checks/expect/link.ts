import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/link",
  title: "It opens the links that the scenario expects",
  ...EXPECTING,
  run: (observed, context) => judgeExpectations(["link"], observed, context),
});
