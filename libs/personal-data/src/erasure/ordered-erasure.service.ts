import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ErasureRequest, isPastDay } from '@portillon/account';
import { ErasureResult, ErasureService } from './erasure.service';

/** The erasure that the operator orders from the server's shell: one person does it, and the journal says so. */
@Injectable()
export class OrderedErasureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly erasure: ErasureService,
    private readonly clock: Clock,
  ) {}

  /** The day of a request that came on `day`, or today; undefined when it cannot have come then. */
  dayOf(day: string | undefined): string | undefined {
    const now = this.clock.now();
    if (day === undefined) return now.toISOString().slice(0, 10);
    return isPastDay(day, now) ? day : undefined;
  }

  erase(account: Account, { receivedOn, reason }: ErasureRequest): Promise<ErasureResult> {
    const ground = { is: 'ordered', version: account.version } as const;
    const cause = { reason, data: { by: 'command-line', receivedOn } } as const;
    return this.transactions.run((tx) => this.erasure.erase(account, ground, cause, tx));
  }
}
