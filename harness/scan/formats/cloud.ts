/** Clouds, platforms and infrastructure. */
import { wordShare } from "../measure.ts";
import { from, likely, possible, publishable } from "./from.ts";

export const cloud = [
  ...from("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html", [
    "aws-access-key-id",
    "AWS access key id",
    "{AKIA|ASIA|ABIA|ACCA}{up36:16}",
    likely,
  ]),
  ...from(
    "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
    ["aws-bedrock-key", "Amazon Bedrock API key", "ABSKQmVkcm9ja0FQSUtle{b64pad:80-260}"],
    [
      "aws-bedrock-short-key",
      "Amazon Bedrock short-term API key",
      "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{b64pad:20-4096}",
    ],
  ),
  ...from("https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html", [
    "aws-session-token",
    "AWS session token",
    "{IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz}{b64pad:100-2000}",
  ]),
  ...from(
    "https://developer-docs.amazon.com/sp-api/docs/",
    ["amazon-mws-token", "Amazon MWS token", "amzn.mws.{uuid}"],
    ["amazon-oauth-secret", "Login with Amazon client secret", "amzn1.oa2-cs.v1.{hex:64}"],
  ),
  ...from(
    "https://developers.google.com/identity/protocols/oauth2",
    ["google-oauth-secret", "Google OAuth client secret", "GOCSPX-{url:28}"],
    ["google-oauth-token", "Google OAuth access token", "ya29.{url:20-2000}"],
    ["google-refresh-token", "Google OAuth refresh token", "1//0{url:40-200}"],
  ),
  ...from("https://firebase.google.com/docs/cloud-messaging/auth-server", [
    "firebase-server-key",
    "Firebase Cloud Messaging server key",
    "AAAA{url:7}:APA91b{url:120-160}",
  ]),
  ...from(
    "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    ["digitalocean-pat", "DigitalOcean personal access token", "dop_v1_{hex:64}"],
    ["digitalocean-oauth", "DigitalOcean OAuth token", "doo_v1_{hex:64}"],
    ["digitalocean-refresh", "DigitalOcean refresh token", "dor_v1_{hex:64}"],
  ),
  ...from("https://docs.digitalocean.com/products/spaces/how-to/manage-access/", [
    "digitalocean-spaces-id",
    "DigitalOcean Spaces access key",
    "DO{00|80}{up36:16}",
    possible,
  ]),
  ...from("https://devcenter.heroku.com/articles/authentication", [
    "heroku-api-key",
    "Heroku API key",
    "HRKU-{url:60}",
  ]),
  ...from(
    "https://fly.io/docs/security/tokens/",
    ["fly-token", "Fly.io access token", "fo1_{url:43}"],
    ["fly-macaroon", "Fly.io macaroon token", "{fm1r|fm1a|fm2}_{b64pad:60-2000}"],
  ),
  ...from(
    "https://vercel.com/docs/rest-api/reference/welcome",
    ["vercel-token", "Vercel token", "{vcp|vci|vca|vcr|vck}_{b62:24-80}"],
    ["vercel-blob-token", "Vercel Blob token", "vercel_blob_rw_{b62:16}_{b62:30-32}"],
  ),
  ...from("https://docs.netlify.com/api/get-started/", [
    "netlify-token",
    "Netlify personal access token",
    "nfp_{b62:36-40}",
  ]),
  ...from("https://api-docs.render.com/reference/authentication", [
    "render-api-key",
    "Render API key",
    "rnd_{b62:28-32}",
  ]),
  ...from(
    "https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
    ["cloudflare-token", "Cloudflare API token", "{cfat|cfut|cfk|cfoat}_{b62:40}{hex:8}"],
    ["cloudflare-origin-ca", "Cloudflare origin CA key", "v1.0-{hex:24}-{hex:146}"],
  ),
  ...from("https://developers.cloudflare.com/turnstile/get-started/", [
    "turnstile-secret",
    "Cloudflare Turnstile secret",
    "0x4AAAAAA{url:26}",
    likely,
  ]),
  ...from("https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair", [
    "alibaba-access-key-id",
    "Alibaba Cloud access key id",
    "LTAI{b62:12-26}",
    likely,
  ]),
  ...from("https://www.tencentcloud.com/document/product/598/32675", [
    "tencent-secret-id",
    "Tencent Cloud secret id",
    "AKID{b62:32}",
    likely,
  ]),
  ...from(
    "https://yandex.cloud/en/docs/iam/concepts/authorization/",
    ["yandex-api-key", "Yandex Cloud API key", "AQVN{url:35-38}"],
    ["yandex-iam-token", "Yandex Cloud IAM token", "t1.{urlpad:6-400}.{url:86}{|=|==}"],
    ["yandex-aws-key", "Yandex Cloud static key", "YC{url:38}", likely],
    ["yandex-oauth", "Yandex OAuth token", "y0_{url:50-60}"],
  ),
  ...from("https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/", [
    "pulumi-token",
    "Pulumi access token",
    "pul-{hex:40}",
  ]),
  ...from(
    "https://developer.hashicorp.com/vault/docs/concepts/tokens",
    ["vault-service-token", "Vault service token", "hvs.{url:24-200}"],
    [
      "vault-old-token",
      "Vault token",
      "s.{b62:24}",
      {
        confidence: "likely",
        verify: (value) =>
          /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value) && wordShare(value.slice(2)) < 0.5,
      },
    ],
    ["vault-batch-token", "Vault batch token", "hvb.{url:100-400}"],
    ["vault-recovery-token", "Vault recovery token", "hvr.{url:24-200}"],
  ),
  ...from(
    "https://docs.doppler.com/reference/auth-token-formats",
    ["doppler-token", "Doppler token", "dp.{pt|ct|sa|scim|audit|said}.{b62:40-44}"],
    ["doppler-service-token", "Doppler service token", "dp.st.{b62:40-44}"],
    ["doppler-service-token-named", "Doppler service token", "dp.st.{lowdash:2-35}.{b62:40-44}"],
  ),
  ...from("https://docs.databricks.com/en/dev-tools/auth/pat.html", [
    "databricks-token",
    "Databricks personal access token",
    "{dapi|dkea|dose}{xhex:32}{|-2|-3|-4|-5}",
  ]),
  ...from(
    "https://tailscale.com/kb/1277/key-prefixes",
    ["tailscale-key", "Tailscale key", "tskey-{api|auth|client|scim|webhook}-{b62:10-24}-{b62:20-40}"],
    ["tailscale-old-key", "Tailscale key", "tskey-{hex:12}-{b62:22}"],
  ),
  ...from("https://www.infracost.io/docs/", ["infracost-key", "Infracost API key", "ico-{b62:32}"]),
  ...from("https://planetscale.com/docs/concepts/service-tokens", [
    "planetscale-token",
    "PlanetScale token or password",
    "pscale_{tkn|pw|oauth|otkn}_{urlpad:32-64}",
  ]),
  ...from(
    "https://supabase.com/docs/guides/api/api-keys",
    ["supabase-access-token", "Supabase access token", "{sbp|sbp_oauth}_{hex:40}"],
    ["supabase-secret-key", "Supabase secret key", "sb_secret_{url:22}_{url:8}"],
    ["supabase-publishable-key", "Supabase publishable key", "sb_publishable_{url:22}_{url:8}", publishable],
  ),
  ...from(
    "https://neon.com/docs/manage/api-keys",
    ["neon-api-key", "Neon API key", "napi_{low36:60-70}"],
    ["neon-password", "Neon database password", "npg_{b62:12}", likely],
  ),
  ...from("https://www.mongodb.com/docs/atlas/api/service-accounts-overview/", [
    "mongodb-service-secret",
    "MongoDB Atlas service account secret",
    "mdb_sa_sk_{url:40}",
  ]),
  ...from("https://docs.prefect.io/v3/manage/cloud/manage-users/api-keys", [
    "prefect-key",
    "Prefect API key",
    "{pnu|pnb}_{low36:36}",
  ]),
  ...from("https://docs.docker.com/security/access-tokens/", [
    "docker-token",
    "Docker access token",
    "dckr_{pat|oat}_{url:27-32}",
  ]),
  ...from(
    "https://docs.docker.com/engine/swarm/join-nodes/",
    ["docker-swarm-token", "Docker Swarm join token", "SWMTKN-1-{low36:50}-{low36:25}"],
    ["docker-swarm-key", "Docker Swarm unlock key", "SWMKEY-1-{b64:43}"],
  ),
  ...from("https://docs.openshift.com/container-platform/latest/authentication/tokens-scoping.html", [
    "openshift-token",
    "OpenShift user token",
    "sha256~{url:43}",
  ]),
  ...from("https://circleci.com/docs/managing-api-tokens/", [
    "circleci-token",
    "CircleCI token",
    "{CCIPAT|CCIPRJ}_{b62:22}_{hex:40}",
  ]),
  ...from("https://buildkite.com/docs/apis/managing-api-tokens", [
    "buildkite-token",
    "Buildkite token",
    "{bkua|bkaj|bkct|bkat|bkpt|bkps}_{b62:40-64}",
  ]),
  ...from("https://help.backblaze.com/hc/en-us/articles/360052129034", [
    "backblaze-key",
    "Backblaze application key",
    "K00{digit:1}{b64:27}",
    likely,
  ]),
  ...from("https://techdocs.akamai.com/developer/docs/edgegrid", [
    "akamai-token",
    "Akamai EdgeGrid token",
    "akab-{low36:16}-{low36:16}",
  ]),
  ...from(
    "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens",
    ["artifactory-api-key", "Artifactory API key", "AKCp{b62:69}"],
    ["artifactory-reference-token", "Artifactory reference token", "cmVmd{b62:59}"],
  ),
  ...from("https://developer.1password.com/docs/service-accounts/", [
    "onepassword-service-token",
    "1Password service account token",
    "ops_eyJ{b64pad:250-4096}",
  ]),
  ...from(
    "https://support.1password.com/secret-key-security/",
    ["onepassword-secret-key", "1Password secret key", "A3-{up36:6}-{up36:11}-{up36:5}-{up36:5}-{up36:5}"],
    ["onepassword-secret-key-long", "1Password secret key", "A3-{up36:6}-{up36:6}-{up36:5}-{up36:5}-{up36:5}-{up36:5}"],
  ),
  ...from("https://infisical.com/docs/documentation/platform/token", [
    "infisical-token",
    "Infisical service token",
    "st.{hex:24}.{hex:32}.{hex:32}",
  ]),
  ...from("https://bitwarden.com/help/access-tokens/", [
    "bitwarden-token",
    "Bitwarden Secrets Manager token",
    "0.{uuid}.{b62:30}:{b64pad:22-24}",
  ]),
  ...from("https://www.scaleway.com/en/docs/iam/concepts/", [
    "scaleway-key-id",
    "Scaleway access key",
    "SCW{up36:17}",
    likely,
  ]),
  ...from("https://developers.scalingo.com/", ["scalingo-token", "Scalingo API token", "tk-us-{url:48}"]),
  ...from("https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/", [
    "harness-token",
    "Harness token",
    "{pat|sat}.{url:22}.{b62:24}.{b62:20}",
  ]),
  ...from("https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key", [
    "octopus-api-key",
    "Octopus Deploy API key",
    "API-{up36:25-27}",
  ]),
  ...from("https://docs.defined.net/guides/automating-host-creation/", [
    "defined-networking-key",
    "Defined Networking API token",
    "dnkey-{urlpad:26}-{urlpad:52}",
  ]),
  ...from("https://console.settlemint.com/documentation/", [
    "settlemint-token",
    "SettleMint access token",
    "sm_{pat|aat|sat}_{b62:16}",
  ]),
  ...from("https://docs.deno.com/subhosting/api/authentication/", [
    "deno-token",
    "Deno Deploy token",
    "{ddp|ddo|ddw}_{b62:36}",
  ]),
  ...from("https://xata.io/docs/concepts/api-keys", ["xata-key", "Xata API key", "xau_{b62:30-40}"]),
  ...from("https://clickhouse.com/docs/cloud/manage/openapi", [
    "clickhouse-key",
    "ClickHouse Cloud API secret",
    "4b1d{b62:38}",
  ]),
  ...from("https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth", [
    "nats-seed",
    "NATS seed",
    "S{UA|AA|OA|NA|CA|XA}{b32:55}",
  ]),
  ...from("https://www.cockroachlabs.com/docs/cockroachcloud/managing-access#api-access", [
    "cockroach-key",
    "CockroachDB Cloud API key",
    "CCDB1_{b62:22}_{b62:40}",
  ]),
  ...from(
    "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html",
    ["confluent-secret", "Confluent Cloud API secret", "cflt{b64:60}"],
  ),
  ...from("https://www.tinybird.co/docs/forward/administration/tokens", [
    "tinybird-token",
    "Tinybird token",
    "p.eyJ{url:40-200}.{url:30-60}",
  ]),
  ...from("https://docs.netbird.io/how-to/access-netbird-public-api", [
    "netbird-token",
    "NetBird access token",
    "nbp_{b62:36}",
  ]),
  ...from("https://community.exoscale.com/platform/identity-access-management/", [
    "exoscale-key",
    "Exoscale API key",
    "EXO{hex:24-26}",
    likely,
  ]),
  ...from("https://www.elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys", [
    "elastic-cloud-key",
    "Elastic Cloud API key",
    "essu_{b64pad:40-200}",
  ]),
  ...from("https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html#Managing+Access+Tokens", [
    "teamcity-token",
    "TeamCity access token",
    "eyJ0eXAiOiAiVENWMiJ9.{url:20-60}.{url:30-80}",
  ]),
  ...from("https://www.daytona.io/docs/en/api-keys/", ["daytona-key", "Daytona API key", "dtn_{hex:64}"]),
];
