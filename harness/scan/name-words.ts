/** Words that keys' names are made of, by what they say about the value. */

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** Words behind the one that tells, which say nothing of their own: `API_KEY_PROD`, `tokenValue`. */
export const QUALIFIERS = setOf(`
  prod production dev development live test testing staging sandbox main primary secondary current old new value val
  str string raw plain plaintext text clear cleartext base64 b64 encoded json header v1 v2 v3 env var default local
`);

/** Words before `token` that make it a page mark, a piece of text, a colour or a coin. */
export const NOT_A_SECRET_TOKEN = setOf(`
  next prev previous page pagination paging continuation continue cursor resume sync change start end more scroll
  skip position after before csrf xsrf verification authenticity forgery antiforgery design color colour theme css
  style spacing typography mask syntax lex lexer word special eos bos pad unk sep cls stop output input prompt
  completion total max min cached reasoning erc20 nft contract base quote pool lp swap utility fungible reward
  governance cancel cancellation public publishable idempotency dedupe list query search progress sort seat parse
  parser first last row view etag delta consistency partition watch correlation tracking trace captcha recaptcha
  turnstile
`);

/** Words anywhere in a name that make it one of something public or already hidden. */
export const PUBLIC_WORDS = setOf(`
  public publishable pub site hash hashed digest checksum fingerprint thumbprint masked redacted encrypted search
  browser frontend measurement tracking widget embed translation i18n locale label hint placeholder map
`);

/** Words before `key` that make it a secret. */
export const KEY_QUALIFIERS = setOf(`
  api app application access secret private priv auth authentication authorization signing sign signature encryption
  encrypt decryption enc master service account shared storage hmac session webhook admin deploy deployment rest
  server consumer subscription integration root ingest ingestion insert function functions host jwt aes crypto
  cipher rsa ssh gpg pgp sas license licence registration personal bot developer dev partner merchant backend cloud
  security iam cos sdk x sl wallet validator relay tls ssl
`);

/** Words that make an analytics key a secret again. */
export const CLOSED = setOf(`
  secret private admin personal service access auth refresh management export read
`);

/** Analytics whose project tokens and API keys only take events in. */
export const ANALYTICS = setOf(`
  mixpanel amplitude segment bugsnag heap logrocket rudderstack fullstory posthog analytics
`);

/** Last words of telling names, as far as a name can end in them. */
export const ENDINGS = setOf(`
  password passwd pwd passphrase passcode passwort contrasena motdepasse pw pass passwords mnemonic phrase words
  seed code codes secret secrets credential credentials cred creds bearer jwt authorization auth cookie cookies pat
  token tokens key keys base hash session id sid value content sig signature me at
`);

/** Vendors whose name before `key` makes it an API key: `openaiKey`, `STRIPE_KEY`. */
export const VENDORS = setOf(`
  adafruit adobe adyen age airtable aiven alchemy algolia alibaba aliyun amadeus amplitude anthropic anyscale apify
  apollo artifactory asana assemblyai atlassian auth0 aws azure baseten bitbucket bittrex braintree brave brevo
  browserstack bugsnag buildkite bunny cerebras checkout circleci clarifai claude clearbit clerk clickhouse clickup
  clojars cloudflare cloudinary codacy codecov cohere coinbase confluence confluent contentful coralogix coze
  databricks datadog dd deepgram deepl deepseek defined detectify digitalocean discord docker docusign doppler drone
  dropbox duffel dynatrace easypost elastic elasticsearch elevenlabs etsy exa expo facebook fastly figma finicity
  finnhub firebase firecrawl fireworks flickr flutterwave fly flyio frameio freshbooks freshdesk friendli gemini
  github gitlab gitter giphy gocardless google grafana groq harness hashicorp helicone heroku hetzner hf honeycomb
  hubspot huggingface hunter ibm ibmcloud ico infracost infura instagram intercom intra42 ipinfo ipstack jfrog jina
  jira jumpcloud kagi klaviyo kraken kubernetes kucoin langchain langfuse langsmith launchdarkly lemonsqueezy line
  linear linkedin linode llama lob logdna logzio looker mailchimp mailgun mailjet mandrill mapbox maps mattermost
  maxmind meraki messagebird mistral mixpanel monday mongodb moonshot mux mysql nasa neon netlify newrelic newsapi
  ngrok nomad notion novu npm nvidia nylas nytimes octopus okta omdb onesignal openai openrouter openweather
  openweathermap opsgenie oracle pagerduty paypal paystack perplexity pexels pinecone plaid planetscale plivo
  polygon posthog postgres postman postmark prefect pubnub pulumi pusher pypi qdrant quickbooks rapidapi razorpay
  readme redis render replicate resend riot rollbar rubygems runpod salesforce samsara sauce scale scaleway scalingo
  scrapingbee segment sendbird sendgrid sendinblue sentry serp serpapi shippo shodan shopify sidekiq signalwire
  slack snyk softlayer sonar sonarqube sourcegraph splunk spotify square squarespace stability statuspage strava
  stripe sumo sumologic supabase tailscale tavily telegram telnyx terraform tfl tiktok tinify tmdb together trello
  tripadvisor twilio twitch twitter typeform typesense uber unsplash uploadcare ups upstash vault vercel virustotal
  voyage vultr weather weatherapi weaviate webflow weglot wandb wise workos xai x yandex yelp yotpo youtube zapier
  zendesk zhipu zoom zulip mapquest here tomtom fmp alphavantage coinmarketcap etherscan moralis quicknode
`);
