import { Injectable } from '@nestjs/common';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { OpenidMetrics } from '../openid.metrics';
import { EntryJournalService, reasonOf } from './entry-journal.service';
import { applicationOf, stateOf } from './oidc-context';
import { RefusedParameters, refusalOf } from './refusal.policy';
import { RefusalRecorderService } from './refusal-recorder.service';

/** Records the outcome of applications' requests, for administrators who fix their settings and for the journal. */
@Injectable()
export class OutcomeRecorderService {
  constructor(
    private readonly refusals: RefusalRecorderService,
    private readonly entries: EntryJournalService,
    private readonly metrics: OpenidMetrics,
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
      await this.#record(ctx as unknown as KoaContextWithOIDC);
    });
  }

  async #record(ctx: KoaContextWithOIDC): Promise<void> {
    if (!ctx.oidc?.client) return;
    const error = stateOf(ctx).refusal;
    const asked: RefusedParameters = ctx.oidc.params ?? {};
    const refusal = error && refusalOf(error, asked, applicationOf(ctx.oidc.client));
    const { clientId } = ctx.oidc.client;
    if (refusal) await this.refusals.record(clientId, refusal, reasonOf(ctx, refusal) !== undefined);
    await this.refusals.recordLeftOut(clientId, stateOf(ctx).leftOut ?? []);
    await this.entries.record(ctx, refusal);
  }
}
