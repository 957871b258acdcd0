import { Inject, Injectable } from '@nestjs/common';
import { audited, Machine, MachineAccess, MachineRoute } from '@portillon/access';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { Reason, RefusalJournalService } from '@portillon/audit';
import { clientOf } from '@portillon/http';
import { AppError, Clock, MINUTE, SECOND, tooMany } from '@portillon/kernel';
import { Hit, RateLimiterService } from '@portillon/rate-limit';
import { StructureService } from '@portillon/structure';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';
import { AccessTokenService, hasAudience } from '../tokens/access-token.service';

const LIMIT_NAME = 'machine-requests';

/** The claims of an application's token (RFC 9068). */
export interface MachineClaims {
  clientId: string;
  scopes: string[];
  structureId: string | null;
}

/** RFC 6750, 2.1. The other two ways, in a body or an address, are not taken: addresses are written to logs. */
const HEADER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Longer than any token of ours. */
const LONGEST = 4_096;

type BearerError = { error: 'invalid_token' } | { error: 'insufficient_scope'; scope: string };

/**
 * Admits an application by its token. Checks its registration at each request: an application that is disabled, or loses a
 * scope or its structure, loses access at once, even with a valid token.
 */
@Injectable()
export class MachineAccessService implements MachineAccess {
  constructor(
    private readonly applications: ApplicationService,
    private readonly structures: StructureService,
    private readonly refusals: RefusalJournalService,
    @Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions,
    private readonly limiter: RateLimiterService,
    private readonly clock: Clock,
    private readonly tokens: AccessTokenService,
  ) {}

  challenge(): string {
    return bearerChallenge(this.options.metadataUrl);
  }

  async admit(request: FastifyRequest, reply: FastifyReply, { scope }: MachineRoute): Promise<Machine> {
    const claims = await this.#claimsOf(request);
    if (!claims) return rejectToken(reply, this.options.metadataUrl, 'no token of ours');
    const application = await this.#serviceOf(claims);
    if (!application) {
      await this.#record(request, claims, 'application-refused');
      return rejectToken(reply, this.options.metadataUrl, 'the application is not what its token says');
    }
    await this.count(application.id, reply);
    const scopes = claims.scopes.filter((one) => application.scopes.includes(one));
    if (scope === null || !scopes.includes(scope)) return this.#refuse(request, reply, claims, scope);
    return { applicationId: application.id, structureId: application.structureId, scopes };
  }

  async #claimsOf(request: FastifyRequest): Promise<MachineClaims | undefined> {
    const token = bearerToken(request);
    return token === undefined ? undefined : this.verify(token);
  }

  /** Undefined when the application does not, or no longer, match its token. */
  async #serviceOf({ clientId, structureId }: MachineClaims): Promise<ApplicationEntity | undefined> {
    const application = await this.applications.get(clientId);
    if (application?.kind !== 'service' || application.status !== 'active') return undefined;
    if (application.structureId !== structureId) return undefined;
    const isThere = structureId === null || (await this.structures.get(structureId));
    return isThere ? application : undefined;
  }

  /** Names no scope where none opens the route. */
  async #refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    claims: MachineClaims,
    scope: string | null,
  ): Promise<never> {
    await this.#record(request, claims, 'scope');
    if (scope === null) throw new AppError('permission.denied');
    const error = { error: 'insufficient_scope', scope } as const;
    void reply.header('www-authenticate', bearerChallenge(this.options.metadataUrl, error));
    throw new AppError('scope.insufficient');
  }

  #record(request: FastifyRequest, { clientId, structureId }: MachineClaims, reason: Reason): Promise<void> {
    const data = { route: `${request.method} ${request.routeOptions.url ?? ''}` };
    const entry = audited(clientOf(request), undefined, {
      name: 'authz_fail',
      outcome: 'FAILURE',
      reason,
      data,
    });
    return this.refusals.record({ ...entry, actorId: clientId, structureId });
  }

  /**
   * Counts a request of the application. Each answer gives the remaining quota in `RateLimit-Policy` and `RateLimit`
   * (draft-ietf-httpapi-ratelimit-headers-10). @throws AppError `requests.exceeded`
   */
  async count(applicationId: string, reply: FastifyReply): Promise<void> {
    const max = this.options.requestsPerMinute;
    const hit: Hit = { limit: { name: LIMIT_NAME, max, windowMs: MINUTE }, key: applicationId };
    const over = await this.limiter.consume(hit);
    const { remaining, resetsAt } = await this.limiter.stateOf(hit);
    void reply.header('ratelimit-policy', `"${LIMIT_NAME}";q=${max};w=${MINUTE / SECOND}`);
    void reply.header('ratelimit', `"${LIMIT_NAME}";r=${remaining};t=${this.#secondsUntil(resetsAt)}`);
    if (over) throw tooMany('requests.exceeded', over.retryAt, this.clock.now());
  }

  #secondsUntil(time: Date | null): number {
    if (!time) return 0;
    return Math.max(0, Math.ceil((time.getTime() - this.clock.now().getTime()) / SECOND));
  }

  /** Returns undefined when the token is not ours, not for this API, expired, or a user's. */
  async verify(token: string): Promise<MachineClaims | undefined> {
    const claims = await this.tokens.read(token);
    return claims && hasAudience(claims, [this.options.resource]) ? machineClaims(claims) : undefined;
  }
}

/** The claims of a machine client's token, whose subject is the application (RFC 9068, 2.2). */
function machineClaims({
  sub,
  client_id,
  scope,
  structure,
}: Record<string, unknown>): MachineClaims | undefined {
  if (typeof client_id !== 'string' || sub !== client_id) return undefined;
  return {
    clientId: client_id,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    structureId: typeof structure === 'string' ? structure : null,
  };
}

/** The token of a request; nothing when the header holds none that could be one. */
function bearerToken({ headers }: FastifyRequest): string | undefined {
  const token = HEADER.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && token.length <= LONGEST ? token : undefined;
}

/** `WWW-Authenticate` (RFC 6750, 3) with the address of what describes this API (RFC 9728, 5.1). */
function bearerChallenge(metadataUrl: string, error?: BearerError): string {
  const parts = { realm: 'portillon', ...error, resource_metadata: metadataUrl };
  return `Bearer ${Object.entries(parts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}

/** @throws AppError `access-token.rejected`, the same whatever is wrong with the token */
function rejectToken(reply: FastifyReply, metadataUrl: string, detail: string): never {
  void reply.header('www-authenticate', bearerChallenge(metadataUrl, { error: 'invalid_token' }));
  throw new AppError('access-token.rejected', { detail });
}
