/** Things whose fixed part is not at their beginning; the scan calls these at that part. */
import { isInsideBase64 } from "../base64-run.ts";
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isStandIn } from "../measure.ts";
import type { Hit } from "../types.ts";

const WORD = /[\w-]/;

/** Telegram bot token `123456789:AA…`, seen from its colon. Source: core.telegram.org/bots/api#authorizing-your-bot */
const TELEGRAM = /:A[A-Za-z0-9_-]{34}(?![\w-])/y;
export function telegramAt(text: string, colon: number): Hit | null {
  const tail = matchAt(TELEGRAM, text, colon);
  if (!tail) return null;
  let start = colon;
  while (start > 0 && colon - start < 11 && text.charCodeAt(start - 1) >= 48 && text.charCodeAt(start - 1) <= 57)
    start -= 1;
  const digits = colon - start;
  if (digits < 8 || digits > 10 || /[\w]/.test((text[start - 1] ?? " ").replace(/t/i, " ")) || isStandIn(tail[0]))
    return null;
  const end = colon + tail[0].length;
  if (/bot$/i.test(text.slice(Math.max(0, start - 3), start)) && /\w/.test(text[start - 4] ?? " ")) return null;
  return hit({
    start,
    end,
    kind: "telegram-bot-token",
    title: "Telegram bot token",
    confidence: "certain",
    value: text.slice(start, end),
    why: "it has the form of a Telegram bot token: an id, a colon and 35 characters",
  });
}

/** Microsoft Entra client secret `abc8Q~…`, seen from its tilde. Source: learn.microsoft.com/entra/identity-platform */
const ENTRA = /[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/y;
export function entraAt(text: string, tilde: number): Hit | null {
  if (text[tilde - 1] !== "Q" || !/^[A-Za-z0-9_~.-]{3}\d$/.test(text.slice(tilde - 5, tilde - 1))) return null;
  if (WORD.test(text[tilde - 6] ?? " ")) return null;
  const tail = matchAt(ENTRA, text, tilde + 1)?.[0].replace(/\.$/, "");
  if (!tail || tail.length < 31 || isStandIn(tail) || new Set(tail).size < 12) return null;
  const start = tilde - 5;
  const end = tilde + 1 + tail.length;
  return hit({
    start,
    end,
    kind: "azure-client-secret",
    title: "Microsoft Entra client secret",
    confidence: "certain",
    value: text.slice(start, end),
    why: "it has the form of an Entra (Azure AD) client secret: `Q~` at the fifth place and 37 to 40 characters",
  });
}

/** Terraform Cloud token `14 characters.atlasv1.60 or more`, seen from its dot. Source: developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens */
const ATLAS = /\.atlasv1\.[A-Za-z0-9_=-]{60,90}(?![\w-])/iy;
export function terraformAt(text: string, dot: number): Hit | null {
  const tail = matchAt(ATLAS, text, dot);
  const start = dot - 14;
  if (
    !tail ||
    start < 0 ||
    !/^[A-Za-z0-9]{14}$/.test(text.slice(start, dot)) ||
    /[A-Za-z0-9]/.test(text[start - 1] ?? " ") ||
    isStandIn(tail[0])
  )
    return null;
  const end = dot + tail[0].length;
  return hit({
    start,
    end,
    kind: "terraform-cloud-token",
    title: "HCP Terraform API token",
    confidence: "certain",
    value: text.slice(start, end),
    why: "`.atlasv1.` stands between 14 and 60 or more characters",
  });
}

/** Mailchimp `32 hex-us12` and Mailgun's `32 hex-8 hex-8 hex`, seen from the hyphen. Sources: mailchimp.com/developer, documentation.mailgun.com */
const MAILCHIMP = /-us\d{1,2}(?![\w-])/y;
const MAILGUN = /-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])/y;
export function mailKeyAt(text: string, hyphen: number): Hit | null {
  const start = hyphen - 32;
  if (start < 0) return null;
  const vendor = text[hyphen + 1] === "u" ? "mailchimp" : "mailgun";
  const pattern = vendor === "mailchimp" ? MAILCHIMP : MAILGUN;
  const tail = matchAt(pattern, text, hyphen);
  if (!tail || !/^[0-9a-f]{32}$/.test(text.slice(start, hyphen)) || /[\w-]/.test(text[start - 1] ?? " ")) return null;
  if (isStandIn(text.slice(start, hyphen))) return null;
  const end = hyphen + tail[0].length;
  return hit({
    start,
    end,
    kind: `${vendor}-api-key`,
    title: vendor === "mailchimp" ? "Mailchimp API key" : "Mailgun API key",
    confidence: "certain",
    value: text.slice(start, end),
    why:
      vendor === "mailchimp"
        ? "32 hexadecimal digits end in a Mailchimp data centre"
        : "it has the form of a Mailgun key: 32, 8 and 8 hexadecimal digits",
  });
}

/** Facebook app token `app id|27 characters`, seen from its bar. Source: developers.facebook.com/docs/facebook-login/guides/access-tokens */
const FACEBOOK = /\|[\w-]{27,28}(?![\w-])/y;
export function facebookAppAt(text: string, bar: number): Hit | null {
  const tail = matchAt(FACEBOOK, text, bar);
  if (!tail || isStandIn(tail[0])) return null;
  const id = /(?<!\w)\d{14,17}$/.exec(text.slice(Math.max(0, bar - 18), bar));
  if (!id) return null;
  const end = bar + tail[0].length;
  return hit({
    start: bar - id[0].length,
    end,
    kind: "facebook-app-token",
    title: "Facebook app access token",
    confidence: "certain",
    value: text.slice(bar - id[0].length, end),
    why: "it is an app id, a bar and 27 characters",
  });
}

/** MaxMind licence key `6 characters_29 characters_mmk`, seen from its last underscore. Source: support.maxmind.com/hc/en-us/articles/4407111582235 */
export function maxmindAt(text: string, underscore: number): Hit | null {
  const start = underscore - 36;
  if (
    start < 0 ||
    !/^_mmk(?![\w-])/.test(text.slice(underscore, underscore + 5)) ||
    !/^\w{6}_\w{29}$/.test(text.slice(start, underscore)) ||
    /\w/.test(text[start - 1] ?? " ")
  )
    return null;
  const end = underscore + 4;
  return isStandIn(text.slice(start, end))
    ? null
    : hit({
        start,
        end,
        kind: "maxmind-key",
        title: "MaxMind licence key",
        confidence: "certain",
        value: text.slice(start, end),
        why: "it ends in `_mmk` after 36 characters",
      });
}

/**
 * Keys of letters and digits alone that have their mark near the end, seen from their end.
 * Sources: learn.microsoft.com/purview/sit-defn-* (Azure keys), docs.rapidapi.com, docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys.
 */
const MARKED: Readonly<
  Record<number, readonly { readonly pattern: RegExp; readonly kind: string; readonly title: string }[]>
> = {
  84: [
    { pattern: /^.{52}JQQJ9[9DH].{3}[A-Za-z].{16}[A-Za-z].{5}$/, kind: "azure-key", title: "Azure service key" },
    { pattern: /^.{76}AZDO.{4}$/, kind: "azure-devops-pat", title: "Azure DevOps personal access token" },
  ],
  52: [{ pattern: /^.{42}AzSe[A-D].{5}$/, kind: "azure-search-key", title: "Azure AI Search key" }],
  51: [
    {
      pattern: /^[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{6}jsn[a-z0-9]{12}$/,
      kind: "rapidapi-key",
      title: "RapidAPI key",
    },
  ],
  50: [
    {
      pattern: /^[a-z0-9]{10}msh[a-z0-9]{15}p1[a-z0-9]{6}jsn[a-z0-9]{11}$/,
      kind: "rapidapi-key",
      title: "RapidAPI key",
    },
  ],
  40: [{ pattern: /^[0-9a-f]{32}FFFFNRAL$/, kind: "newrelic-licence-key", title: "New Relic licence key" }],
};
/** Where a character of the mark stands, and which: J of JQQJ and A of AZDO, A of AzSe, m of msh, L of NRAL. */
const MARK_PIECES: Readonly<Record<number, readonly (readonly [at: number, code: number])[]>> = {
  84: [
    [52, 74],
    [76, 65],
  ],
  52: [[42, 65]],
  51: [[10, 109]],
  50: [[10, 109]],
  40: [[39, 76]],
};
export function markedBefore(text: string, end: number, length: number): Hit | null {
  // One character of the mark: nearly all digests are none.
  if (!MARK_PIECES[length]?.some(([at, code]) => text.charCodeAt(end - length + at) === code)) return null;
  const value = text.slice(end - length, end);
  const found = MARKED[length]?.find(({ pattern }) => pattern.test(value));
  return found && !isStandIn(value) && !isInsideBase64(text, end - length, end)
    ? hit({
        start: end - length,
        end,
        kind: found.kind,
        title: found.title,
        confidence: "certain",
        value,
        why: `it is ${length} characters long and has the vendor's mark at its place`,
      })
    : null;
}

/** AWS secret access keys have no mark: forty characters of base64 near an access key id. Source: docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
const AWS_SECRET = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/g;
export function awsSecretsNear(text: string, id: Hit): Hit[] {
  const from = Math.max(0, id.start - 300);
  return Array.from(text.slice(from, id.end + 300).matchAll(AWS_SECRET), ({ 0: value, index }) => ({
    value,
    start: from + index,
  }))
    .filter(
      ({ value }) =>
        /[a-z]/.test(value) &&
        /[A-Z]/.test(value) &&
        /\d/.test(value) &&
        !/^[0-9a-f]+$/i.test(value) &&
        !isStandIn(value) &&
        new Set(value).size >= 20,
    )
    .map(({ value, start }) =>
      hit({
        start,
        end: start + 40,
        kind: "aws-secret-key",
        title: "AWS secret access key",
        confidence: "likely",
        value,
        why: "forty characters of base64 stand near an access key id",
      }),
    );
}
