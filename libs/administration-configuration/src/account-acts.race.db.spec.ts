import { Test, type TestingModule } from '@nestjs/testing';
import {
  type Account,
  AccountAdministrationService,
  type AccountDraft,
  AccountModule,
  accountPersistence,
  AccountService,
  type PendingChangeKind,
  PendingChangeService,
} from '@portillon/account';
import { NO_POLICY, StructureModule, StructureService } from '@portillon/structure';
import { PasskeyService } from '@portillon/authenticator';
import { KernelModule, Keyring } from '@portillon/kernel';
import { PersistenceModule, Transactions } from '@portillon/persistence';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AdministratorEntry } from './configuration.dto';
import { AdministratorSectionService } from './administrator-section.service';
import { ConfiguredMembershipsService } from './configured-memberships.service';
import { StructureSectionService } from './structure-section.service';
import {
  AccountFactorsService,
  ActJournalService,
  AdministeredAccountService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { ACT_SERVICES, CLIENT } from '@portillon/user-management/testing';
import { ChangeDecisionService } from '@portillon/administration';
import {
  type Act,
  DECISION_SERVICES,
  edit,
  ENTERING,
  erasure,
  link,
  NATIONAL_ID,
  OTHERS,
} from '@portillon/administration/testing';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);

const SERVICES = [
  ...ACT_SERVICES,
  ...DECISION_SERVICES,
  AdministratorSectionService,
  StructureSectionService,
];

/** Called once an act has read and judged the account, before its transaction begins. */
let afterReading: () => Promise<void>;

class ObservedAccountService extends AdministeredAccountService {
  override async getForAct(administrator: Administrator, id: string): Promise<Account> {
    const account = await super.getForAct(administrator, id);
    await afterReading();
    return account;
  }
}

/** The effects of an action in tables other than the account's: sessions, factors, mails. Each call succeeds. */
const elsewhere = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : succeed) });
async function succeed() {
  return true;
}

/** All calls arrive before any of them continues. */
function meetingOf(size: number): () => Promise<void> {
  let arrived = 0;
  let begin: () => void;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return () => {
    if (++arrived === size) begin();
    return begun;
  };
}

const names = Object.keys(ENTERING);
const PAIRS = names
  .flatMap((one, index) => names.slice(index).map((other): [string, string] => [one, other]))
  .filter((pair) => !(pair.includes('link') && pair.includes('unlink')));

describeOnEveryEngine('an act of an administrator on an account', [accountPersistence], (engine) => {
  const clock = new SettableClock();
  let app: TestingModule;
  let done: string[];
  let hugo: Administrator;
  let omar: string;
  let structureId: string;

  beforeAll(async () => {
    const journal: Partial<ActJournalService> = {
      recordOnAccount: async (_administrator, _account, { name }) => void done.push(name),
    };
    app = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock }),
        PersistenceModule.forRoot({ url: engine.url, parts: [accountPersistence] }),
        StructureModule,
        AccountModule.forRoot({}),
      ],
      providers: [
        ...SERVICES,
        ConfiguredMembershipsService,
        { provide: AdministeredAccountService, useClass: ObservedAccountService },
        { provide: ActJournalService, useValue: journal },
        {
          provide: PasskeyService,
          useValue: { list: async () => [{ id: 'passkey' }], proveInPerson: succeed },
        },
      ],
    })
      .useMocker(() => elsewhere)
      .compile();
  }, 60_000);
  afterAll(() => app.close());

  const inOne: typeof engine.transactions.run = (work) => app.get(Transactions).run(work);

  async function open(username: string, draft: Partial<AccountDraft> = {}): Promise<Account> {
    const named = { username, email: `${username}@h.example`, displayName: username };
    const made = await inOne((tx) => app.get(AccountService).create({ ...named, structureId, ...draft }, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  /** By the configuration file, or by another administrator where the file refuses a closed account. */
  async function promote(account: Account): Promise<void> {
    const { id, version, username, email, displayName } = account;
    const entry = { username, email, displayName, roles: ['national-admin'] } as AdministratorEntry;
    await inOne(async (tx) =>
      account.status === 'DEACTIVATED'
        ? app.get(AccountAdministrationService).edit(id, { roles: entry.roles }, version, tx)
        : app.get(AdministratorSectionService).apply(entry, () => undefined, tx),
    );
  }

  beforeEach(async () => {
    await engine.empty();
    done = [];
    afterReading = async () => undefined;
    const made = await inOne((tx) => app.get(StructureService).create({ name: 'Hôpital' }, tx));
    if (made.status !== 'created') throw new Error(made.status);
    structureId = made.structure.id;
    await open('nadia', { roles: ['national-admin'] });
    omar = (await open('omar')).id;
    const { id } = await open('hugo');
    hugo = { actor: { kind: 'person', id, structure: null }, scope: { structureIds: null }, client: CLIENT };
  });

  it.each(PAIRS)('lands once, of sixteen that judged one reading: %s and %s', async (one, other) => {
    const acts = [ENTERING[one]!, ENTERING[other]!];
    const account = await open('claire', { passwordDigest: 'digest', ...acts[0]!.on, ...acts[1]!.on });
    afterReading = meetingOf(16);
    const { results, errors } = await concurrently(16, (index) => acts[index % 2]!.run(app, account, hugo));
    for (const error of errors) expect(error).toMatchObject({ code: 'precondition.failed' });
    expect(results).toHaveLength(1);
    expect(done).toHaveLength(1);
  });

  async function requestAddress(accountId: string): Promise<void> {
    const change = { accountId, kind: 'email', value: 'new@h.example', requestedBy: omar } as const;
    await inOne((tx) => app.get(PendingChangeService).request(change, tx));
  }

  /** A state in which each act is possible. */
  async function prepare(id: string): Promise<Account> {
    const administration = app.get(AccountAdministrationService);
    await inOne((tx) =>
      administration.openEmergencyAccess(id, { means: 'password', until: clock.now() }, tx),
    );
    await inOne((tx) => administration.requestErasure(id, tx));
    await requestAddress(id);
    return (await app.get(AccountService).get(id))!;
  }

  it.each(Object.entries({ ...ENTERING, ...OTHERS }))(
    'does not land on an account that was made a national administrator’s meanwhile: %s',
    async (_, { on, run }) => {
      const account = await prepare((await open('claire', { passwordDigest: 'digest', ...on })).id);
      afterReading = async () => {
        afterReading = async () => undefined;
        await promote(account);
        await requestAddress(account.id);
      };
      await expect(run(app, account, hugo)).rejects.toMatchObject({ code: 'precondition.failed' });
      expect(done).toEqual([]);
    },
  );

  it.each<[string, PendingChangeKind, Act['run'], Act['run']]>([
    ['a card', 'identity', link(NATIONAL_ID), link('899700366241')],
    ['an address', 'email', edit({ email: 'one@h.example' }), edit({ email: 'two@h.example' })],
    ['a role', 'roles', edit({ roles: ['auditor'] }), edit({ roles: ['auditor', 'structure-admin'] })],
    ['an erasure', 'erasure', erasure('2026-01-02'), erasure('2026-01-03')],
  ])('is not confirmed as it was seen once it was replaced: %s', async (_, kind, request, replace) => {
    const policy = { ...NO_POLICY, fourEyes: true };
    await inOne((tx) => app.get(StructureService).setPolicy(structureId, policy, 1, tx));
    const { id } = await open('claire', { passwordDigest: 'digest' });
    const seen = async () => (await app.get(AccountService).get(id))!;
    await app.get(AccountFactorsService).reset(hugo, id);
    await request(app, await seen(), hugo);
    const { version } = await seen();
    await replace(app, await seen(), hugo);
    const second = { ...hugo, actor: { ...hugo.actor, id: omar } };
    const confirm = (at: number) => app.get(ChangeDecisionService).confirm(second, id, kind, at);
    await expect(confirm(version)).rejects.toMatchObject({ code: 'precondition.failed' });
    await confirm((await seen()).version);
  });
});
