import { Injectable } from '@nestjs/common';
import { AppError, Clock, Keyring } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SetupConfirmationRepository } from '../operator/setup-confirmation.repository';
import { isGoodLink } from './test-messages.service';

/** The set-up facts that a person confirms: a mail arrived, the keys have a copy elsewhere. */
@Injectable()
export class SetupConfirmationService {
  constructor(
    private readonly rows: SetupConfirmationRepository,
    private readonly transactions: Transactions,
    private readonly journal: ActJournalService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** The latest confirmation of each step. */
  all(): ReturnType<SetupConfirmationRepository['findByStep']> {
    return this.rows.findByStep();
  }

  /** Confirms a mail by its link. @throws AppError `setup.test-expired` */
  async confirmMail(administrator: Administrator, token: string): Promise<void> {
    if (!isGoodLink(this.keyring, token, administrator.actor.id, this.clock.now()))
      throw new AppError('setup.test-expired');
    await this.transactions.run(async (tx) => {
      await this.rows.save({ step: 'mail', confirmedAt: this.clock.now(), keyIds: [] }, tx);
      await this.journal.record(administrator, { name: 'test_mail_opened' }, tx);
    });
  }

  /** For the keys of this instance: a later key needs a new confirmation. */
  async confirmKeys(administrator: Administrator): Promise<void> {
    const keyIds = this.keyring.ids;
    await this.transactions.run(async (tx) => {
      await this.rows.save({ step: 'keys', confirmedAt: this.clock.now(), keyIds }, tx);
      await this.journal.record(administrator, { name: 'keys_backup_confirmed', data: { keyIds } }, tx);
    });
  }
}
