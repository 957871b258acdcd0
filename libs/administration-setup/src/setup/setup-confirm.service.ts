import { Injectable } from '@nestjs/common';
import { SetupConfirmationService } from '../operator/setup-confirmation.service';
import { AppError, Keyring } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { TestLinkService } from './test-link.service';

/** The set-up facts that a person confirms: a mail arrived, the keys have a copy elsewhere. */
@Injectable()
export class SetupConfirmService {
  constructor(
    private readonly links: TestLinkService,
    private readonly confirmations: SetupConfirmationService,
    private readonly transactions: Transactions,
    private readonly journal: ActJournalService,
    private readonly keyring: Keyring,
  ) {}

  /** Confirms a mail by its link. @throws AppError `setup.test-expired` */
  async confirmMail(administrator: Administrator, token: string): Promise<void> {
    if (!this.links.isGood(token, administrator.actor.id)) throw new AppError('setup.test-expired');
    await this.transactions.run(async (tx) => {
      await this.confirmations.confirm('mail', tx);
      await this.journal.record(administrator, { name: 'test_mail_opened' }, tx);
    });
  }

  /** For the keys of this instance: a later key needs a new confirmation. */
  async confirmKeys(administrator: Administrator): Promise<void> {
    const keyIds = this.keyring.ids;
    await this.transactions.run(async (tx) => {
      await this.confirmations.confirm('keys', tx, keyIds);
      await this.journal.record(administrator, { name: 'keys_backup_confirmed', data: { keyIds } }, tx);
    });
  }
}
