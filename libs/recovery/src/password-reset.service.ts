import { Injectable, Logger } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService, AuditVerdict, Reason } from '@portillon/audit';
import { audited } from '@portillon/access';
import { QueuedReset, ResetClient, ResetRequestService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import type { Hit } from '@portillon/rate-limit';
import type { EntityManager } from 'typeorm';
import { InvitationService } from './invitation.service';
import { ResetLimitService } from './reset-limit.service';

/** Users who share one mailbox: each gets a mail about their own account. A larger number is not a personal mailbox. */
const MOST_PER_ADDRESS = 5;
const REQUESTED = 'authn_password_reset_request';

/** A link, or the reason why none is sent. */
interface Answer {
  account: Account;
  refusal: Reason | undefined;
  /** What its link was counted on. */
  counted: readonly Hit[];
}

/**
 * Forgotten passwords. A request costs the same for every name, known or not: one count and one row. `PasswordResetJob`
 * finds the account later, where response times reveal nothing, and answers with a link, with another invitation, or with a
 * journal entry only.
 */
@Injectable()
export class PasswordResetService {
  readonly #logger = new Logger('PasswordResets');

  constructor(
    private readonly transactions: Transactions,
    private readonly requests: ResetRequestService,
    private readonly accounts: AccountService,
    private readonly limits: ResetLimitService,
    private readonly invitations: InvitationService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `attempts.exceeded` when the address block asks too often, known name or not */
  async request(name: string, client: Client): Promise<void> {
    await this.limits.countRequest(client);
    await this.requests.ask({ name, client });
  }

  /** Answers those who wait, at most `batch`, each once across all instances. How many this one answered. */
  async answerWaiting(batch: number): Promise<number> {
    let answered = 0;
    for (const request of await this.requests.waiting(batch)) answered += Number(await this.#answer(request));
    return answered;
  }

  /** One that cannot be answered must not hold up those behind it. */
  #answer(request: QueuedReset): Promise<boolean> {
    return this.#countAndAnswer(request).catch((error: unknown) => {
      this.#logger.warn(`request ${request.client.requestId} put off: ${String(error)}`);
      return false;
    });
  }

  async #countAndAnswer(request: QueuedReset): Promise<boolean> {
    const answers = await this.#decide(await this.#named(request.name), request.client);
    let isTaken = false;
    try {
      isTaken = await this.transactions.run((tx) => this.#answerAll(request, answers, tx));
      return isTaken;
    } finally {
      if (!isTaken) await this.limits.giveBackLinks(answers.flatMap(({ counted }) => counted));
    }
  }

  /** `false` when another instance answers the request. */
  async #answerAll(request: QueuedReset, answers: readonly Answer[], tx: EntityManager): Promise<boolean> {
    if (!(await this.requests.take(request.id, tx))) return false;
    if (answers.length === 0) await this.#record(request, undefined, 'unknown', tx);
    // One request gets one refund: for several accounts with one mailbox, the first link.
    let context: string | undefined = this.limits.receipt(request.client);
    for (const answer of answers) {
      await this.#answerFor(answer, request, context, tx);
      if (!answer.refusal) context = undefined;
    }
    return true;
  }

  /** Looks for a user name first: an address that equals a user name must not take over requests of its owner. */
  async #named(name: string): Promise<Account[]> {
    const account = await this.accounts.findByUsername(name);
    return account ? [account] : this.accounts.findByEmail(name, MOST_PER_ADDRESS);
  }

  /** Counts a link for each account that may have one. */
  async #decide(named: readonly Account[], client: ResetClient): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const account of named) answers.push(await this.#decideOn(account, client));
    return answers;
  }

  async #decideOn(account: Account, client: ResetClient): Promise<Answer> {
    const refusal = refusalOf(account);
    if (refusal) return { account, refusal, counted: [] };
    const counted = await this.limits.countLink(account, client);
    return { account, refusal: counted ? undefined : 'too-many-links', counted: counted ?? [] };
  }

  async #answerFor(
    { account, refusal }: Answer,
    request: QueuedReset,
    context: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    await this.#record(request, account, refusal, tx);
    if (refusal) return;
    if (account.status === 'INVITED')
      return this.invitations.send(account, { id: null, client: request.client }, tx);
    await this.invitations.sendPasswordLink(account, tx, context);
  }

  #record(
    { client }: QueuedReset,
    account: Account | undefined,
    reason: Reason | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const verdict: AuditVerdict = reason ? { outcome: 'FAILURE', reason } : { outcome: 'SUCCESS' };
    return this.audit.record(audited(client, account, { name: REQUESTED, ...verdict }), tx);
  }
}

/** Accounts without a password get no link: it would turn a mailbox into a way past the card. */
function refusalOf(account: Account): Reason | undefined {
  if (account.status === 'DEACTIVATED') return 'deactivated';
  return account.status === 'ACTIVE' && !account.passwordDigest ? 'no-password' : undefined;
}
