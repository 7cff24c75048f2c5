/** Pictures of renderings in the HTML report, and what differs from the kept ones side by side. */
import type { WidgetRun } from "../../model/result.ts";
import { details, escapeHtml } from "../shared/html.ts";
import { plural } from "../shared/vocabulary.ts";
import { pictureKey, type ReportPicture } from "../types.ts";
import type { RunGroup } from "./groups.ts";

/** @param pictures by `pictureKey` */
export function picturesOf(group: RunGroup, pictures: ReadonlyMap<string, readonly ReportPicture[]>): string {
  const taken = group.flatMap((run) => (pictures.get(pictureKey(run)) ?? []).map((picture) => ({ run, picture })));
  if (taken.length === 0) return "";
  const differing = taken.filter(({ picture }) => picture.kept !== undefined);
  const same = taken.filter(({ picture }) => picture.kept === undefined);
  const label = (run: WidgetRun): string => (group.length > 1 ? `${run.widget} in ${run.profile}, ` : "");
  const strips = differing.map(
    ({ run, picture }) =>
      `<div class="pictures side-by-side">${sideBySide(picture, `${label(run)}${picture.name}`)}</div>`,
  );
  const rest = same.map(({ run, picture }) => figure(picture.now, `${label(run)}${picture.name}`));
  return (
    (strips.length > 0 ? details(`${plural(strips.length, "picture")} changed`, strips.join(""), true) : "") +
    (rest.length > 0
      ? details(plural(rest.length, "picture"), `<div class="pictures">${rest.join("")}</div>`, true)
      : "")
  );
}

const sideBySide = ({ now, kept, difference }: ReportPicture, name: string): string =>
  [
    kept === undefined ? "" : figure(kept, `${name}: kept`),
    figure(now, `${name}: now`),
    difference === undefined ? "" : figure(difference, `${name}: what differs`),
  ].join("");

const PICTURE = /^data:image\/png;base64,[A-Za-z0-9+/=]+$/;

const figure = (address: string, caption: string): string =>
  `<figure><img src="${PICTURE.test(address) ? address : ""}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
