import { Injectable } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { Random } from '@portillon/kernel';
import type { Adapter, AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { SessionClientService } from '../sessions/session-client.service';
import { applicationOf, type OidcProviderModule, stateOf, takeGrant } from './oidc-context';
import { RequestLimitService } from './request-limit.service';
import { metadataOf } from './client-metadata';

/** The storage of each model of the library. */
@Injectable()
export class AdapterFactoryService {
  readonly #noSecret: string;

  constructor(
    private readonly applications: ApplicationService,
    private readonly artifacts: OpenidArtifactService,
    private readonly sessions: SessionClientService,
    private readonly limits: RequestLimitService,
    random: Random,
  ) {
    this.#noSecret = random.bytes(32).toString('base64url');
  }

  adapters(oidc: OidcProviderModule): (model: string) => Adapter {
    return (model) => {
      if (model === 'Client') return new ClientAdapter(this.applications, this.#noSecret);
      if (model === 'Session') return new SessionAdapter(this.sessions, oidc, this.limits);
      if (model === 'Interaction' || model === 'PushedAuthorizationRequest')
        return new WaitingRequestAdapter(model, this.artifacts, oidc, this.limits);
      if (model === 'AccessToken') return new AccessTokenAdapter(this.artifacts, oidc);
      return new OpenidAdapter(model, this.artifacts, oidc);
    };
  }
}

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
   * the library look for its session. LiveSessionService checks the session here instead.
   */
  async find(id: string): Promise<AdapterPayload | undefined> {
    const { ctx } = this.oidc.default;
    const known = ctx && this.model === 'Grant' && takeGrant(ctx, id);
    if (known) return known;
    const found = await this.artifacts.findWithGrant(this.model, id);
    if (!found) return undefined;
    const { payload, grant } = found;
    if (ctx && grant) stateOf(ctx).grant = { id: payload.grantId!, payload: grant };
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

/** Presents applications as clients. Read only: administrators create them. */
class ClientAdapter implements Adapter {
  constructor(
    private readonly applications: ApplicationService,
    /** Replaces a client's secret, which is not stored. */
    private readonly noSecret: string,
  ) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const application = await this.applications.getClient(id);
    return application?.status === 'active' ? metadataOf(application, this.noSecret) : undefined;
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  upsert = onlyRead;
  consume = onlyRead;
  destroy = onlyRead;
  revokeByGrantId = onlyRead;
}

/**
 * Stores access tokens, except those of the gate. The gate needs only the ID token and passes its access token to no
 * caller; without a stored record, that token opens nothing.
 */
class AccessTokenAdapter extends OpenidAdapter {
  constructor(artifacts: OpenidArtifactService, oidc: OidcProviderModule) {
    super('AccessToken', artifacts, oidc);
  }

  override async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    if (applicationOf(this.oidc.default.ctx!.oidc.client!).kind === 'gate') return;
    await super.upsert(id, payload, expiresIn);
  }
}

/** Maps the library's sessions to ours. Stores only the data that the sign-out page needs. */
class SessionAdapter implements Adapter {
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

  /** The library binds no token to a session: {@link LiveSessionService} checks the session each time. */
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

/** Requests that wait for a user. Any stranger can create them, so they are counted until the user comes back. */
class WaitingRequestAdapter extends OpenidAdapter {
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

async function onlyRead(): Promise<never> {
  throw new Error('clients are read only');
}
