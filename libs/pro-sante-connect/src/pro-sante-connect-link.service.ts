import { Injectable } from '@nestjs/common';
import { IdentityLinkService, VerifiedLink } from '@portillon/auth';
import type { Client } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import type { Identity } from './provider/identity';
import { ProviderService } from './provider/provider.service';
import type { Correlation } from './provider/provider.service';
import { publicCodeOf, Unproven } from './refusal';
import type { LinkResult } from './refusal';
import { ProviderSessionService } from './sign-out/provider-session.service';

/** The account to link, and the return of the browser from PSC. */
export interface WantedLink {
  /** Of the address, with its `?`. */
  query: string;
  correlation: Correlation;
  /** The session that asked. */
  linkFor: string;
  sessionToken: string | undefined;
  client: Client;
}

const MEANS = 'pro-sante-connect';

/** Links the account of a user with password and code to the identity that Pro Santé Connect proves, once. */
@Injectable()
export class ProSanteConnectLinkService {
  constructor(
    private readonly identities: IdentityLinkService,
    private readonly sessions: SessionService,
    private readonly providerSessions: ProviderSessionService,
    private readonly provider: ProviderService,
  ) {}

  /** @throws AppError `password.required`: another session may not */
  requirePassword(session: Session, client: Client): Promise<void> {
    return this.identities.requirePassword(session, { means: MEANS, client });
  }

  /**
   * Links the account when the browser that left returns. The session that started the link must still be open here.
   * Otherwise another person's account would be linked to the proved identity.
   */
  async link(wanted: WantedLink): Promise<LinkResult> {
    const { linkFor, sessionToken, client } = wanted;
    const session = await this.sessions.find(sessionToken);
    try {
      if (session?.id !== linkFor) return await this.#refuseOther(session, client);
      await this.#link(session, await this.#identify(session, wanted), client);
      return { status: 'linked' };
    } catch (error) {
      return { status: 'not-linked', code: publicCodeOf(error) };
    }
  }

  /** A user who proved an identity here also signs out of PSC: PSC must not take the next user for this one. */
  async #link(session: Session, identity: Identity, client: Client): Promise<void> {
    const { nationalId, names, subject, acr } = identity;
    const evidence = { subject, nationalId: maskNationalId(nationalId), acr };
    const proven: VerifiedLink = { means: MEANS, nationalId, names, client, evidence };
    await this.identities.link(session, proven, {
      keep: (tx) => this.providerSessions.replace(session, identity, tx),
    });
  }

  async #refuseOther(session: Session | undefined, client: Client): Promise<LinkResult> {
    await this.identities.refuse(session, { means: MEANS, client, evidence: {} }, 'other-session');
    return { status: 'not-linked', code: 'session.required' };
  }

  async #identify(session: Session, { query, correlation, client }: WantedLink): Promise<Identity> {
    try {
      return await this.provider.identify(query, correlation);
    } catch (error) {
      const { reason, evidence } = error as Unproven;
      await this.identities.refuse(session, { means: MEANS, client, evidence }, reason);
      throw error;
    }
  }
}
