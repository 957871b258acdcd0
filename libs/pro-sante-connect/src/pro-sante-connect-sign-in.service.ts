import { Inject, Injectable } from '@nestjs/common';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import {
  audited,
  Beside,
  FederatedSession,
  FederatedSignInService,
  hitOfBlock,
  VerifiedIdentity,
} from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError, Keyring, maskNationalId, MINUTE } from '@portillon/kernel';
import { Limit, RateLimiterService } from '@portillon/rate-limit';
import { SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { ActivityChoiceService, Identity, PendingActivityChoice } from './activity-choice.service';
import { AuthorizationRequestService, CallbackResult } from './authorization-request.service';
import { activitiesOf, Activity, nationalIdOf } from './identity';
import { LinkResult, ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { MODULE_OPTIONS_TOKEN } from './pro-sante-connect.options';
import type { ProSanteConnectOptions } from './pro-sante-connect.options';
import { Correlation, Provider, VerifiedPerson } from './provider';
import { rejected } from './provider-failure';
import { ProviderSessionService } from './provider-session.service';
import { Refusal, tellable, Unproven, unproven } from './refusal';
import { localPath } from './return-to';

export type ProSanteConnectResult =
  | { status: 'signed-in'; opened: FederatedSession; returnTo: string }
  | { status: 'choice'; token: string; returnTo: string }
  | { status: 'refused'; code: Refusal; returnTo: string; signOutToken?: string }
  | LinkResult;

type Expected = Extract<CallbackResult, { status: 'expected' }>;

/** What the browser takes along to PSC. */
export interface AuthorizationRedirect {
  url: string;
  browserCookie: string;
}

const MEANS = 'pro-sante-connect';
/** A hospital stands behind one address: many people, and still a bound to what one machine can make us ask of PSC. */
const PER_BLOCK: Limit = { name: 'psc.block.10min', max: 300, windowMs: 10 * MINUTE };
/** A sign-in with Pro Santé Connect, from the button to the session. */
@Injectable()
export class ProSanteConnectSignInService {
  constructor(
    private readonly provider: Provider,
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly choices: ActivityChoiceService,
    private readonly providerSessions: ProviderSessionService,
    private readonly federatedSignIn: FederatedSignInService,
    private readonly link: ProSanteConnectLinkService,
    private readonly sessions: SessionService,
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly audit: AuditService,
    @Inject(MODULE_OPTIONS_TOKEN) private readonly options: ProSanteConnectOptions,
  ) {}

  /** Where to send the browser, and what it must bring back. */
  async begin(
    returnTo: unknown,
    browserCookie: string | undefined,
  ): Promise<
    ({ status: 'leave' } & AuthorizationRedirect) | Extract<ProSanteConnectResult, { status: 'refused' }>
  > {
    const wanted = localPath(returnTo, this.options.publicUrl);
    try {
      return { status: 'leave', ...(await this.authorize(wanted, browserCookie)) };
    } catch (error) {
      return { status: 'refused', code: tellable(error), returnTo: wanted };
    }
  }

  /** `linkFor`: the session whose account is to be linked. Stores nothing. @throws AppError `means.unavailable` */
  async authorize(
    returnTo: string,
    cookie: string | undefined,
    linkFor?: string,
  ): Promise<AuthorizationRedirect> {
    const { correlation, browserCookie } = this.authorizationRequests.begin(returnTo, cookie, linkFor);
    return { url: (await this.provider.authorizationUrl(correlation)).href, browserCookie };
  }

  /**
   * What follows the browser's way back. `query` is the callback's, with its `?`; `sessionToken` that of the session in
   * this browser, if any. Never throws: a page must follow.
   */
  async handleCallback(
    query: string,
    browserCookie: string | undefined,
    sessionToken: string | undefined,
    client: Client,
  ): Promise<ProSanteConnectResult> {
    let returnTo = '/';
    try {
      const state = new URLSearchParams(query).get('state') ?? undefined;
      // First: a flood must not fill the journal.
      if (await this.limiter.hit([hitOfBlock(PER_BLOCK, client, this.keyring)]))
        return this.#beyond(state, browserCookie);
      const back = await this.authorizationRequests.consumeState(state, browserCookie);
      if (back.status === 'refused')
        return await this.#refuse(client, 'sign-in.required', back.reason, returnTo);
      returnTo = back.returnTo;
      const identify = () => this.#identify(query, back.correlation);
      if (back.linkFor) return await this.link.handleCallback(identify, back.linkFor, sessionToken, client);
      return await this.#enter(identify, back, client);
    } catch (error) {
      return { status: 'refused', code: tellable(error), returnTo };
    }
  }

  async #enter(
    identify: () => Promise<Identity>,
    back: Expected,
    client: Client,
  ): Promise<ProSanteConnectResult> {
    const identity = await this.#audited(identify, client);
    return this.#arrive(identity, back, client).catch((error: unknown) =>
      this.#turnAway(error, identity, back.returnTo),
    );
  }

  /** The choice that this browser still has to make, if any. */
  pending(token: string | undefined): Promise<PendingActivityChoice | undefined> {
    return this.choices.find(token);
  }

  /** @throws AppError `sign-in.required`, `validation.failed`, `account.not-linked`, `identity.rejected` */
  async choose(token: string | undefined, activityId: string, client: Client): Promise<FederatedSession> {
    const choice = await this.choices.find(token);
    if (!choice) throw new AppError('sign-in.required', 'unauthenticated');
    const activity = choice.identity.activities.find((one) => one.id === activityId);
    if (!activity) throw notOffered();
    const consume = (tx: EntityManager) => this.choices.consume(choice.id, tx);
    return this.#open(choice.identity, activity, client, { consume });
  }

  /** @throws Unproven */
  async #identify(query: string, correlation: Correlation): Promise<Identity> {
    let subject: string | undefined;
    try {
      const proven = await this.provider.identify(query, correlation);
      subject = proven.token.sub;
      return toIdentity(proven);
    } catch (error) {
      throw unproven(error, subject);
    }
  }

  async #audited(identify: () => Promise<Identity>, client: Client): Promise<Identity> {
    try {
      return await identify();
    } catch (error) {
      const { reason, evidence } = error as Unproven;
      await this.#auditFailure(client, reason, evidence);
      throw error;
    }
  }

  async #arrive(identity: Identity, { returnTo }: Expected, client: Client): Promise<ProSanteConnectResult> {
    const { activities } = identity;
    if (activities.length > 1) {
      await this.federatedSignIn.admit(this.#proven(identity, null, client));
      return { status: 'choice', token: await this.choices.offer(identity, returnTo), returnTo };
    }
    const opened = await this.#open(identity, activities[0] ?? null, client);
    return { status: 'signed-in', opened, returnTo };
  }

  /** Signed in at PSC all the same: there must be a way out, or the next person here would be taken for this one. */
  async #turnAway(error: unknown, identity: Identity, returnTo: string): Promise<ProSanteConnectResult> {
    const code = tellable(error);
    if (code !== 'account.not-linked') throw error;
    const signOutToken = await this.providerSessions.keepTurnedAway(identity);
    return { status: 'refused', code, returnTo, signOutToken };
  }

  async #open(
    identity: Identity,
    activity: Activity | null,
    client: Client,
    usedUp: Pick<Beside, 'consume'> = {},
  ): Promise<FederatedSession> {
    const opened = await this.federatedSignIn.signIn(this.#proven(identity, activity, client), {
      ...usedUp,
      keep: (session, tx) => this.providerSessions.keep(session, identity, tx),
    });
    if (!opened) throw new AppError('sign-in.required', 'unauthenticated', { detail: 'choice made already' });
    // Asked after the commit: whichever of the two comes second, it sees the other (docs/adr/0010).
    if (!(await this.providerSessions.endedThere(identity.sid))) return opened;
    await this.sessions.end(opened.session.id, 'pro-sante-connect');
    throw new AppError('identity.rejected', 'unauthenticated', { detail: 'signed out there meanwhile' });
  }

  /** Back to the page that the person left from. */
  #beyond(state: string | undefined, browserCookie: string | undefined): ProSanteConnectResult {
    const { returnTo, linkFor } = this.authorizationRequests.leftFrom(state, browserCookie);
    const code = 'attempts.exceeded';
    return linkFor ? { status: 'not-linked', code } : { status: 'refused', code, returnTo };
  }

  #proven(identity: Identity, activity: Activity | null, client: Client): VerifiedIdentity {
    const { nationalId, subject, acr, amr } = identity;
    const evidence = {
      subject,
      nationalId: maskNationalId(nationalId),
      acr,
      activity: activity?.structureId,
    };
    return { means: MEANS, nationalId, acr, amr, activity: withoutId(activity), client, evidence };
  }

  async #refuse(
    client: Client,
    code: Refusal,
    reason: Reason,
    returnTo: string,
  ): Promise<ProSanteConnectResult> {
    await this.#auditFailure(client, reason);
    return { status: 'refused', code, returnTo };
  }

  #auditFailure(client: Client, reason: Reason, data?: AuditData): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', means: MEANS, reason, data } as const;
    return this.audit.record(audited(client, undefined, event));
  }
}

/** @throws AppError `identity.rejected` when PSC states no national id. */
function toIdentity({ idToken, token, claims }: VerifiedPerson): Identity {
  const nationalId = nationalIdOf(claims);
  if (!nationalId) throw rejected('no-national-id');
  const { sid, amr } = token;
  return {
    nationalId,
    subject: token.sub!,
    sid: typeof sid === 'string' && sid.length <= 255 ? sid : null,
    acr: token['acr'] as string,
    amr: Array.isArray(amr)
      ? amr.filter((one): one is string => /^[\w-]{1,20}$/.test(String(one))).slice(0, 8)
      : [],
    idToken,
    activities: activitiesOf(claims),
  };
}

function withoutId(activity: Activity | null) {
  if (!activity) return null;
  const { id, ...stated } = activity;
  return stated;
}

function notOffered(): AppError {
  const errors = [{ field: 'activity', code: 'choice', message: '' }];
  return new AppError('validation.failed', 'invalid', { errors });
}
