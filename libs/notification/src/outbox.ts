import { AppError, Clock, Keyring, Random } from '@portillon/kernel';
import { Database, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { Message } from './message';

/** What the sender of a message is told: it left; it was refused everywhere; it may have left, nobody knows. */
export type Delivery = 'SENT' | 'FAILED' | 'UNCONFIRMED';
type State = Delivery | 'PENDING' | 'SENDING' | 'QUEUED';

/** A line of the ledger, as the person whom the message was for may see it. */
export interface DeliveryLogEntry {
  id: string;
  kind: string;
  channel: 'EMAIL' | 'SMS';
  state: State;
  createdAt: Date;
  settledAt: Date | null;
}

/** How a message ended. */
export interface Settlement {
  id: string;
  delivery: Delivery;
  provider: string | null;
  reference: string | null;
  reason: string | null;
}

export interface Draft {
  message: Message;
  kind: string;
  accountId: string | null;
  expiresAt: Date;
  /** Whose claim it is born under, and until when; without it any dispatcher takes it. */
  claim?: Claim;
  /** One of many: it waits for its turn in the bulk lane. */
  bulk?: boolean;
}

export interface Claim {
  by: string;
  endsAt: Date;
}

export interface OpenedMessage {
  message: Message;
  /** How many dispatchers took it, this one included. */
  rounds: number;
  expiresAt: Date;
}

/** The id is inside too, so that a payload copied to another row opens nothing. */
interface Sealed {
  id: string;
  message: Message;
}

interface PayloadRow {
  payload: string;
  rounds: number;
  expiresAt: Date;
}

/** Words of a provider after which nothing more comes. */
const FINAL = "'delivered', 'undelivered', 'failed'";
const SEALED = 'notification.payload';
const DESTINATION = 'notification.destination';
const INSERT = `INSERT INTO notification
  (id, kind, channel, accountId, destinationDigest, state, payload, keyId, rounds, claimedBy, dueAt, expiresAt, createdAt)
  VALUES`;
const LINE = '(?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)';

/** The table of messages. Each change of state is one guarded UPDATE: of many that try, one makes it. */
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async insert(draft: Draft, tx: EntityManager): Promise<string> {
    const id = this.random.id();
    await rawSql(tx).execute(`${INSERT} ${LINE}`, this.#line(id, draft));
    return id;
  }

  /** As {@link insert}, many in one statement. */
  async insertAll(drafts: readonly Draft[], tx: EntityManager): Promise<void> {
    if (drafts.length === 0) return;
    const lines = drafts.flatMap((draft) => this.#line(this.random.id(), draft));
    await rawSql(tx).execute(`${INSERT} ${drafts.map(() => LINE).join(', ')}`, lines);
  }

  /** Takes a message that nobody has begun to send, unless another instance alone has its key. */
  async claim(id: string, claim: Claim): Promise<boolean> {
    const sql = `UPDATE notification SET state = 'SENDING', claimedBy = ?, dueAt = ?, rounds = rounds + 1
      WHERE id = ? AND state = 'PENDING' AND ${this.#readable}`;
    return (await this.database.execute(sql, [claim.by, claim.endsAt, id, ...this.keyring.ids])) === 1;
  }

  /** Goes on holding what the same process already claimed. */
  async extend(id: string, claim: Claim): Promise<boolean> {
    const sql = `UPDATE notification SET dueAt = ? WHERE id = ? AND state = 'SENDING' AND claimedBy = ?`;
    return (await this.database.execute(sql, [claim.endsAt, id, claim.by])) === 1;
  }

  /** Gives back, never tried, what `by` had claimed. */
  async release(ids: readonly string[], by: string): Promise<void> {
    const sql = `UPDATE notification SET state = 'PENDING', claimedBy = NULL, dueAt = ?
      WHERE id = ? AND state = 'SENDING' AND claimedBy = ?`;
    for (const id of ids) await this.database.execute(sql, [this.clock.now(), id, by]);
  }

  /** Puts back, for later, a message that was surely not taken. */
  async postpone(id: string, dueAt: Date, reason: string | null): Promise<void> {
    const sql = `UPDATE notification SET state = 'PENDING', claimedBy = NULL, dueAt = ?, reason = ?
      WHERE id = ? AND state = 'SENDING'`;
    await this.database.execute(sql, [dueAt, reason, id]);
  }

  /**
   * Ends what cannot be sent any more: claims of processes that died in the middle (may have left: UNCONFIRMED),
   * messages that waited until they were of no use (FAILED).
   */
  async giveUp(): Promise<void> {
    const now = this.clock.now();
    const sql = `UPDATE notification SET state = ?, reason = ?, payload = NULL, claimedBy = NULL, dueAt = NULL, settledAt = ?`;
    const died = ['UNCONFIRMED', 'process died', now, now];
    await this.database.execute(`${sql} WHERE state = 'SENDING' AND dueAt <= ?`, died);
    const late = ['FAILED', 'too late', now, now];
    await this.database.execute(`${sql} WHERE state = 'PENDING' AND expiresAt <= ?`, late);
  }

  /** Ids of messages whose turn has come and whose key is here, the longest waiting first. */
  async due(batch: number): Promise<string[]> {
    const sql = `SELECT id FROM notification WHERE state = 'PENDING' AND dueAt <= ? AND ${this.#readable}
      ORDER BY dueAt LIMIT ${whole(batch)}`;
    const values = [this.clock.now(), ...this.keyring.ids];
    return (await this.database.rows<{ id: string }>(sql, values)).map((row) => row.id);
  }

  /** How many messages wait that were sealed with a key that is not here. */
  async unreadable(): Promise<number> {
    const sql = `SELECT COUNT(*) AS count FROM notification
      WHERE state IN ('PENDING', 'QUEUED') AND NOT ${this.#readable}`;
    return Number((await this.database.row<{ count: number | string }>(sql, this.keyring.ids))?.count);
  }

  /** The message itself, or nothing when its key left the ring or the row was altered. */
  async open(id: string): Promise<OpenedMessage | undefined> {
    const sql = 'SELECT payload, rounds, expiresAt FROM notification WHERE id = ?';
    const row = await this.database.row<PayloadRow>(sql, [id]);
    return row && this.#unseal(id, row);
  }

  /**
   * Takes those of these messages that nobody has begun to send, with what is in them. `claim.by` is this call's own
   * name, so that a message that this process took in another way is not among them.
   */
  async claimAll(ids: readonly string[], claim: Claim): Promise<Map<string, OpenedMessage | undefined>> {
    const marks = ids.map(() => '?').join(', ');
    const update = `UPDATE notification SET state = 'SENDING', claimedBy = ?, dueAt = ?, rounds = rounds + 1
      WHERE id IN (${marks}) AND state = 'PENDING'`;
    await this.database.execute(update, [claim.by, claim.endsAt, ...ids]);
    const select = `SELECT id, payload, rounds, expiresAt FROM notification
      WHERE id IN (${marks}) AND state = 'SENDING' AND claimedBy = ?`;
    const rows = await this.database.rows<PayloadRow & { id: string }>(select, [...ids, claim.by]);
    return new Map(rows.map((row) => [row.id, this.#unseal(row.id, row)]));
  }

  /** What became of a message that somebody else has in hand. @throws AppError `internal` when there is no such message. */
  async delivery(id: string): Promise<Delivery> {
    const row = await this.database.row<{ state: State }>('SELECT state FROM notification WHERE id = ?', [
      id,
    ]);
    if (!row) throw new AppError('internal', 'internal', { detail: `no message ${id} in the outbox` });
    return row.state === 'SENT' || row.state === 'FAILED' ? row.state : 'UNCONFIRMED';
  }

  /** Writes how messages ended and wipes their payloads, in one statement. */
  async settle(settlements: readonly Settlement[]): Promise<void> {
    const padded = padToPowerOfTwo(settlements);
    const cases = (column: string) => `${column} = CASE id ${'WHEN ? THEN ? '.repeat(padded.length)}END`;
    const values = (field: keyof Settlement) => padded.flatMap((one) => [one.id, one[field]]);
    const params: SqlValue[] = [this.clock.now()];
    for (const field of ['delivery', 'provider', 'reference', 'reason'] as const)
      params.push(...values(field));
    await this.database.execute(
      `UPDATE notification SET payload = NULL, claimedBy = NULL, dueAt = NULL, settledAt = ?, ${cases('state')},
        ${cases('provider')}, ${cases('reference')}, ${cases('reason')}
        WHERE id IN (${padded.map(() => '?').join(', ')}) AND state IN ('SENDING', 'UNCONFIRMED')`,
      [...params, ...padded.map((one) => one.id)],
    );
  }

  /**
   * Whether there is such a message and it is the provider's own: its reference may not be written yet. Reports come in
   * any order, so the last word stays the last. MySQL assigns from left to right: the time first, while `report` is the old one.
   */
  async report(id: string, reference: string, report: string): Promise<boolean> {
    const unlessFinal = (column: string) =>
      `${column} = CASE WHEN report IN (${FINAL}) THEN ${column} ELSE ? END`;
    const sql = `UPDATE notification SET ${unlessFinal('reportedAt')}, ${unlessFinal('report')}
      WHERE id = ? AND channel = 'SMS' AND (reference IS NULL OR reference = ?)`;
    return (await this.database.execute(sql, [this.clock.now(), report, id, reference])) === 1;
  }

  /** What was sent to a person, newest first, at most `limit` lines. */
  async linesOf(accountId: string, limit: number): Promise<DeliveryLogEntry[]> {
    const sql = `SELECT id, kind, channel, state, createdAt, settledAt FROM notification
      WHERE accountId = ? ORDER BY id DESC LIMIT ${whole(limit)}`;
    return this.database.rows<DeliveryLogEntry>(sql, [accountId]);
  }

  /** Deletes ledger lines made before `before`, at most `batch`. Ids are UUIDv7: their order is that of their making. */
  async purge(before: Date, batch: number): Promise<number> {
    const hex = before.getTime().toString(16).padStart(12, '0');
    const oldest = `SELECT id FROM notification WHERE id < ? ORDER BY id LIMIT ${whole(batch)}`;
    const sql = `DELETE FROM notification WHERE id IN (SELECT id FROM (${oldest}) AS doomed)`;
    return this.database.execute(sql, [`${hex.slice(0, 8)}-${hex.slice(8)}`]);
  }

  get #readable(): string {
    return `keyId IN (${this.keyring.ids.map(() => '?').join(', ')})`;
  }

  #line(id: string, draft: Draft): SqlValue[] {
    const { message, claim } = draft;
    const now = this.clock.now();
    const payload = this.keyring.seal(SEALED, JSON.stringify({ id, message } satisfies Sealed), this.random);
    return [
      id,
      draft.kind,
      message.channel,
      draft.accountId,
      this.keyring.digest(DESTINATION, [message.channel, message.to.toLowerCase()]),
      stateAtBirth(draft),
      payload,
      Keyring.keyIdOf(payload),
      claim?.by ?? null,
      claim?.endsAt ?? now,
      draft.expiresAt,
      now,
    ];
  }

  #unseal(id: string, { payload, rounds, expiresAt }: PayloadRow): OpenedMessage | undefined {
    try {
      const sealed = JSON.parse(this.keyring.open(SEALED, payload)) as Sealed;
      return sealed.id === id ? { message: sealed.message, rounds, expiresAt } : undefined;
    } catch {
      return undefined;
    }
  }
}

function stateAtBirth({ claim, bulk }: Draft): State {
  if (claim) return 'SENDING';
  return bulk ? 'QUEUED' : 'PENDING';
}

/** Few lengths, so that few statements are prepared. The first of equal WHENs wins, so that the last may come twice. */
function padToPowerOfTwo(settlements: readonly Settlement[]): Settlement[] {
  const size = 2 ** Math.ceil(Math.log2(settlements.length));
  return Array.from({ length: size }, (_, index) => settlements[Math.min(index, settlements.length - 1)]!);
}

/** A bound parameter in LIMIT is refused by MySQL 8, so the number is written in, and must be one. */
function whole(batch: number): number {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError('A batch is a whole number, at least 1');
  return batch;
}
