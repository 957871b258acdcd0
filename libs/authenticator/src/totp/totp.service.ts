import { Inject, Injectable } from '@nestjs/common';
import { AppError, Clock, addMilliseconds } from '@portillon/kernel';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { CHALLENGE_MS } from '../challenge.service';
import { PASSKEY_OPTIONS } from '../passkey.options';
import type { PasskeyOptions } from '../passkey.options';
import { TotpCodeService } from './totp-code.service';
import { TotpRepository } from './totp.repository';
import type { TotpEntity } from './totp.repository';

/** A person's app with its decrypted secret, which must not leave the domain. */
export interface OpenTotp {
  accountId: string;
  secret: string;
  lastStep: number;
}

/** An accepted code that is not used yet. */
export interface TotpStep extends OpenTotp {
  step: number;
}

/** Decrypts, compares and uses codes of authenticator apps. The caller counts the attempts. */
@Injectable()
export class TotpService {
  constructor(
    private readonly apps: TotpRepository,
    private readonly codes: TotpCodeService,
    private readonly clock: Clock,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** Whether the deployment offers apps. */
  get offered(): boolean {
    return this.options.totp;
  }

  /** Those of these people, at most 1,000, who have an app. Empty where apps are not offered. */
  async holders(accountIds: readonly string[]): Promise<string[]> {
    return this.offered && accountIds.length > 0 ? this.apps.findHolders(accountIds) : [];
  }

  /** Queries for the ids of all who have an app, for statements of other libraries. None where apps are not offered. */
  holdersQueries(): SelectQueryBuilder<TotpEntity>[] {
    return this.offered ? [this.apps.holdersQuery()] : [];
  }

  /** When the person's app was confirmed; nothing without one. */
  async confirmedAt(accountId: string): Promise<Date | undefined> {
    return (await this.apps.findConfirmed(accountId))?.confirmedAt ?? undefined;
  }

  /** Returns the person's app, before an attempt is counted. @throws AppError `service.busy` without the key of its secret */
  async open(accountId: string): Promise<OpenTotp | undefined> {
    const row = await this.apps.findConfirmed(accountId);
    if (!row) return undefined;
    const secret = this.codes.open(row);
    if (secret !== undefined) return { accountId, secret, lastStep: row.lastStep };
    throw new AppError('service.busy', { detail: 'no key for the secret of an app', retryAfterSeconds: 1 });
  }

  /** Returns the step of the code if it is after the last used one. Does not use it up: {@link use} does. */
  compare(app: OpenTotp, code: string): TotpStep | undefined {
    const step = this.codes.stepOf(app.secret, code, app.lastStep);
    return step === undefined ? undefined : { ...app, step };
  }

  /**
   * Uses the step up: `true` for exactly one caller. Encrypts the secret again with the current key, so that older
   * keys can be removed.
   */
  use({ accountId, secret, step }: TotpStep, tx: EntityManager): Promise<boolean> {
    const used = { lastStep: step, secretSealed: this.codes.seal(accountId, secret) };
    return this.apps.use(accountId, used, tx);
  }

  /** Deletes the person's app, if it was added since a time. Returns whether there was one. */
  end(accountId: string, tx: EntityManager, since?: Date): Promise<boolean> {
    return this.apps.remove(accountId, tx, since);
  }

  /** Deletes at most `batch` that were begun and never confirmed. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.apps.deleteBegunBefore(addMilliseconds(this.clock.now(), -CHALLENGE_MS), batch);
  }
}
