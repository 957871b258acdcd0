import { Injectable } from '@nestjs/common';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { PasswordChecked } from './password-check.service';
import { SessionOpening, SessionOpeningService, SignInRefused } from '../session/session-opening.service';

export interface RememberedSignIn {
  session: Session;
  sessionToken: string;
  /** Undefined when the code was given in another browser, which the deployment may allow. */
  browserToken?: string;
}

/** Whether the code was given in this browser or another, the password alone is no fresh proof of a second factor. */
const NEVER = new Date(0);
const WAIVED = { data: { codeWaivedBy: 'remembered-browser' } } as const;

/** A sign-in by password only, while an earlier code is still valid. */
@Injectable()
export class RememberedSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly attempts: PasswordAttemptService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly openings: SessionOpeningService,
  ) {}

  /** Opens the session; nothing when the browser or the account was ended, or changed, since they were read. */
  async open(checked: PasswordChecked, client: Client): Promise<RememberedSignIn | undefined> {
    if (checked.admission.needs === 'code') return undefined;
    const opening = openingOf(checked, checked.admission.acceptedAt, client);
    try {
      return await this.transactions.runOrRollBack((tx) => this.#open(checked, opening, tx));
    } catch (error) {
      if (error instanceof SignInRefused) return undefined;
      throw error;
    }
  }

  /** Locks the browser, then the account, as the end of a sign-in by code does, then the attempts. Nothing undoes all of it. */
  async #open(
    { account, known }: PasswordChecked,
    opening: SessionOpening,
    tx: EntityManager,
  ): Promise<RememberedSignIn | undefined> {
    const browserToken = known && (await this.trustedDevices.rotate(known.token, {}, tx));
    if (known && !browserToken) return undefined;
    const { session, sessionToken } = await this.openings.open(opening, tx);
    await this.attempts.succeeded(account.username, known?.browser.id ?? null, tx);
    return { session, sessionToken, browserToken };
  }
}

function openingOf(
  { account, known }: PasswordChecked,
  codeAcceptedAt: Date | null,
  client: Client,
): SessionOpening {
  return {
    accountId: account.id,
    read: account,
    means: 'password',
    acr: null,
    amr: ['pwd'],
    codeAcceptedAt,
    authenticatedAt: (known && codeAcceptedAt) ?? NEVER,
    browserId: known?.browser.id ?? null,
    client,
    facts: WAIVED,
  };
}
