/** What only a development server puts into a page: its client, its sockets, sources that no browser runs as they are. */

const CLIENT =
  /\/@vite\/client\b|\/@react-refresh\b|\/@vite-plugin-|\/@id\/__x00__|\/webpack-dev-server\/client\b|\/__webpack_hmr\b|\/sockjs-node\b|\/_next\/webpack-hmr\b|\/_next\/static\/development\/|\/webpack\/hot\/(?:dev-server|only-dev-server)\b|^vite-(?:hmr|ping)$/;
/** Sources that browsers do not understand: only a development server answers them with JavaScript. */
const SOURCE = /^[^?#]*\.(?:tsx|ts|jsx|mts|vue|svelte|astro)(?:[?#]|$)/i;

/** @param text an address or a string of code */
export const isDevClient = (text: string): boolean => text.length < 1000 && CLIENT.test(text);

/** @param src address of a script element or import */
export const isDevSource = (src: string): boolean => isDevClient(src) || SOURCE.test(src);
