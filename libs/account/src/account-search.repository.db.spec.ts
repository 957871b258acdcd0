import { Keyring, SystemRandom } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AccountDraft } from './account.types';
import { accountPersistence } from './account.persistence';
import { AccountAdministrationService } from './account-administration.service';
import { AccountSearchRepository } from './account-search.repository';
import { AccountService } from './account.service';
import { accountServices } from './testing/account-bench';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);

describeOnEveryEngine('administered accounts', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  let accounts: AccountService;
  let keeping: AccountAdministrationService;
  let search: AccountSearchRepository;
  let count = 0;

  beforeEach(async () => {
    accounts = accountServices(bench.database, clock, KEYS).accounts;
    keeping = new AccountAdministrationService(bench.database, clock, random);
    search = accountServices(bench.database, clock, KEYS).search;
    for (const table of ['account', 'accountTerm']) await bench.database.execute(`DELETE FROM ${table}`);
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<string> {
    const username = `person.${count++}`;
    const whole = { username, email: `${username}@h.example`, displayName: 'Claire Martin', ...draft };
    const made = await accounts.create(whole, bench.database.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const found = async (
    text: string,
    rest: { structureId?: string; status?: 'ACTIVE' | 'DEACTIVATED' } = {},
  ) => (await search.find({ text, limit: 100, ...rest })).items.map((one) => one.id);

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

  it('are found by what they are called now, and no longer by what they were', async () => {
    const id = await open({ displayName: 'Claire Ancien' });
    await keeping.edit(id, { displayName: 'Claire Nouveau' }, 1, bench.database.manager);
    expect(await found('nouveau')).toEqual([id]);
    expect(await found('ancien')).toEqual([]);
    await accounts.linkNationalId(id, '810002673894', bench.database.manager);
    expect(await found('81000')).toEqual([id]);
    await accounts.unlinkNationalId(id, '810002673894', bench.database.manager);
    expect(await found('81000')).toEqual([]);
  });

  it('are found in one structure or one status', async () => {
    const here = await open({ structureId: 'here' });
    const there = await open({ structureId: 'there' });
    expect(await found('martin', { structureId: 'here' })).toEqual([here]);
    await keeping.deactivate(there, bench.database.manager);
    expect(await found('martin', { status: 'DEACTIVATED' })).toEqual([there]);
    await keeping.edit(there, { structureId: 'here' }, 2, bench.database.manager);
    expect((await found('martin', { structureId: 'here' })).sort()).toEqual([here, there].sort());
  });

  it('come page after page, each once, though they meet the beginning in several ways', async () => {
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

  it('come page after page by two beginnings, though the other has become the rarer one meanwhile', async () => {
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

  it('are found by a beginning and a longer one of the same word as by the longer one', async () => {
    const id = await open({ displayName: 'Zoé Martin' });
    await open({ displayName: 'Marie Curie' });
    expect(await found('mar martin ma')).toEqual([id]);
  });

  it('are edited by one of sixteen who saw the same version', async () => {
    const id = await open();
    const { results } = await atOnce(16, (index) =>
      bench.database.transaction((tx) => keeping.edit(id, { displayName: `Name ${index}` }, 1, tx)),
    );
    expect(results.filter((one) => one.status === 'edited')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'moved')).toHaveLength(15);
    expect((await accounts.get(id))!.version).toBe(2);
  });

  it.each(['deactivate', 'requestErasure'] as const)('take %s once of sixteen at once', async (act) => {
    const id = await open();
    const { results } = await atOnce(16, () => bench.database.transaction((tx) => keeping[act](id, tx)));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('are erased once, for good, and only when asked for', async () => {
    const id = await open({ username: 'to.erase', displayName: 'Élise Partie', roles: ['national-admin'] });
    expect(await keeping.erase(id, bench.database.manager)).toBeUndefined();
    await keeping.requestErasure(id, bench.database.manager);
    const { results } = await atOnce(16, () => bench.database.transaction((tx) => keeping.erase(id, tx)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await accounts.get(id)).toMatchObject({
      status: 'DEACTIVATED',
      email: '',
      roles: [],
      passwordDigest: null,
    });
    expect(await found('elise')).toEqual([]);
    expect(await keeping.reactivate(id, bench.database.manager)).toBe(false);
    expect(await keeping.nationalAdministrators()).not.toContain(id);
  });

  it('keep one national administrator, whoever closes whom at once', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => open({ roles: ['national-admin'] })));
    const close = (id: string) =>
      bench.database.transaction(
        async (tx) => (await keeping.staysNational(id, tx)) && (await keeping.deactivate(id, tx)),
      );
    const { results, errors } = await atOnce(16, (index) => close(ids[index % 4]!));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(3);
    expect(await keeping.nationalAdministrators()).toHaveLength(1);
  });
});
