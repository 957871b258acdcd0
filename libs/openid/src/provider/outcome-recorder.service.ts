import { Injectable, Logger } from '@nestjs/common';
import { ApplicationRefusals } from '@portillon/application';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { OpenidMetrics } from '../openid.metrics';
import { EntryJournalService } from './entry-journal.service';
import { keepRefusal, refusalErrorOf } from './oidc-context';
import { Refusal, RefusedParameters, refusalOf } from './refusal.policy';

/** What came of the requests of applications: for those who mend their settings, and for the journal. */
@Injectable()
export class OutcomeRecorderService {
  readonly #logger = new Logger(OutcomeRecorderService.name);

  constructor(
    private readonly refusals: ApplicationRefusals,
    private readonly entries: EntryJournalService,
    private readonly metrics: OpenidMetrics,
  ) {}

  /** Recorded before the client has its answer: who reads it next finds the reason. */
  follow(provider: Provider): void {
    this.metrics.follow(provider);
    provider.on('authorization.error', keepRefusal);
    provider.on('pushed_authorization_request.error', keepRefusal);
    provider.on('grant.error', keepRefusal);
    provider.on('end_session.error', keepRefusal);
    provider.use(async (ctx, next) => {
      await next();
      await this.#record(ctx as unknown as KoaContextWithOIDC);
    });
  }

  async #record(ctx: KoaContextWithOIDC): Promise<void> {
    if (!ctx.oidc?.client) return;
    const error = refusalErrorOf(ctx);
    const refusal = error && refusalOf(error, (ctx.oidc.params ?? {}) satisfies RefusedParameters);
    if (refusal) await this.#explain(ctx.oidc.client.clientId, refusal);
    await this.entries.record(ctx, refusal);
  }

  /** The client is refused all the same when it cannot be kept. */
  async #explain(applicationId: string, { code, detail }: Refusal): Promise<void> {
    try {
      await this.refusals.record(applicationId, code, detail);
    } catch (failure) {
      this.#logger.warn(failure);
    }
  }
}
