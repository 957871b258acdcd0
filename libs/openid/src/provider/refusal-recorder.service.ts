import { Injectable, Logger } from '@nestjs/common';
import { ApplicationRefusals } from '@portillon/application';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { keepRefusal, refusalErrorOf } from './oidc-context';
import { RefusedParameters, refusalOf } from './refusal.policy';

/** Keeps why requests of an application were refused, for those who mend its settings. */
@Injectable()
export class RefusalRecorderService {
  readonly #logger = new Logger(RefusalRecorderService.name);

  constructor(private readonly refusals: ApplicationRefusals) {}

  /** Recorded before the client has its answer: who reads it next finds the reason. */
  follow(provider: Provider): void {
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
    const error = refusalErrorOf(ctx);
    const { client, params } = ctx.oidc ?? {};
    const refusal = error && client && refusalOf(error, (params ?? {}) satisfies RefusedParameters);
    if (!refusal) return;
    try {
      await this.refusals.record(client.clientId, refusal.code, refusal.detail);
    } catch (failure) {
      // The client is refused all the same.
      this.#logger.warn(failure);
    }
  }
}
