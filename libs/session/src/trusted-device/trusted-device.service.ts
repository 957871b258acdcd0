import { Injectable } from '@nestjs/common';
import {
  Clock,
  issueToken,
  ParsedToken,
  parseToken,
  Random,
  addMilliseconds,
  later,
} from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { deviceColumns } from '../session/session.entity';
import { SessionPolicy } from '../session/session.policy';
import type { Device } from '../session/session.types';
import { readCookie, toCookie, toText } from './trusted-device.cookie';
import type { TrustedDeviceEntity } from './trusted-device.entity';
import {
  isAccepted,
  isPrevious,
  toTrustedDevice,
  wasOnce,
  digestOf,
  nextSecret,
} from './trusted-device.policy';
import type { DeviceRecognition, TrustedDevice } from './trusted-device.policy';
import { TrustedDeviceRepository } from './trusted-device.repository';

type CodeAcceptance = Partial<Pick<TrustedDevice, 'codeAcceptedAt'>>;

const SALT_BYTES = 32;
/** Number of earlier secrets of a browser that are recognised. */
const MOST_FORMER = 20;

/** Browsers in which a person gave a code: one row per browser and person, one cookie per browser. */
@Injectable()
export class TrustedDeviceService {
  constructor(
    private readonly devices: TrustedDeviceRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Adds a browser that was not trusted for this person. {@link writeCookie} puts the token into the cookie. */
  async remember(
    request: { accountId: string; codeAcceptedAt: Date; device: Device },
    tx: EntityManager,
  ): Promise<{ id: string; token: string }> {
    const now = this.clock.now();
    const token = issueToken(this.random);
    const { device, ...stated } = request;
    await this.devices.insert(
      {
        ...stated,
        ...deviceColumns(device),
        id: token.id,
        secretDigest: token.secretDigest,
        previousDigest: null,
        formerDigests: null,
        rotationSalt: null,
        rotatedAt: now,
        createdAt: now,
        lastUsedAt: now,
        endedAt: null,
        endReason: null,
      },
      tx,
    );
    return { id: token.id, token: token.value };
  }

  /**
   * Whether the browser with this cookie is trusted for this account. It is called before the password check, so it
   * issues no new secret. `reused` means that the secret was replaced longer ago than two tabs explain: a copy of the
   * cookie exists. The caller must {@link end} the series and warn the account holder.
   */
  async recognise(cookie: string | undefined, accountId: string): Promise<DeviceRecognition> {
    const tokens = readCookie(cookie, this.policy.maxPeople);
    if (tokens.length === 0) return { status: 'unknown' };
    const ids = tokens.map((token) => token.id);
    const rows = await this.devices.findKnown(ids, accountId, this.#oldest(this.clock.now()));
    const token = tokens.find((one) => rows.some((row) => row.id === one.id));
    if (!token) return { status: 'unknown' };
    return this.#judge(
      token,
      rows.find((row) => row.id === token.id)!,
    );
  }

  /**
   * Gives the browser its next secret after the right password; pass the token to {@link writeCookie}. Concurrent tabs
   * with the same token get the same next one. `codeAcceptedAt`: when a code was just accepted too. Returns nothing
   * when the browser was forgotten meanwhile: the sign-in then needs a code. It guards a sign-in without a code, as
   * {@link PendingSignInService.complete} guards one with a code.
   */
  async rotate(token: string, changes: CodeAcceptance, tx: EntityManager): Promise<string | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const row = await this.devices.find(parsed.id, tx);
    if (!row) return undefined;
    const next = await this.#replace(parsed, row, changes, tx);
    return next ?? this.#replacedByAnotherTab(parsed, changes, tx);
  }

  /**
   * Restarts the code's validity, after a code was accepted in this browser. Returns whether the browser is still
   * trusted.
   */
  refresh(browserId: string, codeAcceptedAt: Date, tx: EntityManager): Promise<boolean> {
    return this.devices.acceptCode(browserId, codeAcceptedAt, tx);
  }

  /** Forgets one browser. Returns whether it was trusted. */
  end(browserId: string, reason: string, tx?: EntityManager): Promise<boolean> {
    return this.devices.end(browserId, this.#end(reason), undefined, tx);
  }

  /** Forgets one browser if it is trusted for this person. Returns whether it was. */
  endOf(accountId: string, browserId: string, reason: string, tx?: EntityManager): Promise<boolean> {
    return this.devices.end(browserId, this.#end(reason), accountId, tx);
  }

  /**
   * Forgets every browser of the person. Returns how many. Call it before {@link SessionService.endAll} if sessions
   * end too.
   */
  endAll(accountId: string, reason: string, tx: EntityManager): Promise<number> {
    return this.devices.endAll([accountId], this.#end(reason), tx);
  }

  /** As {@link endAll}, for many people. */
  async endAllOf(accountIds: readonly string[], reason: string, tx: EntityManager): Promise<number> {
    let [total, ended] = [0, 0];
    do {
      ended = await this.devices.endAll(accountIds, this.#end(reason), tx);
      total += ended;
    } while (ended > 0);
    return total;
  }

  /** The trusted browsers of the person, most recently used first. */
  async list(accountId: string): Promise<TrustedDevice[]> {
    const now = this.clock.now();
    const rows = await this.devices.findUsedSince(accountId, this.#oldest(now));
    return rows.map((row) => toTrustedDevice(row, now, this.policy));
  }

  /** Deletes every trusted browser of an erased person, since each holds their addresses. */
  erase(accountId: string, tx: EntityManager): Promise<void> {
    return this.devices.erase(accountId, tx);
  }

  /**
   * Forgets unused browsers and deletes those whose retention is over, at most `batch` of each. Returns the number of
   * changed rows.
   */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    const ended = await this.devices.endUnused(this.#oldest(now), this.#end('expired'), batch);
    return (
      ended + (await this.devices.deleteEndedBefore(addMilliseconds(now, -this.policy.retentionMs), batch))
    );
  }

  /** The cookie with `token` first; it replaces an older token of the same browser and account. */
  writeCookie(cookie: string | undefined, token: string): string {
    const { maxPeople } = this.policy;
    return toCookie(readCookie(`${token}~${cookie ?? ''}`, maxPeople));
  }

  /** Whether several people use the browser with this cookie. */
  isShared(cookie: string | undefined): boolean {
    return readCookie(cookie, this.policy.maxPeople).length > 1;
  }

  /** Returns the cookie without the token of one browser: empty when it was the last. */
  dropFromCookie(cookie: string | undefined, browserId: string): string {
    return toCookie(readCookie(cookie, this.policy.maxPeople).filter((token) => token.id !== browserId));
  }

  /** Returns the token of `browserId` in the cookie, to {@link rotate} it without recognising again. */
  tokenIn(cookie: string | undefined, browserId: string | null): string | undefined {
    const token = readCookie(cookie, this.policy.maxPeople).find((one) => one.id === browserId);
    return token && toText(token);
  }

  async #judge(token: ParsedToken, row: TrustedDeviceEntity): Promise<DeviceRecognition> {
    const now = this.clock.now();
    if (!isAccepted(row, token, now, this.policy))
      return wasOnce(row, token) ? { status: 'reused', browserId: row.id } : { status: 'unknown' };
    const browser = toTrustedDevice(row, now, this.policy);
    // Stores once that the code has expired, so that a clock that steps back does not revive it.
    if (!browser.codeStillValid && row.lastUsedAt < browser.codeValidUntilAt)
      await this.devices.recordUse(row.id, now);
    return { status: 'recognised', browser, token: toText(token) };
  }

  async #replace(
    token: ParsedToken,
    row: TrustedDeviceEntity,
    changes: CodeAcceptance,
    tx: EntityManager,
  ): Promise<string | undefined> {
    const now = this.clock.now();
    const salt = this.random.bytes(SALT_BYTES).toString('hex');
    const secret = nextSecret(token.secret, salt);
    const presented = digestOf(token.secret);
    const former = [row.previousDigest, ...(row.formerDigests ?? [])].filter((one) => one !== null);
    const next = {
      ...changes,
      secretDigest: digestOf(secret),
      previousDigest: presented,
      formerDigests: former.slice(0, MOST_FORMER),
      rotationSalt: salt,
      rotatedAt: now,
      lastUsedAt: later(row.lastUsedAt, now),
    };
    const rotated = await this.devices.rotate(token.id, presented, this.#oldest(now), next, tx);
    return rotated ? toText({ id: token.id, secret }) : undefined;
  }

  async #replacedByAnotherTab(
    token: ParsedToken,
    { codeAcceptedAt }: CodeAcceptance,
    tx: EntityManager,
  ): Promise<string | undefined> {
    const row = await this.devices.find(token.id, tx);
    if (!row?.rotationSalt || !isPrevious(row, token, this.clock.now(), this.policy)) return undefined;
    if (codeAcceptedAt) await this.refresh(token.id, codeAcceptedAt, tx);
    return toText({ id: token.id, secret: nextSecret(token.secret, row.rotationSalt) });
  }

  #end(endReason: string) {
    return { endedAt: this.clock.now(), endReason };
  }

  #oldest(now: Date): Date {
    return addMilliseconds(now, -this.policy.browserMs);
  }
}
