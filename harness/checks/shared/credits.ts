/** Links to the makers of what a widget shows. Not a check. */

/** Credits that map and chart libraries put on the page by themselves. */
export const CREDITS =
  /^https?:\/\/(?:[\w-]+\.)*(?:leafletjs\.com|openstreetmap\.org|mapbox\.com|maplibre\.org|maptiler\.com|carto\.com|stadiamaps\.com|openmaptiles\.org|google\.com\/(?:maps|intl)|plotly\.com|highcharts\.com|amcharts\.com|cesium\.com)(?:[/?#]|$)/i;

/** Pages that say who made it, and none that a widget would send someone to. */
const CREDIT_PAGE = /^\/(?:copyright|about(?:\/maps)?|attributions?)?\/?$/;

export function isCreditPage(url: string): boolean {
  if (!CREDITS.test(url) || !URL.canParse(url)) return false;
  const { pathname, search, hash } = new URL(url);
  return CREDIT_PAGE.test(pathname) && search === "" && hash === "";
}
