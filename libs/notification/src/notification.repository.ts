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

/** Who sends a message, and until when no other caller takes it for dead. */
export interface Claim {
  by: string;
  endsAt: Date;
}

/** What became of the SMS that one provider took. */
export interface SmsOutcomes {
  provider: string;
  sent: number;
  delivered: number;
  undelivered: number;
  /** How many of their codes were entered. */
  converted: number;
  /** To how many accounts they went. */
  accounts: number;
  /** How many of these entered one of theirs. */
  answering: number;
}

/** Columns that a receipt is made from. */
export type ReceiptRow = Pick<NotificationEntity, 'state' | 'settledAt' | 'report' | 'reportedAt'>;

/** What a provider reports of a message that it took. */
export interface ProviderReport {
  id: string;
  /** Name of the provider; nothing where the caller does not know it. */
  provider?: string;
  /** Its own name for the message; null where it has none. */
  reference: string | null;
  report: string;
  /** Its own code, for the operator. */
  reason?: string | null;
}

/** Messages that wait in one state. */
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
/** Words of a provider after which no phone gets the message any more… */
export const LOST = ['undelivered', 'failed', 'expired', 'rejected'];
/** …and after which nothing more comes. */
const FINAL = ['delivered', ...LOST];
const ENDED = { payload: null, claimedBy: null, dueAt: null };

/** The table `notification`. Each change of state is one guarded UPDATE: of many callers, one makes it. */
@Injectable()
export class NotificationRepository extends EntityRepository<NotificationEntity> {
  constructor(@InjectRepository(NotificationEntity) rows: Repository<NotificationEntity>) {
    super(rows);
  }

  async insert(messages: NotificationEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).insert(messages);
  }

  /**
   * Takes those of these messages that wait and that a key of `keyIds` sealed, and reads them. `claim.by` names this one
   * call: a message that another call took is not among them.
   */
  async claim(ids: string[], claim: Claim, keyIds: string[]): Promise<NotificationEntity[]> {
    const guard = { id: In(ids), state: 'PENDING', keyId: In(keyIds) } as const;
    const taken = { state: 'SENDING', claimedBy: claim.by, dueAt: claim.endsAt } as const;
    const { affected } = await this.of().update(guard, { ...taken, rounds: () => 'rounds + 1' });
    return affected ? this.of().findBy({ id: In(ids), claimedBy: claim.by }) : [];
  }

  /** Puts back, for later, a message that was surely not taken. */
  async postpone(id: string, dueAt: Date, reason: string | null): Promise<void> {
    const waiting = { state: 'PENDING', claimedBy: null, dueAt, reason } as const;
    await this.of().update({ id, state: 'SENDING' }, waiting);
  }

  /** Writes how a message ended and wipes its payload. Its sender knows better than who took the sender for dead. */
  async settle(
    id: string,
    { delivery, ...end }: Omit<DispatchResult, 'mayStillLeave'>,
    now: Date,
  ): Promise<void> {
    const { provider, reference, reason } = end;
    const settled = { ...ENDED, state: delivery, provider, reference, reason, settledAt: now };
    await this.of().update({ id, state: In<NotificationState>(['SENDING', 'UNCONFIRMED']) }, settled);
  }

  /** Ends claims of processes that died in the middle: their messages may have left. */
  async endDead(now: Date): Promise<void> {
    const died = { ...ENDED, state: 'UNCONFIRMED', reason: 'process died', settledAt: now } as const;
    await this.of().update({ state: 'SENDING', dueAt: LessThanOrEqual(now) }, died);
  }

  /** Ends messages that waited until they were of no use. */
  async endLate(now: Date): Promise<void> {
    const late = { ...ENDED, state: 'FAILED', reason: 'too late', settledAt: now } as const;
    await this.of().update({ state: 'PENDING', expiresAt: LessThanOrEqual(now) }, late);
  }

  /** Ids of messages whose turn has come and that a key of `keyIds` sealed, the longest waiting first. */
  due(now: Date, keyIds: string[], batch: number): Promise<string[]> {
    const where = { state: 'PENDING', dueAt: LessThanOrEqual(now), keyId: In(keyIds) } as const;
    return this.#longestWaiting(where, batch);
  }

  /** Ids of messages of the bulk lane, the longest waiting first. */
  queued(batch: number): Promise<string[]> {
    return this.#longestWaiting({ state: 'QUEUED' }, batch);
  }

  /** Lets messages of the bulk lane into the ordinary queue. */
  async release(ids: string[], now: Date): Promise<void> {
    await this.of().update({ id: In(ids), state: 'QUEUED' }, { state: 'PENDING', dueAt: now });
  }

  /** How many messages wait that another key than `keyIds` sealed. */
  countUnreadable(keyIds: string[]): Promise<number> {
    const state = In<NotificationState>(['PENDING', 'QUEUED']);
    return this.of().countBy({ state, keyId: Not(In(keyIds)) });
  }

  /**
   * The newest message of a channel that left since then: the ids since then are a range of the primary key, read from
   * its end. One row where the channel works, all of them where nothing left.
   */
  newestSent(channel: Channel, since: Date): Promise<NotificationEntity | null> {
    return this.of().findOne({
      select: { createdAt: true, settledAt: true, provider: true },
      where: { id: MoreThanOrEqual(lowestId(since)), channel, state: 'SENT' },
      order: { id: 'DESC' },
    });
  }

  /** How many wait in each state in which messages do, and the id of the oldest: the index on the state has it all. */
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

  /** Whose mail it was, and where it went. */
  findMail(id: string): Promise<Pick<NotificationEntity, 'accountId' | 'destinationDigest'> | null> {
    const select = { id: true, accountId: true, destinationDigest: true } as const;
    return this.of().findOne({ select, where: { id, channel: 'EMAIL' } });
  }

  async stateOf(id: string, tx?: EntityManager): Promise<NotificationState | undefined> {
    return (await this.of(tx).findOne({ select: { state: true }, where: { id } }))?.state;
  }

  /**
   * Notes what a provider reports, unless its last word was noted: reports come in any order, and more than once. Whether
   * it was noted. The reference and the provider of a message may not be written yet.
   */
  async report({ id, provider, reference, report, reason }: ProviderReport, now: Date): Promise<boolean> {
    const open = { ...ours({ id, provider, reference }), report: Or(IsNull(), Not(In(FINAL))) };
    const said = { report, reportedAt: now, ...(reason ? { reason } : {}) };
    return exactlyOne(await this.of().update(open, said));
  }

  /** Whether it is a message of that provider's. */
  isReported(report: ProviderReport): Promise<boolean> {
    return this.of().existsBy(ours(report));
  }

  /** The id of the message that a provider calls so. */
  async idOf(provider: string, reference: string): Promise<string | undefined> {
    return (await this.of().findOne({ select: { id: true }, where: { reference, provider } }))?.id;
  }

  async markAnswered(id: string, now: Date, tx: EntityManager): Promise<void> {
    await this.of(tx).update({ id }, { answeredAt: now });
  }

  /** Which provider took this message. */
  async providerOf(id: string): Promise<string | null> {
    return (await this.of().findOne({ select: { provider: true }, where: { id } }))?.provider ?? null;
  }

  /** What became of the SMS of that time, by provider: a range of the primary key, which one instance reads once a minute. */
  async smsOutcomes(since: Date, until: Date): Promise<SmsOutcomes[]> {
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

  /** What was sent to a person, newest first, at most `limit`. */
  logOf(accountId: string, limit: number): Promise<DeliveryLogEntry[]> {
    return this.of().find({
      select: LOGGED,
      where: { accountId },
      order: { id: 'DESC' },
      take: whole(limit),
    });
  }

  /** Deletes up to `batch` of the oldest messages made before `time`: how many. Ids grow with time (UUIDv7). */
  deleteMadeBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ id: LessThan(lowestId(time)) }, { id: 'ASC' }, whole(batch));
  }

  async #longestWaiting(where: FindOptionsWhere<NotificationEntity>, batch: number): Promise<string[]> {
    const order = { dueAt: 'ASC' } as const;
    const rows = await this.of().find({ select: { id: true }, where, order, take: whole(batch) });
    return rows.map(({ id }) => id);
  }
}

/** @throws RangeError: without a number TypeORM would take all rows. */
function whole(batch: number): number {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError('A batch is a whole number, at least 1');
  return batch;
}

/** The message of a report, where it may be that provider's. */
function ours({ id, provider, reference }: Pick<ProviderReport, 'id' | 'provider' | 'reference'>) {
  return {
    id,
    channel: 'SMS' as const,
    ...(provider ? { provider: Or(IsNull(), Equal(provider)) } : {}),
    ...(reference === null ? {} : { reference: Or(IsNull(), Equal(reference)) }),
  };
}

/** Sums and counts, which MariaDB gives as texts. */
function numbersOf<Name extends string>(counts: Record<Name, string>): Record<Name, number> {
  const entries = Object.entries<string>(counts).map(([name, count]) => [name, Number(count)]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
