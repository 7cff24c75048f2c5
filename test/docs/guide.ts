/**
 * The statements of OpenAI's security and privacy guide, in our own words, each with the checks that test it or with
 * what a person has to look at. `npm run reference` writes docs/guide-coverage.md; a test compares, and holds the list.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const GUIDE_PAGE = join(import.meta.dirname, "../../docs/guide-coverage.md");
const GUIDE = "https://developers.openai.com/apps-sdk/guides/security-privacy";

export interface Statement {
  readonly id: string;
  readonly says: string;
  /** Checks by id, areas, or options; none: no machine tests it. */
  readonly checks: readonly string[];
  /** What of it the checks do not see, or why there is none. */
  readonly open: string;
  /** What to do about that. */
  readonly todo: string;
}

const chapters: Readonly<Record<string, readonly Statement[]>> = {
  Principles: [
    {
      id: "P1",
      says: "An app reaches the data of users, interfaces of others and acts that write: it is production software.",
      checks: [],
      open: "an attitude, and no property of a widget or a server",
      todo: "Run `sandglass check` and the tests of the server in the same CI, and let both fail the build.",
    },
    {
      id: "P2",
      says: "Ask for the scopes, the storage and the network that are needed, and for no more.",
      checks: ["csp/unused-domain", "csp/broad-source", "csp/frame-domain", "tools/input-schema", "auth/scopes"],
      open: "whether a scope that is used is needed",
      todo: "Go through the scopes of each tool when a version is submitted.",
    },
    {
      id: "P3",
      says: "Users know when they link an account or allow writing; what may destroy is confirmed by ChatGPT.",
      checks: ["tools/annotations", "tools/honest-hints", "tools/destructive-confirmation", "auth/security-schemes", "auth/challenge"],
      open: "what the login page tells the user",
      todo: "Read the consent page as somebody who does not know the app.",
    },
    {
      id: "P4",
      says: "Expect that injected prompts and hostile input reach the server; validate all of it, and keep an audit log.",
      checks: ["tools/input-validation", "tools/prompt-injection", "bridge/planted-order"],
      open: "the audit log, and tools that write (`--allow-calls` tries those that do not destroy)",
      todo: "Look for one line in the log for each call that wrote.",
    },
  ],
  "Data handling": [
    {
      id: "D1",
      says: "Structured content holds what the current prompt needs.",
      checks: ["props/unread-field", "props/size", "tools/response-minimisation"],
      open: "fields that the model reads and the widget does not",
      todo: "Read one answer of each tool, field by field.",
    },
    {
      id: "D2",
      says: "No secrets and no tokens in the data of components.",
      checks: ["props/secret", "props/secret-exfiltrated", "tools/response-minimisation"],
      open: "secrets of a form that nobody knows",
      todo: "Search results and bundle for your own keys.",
    },
    {
      id: "D3",
      says: "Decide how long data of users is kept, and publish it.",
      checks: [],
      open: "a decision, and a text for people",
      todo: "Write the time for each kind of data into the privacy policy, and delete by it.",
    },
    {
      id: "D4",
      says: "Requests to delete are honoured, and soon.",
      checks: [],
      open: "it happens outside the widget and the protocol",
      todo: "Ask for the deletion of a test account, and measure how long it takes.",
    },
    {
      id: "D5",
      says: "Personal data is taken out before anything is logged.",
      checks: ["props/personal-data", "tools/response-minimisation"],
      open: "the server's own log, apart from what it prints and sends over the protocol",
      todo: "Search a day of logs for the address of a test user.",
    },
    {
      id: "D6",
      says: "Ids that tie a request to its log line are kept.",
      checks: [],
      open: "the id stands in the log, which is not seen",
      todo: "Take one failed call, and find its line.",
    },
    {
      id: "D7",
      says: "The raw text of prompts is not kept unless it must be.",
      checks: [],
      open: "what is stored behind the server is not seen",
      todo: "Look up what a call's arguments become in logs, traces and tables.",
    },
  ],
  "Prompt injection and write actions": [
    {
      id: "W1",
      says: "Developer mode gives full access, tools that write included.",
      checks: [],
      open: "the profile `chatgpt-dev` shows the widget without a policy; the access of tools is the host's",
      todo: "Connect a server with test data alone in developer mode.",
    },
    {
      id: "W2",
      says: "Descriptions of tools are gone through regularly, so that they discourage misuse.",
      checks: ["tools/description", "snapshot/submission", "tools/destructive-confirmation"],
      open: "whether a description is understood as it is meant",
      todo: "Add what a tool must not be used for, and try prompts that ask for just that.",
    },
    {
      id: "W3",
      says: "All inputs are validated on the server, also those that the model gave.",
      checks: ["tools/input-validation"],
      open: "rules of the business, such as who may see which order",
      todo: "Test each rule in the server's own tests.",
    },
    {
      id: "W4",
      says: "What cannot be taken back needs a person's yes.",
      checks: ["tools/annotations", "tools/honest-hints", "tools/destructive-confirmation"],
      open: "acts that no name and no annotation shows",
      todo: "Go through the tools that write, and mark those that destroy.",
    },
    {
      id: "W5",
      says: "Prompts that test injection are shared with those who test.",
      checks: ["tools/prompt-injection", "bridge/planted-order"],
      open: "orders that come through a third party's data in production",
      todo: "Keep scenarios with planted orders beside the widget, and run them with each version.",
    },
  ],
  "Network access": [
    {
      id: "N1",
      says: "Widgets run in a sandboxed frame under a strict Content Security Policy.",
      checks: ["csp/blocked-request", "csp/declaration", "network/escape"],
      open: "nothing: the frames and the policy are those of the host, in a real browser",
      todo: "Look at docs/fidelity.md for what was measured and what was read.",
    },
    {
      id: "N2",
      says: "No privileged interfaces of the browser: alert, prompt, confirm, the clipboard.",
      checks: ["api/modal-dialog", "api/clipboard", "api/refused-feature", "api/unseen-call"],
      open: "code that no scenario reached is told as such",
      todo: "Write steps for what a user presses.",
    },
    {
      id: "N3",
      says: "A request goes where the policy allows it, and nowhere else.",
      checks: ["csp/blocked-request", "csp/wrong-list", "csp/unseen-request", "network/failed-load"],
      open: "addresses that only run time knows, in code that did not run",
      todo: "Write a scenario that reaches it.",
    },
    {
      id: "N4",
      says: "Domains that are needed are declared.",
      checks: ["csp/blocked-request", "csp/unused-domain", "csp/companion"],
      open: "domains that only live answers lead to",
      todo: "`sandglass allowlist TARGET --network live --record widget.har`, once.",
    },
    {
      id: "N5",
      says: "Frames in a widget need a declaration; a page in one lives under its own policy.",
      checks: ["csp/frame-domain"],
      open: "what the embedded page loads, and who owns it",
      todo: "Explain each frame domain in the submission.",
    },
    {
      id: "N6",
      says: "Server code has no such limits: it verifies TLS, tries again, and gives up in time.",
      checks: [],
      open: "requests of the server to others are not seen",
      todo: "Point a test server at an address with a bad certificate, and at one that never answers.",
    },
  ],
  "Authentication and authorization": [
    {
      id: "A1",
      says: "Accounts elsewhere are reached by OAuth 2.1 with PKCE.",
      checks: ["auth/server-metadata", "auth/resource-metadata", "auth/pkce", "auth/redirect"],
      open: "that the token endpoint refuses a wrong verifier",
      todo: "Log in once with `sandglass login --mcp URL`.",
    },
    {
      id: "A2",
      says: "Clients show a metadata document, or register.",
      checks: ["auth/registration"],
      open: "who else may register, and how often",
      todo: "Limit registrations by address.",
    },
    {
      id: "A3",
      says: "Scopes are verified and enforced at every call of a tool.",
      checks: ["auth/scopes"],
      open: "tools that write, and every token that nobody gave",
      todo: "`sandglass check --only auth --mcp URL --bad-token scopes=TOKEN`.",
    },
    {
      id: "A4",
      says: "A token that ended, or is none, gets 401.",
      checks: ["auth/token", "auth/challenge", "auth/leak"],
      open: "a token that really ended, unless one is given",
      todo: "`sandglass check --only auth --mcp URL --bad-token expired=TOKEN`.",
    },
    {
      id: "A5",
      says: "With built-in identity no long-lived secrets: the context that is provided is used.",
      checks: ["props/secret", "auth/leak"],
      open: "secrets in the environment of the server",
      todo: "List the server's variables, and give each an end.",
    },
  ],
  "Operational readiness": [
    {
      id: "O1",
      says: "A security review before launch, above all for regulated data.",
      checks: [],
      open: "a review is done by people; `sandglass ready` prints what it is about",
      todo: "Close each finding, or accept it in the config with a reason and an end.",
    },
    {
      id: "O2",
      says: "Unusual traffic is watched; repeated errors and failed logins raise an alarm.",
      checks: [],
      open: "it happens in production",
      todo: "Send a hundred calls with a bad token, and see who is told.",
    },
    {
      id: "O3",
      says: "Dependencies of others are kept patched.",
      checks: [],
      open: "versions are those of the package manager, and a bundle does not name them reliably",
      todo: "`npm audit` in the same CI; build the widget anew when it finds something.",
    },
  ],
};

export const statements: readonly Statement[] = Object.values(chapters).flat();

export function guidePage(): string {
  const isTested = ({ checks }: Statement): boolean => checks.length > 0;
  const sections = Object.entries(chapters).map(([chapter, rows]) => {
    const lines = rows.map(({ id, says, checks, open, todo }) => {
      const tested = checks.map((check) => `\`${check}\``).join(", ");
      return `| ${id} | ${says} | ${tested || "not testable by a machine"} | ${open} | ${todo} |`;
    });
    return [
      `## ${chapter}`,
      "",
      "| | in our words | tested by | what that leaves open | what to do |",
      "| --- | --- | --- | --- | --- |",
      ...lines,
    ].join("\n");
  });
  return `${[
    "# The security and privacy guide, statement by statement",
    `What OpenAI's guide [Security & Privacy](${GUIDE}) asks (read in September 2026, put in our own words), and which checks test it. ${statements.filter(isTested).length} of ${statements.length} statements are tested, wholly or in part; for the others stands what a person looks at. \`sandglass explain CHECK-ID\` shows a check's page.`,
    ...sections,
  ].join("\n\n")}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(GUIDE_PAGE, guidePage());
