import { Injectable } from '@nestjs/common';
import { audited } from '@portillon/access';
import { AdministeredAccountService } from '@portillon/administration';
import type { Administrator } from '@portillon/administration';
import { AuditEntry, AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { PersonalRecords, PersonalRecordsService } from './personal-records.service';

/** « Mes données » for who cannot sign in: an administrator takes them out in the person's place. */
@Injectable()
export class AdministeredDataService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly records: PersonalRecordsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The journal has it before any of it is read.
   * @throws AppError `not-found`, `permission.denied`, `account.state` when the person is erased
   */
  async collect(administrator: Administrator, id: string, reason: string): Promise<PersonalRecords> {
    const { actor, client } = administrator;
    const account = await this.administered.touch(administrator, id);
    if (account.email === '') throw new AppError('account.state');
    const event = { name: 'data_exported', outcome: 'SUCCESS', reason, actorId: actor.id } as const;
    await this.audit.record(audited(client, account, event));
    const records = await this.records.collect(account);
    return { ...records, activity: records.activity.map((entry) => withinReach(administrator, entry)) };
  }
}

/** What administrators beyond the reach wrote, such as those of the structure before, is theirs to show. */
function withinReach({ scope }: Administrator, entry: AuditEntry): AuditEntry {
  const isReached = scope.structureId === null || scope.structureId === entry.structureId;
  return isReached || entry.actorId === null ? entry : { ...entry, reason: null };
}
