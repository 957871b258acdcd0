import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import type { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import type { OidcProviderModule } from '../load-oidc-provider';
import { OpenidAdapter } from './openid.adapter';
import type { RequestLimitService } from '../request-limit.service';

/** Requests that wait for a user. Any stranger can create them, so they are counted until the user comes back. */
export class WaitingRequestAdapter extends OpenidAdapter {
  constructor(
    private readonly waiting: 'Interaction' | 'PushedAuthorizationRequest',
    artifacts: OpenidArtifactService,
    oidc: OidcProviderModule,
    private readonly limits: RequestLimitService,
  ) {
    super(waiting, artifacts, oidc);
  }

  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (this.#isAnonymous()) await this.limits.count(this.#ctx, this.oidc.errors);
    await super.upsert(id, payload, expiresIn);
  }

  override async consume(id: string): Promise<void> {
    await super.consume(id);
    if (this.#isAnonymous()) await this.limits.refund(this.#ctx);
  }

  override async destroy(id: string): Promise<void> {
    await super.destroy(id);
    if (this.#isAnonymous()) await this.limits.refund(this.#ctx);
  }

  /** An application that authenticates pushes the requests of all its users from one address. */
  #isAnonymous(): boolean {
    return this.waiting === 'Interaction' || this.#ctx.oidc.client?.clientAuthMethod === 'none';
  }

  get #ctx(): KoaContextWithOIDC {
    return this.oidc.default.ctx!;
  }
}
