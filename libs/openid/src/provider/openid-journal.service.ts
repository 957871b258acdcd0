import { Injectable, Logger } from '@nestjs/common';
import { audited, AuditedAct, holderOf } from '@portillon/access';
import { ApplicationRefusals } from '@portillon/application';
import { AuditStatisticsService, AuditService, dayOf, RefusalJournalService } from '@portillon/audit';
import { clientOf } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { OpenidMetrics } from '../openid.metrics';
import { applicationOf, stateOf } from './oidc-context';
import { type ClientRefusal, clientRefusalOf, RefusedParameters } from './refusal.policy';
import { RequestRegistry } from './request-registry.service';

/** The refusals that concern the user. All others concern the application, whose page shows them. */
const REASONS: Readonly<Record<string, 'audience' | 'level'>> = {
  access_denied: 'audience',
  unmet_authentication_requirements: 'level',
};

/**
 * Records the outcome of each request of an application: its refusals for the administrators who fix its settings, the entries
 * and refusals of users in the journal, and both in the metrics.
 */
@Injectable()
export class OpenidJournalService {
  readonly #logger = new Logger(OpenidJournalService.name);
  #leftOut = { day: '', known: new Set<string>() };

  constructor(
    private readonly metrics: OpenidMetrics,
    private readonly journal: AuditService,
    private readonly refusals: RefusalJournalService,
    private readonly requests: RequestRegistry,
    private readonly applicationRefusals: ApplicationRefusals,
    private readonly counters: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** Records the outcome before the client has its answer, so that a reader always finds the reason. */
  follow(provider: Provider): void {
    this.metrics.follow(provider);
    const keep = (ctx: KoaContextWithOIDC, refusal: errors.OIDCProviderError) => {
      stateOf(ctx).refusal = refusal;
    };
    provider.on('authorization.error', keep);
    provider.on('pushed_authorization_request.error', keep);
    provider.on('grant.error', keep);
    provider.on('end_session.error', keep);
    provider.use(async (ctx, next) => {
      await next();
      await this.#recordOutcome(ctx as unknown as KoaContextWithOIDC);
    });
  }

  /** Answers the client even when the refusal cannot be stored. `isInJournal`: its journal entry is counted already. */
  async recordRefusal(
    applicationId: string,
    { code, detail }: ClientRefusal,
    isInJournal = false,
  ): Promise<void> {
    try {
      await this.applicationRefusals.record(applicationId, code, detail);
      if (!isInJournal) await this.counters.countRefusal(applicationId, this.clock.now());
    } catch (failure) {
      this.#logger.warn(failure);
    }
  }

  async #recordOutcome(ctx: KoaContextWithOIDC): Promise<void> {
    if (!ctx.oidc?.client) return;
    const error = stateOf(ctx).refusal;
    const asked: RefusedParameters = ctx.oidc.params ?? {};
    const refusal = error && clientRefusalOf(error, asked, applicationOf(ctx.oidc.client));
    const { clientId } = ctx.oidc.client;
    if (refusal) await this.recordRefusal(clientId, refusal, reasonOf(ctx, refusal) !== undefined);
    await this.recordLeftOut(clientId, stateOf(ctx).leftOut ?? []);
    await this.recordEntry(ctx, refusal);
  }

  /** Records the first entry of a session only: automatic token renewals are not recorded. */
  async recordEntry(ctx: KoaContextWithOIDC, refusal: ClientRefusal | undefined): Promise<void> {
    const { client } = ctx.oidc;
    const { session } = stateOf(ctx);
    if (!session || !client) return;
    const reason = reasonOf(ctx, refusal);
    if (reason) return this.#recordRefusalOfPerson(ctx, session, reason);
    if (!stateOf(ctx).isFirstEntry) return;
    await this.#write(ctx, session, {
      name: 'application_entered',
      outcome: 'SUCCESS',
      means: session.means,
      data: { application: client.clientId },
    });
  }

  /** A page that repeats its request cannot fill the journal. */
  #recordRefusalOfPerson(
    { req, oidc }: KoaContextWithOIDC,
    session: Session,
    reason: 'audience' | 'level',
  ): Promise<void> {
    const data = { application: oidc.client!.clientId };
    const act = { name: 'application_refused', outcome: 'FAILURE', reason, data } as const;
    return this.refusals.record(audited(clientOf(this.requests.of(req)), holderOf(session), act));
  }

  #write({ req }: KoaContextWithOIDC, session: Session, act: AuditedAct): Promise<void> {
    return this.journal.record(audited(clientOf(this.requests.of(req)), holderOf(session), act));
  }

  /** Records requested scopes that gave nothing: each once a day per process, since the request itself succeeded. */
  async recordLeftOut(applicationId: string, refusals: readonly ClientRefusal[]): Promise<void> {
    const day = dayOf(this.clock.now());
    if (this.#leftOut.day !== day) this.#leftOut = { day, known: new Set() };
    for (const refusal of refusals) {
      const key = `${applicationId} ${refusal.code} ${refusal.detail}`;
      if (this.#leftOut.known.has(key)) continue;
      this.#leftOut.known.add(key);
      await this.recordRefusal(applicationId, refusal);
    }
  }
}

/** Why the user is refused, for the journal; undefined when the refusal concerns the application. */
function reasonOf(ctx: KoaContextWithOIDC, refusal?: ClientRefusal): 'audience' | 'level' | undefined {
  return stateOf(ctx).session && refusal && REASONS[refusal.code];
}
