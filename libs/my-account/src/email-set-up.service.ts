import { Injectable } from '@nestjs/common';
import { EmailChangeService, requireValidChanges } from '@portillon/account';
import { CodeDeliveryService, DeliveredCode } from '@portillon/auth';
import { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { OwnAccountService } from './own-account.service';

/** The wish for another mail address. {@link EmailVerificationService} takes the code that proves it. */
@Injectable()
export class EmailSetUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly emailChanges: EmailChangeService,
    private readonly codes: CodeDeliveryService,
  ) {}

  /**
   * Sends a code to the new address; nothing changes yet. Whether another account has this address is neither asked nor
   * told: who cannot read it cannot prove it.
   *
   * @throws AppError `validation.failed`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`
   */
  async requestCode(session: Session, email: string, client: Client): Promise<DeliveredCode> {
    requireValidChanges({ email });
    const account = await this.own.get(session);
    const code = { purpose: 'mail-change', binding: session.id, account, newEmail: email, client } as const;
    const propose = () =>
      this.transactions.run(async (tx) => {
        const issued = await this.codes.issue(code, tx);
        const { id: proofId, expiresAt } = issued.challenge;
        await this.emailChanges.propose({ proofId, accountId: account.id, email, expiresAt }, tx);
        return issued;
      });
    return this.codes.deliver(await this.codes.countedSend(code, propose));
  }
}
