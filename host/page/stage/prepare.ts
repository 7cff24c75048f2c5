/** Installs or removes the dev overlay's worker on a sandbox origin, through a hidden frame of that origin. */
const TIME_LIMIT_MS = 5000;
const prepared = new Map<string, Promise<string | null>>();

/** Resolves to null when done, or to the reason why there is no overlay. Done once for an origin and a setting. */
export function prepareOverlay(url: string): Promise<string | null> {
  const { origin, search } = new URL(url);
  // The setting that was made last holds: forget the other.
  for (const key of prepared.keys())
    if (key.startsWith(`${origin} `) && key !== `${origin} ${search}`) prepared.delete(key);
  const key = `${origin} ${search}`;
  let doing = prepared.get(key);
  if (!doing) prepared.set(key, (doing = prepareNow(url, origin)));
  return doing;
}

function prepareNow(url: string, origin: string): Promise<string | null> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Dev overlay";
  frame.src = url;
  return new Promise<string | null>((resolve) => {
    const finish = (problem: string | null) => {
      clearTimeout(timer);
      removeEventListener("message", hear);
      frame.remove();
      resolve(problem);
    };
    const hear = (event: MessageEvent<{ sandglass?: string; ok?: boolean; error?: string }>) => {
      if (event.source !== frame.contentWindow || event.origin !== origin || event.data.sandglass !== "prepared")
        return;
      finish(event.data.ok ? null : String(event.data.error).slice(0, 200));
    };
    const timer = setTimeout(
      () => finish(`${origin} did not answer; this browser may not resolve names under localhost`),
      TIME_LIMIT_MS,
    );
    addEventListener("message", hear);
    document.body.append(frame);
  });
}
