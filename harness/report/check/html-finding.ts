/** A finding in the HTML report: what it is, where, and the address that leads to it. */
import { escapeHtml, type TakeId } from "../shared/html.ts";
import { PAGE_ALONE, findingPlace, SEVERITIES } from "../shared/vocabulary.ts";
import type { FindingNode, Undecided } from "./summary.ts";

/** @param owners the widgets that it is found in, where they are several */
export function findingItem(
  { check, finding, severity, consequences }: FindingNode,
  takeId: TakeId,
  owners?: string,
): string {
  const { message, where, channel, fingerprint } = finding;
  const id = takeId("f", fingerprint);
  const place = findingPlace(finding);
  const meta = [
    ...(place ? [`<code class="place">${escapeHtml(place)}</code>`] : []),
    `<code>${escapeHtml(check.id)}</code>`,
    ...(channel === "page" ? [PAGE_ALONE] : []),
    ...(owners === undefined ? [] : [escapeHtml(owners)]),
  ];
  const following = consequences.map((one) => findingItem(one, takeId));
  return `<li class="finding ${severity}" id="${id}"><p><span class="tag ${severity}">${SEVERITIES[severity].word}</span> ${escapeHtml(message)}</p>${excerpt(where)}<p class="meta">${meta.join(" · ")}${link(id)}</p>${following.length > 0 ? `<p class="meta">What follows from it:</p><ul class="findings">${following.join("\n")}</ul>` : ""}</li>`;
}

export function undecidedItem({ id: check, reason }: Undecided, takeId: TakeId): string {
  const id = takeId("open", check);
  return `<li class="finding open" id="${id}"><p><span class="tag open">undecided</span> ${escapeHtml(reason)}</p><p class="meta"><code>${escapeHtml(check)}</code>${link(id)}</p></li>`;
}

/** With what parts it from the rest: on paper neither stands. */
const link = (id: string): string => `<span class="to"> · <a class="link" href="#${id}">link</a></span>`;

function excerpt(where: FindingNode["finding"]["where"]): string {
  if (!where?.excerpt) return "";
  const line = where.line ? `<span class="line">${escapeHtml(String(where.line))}</span>` : "";
  return `<pre tabindex="0" role="group" aria-label="Source">${line}<code>${escapeHtml(where.excerpt)}</code></pre>`;
}
