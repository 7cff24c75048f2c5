/** Model providers and the tools around them. */
import { from, likely, publishable } from "./from.ts";

export const ai = [
  ...from(
    "https://platform.openai.com/docs/api-reference/authentication",
    ["openai-api-key", "OpenAI API key", "sk-{b62:20}T3BlbkFJ{b62:20}"],
    ["openai-project-key", "OpenAI project API key", "sk-{proj|svcacct|admin|None}-{url:20-200}T3BlbkFJ{url:20-200}"],
  ),
  ...from(
    "https://docs.anthropic.com/en/api/overview",
    ["anthropic-api-key", "Anthropic API key", "sk-ant-api{digit:2}-{url:93}AA"],
    ["anthropic-admin-key", "Anthropic admin API key", "sk-ant-admin{digit:2}-{url:93}AA"],
    ["anthropic-oauth-token", "Anthropic OAuth token", "sk-ant-{oat|ort|sid}{digit:2}-{url:80-120}"],
  ),
  ...from(
    "https://cloud.google.com/docs/authentication/api-keys",
    ["google-api-key", "Google API key", "AIza{url:35}", publishable],
    ["google-auth-key", "Google API key bound to a service account", "AQ.Ab{url:48-60}"],
  ),
  ...from(
    "https://huggingface.co/docs/hub/security-tokens",
    ["huggingface-token", "Hugging Face access token", "hf_{alpha:34}"],
    ["huggingface-org-token", "Hugging Face organisation token", "api_org_{alpha:34}"],
  ),
  ...from("https://replicate.com/docs/topics/security/api-tokens", [
    "replicate-token",
    "Replicate API token",
    "r8_{b62:37}",
  ]),
  ...from("https://console.groq.com/docs/quickstart", ["groq-api-key", "Groq API key", "gsk_{b62:52}"]),
  ...from("https://docs.perplexity.ai/getting-started/quickstart", [
    "perplexity-api-key",
    "Perplexity API key",
    "pplx-{b62:48}",
  ]),
  ...from("https://docs.x.ai/docs/tutorial", ["xai-api-key", "xAI API key", "xai-{b62:70-90}"]),
  ...from("https://openrouter.ai/docs/api-reference/authentication", [
    "openrouter-api-key",
    "OpenRouter API key",
    "sk-or-v1-{hex:64}",
  ]),
  ...from("https://api-docs.deepseek.com/", [
    "deepseek-api-key",
    "DeepSeek or DashScope API key",
    "sk-{hex:32}",
    likely,
  ]),
  ...from("https://platform.stability.ai/docs/getting-started/authentication", [
    "stability-api-key",
    "Stability AI or Moonshot API key",
    "sk-{b62:48}",
    likely,
  ]),
  ...from("https://docs.fireworks.ai/api-reference/introduction", [
    "fireworks-api-key",
    "Fireworks AI API key",
    "fw_{b62:22-26}",
  ]),
  ...from("https://docs.together.ai/reference/authentication-1", [
    "together-api-key",
    "Together AI API key",
    "tgp_v1_{url:43}",
  ]),
  ...from("https://inference-docs.cerebras.ai/quickstart", ["cerebras-api-key", "Cerebras API key", "csk-{low36:48}"]),
  ...from("https://elevenlabs.io/docs/api-reference/authentication", [
    "elevenlabs-api-key",
    "ElevenLabs API key",
    "sk_{hex:48}",
  ]),
  ...from(
    "https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key",
    ["langsmith-api-key", "LangSmith API key", "lsv2_{pt|sk}_{hex:32}_{hex:10}"],
  ),
  ...from(
    "https://langfuse.com/docs/api-and-data-platform/features/public-api",
    ["langfuse-secret-key", "Langfuse secret key", "sk-lf-{uuid}"],
    ["langfuse-public-key", "Langfuse public key", "pk-lf-{uuid}", publishable],
  ),
  ...from("https://docs.pinecone.io/guides/projects/manage-api-keys", [
    "pinecone-api-key",
    "Pinecone API key",
    "pcsk_{b62:5-6}_{b62:60-70}",
  ]),
  ...from("https://docs.voyageai.com/docs/api-key-and-installation", [
    "voyage-api-key",
    "Voyage AI API key",
    "pa-{url:43}",
  ]),
  ...from("https://jina.ai/embeddings/", ["jina-api-key", "Jina AI API key", "jina_{url:60}"]),
  ...from(
    "https://docs.tavily.com/documentation/api-reference/introduction",
    ["tavily-api-key", "Tavily API key", "tvly-{b62:32}"],
    ["tavily-keyed", "Tavily API key", "tvly-{dev|prod}-{url:32-60}"],
  ),
  ...from("https://docs.firecrawl.dev/api-reference/introduction", [
    "firecrawl-api-key",
    "Firecrawl API key",
    "fc-{hex:32}",
  ]),
  ...from("https://docs.api.nvidia.com/nim/reference/llm-apis", [
    "nvidia-api-key",
    "NVIDIA API key",
    "nvapi-{url:60-70}",
  ]),
  ...from(
    "https://modal.com/docs/reference/modal.config",
    ["modal-token", "Modal token secret", "as-{b62:22}"],
    ["modal-token-id", "Modal token id", "ak-{b62:22}", likely],
  ),
  ...from("https://docs.runpod.io/get-started/api-keys", ["runpod-api-key", "RunPod API key", "rpa_{b62:40-50}"]),
  ...from("https://docs.helicone.ai/helicone-headers/helicone-auth", [
    "helicone-api-key",
    "Helicone API key",
    "sk-helicone-{|eu-}{lowdash:28-40}",
  ]),
  ...from("https://docs.cursor.com/en/account/teams/admin-api", ["cursor-api-key", "Cursor API key", "key_{hex:64}"]),
  ...from("https://e2b.dev/docs/api-key", ["e2b-api-key", "E2B API key", "e2b_{hex:40}"]),
  ...from("https://docs.apify.com/platform/integrations/api", ["apify-token", "Apify API token", "apify_api_{b62:36}"]),
  ...from("https://friendli.ai/docs/guides/personal_access_tokens", [
    "friendli-token",
    "Friendli token",
    "flp_{b62:40-50}",
  ]),
  ...from("https://www.coze.com/docs/developer_guides/pat", [
    "coze-token",
    "Coze personal access token",
    "pat_{b62:64}",
  ]),
  ...from("https://docs.anyscale.com/", ["anyscale-key", "Anyscale API key", "esecret_{low36:24-32}"]),
  ...from("https://docs.wandb.ai/", ["wandb-key", "Weights & Biases API key", "wandb_v1_{word:40-90}"]),
  ...from("https://docs.browserbase.com/", ["browserbase-key", "Browserbase API key", "bb_live_{url:27}"]),
  ...from("https://docs.llamaindex.ai/en/stable/llama_cloud/", [
    "llama-cloud-key",
    "LlamaCloud API key",
    "llx-{b62:48}",
  ]),
  ...from("https://console.upstage.ai/docs/getting-started", ["upstage-key", "Upstage API key", "up_{b62:29}", likely]),
  ...from("https://docs.mem0.ai/platform/quickstart", ["mem0-key", "Mem0 API key", "m0-{b62:40}"]),
  ...from("https://cursor.com/docs/account/teams/admin-api", ["cursor-user-key", "Cursor API key", "crsr_{hex:64}"]),
  ...from("https://docs.dev.runwayml.com/guides/setup/", ["runway-key", "Runway API key", "key_{hex:128}"]),
  ...from("https://docs.lumalabs.ai/docs/api", ["luma-key", "Luma API key", "luma-{uuid}-{uuid}"]),
  ...from("https://docs.cartesia.ai/get-started/overview", ["cartesia-key", "Cartesia API key", "sk_car_{url:20-60}"]),
  ...from("https://api-dashboard.search.brave.com/app/documentation", [
    "brave-search-key",
    "Brave Search API key",
    "BSA{url:27-28}",
    likely,
  ]),
  ...from("https://docs.steel.dev/", ["steel-key", "Steel API key", "ste-{b62:64}"]),
  ...from("https://codesandbox.io/docs/sdk", ["codesandbox-key", "CodeSandbox API key", "csb_v1_{url:43}"]),
  ...from("https://www.braintrust.dev/docs/reference/api/Introduction", [
    "braintrust-key",
    "Braintrust service token",
    "bt-st-{b62:48}",
  ]),
  ...from("https://docs.promptlayer.com/", ["promptlayer-key", "PromptLayer API key", "pl_{hex:32}"]),
  ...from("https://docs.trychroma.com/cloud/getting-started", ["chroma-key", "Chroma Cloud API key", "ck-{b58:44}"]),
];
