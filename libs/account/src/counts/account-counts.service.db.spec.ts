import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { AccountEntity } from '../account/account.entity';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';

const cardlessOn = (dataSource: DataSource) => accountServices(dataSource, new SettableClock()).counts;

describeOnEveryEngine('people whom neither card nor e-CPS lets in', [accountPersistence], (testDatabase) => {
  beforeEach(() => testDatabase.empty());

  it('are the active ones without a national id, of one structure or of all, by name', async () => {
    const { accounts, structures } = accountServices(testDatabase.dataSource, new SettableClock());
    const made = await structures.create('Hôpital Nord');
    const structureId = made.status === 'created' ? made.structure.id : '';
    const create = (displayName: string, more: object = {}) => {
      const draft = { username: displayName, email: 'a@hopital.example', displayName, structureId, ...more };
      return testDatabase.transactions.run((tx) => accounts.create(draft, tx));
    };
    await create('Zoé');
    await create('Anne');
    await create('Carole', { nationalId: '899700366240' });
    await create('Diane', { status: 'INVITED' });
    await create('Elsa', { structureId: null });
    const cardless = cardlessOn(testDatabase.dataSource);
    const names = async (id: string | null, limit = 9) =>
      (await cardless.findCardlessExcept(id === null ? null : [id], [], limit)).map(
        ({ displayName }) => displayName,
      );
    expect([await names(structureId), await names(null)]).toEqual([
      ['Anne', 'Zoé'],
      ['Anne', 'Elsa', 'Zoé'],
    ]);
    expect(await names(null, 2)).toEqual(['Anne', 'Elsa']);
    expect([await cardless.countCardless([structureId]), await cardless.countCardless(null)]).toEqual([
      { count: 2, sms: 0 },
      { count: 3, sms: 0 },
    ]);
    expect([await cardless.countActive([structureId]), await cardless.countActive(null)]).toEqual([3, 4]);
    const zoe = testDatabase.dataSource
      .getRepository(AccountEntity)
      .createQueryBuilder('other')
      .select('other.id')
      .where("other.username = 'Zoé'");
    expect([
      await cardless.countByStructure([structureId, 'nowhere'], []),
      await cardless.countByStructure([structureId], [zoe]),
    ]).toEqual([[{ structureId, people: 3, lacking: 2 }], [{ structureId, people: 3, lacking: 1 }]]);
  });

  it("are filtered by another library's data about them", async () => {
    const clock = new SettableClock();
    const { accounts } = accountServices(testDatabase.dataSource, clock);
    for (const displayName of ['Anne', 'Bruno', 'Carole', 'Diane']) {
      const draft = { username: displayName, email: 'a@hopital.example', displayName };
      await accounts.create(draft, testDatabase.dataSource.manager);
    }
    const cardless = cardlessOn(testDatabase.dataSource);
    const table = testDatabase.dataSource.getRepository(AccountEntity);
    for (const username of ['Bruno', 'Carole'])
      await table.update({ username }, { codeChannel: 'SMS', phoneVerifiedAt: clock.now() });
    await table.update({ username: 'Diane' }, { codeChannel: 'SMS' });
    const called = (name: string) =>
      table.createQueryBuilder('other').select('other.id', 'id').where(`other.username = '${name}'`);
    const some = [called('Bruno'), called('Diane')];
    expect(await cardless.countCardless(null)).toEqual({ count: 4, sms: 2 });
    await table.update({ username: 'Anne' }, { status: 'DEACTIVATED' });
    expect(await cardless.countBySms()).toBe(2);
    await table.update({ username: 'Anne' }, { status: 'ACTIVE' });
    expect(await cardless.countCardlessAmong(null, some)).toEqual({ count: 2, sms: 1 });
    expect(await cardless.countCardlessAmong(null, [])).toEqual({ count: 0, sms: 0 });
    const others = await cardless.findCardlessExcept(null, some, 9);
    expect(others.map(({ username }) => username)).toEqual(['Anne', 'Carole']);
  });
});
