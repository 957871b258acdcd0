import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('the directory', [accountPersistence], (bench) => {
  it('names people and structures by their ids, and returns nothing for a deleted id', async () => {
    const { accounts, structures } = accountServices(bench.dataSource, new SettableClock());
    const structure = await structures.create('Hôpital Nord');
    const structureId = structure.status === 'created' ? structure.structure.id : '';
    const draft = { username: 'claire', email: 'c@h.example', displayName: 'Claire', structureId };
    const made = await bench.transactions.run((tx) => accounts.create(draft, tx));
    const id = made.status === 'created' ? made.account.id : '';
    const people = await accounts.findNames([id, 'gone', id]);
    expect([...people]).toEqual([[id, { id, username: 'claire', displayName: 'Claire', structureId }]]);
    const named = await structures.names([structureId, 'gone']);
    expect([...named]).toEqual([[structureId, { id: structureId, name: 'Hôpital Nord' }]]);
    expect((await accounts.findNames([])).size).toBe(0);
  });
});
