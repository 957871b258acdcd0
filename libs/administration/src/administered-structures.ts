import { Injectable } from '@nestjs/common';
import { Audit } from '@portillon/audit';
import { audited, personOf } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { Administrator } from './administered-accounts';

/** The structures within an administrator's reach: another's looks exactly like one that does not exist. */
@Injectable()
export class AdministeredStructures {
  constructor(private readonly audit: Audit) {}

  /**
   * The structure to look at: the one asked for, or else all that the administrator reaches (`null`: every one).
   *
   * @throws AppError `not-found`, and the journal says so
   */
  async within({ session, scope, client }: Administrator, asked: string | undefined): Promise<string | null> {
    if (scope.structureId === null) return asked ?? null;
    if (asked === undefined || asked === scope.structureId) return scope.structureId;
    const data = { structure: asked.slice(0, 64) };
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'other structure', data } as const;
    await this.audit.record(audited(client, personOf(session), event));
    throw new AppError('not-found', 'not-found');
  }
}
