import { Injectable } from '@nestjs/common';
import { audited } from '@portillon/access';
import { AuditData, AuditService, Reason } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock, Keyring, MINUTE } from '@portillon/kernel';
import { Hit, hitOfBlock, Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';
import { ProSanteConnectLinkService } from '../pro-sante-connect-link.service';
import type { Identity } from '../provider/identity';
import { ProviderService } from '../provider/provider.service';
import type { Correlation } from '../provider/provider.service';
import { publicCodeOf, Unproven } from '../refusal';
import type { ProSanteConnectResult } from '../refusal';
import { ProSanteConnectSignInService } from '../sign-in/pro-sante-connect-sign-in.service';
import { AuthorizationRequestService, ReturnedRequest } from './authorization-request.service';

/** The parameters of a browser that returns from PSC. */
export interface Callback {
  /** Of the address, with its `?`. */
  query: string;
  browserCookie: string | undefined;
  /** Of the session in this browser, if any. */
  sessionToken: string | undefined;
  client: Client;
}

type Expected = Extract<ReturnedRequest, { status: 'expected' }>;

const DONE: readonly string[] = ['signed-in', 'choice', 'linked'] satisfies ProSanteConnectResult['status'][];

/**
 * A hospital has one address for many users, so the limit is high. It still bounds the requests to PSC that one machine can
 * cause.
 */
const PER_BLOCK: Limit = { name: 'psc.block.10min', max: 300, windowMs: 10 * MINUTE };

/** The limits that an operator may list and clear. */
export const CALLBACK_LIMITS = { block: [PER_BLOCK] } as const satisfies LimitsByKind;

/** A way back from PSC that was counted. */
export interface CountedReturn {
  hit: Hit;
  at: Date;
}

/** The browser's way back from PSC: counted, recognised, used up, and only then PSC is asked. */
@Injectable()
export class ProSanteConnectCallbackService {
  constructor(
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly provider: ProviderService,
    private readonly signIn: ProSanteConnectSignInService,
    private readonly link: ProSanteConnectLinkService,
    private readonly audit: AuditService,
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Never throws: a page must follow. */
  async handle(callback: Callback): Promise<ProSanteConnectResult> {
    const state = new URLSearchParams(callback.query).get('state') ?? undefined;
    let returnTo = '/';
    try {
      // First: a flood must not fill the journal.
      const counted = await this.#count(callback.client);
      if (!counted) return this.#beyond(state, callback.browserCookie);
      const request = await this.authorizationRequests.consumeState(state, callback.browserCookie);
      if (request.status === 'refused') return await this.#refuse(request.reason, callback.client);
      returnTo = request.returnTo;
      const result = await this.#proceed(callback, request);
      if (DONE.includes(result.status)) await this.#refund(counted);
      return result;
    } catch (error) {
      return { status: 'refused', code: publicCodeOf(error), returnTo };
    }
  }

  async #proceed(callback: Callback, request: Expected): Promise<ProSanteConnectResult> {
    const { query, sessionToken, client } = callback;
    const { correlation, linkFor, returnTo } = request;
    if (linkFor) return this.link.link({ query, correlation, linkFor, sessionToken, client });
    return this.signIn.enter(await this.#identify(callback, correlation), returnTo, client);
  }

  async #identify({ query, client }: Callback, correlation: Correlation): Promise<Identity> {
    try {
      return await this.provider.identify(query, correlation);
    } catch (error) {
      const { reason, evidence } = error as Unproven;
      await this.#record(reason, client, evidence);
      throw error;
    }
  }

  /** Returns to the page that the user left. */
  #beyond(state: string | undefined, browserCookie: string | undefined): ProSanteConnectResult {
    const { returnTo, linkFor } = this.authorizationRequests.leftFrom(state, browserCookie);
    const code = 'attempts.exceeded';
    return linkFor ? { status: 'not-linked', code } : { status: 'refused', code, returnTo };
  }

  async #refuse(reason: Reason, client: Client): Promise<ProSanteConnectResult> {
    await this.#record(reason, client);
    return { status: 'refused', code: 'sign-in.required', returnTo: '/' };
  }

  #record(reason: Reason, client: Client, data?: AuditData): Promise<void> {
    const event = { name: 'authn_login_fail', outcome: 'FAILURE', reason, data } as const;
    return this.audit.record(audited(client, undefined, { ...event, means: 'pro-sante-connect' }));
  }

  /** Undefined when too many came from that address. */
  async #count(client: Client): Promise<CountedReturn | undefined> {
    const counted = { hit: hitOfBlock(PER_BLOCK, client, this.keyring), at: this.clock.now() };
    return (await this.limiter.consume(counted.hit)) ? undefined : counted;
  }

  /** Refunds a callback that succeeded: a busy morning is not a flood. Call it after the commit. Never throws. */
  #refund({ hit, at }: CountedReturn): Promise<void> {
    return this.limiter.refund(hit, at);
  }
}
