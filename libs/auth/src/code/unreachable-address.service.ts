import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Transactions } from '@portillon/persistence';

/** A mail that bounced permanently. */
export interface ReturnedMail {
  accountId: string;
  /** The address that it was sent to. */
  address: string;
  /** The reason as an RFC 3463 code: `5.1.1`. */
  code: string;
}

/**
 * Records addresses whose mails bounce. Codes are still sent there. The first accepted code from the address clears the
 * record, because it proves that the mailbox works again.
 */
@Injectable()
export class UnreachableAddressService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly audit: AuditService,
  ) {}

  /** Returns whether this is new: false for a former address of the account, and for a second bounce. */
  record({ accountId, address, code }: ReturnedMail): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      if (!(await this.accounts.recordUnreachable(accountId, address, tx))) return false;
      const account = await this.accounts.getForSignIn(accountId, tx);
      await this.audit.record(
        {
          name: 'mail_address_unreachable',
          outcome: 'FAILURE',
          accountId,
          structureId: account?.structure?.id ?? null,
          channel: 'EMAIL',
          data: { mailStatus: code },
        },
        tx,
      );
      return true;
    });
  }
}
