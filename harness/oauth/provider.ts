/** Our side of OAuth 2.1, as the MCP client asks for it: what is kept, and where the user is sent. */
import { randomBytes } from "node:crypto";
import type {
  OAuthClientInformationContext,
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from "@modelcontextprotocol/client";
import type { Login, LoginStore } from "./store.ts";

export interface ProviderOptions {
  readonly server: string;
  readonly store: LoginStore;
  /** What is kept already. */
  readonly login?: Login;
  /** Loopback address that the browser comes back to. */
  readonly redirectUrl: string;
  /** HTTPS address of a client metadata document, instead of registration. */
  readonly clientMetadataUrl?: string;
  /** Where the user is to go; never called when nobody is there to go. */
  readonly onAuthorize: (url: URL) => void | Promise<void>;
}

export class LoginProvider implements OAuthClientProvider {
  readonly clientMetadataUrl?: string;
  readonly #options: ProviderOptions;
  readonly #state = randomBytes(24).toString("base64url");
  #login: Login;
  #verifier = "";
  #discovered: OAuthDiscoveryState | undefined;

  constructor(options: ProviderOptions) {
    this.#options = options;
    if (options.clientMetadataUrl !== undefined) this.clientMetadataUrl = options.clientMetadataUrl;
    this.#login = options.login ?? { server: new URL(options.server).href };
  }

  get redirectUrl(): string {
    return this.#options.redirectUrl;
  }

  get clientMetadata(): OAuthClientMetadata {
    return {
      client_name: "Sandglass",
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    };
  }

  state(): string {
    return this.#state;
  }

  clientInformation(context?: OAuthClientInformationContext): StoredOAuthClientInformation | undefined {
    return ofIssuer(this.#login.client, context);
  }

  async saveClientInformation(client: StoredOAuthClientInformation): Promise<void> {
    await this.#keep({ ...this.#login, client });
  }

  tokens(context?: OAuthClientInformationContext): StoredOAuthTokens | undefined {
    return ofIssuer(this.#login.tokens, context);
  }

  async saveTokens(tokens: StoredOAuthTokens): Promise<void> {
    const { expiresAt: _old, ...login } = this.#login;
    const lasts = tokens.expires_in;
    await this.#keep({
      ...login,
      tokens,
      ...(lasts === undefined ? {} : { expiresAt: Date.now() + lasts * 1000 }),
    });
  }

  redirectToAuthorization(url: URL): void | Promise<void> {
    return this.#options.onAuthorize(url);
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  /** A code is redeemed where it was asked for, and nowhere else. */
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovered = state;
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovered;
  }

  async invalidateCredentials(scope: "all" | "client" | "tokens" | "verifier" | "discovery"): Promise<void> {
    const { client, tokens, server } = this.#login;
    if (scope === "all" || scope === "client") await this.#keep({ server });
    else if (scope === "tokens" && tokens) await this.#keep({ server, ...(client ? { client } : {}) });
  }

  async #keep(login: Login): Promise<void> {
    this.#login = login;
    await this.#options.store.write(login);
  }
}

/** What one authorization server issued is shown to no other. */
function ofIssuer<T extends { readonly issuer?: string | undefined }>(
  kept: T | undefined,
  context?: OAuthClientInformationContext,
): T | undefined {
  return context && kept?.issuer !== undefined && kept.issuer !== context.issuer ? undefined : kept;
}
