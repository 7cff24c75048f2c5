/** Payments, commerce, banking and wallets. */
import { from, likely, publishable } from "./from.ts";

export const payments = [
  ...from(
    "https://docs.stripe.com/keys",
    ["stripe-secret-key", "Stripe secret key", "sk_{live|test|prod|org}_{b62:10-120}"],
    ["stripe-org-key", "Stripe organisation key", "sk_org_{live|test}_{b62:20-120}"],
    ["stripe-restricted-key", "Stripe restricted key", "rk_{live|test|prod}_{b62:10-120}"],
    ["stripe-publishable-key", "Stripe publishable key", "pk_{live|test}_{b62:10-120}", publishable],
    ["stripe-ephemeral-key", "Stripe ephemeral key", "ek_{live|test}_{b62:20-200}", likely],
  ),
  ...from("https://docs.stripe.com/webhooks#verify-official-libraries", [
    "stripe-webhook-secret",
    "Webhook signing secret (Stripe, Clerk, Svix)",
    "whsec_{b64pad:24-80}",
  ]),
  ...from("https://docs.stripe.com/api/payment_intents/object#payment_intent_object-client_secret", [
    "stripe-client-secret",
    "Stripe client secret",
    "{pi|seti|src|cs}_{b62:14-60}_secret_{b62:20-60}",
    publishable,
  ]),
  ...from("https://clerk.com/docs/deployments/clerk-environment-variables", [
    "clerk-publishable-key",
    "Clerk publishable key",
    "pk_{live|test}_{b64:20-100}{=|$|==}",
    publishable,
  ]),
  ...from(
    "https://developer.squareup.com/docs/build-basics/access-tokens",
    ["square-access-token", "Square access token", "EAAA{url:22-60}", likely],
    ["square-oauth-token", "Square OAuth token", "sq0atp-{url:22}"],
    ["square-oauth-secret", "Square OAuth secret", "sq0csp-{url:43}"],
    ["square-application-id", "Square application id", "{sq0idp|sandbox-sq0idb}-{url:22}", publishable],
  ),
  ...from(
    "https://developer.paypal.com/braintree/docs/guides/authorization/overview",
    ["braintree-access-token", "Braintree access token", "access_token${production|sandbox}${low36:16}${hex:32}"],
    [
      "braintree-tokenization-key",
      "Braintree tokenization key",
      "{production|sandbox}_{low36:8}_{low36:16}",
      publishable,
    ],
  ),
  ...from("https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/", [
    "razorpay-key-id",
    "Razorpay key id",
    "rzp_{live|test}_{b62:14}",
    publishable,
  ]),
  ...from(
    "https://developer.flutterwave.com/docs/authentication",
    ["flutterwave-secret-key", "Flutterwave secret key", "{FLWSECK-|FLWSECK_TEST-|FLWSECK_LIVE-}{hex:12-34}{|-X}"],
    [
      "flutterwave-public-key",
      "Flutterwave public key",
      "{FLWPUBK-|FLWPUBK_TEST-|FLWPUBK_LIVE-}{hex:32}-X",
      publishable,
    ],
  ),
  ...from(
    "https://plaid.com/docs/api/tokens/",
    ["plaid-access-token", "Plaid access token", "access-{sandbox|development|production}-{uuid}"],
    ["plaid-public-token", "Plaid public token", "public-{sandbox|development|production}-{uuid}", publishable],
  ),
  ...from(
    "https://docs.mollie.com/reference/authentication",
    ["mollie-api-key", "Mollie API key", "{live|test}_{b62:30}", likely],
    ["mollie-access-token", "Mollie access token", "access_{b62:40}", likely],
  ),
  ...from("https://developer.gocardless.com/getting-started/api/making-your-first-request/", [
    "gocardless-token",
    "GoCardless access token",
    "{live|sandbox}_{urlpad:40}",
  ]),
  ...from("https://developer.paddle.com/api-reference/about/api-keys", [
    "paddle-key",
    "Paddle API key",
    "pdl_{live|sdbx}_apikey_{low36:26}_{b62:22}_{b62:3}",
  ]),
  ...from(
    "https://docs.xendit.co/docs/api-keys",
    ["xendit-key", "Xendit secret key", "xnd_{production|development}_{b62:40-80}"],
    [
      "xendit-public-key",
      "Xendit public key",
      "{xnd_public_production|xnd_public_development}_{b62:40-80}",
      publishable,
    ],
  ),
  ...from(
    "https://docs.midtrans.com/docs/midtrans-account",
    ["midtrans-server-key", "Midtrans server key", "{SB-Mid|Mid}-server-{url:24}"],
    ["midtrans-client-key", "Midtrans client key", "{SB-Mid|Mid}-client-{url:16}", publishable],
  ),
  ...from("https://docs.tatum.io/docs/authentication", ["tatum-key", "Tatum API key", "t-{hex:24}-{hex:24}"]),
  ...from(
    "https://docs.opn.ooo/api-authentication",
    ["omise-key", "Omise secret key", "{skey|skey_test|skey_live}_{low36:19}"],
    ["omise-public-key", "Omise public key", "{pkey|pkey_test|pkey_live}_{low36:19}", publishable],
  ),
  ...from(
    "https://www.mercadopago.com/developers/en/docs/credentials",
    ["mercadopago-token", "Mercado Pago access token", "{APP_USR|TEST}-{digit:14-18}-{digit:6}-{hex:32}-{digit:6-12}"],
    ["mercadopago-public-key", "Mercado Pago public key", "APP_USR-{uuid}", publishable],
  ),
  ...from(
    "https://docs.adyen.com/development-resources/api-credentials/",
    ["adyen-key", "Adyen API key", "AQE{xhex:1}hm{b64pad:40-260}"],
    ["adyen-client-key", "Adyen client key", "{live|test}_{up36:32}", publishable],
  ),
  ...from("https://www.checkout.com/docs/developer-resources/api/manage-api-keys", [
    "checkout-key",
    "Checkout.com secret key",
    "{sk_sbox|sk}_{low36:26}{|*|#|=|$|%}",
    likely,
  ]),
  ...from("https://docs.klarna.com/api/authentication/", [
    "klarna-key",
    "Klarna API key",
    "{klarna_live|klarna_test}_api_{b64pad:80-200}",
  ]),
  ...from(
    "https://www.lob.com/guides/api-keys",
    ["lob-key", "Lob API key", "{live|test}_{hex:35}"],
    ["lob-public-key", "Lob publishable key", "{live|test}_pub_{hex:31}", publishable],
  ),
  ...from(
    "https://docs.easypost.com/docs/authentication",
    ["easypost-key", "EasyPost API key", "EZAK{b62:54}"],
    ["easypost-test-key", "EasyPost test API key", "EZTK{b62:54}"],
  ),
  ...from("https://docs.goshippo.com/docs/guides_general/authentication/", [
    "shippo-token",
    "Shippo API token",
    "{shippo_live|shippo_test}_{hex:40}",
  ]),
  ...from("https://duffel.com/docs/api/overview/authentication", [
    "duffel-token",
    "Duffel access token",
    "{duffel_live|duffel_test}_{urlpad:43}",
  ]),
  ...from(
    "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens",
    ["shopify-access-token", "Shopify access token", "{shpat|shpca|shppa|shpua|shptka|shpit|shprt}_{xhex:32}"],
    ["shopify-shared-secret", "Shopify app secret", "shpss_{b62:32}"],
    ["shopify-new-token", "Shopify access token", "{shpat|shpca|shppa}_{b62:32-38}"],
  ),
  ...from(
    "https://woocommerce.github.io/woocommerce-rest-api-docs/",
    ["woocommerce-secret", "WooCommerce consumer secret", "cs_{hex:40}"],
    ["woocommerce-key", "WooCommerce consumer key", "ck_{hex:40}", likely],
  ),
  ...from("https://withpersona.com/docs/api-introduction", [
    "persona-key",
    "Persona API key",
    "{persona_production|persona_sandbox}_{uuid}",
  ]),
  ...from("https://documentation.onfido.com/api/latest/", [
    "onfido-token",
    "Onfido API token",
    "{api_live|api_sandbox|api_live_us|api_live_ca}.{url:11}.{url:32}",
  ]),
  ...from("https://docs.sumsub.com/reference/authentication", [
    "sumsub-token",
    "Sumsub app token",
    "{prd|sbx}:{b62:24}.{b62:32}",
  ]),
  ...from("https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki", [
    "bip32-private-key",
    "Extended private key of a wallet",
    "{xprv|yprv|zprv|tprv}{b58:107-108}",
  ]),
  ...from("https://developers.stellar.org/docs/learn/fundamentals/stellar-data-structures/accounts", [
    "stellar-seed",
    "Stellar secret seed",
    "S{A|B|C|D}{b32:54}",
    { verify: (value) => /[2-7]/.test(value) && new Set(value).size >= 16 },
  ]),
  ...from("https://www.rfc-editor.org/rfc/rfc8959", [
    "secret-token-uri",
    "Secret token URI",
    "secret-token:{path:12-200}",
  ]),
  ...from("https://developer.paypal.com/api/rest/authentication/", [
    "paypal-access-token",
    "PayPal access token",
    "A21AA{url:80-120}",
  ]),
  ...from("https://developer.ebay.com/api-docs/static/oauth-credentials.html", [
    "ebay-client-secret",
    "eBay client secret",
    "{PRD|SBX}-{hex:12}-{hex:4}-{hex:4}-{hex:4}-{hex:4}",
  ]),
  ...from("https://developer.amazon.com/docs/login-with-amazon/access-token.html", [
    "amazon-login-token",
    "Login with Amazon token",
    "{Atza|Atzr}|{url:100-1200}",
  ]),
  ...from("https://www.chargebee.com/docs/2.0/api_keys.html", [
    "chargebee-key",
    "Chargebee API key",
    "{live|test}_{b62:32-60}",
    {
      confidence: "likely",
      verify: (value) => /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value.slice(5)),
    },
  ]),
  ...from("https://www.revenuecat.com/docs/projects/authentication", [
    "revenuecat-public-key",
    "RevenueCat public SDK key",
    "{appl|goog|amzn|strp}_{alpha:27-32}",
    publishable,
  ]),
];
