import type { Judged, SignInPolicy } from '@portillon/access';
import {
  Account,
  AccountPage,
  AccountPageRequest,
  AccountSearchService,
  AccountService,
} from '@portillon/account';
import { NO_POLICY, Structure, StructureService } from '@portillon/structure';
import type { WaysIn } from '@portillon/auth';
import { Steps } from '@portillon/testing';
import { claire, NATIONAL, OF_HOSPITAL } from '@portillon/user-management/testing';
import type { AccountWaysInService } from '../../ways-in/account-ways-in.service';
import type {
  AccountLocksService,
  ActJournalService,
  AdministeredStructureService,
} from '@portillon/user-management';
import { AppError } from '@portillon/kernel';
import { isWithinReach } from '@portillon/user-management';
import { AccountListService } from './account-list.service';

const PAST = { ...NO_POLICY, strongMeansFrom: new Date('2026-11-01') };
const DATED = [
  { id: 'hospital', policy: PAST },
  { id: 'clinic', policy: PAST },
  { id: 'practice', policy: NO_POLICY },
] as Structure[];
const people = (...ids: string[]) =>
  ids.map((id) => ({ id, memberships: [] as Account['memberships'] }) as Account);

/** `pages`: those that are read one after the other; `entering`: whom the judgement lets in by their password. */
function lists(pages: AccountPage[] = [], entering: string[] = []) {
  const steps = new Steps();
  const asked: AccountPageRequest[] = [];
  const counted: object[] = [];
  const page = async (request: AccountPageRequest) => {
    asked.push(request);
    return pages[asked.length - 1] ?? { items: [], nextCursor: null };
  };
  const service = new AccountListService(
    steps.of<AccountService>('accounts', {
      list: page,
      count: async (request) => {
        counted.push(request);
        return 122;
      },
    }),
    steps.of<AccountSearchService>('search', { find: page }),
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => {
        if (asked && !isWithinReach(scope, asked)) throw new AppError('not-found');
        return asked === undefined ? scope.structureIds : [asked];
      },
    }),
    steps.of<AccountLocksService>('locks', {
      findLocked: async () => ['claire'],
      findLockedAmong: async (accounts) =>
        new Set(accounts.filter((one) => one.displayName === 'Locked').map(({ id }) => id)),
    }),
    steps.of<StructureService>('structures', { dated: async () => DATED }),
    {
      judge: ({ policy }: Judged) => ({ opens: policy.strongMeansFrom === null }),
    } as unknown as SignInPolicy,
    steps.of<AccountWaysInService>('waysIn', {
      among: async (accounts) =>
        new Map(
          accounts.map(({ id }) => [id, { canEnter: entering.includes(id) ? 'yes' : 'only-by' } as WaysIn]),
        ),
    }),
    steps.of<ActJournalService>('journal', { record: async () => undefined }),
  );
  return { asked, counted, service };
}

describe('the list of accounts', () => {
  it.each(['KEPT_OUT_BY_RULE', 'ONLY_BY_CARD'] as const)(
    'is of the structures whose rule closes the password, within reach: %s',
    async (only) => {
      const { asked, service } = lists();
      await service.page(NATIONAL, { only });
      await service.page(OF_HOSPITAL, { only });
      await service.page(NATIONAL, { only, structure: 'practice' });
      expect(asked).toMatchObject([
        { only, structureIds: ['hospital', 'clinic'] },
        { only, structureIds: ['hospital'] },
        { only, structureIds: [] },
      ]);
    },
  );

  it('is of those whom the judgement of a sign-in lets in by their password, page by page', async () => {
    const pages = [
      { items: people('claire', 'paul', 'nadia'), nextCursor: 'c2' },
      { items: people('alice'), nextCursor: null },
    ];
    const { asked, service } = lists(pages, ['paul', 'alice']);
    const first = await service.page(OF_HOSPITAL, { only: 'CAN_ENTER' });
    expect(first).toEqual({ items: people('paul'), nextCursor: 'c2' });
    const last = await service.page(OF_HOSPITAL, { only: 'CAN_ENTER', cursor: 'c2' });
    expect(last).toEqual({ items: people('alice'), nextCursor: null });
    const candidates = { only: 'HAS_PASSWORD', structureIds: ['hospital'] };
    expect(asked).toMatchObject([candidates, { ...candidates, cursor: 'c2' }]);
  });

  it('goes on to the next page where none of one can enter, and not for ever', async () => {
    const without = { items: people('claire'), nextCursor: 'more' };
    const { service } = lists([without, without, { items: people('paul'), nextCursor: 'c4' }], ['paul']);
    const found = await service.page(NATIONAL, { only: 'CAN_ENTER', q: 'paul' });
    expect(found).toEqual({ items: people('paul'), nextCursor: 'c4' });
    const { asked, service: endless } = lists(Array<AccountPage>(50).fill(without));
    expect(await endless.page(NATIONAL, { only: 'CAN_ENTER' })).toEqual({ items: [], nextCursor: 'more' });
    expect(asked).toHaveLength(10);
  });

  it('says with its first page how many there are, and never of another structure', async () => {
    const { service } = lists();
    expect(await service.total(OF_HOSPITAL, { only: 'NO_STRONG_MEANS' })).toBe(122);
    expect(await service.total(OF_HOSPITAL, { q: 'claire' })).toBeNull();
    expect(await service.total(OF_HOSPITAL, { cursor: 'c2' })).toBeNull();
    expect(await service.total(OF_HOSPITAL, { only: 'CAN_ENTER' })).toBeNull();
    await expect(service.total(OF_HOSPITAL, { structure: 'clinic' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('counts by filter within a reach, also for a mail that no request causes', async () => {
    const { service, counted } = lists();
    expect(await service.count({ structureIds: ['hospital'] }, 'NO_STRONG_MEANS')).toBe(122);
    expect(await service.count({ structureIds: null }, 'REPORTED')).toBe(122);
    expect(counted).toEqual([
      { managedIn: ['hospital'], structureIds: ['hospital'], only: 'NO_STRONG_MEANS' },
      { only: 'REPORTED' },
    ]);
  });
});

const person = (displayName: string) =>
  claire({ displayName, locale: 'fr', createdAt: new Date(0), lastSignedInAt: null });

describe('the export of accounts', () => {
  it('has French titles and words and the time of Paris for people, codes and UTC for machines', async () => {
    const at = new Date('2026-11-29T10:00:00.000Z');
    const summer: Account = {
      ...person('Claire'),
      givenName: 'Claire',
      lastSignedInAt: new Date('2026-07-01T22:30:05.000Z'),
      identity: { method: 'face-to-face', at },
      directory: { state: 'not-found', at },
    };
    const page = { items: [summer], nextCursor: null };
    const text = async (form?: string) =>
      (await (await lists([page]).service.export(OF_HOSPITAL, { form })).toArray()).join('').split('\r\n');
    const [titles, line] = await text('fr');
    expect(titles).toContain('"Identifiant";"Nom";"Adresse e-mail";"État";"Rôles"');
    expect(line).toContain('"Actif";"Professionnel"');
    expect(line).toMatch(
      /"02\/07\/2026 00:30:05";"non";"Face à face";"29\/11\/2026 11:00:00";"29\/11\/2029 11:00:00";"Inconnu"$/,
    );
    const [rawTitles, rawLine] = await text();
    expect(rawTitles).toContain('"username";"name";"email";"status";"role"');
    expect(rawLine).toMatch(
      /"ACTIVE";"professional".*"2026-07-01T22:30:05.000Z";"false";"face-to-face";.*;"not-found";"Claire";$/,
    );
    await expect(text('xml')).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('says who is locked', async () => {
    const page = { items: [person('Locked')], nextCursor: null };
    const lockCells = async (form: string) =>
      (await (await lists([page]).service.export(OF_HOSPITAL, { form })).toArray())
        .join('')
        .trim()
        .split('\r\n')
        .map((line) => line.split(';').at(10));
    expect(await lockCells('fr')).toEqual(['"Blocage"', '"Bloqué"']);
    expect(await lockCells('raw')).toEqual(['"locked"', '"true"']);
  });
});
