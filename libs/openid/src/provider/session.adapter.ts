import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { OidcProviderModule } from './load-oidc-provider';
import type { SessionClientService } from '../sessions/session-client.service';

/**
 * The library's sessions, which are ours: of a session of a person it keeps which applications were entered; of a browser
 * without one, what its page of signing out has to remember.
 */
export class SessionAdapter implements Adapter {
  constructor(
    private readonly clients: SessionClientService,
    private readonly oidc: OidcProviderModule,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    return this.clients.save(id, payload, { seconds: expiresIn, entered: this.#entered() });
  }

  /** The application that the request at hand lets in: it has been given a code. A page that asks lets no one in. */
  #entered(): string | undefined {
    const { client, entities } = this.oidc.default.ctx?.oidc ?? {};
    return entities?.AuthorizationCode ? client?.clientId : undefined;
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.clients.findNobodys(id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.clients.findLive(uid);
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(): Promise<void> {}

  destroy(id: string): Promise<void> {
    return this.clients.forgetNobodys(id);
  }

  async revokeByGrantId(): Promise<void> {}
}
