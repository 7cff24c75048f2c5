/** The tabs with their counts, and the panel that is open. */
import type { AllowlistResult } from "../../../harness/model/result.ts";
import type { PanelId } from "../state/view.ts";
import { TabList, type TabInfo } from "../ui/parts.tsx";
import { AllowlistPanel } from "./allowlist.tsx";
import { ApisPanel } from "./apis.tsx";
import { BridgePanel } from "./bridge.tsx";
import { NetworkPanel } from "./network.tsx";
import { PolicyPanel } from "./policy.tsx";
import { PropsPanel } from "./props.tsx";
import type { PanelProps } from "./types.ts";
import { findingsOf } from "./findings.ts";
import { checkedRun, VerdictPanel } from "./verdict.tsx";

export interface PanelsProps extends PanelProps {
  readonly allowlist: AllowlistResult | null;
  /** The list comes from the real check, else from this rendering. */
  readonly fromCheck: boolean;
}

export function Panels(props: PanelsProps) {
  const { view, setView } = props;
  return (
    <div className="panels">
      <TabList
        label="Panels"
        tabs={tabsOf(props)}
        value={view.panel}
        onChange={(panel) => setView({ panel })}
        panelId="panel"
      />
      <div
        className="panel"
        role="tabpanel"
        id="panel"
        aria-labelledby={`tab-${view.panel}`}
        tabIndex={0}
        data-panel={view.panel}
      >
        <h2 className="visually-hidden">{tabsOf(props).find(({ id }) => id === view.panel)?.label}</h2>
        <Open {...props} />
      </div>
    </div>
  );
}

function Open(props: PanelsProps) {
  switch (props.view.panel) {
    case "verdict":
      return <VerdictPanel {...props} />;
    case "network":
      return <NetworkPanel {...props} />;
    case "apis":
      return <ApisPanel {...props} />;
    case "props":
      return <PropsPanel {...props} />;
    case "bridge":
      return <BridgePanel {...props} />;
    case "policy":
      return <PolicyPanel {...props} />;
    case "allowlist":
      return <AllowlistPanel {...props} />;
  }
}

function tabsOf({ evidence, run, check, allowlist }: PanelsProps): readonly TabInfo<PanelId>[] {
  const artifacts = evidence?.artifacts;
  const network = artifacts?.network.status === "ok" ? artifacts.network.value : null;
  const uses = artifacts?.apiUses.status === "ok" ? artifacts.apiUses.value : null;
  const bridge = artifacts?.bridge.status === "ok" ? artifacts.bridge.value : null;
  const props = artifacts?.props.status === "ok" ? artifacts.props.value : null;
  const checked = checkedRun(check);
  const failing = run || checked ? findingsOf(run, checked) : null;
  const fails = run?.verdict === "fail" || checked?.verdict === "fail";
  const blocked = network?.filter(({ outcome }) => outcome !== "allowed").length ?? 0;
  const blockedUses = uses?.filter((use) => use.blocked).length ?? 0;
  const secrets =
    props?.detections.filter(({ family, publishable }) => family === "secret" && !publishable).length ?? 0;
  const missing = allowlist?.origins.filter(({ state }) => state !== "declared").length ?? 0;
  const problems = artifacts?.policy.status === "ok" ? artifacts.policy.value.problems.length : null;
  return [
    {
      id: "verdict",
      label: "Verdict",
      count: failing?.length ?? null,
      tone: fails
        ? "bad"
        : failing?.some(({ result }) => result.severity !== "info" || result.outcome !== "fail")
          ? "warn"
          : "plain",
    },
    { id: "network", label: "Network", count: network?.length ?? null, tone: blocked > 0 ? "bad" : "plain" },
    { id: "apis", label: "Blocked APIs", count: blockedUses, tone: blockedUses > 0 ? "bad" : "plain" },
    { id: "props", label: "Props", count: props ? secrets : null, tone: secrets > 0 ? "bad" : "plain" },
    {
      id: "bridge",
      label: "Bridge",
      count: bridge ? bridge.messages.length + bridge.dropped : null,
      tone: bridge?.violations.length ? "bad" : "plain",
    },
    { id: "policy", label: "Policy", count: problems, tone: problems ? "warn" : "plain" },
    {
      id: "allowlist",
      label: "Allow-list",
      count: allowlist?.origins.length ?? null,
      tone: missing > 0 ? "warn" : "plain",
    },
  ];
}
