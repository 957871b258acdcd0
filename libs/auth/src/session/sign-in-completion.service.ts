import { Injectable } from '@nestjs/common';
import { personOf } from '@portillon/access';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { amrOfFactor, PendingSignIn, PendingSignInService, Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { GivenFactor } from './given-factor.types';
import { BrowserRecognitionService } from './browser-recognition.service';
import { SessionOpening, SessionOpeningService, SignInRefused } from './session-opening.service';

/** Where the second factor of a sign-in was given. */
export interface CompletionPlace {
  rememberBrowser: boolean;
  client: Client;
  /** The cookie of the accounts that this browser remembers. */
  browserCookie: string | undefined;
}

export interface CompletedSignIn {
  session: Session;
  sessionToken: string;
  /** Undefined when the user does not want this browser to be remembered, or when several users share it. */
  browserToken?: string;
}

/** The end of a sign-in whose second factor was right: everything that it opens, in one transaction. */
@Injectable()
export class SignInCompletionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly browsers: BrowserRecognitionService,
    private readonly openings: SessionOpeningService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `sign-in.required`, and what using the factor up throws */
  async complete(
    signIn: PendingSignIn,
    given: GivenFactor,
    place: CompletionPlace,
  ): Promise<CompletedSignIn> {
    try {
      return await this.transactions.run((tx) => this.#complete(signIn, given, place, tx));
    } catch (error) {
      // Deactivated since the password, or the structure now wants another means.
      if (error instanceof SignInRefused) throw signInRequired();
      throw error;
    }
  }

  /** Each step is refused by an error, which undoes those before it. */
  async #complete(
    signIn: PendingSignIn,
    given: GivenFactor,
    place: CompletionPlace,
    tx: EntityManager,
  ): Promise<CompletedSignIn> {
    const acceptedAt = this.clock.now();
    await given.consume(tx);
    if (!(await this.pendingSignIns.complete(signIn, tx))) throw signInRequired();
    const browser = await this.#remember(signIn, place, acceptedAt, tx);
    const opening = openingOf(signIn, given, place.client, acceptedAt, browser?.id ?? null);
    const { session, sessionToken } = await this.openings.open(opening, tx);
    return { session, sessionToken, browserToken: browser?.token };
  }

  async #remember(
    signIn: PendingSignIn,
    { rememberBrowser, browserCookie: cookie, client }: CompletionPlace,
    codeAcceptedAt: Date,
    tx: EntityManager,
  ): Promise<{ id: string; token: string } | undefined> {
    if (!rememberBrowser || signIn.principal.sharedWorkstation) return undefined;
    const code = { person: personOf(signIn), browserId: signIn.browserId, cookie, codeAcceptedAt, client };
    return this.browsers.remember(code, tx);
  }
}

function openingOf(
  { accountId, means, amr, browserId: knownBrowserId }: PendingSignIn,
  { proof, facts }: GivenFactor,
  client: Client,
  codeAcceptedAt: Date,
  browserId: string | null,
): SessionOpening {
  return {
    accountId,
    means,
    acr: null,
    amr: proof.code ? [...amr, ...amrOfFactor(proof.code, means)] : amr,
    codeAcceptedAt,
    browserId,
    client,
    proof,
    inNewBrowser: knownBrowserId === null,
    facts,
  };
}

function signInRequired(): AppError {
  return new AppError('sign-in.required');
}
