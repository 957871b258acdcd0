import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { OidcProviderModule } from '../load-oidc-provider';
import type { RequestLimitService } from '../request-limit.service';
import type { SessionClientService } from '../../sessions/session-client.service';

/** The library's sessions, which are ours: what the page of signing out has to remember is kept of them. */
export class SessionAdapter implements Adapter {
  constructor(
    private readonly clients: SessionClientService,
    private readonly oidc: OidcProviderModule,
    private readonly limits: RequestLimitService,
  ) {}

  /**
   * Of a browser that no one is signed in with, anyone can have one written: not in a flood. Without it the answer to the
   * question is that they are signed out, which they are.
   */
  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (!payload.accountId && (await this.limits.take(this.oidc.default.ctx!))) return;
    await this.clients.save(id, payload, expiresIn);
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.clients.findAnonymous(id);
  }

  /** No token is bound to a session by the library ({@link AdmissionService} asks each time). */
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
