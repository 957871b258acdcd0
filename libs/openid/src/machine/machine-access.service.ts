import { Inject, Injectable } from '@nestjs/common';
import { StructureService } from '@portillon/structure';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { Reason, RefusalJournalService } from '@portillon/audit';
import { audited, Machine, MachineAccess, MachineRoute } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokenVerifierService, MachineClaims } from './access-token-verifier.service';
import { bearerChallenge, bearerToken, rejectToken } from './bearer';
import { MachineLimitService } from './machine-limit.service';
import { MACHINE_OPTIONS, type ResolvedMachineOptions } from './machine.options';

/**
 * Admits an application by its token. Checks its registration at each request: an application that is disabled, or loses a
 * scope or its structure, loses access at once, even with a valid token.
 */
@Injectable()
export class MachineAccessService implements MachineAccess {
  constructor(
    private readonly tokens: AccessTokenVerifierService,
    private readonly applications: ApplicationService,
    private readonly structures: StructureService,
    private readonly limit: MachineLimitService,
    private readonly refusals: RefusalJournalService,
    @Inject(MACHINE_OPTIONS) private readonly options: ResolvedMachineOptions,
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
    await this.limit.count(application.id, reply);
    const scopes = claims.scopes.filter((one) => application.scopes.includes(one));
    if (scope === null || !scopes.includes(scope)) return this.#refuse(request, reply, claims, scope);
    return { applicationId: application.id, structureId: application.structureId, scopes };
  }

  async #claimsOf(request: FastifyRequest): Promise<MachineClaims | undefined> {
    const token = bearerToken(request);
    return token === undefined ? undefined : this.tokens.verify(token);
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
}
