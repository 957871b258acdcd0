import { Injectable } from '@nestjs/common';
import { audited, personOf } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { Session } from '@portillon/session';
import { OwnAccountService } from '../own-account.service';
import { PersonalRecords, PersonalRecordsService } from './personal-records.service';

/** « Mes données »: what is known of a person, for that person. */
@Injectable()
export class OwnDataService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly records: PersonalRecordsService,
    private readonly audit: AuditService,
  ) {}

  async collect(session: Session, client: Client): Promise<PersonalRecords> {
    const account = await this.own.get(session);
    await this.audit.record(
      audited(client, personOf(session), { name: 'data_exported', outcome: 'SUCCESS' }),
    );
    return this.records.collect(account);
  }
}
