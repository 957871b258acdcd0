import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { ACCOUNT_SORTS, AccountSort } from './account-list';
import type { AccountService } from './account.service';
import type { AccountDraft } from './account.types';
import { accountServices } from '../testing/account.fixture';

const DAY = 86_400_000;

describeOnEveryEngine('the order of a list of accounts', [accountPersistence], (testDatabase) => {
  const clock = new SettableClock();
  let accounts: AccountService;

  beforeEach(async () => {
    ({ accounts } = accountServices(testDatabase.dataSource, clock));
    await testDatabase.empty();
    // Two never came, two came at the same instant; two of each state, two of each name.
    await open('a', { displayName: 'Zoé Roux' });
    await open('b', { displayName: 'Anne Roux', status: 'INVITED' });
    clock.advance(DAY);
    await open('c', { displayName: 'Élise Roux', signedIn: true });
    await open('d', { displayName: 'Anne Martin', status: 'DEACTIVATED' });
    await open('e', { displayName: 'anne martin', signedIn: true, structureId: 's1' });
    clock.advance(DAY);
    await open('f', { displayName: 'Bruno Martin', signedIn: true });
  });

  async function open(letter: string, draft: Partial<AccountDraft> & { signedIn?: boolean }) {
    const { signedIn, ...rest } = draft;
    const { manager } = testDatabase.dataSource;
    const username = `person.${letter}`;
    const whole = { username, email: `${username}@hopital.example`, displayName: username, ...rest };
    const made = await accounts.create(whole, manager);
    if (made.status !== 'created') throw new Error(made.status);
    if (signedIn) await accounts.recordSignIn(made.account.id, clock.now(), manager);
  }

  /** Page by page, two at a time, so that pages end among equals and among those who never came. */
  async function all(sort?: AccountSort, text?: string): Promise<string> {
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await accounts.list({ limit: 2, sort, text, cursor });
      seen.push(...page.items.map((one) => one.username.at(-1)!));
      if (page.nextCursor === null) return seen.join('');
      cursor = page.nextCursor;
    }
  }

  it.each([
    [undefined, 'debfca'],
    ['displayName', 'debfca'],
    // Active ones first, by name among themselves.
    ['status', 'efcadb'],
    // Who never came is before all others.
    ['lastSignedInAt', 'abdcef'],
    ['createdAt', 'abcdef'],
  ] as const)('by %s is whole, each account once', async (sort, expected) => {
    expect(await all(sort)).toBe(expected);
  });

  it.each(['displayName', 'status', 'lastSignedInAt', 'createdAt'] as const)(
    'by -%s is the same turned round',
    async (sort) => {
      const turned = [...(await all(sort))].reverse().join('');
      expect(await all(`-${sort}`)).toBe(turned);
    },
  );

  it('holds for search results, and for one structure', async () => {
    expect(await all('-lastSignedInAt', 'mart')).toBe('fed');
    expect(await all('createdAt', 'roux anne')).toBe('b');
    expect(await all('createdAt', '   ')).toBe('');
    const own = await accounts.list({ limit: 9, sort: 'createdAt', structureIds: ['s1'], text: 'martin' });
    expect(own.items.map((one) => one.username)).toEqual(['person.e']);
  });

  it.each(ACCOUNT_SORTS)('by %s refuses a cursor of another order', async (sort) => {
    const turned = ACCOUNT_SORTS.find(
      (one) => one !== sort && one.replace('-', '') === sort.replace('-', ''),
    )!;
    const { nextCursor } = await accounts.list({ limit: 2, sort: turned });
    await refuses(sort, nextCursor!);
  });

  it('refuses a forged cursor', async () => {
    for (const place of [[], ['createdAt'], ['createdAt', 'never', 'x'], ['createdAt', '', 'x']])
      await refuses('createdAt', forged(place));
    await refuses('lastSignedInAt', forged(['lastSignedInAt', 'null', 'x']));
    await refuses('status', forged(['status', 'ACTIVE', 'x']));
  });

  async function refuses(sort: AccountSort, cursor: string) {
    const listing = accounts.list({ limit: 2, sort, cursor });
    await expect(listing).rejects.toMatchObject({ code: 'validation.failed' });
  }
});

function forged(place: string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}
