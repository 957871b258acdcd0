import { Inject, Injectable, Logger } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AccountTokenService, QueuedReset, ResetRequestService } from '@portillon/credential';
import { AuditService, AuditVerdict, Reason } from '@portillon/audit';
import { audited, hitOfBlock } from '@portillon/auth';
import { Client } from '@portillon/http';
import { Clock, Keyring, tooMany } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { Hit, RateLimiterService } from '@portillon/rate-limit';
import type { EntityManager } from 'typeorm';
import { InvitationService } from './invitation.service';
import { linkMail } from './link-mail';
import { RECOVERY_MAIL_OPTIONS } from './recovery.options';
import type { RecoveryMailOptions } from './recovery.options';
import { LINKS_PER_ACCOUNT, RESETS_PER_BLOCK } from './reset-limits';

/** People who share one mailbox, each told of their own account; more than that is no mailbox of people. */
const MOST_PER_ADDRESS = 5;
const REQUESTED = 'authn_password_reset_request';

/** A link, or why there is none. */
interface Answer {
  account: Account;
  refusal: Reason | undefined;
}

/**
 * Forgotten passwords. To ask costs the same for every name, known or not: one count and one row. Who asked is looked
 * up afterwards, by {@link processQueue}, where nobody waits for it and no time can be taken.
 */
@Injectable()
export class PasswordResetService {
  readonly #logger = new Logger('PasswordResets');

  constructor(
    private readonly transactions: Transactions,
    private readonly requests: ResetRequestService,
    private readonly accounts: AccountService,
    private readonly tokens: AccountTokenService,
    private readonly invitations: InvitationService,
    private readonly notifications: NotificationService,
    private readonly limiter: RateLimiterService,
    private readonly audit: AuditService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {}

  /** @throws AppError `attempts.exceeded` when the address block asks too often, whoever it names */
  async request(name: string, client: Client): Promise<void> {
    const over = await this.limiter.hit([hitOfBlock(RESETS_PER_BLOCK, client, this.keyring)]);
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
    await this.requests.ask({ name, client });
  }

  /** Answers those who wait, at most `batch`, each once across all instances. How many this one answered. */
  async processQueue(batch: number): Promise<number> {
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
    const answers = await this.#decide(await this.#named(request.name));
    const linked = answers.filter(({ refusal }) => !refusal);
    try {
      const taken = await this.transactions.run((tx) => this.#answerAll(request, answers, tx));
      if (!taken) await this.#giveBack(linked);
      return taken;
    } catch (error) {
      await this.#giveBack(linked);
      throw error;
    }
  }

  /** `false` when another instance answers the request. */
  async #answerAll(request: QueuedReset, answers: readonly Answer[], tx: EntityManager): Promise<boolean> {
    if (!(await this.requests.take(request.id, tx))) return false;
    if (answers.length === 0) await this.#record(request, undefined, 'unknown', tx);
    for (const answer of answers) await this.#answerFor(answer, request, tx);
    return true;
  }

  /** A user name first: nobody takes over another's requests by an address that looks like it. */
  async #named(name: string): Promise<Account[]> {
    const account = await this.accounts.findByUsername(name);
    return account ? [account] : this.accounts.findByEmail(name, MOST_PER_ADDRESS);
  }

  /** Counts a link for each account that may have one. */
  async #decide(named: readonly Account[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const account of named)
      answers.push({ account, refusal: refusalOf(account) ?? (await this.#overLimit(account)) });
    return answers;
  }

  async #answerFor({ account, refusal }: Answer, request: QueuedReset, tx: EntityManager): Promise<void> {
    await this.#record(request, account, refusal, tx);
    if (refusal) return;
    if (account.status === 'INVITED')
      return this.invitations.send(account, { id: null, client: request.client }, tx);
    await this.#sendLink(account, tx);
  }

  async #overLimit(account: Account): Promise<Reason | undefined> {
    const over = await this.limiter.hit(this.#linkHits(account));
    return over && 'too-many-links';
  }

  #giveBack(linked: readonly Answer[]): Promise<void> {
    return this.limiter.giveBack(linked.flatMap(({ account }) => this.#linkHits(account)));
  }

  #linkHits({ id }: Account): Hit[] {
    const key = this.keyring.digest('limit', [id]);
    return LINKS_PER_ACCOUNT.map((limit) => ({ limit, key }));
  }

  async #sendLink(account: Account, tx: EntityManager): Promise<void> {
    const token = await this.tokens.issue('PASSWORD_RESET', account.id, tx);
    const usefulUntil = this.tokens.expiry('PASSWORD_RESET', this.clock.now());
    const mail = linkMail({
      kind: 'PASSWORD_RESET',
      account,
      token,
      goodUntil: usefulUntil,
      options: this.options,
    });
    const enqueueing = { kind: 'password-reset', accountId: account.id, when: 'later', usefulUntil } as const;
    await this.notifications.enqueue(mail, enqueueing, tx);
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

/** Who has no password has none to forget: a link would turn a mailbox into a way past the card. */
function refusalOf(account: Account): Reason | undefined {
  if (account.status === 'DEACTIVATED') return 'deactivated';
  return account.status === 'ACTIVE' && !account.passwordDigest ? 'no-password' : undefined;
}
