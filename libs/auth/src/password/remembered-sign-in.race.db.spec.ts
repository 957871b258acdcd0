import { Test, type TestingModule } from '@nestjs/testing';
import type { CodeTimePolicy, FactorRegistry, SignInPolicy, WorkplaceService } from '@portillon/access';
import type { AuditService } from '@portillon/audit';
import { AccountModule, accountPersistence, AccountService, type SignInAccount } from '@portillon/account';
import type { PasswordAttemptService } from '@portillon/credential';
import { KernelModule, Keyring } from '@portillon/kernel';
import { PersistenceModule, Transactions } from '@portillon/persistence';
import { SessionModule, sessionPersistence, TrustedDeviceService } from '@portillon/session';
import type { PendingSignIn, PendingSignInService, SessionService } from '@portillon/session';
import { concurrently, CLIENT, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AuthMetrics } from '../auth.metrics';
import type { CodeDeliveryService } from '../code/code-delivery.service';
import type { CodeSignInService } from '../code/code-sign-in.service';
import { SignInCompletionService } from '../session/sign-in-completion.service';
import { OPEN } from '../testing/sign-in.fixture';
import type { PasswordCheckService } from './password-check.service';
import { PasswordSignInService } from './password-sign-in.service';

const PARTS = [accountPersistence, sessionPersistence];
const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const clock = new SettableClock();

describeOnEveryEngine('the two sign-ins of one person in one browser', PARTS, (bench, engine) => {
  let application: TestingModule;
  let devices: TrustedDeviceService;
  let accounts: AccountService;
  let transactions: Transactions;
  let account: SignInAccount;

  beforeAll(async () => {
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: bench.url, parts: PARTS }),
        AccountModule.forRoot({}),
        SessionModule.forRoot({}),
      ],
    }).compile();
    [devices, accounts] = [application.get(TrustedDeviceService), application.get(AccountService)];
    transactions = application.get(Transactions);
    const draft = { username: 'claire', email: 'c@hopital.example', displayName: 'Claire' };
    const created = await transactions.run((tx) => accounts.create({ ...draft, status: 'ACTIVE' }, tx));
    if (created.status !== 'created') throw new Error(created.status);
    account = (await accounts.getForSignIn(created.account.id))!;
  });
  afterAll(() => application.close());

  const deadlocks = async () => {
    if (engine === 'embedded') return 0;
    const rows = await bench.dataSource.query<{ Value: string }[]>(
      "SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'",
    );
    return Number(rows[0]?.Value ?? 0);
  };

  it('meet in one order, the browser before the account: 16 at once, and no deadlock', async () => {
    const at = clock.now();
    const device = { address: CLIENT.address, userAgent: CLIENT.userAgent };
    const { id, token } = await transactions.run((tx) =>
      devices.remember({ accountId: account.id, codeAcceptedAt: at, device }, tx),
    );
    const completion = new SignInCompletionService(
      { complete: async () => true } as unknown as PendingSignInService,
      devices,
      accounts,
      {
        open: async () => ({ session: { principal: { structure: null } }, token: 's' }),
      } as unknown as SessionService,
      { structureOf: async () => undefined } as unknown as WorkplaceService,
      { judge: () => OPEN } as unknown as SignInPolicy,
      { validUntil: () => at } as unknown as CodeTimePolicy,
      { record: async () => undefined } as unknown as AuditService,
      clock,
    );
    const passwordSignIn = new PasswordSignInService(
      transactions,
      {} as PasswordCheckService,
      { succeeded: async () => undefined } as unknown as PasswordAttemptService,
      devices,
      completion,
      {} as CodeSignInService,
      {} as CodeDeliveryService,
      {} as FactorRegistry,
      { observePassword: () => undefined } as unknown as AuthMetrics,
    );
    const known = { browser: (await devices.list(account.id))[0]!, token };
    const checked = { account, known, admission: { ...OPEN, acceptedAt: at } };
    const signIn = {
      accountId: account.id,
      browserId: id,
      amr: [],
      principal: {},
    } as unknown as PendingSignIn;
    const place = { rememberBrowser: true, browserCookie: token, client: CLIENT };
    const byPassword = () => passwordSignIn.signIn({ checked, begunAt: 0 }, CLIENT);
    const byCode = () =>
      transactions.run((tx) => completion.complete(signIn, { proof: {}, facts: {} }, place, tx));
    const before = await deadlocks();
    const { results, errors } = await concurrently<unknown>(16, (index) =>
      index % 2 ? byPassword() : byCode(),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(16);
    expect(await deadlocks()).toBe(before);
  });
});
