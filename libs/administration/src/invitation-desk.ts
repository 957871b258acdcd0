import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import type { Statements } from '@portillon/persistence';
import type { Administrator } from './administrator';

/** Sends the mail by which somebody chooses a first password. */
@Injectable()
export class InvitationDesk {
  send(_account: Account, _actor: Administrator, _tx: Statements): Promise<void> {
    return Promise.resolve();
  }
}
