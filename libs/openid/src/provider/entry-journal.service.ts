import { Injectable } from '@nestjs/common';
import { AuditService, RefusalJournalService } from '@portillon/audit';
import { audited, AuditedAct, personOf } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { stateOf } from './oidc-context';
import type { Refusal } from './refusal.policy';
import { RequestRegistry } from './request-registry.service';

/** Records in the journal which applications a user entered, and which refused the user. */
@Injectable()
export class EntryJournalService {
  constructor(
    private readonly journal: AuditService,
    private readonly refusals: RefusalJournalService,
    private readonly requests: RequestRegistry,
  ) {}

  /** Records the first entry of a session only: automatic token renewals are not recorded. */
  async record(ctx: KoaContextWithOIDC, refusal: Refusal | undefined): Promise<void> {
    const { client } = ctx.oidc;
    const { session } = stateOf(ctx);
    if (!session || !client) return;
    const reason = reasonOf(ctx, refusal);
    if (reason) return this.#refused(ctx, session, reason);
    if (!stateOf(ctx).isFirstEntry) return;
    await this.#write(ctx, session, {
      name: 'application_entered',
      outcome: 'SUCCESS',
      means: session.means,
      data: { application: client.clientId },
    });
  }

  /** A page that repeats its request cannot fill the journal. */
  #refused({ req, oidc }: KoaContextWithOIDC, session: Session, reason: 'audience' | 'level'): Promise<void> {
    const data = { application: oidc.client!.clientId };
    const act = { name: 'application_refused', outcome: 'FAILURE', reason, data } as const;
    return this.refusals.record(audited(clientOf(this.requests.of(req)), personOf(session), act));
  }

  #write({ req }: KoaContextWithOIDC, session: Session, act: AuditedAct): Promise<void> {
    return this.journal.record(audited(clientOf(this.requests.of(req)), personOf(session), act));
  }
}

/** Why the user is refused, for the journal; undefined when the refusal concerns the application. */
export function reasonOf(ctx: KoaContextWithOIDC, refusal?: Refusal): 'audience' | 'level' | undefined {
  return stateOf(ctx).session && refusal && REASONS[refusal.code];
}

/** The refusals that concern the user. All others concern the application, whose page shows them. */
const REASONS: Readonly<Record<string, 'audience' | 'level'>> = {
  access_denied: 'audience',
  unmet_authentication_requirements: 'level',
};
