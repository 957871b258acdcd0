import { Inject, Injectable } from '@nestjs/common';
import { audited, holderOf } from '@portillon/access';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { LockerService } from '@portillon/locker';
import { Transactions } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import { LOCKER_DESK_OPTIONS } from './locker-desk.options';
import type { LockerDeskOptions } from './locker-desk.options';

/** The story of one act: what each domain does, and the line of the journal, in one transaction. */
@Injectable()
export class LockerOpeningService {
  constructor(
    @Inject(LOCKER_DESK_OPTIONS) private readonly options: LockerDeskOptions,
    private readonly transactions: Transactions,
    private readonly lockers: LockerService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `locker.open` */
  submit(session: Session, id: string, client: Client): Promise<{ id: string; hours: number }> {
    return this.transactions.run(async (tx) => {
      await this.lockers.open(id, tx);
      const data = { lockerId: id, purpose: 'locker' } as const;
      const event = { name: 'locker_opened', outcome: 'SUCCESS', data } as const;
      await this.audit.record(audited(client, holderOf(session), event), tx);
      return { id, hours: this.options.hours };
    });
  }
}
