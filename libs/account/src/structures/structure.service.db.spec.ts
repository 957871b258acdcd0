import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { DAY, addMilliseconds } from '@portillon/kernel';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';
import { NO_POLICY } from '@portillon/structure';
import type {
  Structure,
  StructureDraft,
  StructureListing,
  StructurePosition,
  StructureService,
} from '@portillon/structure';

const FINESS = '750712184';
const SIRET = '73282932000074';

describeOnEveryEngine('structures', [accountPersistence], (testDatabase) => {
  const clock = new SettableClock();
  let structures: StructureService;

  beforeEach(async () => {
    structures = accountServices(testDatabase.dataSource, clock).structures;
    await testDatabase.empty();
  });

  it('are found by their name in any case', async () => {
    const made = await structures.create(' Hôpital Nord ');
    expect(made).toMatchObject({
      status: 'created',
      structure: { name: 'Hôpital Nord', createdAt: clock.now() },
    });
    expect(await structures.findByName('HÔPITAL NORD')).toEqual(made.status === 'created' && made.structure);
    expect(await structures.findByName('Hopital Nord')).toBeUndefined();
  });

  it('are unique by name, even when sixteen are created concurrently', async () => {
    const { results } = await concurrently(16, () => structures.create('Hôpital Nord'));
    expect(results.filter((one) => one.status === 'created')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'name-taken')).toHaveLength(15);
  });

  it.each(['', ' ', 'two\nlines', 'x'.repeat(201), 'ﷺ'.repeat(200)])(
    'are refused with the name %j',
    async (name) => {
      await expect(structures.create(name)).rejects.toMatchObject({ code: 'validation.failed' });
    },
  );

  it('are listed by name, page after page', async () => {
    for (const name of ['Clinique du Sud', 'Hôpital Nord', 'cabinet Dupont']) await structures.create(name);
    const first = await structures.list({ limit: 2 });
    expect(first.items.map((one) => one.name)).toEqual(['cabinet Dupont', 'Clinique du Sud']);
    const second = await structures.list({ limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ name: 'Hôpital Nord' }], nextCursor: null });
  });

  it('are found by a beginning without accents, É as E, each spelling once', async () => {
    const names = ['Élan', 'Hôpital Nord', 'hopital sud', 'Elan', 'Espoir', 'Hôpital Sud'];
    for (const name of names) await structures.create(name);
    const list = async (beginning: string) => {
      const found: string[] = [];
      for (let cursor: string | undefined; cursor !== 'end';) {
        const page = await structures.list({ limit: 1, beginning, cursor });
        found.push(...page.items.map((one) => one.name));
        cursor = page.nextCursor ?? 'end';
      }
      return found;
    };
    const [first, ...south] = await list('HOP');
    expect(first).toBe('Hôpital Nord');
    expect(south.sort()).toEqual(['Hôpital Sud', 'hopital sud']);
    expect(await list('hôpital s')).toHaveLength(2);
    expect((await list('é')).at(-1)).toBe('Espoir');
    expect((await list('sud')).sort()).toEqual(['Hôpital Sud', 'hopital sud']);
    expect(await list('pital')).toEqual([]);
    expect(await list('%')).toEqual([]);
  });

  it('are not listed after a forged cursor', async () => {
    await expect(structures.list({ limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });

  it('are edited in the version that was read, and refuse the name or number of another', async () => {
    const nord = await created({ name: 'Hôpital Nord', finess: FINESS });
    const sud = await created({ name: 'Clinique du Sud', siret: SIRET });
    const edit = (changes: Partial<StructureDraft>, version: number, id = sud.id) =>
      testDatabase.transactions.run((tx) => structures.edit(id, changes, version, tx));
    expect(await edit({ name: 'HÔPITAL nord' }, 1)).toEqual({ status: 'name-taken' });
    expect(await edit({ finess: FINESS }, 1)).toEqual({ status: 'number-taken' });
    expect(await edit({ name: 'Clinique du Sud', finess: FINESS }, 1)).toEqual({ status: 'number-taken' });
    expect(await edit({ name: 'Clinique Sud', siret: '' }, 1)).toEqual({ status: 'edited' });
    expect(await edit({ name: 'Clinique' }, 1)).toEqual({ status: 'moved' });
    expect(await edit({ name: 'Clinique' }, 1, 'another')).toEqual({ status: 'missing' });
    expect(await structures.get(sud.id)).toMatchObject({ name: 'Clinique Sud', siret: null, version: 2 });
    expect(await structures.get(nord.id)).toEqual(nord);
  });

  it('store their sign-in rules completely', async () => {
    const { id, policy } = await created({ name: 'Hôpital Nord' });
    expect(policy).toEqual(NO_POLICY);
    const strict = { ...NO_POLICY, smsForbidden: true, codeWindowHours: 0, proSanteConnectFrom: clock.now() };
    await testDatabase.transactions.run((tx) => structures.setPolicy(id, strict, 1, tx));
    expect(await structures.get(id)).toMatchObject({ policy: strict, version: 2 });
  });

  it('are found by an IP address or by one of their networks', async () => {
    const nord = await created({ name: 'Hôpital Nord' });
    const sud = await created({ name: 'Clinique du Sud' });
    const setPolicy = (id: string, egressAddresses: string[], version: number) => {
      const policy = { ...NO_POLICY, egressAddresses, sharedWorkstations: id === nord.id };
      return testDatabase.transactions.run((tx) => structures.setPolicy(id, policy, version, tx));
    };
    await setPolicy(nord.id, ['192.0.2.10', '192.0.2.99/24', '2001:db8:1::/48'], 1);
    await setPolicy(sud.id, ['192.0.2.10'], 1);
    const faceless = { displayName: null, logo: null, accent: null };
    const shared = { id: nord.id, name: 'Hôpital Nord', ...faceless, sharedWorkstations: true };
    const own = { id: sud.id, name: 'Clinique du Sud', ...faceless, sharedWorkstations: false };
    expect(await structures.at('192.0.2.11')).toEqual([shared]);
    expect(await structures.at('2001:db8:1:2::3')).toEqual([shared]);
    expect(await structures.at('192.0.2.10')).toHaveLength(2);
    for (const elsewhere of ['192.0.3.10', '2001:db8:2::1', 'unknown', ''])
      expect(await structures.at(elsewhere)).toEqual([]);
    await setPolicy(nord.id, [], 2);
    expect(await structures.at('192.0.2.10')).toEqual([own]);
    await setPolicy(nord.id, ['192.0.2.10'], 2);
    expect(await structures.at('192.0.2.10')).toEqual([own]);
  });

  it('remember that their date of strong means has come, even if the clock steps back', async () => {
    const { id } = await created({ name: 'Hôpital Nord' });
    const dated = { ...NO_POLICY, strongMeansFrom: clock.now(), passkeyKind: 'device' as const };
    await testDatabase.transactions.run((tx) => structures.setPolicy(id, dated, 1, tx));
    const reached = async () => (await structures.get(id))!.policy.strongMeansReached;
    expect(await structures.recordStrongMeans()).toBe(1);
    expect(await reached()).toBe(1);
    clock.advance(-DAY);
    expect(await structures.recordStrongMeans()).toBe(0);
    expect(await reached()).toBe(1);
    clock.advance(15 * DAY);
    expect(await structures.recordStrongMeans()).toBe(1);
    expect(await reached()).toBe(2);
    const later = { ...dated, strongMeansFrom: addMilliseconds(clock.now(), DAY) };
    await testDatabase.transactions.run((tx) => structures.setPolicy(id, later, 2, tx));
    expect(await reached()).toBe(0);
  });

  it('are found by name, FINESS or SIRET, as written in a file', async () => {
    const nord = await created({ name: 'Hôpital Nord', finess: FINESS, siret: SIRET });
    const texts = ['hôpital NORD', ` ${FINESS}`, '732 829 320 00074', 'Hôpital Sud'];
    const found = await structures.findAll(texts);
    expect([...found]).toEqual(texts.slice(0, 3).map((text) => [text, nord]));
  });

  describe('in a tree', () => {
    const grouping = (name: string, parentId: string | null = null) =>
      created({ name, kind: 'grouping', parentId });
    const move = (id: string, changes: Partial<StructurePosition>, version = 1) =>
      testDatabase.transactions.run((tx) => structures.edit(id, changes, version, tx));
    const idsOf = (nodes: { id: string }[]) => nodes.map(({ id }) => id);

    it('know the structures below and above them', async () => {
      const region = await grouping('Région');
      const ght = await grouping('GHT', region.id);
      const nord = await created({ name: 'Hôpital Nord', parentId: ght.id });
      const alone = await created({ name: 'Cabinet' });
      const below = async (...ids: string[]) => (await structures.findBelow(ids)).sort();
      expect(await below(region.id)).toEqual([region.id, ght.id, nord.id].sort());
      expect(await below(ght.id, region.id, alone.id)).toEqual([region.id, ght.id, nord.id, alone.id].sort());
      expect(await below(nord.id)).toEqual([nord.id]);
      expect(await below()).toEqual([]);
      expect(idsOf(await structures.findAbove(nord.id))).toEqual([ght.id, region.id]);
      expect(await structures.findAbove(region.id)).toEqual([]);
      expect(await structures.tree(region.id, 2)).toEqual({ items: [ght, nord], total: 2 });
      expect(await structures.tree(region.id, 1)).toEqual({ items: [ght], total: 2 });
      const listed = async (filter: Pick<StructureListing, 'kind' | 'parentId'>) =>
        idsOf((await structures.list({ limit: 10, ...filter })).items);
      expect(await listed({ parentId: region.id, kind: undefined })).toEqual([ght.id]);
      expect(await listed({ kind: 'grouping' })).toEqual([ght.id, region.id]);
      expect(await listed({ kind: 'establishment', parentId: region.id })).toEqual([]);
    });

    it('move with all below them, and leave their parent', async () => {
      const [east, west] = [await grouping('Est'), await grouping('Ouest')];
      const ght = await grouping('GHT', east.id);
      const nord = await created({ name: 'Hôpital Nord', parentId: ght.id });
      expect(await move(ght.id, { parentId: west.id })).toEqual({ status: 'edited' });
      expect(idsOf(await structures.findAbove(nord.id))).toEqual([ght.id, west.id]);
      expect(await move(ght.id, { parentId: east.id })).toEqual({ status: 'moved' });
      expect(await move(ght.id, { parentId: null }, 2)).toEqual({ status: 'edited' });
      expect(idsOf(await structures.findAbove(nord.id))).toEqual([ght.id]);
      expect(await move('another', { parentId: east.id })).toEqual({ status: 'missing' });
    });

    it('have a grouping as parent, and no circle', async () => {
      const region = await grouping('Région');
      const ght = await grouping('GHT', region.id);
      const nord = await created({ name: 'Hôpital Nord', parentId: ght.id });
      const cabinet = await created({ name: 'Cabinet' });
      const refusal = (id: string, changes: Partial<StructurePosition>) =>
        move(id, changes).then(({ status }) => status);
      expect(await refusal(cabinet.id, { parentId: 'another' })).toBe('parent-unknown');
      expect(await refusal(cabinet.id, { parentId: nord.id })).toBe('parent-not-grouping');
      expect(await refusal(region.id, { parentId: region.id })).toBe('parent-below');
      expect(await refusal(region.id, { parentId: ght.id })).toBe('parent-below');
      expect(await refusal(ght.id, { kind: 'establishment' })).toBe('structures-below');
      expect(await refusal(ght.id, { kind: 'establishment', parentId: null })).toBe('structures-below');
      const draft = { name: 'Annexe', parentId: nord.id };
      const made = await testDatabase.transactions.run((tx) => structures.create(draft, tx));
      expect(made).toEqual({ status: 'parent-not-grouping' });
      expect(await structures.findByName('Annexe')).toBeUndefined();
      expect(await structures.get(ght.id)).toEqual(ght);
    });

    it('have at most four levels, those above and those below together', async () => {
      const one = await grouping('1');
      const two = await grouping('2', one.id);
      const three = await grouping('3', two.id);
      const four = await grouping('4', three.id);
      const fifth = await testDatabase.transactions.run((tx) =>
        structures.create({ name: '5', parentId: four.id }, tx),
      );
      expect(fifth).toEqual({ status: 'too-many-levels' });
      const top = await grouping('Haut');
      expect(await move(one.id, { parentId: top.id })).toEqual({ status: 'too-many-levels' });
      expect(await move(two.id, { parentId: top.id })).toEqual({ status: 'edited' });
      expect(await structures.findBelow([top.id])).toEqual([top.id, two.id, three.id, four.id]);
    });

    it('make no circle when sixteen are moved below one another concurrently', async () => {
      for (let round = 0; round < 5; round++) {
        await testDatabase.empty();
        const ring: Structure[] = [];
        for (let index = 0; index < 4; index++) ring.push(await grouping(`G${index}`));
        const { results, errors } = await concurrently(16, (index) =>
          move(ring[index % 4]!.id, { parentId: ring[(index + 1) % 4]!.id }),
        );
        expect(errors).toEqual([]);
        expect(results.filter(({ status }) => status === 'edited')).toHaveLength(3);
        expect(results.map(({ status }) => status)).toContain('parent-below');
        const above = await Promise.all(ring.map(({ id }) => structures.findAbove(id)));
        expect(above.map(({ length }) => length).sort()).toEqual([0, 1, 2, 3]);
      }
    });

    it('refuse a structure below while the grouping becomes an establishment', async () => {
      for (let round = 0; round < 5; round++) {
        await testDatabase.empty();
        const ght = await grouping('GHT');
        const { errors } = await concurrently(16, (index): Promise<unknown> =>
          index % 2
            ? move(ght.id, { kind: 'establishment' })
            : testDatabase.transactions.run((tx) =>
                structures.create({ name: `Site ${index}`, parentId: ght.id }, tx),
              ),
        );
        expect(errors).toEqual([]);
        const isGrouping = (await structures.get(ght.id))!.kind === 'grouping';
        expect(await structures.tree(ght.id, 0)).toMatchObject({ total: isGrouping ? 8 : 0 });
      }
    });

    it('write one shared row when they move, the only conflict that cluster nodes detect', async () => {
      const ght = await grouping('GHT');
      const ids = [await created({ name: 'Nord' }), await created({ name: 'Sud' })].map(({ id }) => id);
      await concurrently(2, (index) => move(ids[index]!, { parentId: ght.id }));
      const guards = await testDatabase.dataSource.getRepository('structureGuard').find();
      expect(guards).toEqual([{ rule: 'tree', writes: 2 }]);
    });
  });

  async function created(draft: StructureDraft): Promise<Structure> {
    const made = await testDatabase.transactions.run((tx) => structures.create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.structure;
  }
});
