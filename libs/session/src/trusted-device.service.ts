import { Injectable } from '@nestjs/common';
import { Clock, issueToken, ParsedToken, parseToken, Random, shift } from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { changeRows, chooseRows, marks, padded } from './chosen-rows';
import { deviceColumns } from './device.columns';
import { SessionPolicy } from './session.policy';
import type { Device } from './session.types';
import { readCookie, toCookie, toText } from './trusted-device.cookie';
import {
  isAccepted,
  isPrevious,
  toTrustedDevice,
  TRUSTED_DEVICE_COLUMNS,
  TrustedDeviceRow,
} from './trusted-device.row';
import { digestOf, nextSecret } from './trusted-device.secret';
import type { DeviceRecognition, TrustedDevice } from './trusted-device.types';

const TABLE = 'rememberedBrowser';
const SALT_BYTES = 32;
// Guarded by the secret, which goes with the end: a condition on `endedAt` might be searched by its index.
const END = `UPDATE rememberedBrowser SET endedAt = ?, endReason = ?, secretDigest = NULL, previousDigest = NULL,
  rotationSalt = NULL WHERE secretDigest IS NOT NULL`;

/** Browsers in which a person gave a code: one row per browser and person, one cookie per browser. */
@Injectable()
export class TrustedDeviceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Remembers a browser nobody knew for this person. The token goes into the cookie with {@link writeCookie}; `id` when it is to be known before. */
  async remember(
    request: { id?: string; accountId: string; codeAcceptedAt: Date; device: Device },
    tx: EntityManager,
  ): Promise<{ id: string; token: string }> {
    const now = this.clock.now();
    const token = issueToken(this.random, request.id);
    const params = [token.id, request.accountId, token.secretDigest, now, request.codeAcceptedAt, now, now];
    await rawSql(tx).execute(
      `INSERT INTO rememberedBrowser (id, accountId, secretDigest, rotatedAt, codeAcceptedAt, createdAt, lastUsedAt,
         userAgent, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [...params, ...deviceColumns(request.device)],
    );
    return { id: token.id, token: token.value };
  }

  /**
   * Whether the browser with this cookie is known for this person. Asked before the password is checked, so it gives
   * no new secret. `reused` means that the secret has been replaced for longer than two tabs explain: somebody has a
   * copy, so end the series ({@link end}) and tell the person.
   */
  async recognise(cookie: string | undefined, accountId: string): Promise<DeviceRecognition> {
    const tokens = readCookie(cookie, this.policy.maxPeople);
    if (tokens.length === 0) return { status: 'unknown' };
    const rows = await this.#known(tokens, accountId);
    const token = tokens.find((one) => rows.has(one.id));
    return token ? this.#judge(token, rows.get(token.id)!) : { status: 'unknown' };
  }

  /**
   * Gives the browser its next secret, once the password was right: the token to {@link writeCookie}. Tabs that
   * come at once with the same token all get the same next one. `codeAcceptedAt` when a code was just accepted too.
   * Nothing when the browser has been forgotten meanwhile: then it spares nobody a code. It is the guard of a sign-in
   * without a code, as {@link PendingSignInService.complete} is of one with a code.
   */
  async rotate(
    token: string,
    changes: { codeAcceptedAt?: Date },
    tx: EntityManager,
  ): Promise<string | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const next = (await this.#replace(parsed, tx)) ?? (await this.#replacedByAnotherTab(parsed, tx));
    if (next && changes.codeAcceptedAt)
      await this.refresh(parsed.id, { codeAcceptedAt: changes.codeAcceptedAt }, tx);
    return next;
  }

  /** Begins the code's window anew: a code was accepted in this browser. Whether it is still remembered. */
  async refresh(browserId: string, changes: { codeAcceptedAt: Date }, tx: EntityManager): Promise<boolean> {
    const sql = 'UPDATE rememberedBrowser SET codeAcceptedAt = ? WHERE id = ? AND endedAt IS NULL';
    return (await rawSql(tx).execute(sql, [changes.codeAcceptedAt, browserId])) === 1;
  }

  /** Forgets one browser. Whether it was remembered. */
  async end(browserId: string, reason: string, at: EntityManager = this.database.manager): Promise<boolean> {
    return (await rawSql(at).execute(`${END} AND id = ?`, [this.clock.now(), reason, browserId])) === 1;
  }

  /** Forgets one browser if it is remembered for this person. Whether it was. */
  async endOf(
    accountId: string,
    browserId: string,
    reason: string,
    at: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const params = [this.clock.now(), reason, browserId, accountId];
    return (await rawSql(at).execute(`${END} AND id = ? AND accountId = ?`, params)) === 1;
  }

  /** Forgets every browser of the person: how many. Where their sessions end too, before {@link Sessions.endAll}. */
  async endAll(accountId: string, reason: string, tx: EntityManager): Promise<number> {
    const ids = await chooseRows(tx, TABLE, 'accountId = ? AND endedAt IS NULL', [accountId]);
    return changeRows(tx, END, [this.clock.now(), reason], ids);
  }

  /** The browsers remembered for the person, the latest used first. */
  async list(accountId: string): Promise<TrustedDevice[]> {
    const now = this.clock.now();
    const rows = await this.database.rows<TrustedDeviceRow>(
      `SELECT ${TRUSTED_DEVICE_COLUMNS} FROM rememberedBrowser
       WHERE accountId = ? AND endedAt IS NULL AND lastUsedAt > ? ORDER BY lastUsedAt DESC, id DESC`,
      [accountId, this.#oldest(now)],
    );
    return rows.map((row) => toTrustedDevice(row, now, this.policy));
  }

  /** Deletes every remembered browser of a person who is erased: each says where they were. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute(`DELETE FROM ${TABLE} WHERE accountId = ?`, [accountId]);
  }

  /** Forgets what nobody used for long and deletes what ended long ago, at most `batch` of each: how many rows changed. */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    return (
      (await this.#endUnused(now, batch)) + (await this.#delete(shift(now, -this.policy.retentionMs), batch))
    );
  }

  /** The cookie with `token` first, in the place of an older one of the same browser and person. */
  writeCookie(cookie: string | undefined, token: string): string {
    const { maxPeople } = this.policy;
    return toCookie(readCookie(`${token}~${cookie ?? ''}`, maxPeople));
  }

  /** The cookie without the token of one browser and person: empty when it was the last. */
  dropFromCookie(cookie: string | undefined, browserId: string): string {
    return toCookie(readCookie(cookie, this.policy.maxPeople).filter((token) => token.id !== browserId));
  }

  /** The token that the cookie holds for `browserId`, to {@link rotate} without recognising again. */
  tokenIn(cookie: string | undefined, browserId: string | null): string | undefined {
    const token = readCookie(cookie, this.policy.maxPeople).find((one) => one.id === browserId);
    return token && toText(token);
  }

  async #known(tokens: ParsedToken[], accountId: string): Promise<Map<string, TrustedDeviceRow>> {
    const ids = padded(tokens.map((token) => token.id));
    const rows = await this.database.rows<TrustedDeviceRow>(
      `SELECT ${TRUSTED_DEVICE_COLUMNS} FROM rememberedBrowser
       WHERE id IN (${marks(ids.length)}) AND accountId = ? AND endedAt IS NULL AND lastUsedAt > ?`,
      [...ids, accountId, this.#oldest(this.clock.now())],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async #judge(token: ParsedToken, row: TrustedDeviceRow): Promise<DeviceRecognition> {
    const now = this.clock.now();
    if (!isAccepted(row, token, now, this.policy)) return { status: 'reused', browserId: row.id };
    const browser = toTrustedDevice(row, now, this.policy);
    if (!browser.codeStillValid && row.lastUsedAt < browser.codeValidUntilAt)
      await this.#witness(row.id, now);
    return { status: 'recognised', browser, token: toText(token) };
  }

  // Writes down, once, that the code's window is over, so that no clock that steps back opens it again.
  async #witness(browserId: string, now: Date): Promise<void> {
    const sql = `UPDATE rememberedBrowser SET lastUsedAt = ? WHERE id = ? AND lastUsedAt < ?`;
    await this.database.execute(sql, [now, browserId, now]);
  }

  async #replace(token: ParsedToken, tx: EntityManager): Promise<string | undefined> {
    const now = this.clock.now();
    const salt = this.random.bytes(SALT_BYTES).toString('hex');
    const secret = nextSecret(token.secret, salt);
    const presented = digestOf(token.secret);
    const replaced = await rawSql(tx).execute(
      `UPDATE rememberedBrowser SET previousDigest = ?, secretDigest = ?, rotationSalt = ?, rotatedAt = ?,
         lastUsedAt = CASE WHEN lastUsedAt > ? THEN lastUsedAt ELSE ? END
       WHERE id = ? AND secretDigest = ? AND endedAt IS NULL AND lastUsedAt > ?`,
      [presented, digestOf(secret), salt, now, now, now, token.id, presented, this.#oldest(now)],
    );
    return replaced === 1 ? toText({ id: token.id, secret }) : undefined;
  }

  async #replacedByAnotherTab(token: ParsedToken, tx: EntityManager): Promise<string | undefined> {
    const sql = `SELECT ${TRUSTED_DEVICE_COLUMNS} FROM rememberedBrowser WHERE id = ? AND endedAt IS NULL`;
    const row = await rawSql(tx).row<TrustedDeviceRow>(sql, [token.id]);
    if (!row?.rotationSalt || !isPrevious(row, token, this.clock.now(), this.policy)) return undefined;
    return toText({ id: token.id, secret: nextSecret(token.secret, row.rotationSalt) });
  }

  async #endUnused(now: Date, batch: number): Promise<number> {
    const unused = 'lastUsedAt <= ?';
    const oldest = this.#oldest(now);
    const ids = await chooseRows(
      this.database.manager,
      TABLE,
      `endedAt IS NULL AND ${unused}`,
      [oldest],
      batch,
    );
    return changeRows(this.database.manager, `${END} AND ${unused}`, [now, 'expired', oldest], ids);
  }

  async #delete(endedBefore: Date, batch: number): Promise<number> {
    const ids = await chooseRows(this.database.manager, TABLE, 'endedAt < ?', [endedBefore], batch);
    return changeRows(this.database.manager, `DELETE FROM ${TABLE} WHERE secretDigest IS NULL`, [], ids);
  }

  #oldest(now: Date): Date {
    return shift(now, -this.policy.browserMs);
  }
}
