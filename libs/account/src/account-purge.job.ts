import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { EmailChangeService } from './email-change/email-change.service';
import { AccountImportService } from './imports/account-import.service';

/** Deletes old imports, and changes of address that were not confirmed in time. */
@Injectable()
export class AccountPurgeJob extends PurgeJob {
  constructor(imports: AccountImportService, emailChanges: EmailChangeService) {
    super({ imports, emailChanges });
  }
}
