import { chatgpt, chatgptDesktop, chatgptDev, chatgptDevEnforced, chatgptUndeclared } from "./chatgpt.ts";
import { claudeDesktop } from "./claude-desktop.ts";
import { claude } from "./claude.ts";
import { basicHost, mcpApps } from "./mcp-apps.ts";
import type { HostProfile } from "./types.ts";

/** Every built-in host, by id; a new one is a file of data and its row here. */
export const profiles = {
  chatgpt,
  "chatgpt-undeclared": chatgptUndeclared,
  "chatgpt-dev": chatgptDev,
  "chatgpt-dev-enforced": chatgptDevEnforced,
  "chatgpt-desktop": chatgptDesktop,
  "mcp-apps": mcpApps,
  "basic-host": basicHost,
  claude,
  "claude-desktop": claudeDesktop,
} as const satisfies Readonly<Record<string, HostProfile>>;

export type BuiltInProfileId = keyof typeof profiles;

export const profileIds = Object.keys(profiles) as BuiltInProfileId[];

export function profileById(id: string): HostProfile | undefined {
  return Object.hasOwn(profiles, id) ? profiles[id as BuiltInProfileId] : undefined;
}
