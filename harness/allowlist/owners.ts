/** Who is behind a host: the third-party-web list, and an overlay for hosts that widgets use and it lacks. */
import { hostOf } from "../../host/csp/site.ts";

/** Hosts (and everything below them) that third-party-web 0.30.0 does not name. */
const OVERLAY: Readonly<Record<string, string>> = {
  "posthog.com": "PostHog",
  "openai.com": "OpenAI",
  "oaistatic.com": "OpenAI",
  "oaiusercontent.com": "OpenAI",
  "chatgpt.com": "OpenAI",
  "anthropic.com": "Anthropic",
  "claude.ai": "Anthropic",
  "openstreetmap.org": "OpenStreetMap",
  "maplibre.org": "MapLibre",
  "maptiler.com": "MapTiler",
  "stadiamaps.com": "Stadia Maps",
  "cartocdn.com": "CARTO",
  "arcgisonline.com": "Esri",
  "cesium.com": "Cesium",
  "supabase.co": "Supabase",
  "cdn.tailwindcss.com": "Tailwind CSS",
  "unsplash.com": "Unsplash",
  "picsum.photos": "Lorem Picsum",
  "browser-intake-datadoghq.com": "Datadog",
  "vercel.app": "a Vercel customer",
  "cloudfront.net": "an Amazon CloudFront customer",
  "workers.dev": "a Cloudflare Workers customer",
  "pages.dev": "a Cloudflare Pages customer",
  "r2.dev": "a Cloudflare R2 customer",
  "netlify.app": "a Netlify customer",
  "github.io": "a GitHub Pages site",
  "githubusercontent.com": "GitHub user content",
  "fly.dev": "a Fly.io customer",
  "onrender.com": "a Render customer",
  "up.railway.app": "a Railway customer",
  "herokuapp.com": "a Heroku customer",
  "huggingface.co": "Hugging Face",
  "hf.space": "a Hugging Face space",
  "wikimedia.org": "Wikimedia",
  "wikipedia.org": "Wikimedia",
  "skypack.dev": "Skypack",
  "esm.run": "jsDelivr",
  "esm.sh": "esm.sh",
  "jspm.io": "JSPM",
  "open-meteo.com": "Open-Meteo",
  "coingecko.com": "CoinGecko",
  "api.github.com": "GitHub",
  "ngrok-free.app": "an ngrok tunnel",
  "trycloudflare.com": "a Cloudflare tunnel",
};

export type OwnerOf = (origin: string) => string | null;

/** The list is 200 kB: loaded when an allow-list is asked for, never for a check. */
export async function loadOwners(): Promise<OwnerOf> {
  const { default: list } = await import("third-party-web/nostats-subset.js");
  return (origin) => {
    const host = hostOf(origin);
    if (host === null) return null;
    return overlaid(host) ?? list.getEntity(`https://${host}/`)?.name ?? null;
  };
}

function overlaid(host: string): string | null {
  for (let name = host; name.includes("."); name = name.slice(name.indexOf(".") + 1)) {
    const owner = Object.hasOwn(OVERLAY, name) ? OVERLAY[name] : undefined;
    if (owner) return owner;
  }
  return null;
}
