/** Where nobody looks at what is written. */
import { expect, test } from "vitest";
import { isCi } from "../../../harness/commands/io.ts";

test.each(["CI", "TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL", "CODEBUILD_BUILD_ID"])("%s tells of CI", (name) => {
  expect(isCi({ env: { [name]: "true" } })).toBe(true);
  expect(isCi({ env: { [name]: "" } })).toBe(false);
});

test("CI=false is set in CI, too", () => expect(isCi({ env: { CI: "false" } })).toBe(true));
