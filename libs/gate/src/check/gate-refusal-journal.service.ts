import { Injectable } from '@nestjs/common';
import { RefusalJournalService } from '@portillon/audit';
import { audited, personOf } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import type { GatedRequest } from '../proxies/gated-request.types';
import type { Forbidden } from '../rules/access.policy';
import type { GateContext } from './gate-context.types';

/** Records the gate's refusals in the journal, at a limited rate: a page that retries cannot fill it. */
@Injectable()
export class GateRefusalJournalService {
  constructor(private readonly refusals: RefusalJournalService) {}

  /** Records refusals of signed-in users only. Omits the path, which may name a patient. */
  async record(
    request: FastifyRequest,
    { address }: GatedRequest,
    { application, person }: Pick<GateContext, 'application' | 'person'>,
    reason: Forbidden,
  ): Promise<void> {
    if (!person) return;
    const client = { ...clientOf(request), address };
    const data = { application: application.id };
    const refusal = { name: 'application_refused', outcome: 'FAILURE', reason, data } as const;
    await this.refusals.record(audited(client, personOf(person.session), refusal));
  }
}
