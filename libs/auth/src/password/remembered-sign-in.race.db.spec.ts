import { Test, type TestingModule } from '@nestjs/testing';
import { AccountModule, accountPersistence, AccountService, type SignInAccount } from '@portillon/account';
import type { PasswordAttemptService } from '@portillon/credential';
import { KernelModule, Keyring } from '@portillon/kernel';
import { PersistenceModule, Transactions } from '@portillon/persistence';
import { SessionModule, sessionPersistence, TrustedDeviceService } from '@portillon/session';
import { concurrently, CLIENT, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { BrowserRecognitionService } from '../session/browser-recognition.service';
import type { OpenedSession, SessionOpeningService } from '../session/session-opening.service';
import { OPEN } from '../testing/sign-in.fixture';
import { RememberedSignInService } from './remembered-sign-in.service';

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
    // The account is locked when the session opens, as by the real one.
    const openings = {
      open: async (_opening: unknown, tx) => {
        if (!(await accounts.recordSignIn(account.id, at, tx))) throw new Error('closed');
        return {} as OpenedSession;
      },
    } as Pick<SessionOpeningService, 'open'> as SessionOpeningService;
    const attempts = { succeeded: async () => undefined } as unknown as PasswordAttemptService;
    const remembered = new RememberedSignInService(transactions, attempts, devices, openings);
    const browsers = new BrowserRecognitionService(devices, {} as never, {} as never, {} as never);
    const known = { browser: (await devices.list(account.id))[0]!, token };
    const cookie = token;
    const byPassword = () =>
      remembered.open({ account, known, admission: { ...OPEN, acceptedAt: at } }, CLIENT);
    const byCode = () =>
      transactions.run(async (tx) => {
        const code = { person: account, browserId: id, cookie, codeAcceptedAt: at, client: CLIENT };
        const browser = await browsers.remember(code, tx);
        await openings.open({} as never, tx);
        return browser;
      });
    const before = await deadlocks();
    const { results, errors } = await concurrently<unknown>(16, (index) =>
      index % 2 ? byPassword() : byCode(),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(16);
    expect(await deadlocks()).toBe(before);
  });
});
