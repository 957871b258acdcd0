import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { SessionClientService } from '../sessions/session-client.service';

/** The library's sessions, which are ours: what the page of signing out has to remember is kept of them. */
export class SessionAdapter implements Adapter {
  constructor(private readonly clients: SessionClientService) {}

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    return this.clients.save(id, payload, expiresIn);
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
