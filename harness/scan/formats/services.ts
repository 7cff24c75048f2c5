/** Monitoring, identity, content, maps, data and other services. */
import { crcHexAfterUnderscore } from "./checksums.ts";
import { from, likely, publishable } from "./from.ts";

export const services = [
  ...from(
    "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
    ["newrelic-user-key", "New Relic user API key", "NRAK-{up36:27}", { ignoreCase: true }],
    ["newrelic-insert-key", "New Relic insert key", "NRII-{url:32}"],
    ["newrelic-browser-key", "New Relic browser key", "NRJS-{hex:19}", publishable],
    ["newrelic-admin-key", "New Relic admin or REST key", "{NRAA|NRRA}-{hex:27-42}"],
    ["newrelic-licence-key", "New Relic licence key", "{eu01xx|us01xx}{hex:30}NRAL"],
  ),
  ...from(
    "https://docs.datadoghq.com/account_management/api-app-keys/",
    ["datadog-client-token", "Datadog client token", "pub{hex:32}", publishable],
    ["datadog-app-key", "Datadog application key", "{ddapp|ddpat}_{b62:34-40}"],
  ),
  ...from(
    "https://docs.sentry.io/account/auth-tokens/",
    ["sentry-org-token", "Sentry organisation token", "sntrys_eyJpYXQiO{b64pad:80-400}_{b64:43}"],
    ["sentry-user-token", "Sentry user token", "sntryu_{hex:64}"],
    ["sentry-integration-token", "Sentry internal integration token", "sntrya_{hex:64}"],
  ),
  ...from(
    "https://grafana.com/docs/grafana/latest/administration/service-accounts/",
    [
      "grafana-service-token",
      "Grafana service account token",
      "glsa_{b62:32}_{xhex:8}",
      { verify: crcHexAfterUnderscore },
    ],
    ["grafana-cloud-token", "Grafana Cloud access policy token", "glc_{b64pad:32-400}"],
    ["grafana-api-key", "Grafana API key", "eyJrIjoi{b64pad:60-400}"],
  ),
  ...from("https://docs.honeycomb.io/configure/environments/manage-api-keys/", [
    "honeycomb-key",
    "Honeycomb ingest key",
    "hc{a|b|c|d|e|x|z}{ik|lk|mk}_{low36:58}",
  ]),
  ...from(
    "https://posthog.com/docs/api",
    ["posthog-personal-key", "PostHog personal API key", "phx_{b62:43-47}"],
    ["posthog-project-key", "PostHog project key", "phc_{b62:43-47}", publishable],
  ),
  ...from("https://axiom.co/docs/reference/tokens", ["axiom-token", "Axiom token", "{xaat|xapt}-{uuid}"]),
  ...from("https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication", [
    "dynatrace-token",
    "Dynatrace API token",
    "dt0{c|s}0{1|2|4|6|8|9|16}.{b62:24}.{b62:64}",
    { ignoreCase: true },
  ]),
  ...from(
    "https://docs.authress.io/",
    [
      "authress-key",
      "Authress access key",
      "{sc|ext|scauth|authress}_{low36:5-30}.{low36:4-6}.{acc-|acc_}{lowdash:10-32}.{b64pad:30-120}",
    ],
    [
      "authress-key-loose",
      "Authress access key",
      "{sc|ext|scauth|authress}_{low36:5-30}.{low36:4-6}.acc_{lowdash:6-32}.{urlpad:30-120}",
    ],
  ),
  ...from(
    "https://stytch.com/docs/api",
    ["stytch-secret", "Stytch secret", "secret-{live|test}-{url:36}"],
    ["stytch-public-token", "Stytch public token", "public-token-{live|test}-{uuid}", publishable],
  ),
  ...from(
    "https://www.ory.sh/docs/concepts/personal-access-token",
    ["ory-token", "Ory token", "ory_{at|rt|ac|pat|wak|apikey}_{url:32-90}"],
    ["ory-token-dotted", "Ory token", "ory_{at|rt|ac}_{url:43}.{url:43}"],
  ),
  ...from("https://paseto.io/", ["paseto-local", "PASETO token", "v{1|2|3|4}.{local|public}.{url:40-2000}"]),
  ...from(
    "https://age-encryption.org/v1",
    ["age-secret-key", "age secret key", "AGE-SECRET-KEY-1{up36:58}"],
    ["age-pq-secret-key", "age secret key", "AGE-SECRET-KEY-PQ-1{up36:58-80}"],
  ),
  ...from("https://laravel.com/docs/encryption", [
    "laravel-app-key",
    "Laravel application key",
    "base64:{b64:43}=",
    likely,
  ]),
  ...from("https://www.contentful.com/developers/docs/references/authentication/", [
    "contentful-pat",
    "Contentful personal access token",
    "CFPAT-{url:43}",
  ]),
  ...from("https://www.sanity.io/docs/http-auth", [
    "sanity-token",
    "Sanity token",
    "sk{b62:140-200}",
    { verify: (value) => /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value) },
  ]),
  ...from(
    "https://docs.mapbox.com/help/getting-started/access-tokens/",
    ["mapbox-secret-token", "Mapbox secret token", "sk.{url:40-120}.{url:20-30}"],
    ["mapbox-temporary-token", "Mapbox temporary token", "tk.{url:40-400}.{url:20-30}"],
    ["mapbox-public-token", "Mapbox public token", "pk.{url:40-120}.{url:20-30}", publishable],
  ),
  ...from("https://developer.riotgames.com/docs/portal", ["riot-key", "Riot Games API key", "RGAPI-{uuid}"]),
  ...from("https://io.adafruit.com/api/docs/#authentication", ["adafruit-key", "Adafruit IO key", "aio_{b62:28}"]),
  ...from("https://docs.ubidots.com/reference/authentication", ["ubidots-token", "Ubidots token", "BBFF-{b62:30}"]),
  ...from(
    "https://www.pubnub.com/docs/general/setup/account-setup",
    ["pubnub-secret-key", "PubNub secret key", "sec-c-{b64pad:48}"],
    ["pubnub-publish-key", "PubNub publish or subscribe key", "{pub|sub}-c-{uuid}", publishable],
  ),
  ...from("https://opencagedata.com/api", ["opencage-key", "OpenCage API key", "{oc_live|oc_gs}_{hex:24-40}"]),
  ...from("https://developer.adobe.com/developer-console/docs/guides/authentication/", [
    "adobe-secret",
    "Adobe client secret",
    "p8e-{url:32}",
  ]),
  ...from("https://docs.lambdatest.com/", ["lambdatest-key", "LambdaTest access key", "LT_{b62:48-60}"]),
  ...from("https://jumpcloud.com/support/jumpcloud-apis1", ["jumpcloud-key", "JumpCloud API key", "jca_{b62:36}"]),
  ...from("https://segment.com/docs/api/public-api/", ["segment-token", "Segment public API token", "sgp_{b62:64}"]),
  ...from(
    "https://fauna.com/docs/",
    ["fauna-secret", "Fauna secret", "fn{A|E|F}{url:37}"],
    ["fauna-key", "Fauna key", "fnA{url:40}"],
  ),
  ...from("https://www.getbeamer.com/api", ["beamer-key", "Beamer API key", "b_{urlpad:44}"]),
  ...from("https://docs.svix.com/", ["svix-token", "Svix API token", "{sk|testsk}_{url:32}.{eu|us|in|ca|au}"]),
  ...from("https://docs.retool.com/org-users/guides/retool-api/authentication", [
    "retool-token",
    "Retool API token",
    "retool_{b62:27}",
  ]),
  ...from("https://www.photoroom.com/api/docs", ["photoroom-key", "PhotoRoom API key", "sk_pr_{url:30-60}"]),
  ...from("https://docs.unkey.com/", ["unkey-root-key", "Unkey root key", "unkey_{b62:22-40}"]),
  ...from("https://logfire.pydantic.dev/docs/how-to-guides/create-write-tokens/", [
    "logfire-token",
    "Pydantic Logfire write token",
    "pylf_v1_{eu|us}_{b62:43}",
  ]),
  ...from("https://docs.ramp.com/developer-api/v1/authorization", [
    "ramp-secret",
    "Ramp client secret",
    "ramp_{sec|tok|business_tok}_{b62:48}",
  ]),
  ...from("https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/", [
    "coralogix-key",
    "Coralogix API key",
    "{cxtp|cxup}_{b62:30}",
  ]),
  ...from("https://www.dash0.com/documentation/dash0/key-concepts/auth-tokens", [
    "dash0-token",
    "Dash0 auth token",
    "auth_{b62:32}",
    likely,
  ]),
  ...from("https://docs.flagsmith.com/clients/server-side", [
    "flagsmith-server-key",
    "Flagsmith server-side key",
    "ser.{b62:22}",
  ]),
  ...from("https://docs.growthbook.io/api", [
    "growthbook-key",
    "GrowthBook secret key",
    "secret_{user|admin|readonly}_{b62:30-60}",
  ]),
  ...from(
    "https://docs.devcycle.com/essentials/keys",
    ["devcycle-server-key", "DevCycle server key", "dvc_server_{lowdash:30-90}"],
    ["devcycle-client-key", "DevCycle client key", "{dvc_client|dvc_mobile}_{lowdash:30-90}", publishable],
  ),
  ...from("https://www.endorlabs.com/docs", ["endor-key", "Endor Labs API key", "endr+{b62:16}"]),
  ...from("https://workos.com/docs/reference/api-keys", [
    "workos-key",
    "WorkOS API key",
    "sk_{live_|test_|}a2V5X{url:40-140}",
  ]),
  ...from("https://help.aikido.dev/", [
    "aikido-token",
    "Aikido CI token or client secret",
    "{AIK_CI|AIK_SECRET}_{b62:20-64}",
  ]),
  ...from(
    "https://developers.asana.com/docs/personal-access-token",
    ["asana-pat", "Asana personal access token", "{0|1|2}/{digit:13-20}:{hex:32}"],
    ["asana-pat-v2", "Asana personal access token", "2/{digit:13-20}/{digit:13-20}:{hex:32}"],
  ),
  ...from("https://www.smtp2go.com/docs/smtp2go-api-authentication/", [
    "smtp2go-key",
    "SMTP2GO API key",
    "api-{HEX:32}",
    likely,
  ]),
  ...from("https://docs.hcaptcha.com/#verify-the-user-response-server-side", [
    "hcaptcha-secret",
    "hCaptcha secret",
    "ES_{hex:32}",
  ]),
  ...from("https://docs.alchemy.com/reference/notify-api-quickstart", [
    "alchemy-token",
    "Alchemy auth token",
    "alcht_{b62:32}",
  ]),
  ...from("https://www.quicknode.com/docs/console-api", ["quicknode-key", "QuickNode API key", "QN_{hex:32}"]),
];
