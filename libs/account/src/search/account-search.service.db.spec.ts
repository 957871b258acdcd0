import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AccountAdministrationService } from '../administration/account-administration.service';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account/account.service';
import type { AccountDraft } from '../account/account.types';
import { accountServices } from '../testing/account.fixture';
import type { AccountQuery, AccountSearchService } from './account-search.service';

describeOnEveryEngine('accounts that are searched', [accountPersistence], (testDatabase) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let administration: AccountAdministrationService;
  let search: AccountSearchService;
  let count = 0;

  beforeEach(async () => {
    ({ accounts, administration, search } = accountServices(testDatabase.dataSource, clock));
    await testDatabase.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<string> {
    const username = `person.${count++}`;
    const whole = { username, email: `${username}@h.example`, displayName: 'Claire Martin', ...draft };
    const made = await accounts.create(whole, testDatabase.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const found = async (text: string, rest: Partial<AccountQuery> = {}) =>
    (await search.find({ text, limit: 100, ...rest })).items.map((one) => one.id);

  it('are found by each word and each part of a word, by user name, mail and national id', async () => {
    const id = await open({
      username: 'zoe.obrien',
      email: 'Z.OBrien@clinique.example',
      displayName: 'Zoé O’Brien-Lefèvre de La Tour',
      nationalId: '899700366240',
    });
    await open({ displayName: 'Somebody Else' });
    for (const text of [
      'zoé',
      'ZOE',
      'lefe',
      'o’brien-l',
      'brien',
      'tour la',
      'zoe.o',
      'z.obrien@cl',
      '8997',
      ' zoe   tour ',
    ])
      expect([text, await found(text)]).toEqual([text, [id]]);
    for (const text of ['oe', 'zoe nobody', '899701', '%', '_oe', "zoe' OR '1'='1", '\u{10FFFF}'])
      expect([text, await found(text)]).toEqual([text, []]);
    expect(await found('   ')).toEqual([]);
  });

  it('are found by their present names, and no longer by earlier ones', async () => {
    const id = await open({ displayName: 'Claire Ancien' });
    await administration.edit(id, { displayName: 'Claire Nouveau' }, 1, testDatabase.dataSource.manager);
    expect(await found('nouveau')).toEqual([id]);
    expect(await found('ancien')).toEqual([]);
    await accounts.linkNationalId(id, '810002673894', testDatabase.dataSource.manager);
    expect(await found('81000')).toEqual([id]);
    await accounts.unlinkNationalId(id, '810002673894', testDatabase.dataSource.manager);
    expect(await found('81000')).toEqual([]);
  });

  it('are found in one structure or one status', async () => {
    const here = await open({ structureId: 'here' });
    const there = await open({ structureId: 'there' });
    expect(await found('martin', { structureIds: ['here'] })).toEqual([here]);
    await administration.deactivate(there, testDatabase.dataSource.manager);
    expect(await found('martin', { status: 'DEACTIVATED' })).toEqual([there]);
    await administration.edit(there, { structureId: 'here' }, 2, testDatabase.dataSource.manager);
    expect((await found('martin', { structureIds: ['here'] })).sort()).toEqual([here, there].sort());
  });

  it('are found among those without card and e-CPS', async () => {
    await open({ nationalId: '899700366240' });
    const without = await open();
    const { items } = await search.find({ text: 'martin', limit: 10, only: 'NO_STRONG_MEANS' });
    expect(items.map(({ id }) => id)).toEqual([without]);
    expect((await search.find({ text: 'martin', limit: 10, among: [without] })).items).toHaveLength(1);
    expect((await search.find({ text: 'martin', limit: 10, among: [] })).items).toEqual([]);
    const expired = await search.find({ text: 'martin', limit: 10, only: 'INVITATION_EXPIRED' });
    expect(expired.items).toEqual([]);
  });

  it('are found among those whom a password may admit', async () => {
    const here = await open({ passwordDigest: 'digest' });
    await open({});
    await open({ passwordDigest: 'digest', status: 'DEACTIVATED' });
    expect(await found('martin', { only: 'HAS_PASSWORD' })).toEqual([here]);
  });

  it('are returned page by page, each once, though several of their terms match', async () => {
    const ids = [];
    for (let index = 0; index < 7; index++)
      ids.push(await open({ displayName: `Mar Martin Marie ${index}` }));
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await search.find({ text: 'mar', limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.items.map((one) => one.id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect([...seen].sort()).toEqual(ids.sort());
    await expect(search.find({ text: 'mar', limit: 3, cursor: 'x' })).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });

  it('are returned page by page by two beginnings, even if the other one becomes the rarer meanwhile', async () => {
    const both = [];
    for (let index = 0; index < 5; index++) both.push(await open({ displayName: `Zoé Martin${index}` }));
    await open({ displayName: 'Luc Martin' });
    const first = await search.find({ text: 'zoe martin', limit: 3 });
    for (let index = 0; index < 3; index++) await open({ displayName: `Zoé Roux ${index}` });
    const second = await search.find({ text: 'zoe martin', limit: 3, cursor: first.nextCursor! });
    const seen = [...first.items, ...second.items].map((one) => one.id);
    expect([seen.length, second.nextCursor]).toEqual([5, null]);
    expect([...seen].sort()).toEqual(both.sort());
    const other = search.find({ text: 'luc', limit: 3, cursor: first.nextCursor! });
    await expect(other).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('are found by two beginnings of the same word as by the longer one', async () => {
    const id = await open({ displayName: 'Zoé Martin' });
    await open({ displayName: 'Marie Curie' });
    expect(await found('mar martin ma')).toEqual([id]);
  });
});
