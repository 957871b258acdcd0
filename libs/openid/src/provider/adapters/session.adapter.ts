import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { OidcProviderModule } from '../load-oidc-provider';
import type { RequestLimitService } from '../request-limit.service';
import type { SessionClientService } from '../../sessions/session-client.service';

/** Maps the library's sessions to ours. Stores only the data that the sign-out page needs. */
export class SessionAdapter implements Adapter {
  constructor(
    private readonly clients: SessionClientService,
    private readonly oidc: OidcProviderModule,
    private readonly limits: RequestLimitService,
  ) {}

  /**
   * Anyone can cause a session without an account to be written, so the limit applies. When one is not written, the browser
   * is shown as signed out, which it is.
   */
  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (!payload.accountId && (await this.limits.take(this.oidc.default.ctx!))) return;
    await this.clients.save(id, payload, expiresIn);
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.clients.findAnonymous(id);
  }

  /** The library binds no token to a session: {@link AdmissionService} checks the session each time. */
  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(): Promise<void> {}

  destroy(id: string): Promise<void> {
    return this.clients.forgetAnonymous(id);
  }

  async revokeByGrantId(): Promise<void> {}
}
