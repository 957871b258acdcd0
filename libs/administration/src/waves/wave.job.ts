import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Account, AccountService, InvitationWaveService, WaveTurn } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { addMilliseconds, AppError, Clock, MINUTE, ScheduledJob, SECOND } from '@portillon/kernel';
import { DispatcherService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import type { EntityManager } from 'typeorm';

const EVERY_MS = 10 * SECOND;
/** While a mail of the bulk queue waits longer, the relay is behind, and no more are added. */
const LONGEST_WAIT_MS = 10 * MINUTE;

/**
 * Takes the turns of waves of invitations. A turn is one transaction: the mails, the members and the journal commit together,
 * so that no person is invited twice or lost when a server dies.
 */
@Injectable()
export class WaveJob extends ScheduledJob {
  constructor(
    private readonly transactions: Transactions,
    private readonly waves: InvitationWaveService,
    private readonly accounts: AccountService,
    private readonly invitations: InvitationService,
    private readonly dispatcher: DispatcherService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    super();
  }

  @Interval(EVERY_MS)
  run(): Promise<void> {
    return this.turn(async () => {
      for (const id of await this.waves.findDue())
        if (!(await this.#isRelayBehind())) await this.#takeTurns(id);
    });
  }

  /** Several when the last ones came late. A wave that fails does not hold up the others. */
  async #takeTurns(id: string): Promise<void> {
    try {
      while (await this.transactions.run((tx) => this.#take(id, tx)));
    } catch (error) {
      this.logger.warn(`wave ${id} put off: ${String(error)}`);
    }
  }

  /** Whether there was something to do. */
  async #take(id: string, tx: EntityManager): Promise<boolean> {
    const turn = await this.waves.takeTurn(id, tx);
    if (!turn) return false;
    if ('accountIds' in turn) await this.#send(turn, tx);
    else await this.#record(turn, tx);
    return true;
  }

  async #send({ act, wave, accountIds }: Extract<WaveTurn, { accountIds: unknown }>, tx: EntityManager) {
    const accounts = await this.accounts.getAll(accountIds, tx);
    const actor = { id: wave.createdBy, bulk: true, until: wave.untilAt, isReminder: act === 'remind' };
    for (const id of accountIds) {
      const account = accounts.get(id);
      if (account?.status === 'INVITED') await this.#invite(account, actor, tx);
      else await this.waves.withdraw(wave.id, id, tx);
    }
  }

  /** An address that no mail can be written to is one that bounces: it does not stop the wave. */
  async #invite(account: Account, actor: Parameters<InvitationService['send']>[1], tx: EntityManager) {
    try {
      await this.invitations.send(account, actor, tx);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'validation.failed') throw error;
      await this.accounts.recordUnreachable(account.id, account.email, tx);
    }
  }

  #record(turn: Extract<WaveTurn, { act: 'pause' | 'end' }>, tx: EntityManager): Promise<void> {
    const data = { wave: turn.wave.id, waveName: turn.wave.name };
    if (turn.act === 'end') {
      const event = { name: 'invitation_wave_ended', outcome: 'SUCCESS', reason: 'wave-over' } as const;
      return this.audit.record({ ...event, data }, tx);
    }
    const { invited, bounced } = turn;
    this.logger.warn(`wave ${turn.wave.id} is paused: ${bounced} of ${invited} mails bounced`);
    const event = { name: 'invitation_wave_paused', outcome: 'FAILURE', reason: 'bounces' } as const;
    return this.audit.record({ ...event, data: { ...data, invited, bounced } }, tx);
  }

  async #isRelayBehind(): Promise<boolean> {
    const bulk = (await this.dispatcher.waiting()).find(({ lane }) => lane === 'bulk');
    const since = addMilliseconds(this.clock.now(), -LONGEST_WAIT_MS);
    return Boolean(bulk?.oldestAt && bulk.oldestAt < since);
  }
}
