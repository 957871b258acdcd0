import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account-bench';
import type { StructureService } from './structure.service';

describeOnEveryEngine('structures', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let structures: StructureService;

  beforeEach(async () => {
    structures = accountServices(bench.dataSource, clock).structures;
    await bench.empty();
  });

  it('are found by their name, whatever its case', async () => {
    const made = await structures.create(' Hôpital Nord ');
    expect(made).toMatchObject({
      status: 'created',
      structure: { name: 'Hôpital Nord', createdAt: clock.now() },
    });
    expect(await structures.findByName('HÔPITAL NORD')).toEqual(made.status === 'created' && made.structure);
    expect(await structures.findByName('Hopital Nord')).toBeUndefined();
  });

  it('of one name are one, even when sixteen are made at once', async () => {
    const { results } = await atOnce(16, () => structures.create('Hôpital Nord'));
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

  it('are not listed after a forged cursor', async () => {
    await expect(structures.list({ limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });
});
