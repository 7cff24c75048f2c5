/** Chat, mail, telephony, social networks, and webhook addresses that are a permission in themselves. */
import { from, likely, possible, publishable } from "./from.ts";

export const messaging = [
  ...from(
    "https://docs.slack.dev/authentication/tokens/",
    ["slack-bot-token", "Slack bot token", "xoxb-{digit:9-14}-{digit:9-14}-{dash:18-34}"],
    ["slack-bot-token-old", "Slack bot token", "xoxb-{digit:8-14}-{b62:18-26}"],
    [
      "slack-user-token",
      "Slack user token",
      "{xoxp|xoxe|xoxo|xoxs|xoxr}-{digit:5-14}-{digit:5-14}-{digit:5-14}-{hex:10-40}",
    ],
    [
      "slack-workspace-token",
      "Slack workspace token",
      "{xoxa|xoxr}-{|1-|2-|3-|4-}{digit:6-14}-{digit:6-14}-{digit:6-14}-{b62:8-48}",
    ],
    ["slack-short-token", "Slack workspace token", "{xoxa|xoxr}-{|1-|2-|3-|4-}{b62:8-48}", likely],
    ["slack-config-token", "Slack app configuration token", "{xoxe.xoxp|xoxe.xoxb}-{digit:1}-{b62:120-260}"],
    ["slack-config-refresh-token", "Slack configuration refresh token", "xoxe-{digit:1}-{b62:120-260}"],
    [
      "slack-app-token",
      "Slack app-level token",
      "xapp-{digit:1}-{up36:8-14}-{digit:9-14}-{hex:40-70}",
      { ignoreCase: true },
    ],
    ["slack-browser-token", "Slack browser token", "xoxc-{digit:9-14}-{digit:9-14}-{digit:9-14}-{hex:64}"],
    ["slack-cookie", "Slack session cookie", "xoxd-{path:100-400}"],
  ),
  ...from(
    "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/",
    ["slack-webhook", "Slack webhook", "hooks.slack.com/services/T{word:6-14}/B{word:6-14}/{b62:16-28}"],
    ["slack-webhook-opaque", "Slack webhook", "hooks.slack.com/services/{b62:43-56}"],
  ),
  ...from("https://docs.slack.dev/workflows/workflow-steps/", [
    "slack-workflow",
    "Slack workflow webhook",
    "hooks.slack.com/{workflows|triggers}/{path:40-120}",
  ]),
  ...from(
    "https://discord.com/developers/docs/reference#authentication",
    ["discord-bot-token", "Discord bot token", "{M|N|O}{url:23-25}.{url:6}.{url:27-38}", { verify: discordToken }],
    ["discord-mfa-token", "Discord user token", "mfa.{url:84}"],
  ),
  ...from(
    "https://discord.com/developers/docs/resources/webhook",
    ["discord-webhook", "Discord webhook", "{discord|discordapp}.com/api/webhooks/{digit:17-20}/{url:60-70}"],
    [
      "discord-webhook-versioned",
      "Discord webhook",
      "{discord|discordapp}.com/api/v{digit:1-2}/webhooks/{digit:17-20}/{url:60-70}",
    ],
  ),
  ...from(
    "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    [
      "teams-webhook",
      "Microsoft Teams webhook",
      "{webhook|outlook}.office.com/{webhookb2|webhook}/{lowdash:36}@{lowdash:36}/IncomingWebhook/{low36:32}/{lowdash:36}{|/}",
      {},
    ],
    [
      "teams-webhook-v2",
      "Microsoft Teams webhook",
      "webhook.office.com/webhookb2/{lowdash:36}@{lowdash:36}/IncomingWebhook/{low36:32}/{lowdash:36}/{url:20-60}",
    ],
  ),
  ...from("https://developers.google.com/workspace/chat/quickstart/webhooks", [
    "google-chat-webhook",
    "Google Chat webhook",
    "chat.googleapis.com/v1/spaces/{url:8-14}/messages?key={url:39}&token={path:30-60}",
  ]),
  ...from("https://zapier.com/apps/webhook/integrations", [
    "zapier-webhook",
    "Zapier webhook",
    "hooks.zapier.com/hooks/catch/{digit:5-10}/{b62:5-10}",
    likely,
  ]),
  ...from("https://ifttt.com/maker_webhooks", [
    "ifttt-webhook",
    "IFTTT webhook key",
    "maker.ifttt.com/trigger/{url:1-60}/{with|json/with}/key/{url:20-60}",
  ]),
  ...from("https://help.make.com/webhooks", [
    "make-webhook",
    "Make webhook",
    "hook.{eu1|eu2|us1|us2|integromat}.{make.com|com}/{low36:32}",
    likely,
  ]),
  ...from("https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot", [
    "lark-webhook",
    "Lark or Feishu webhook",
    "open.{larksuite.com|feishu.cn}/open-apis/bot/v2/hook/{uuid}",
  ]),
  ...from("https://developer.work.weixin.qq.com/document/path/91770", [
    "wecom-webhook",
    "WeCom webhook",
    "qyapi.weixin.qq.com/cgi-bin/webhook/send?key={uuid}",
  ]),
  ...from("https://open.dingtalk.com/document/robots/custom-robot-access", [
    "dingtalk-webhook",
    "DingTalk webhook",
    "oapi.dingtalk.com/robot/send?access_token={hex:64}",
  ]),
  ...from("https://support.google.com/calendar/answer/37648", [
    "google-calendar-private",
    "Private address of a Google calendar",
    "calendar.google.com/calendar/{ical|feeds}/{path:3-120}/private-{hex:32}",
  ]),
  ...from(
    "https://docs.sendgrid.com/ui/account-and-settings/api-keys",
    ["sendgrid-key", "SendGrid API key", "SG.{url:22}.{url:43}"],
    ["sendgrid-key-loose", "SendGrid API key", "SG.{urldotpad:66}", likely],
  ),
  ...from(
    "https://documentation.mailgun.com/docs/mailgun/api-reference/authentication",
    ["mailgun-key", "Mailgun private API key", "key-{hex:32}"],
    ["mailgun-public-key", "Mailgun public validation key", "pubkey-{hex:32}", publishable],
  ),
  ...from("https://developers.brevo.com/docs/getting-started", [
    "brevo-key",
    "Brevo API key",
    "{xkeysib|xsmtpsib}-{hex:64}-{b62:16}",
  ]),
  ...from(
    "https://resend.com/docs/api-reference/introduction",
    ["resend-key", "Resend API key", "re_{b62:8}_{b62:24}"],
    ["resend-key-short", "Resend API key", "re_{b62:8}_{b62:20-23}", likely],
  ),
  ...from("https://developers.mailersend.com/general.html#authentication", [
    "mailersend-token",
    "MailerSend API token",
    "mlsn.{hex:64}",
  ]),
  ...from("https://mailchimp.com/developer/transactional/docs/authentication-delegation/", [
    "mandrill-key",
    "Mailchimp Transactional key",
    "md-{url:22}",
    likely,
  ]),
  ...from("https://developers.klaviyo.com/en/docs/authenticate_", [
    "klaviyo-key",
    "Klaviyo private API key",
    "pk_{hex:34}",
  ]),
  ...from("https://documentation.onesignal.com/docs/keys-and-ids", [
    "onesignal-key",
    "OneSignal API key",
    "os_v2_{app|org}_{low36:60-110}",
  ]),
  ...from(
    "https://www.twilio.com/docs/iam/api-keys",
    ["twilio-api-key", "Twilio API key SID", "SK{hex:32}", likely],
    ["twilio-account-sid", "Twilio account SID", "AC{hex:32}", possible],
  ),
  ...from("https://developers.telnyx.com/docs/development", ["telnyx-key", "Telnyx API key", "KEY0{up36:31}_{b62:22}"]),
  ...from("https://developers.intercom.com/docs/build-an-integration/learn-more/authentication/", [
    "intercom-token",
    "Intercom access token",
    "dG9rO{b64pad:54-76}",
  ]),
  ...from("https://developers.hubspot.com/docs/guides/apps/private-apps/overview", [
    "hubspot-token",
    "HubSpot private app token",
    "pat-{na1|na2|na3|eu1|ap1}-{uuid}",
  ]),
  ...from("https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_tokens_scopes.htm", [
    "salesforce-token",
    "Salesforce session or access token",
    "00D{b62:12-15}!{urldot:80-200}",
  ]),
  ...from("https://developers.facebook.com/docs/facebook-login/guides/access-tokens/", [
    "facebook-token",
    "Facebook access token",
    "EAA{b62:60-400}",
    { verify: mixed },
  ]),
  ...from("https://developers.facebook.com/docs/instagram-platform/reference/access_token", [
    "instagram-token",
    "Instagram access token",
    "{IGQ|IGA}{url:100-250}",
  ]),
  ...from("https://docs.x.com/fundamentals/authentication/oauth-2-0/bearer-tokens", [
    "twitter-bearer",
    "X (Twitter) bearer token",
    "AAAAAAAAAAAAAAAAAAAAA{path:60-120}",
    { verify: mixed },
  ]),
  ...from("https://learn.microsoft.com/linkedin/shared/authentication/client-credentials-flow", [
    "linkedin-secret",
    "LinkedIn client secret",
    "WPL_AP1.{b62:16}.{b64pad:8}",
  ]),
  ...from("https://dev.vk.com/en/api/access-token/getting-started", [
    "vk-token",
    "VK access token",
    "vk1.a.{url:80-400}",
  ]),
  ...from("https://dev.twitch.tv/docs/chat/authenticating/", [
    "twitch-chat-token",
    "Twitch chat token",
    "oauth:{low36:30}",
  ]),
  ...from(
    "https://developers.dropbox.com/oauth-guide",
    ["dropbox-token", "Dropbox access token", "sl.{url:130-1400}"],
    ["dropbox-token-user", "Dropbox access token", "sl.u.{url:130-1400}"],
  ),
  ...from("https://docs.pushbullet.com/", ["pushbullet-token", "Pushbullet access token", "o.{b62:32}"]),
  ...from("https://developer.nylas.com/docs/v3/auth/", ["nylas-key", "Nylas API key", "nyk_v0_{b62:64}"]),
  ...from("https://www.courier.com/docs/platform/workspaces/environments-api-keys/", [
    "courier-key",
    "Courier API key",
    "pk_{prod|test}_{up36:28}",
  ]),
  ...from("https://developer.close.com/topics/authentication/", [
    "close-key",
    "Close API key",
    "api_{b62:22}.{b62:22}",
  ]),
  ...from("https://developer.typeform.com/get-started/personal-access-token/", [
    "typeform-token",
    "Typeform personal access token",
    "tfp_{urldot:40-60}",
  ]),
  ...from("https://developers.frame.io/docs/getting-started/authentication", [
    "frameio-token",
    "Frame.io API token",
    "fio-u-{urlpad:64}",
  ]),
  ...from("https://cal.com/docs/api-reference/v1/authentication", [
    "cal-key",
    "Cal.com API key",
    "{cal_live|cal_test}_{hex:32}",
  ]),
];

/** The first part is a user id in base64 when it is real. Source: Discord's reference, "Authentication". */
function discordToken(value: string) {
  const [id = "", stamp = ""] = value.split(".");
  if (
    !/[0-9]/.test(value) ||
    !/[a-z]/.test(value) ||
    !/[A-Z]/.test(value) ||
    (/^[A-Za-z]+$/.test(stamp) && /^[A-Za-z]+$/.test(id))
  )
    return false;
  return /^\d{17,20}$/.test(Buffer.from(id, "base64").toString("latin1"))
    ? { confidence: "certain" as const, why: "its first part decodes to a user id" }
    : { confidence: "likely" as const, why: "its first part does not decode to a user id" };
}

/** Long runs of one class of letters are words or data, not tokens. */
function mixed(value: string): boolean {
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && new Set(value).size >= 20;
}
