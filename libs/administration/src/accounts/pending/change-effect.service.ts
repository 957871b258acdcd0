import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  erasureRequestOf,
  PendingChange,
} from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ErasureService } from '@portillon/personal-data';
import type { InvitationActor } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { AccountEditEffectsService } from '@portillon/user-management';
import { requireErased } from '../close/require-erased';

/** A change that waited takes effect, with what follows from it. */
@Injectable()
export class ChangeEffectService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly effects: AccountEditEffectsService,
    private readonly notices: SecurityNoticeService,
    private readonly erasure: ErasureService,
  ) {}

  /**
   * @throws AppError `precondition.failed` when it waits no longer or the account is not as `version` says,
   *   `account.taken` when another account has the national id, `administrator.last` when it would be erased
   */
  async apply(
    pending: PendingChange,
    before: Account,
    version: number,
    actor: InvitationActor,
    tx: EntityManager,
  ): Promise<void> {
    if (pending.kind === 'erasure') return this.#erase(pending, before, version, actor, tx);
    const result = await this.administration.applyPending(pending, version, tx);
    if (result === 'moved') throw new AppError('precondition.failed');
    if (result === 'taken') throw new AppError('account.taken');
    const after = (await this.accounts.get(before.id, tx))!;
    if (pending.kind === 'email') return this.effects.replaceEmail(before, after, actor, tx);
    if (pending.kind === 'roles') await this.effects.refreshRights(after, true, tx);
    const notice = pending.kind === 'roles' ? 'rights-changed' : 'identity-linked';
    return this.notices.notify(notice, after, { by: 'administrator' }, tx);
  }

  async #erase(
    pending: PendingChange,
    before: Account,
    version: number,
    { id: actorId, client }: InvitationActor,
    tx: EntityManager,
  ): Promise<void> {
    const ground = { is: 'confirmed', version, pendingId: pending.id } as const;
    const { receivedOn, reason } = erasureRequestOf(pending.value);
    const cause = { reason, data: { receivedOn }, actorId, client };
    requireErased(await this.erasure.erase(before, ground, cause, tx), 'precondition.failed');
  }
}
