import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import type { PersonalRecords } from '@portillon/persistence';
import { ActCause, entryOf } from '../erasure/erasure.service';
import { PersonalDataRegistry } from '../personal-data.registry';
import { PersonalData, personalData } from './personal-data.dto';

type Activity = PersonalRecords['activity'][number];

/** Exports what is kept of a person (GDPR, articles 15 and 20), for that person or for an administrator who answers them. */
@Injectable()
export class ExportService {
  constructor(
    private readonly registry: PersonalDataRegistry,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The journal has the export before anything is read. `shown` hides of an entry what the caller must not read. */
  async export(
    account: Account,
    cause: ActCause,
    shown: (entry: Activity) => Activity = (entry) => entry,
  ): Promise<PersonalData> {
    await this.audit.record(entryOf('data_exported', account, cause));
    const records = await this.registry.collect(account);
    return personalData(this.clock.now(), { ...records, activity: records.activity.map(shown) });
  }
}
