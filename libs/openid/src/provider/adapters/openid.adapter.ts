import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { OpenidArtifactService } from '../../artifacts/openid-artifact.service';
import type { OidcProviderModule } from '../load-oidc-provider';
import { keepGrant, takeGrant } from '../oidc-context';

/**
 * Stores one model of `oidc-provider` in the table `openidArtifact`. The library reads a code, then consumes it: when
 * several requests have read the same code, the database lets one of them consume it.
 */
export class OpenidAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly artifacts: OpenidArtifactService,
    protected readonly oidc: OidcProviderModule,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    return this.artifacts.put(this.model, id, payload, expiresIn);
  }

  /**
   * Reads a code or token together with its grant, for which the library asks next. Records of the previous release make
   * the library look for its session. AdmissionService checks the session here instead.
   */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const { ctx } = this.oidc.default;
    const known = ctx && this.model === 'Grant' && takeGrant(ctx, id);
    if (known) return known;
    const found = await this.artifacts.findWithGrant(this.model, id);
    if (!found) return undefined;
    const { payload, grant } = found;
    if (ctx && grant) keepGrant(ctx, payload.grantId!, grant);
    return payload.expiresWithSession ? { ...payload, expiresWithSession: false } : payload;
  }

  /** Only sessions have a uid, and they use another adapter. */
  async findByUid(): Promise<undefined> {
    return undefined;
  }

  /** For the device flow, which is off. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  /**
   * Consumes the artifact. When another request consumed it after it was read, revokes its grant with all tokens (RFC 6749,
   * 4.1.2; RFC 9700, 4.14.2). The library does the same when it reads a consumed one.
   * @throws InvalidGrant, or InvalidRequestUri for a pushed request, when it was consumed since it was read
   */
  async consume(id: string): Promise<void> {
    if (await this.artifacts.consume(this.model, id)) return;
    if (this.model === 'PushedAuthorizationRequest')
      throw new this.oidc.errors.InvalidRequestUri('request_uri was already used');
    const used = await this.artifacts.find(this.model, id);
    if (used?.grantId) await this.artifacts.endGrant(used.grantId);
    throw new this.oidc.errors.InvalidGrant('already consumed');
  }

  destroy(id: string): Promise<void> {
    return this.artifacts.delete(this.model, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.artifacts.deleteByGrant(this.model, grantId);
  }
}
