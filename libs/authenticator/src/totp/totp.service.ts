import { Inject, Injectable } from '@nestjs/common';
import { AppError, Clock, addMilliseconds } from '@portillon/kernel';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { CHALLENGE_MS } from '../challenge/challenge.service';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import { TotpCodeService } from './totp-code.service';
import type { TotpEntity } from './totp.entity';
import { TotpRepository } from './totp.repository';
import { TotpSealService } from './totp-seal.service';
import type { OpenTotp, TotpStep } from './totp.types';

/** The authenticator apps that people have: opened, compared, used. Counting attempts is the caller's. */
@Injectable()
export class TotpService {
  constructor(
    private readonly apps: TotpRepository,
    private readonly codes: TotpCodeService,
    private readonly seals: TotpSealService,
    private readonly clock: Clock,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** Whether the deployment offers them. */
  get offered(): boolean {
    return this.options.totp;
  }

  /** Which of these people, at most 1,000, have one. None where none is offered. */
  async holders(accountIds: readonly string[]): Promise<string[]> {
    return this.offered && accountIds.length > 0 ? this.apps.holders(accountIds) : [];
  }

  /** The ids of all who have one, for a statement of another lib. None where none is offered. */
  holdersQueries(): SelectQueryBuilder<TotpEntity>[] {
    return this.offered ? [this.apps.holdersQuery()] : [];
  }

  /** Since when the person has one; nothing when they have none. */
  async confirmedAt(accountId: string): Promise<Date | undefined> {
    return (await this.apps.findConfirmed(accountId))?.confirmedAt ?? undefined;
  }

  /** The person's app, before an attempt is counted. @throws AppError `service.busy` without the key of its secret */
  async open(accountId: string): Promise<OpenTotp | undefined> {
    const row = await this.apps.findConfirmed(accountId);
    if (!row) return undefined;
    const secret = this.seals.open(row);
    if (secret !== undefined) return { accountId, secret, lastStep: row.lastStep };
    throw new AppError('service.busy', { detail: 'no key for the secret of an app', retryAfterSeconds: 1 });
  }

  /** The step whose code this is, after the last that was used. Uses nothing up: {@link use}. */
  compare(app: OpenTotp, code: string): TotpStep | undefined {
    const step = this.codes.stepOf(app.secret, code, app.lastStep);
    return step === undefined ? undefined : { ...app, step };
  }

  /**
   * Uses the step up: `true` for exactly one caller, whatever was compared before. The secret is sealed anew, so that
   * an older key can leave the ring.
   */
  use({ accountId, secret, step }: TotpStep, tx: EntityManager): Promise<boolean> {
    const used = { lastStep: step, secretSealed: this.seals.seal(accountId, secret) };
    return this.apps.use(accountId, used, tx);
  }

  /** Ends the person's app: whether there was one. */
  end(accountId: string, tx: EntityManager): Promise<boolean> {
    return this.apps.remove(accountId, tx);
  }

  /** Deletes at most `batch` that were begun and never confirmed: how many. */
  purge(batch: number): Promise<number> {
    return this.apps.deleteBegunBefore(addMilliseconds(this.clock.now(), -CHALLENGE_MS), batch);
  }
}
