import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from './account.persistence';
import { CardlessAccountService } from './cardless-account.service';
import { accountServices } from './testing/account-bench';

describeOnEveryEngine('people whom neither card nor e-CPS lets in', [accountPersistence], (bench) => {
  beforeEach(() => bench.empty());

  it('are the active ones without a national id, of one structure or of all, by name', async () => {
    const { accounts, structures, rows } = accountServices(bench.dataSource, new SettableClock());
    const made = await structures.create('Hôpital Nord');
    const structureId = made.status === 'created' ? made.structure.id : '';
    const create = (displayName: string, more: object = {}) => {
      const draft = { username: displayName, email: 'a@hopital.example', displayName, structureId, ...more };
      return bench.transactions.run((tx) => accounts.create(draft, tx));
    };
    await create('Zoé');
    await create('Anne');
    await create('Carole', { nationalId: '899700366240' });
    await create('Diane', { status: 'INVITED' });
    await create('Elsa', { structureId: null });
    const cardless = new CardlessAccountService(rows.accounts);
    const names = async (id: string | null) => {
      const people = [];
      for await (const batch of cardless.batches(id)) people.push(...batch);
      return people.map(({ displayName, channel }) => [displayName, channel]);
    };
    expect(await names(structureId)).toEqual([
      ['Anne', 'EMAIL'],
      ['Zoé', 'EMAIL'],
    ]);
    expect((await names(null)).map(([name]) => name)).toEqual(['Anne', 'Elsa', 'Zoé']);
    expect([await cardless.countActive(structureId), await cardless.countActive(null)]).toEqual([3, 4]);
  });
});
