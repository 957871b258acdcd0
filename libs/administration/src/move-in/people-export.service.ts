import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import type { Membership } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { CodeCheckService, CodeDeliveryService } from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError, Clock, maskEmail } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { countsAsSecond, isNational } from '@portillon/user-management';
import type { MoveInMembership } from './move-in-line';

/** A person as `portillon move-in` reads them from JSON lines; what they lack is left out. */
export interface ExportedPerson {
  username: string;
  email: string;
  displayName: string;
  firstName?: string;
  lastName?: string;
  roles: string[];
  structure?: string;
  locale: string;
  nationalId?: string;
  passwordDigest?: string;
  phone?: string;
  phoneVerifiedAt?: string;
  preferredChannel: string;
  lastSignInAt?: string;
  memberships: MoveInMembership[];
}

/** Two national administrators: one requests the export, the other confirms it. */
export interface ExportDeciders {
  requester: Account;
  second: Account;
}

const PURPOSE = 'people-export';
/** The server itself: no request from outside exports people. */
const COMMAND_LINE: Client = {
  address: '127.0.0.1',
  addressBlock: '127.0.0.1',
  userAgent: 'portillon export people',
  locale: 'fr',
  requestId: '',
};

/**
 * Gives the people back in the form in which they move in, digests included, so that a service can leave. A second
 * national administrator confirms it with a code that is sent to them.
 */
@Injectable()
export class PeopleExportService {
  constructor(
    private readonly accounts: AccountService,
    private readonly delivery: CodeDeliveryService,
    private readonly codes: CodeCheckService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends the code to the second administrator. Returns where it went.
   *
   * @throws AppError `permission.denied` when one of them is no national administrator, `act.on-own-request` for one
   * person alone, `act.too-new-to-confirm`, and the errors of a sent code
   */
  async request(deciders: ExportDeciders): Promise<string> {
    this.#requireTwo(deciders);
    const { second } = deciders;
    const asked = { purpose: PURPOSE, binding: second.id, account: second, client: COMMAND_LINE } as const;
    await this.delivery.send({ ...asked, channel: 'EMAIL' });
    return maskEmail(second.email);
  }

  /** @throws AppError as {@link request}; `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async confirm(deciders: ExportDeciders, code: string, reason: string): Promise<void> {
    this.#requireTwo(deciders);
    const { requester, second } = deciders;
    const submission = { purpose: PURPOSE, binding: second.id, code } as const;
    const accepted = await this.codes.verify(submission, second, COMMAND_LINE, { channel: 'EMAIL' });
    await this.transactions.run(async (tx) => {
      await this.codes.consume(accepted, tx);
      const data = { by: 'command-line', confirmedBy: second.username } as const;
      const act = { name: 'people_exported', outcome: 'SUCCESS', reason, data } as const;
      await this.audit.record({ ...act, actorId: requester.id }, tx);
    });
  }

  /** Everyone whose account is open, page by page. */
  async *people(): AsyncGenerator<ExportedPerson> {
    for await (const ids of this.accounts.pages(undefined)) {
      const page = await this.accounts.getAll(ids);
      for (const account of page.values()) if (account.status !== 'DEACTIVATED') yield exported(account);
    }
  }

  #requireTwo({ requester, second }: ExportDeciders): void {
    if (requester.id === second.id) throw new AppError('act.on-own-request');
    const may = [requester, second].every(({ status, roles }) => status === 'ACTIVE' && isNational(roles));
    if (!may) throw new AppError('permission.denied');
    if (!countsAsSecond(second, this.clock.now())) throw new AppError('act.too-new-to-confirm');
  }
}

function exported(account: Account): ExportedPerson {
  const { username, email, displayName, locale, nationalId, codeChannel, phone } = account;
  // A national administrator of one service is no one's administrator in another.
  const roles = account.roles.filter((role) => !isNational([role]));
  return {
    username,
    email,
    displayName,
    roles: roles.length > 0 ? roles : ['professional'],
    locale,
    preferredChannel: codeChannel,
    ...present({
      firstName: account.givenName,
      lastName: account.familyName,
      structure: account.structure?.name,
      nationalId,
      passwordDigest: account.passwordVoid ? null : account.passwordDigest,
      phone: phone?.number,
      phoneVerifiedAt: phone?.verifiedAt?.toISOString(),
      lastSignInAt: account.lastSignedInAt?.toISOString(),
    }),
    memberships: account.memberships.filter(({ manages }) => !manages).map(placeOf),
  };
}

function placeOf({ structure, roles, function: post }: Membership): MoveInMembership {
  return { structure: structure.name, roles, ...(post && { function: post }) };
}

/** The texts that there are. */
function present<Texts extends Record<string, string | null | undefined>>(
  texts: Texts,
): Partial<Record<keyof Texts, string>> {
  const known = Object.entries(texts).filter(([, text]) => text);
  return Object.fromEntries(known) as Partial<Record<keyof Texts, string>>;
}
