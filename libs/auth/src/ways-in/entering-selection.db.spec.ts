import { Test, type TestingModule } from '@nestjs/testing';
import { type Account, AccountModule, accountPersistence, AccountService } from '@portillon/account';
import { KernelModule, Keyring } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { drawing } from '@portillon/testing/servers';
import { signingIn } from '../testing/real-sign-in.fixture';
import { drawDeployment, type DrawnPerson, drawPerson, NOW } from '../testing/ways-in.fixture';

const SEED = 29;
const DEPLOYMENTS = 12;
/** One page of the list. */
const PEOPLE = 100;

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const clock = new SettableClock(NOW);
const structureOf = ({ id }: Account) => `s-${id}`;
/** Each account in a structure has its own structure, so that each has separate rules. */
const hasStructure = ({ policy }: Account) => Object.isFrozen(policy) === false;

/** What of its rules comes to in SQL is whom the caller names: the columns stay as they are registered. */
const structureRow = (account: Account) => ({
  id: structureOf(account),
  name: 'Hôpital',
  nameKey: account.id,
  sortKey: account.id,
  smsForbidden: false,
  mailFirstTimeOnly: false,
  totpIsStrong: false,
  fourEyes: false,
  sharedWorkstations: false,
  createdAt: NOW,
  version: 1,
});
const accountRow = (account: Account) => ({
  id: account.id,
  username: account.username,
  usernameKey: account.username,
  email: account.email,
  emailKey: account.email,
  displayName: account.displayName,
  displayNameKey: account.displayName,
  locale: account.locale,
  status: account.status,
  roles: account.roles,
  national: false,
  structureId: hasStructure(account) ? structureOf(account) : null,
  codeChannel: account.codeChannel,
  nationalId: account.nationalId,
  passwordDigest: account.passwordDigest,
  emergencyMeans: account.emergency?.means ?? null,
  emergencyUntilAt: account.emergency?.until ?? null,
  createdAt: NOW,
  version: 1,
});

describeOnEveryEngine('« Peuvent entrer »', [accountPersistence], (engine) => {
  let application: TestingModule;

  beforeAll(async () => {
    application = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: engine.url, parts: [accountPersistence] }),
        AccountModule.forRoot({}),
      ],
    }).compile();
  });
  afterAll(() => application.close());

  /** Whom the list judges: it shows those of them that can enter by their password. */
  async function candidates(people: DrawnPerson[]): Promise<Set<string>> {
    const accounts = people.map(({ account }) => account);
    await engine.empty();
    const { manager } = engine.dataSource;
    await manager.insert('structure', accounts.filter(hasStructure).map(structureRow));
    await manager.insert('account', accounts.map(accountRow));
    const page = await application.get(AccountService).list({ only: 'HAS_PASSWORD', limit: PEOPLE });
    return new Set(page.items.map(({ id }) => id));
  }

  it('judges everyone whom their password lets in', async () => {
    const draw = drawing(SEED);
    for (let turn = 0; turn < DEPLOYMENTS; turn++) {
      const people = Array.from({ length: PEOPLE }, (_, index) =>
        drawPerson(draw, String(index).padStart(6, '0')),
      );
      const { waysIn } = signingIn(people, drawDeployment(draw), clock);
      const answers = await waysIn.among(people);
      const entering = [...answers].flatMap(([id, { canEnter }]) => (canEnter === 'yes' ? id : []));
      const judged = await candidates(people);
      expect(entering.length).toBeGreaterThan(0);
      expect(entering.filter((id) => !judged.has(id))).toEqual([]);
    }
  });
});
