import { defineCheck } from "../define-check.ts";
import { EXPECTING, judgeExpectations } from "../shared/expectations.ts";

export default defineCheck({
  id: "expect/display-mode",
  title: "It asks for the display mode that the scenario expects",
  ...EXPECTING,
  run: (observed, context) => judgeExpectations(["displayMode"], observed, context),
});
