import { Injectable } from '@nestjs/common';
import { Clock, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { CHALLENGE_MS } from '../challenge.service';
import { TotpCodeService } from './totp-code.service';
import { TotpRepository } from './totp.repository';
import type { TotpEntity } from './totp.repository';

/** Secret for a new app, shown once. */
export interface BegunTotp {
  /** Base32. */
  secret: string;
  /** `otpauth://totp/…`, for the QR code. */
  uri: string;
}

/** An app that has shown its secret by a code, before the confirmation is stored. */
export interface ProvenTotp {
  row: TotpEntity;
  step: number;
}

/** Enrols authenticator apps: issues the secret, then checks the first code. */
@Injectable()
export class TotpEnrolmentService {
  constructor(
    private readonly apps: TotpRepository,
    private readonly codes: TotpCodeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts an enrolment: a secret for an app, valid for 10 minutes. It replaces one that was never confirmed. Returns
   * nothing for an account that already has an app.
   */
  async begin(accountId: string, username: string, tx: EntityManager): Promise<BegunTotp | undefined> {
    const secret = this.codes.secret();
    const secretSealed = this.codes.seal(accountId, secret);
    const row = { accountId, secretSealed, lastStep: 0, createdAt: this.clock.now(), confirmedAt: null };
    const { createdAt } = row;
    const kept =
      (await this.apps.replaceBegun({ accountId, secretSealed, createdAt }, tx)) ||
      (await this.apps.insert(row, tx));
    return kept ? { secret, uri: this.codes.uri(secret, username) } : undefined;
  }

  /** Checks a code of the pending app. Stores nothing: {@link confirm} does. */
  async check(accountId: string, code: string): Promise<ProvenTotp | undefined> {
    const row = await this.apps.findBegun(accountId, addMilliseconds(this.clock.now(), -CHALLENGE_MS));
    const secret = row && this.codes.open(row);
    const step = secret ? this.codes.stepOf(secret, code) : undefined;
    return row && step !== undefined ? { row, step } : undefined;
  }

  /** Confirms the app and uses up the code that proved it. Returns false to all callers but the first. */
  confirm({ row, step }: ProvenTotp, tx: EntityManager): Promise<boolean> {
    return this.apps.confirm(row, { lastStep: step, confirmedAt: this.clock.now() }, tx);
  }
}
