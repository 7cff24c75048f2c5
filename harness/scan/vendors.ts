/** Names before `key` that make it an API key: `openaiKey`, `STRIPE_KEY`. */
export const VENDORS: ReadonlySet<string> = new Set(
  `adafruit adobe adyen age airtable aiven alchemy algolia alibaba aliyun amadeus amplitude anthropic anyscale apify apollo artifactory asana assemblyai atlassian auth0 aws azure baseten bitbucket bittrex braintree
  brave brevo browserstack bugsnag buildkite bunny cerebras checkout circleci clarifai claude clearbit clerk clickhouse clickup clojars cloudflare cloudinary codacy codecov cohere coinbase confluence confluent
  contentful coralogix coze databricks datadog dd deepgram deepl deepseek defined detectify digitalocean discord docker docusign doppler drone dropbox duffel dynatrace easypost elastic elasticsearch elevenlabs etsy
  exa expo facebook fastly figma finicity finnhub firebase firecrawl fireworks flickr flutterwave fly flyio frameio freshbooks freshdesk friendli gemini github gitlab gitter giphy gocardless google grafana
  groq harness hashicorp helicone heroku hetzner hf honeycomb hubspot huggingface hunter ibm ibmcloud ico infracost infura instagram intercom intra42 ipinfo ipstack jfrog jina jira jumpcloud kagi klaviyo
  kraken kubernetes kucoin langchain langfuse langsmith launchdarkly lemonsqueezy line linear linkedin linode llama lob logdna logzio looker mailchimp mailgun mailjet mandrill mapbox maps mattermost maxmind
  meraki messagebird mistral mixpanel monday mongodb moonshot mux mysql nasa neon netlify newrelic newsapi ngrok nomad notion novu npm nvidia nylas nytimes octopus okta omdb onesignal openai openrouter
  openweather openweathermap opsgenie oracle pagerduty paypal paystack perplexity pexels pinecone plaid planetscale plivo polygon posthog postgres postman postmark prefect pubnub pulumi pusher pypi qdrant
  quickbooks rapidapi razorpay readme redis render replicate resend riot rollbar rubygems runpod salesforce samsara sauce scale scaleway scalingo scrapingbee segment sendbird sendgrid sendinblue sentry serp serpapi
  shippo shodan shopify sidekiq signalwire slack snyk softlayer sonar sonarqube sourcegraph splunk spotify square squarespace stability statuspage strava stripe sumo sumologic supabase tailscale tavily
  telegram telnyx terraform tfl tiktok tinify tmdb together trello tripadvisor twilio twitch twitter typeform typesense uber unsplash uploadcare ups upstash vault vercel virustotal voyage vultr weather
  weatherapi weaviate webflow weglot wandb wise workos xai x yandex yelp yotpo youtube zapier zendesk zhipu zoom zulip mapquest here tomtom fmp alphavantage coinmarketcap etherscan moralis quicknode`.split(
    /\s+/,
  ),
);
