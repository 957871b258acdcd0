import { Inject, Injectable } from '@nestjs/common';
import { Audit, Reason } from '@portillon/audit';
import { audited, hitOfBlock } from '@portillon/auth';
import { Client, clientOf } from '@portillon/http';
import { AppError, Clock, HOUR, Keyring, tooMany } from '@portillon/kernel';
import { Hit, RateLimiter } from '@portillon/rate-limit';
import type { FastifyRequest } from 'fastify';
import { Card } from './card';
import { evidenceOf } from './card-evidence';
import { CardVerifier } from './card-verifier';
import { CPX_OPTIONS } from './cpx-options';
import type { CpxOptions } from './cpx-options';
import { PresentedCertificate } from './presented-certificate';

/** Refused cards from one address block before it must wait (policy: 100 per hour). */
const FAILURES_PER_BLOCK = { name: 'failure.card.block.hour', max: 100, windowMs: HOUR };

/** The card of a request: presented, verified, counted, written in the journal when it is refused. */
@Injectable()
export class CardCheck {
  constructor(
    private readonly presented: PresentedCertificate,
    private readonly verifier: CardVerifier,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** @throws AppError `means.unavailable`, `certificate.missing`, `certificate.rejected`, `attempts.exceeded` */
  async take(request: FastifyRequest): Promise<Card> {
    this.requireOffered();
    const client = clientOf(request);
    const presentation = this.presented.of(request);
    if (presentation.status === 'missing') throw new AppError('certificate.missing', 'unauthenticated');
    await this.requireFewFailures(client);
    if (presentation.status === 'forged') {
      await this.#refuse(client, 'header-not-believed', { why: presentation.why });
      // Ignored, as if it had not been sent.
      throw new AppError('certificate.missing', 'unauthenticated', { detail: presentation.why });
    }
    const verdict = await this.verifier.verify(presentation.der);
    if (verdict.status === 'accepted') return verdict.card;
    await this.#refuse(client, `card-${verdict.reason}`, verdict.card && evidenceOf(verdict.card));
    throw new AppError('certificate.rejected', 'unauthenticated', { detail: verdict.reason });
  }

  /** @throws AppError `means.unavailable` */
  requireOffered(): void {
    if (!this.options.enabled) throw new AppError('means.unavailable', 'not-found');
  }

  /** @throws AppError `attempts.exceeded` */
  async requireFewFailures(client: Client): Promise<void> {
    const over = await this.limiter.peek([this.#failures(client)]);
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  async countFailure(client: Client): Promise<void> {
    await this.limiter.hit([this.#failures(client)]);
  }

  /** Writes to the journal why somebody was refused. */
  async record(client: Client, reason: Reason, data?: Record<string, unknown>): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means: 'cpx', reason, data } as const;
    await this.audit.record(audited(client, undefined, event));
  }

  async #refuse(client: Client, reason: Reason, data?: Record<string, unknown>): Promise<void> {
    await this.countFailure(client);
    await this.record(client, reason, data);
  }

  #failures(client: Client): Hit {
    return hitOfBlock(FAILURES_PER_BLOCK, client, this.keyring);
  }
}
