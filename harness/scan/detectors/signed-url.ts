/**
 * URLs that carry their own permission: AWS SigV4 and SigV2, Google Cloud Storage, Azure SAS,
 * CloudFront, Alibaba OSS, Tencent COS, Azure Functions. Seen from the query parameter that signs.
 * Sources: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html,
 * cloud.google.com/storage/docs/access-control/signed-urls,
 * learn.microsoft.com/rest/api/storageservices/create-service-sas,
 * learn.microsoft.com/azure/azure-functions/function-keys-how-to,
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html.
 */
import { hit } from "../hit.ts";
import { isPlaceholder } from "../measure.ts";
import type { Hit } from "../types.ts";

interface Scheme {
  readonly kind: string;
  readonly title: string;
  readonly parameter: RegExp;
  readonly value: RegExp;
  /** Other parameters that must stand in the same query. */
  readonly company: readonly RegExp[];
  readonly expiry?: RegExp;
}

const SCHEMES: readonly Scheme[] = [
  {
    kind: "aws-signed-url",
    title: "AWS signed URL",
    parameter: /^x-(?:amz|ms|tos|obs)-signature$/i,
    value: /^[0-9a-f]{64}$/i,
    company: [/x-(?:amz|ms|tos|obs)-(?:credential|date|expires)=/i],
    expiry: /X-Amz-Expires=(\d+)/i,
  },
  {
    kind: "aws-session-token",
    title: "AWS session token in a URL",
    parameter: /^x-amz-security-token$/i,
    value: /^[\w%+/=-]{80,}$/,
    company: [],
  },
  {
    kind: "gcs-signed-url",
    title: "Google Cloud Storage signed URL",
    parameter: /^x-goog-signature$/i,
    value: /^[0-9a-f]{64,1024}$/i,
    company: [/x-goog-(?:credential|algorithm|date)=/i],
    expiry: /X-Goog-Expires=(\d+)/i,
  },
  {
    kind: "azure-sas",
    title: "Azure shared access signature",
    parameter: /^sig$/,
    value: /^[\w%+/=-]{40,120}$/,
    company: [/(?:^|[?&;])(?:sv|sr|ss|se|sp|skn|api-version)=/, /(?:^|[?&;])(?:se|sp|sr|sv)=/],
    expiry: /[?&;]se=([\d%A-Za-z:.-]+)/,
  },
  {
    kind: "cloudfront-signed-url",
    title: "CloudFront signed URL",
    parameter: /^Signature$/,
    value: /^[\w~%+/=-]{100,800}$/,
    company: [/Key-Pair-Id=/],
    expiry: /Expires=(\d+)/,
  },
  {
    kind: "aws-signed-url",
    title: "AWS signed URL (version 2)",
    parameter: /^Signature$/,
    value: /^[\w%+/=]{24,60}$/,
    company: [/(?:AWSAccessKeyId|GoogleAccessId|OSSAccessKeyId)=/, /Expires=/],
    expiry: /Expires=(\d+)/,
  },
  {
    kind: "gcs-signed-url",
    title: "Google Cloud Storage signed URL (version 2)",
    parameter: /^Signature$/,
    value: /^[\w%+/=-]{60,800}$/,
    company: [/GoogleAccessId=/],
    expiry: /Expires=(\d+)/,
  },
  {
    kind: "cloudfront-signed-cookie",
    title: "CloudFront signed cookie",
    parameter: /^CloudFront-Signature$/,
    value: /^[\w~%+/=-]{100,800}$/,
    company: [],
  },
  {
    kind: "azure-function-key",
    title: "Azure Functions key in a URL",
    parameter: /^code$/,
    value: /^[\w%=/+-]{40,120}$/,
    company: [/\.azurewebsites\.net\/api\//],
  },
  {
    kind: "cos-signed-url",
    title: "Tencent COS signed URL",
    parameter: /^q-signature$/,
    value: /^[0-9a-f]{40}$/,
    company: [/q-ak=/],
  },
];
const NAMES =
  /^(?:x-(?:amz|goog|ms|tos|obs)-(?:signature|security-token)|sig|(?:CloudFront-)?Signature|q-signature|code)$/i;

export function mayBeSignature(name: string): boolean {
  return NAMES.test(name);
}

/** `name` is the parameter whose value lies at `start`..`end`; the URL around it decides. */
export function signatureAt(text: string, name: string, start: number, end: number): Hit | null {
  const value = text.slice(start, end);
  // The query is looked for last: a text may hold the name without a value everywhere.
  const candidates = SCHEMES.filter(({ parameter, value: form }) => parameter.test(name) && form.test(value));
  if (candidates.length === 0) return null;
  const query = queryAround(text, start, end);
  const scheme = candidates.find(({ company }) => company.every((pattern) => pattern.test(query)));
  if (!scheme || isPlaceholder(value)) return null;
  return hit({
    start,
    end,
    kind: scheme.kind,
    title: scheme.title,
    confidence: "certain",
    value,
    why: `who has the URL has what it signs${validityOf(scheme.expiry?.exec(query)?.[1])}`,
  });
}

/** `, valid for 900 s` or `, expires 2030-01-01`: seconds, a Unix time, or a date as it stands in the URL. */
function validityOf(expiry: string | undefined): string {
  if (expiry === undefined) return "";
  if (/^\d{1,7}$/.test(expiry)) return `, valid for ${expiry} s`;
  if (/^\d{9,11}$/.test(expiry)) return `, expires ${new Date(Number(expiry) * 1000).toISOString().slice(0, 16)}Z`;
  return `, expires ${expiry.replace(/%3A/gi, ":").slice(0, 24)}`;
}

/** What a URL cannot hold. */
const OUTSIDE = new Set(Array.from(" \t\r\n\"'`<>\\", (char) => char.charCodeAt(0)));

/** The query that a parameter stands in, at most 2,000 characters either side. */
function queryAround(text: string, start: number, end: number): string {
  let from = start;
  while (from > 0 && start - from < 2000 && !OUTSIDE.has(text.charCodeAt(from - 1))) from -= 1;
  let to = end;
  while (to < text.length && to - end < 2000 && !OUTSIDE.has(text.charCodeAt(to))) to += 1;
  return text.slice(from, to).replace(/&amp;/g, "&");
}
