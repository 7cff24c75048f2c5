/** What only a development server puts into a page: its client, its sockets, sources that no browser runs as they are. */

const CLIENT =
  /\/@vite\/client\b|\/@react-refresh\b|\/@vite-plugin-|\/@id\/__x00__|\/webpack-dev-server\/client\b|\/__webpack_hmr\b|\/sockjs-node\b|\/_next\/webpack-hmr\b|\/_next\/static\/development\/|\/webpack\/hot\/(?:dev-server|only-dev-server)\b|^vite-(?:hmr|ping)$/;
/** Sources that browsers do not understand: only a development server answers them with JavaScript. */
const SOURCE = /^[^?#]*\.(?:tsx|ts|jsx|mts|vue|svelte|astro)(?:[?#]|$)/i;

/** @param text an address or a string of code */
export const isDevClient = (text: string): boolean => text.length < 1000 && CLIENT.test(text);

/** @param src address of a script element or import */
export const isDevSource = (src: string): boolean => isDevClient(src) || SOURCE.test(src);

/** A development server whose client a page loads. */
export interface DevClient {
  /** As people call it: `Vite`, `Next.js`, `skybridge`, … */
  readonly of: string;
  /** Origin that serves it; null for an address without one, which leads nowhere in a sandbox. */
  readonly origin: string | null;
}

/** Whose client it is, by its address or by what the page around it says; the first that fits. Seen in their pages, 2026. */
const MAKERS: readonly { readonly maker: string; readonly address: RegExp; readonly page?: RegExp }[] = [
  { maker: "skybridge", address: /\/assets\/@/, page: /\bwindow\.skybridge\s*=/ },
  { maker: "mcp-use", address: /\/_?mcp-use\/widgets\// },
  { maker: "Next.js", address: /\/_next\// },
  { maker: "webpack", address: /webpack|sockjs-node/ },
];

const ADDRESS = /["'`(]((?:https?:)?\/{1,2}[^"'`()\s<>\\]{3,900})/g;
const MOST = 8;

/** Clients of development servers that a page names. */
export function devClientsIn(html: string): readonly DevClient[] {
  const found = new Map<string, DevClient>();
  for (const [, address = ""] of html.matchAll(ADDRESS)) {
    if (!isDevClient(address)) continue;
    const origin = URL.canParse(address) ? new URL(address).origin : null;
    const known = MAKERS.find(({ address: form, page }) => form.test(address) && (page?.test(html) ?? true));
    const of = known?.maker ?? "Vite";
    found.set(`${of} ${origin ?? ""}`, { of, origin });
    if (found.size === MOST) break;
  }
  return [...found.values()];
}
