/** What the measuring widget shows of a policy. */
import { expect, it } from "vitest";
import { policyText } from "../../../host/probe/rows.ts";

it("a policy is shown one directive a line, with the list's name for what it took of the declaration", () => {
  expect(
    policyText(
      "default-src 'none'; img-src data: https://exact.resource.probe.example https://port.resource.probe.example:8443;connect-src 'self' wss://socket.connect.probe.example; upgrade-insecure-requests;",
    ),
  ).toBe("default-src 'none'\nimg-src data: {resource}\nconnect-src 'self' {connect}\nupgrade-insecure-requests");
});
