import { Injectable } from '@nestjs/common';
import {
  Clock,
  digestSecret,
  issueToken,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
  addMilliseconds,
} from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { ApplicationSecretEntity } from './application-secret.entity';
import { ApplicationSecretRepository } from './application-secret.repository';

/** What may be shown of a secret; the secret itself is shown once, by {@link ApplicationSecretService.issue}. */
export type ApplicationSecret = Pick<
  ApplicationSecretEntity,
  'id' | 'createdAt' | 'expiresAt' | 'lastUsedAt'
>;

/** `value` is given once and stored nowhere. `two-live`: one has to be ended first. */
export type SecretIssue =
  { status: 'issued'; secret: ApplicationSecret; value: string } | { status: 'two-live' };

/** `malformed`: no text of the form that {@link ApplicationSecretService.issue} gives. */
export type SecretAdoption = 'adopted' | 'known' | 'two-live' | 'malformed';

/** Two, so that a new one is put to use before the old one ends. */
const SLOTS = [1, 2];
/** How exactly the last use is known: a busy client writes once a minute. */
const USE_NOTED_EVERY_MS = MINUTE;

/** The secrets of applications: 256 bits, of which a digest is kept; at most two of an application are live. */
@Injectable()
export class ApplicationSecretService {
  constructor(
    private readonly secrets: ApplicationSecretRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A new secret, until `expiresAt` or until it is ended. */
  async issue(applicationId: string, expiresAt: Date | null, tx: EntityManager): Promise<SecretIssue> {
    const { id, value, secretDigest: digest } = issueToken(this.random);
    const createdAt = this.clock.now();
    const secret = { id, createdAt, expiresAt, lastUsedAt: null };
    const isKept = await this.#keep({ ...secret, applicationId, digest }, tx);
    return isKept ? { status: 'issued', secret, value } : { status: 'two-live' };
  }

  /** Keeps a secret that was made elsewhere, in the form of {@link issue}, until it is ended. */
  async adopt(applicationId: string, value: string, tx: EntityManager): Promise<SecretAdoption> {
    const parsed = parseToken(value);
    if (!parsed) return 'malformed';
    const own = await this.secrets.list(applicationId, tx);
    const known = own.find(({ id }) => id === parsed.id);
    if (known) return secretMatches(parsed.secret, known.digest) ? 'known' : 'malformed';
    const digest = digestSecret(parsed.secret);
    const secret = { id: parsed.id, createdAt: this.clock.now(), expiresAt: null, lastUsedAt: null };
    return (await this.#keep({ ...secret, applicationId, digest }, tx)) ? 'adopted' : 'two-live';
  }

  /** Whether `secret` is one of `own`, an application's, and live. Any text is answered. */
  async matches(own: readonly ApplicationSecretEntity[], secret: string): Promise<boolean> {
    const parsed = parseToken(secret);
    const known = parsed && own.find(({ id }) => id === parsed.id);
    if (!known || !secretMatches(parsed.secret, known.digest)) return false;
    const now = this.clock.now();
    if (!isLive(known, now)) {
      // So that no clock that steps back revives it.
      await this.secrets.deleteExpired(known.id, now);
      return false;
    }
    const noted = addMilliseconds(now, -USE_NOTED_EVERY_MS);
    if (!known.lastUsedAt || known.lastUsedAt < noted) await this.secrets.touch(known.id, now, noted);
    return true;
  }

  /** Those that are live, the oldest first. */
  async list(applicationId: string, tx?: EntityManager): Promise<ApplicationSecret[]> {
    const now = this.clock.now();
    const rows = await this.secrets.list(applicationId, tx);
    return rows
      .filter((row) => isLive(row, now))
      .map(({ id, createdAt, expiresAt, lastUsedAt }) => ({ id, createdAt, expiresAt, lastUsedAt }));
  }

  /** Ends one at once: `false` when the application has no such secret. */
  end(applicationId: string, secretId: string, tx: EntityManager): Promise<boolean> {
    return this.secrets.delete(secretId, applicationId, tx);
  }

  /** Deletes at most `batch` that expired: how many. */
  purge(batch: number): Promise<number> {
    return this.secrets.deleteExpiredBefore(this.clock.now(), batch);
  }

  /** In the first place that is free: `false` when there is none. */
  async #keep(secret: Omit<ApplicationSecretEntity, 'slot'>, tx: EntityManager): Promise<boolean> {
    for (const slot of SLOTS)
      if (await this.secrets.take({ ...secret, slot }, secret.createdAt, tx)) return true;
    return false;
  }
}

function isLive({ expiresAt }: ApplicationSecretEntity, now: Date): boolean {
  return !expiresAt || expiresAt > now;
}
