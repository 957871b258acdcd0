import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Channel, lowestId } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  And,
  EntityManager,
  Equal,
  FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThanOrEqual,
  Not,
  Or,
  Repository,
} from 'typeorm';
import { NotificationEntity } from './notification.entity';
import type { DeliveryLogEntry, DispatchResult, NotificationState } from './notification.types';

/** The sender of a message, and the end of its claim, after which it counts as dead. */
export interface Claim {
  by: string;
  endsAt: Date;
}

/** Results of the SMS that one provider accepted. */
export interface SmsOutcomes {
  provider: string;
  sent: number;
  delivered: number;
  undelivered: number;
  /** Number of their codes that were entered. */
  converted: number;
  /** Number of accounts that received them. */
  accounts: number;
  /** Number of these accounts that entered a code. */
  answering: number;
}

/** Columns that a receipt is made from. */
export type ReceiptRow = Pick<NotificationEntity, 'state' | 'settledAt' | 'report' | 'reportedAt'>;

/** A provider's report on a message that it accepted. */
export interface ProviderReport {
  id: string;
  /** Name of the provider; nothing where the caller does not know it. */
  provider?: string;
  /** The provider's id of the message; null where it has none. */
  reference: string | null;
  report: string;
  /** The provider's code, for the operator. */
  reason?: string | null;
}

/** Number of messages that wait in one state. */
export interface WaitingCount {
  state: NotificationState;
  waiting: number;
  oldestId: string;
}

const LOGGED = {
  id: true,
  kind: true,
  channel: true,
  state: true,
  createdAt: true,
  settledAt: true,
} as const;
const RECEIPT = { state: true, settledAt: true, report: true, reportedAt: true } as const;
/** Reports after which the message will not reach the phone… */
export const LOST = ['undelivered', 'failed', 'expired', 'rejected'];
/** …and after which no other report follows. */
const FINAL = ['delivered', ...LOST];
const ENDED = { payload: null, claimedBy: null, dueAt: null };

/** The table `notification`. Each change of state is one guarded UPDATE: one of several concurrent callers succeeds. */
@Injectable()
export class NotificationRepository extends EntityRepository<NotificationEntity> {
  constructor(@InjectRepository(NotificationEntity) rows: Repository<NotificationEntity>) {
    super(rows);
  }

  async insert(messages: NotificationEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert(messages);
  }

  /**
   * Claims and reads those of these messages that wait and that a key of `keyIds` encrypted. `claim.by` identifies
   * this call, so that it does not read messages of another one.
   */
  async claim(ids: string[], claim: Claim, keyIds: string[]): Promise<NotificationEntity[]> {
    const guard = { id: In(ids), state: 'PENDING', keyId: In(keyIds) } as const;
    const taken = { state: 'SENDING', claimedBy: claim.by, dueAt: claim.endsAt } as const;
    const { affected } = await this.of().update(guard, { ...taken, rounds: () => 'rounds + 1' });
    return affected ? this.of().findBy({ id: In(ids), claimedBy: claim.by }) : [];
  }

  /** Returns a message that was certainly not accepted to the queue. */
  async postpone(id: string, dueAt: Date, reason: string | null): Promise<void> {
    const waiting = { state: 'PENDING', claimedBy: null, dueAt, reason } as const;
    await this.of().update({ id, state: 'SENDING' }, waiting);
  }

  /** Records the result of a message and deletes its payload. The sender overrides a process that considered it dead. */
  async settle(
    id: string,
    { delivery, ...end }: Omit<DispatchResult, 'mayStillLeave'>,
    now: Date,
  ): Promise<void> {
    const { provider, reference, reason } = end;
    const settled = { ...ENDED, state: delivery, provider, reference, reason, settledAt: now };
    await this.of().update({ id, state: In<NotificationState>(['SENDING', 'UNCONFIRMED']) }, settled);
  }

  /** Ends the claims of dead processes: their messages may have left. */
  async endDead(now: Date): Promise<void> {
    const died = { ...ENDED, state: 'UNCONFIRMED', reason: 'process died', settledAt: now } as const;
    await this.of().update({ state: 'SENDING', dueAt: LessThanOrEqual(now) }, died);
  }

  /** Ends messages that waited until they were of no use. */
  async endLate(now: Date): Promise<void> {
    const late = { ...ENDED, state: 'FAILED', reason: 'too late', settledAt: now } as const;
    await this.of().update({ state: 'PENDING', expiresAt: LessThanOrEqual(now) }, late);
  }

  /** Ids of messages that are due and that a key of `keyIds` encrypted, the longest waiting first. */
  findDue(now: Date, keyIds: string[], batch: number): Promise<string[]> {
    const where = { state: 'PENDING', dueAt: LessThanOrEqual(now), keyId: In(keyIds) } as const;
    return this.#longestWaiting(where, batch);
  }

  /** Ids of messages of the bulk lane, the longest waiting first. */
  findQueued(batch: number): Promise<string[]> {
    return this.#longestWaiting({ state: 'QUEUED' }, batch);
  }

  /** Moves messages of the bulk lane into the ordinary queue. */
  async release(ids: string[], now: Date): Promise<void> {
    await this.of().update({ id: In(ids), state: 'QUEUED' }, { state: 'PENDING', dueAt: now });
  }

  /** Number of waiting messages whose key is not in `keyIds`. */
  countUnreadable(keyIds: string[]): Promise<number> {
    const state = In<NotificationState>(['PENDING', 'QUEUED']);
    return this.of().countBy({ state, keyId: Not(In(keyIds)) });
  }

  /**
   * Returns the newest message of a channel that left since then. It reads a range of the primary key from its end:
   * one row where the channel works, all of them where nothing left.
   */
  findNewestSent(channel: Channel, since: Date): Promise<NotificationEntity | null> {
    return this.of().findOne({
      select: { createdAt: true, settledAt: true, provider: true },
      where: { id: MoreThanOrEqual(lowestId(since)), channel, state: 'SENT' },
      order: { id: 'DESC' },
    });
  }

  /** Number of messages in each waiting state, and the id of the oldest; the index on the state answers it alone. */
  async countWaiting(): Promise<WaitingCount[]> {
    const rows = await this.of()
      .createQueryBuilder('message')
      .select('message.state', 'state')
      .addSelect('COUNT(*)', 'waiting')
      .addSelect('MIN(message.id)', 'oldestId')
      .where({ state: In<NotificationState>(['PENDING', 'QUEUED']) })
      .groupBy('message.state')
      .getRawMany<Omit<WaitingCount, 'waiting'> & { waiting: number | string }>();
    return rows.map((row) => ({ ...row, waiting: Number(row.waiting) }));
  }

  /** Account and destination of a mail. */
  findMail(id: string): Promise<Pick<NotificationEntity, 'accountId' | 'destinationDigest'> | null> {
    const select = { id: true, accountId: true, destinationDigest: true } as const;
    return this.of().findOne({ select, where: { id, channel: 'EMAIL' } });
  }

  async findState(id: string, tx?: EntityManager): Promise<NotificationState | undefined> {
    return (await this.of(tx).findOne({ select: { state: true }, where: { id } }))?.state;
  }

  /**
   * Stores a report of a provider, unless a final one is stored: reports come in any order, and repeatedly. Returns
   * whether it was stored. The message's reference and provider may not be recorded yet.
   */
  async report({ id, provider, reference, report, reason }: ProviderReport, now: Date): Promise<boolean> {
    const open = { ...ours({ id, provider, reference }), report: Or(IsNull(), Not(In(FINAL))) };
    const said = { report, reportedAt: now, ...(reason ? { reason } : {}) };
    return exactlyOne(await this.of().update(open, said));
  }

  /** Whether the message was sent by that provider. */
  isReported(report: ProviderReport): Promise<boolean> {
    return this.of().existsBy(ours(report));
  }

  /** Id of the message with this reference at the provider. */
  async findId(provider: string, reference: string): Promise<string | undefined> {
    return (await this.of().findOne({ select: { id: true }, where: { reference, provider } }))?.id;
  }

  async markAnswered(id: string, now: Date, tx: EntityManager): Promise<void> {
    await this.of(tx).update({ id }, { answeredAt: now });
  }

  /** Name of the provider that accepted this message. */
  async findProvider(id: string): Promise<string | null> {
    return (await this.of().findOne({ select: { provider: true }, where: { id } }))?.provider ?? null;
  }

  /** Results of the SMS of a period, by provider: a range of the primary key, which one instance reads once a minute. */
  async countSmsOutcomes(since: Date, until: Date): Promise<SmsOutcomes[]> {
    const rows = await this.of()
      .createQueryBuilder('message')
      .select('message.provider', 'provider')
      .addSelect('COUNT(*)', 'sent')
      .addSelect("SUM(CASE WHEN message.report = 'delivered' THEN 1 ELSE 0 END)", 'delivered')
      .addSelect('SUM(CASE WHEN message.report IN (:...lost) THEN 1 ELSE 0 END)', 'undelivered')
      .addSelect('COUNT(message.answeredAt)', 'converted')
      .addSelect('COUNT(DISTINCT message.accountId)', 'accounts')
      .addSelect(
        'COUNT(DISTINCT CASE WHEN message.answeredAt IS NOT NULL THEN message.accountId END)',
        'answering',
      )
      .where({
        id: And(MoreThanOrEqual(lowestId(since)), LessThan(lowestId(until))),
        channel: 'SMS',
        state: In<NotificationState>(['SENT', 'UNCONFIRMED']),
        provider: Not(IsNull()),
      })
      .setParameter('lost', LOST)
      .groupBy('message.provider')
      .getRawMany<Record<keyof SmsOutcomes, string>>();
    return rows.map(({ provider, ...counts }) => ({ provider, ...numbersOf(counts) }));
  }

  findReceipt(id: string): Promise<ReceiptRow | null> {
    return this.of().findOne({ select: RECEIPT, where: { id } });
  }

  /** Messages to a person, newest first, at most `limit`. */
  findLog(accountId: string, limit: number): Promise<DeliveryLogEntry[]> {
    return this.of().find({
      select: LOGGED,
      where: { accountId },
      order: { id: 'DESC' },
      take: whole(limit),
    });
  }

  /** Deletes up to `batch` of the oldest messages created before `time`. Returns how many. Ids grow with time (UUIDv7). */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ id: LessThan(lowestId(time)) }, { id: 'ASC' }, whole(batch));
  }

  async #longestWaiting(where: FindOptionsWhere<NotificationEntity>, batch: number): Promise<string[]> {
    const order = { dueAt: 'ASC' } as const;
    const rows = await this.of().find({ select: { id: true }, where, order, take: whole(batch) });
    return rows.map(({ id }) => id);
  }
}

/** Checks a batch size: without a number TypeORM would take all rows. @throws RangeError */
function whole(batch: number): number {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError('A batch is a whole number, at least 1');
  return batch;
}

/** Condition on the message of a report: it must be, or may be, that provider's. */
function ours({ id, provider, reference }: Pick<ProviderReport, 'id' | 'provider' | 'reference'>) {
  return {
    id,
    channel: 'SMS' as const,
    ...(provider ? { provider: Or(IsNull(), Equal(provider)) } : {}),
    ...(reference === null ? {} : { reference: Or(IsNull(), Equal(reference)) }),
  };
}

/** Converts sums and counts, which MariaDB returns as texts. */
function numbersOf<Name extends string>(counts: Record<Name, string>): Record<Name, number> {
  const entries = Object.entries<string>(counts).map(([name, count]) => [name, Number(count)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
