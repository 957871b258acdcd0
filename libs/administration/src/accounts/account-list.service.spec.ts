import type { SignInPolicy } from '@portillon/access';
import {
  AccountPageRequest,
  AccountSearchService,
  AccountService,
  NO_POLICY,
  Structure,
  StructurePolicy,
  StructureService,
} from '@portillon/account';
import { Steps } from '@portillon/testing';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import type { AccountLockService } from './account-lock.service';
import { AccountListService } from './account-list.service';

const PAST = { ...NO_POLICY, strongMeansFrom: new Date('2026-11-01') };
const DATED = [
  { id: 'hospital', policy: PAST },
  { id: 'clinic', policy: PAST },
  { id: 'practice', policy: NO_POLICY },
] as Structure[];
const isClosed = ({ strongMeansFrom }: StructurePolicy) => strongMeansFrom !== null;
const EMPTY = { items: [], nextCursor: null };

function lists() {
  const steps = new Steps();
  const asked: AccountPageRequest[] = [];
  const page = async (request: AccountPageRequest) => (asked.push(request), EMPTY);
  const service = new AccountListService(
    steps.of<AccountService>('accounts', { list: page, count: async () => 122 }),
    steps.of<AccountSearchService>('search', { find: page }),
    refusing(steps),
    steps.of<AccountLockService>('locks', { all: async () => ['claire'] }),
    steps.of<StructureService>('structures', { dated: async () => DATED }),
    { closesCodes: isClosed, opensByCodes: (policy) => !isClosed(policy) } as SignInPolicy,
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

  it('is of those who can enter, but for the locked and the structures that let a password open less', async () => {
    const { asked, service } = lists();
    await service.page(NATIONAL, { only: 'CAN_ENTER', q: 'claire' });
    await service.page(OF_HOSPITAL, { only: 'CAN_ENTER' });
    await service.page(NATIONAL, { only: 'CAN_ENTER', structure: 'practice' });
    const entering = { only: 'CAN_ENTER', apartFrom: ['claire'] };
    expect(asked).toMatchObject([
      { ...entering, text: 'claire', notOfStructures: ['hospital', 'clinic'] },
      { ...entering, structureId: 'hospital', notOfStructures: ['hospital'] },
      { ...entering, structureId: 'practice', notOfStructures: [] },
    ]);
  });

  it('says with its first page how many there are, and never of another structure', async () => {
    const { service } = lists();
    expect(await service.total(OF_HOSPITAL, { only: 'NO_STRONG_MEANS' })).toBe(122);
    expect(await service.total(OF_HOSPITAL, { q: 'claire' })).toBeNull();
    expect(await service.total(OF_HOSPITAL, { cursor: 'c2' })).toBeNull();
    await expect(service.total(OF_HOSPITAL, { structure: 'clinic' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
