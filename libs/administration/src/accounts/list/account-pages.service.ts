import { Injectable } from '@nestjs/common';
import { Account, AccountService, MembershipService, PendingChangeService } from '@portillon/account';
import { AuthenticatorService, HeldMeans } from '@portillon/authenticator';
import { PasswordAttemptService } from '@portillon/credential';
import { setVersion } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import { AdministeredAccountService, isManagedWithin, isWithinReach } from '@portillon/user-management';
import type { Administrator, Scope } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import {
  AdminAccountDevices,
  devicesView,
  accountDetail,
  AdminAccount,
  AccountContext,
} from './account-view.dto';

const WHOLE: Scope = { structureIds: null };
/** Of a person whom another structure manages. */
const HIDDEN = {
  passwordUntil: null,
  codeLock: null,
  openSessions: 0,
  rememberedBrowsers: 0,
} satisfies Partial<AccountContext>;

/** What an administrator reads of one account: its page, its sessions and browsers, its means. */
@Injectable()
export class AccountPagesService {
  constructor(
    private readonly administered: AdministeredAccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly sessions: SessionService,
    private readonly browsers: TrustedDeviceService,
    private readonly pendingChanges: PendingChangeService,
    private readonly accounts: AccountService,
    private readonly memberships: MembershipService,
    private readonly authenticators: AuthenticatorService,
    private readonly clock: Clock,
  ) {}

  /** The answer of every route of one account, with its version as the `ETag`. Default: the whole account. */
  answer(reply: FastifyReply, account: Account, scope: Scope = WHOLE): Promise<AdminAccount> {
    setVersion(reply, account.version);
    return this.view(account, scope);
  }

  async view(account: Account, scope: Scope = WHOLE): Promise<AdminAccount> {
    const reach = { scope, records: await this.memberships.findByAccount(account.id), now: this.clock.now() };
    if (!isManagedWithin(scope, account)) {
      const { pendingChanges, administrators } = await this.#administratorsOf(account);
      const received = pendingChanges.filter(
        (one) => one.kind === 'management' && isWithinReach(scope, one.value),
      );
      return accountDetail(account, { ...reach, ...HIDDEN, pendingChanges: received, administrators });
    }
    const [passwordUntil, codeLock, sessions, remembered, around] = await Promise.all([
      this.attempts.delayedUntil(account.username),
      this.otp.lockOf(account.id),
      this.sessions.list(account.id),
      this.browsers.list(account.id),
      this.#administratorsOf(account),
    ]);
    return accountDetail(account, {
      ...reach,
      ...around,
      passwordUntil: passwordUntil ?? null,
      codeLock: codeLock ?? null,
      openSessions: sessions.length,
      rememberedBrowsers: remembered.length,
    });
  }

  /** The sessions and the remembered browsers. @throws AppError `not-found` for an account out of reach */
  async devices(administrator: Administrator, id: string): Promise<AdminAccountDevices> {
    const account = await this.administered.read(administrator, id);
    const [sessions, browsers] = await Promise.all([
      this.sessions.list(account.id),
      this.browsers.list(account.id),
    ]);
    return devicesView(sessions, browsers);
  }

  /** @throws AppError `not-found` for an account out of reach */
  async means(administrator: Administrator, accountId: string): Promise<HeldMeans> {
    const { id } = await this.administered.read(administrator, accountId);
    return this.authenticators.heldBy(id);
  }

  /** The pending changes, and the names of the administrators who requested them or attested the identity. */
  async #administratorsOf(
    account: Account,
  ): Promise<Pick<AccountContext, 'pendingChanges' | 'administrators'>> {
    const pendingChanges = await this.pendingChanges.list(account.id);
    const ids = pendingChanges.map(({ requestedBy }) => requestedBy);
    if (account.identityVerifiedBy !== null) ids.push(account.identityVerifiedBy);
    if (ids.length === 0) return { pendingChanges, administrators: new Map() };
    return { pendingChanges, administrators: await this.accounts.findNames(ids) };
  }
}
