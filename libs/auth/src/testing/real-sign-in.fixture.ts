import {
  ChannelPolicy,
  WorkplaceService,
  CodeChannelService,
  CodeTimePolicy,
  FactorPolicy,
  MeansRegistry,
  MembershipChangeService,
  OwnFactor,
  FactorRegistry,
  SignInMeans,
  SignInPolicy,
} from '@portillon/access';
import { AppError, Clock, Keyring, MetricsRegistry } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import type { ChannelService } from '@portillon/notification';
import type { OtpPolicy } from '@portillon/otp';
import { LimitMetrics } from '@portillon/rate-limit';
import type { SessionProof } from '@portillon/session';
import { CLIENT } from '@portillon/testing';
import type { AuthMetrics } from '../auth.metrics';
import { CodeCheckService } from '../code/code-check.service';
import { CodeDeliveryService } from '../code/code-delivery.service';
import { CodePurposeRegistry } from '../code/code-purpose.registry';
import { CodeSignInService } from '../code/code-sign-in.service';
import { FederatedSignInService } from '../federated/federated-sign-in.service';
import type { IdentityLinkService } from '../federated/identity-link.service';
import { SendLimitService } from '../limits/send-limit.service';
import { SmsBudgetService } from '../limits/sms-budget.service';
import type { LockNoticeService } from '../password/lock-notice.service';
import { PasswordCheckService } from '../password/password-check.service';
import { PasswordSignInService } from '../password/password-sign-in.service';
import { BrowserRecognitionService } from '../session/browser-recognition.service';
import { SignInCompletionService, SignInRefused } from '../session/sign-in-completion.service';
import { WaysInService } from '../ways-in/ways-in.service';
import { of, tablesOf } from './drawn-tables.fixture';
import { NOW } from './ways-in.fixture';
import type { DrawnDeployment, DrawnPerson } from './ways-in.fixture';

/** The result of a sign-in: no session, one that may only add a means, or a full one. */
export type Outcome = 'refused' | 'limited' | 'open';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const RANK: readonly Outcome[] = ['refused', 'limited', 'open'];

/** The real sign-in use cases, and the answer that predicts them, over the same accounts. */
export function signingIn(people: readonly DrawnPerson[], deployment: DrawnDeployment, clock: Clock) {
  const { options } = deployment;
  const tables = tablesOf(people, deployment, clock);
  const { accounts, attempts, pendingSignIns, otp, codes, notifications, sessions } = tables;
  const { trustedDevices, audit, notices, throttle, passwords, transactions, limiter } = tables;

  const factorPolicy = new FactorPolicy(clock, options);
  const channelPolicy = new ChannelPolicy(factorPolicy, clock);
  const times = new CodeTimePolicy(clock, options);
  const policy = new SignInPolicy(factorPolicy, times, clock, options);
  const means = new MeansRegistry(options);
  means.register({ id: 'pro-sante-connect', rank: 1 }, { available: () => !deployment.pscAway });
  means.register({ id: 'cpx', rank: 2 });
  means.register({ id: 'passkey', rank: 3 });
  means.register({ id: 'password', rank: 4 });
  const factors = new FactorRegistry(factorPolicy);
  factors.register({ id: 'totp', code: 'otp' }, tables.holders(withTotp));
  factors.register({ id: 'recovery-code', code: null }, tables.holders(withRecoveryCode));
  const failingSince = (channel: Channel) => (deployment.failing.includes(channel) ? NOW : undefined);
  const health = of<ChannelService>({ failingSince });
  const channels = new CodeChannelService(channelPolicy, notifications, health);
  const purposes = new CodePurposeRegistry();
  const metrics = new LimitMetrics(new MetricsRegistry());
  const authOptions = { serviceName: 'Portillon', smsDailyBudget: 10 };
  const budget = new SmsBudgetService(limiter, keyring, clock, authOptions);
  const limits = new SendLimitService(accounts, codes, notifications, purposes, budget, metrics, clock);
  const delivery = new CodeDeliveryService(
    transactions,
    otp,
    limits,
    notifications,
    channelPolicy,
    channels,
    purposes,
    audit,
    clock,
    authOptions,
    options,
  );
  const browsers = new BrowserRecognitionService(trustedDevices, notices, audit, options);
  const completion = new SignInCompletionService(
    pendingSignIns,
    trustedDevices,
    accounts,
    sessions,
    of<WorkplaceService>({ structureOf: async () => undefined }),
    policy,
    times,
    audit,
    clock,
  );
  const locks = of<LockNoticeService>({ check: () => undefined });
  const checks = new PasswordCheckService(
    accounts,
    passwords,
    attempts,
    throttle,
    browsers,
    policy,
    locks,
    transactions,
    audit,
    clock,
  );
  const otpPolicy = { options: { digits: 6 } } as OtpPolicy;
  const codeChecks = new CodeCheckService(otp, otpPolicy, notifications, notices, audit, clock);
  const codeSignIn = new CodeSignInService(
    transactions,
    pendingSignIns,
    codeChecks,
    delivery,
    completion,
    accounts,
    attempts,
    policy,
    channels,
    factors,
  );
  const passwordSignIn = new PasswordSignInService(
    transactions,
    checks,
    attempts,
    trustedDevices,
    completion,
    codeSignIn,
    delivery,
    factors,
    of<AuthMetrics>({ observePassword: () => undefined }),
  );
  const federated = new FederatedSignInService(
    accounts,
    policy,
    transactions,
    completion,
    of<IdentityLinkService>({ recordIfOld: async () => undefined }),
    of<MembershipChangeService>({ acceptProven: async () => undefined }),
    audit,
  );
  const waysIn = new WaysInService(
    policy,
    means,
    factors,
    channels,
    notifications,
    limits,
    attempts,
    otp,
    browsers,
  );

  const place = { rememberBrowser: false, client: CLIENT, browserCookie: undefined };
  const limitedTo = ({ proof }: { proof?: SessionProof }): Outcome => (proof?.limitedTo ? 'limited' : 'open');

  /** Verifies an app or a recovery code by its own library; attempts count on the account, as for every code. */
  async function byOwnFactor(factor: OwnFactor): Promise<Outcome> {
    if (tables.lockOf(tables.pending().accountId)) return 'refused';
    const proof: SessionProof =
      factor === 'totp' ? { code: 'otp' } : { recovered: true, limitedTo: 'enrolment' };
    const opened = await transactions.run((tx) =>
      completion.complete(tables.pending(), { proof, facts: {} }, place, tx),
    );
    return limitedTo(opened.session);
  }

  async function bySentCode(): Promise<Outcome> {
    const submitted = { ...place, signInToken: 'token', code: '123456' };
    return limitedTo((await codeSignIn.submit(submitted)).session);
  }

  async function byResentCode(channel: Channel): Promise<Outcome> {
    await codeSignIn.resend('token', channel, CLIENT);
    return bySentCode();
  }

  async function byPassword({ account }: DrawnPerson): Promise<Outcome> {
    const request = {
      username: account.username,
      password: 'right',
      client: CLIENT,
      browserCookie: undefined,
    };
    const checked = await checks.check(request);
    const result = await passwordSignIn.signIn({ checked, begunAt: 0 }, CLIENT);
    if (result.status === 'signed-in') return limitedTo(result.session);
    // The sign-in in progress outlives a message that did not leave: another factor or channel completes it.
    const own = await factors.of(account);
    const outcomes = await Promise.all(own.map((factor) => attempted(() => byOwnFactor(factor))));
    const others = result.status === 'code-unsent' ? channels.of(account, 'sign-in') : [];
    for (const channel of others) outcomes.push(await attempted(() => byResentCode(channel)));
    if (result.status === 'code-required' && result.pending) outcomes.push(await attempted(bySentCode));
    return RANK.findLast((outcome) => outcomes.includes(outcome)) ?? 'refused';
  }

  async function byPasskey({ account, passkeys }: DrawnPerson): Promise<Outcome> {
    let best: Outcome = 'refused';
    for (const passkey of passkeys) {
      if (!policy.judge(account, { means: 'passkey', passkeys: [passkey] }).opens) continue;
      const proved = { acr: null, amr: [], codeAcceptedAt: null, browserId: null, client: CLIENT };
      const opening = { ...proved, accountId: account.id, means: 'passkey' as const, passkey };
      best = limitedTo((await completion.open(opening, {} as never)).session);
    }
    return best;
  }

  async function byIdentity(means: 'cpx' | 'pro-sante-connect', { account }: DrawnPerson): Promise<Outcome> {
    // A card is presented; who has none linked comes with one that leads to no account.
    const nationalId = account.nationalId ?? 'unlinked';
    const identity = { means, nationalId, acr: null, amr: [], client: CLIENT, evidence: {} };
    return limitedTo((await federated.signIn(identity))!.session);
  }

  /** A refusal is an outcome; whatever else is thrown is a fault of the test. */
  async function attempted(signIn: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await signIn();
    } catch (error) {
      if (error instanceof AppError || error instanceof SignInRefused) return 'refused';
      throw error;
    }
  }

  function signIn(by: SignInMeans, one: DrawnPerson): Promise<Outcome> {
    // Each library answers for a means that is not offered; it reads the same list.
    if (!means.list().find(({ id }) => id === by)!.available) return Promise.resolve('refused');
    return attempted(() => {
      if (by === 'password') return byPassword(one);
      return by === 'passkey' ? byPasskey(one) : byIdentity(by, one);
    });
  }

  return { waysIn, signIn };
}

const withTotp = ({ hasTotp }: DrawnPerson) => hasTotp;
const withRecoveryCode = ({ hasRecoveryCode }: DrawnPerson) => hasRecoveryCode;
