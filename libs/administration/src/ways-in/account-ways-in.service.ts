import { Injectable } from '@nestjs/common';
import type { WayInReasonCode } from '@portillon/access';
import type { Account } from '@portillon/account';
import { ApplicationWayIn, ApplicationExplanationsService } from '@portillon/administration-applications';
import { Entrant, WaysIn, WaysInService } from '@portillon/auth';
import { PasskeyService } from '@portillon/authenticator';
import { judgedWithin } from '../accounts/list/limited-view.policy';
import { AdministeredAccountService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** Explains a sign-in's decision for people within an administrator's reach. */
@Injectable()
export class AccountWaysInService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly waysIn: WaysInService,
    private readonly applications: ApplicationExplanationsService,
  ) {}

  /** `application`: an id, of one to open. @throws AppError `not-found`, of either beyond reach */
  async read(
    administrator: Administrator,
    accountId: string,
    application?: string,
  ): Promise<{ account: Account; waysIn: WaysIn; application?: ApplicationWayIn }> {
    const read = await this.administered.readVisible(administrator, accountId);
    // What an application receives is the whole person.
    if (application !== undefined) await this.administered.get(administrator, accountId);
    const account = judgedWithin(administrator.scope, read);
    const [entrant] = await this.#entrants([account]);
    const waysIn = await this.waysIn.of(entrant!);
    if (application === undefined) return { account, waysIn };
    const opened = await this.applications.explainWayIn(administrator, entrant!, waysIn, application);
    return { account, waysIn, application: opened };
  }

  /** For the accounts of one page. */
  async among(accounts: readonly Account[]): Promise<Map<string, WaysIn>> {
    return this.waysIn.among(await this.#entrants(accounts));
  }

  async #entrants(accounts: readonly Account[]): Promise<Entrant[]> {
    const passkeys = await this.passkeys.listAll(accounts.map(({ id }) => id));
    return accounts.map((account) => ({
      account,
      passkeys: passkeys.filter(({ accountId }) => accountId === account.id),
    }));
  }
}

/** The actions by which an administrator fixes a reason, the most likely one first. */
export const MENDING_ACTS = [
  'reactivate',
  'resend-invitation',
  'unlock',
  'open-emergency-access',
  'attest-identity',
  'link-identity',
  'prove-passkey',
  'edit-account',
  'edit-structure',
] as const;
export type MendingAct = (typeof MENDING_ACTS)[number];

const ABOUT_RULE: readonly MendingAct[] = ['open-emergency-access', 'edit-structure'];

const ACTS: Partial<Record<WayInReasonCode, readonly MendingAct[]>> = {
  'account-closed': ['reactivate'],
  'invitation-sent': ['resend-invitation'],
  'invitation-over': ['resend-invitation'],
  'pro-sante-connect-only': ABOUT_RULE,
  'strong-means-only': ABOUT_RULE,
  'enrolment-only': ABOUT_RULE,
  'identity-unverified': ['attest-identity', ...ABOUT_RULE],
  'no-identity': ['link-identity'],
  'passkey-kind': ['edit-structure'],
  'passkey-identity': ['prove-passkey', 'edit-structure'],
  'password-void-reported': ['unlock'],
  'password-void-incident': ['unlock'],
  'password-void-closing': ['unlock'],
  'password-void-moved': ['unlock'],
  'password-locked': ['unlock'],
  'password-wait': ['unlock'],
  'code-locked': ['unlock'],
  'code-closed': ['unlock'],
  'channel-off': ABOUT_RULE,
  'codes-used-up': ['unlock'],
  'mail-unreachable': ['edit-account'],
};

/** A user who requested erasure is not admitted again. Where another structure manages the account, the own rules remain. */
export function actsAbout(
  code: WayInReasonCode,
  { erasureRequestedAt }: Pick<Account, 'erasureRequestedAt'>,
  managedHere = true,
): MendingAct[] {
  if (code === 'account-closed' && erasureRequestedAt) return [];
  return (ACTS[code] ?? []).filter((act) => managedHere || act === 'edit-structure');
}
