/** `sandglass login`: a token for one server, by the user's own browser. */
import { SandglassError } from "../model/errors.ts";
import { logIn } from "../oauth/login.ts";
import { openBrowser } from "../oauth/open-browser.ts";
import { LoginStore } from "../oauth/store.ts";
import { safeLines } from "../report/shared/text.ts";
import { EXIT, type Io } from "./io.ts";
import type { LoginOptions } from "./options.ts";

export async function login(options: LoginOptions, io: Io): Promise<number> {
  const { mcp, scope, clientId, clientMetadata, port, open = false, forget = false } = options;
  if (mcp === undefined || !URL.canParse(mcp) || !/^https?:$/.test(new URL(mcp).protocol))
    throw new SandglassError(
      "BAD_USAGE",
      mcp === undefined ? "No server was named." : `--mcp ${mcp} is no http or https URL.`,
      "sandglass login --mcp https://example.com/mcp",
    );
  const store = new LoginStore(io.env);
  if (forget) {
    io.err((await store.forget(mcp)) ? `What was kept for ${mcp} is gone.\n` : `Nothing was kept for ${mcp}.\n`);
    return EXIT.clean;
  }
  const granted = await logIn({
    server: mcp,
    store,
    ...(scope === undefined ? {} : { scope }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientMetadata === undefined ? {} : { clientMetadataUrl: clientMetadata }),
    ...(port === undefined ? {} : { port }),
    onAuthorize: async (url) => {
      if (open && (await openBrowser(url))) io.err(`The browser was opened at ${safeLines(url.origin)}.\n`);
      else io.err(`Open this address, and allow access (within 5 minutes):\n${safeLines(url.href)}\n`);
    },
  });
  const scopes = granted.scope === undefined ? "" : ` with the scopes ${safeLines(granted.scope)}`;
  io.err(`Logged in at ${mcp}${scopes}; kept in ${store.fileOf(mcp)}.\n`);
  io.err(`From now on commands with --mcp ${mcp} ask as you: sandglass check --mcp ${mcp}\n`);
  return EXIT.clean;
}
