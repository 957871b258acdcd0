import type { Adapter, AdapterPayload, errors } from 'oidc-provider';
import type { OpenidArtifactService } from '../../artifacts/openid-artifact.service';

type Errors = typeof errors;

/**
 * Stores one model of `oidc-provider` in the table `openidArtifact`. The library reads a code, then consumes it: when
 * several requests have read the same code, the database lets one of them consume it.
 */
export class OpenidAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly artifacts: OpenidArtifactService,
    private readonly errors: Errors,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    return this.artifacts.put(this.model, id, payload, expiresIn);
  }

  /**
   * Records of the previous release make the library look for its session. AdmissionService checks the session here
   * instead.
   */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = await this.artifacts.find(this.model, id);
    return found?.expiresWithSession ? { ...found, expiresWithSession: false } : found;
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
      throw new this.errors.InvalidRequestUri('request_uri was already used');
    const used = await this.artifacts.find(this.model, id);
    if (used?.grantId) await this.artifacts.endGrant(used.grantId);
    throw new this.errors.InvalidGrant('already consumed');
  }

  destroy(id: string): Promise<void> {
    return this.artifacts.delete(this.model, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.artifacts.deleteByGrant(this.model, grantId);
  }
}
