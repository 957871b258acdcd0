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
import { ApplicationSecretRepository } from './application-secret.repository';
import type { ApplicationSecretEntity } from './application-secret.repository';

/** Public data of a secret; {@link ApplicationSecretService.issue} returns the secret itself, once. */
export type ApplicationSecret = Pick<
  ApplicationSecretEntity,
  'id' | 'createdAt' | 'expiresAt' | 'lastUsedAt'
>;

/** `value` is returned once and not stored. `two-live`: one must be ended first. */
export type SecretIssue =
  { status: 'issued'; secret: ApplicationSecret; value: string } | { status: 'two-live' };

/** `malformed`: not of the form of {@link ApplicationSecretService.issue}. `taken`: another application has it. */
export type SecretAdoption = 'adopted' | 'known' | 'two-live' | 'malformed' | 'taken';

/** Two, so that a new secret can be deployed before the old one ends. */
const SLOTS = [1, 2];
/** Precision of the last use: a busy client writes once a minute. */
const USE_NOTED_EVERY_MS = MINUTE;

/** Secrets of applications: 256 bits, stored as a digest; at most two of an application are live. */
@Injectable()
export class ApplicationSecretService {
  constructor(
    private readonly secrets: ApplicationSecretRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Creates a secret, valid until `expiresAt` or until it is ended. */
  async issue(applicationId: string, expiresAt: Date | null, tx: EntityManager): Promise<SecretIssue> {
    const { id, value, secretDigest: digest } = issueToken(this.random);
    const createdAt = this.clock.now();
    const secret = { id, createdAt, expiresAt, lastUsedAt: null };
    const isKept = await this.#keep({ ...secret, applicationId, digest }, tx);
    return isKept ? { status: 'issued', secret, value } : { status: 'two-live' };
  }

  /** Adopts a secret from elsewhere, in the form of {@link issue}, until it is ended. */
  async adopt(applicationId: string, value: string, tx: EntityManager): Promise<SecretAdoption> {
    const parsed = parseToken(value);
    if (!parsed) return 'malformed';
    const own = await this.secrets.list(applicationId, tx);
    const known = own.find(({ id }) => id === parsed.id);
    if (known) return secretMatches(parsed.secret, known.digest) ? 'known' : 'malformed';
    const digest = digestSecret(parsed.secret);
    const secret = { id: parsed.id, createdAt: this.clock.now(), expiresAt: null, lastUsedAt: null };
    if (await this.#keep({ ...secret, applicationId, digest }, tx)) return 'adopted';
    return (await this.secrets.exists(parsed.id, tx)) ? 'taken' : 'two-live';
  }

  /** Whether `secret` is a live one of `own`, an application's secrets. Accepts any text. */
  async matches(own: readonly ApplicationSecretEntity[], secret: string): Promise<boolean> {
    const parsed = parseToken(secret);
    const known = parsed && own.find(({ id }) => id === parsed.id);
    if (!known || !secretMatches(parsed.secret, known.digest)) return false;
    const now = this.clock.now();
    if (!isLive(known, now)) {
      // So that a clock that steps back does not revive it.
      await this.secrets.deleteExpired(known.id, now);
      return false;
    }
    const noted = addMilliseconds(now, -USE_NOTED_EVERY_MS);
    if (!known.lastUsedAt || known.lastUsedAt < noted) await this.secrets.touch(known.id, now, noted);
    return true;
  }

  /** Live secrets, oldest first. */
  async list(applicationId: string, tx?: EntityManager): Promise<ApplicationSecret[]> {
    const now = this.clock.now();
    const rows = await this.secrets.list(applicationId, tx);
    return rows
      .filter((row) => isLive(row, now))
      .map(({ id, createdAt, expiresAt, lastUsedAt }) => ({ id, createdAt, expiresAt, lastUsedAt }));
  }

  /** Ends a secret immediately. Returns `false` when the application has no such secret. */
  end(applicationId: string, secretId: string, tx: EntityManager): Promise<boolean> {
    return this.secrets.delete(secretId, applicationId, tx);
  }

  /** Deletes at most `batch` expired ones. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.secrets.deleteExpiredBefore(this.clock.now(), batch);
  }

  /** Stores the secret in the first free slot. Returns `false` when there is none. */
  async #keep(secret: Omit<ApplicationSecretEntity, 'slot'>, tx: EntityManager): Promise<boolean> {
    for (const slot of SLOTS)
      if (await this.secrets.take({ ...secret, slot }, secret.createdAt, tx)) return true;
    return false;
  }
}

function isLive({ expiresAt }: ApplicationSecretEntity, now: Date): boolean {
  return !expiresAt || expiresAt > now;
}
