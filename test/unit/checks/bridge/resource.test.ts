import { expect, it } from "vitest";
import resource from "../../../../harness/checks/bridge/resource.ts";
import { readDeclaration } from "../../../../host/csp/declaration.ts";
import { profiles } from "../../../../host/profiles/index.ts";
import type { BuiltInProfileId } from "../../../../host/profiles/index.ts";
import { cases } from "../cases.ts";
import { ids, policyOf, run } from "../make.ts";

cases(resource, {
  fails: [
    ["another type", { policy: { ...policyOf({}), mimeType: "text/html" } }, "mime error"],
    ["another spelling", { policy: { ...policyOf({}), mimeType: "text/html; profile=mcp-app" } }, "spelling warning"],
    ["the type of before", { policy: { ...policyOf({}), mimeType: "text/html+skybridge" } }, "legacy warning"],
  ],
  passes: [["an app", { policy: { ...policyOf({}), mimeType: "text/html;profile=mcp-app" } }, "pass"]],
});

const served = (mimeType: string, profile: BuiltInProfileId = "chatgpt") =>
  run(resource, { policy: { ...policyOf({}), mimeType } }, profile);

it("an app is served as one", () => {
  expect(served("text/html;profile=mcp-app").outcome).toBe("pass");
  expect(ids(served("text/html"))).toEqual(["mime"]);
  expect(ids(served(""))).toEqual(["mime"]);
  expect(served("text/html", "mcp-apps")).toMatchObject({ findings: [{ messageId: "mime", severity: "error" }] });
});
it("other spellings are a warning; the type of before MCP Apps is one where it is still seen", () => {
  expect(served("text/html; profile=mcp-app")).toMatchObject({
    findings: [{ messageId: "spelling", severity: "warning" }],
  });
  expect(served("text/html+skybridge")).toMatchObject({ findings: [{ messageId: "legacy", severity: "warning" }] });
  expect(served("text/html+skybridge", "claude")).toMatchObject({
    findings: [{ messageId: "legacy", severity: "error" }],
  });
});
it("evidence of before the type was kept says nothing of it", () => {
  expect(run(resource, { policy: policyOf({}) }).outcome).toBe("pass");
});
it("Claude refuses a domain of others, and reads ui.domain alone", () => {
  const under = (meta: Readonly<Record<string, unknown>>, profile: BuiltInProfileId) =>
    run(
      resource,
      { policy: { ...policyOf({}), declared: readDeclaration(meta, profiles[profile].cspKeys.value).declaration } },
      profile,
    );
  const own = { ui: { domain: "https://w.example.com" } };
  expect(ids(under(own, "claude"))).toEqual(["domain"]);
  expect(under(own, "chatgpt").outcome).toBe("pass");
  expect(under({ "openai/widgetDomain": "https://w.example.com" }, "claude").outcome).toBe("pass");
  expect(under({ ui: { domain: `https://${"0f".repeat(16)}.claudemcpcontent.com` } }, "claude").outcome).toBe("pass");
  expect(under({}, "claude").outcome).toBe("pass");
  for (const id of ["vscode", "goose", "copilot", "cursor"] as const)
    expect(under(own, id).outcome, `${id} does not read it`).toBe("pass");
});
