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
import { NATIONAL, OF_HOSPITAL, refusing } from '@portillon/user-management/testing';
import type { AccountWaysInService } from '../../ways-in/account-ways-in.service';
import type { AccountLocksService } from '@portillon/user-management';
import { AccountListService } from './account-list.service';

const PAST = { ...NO_POLICY, strongMeansFrom: new Date('2026-11-01') };
const DATED = [
  { id: 'hospital', policy: PAST },
  { id: 'clinic', policy: PAST },
  { id: 'practice', policy: NO_POLICY },
] as Structure[];
const people = (...ids: string[]) => ids.map((id) => ({ id }) as Account);

/** `pages`: those that are read one after the other; `entering`: whom the judgement lets in by their password. */
function lists(pages: AccountPage[] = [], entering: string[] = []) {
  const steps = new Steps();
  const asked: AccountPageRequest[] = [];
  const page = async (request: AccountPageRequest) => {
    asked.push(request);
    return pages[asked.length - 1] ?? { items: [], nextCursor: null };
  };
  const service = new AccountListService(
    steps.of<AccountService>('accounts', { list: page, count: async () => 122 }),
    steps.of<AccountSearchService>('search', { find: page }),
    refusing(steps),
    steps.of<AccountLocksService>('locks', { findLocked: async () => ['claire'] }),
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
  );
  return { asked, service };
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
        { only, ofStructures: ['hospital', 'clinic'] },
        { only, ofStructures: ['hospital'] },
        { only, ofStructures: [] },
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
    const candidates = { only: 'HAS_PASSWORD', structureId: 'hospital' };
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
});
