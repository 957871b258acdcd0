import { Injectable } from '@nestjs/common';
import { FederatedSignInService, OpenedSession, PresentedProof, VerifiedIdentity } from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError, maskNationalId, SECOND } from '@portillon/kernel';
import { SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { Activity, Identity } from '../provider/identity';
import { publicCodeOf } from '../refusal';
import type { SignInResult } from '../refusal';
import { ProviderSessionService } from '../sign-out/provider-session.service';
import { ActivityChoiceService, PendingActivityChoice } from './activity-choice.service';

const MEANS = 'pro-sante-connect';
/** When PSC omits the time of the proof: opens a session, but counts as no fresh proof. */
const NEVER = new Date(0);

/** Opens the session of a user whom PSC has proved, at once or after the choice of an activity. */
@Injectable()
export class ProSanteConnectSignInService {
  constructor(
    private readonly federatedSignIn: FederatedSignInService,
    private readonly choices: ActivityChoiceService,
    private readonly providerSessions: ProviderSessionService,
    private readonly sessions: SessionService,
  ) {}

  /** @throws AppError `means.unavailable`, `identity.rejected` */
  async enter(identity: Identity, returnTo: string, client: Client): Promise<SignInResult> {
    try {
      if (identity.activities.length > 1) return await this.#offer(identity, returnTo, client);
      const opened = await this.#open(identity, identity.activities[0] ?? null, client);
      return { status: 'signed-in', opened, returnTo };
    } catch (error) {
      return this.#reject(error, identity, returnTo);
    }
  }

  /** The choice that this browser still has to make, if any. */
  pending(token: string | undefined): Promise<PendingActivityChoice | undefined> {
    return this.choices.find(token);
  }

  /** @throws AppError `sign-in.required`, `validation.failed`, `account.not-linked`, `identity.rejected` */
  async choose(token: string | undefined, activityId: string, client: Client): Promise<OpenedSession> {
    const choice = await this.choices.find(token);
    if (!choice) throw new AppError('sign-in.required');
    const activity = choice.identity.activities.find((one) => one.id === activityId);
    if (!activity) throw notOffered();
    const consume = (tx: EntityManager) => this.choices.consume(choice.id, tx);
    return this.#open(choice.identity, activity, client, { consume });
  }

  async #offer(identity: Identity, returnTo: string, client: Client): Promise<SignInResult> {
    await this.federatedSignIn.admit(verified(identity, null, client));
    return { status: 'choice', token: await this.choices.offer(identity, returnTo), returnTo };
  }

  async #open(
    identity: Identity,
    activity: Activity | null,
    client: Client,
    usedUp: Pick<PresentedProof, 'consume'> = {},
  ): Promise<OpenedSession> {
    const opened = await this.federatedSignIn.signIn(verified(identity, activity, client), {
      ...usedUp,
      keep: (session, tx) => this.providerSessions.record(session, identity, tx),
    });
    if (!opened) throw new AppError('sign-in.required', { detail: 'choice made already' });
    // Asked after the commit: whichever of the two comes second, it sees the other (docs/adr/0010).
    if (!(await this.providerSessions.hasEnded(identity.sid))) return opened;
    await this.sessions.end(opened.session.id, MEANS);
    throw new AppError('identity.rejected', { detail: 'signed out there meanwhile' });
  }

  /** The user is still signed in at PSC and must be able to sign out: otherwise PSC takes the next user for this one. */
  async #reject(error: unknown, identity: Identity, returnTo: string): Promise<SignInResult> {
    const code = publicCodeOf(error);
    if (code !== 'account.not-linked') throw error;
    const signOutToken = await this.providerSessions.recordRefused(identity);
    return { status: 'refused', code, returnTo, signOutToken };
  }
}

function verified(identity: Identity, activity: Activity | null, client: Client): VerifiedIdentity {
  const { nationalId, subject, acr, amr, card, delegated, authTime } = identity;
  const masked = maskNationalId(nationalId);
  return {
    means: MEANS,
    nationalId,
    acr,
    amr,
    proof: { ...(card && { card }), ...(delegated && { delegated }) },
    authenticatedAt: authTime === null ? NEVER : new Date(authTime * SECOND),
    activity: activity && withoutId(activity),
    client,
    evidence: { subject, nationalId: masked, acr, activity: activity?.structureId },
  };
}

function withoutId({ id, ...stated }: Activity) {
  return stated;
}

function notOffered(): AppError {
  const errors = [{ field: 'activity', code: 'choice', message: '' }];
  return new AppError('validation.failed', { errors });
}
