import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService, Reason } from '@portillon/audit';
import { audited, holderOf, SecurityChangeService, FactorPolicy } from '@portillon/access';
import { EnrolmentProofService } from '@portillon/auth';
import {
  type IdentityProof,
  Passkey,
  PasskeyRegistrationService,
  PasskeyService,
  RegistrationResponseJSON,
  VerifiedRegistration,
} from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';

type Begun = NonNullable<Awaited<ReturnType<PasskeyRegistrationService['begin']>>>;

export interface OwnPasskey {
  passkey: Passkey;
  /** Whether it signs in and confirms now. */
  accepted: boolean;
}

/** The passkeys of the signed-in user, who adds, lists and changes them. */
@Injectable()
export class OwnPasskeyService {
  constructor(
    private readonly passkeys: PasskeyService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly proofs: EnrolmentProofService,
    private readonly registrations: PasskeyRegistrationService,
    private readonly changes: SecurityChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  async list({ accountId }: Session): Promise<OwnPasskey[]> {
    const account = await this.accounts.get(accountId);
    const { offered } = this.passkeys;
    const isAccepted = (one: Passkey) =>
      Boolean(account && offered && !this.factors.passkeyRule(one, account));
    const own = await this.passkeys.list(accountId);
    return own.map((passkey) => ({ passkey, accepted: isAccepted(passkey) }));
  }

  /** @throws AppError `not-found`, also for a passkey of another account */
  async rename(session: Session, id: string, name: string, client: Client): Promise<void> {
    const { accountId } = session;
    await this.changes.run(session, async (tx) => {
      if (!(await this.passkeys.rename(accountId, id, name, tx))) throw new AppError('not-found');
      await this.notices.notify('passkey-renamed', { id: accountId }, { client }, tx);
      const event = { name: 'passkey_renamed', outcome: 'SUCCESS', data: { passkeyId: id } } as const;
      await this.audit.record(audited(client, holderOf(session), event), tx);
    });
  }

  /** Ends the other sessions too: one of them may be that of a lost authenticator. @throws AppError `not-found` */
  async end(session: Session, id: string, client: Client): Promise<void> {
    await this.changes.run(session, async (tx) => {
      if (!(await this.passkeys.end(session.accountId, id, tx))) throw new AppError('not-found');
      const facts = { data: { passkeyId: id } };
      const change = { event: 'passkey_removed', notice: 'passkey-removed', facts } as const;
      await this.changes.complete(session, change, client, tx);
    });
  }

  /**
   * `shared`: several users share this browser. @throws AppError `passkey.too-many`, and the errors of {@link
   * EnrolmentProofService.require}
   */
  async beginEnrolment(
    session: Session,
    password: string | undefined,
    shared: boolean,
    client: Client,
  ): Promise<Begun> {
    const { id: accountId, username, displayName } = await this.proofs.require(session, password, client);
    const person = { accountId, username, displayName };
    const begun = await this.registrations.begin(person, session.id, shared);
    if (!begun) throw new AppError('passkey.too-many');
    return begun;
  }

  /** Needs no new proof: starting it required one. @throws AppError `passkey.rejected`, `passkey.not-accepted`, `passkey.shared`, `passkey.too-many`, `session.required` */
  async add(
    session: Session,
    cookie: string | undefined,
    { name, response, shared }: { name: string; response: RegistrationResponseJSON; shared: boolean },
    client: Client,
  ): Promise<Passkey> {
    const checked = await this.registrations.check(session, session.id, cookie, response);
    if (checked.status === 'rejected')
      return this.#refuse(session, checked.reason, 'passkey.rejected', client);
    if (shared && response.authenticatorAttachment === 'platform')
      return this.#refuse(session, 'passkey-shared', 'passkey.shared', client);
    if (!(await this.#isAccepted(checked)))
      return this.#refuse(session, 'means-forbidden', 'passkey.not-accepted', client);
    return this.changes.run(session, (tx) => this.#save(session, checked, name, client, tx));
  }

  /** Whether the structure accepts a passkey that is stored this way. The identity may be attested later. */
  async #isAccepted({ accountId, kind }: VerifiedRegistration): Promise<boolean> {
    const account = await this.accounts.get(accountId);
    return Boolean(account && this.factors.acceptsPasskeyKind(kind, account));
  }

  async #refuse(
    session: Session,
    reason: Reason,
    code: 'passkey.rejected' | 'passkey.not-accepted' | 'passkey.shared',
    client: Client,
  ): Promise<never> {
    const data = { purpose: 'enrolment' } as const;
    const event = { name: 'authn_passkey_fail', outcome: 'FAILURE', means: 'passkey', reason, data } as const;
    await this.audit.record(audited(client, holderOf(session), event));
    throw new AppError(code);
  }

  async #save(
    session: Session,
    checked: VerifiedRegistration,
    name: string,
    client: Client,
    tx: EntityManager,
  ): Promise<Passkey> {
    // Other enrolments may have ended since this one began.
    if (!(await this.registrations.hasRoom(session.accountId, tx))) throw new AppError('passkey.too-many');
    const facts = { name, identityProof: identityProofOf(session) };
    const passkey = await this.registrations.save(checked, facts, tx);
    if (!passkey) throw new AppError('passkey.rejected');
    await this.notices.notify('passkey-added', { id: session.accountId }, { client }, tx);
    const data = { passkeyId: passkey.id, passkeyKind: passkey.kind };
    const event = { name: 'passkey_added', outcome: 'SUCCESS', means: session.means, data } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
    return passkey;
  }
}

/** How the identity of the session's holder was proven, unless the latest proof is a code or another provider's. */
export function identityProofOf({ means, proof }: Pick<Session, 'means' | 'proof'>): IdentityProof | null {
  if (proof.renewedBy === 'code' || proof.delegated) return null;
  return means === 'pro-sante-connect' || means === 'cpx' ? means : (proof.identity ?? null);
}
