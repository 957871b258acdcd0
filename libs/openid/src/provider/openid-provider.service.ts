import { Injectable, Logger } from '@nestjs/common';
import type Provider from 'oidc-provider';
import type { JWKS } from 'oidc-provider';
import { SigningKeyService } from '../keys/signing-key.service';
import type { SigningKeyEntity } from '../keys/signing-key.repository';
import { JwtIntrospectionService } from '../tokens/jwt-introspection.service';
import { LibraryOverlayService } from './library-overlay.service';
import { loadOidcProvider, type OidcProviderModule } from './oidc-context';
import { ProviderConfigurationService } from './provider-configuration.service';
import { AdapterFactoryService } from './adapter-factory.service';
import { ProviderPageService } from './pages/provider-page.service';
import { OpenidJournalService } from './openid-journal.service';

/** Holds the library's provider. The library reads its keys once, so a new provider is created when they change. */
@Injectable()
export class OpenidProviderService {
  readonly #logger = new Logger(OpenidProviderService.name);
  #library?: Promise<OidcProviderModule>;
  #made?: { keys: string; provider: Promise<Provider> };

  constructor(
    private readonly keys: SigningKeyService,
    private readonly configuration: ProviderConfigurationService,
    private readonly adapters: AdapterFactoryService,
    private readonly overlays: LibraryOverlayService,
    private readonly pages: ProviderPageService,
    private readonly journal: OpenidJournalService,
    private readonly introspection: JwtIntrospectionService,
  ) {}

  async current(): Promise<Provider> {
    const published = await this.keys.published();
    const keys = published.map(({ id, state }) => `${id} ${state}`).join();
    if (this.#made?.keys !== keys) this.#made = { keys, provider: this.#make(published) };
    return this.#made.provider;
  }

  async #make(published: SigningKeyEntity[]): Promise<Provider> {
    const oidc = await (this.#library ??= loadOidcProvider());
    const jwks = { keys: published.map((key) => this.keys.open(key)) } as JWKS;
    const configuration = this.configuration.configuration(oidc, jwks, this.adapters.adapters(oidc));
    const provider = new oidc.default(this.configuration.issuer, configuration);
    // The server rewrites the request's headers from the public address before the library reads them.
    provider.proxy = true;
    this.overlays.overlay(provider, oidc);
    this.pages.follow(provider);
    this.journal.follow(provider);
    this.introspection.follow(provider);
    provider.on('server_error', (_ctx, error) => this.#logger.error(error));
    return provider;
  }
}
