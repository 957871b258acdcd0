import { Injectable } from '@nestjs/common';
import { EmailChangeService, requireValidChanges } from '@portillon/account';
import { CodeDeliveryService, DeliveredCode, EnrolmentProofService } from '@portillon/auth';
import { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';

export interface WantedEmail {
  email: string;
  currentPassword?: string | undefined;
}

/** The wish for another mail address. {@link EmailVerificationService} takes the code that proves it. */
@Injectable()
export class EmailSetUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly proofs: EnrolmentProofService,
    private readonly emailChanges: EmailChangeService,
    private readonly codes: CodeDeliveryService,
  ) {}

  /**
   * Sends a code to the new address; nothing changes yet. Never reveals whether another account has this address: who
   * cannot read the mail cannot prove it. A stolen session with the account holder's mailbox moves no address.
   * @throws AppError `validation.failed`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`, and as {@link
   * EnrolmentProofService.require}
   */
  async requestCode(
    session: Session,
    { email, currentPassword }: WantedEmail,
    client: Client,
  ): Promise<DeliveredCode> {
    requireValidChanges({ email });
    const account = await this.proofs.require(session, currentPassword, client);
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
