import { Inject, Injectable } from '@nestjs/common';
import { Audit, AuditData, Reason } from '@portillon/audit';
import { audited, BlockFailures } from '@portillon/auth';
import { Client, clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { Card } from './card';
import { evidenceOf } from './card-evidence';
import { CardVerifier } from './card-verifier';
import { CPX_OPTIONS } from './cpx-options';
import type { CpxOptions } from './cpx-options';
import { PresentedCertificate } from './presented-certificate';

/** The card of a request: presented, verified, counted, written in the journal when it is refused. */
@Injectable()
export class CardCheck {
  constructor(
    private readonly presented: PresentedCertificate,
    private readonly verifier: CardVerifier,
    private readonly failures: BlockFailures,
    private readonly audit: Audit,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** @throws AppError `means.unavailable`, `certificate.missing`, `certificate.rejected`, `attempts.exceeded` */
  async take(request: FastifyRequest): Promise<Card> {
    this.requireOffered();
    const client = clientOf(request);
    const presentation = this.presented.of(request);
    if (presentation.status === 'missing') throw new AppError('certificate.missing', 'unauthenticated');
    await this.failures.requireTurn('card', client);
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

  /** Writes to the journal why somebody was refused. */
  async record(client: Client, reason: Reason, data?: AuditData): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means: 'cpx', reason, data } as const;
    await this.audit.record(audited(client, undefined, event));
  }

  async #refuse(client: Client, reason: Reason, data?: AuditData): Promise<void> {
    await this.failures.count('card', client);
    await this.record(client, reason, data);
  }
}
