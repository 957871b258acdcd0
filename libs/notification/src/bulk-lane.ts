import { Clock, MINUTE, SECOND, shift } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';

const LANE = 'bulk';
const SHORTEST_WINDOW_MS = 5 * SECOND;

/**
 * Messages that come by the thousand, such as the invitations of an import: let into the ordinary queue a few at a
 * time, at one pace for all instances together, so that no code and no notice waits behind them.
 */
export class BulkLane {
  readonly #windowMs: number;
  readonly #perWindow: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    perMinute: number,
  ) {
    this.#windowMs = Math.max(SHORTEST_WINDOW_MS, Math.ceil(MINUTE / perMinute));
    this.#perWindow = Math.max(1, Math.floor((perMinute * this.#windowMs) / MINUTE));
  }

  /** Lets the next ones in, when their time has come and no other instance did. */
  async release(): Promise<void> {
    const sql = `SELECT id FROM notification WHERE state = 'QUEUED' ORDER BY dueAt LIMIT ${this.#perWindow}`;
    const rows = await this.database.rows<{ id: string }>(sql);
    if (rows.length === 0 || !(await this.#isMyWindow())) return;
    const places = rows.map(() => '?').join(', ');
    await this.database.execute(
      `UPDATE notification SET state = 'PENDING', dueAt = ? WHERE id IN (${places}) AND state = 'QUEUED'`,
      [this.clock.now(), ...rows.map((row) => row.id)],
    );
  }

  async #isMyWindow(): Promise<boolean> {
    const now = this.clock.now();
    const sql = 'UPDATE notificationPace SET nextAt = ? WHERE id = ? AND nextAt <= ?';
    return (await this.database.execute(sql, [shift(now, this.#windowMs), LANE, now])) === 1;
  }
}
