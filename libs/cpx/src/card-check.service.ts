import { Inject, Injectable } from '@nestjs/common';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import { audited, IpThrottleService } from '@portillon/access';
import { Client, clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { Card, evidenceOf } from './card.types';
import { CardVerifierService } from './card-verifier.service';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';
import { presentedCertificate } from './certificate/presented-certificate';

/** The card of a request: presented, verified, counted, written in the journal when it is refused. */
@Injectable()
export class CardCheckService {
  constructor(
    private readonly verifier: CardVerifierService,
    private readonly throttle: IpThrottleService,
    private readonly audit: AuditService,
    @Inject(CPX_OPTIONS) private readonly options: CpxOptions,
  ) {}

  /** @throws AppError `means.unavailable`, `certificate.missing`, `certificate.rejected`, `attempts.exceeded` */
  async requireCard(request: FastifyRequest): Promise<Card> {
    this.requireOffered();
    const client = clientOf(request);
    const presentation = presentedCertificate(request, this.options);
    if (presentation.status === 'missing') throw new AppError('certificate.missing');
    await this.throttle.enforce('card', client);
    if (presentation.status === 'forged') {
      await this.#refuse(client, 'header-not-believed', { why: presentation.why });
      // Ignored, as if it had not been sent.
      throw new AppError('certificate.missing', { detail: presentation.why });
    }
    const verdict = await this.verifier.verify(presentation.der);
    if (verdict.status === 'accepted') return verdict.card;
    await this.#refuse(client, `card-${verdict.reason}`, verdict.card && evidenceOf(verdict.card));
    throw new AppError('certificate.rejected', { detail: verdict.reason });
  }

  /** @throws AppError `means.unavailable` */
  requireOffered(): void {
    if (!this.options.enabled) throw new AppError('means.unavailable', { status: 404 });
  }

  /** Writes the reason of a refusal to the journal. */
  async record(client: Client, reason: Reason, data?: AuditData): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means: 'cpx', reason, data } as const;
    await this.audit.record(audited(client, undefined, event));
  }

  async #refuse(client: Client, reason: Reason, data?: AuditData): Promise<void> {
    await this.throttle.countFailure('card', client);
    await this.record(client, reason, data);
  }
}
