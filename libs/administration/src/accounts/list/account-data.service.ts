import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { ExportService } from '@portillon/personal-data';
import type { PersonalData } from '@portillon/personal-data';
import { AdministeredAccountService, isWithinReach } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The personal data of a person who cannot sign in. */
@Injectable()
export class AccountDataService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly exports: ExportService,
  ) {}

  /**
   * The export of « Mes données » for an account holder who cannot sign in.
   * @throws AppError `not-found`, `permission.denied`, `account.state` when the account is erased
   */
  async export(administrator: Administrator, id: string, reason: string): Promise<PersonalData> {
    const { actor, client } = administrator;
    const account = await this.administered.getForAct(administrator, id);
    if (account.email === '') throw new AppError('account.state');
    const cause = { actorId: actor.id, client, reason };
    return this.exports.export(account, cause, (entry) => withinReach(administrator, entry));
  }
}

/** A reason that an administrator beyond the reach wrote, such as one of the structure before, is theirs to show. */
function withinReach({ scope }: Administrator, entry: AuditEntry): AuditEntry {
  const isReached = isWithinReach(scope, entry.structureId);
  return isReached || entry.actorId === null ? entry : { ...entry, reason: null };
}
