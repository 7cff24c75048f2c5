import { chatgptDesktop } from "./chatgpt-desktop.ts";
import { chatgpt, chatgptDev, chatgptDevEnforced, chatgptUndeclared } from "./chatgpt.ts";
import { chatgpt20260518, chatgpt20261002 } from "./chatgpt-versions.ts";
import { claudeDesktop } from "./claude-desktop.ts";
import { claudeIos } from "./claude-ios.ts";
import { claude } from "./claude.ts";
import { copilot } from "./copilot.ts";
import { goose } from "./goose.ts";
import { basicHost, mcpApps } from "./mcp-apps.ts";
import { cursor, leChat, slackbot } from "./probed.ts";
import type { HostProfile } from "./types.ts";
import { vscode } from "./vscode.ts";

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
  "claude-ios": claudeIos,
  vscode,
  goose,
  copilot,
  cursor,
  "le-chat": leChat,
  slackbot,
} as const satisfies Readonly<Record<string, HostProfile>>;

export type BuiltInProfileId = keyof typeof profiles;

export const profileIds = Object.keys(profiles) as BuiltInProfileId[];

/** Hosts as they were on a day, oldest first: `HOST@DATE`. */
export const versions: readonly HostProfile[] = [chatgpt20260518, chatgpt20261002];

/** Every built-in host, and after them the dated versions. */
export const knownProfiles: readonly HostProfile[] = [...Object.values(profiles), ...versions];

export function profileById(id: string): HostProfile | undefined {
  return knownProfiles.find((profile) => profile.id === id);
}
