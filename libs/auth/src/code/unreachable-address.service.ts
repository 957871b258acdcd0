import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Transactions } from '@portillon/persistence';

/** A mail that came back for good. */
export interface ReturnedMail {
  accountId: string;
  /** Where it was sent. */
  address: string;
  /** Why, as RFC 3463 writes it: `5.1.1`. */
  code: string;
}

/**
 * Addresses whose mails come back. Codes are still sent there: a mailbox that is there again clears it, as the first code
 * from it that is accepted shows.
 */
@Injectable()
export class UnreachableAddressService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly audit: AuditService,
  ) {}

  /** Whether this is new: not of an address that the account has no more, nor the second mail that comes back. */
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
