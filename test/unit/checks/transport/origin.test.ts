import origin from "../../../../harness/checks/transport/origin.ts";
import type { OriginProbe } from "../../../../harness/model/server-record.ts";
import { cases, transportOf } from "../server-make.ts";

const probe = (kind: OriginProbe["kind"], status: number | null): OriginProbe => ({
  kind,
  status,
  accepted: status === 200,
  allowOrigin: null,
  allowCredentials: false,
});
const local = (...probes: OriginProbe[]) => ({ transport: transportOf({ url: "http://127.0.0.1:3000/mcp", probes }) });

cases(origin, {
  fails: [
    [
      "any page may come by a bent name",
      local(probe("foreign-origin", 200), probe("foreign-host", 200)),
      "rebinding error",
    ],
    [
      "the Host is checked and the Origin is not",
      local(probe("foreign-origin", 200), probe("foreign-host", 403)),
      "origin warning",
    ],
    ["it asks for a login first", local(probe("foreign-origin", 401), probe("foreign-host", 401)), "review unclear"],
    ["no answer", local(probe("foreign-origin", null)), "review unclear"],
    ["it was not tried", { transport: transportOf({ url: "http://localhost:3000/mcp" }) }, "review not-tried"],
  ],
  passes: [
    ["the Origin is checked", local(probe("foreign-origin", 403), probe("foreign-host", 200)), "pass"],
    ["far away", {}, "inapplicable not-local"],
    ["a command", { transport: transportOf({ kind: "stdio", url: null }) }, "inapplicable no-endpoint"],
  ],
});
