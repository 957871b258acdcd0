import { execute } from './store.mjs';

const PUT = `INSERT INTO artifact (id, payload, expiresAt) VALUES (?, ?, ?)
  ON DUPLICATE KEY UPDATE payload = VALUES(payload), expiresAt = VALUES(expiresAt)`;
const FIND = 'SELECT payload, consumedAt FROM artifact WHERE id = ? AND expiresAt > ?';
const CONSUME = 'UPDATE artifact SET consumedAt = ? WHERE id = ? AND consumedAt IS NULL';

/** Stores the data of `oidc-provider`, one prepared statement for each call. Omits the methods for signing out. */
export class StoredAdapter {
  constructor(model) {
    this.model = model;
  }

  async upsert(id, payload, seconds) {
    await execute(PUT, [this.#key(id), JSON.stringify(payload), Date.now() + seconds * 1_000]);
  }

  async find(id) {
    const [row] = await execute(FIND, [this.#key(id), Date.now()]);
    if (!row) return undefined;
    const payload = JSON.parse(row.payload);
    return row.consumedAt ? { ...payload, consumed: Math.floor(row.consumedAt / 1_000) } : payload;
  }

  /** Here a session's `uid` is its id. */
  findByUid(uid) {
    return this.find(uid);
  }

  async consume(id) {
    const { affectedRows } = await execute(CONSUME, [Date.now(), this.#key(id)]);
    if (affectedRows === 0) throw new Error('consumed already');
  }

  #key(id) {
    return `${this.model} ${id}`;
  }
}
