import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('a national id under sixteen hands at once', [accountPersistence], (bench) => {
  const clock = new SettableClock();

  it("is claimed by one of them, which stores the directory's answer", async () => {
    const { accounts, identities: lookups } = accountServices(bench.dataSource, clock);
    const draft = {
      username: 'elise',
      email: 'e@h.example',
      displayName: 'Élise',
      nationalId: '810003461033',
    };
    const made = await bench.transactions.run((tx) => accounts.create(draft, tx));
    const { id } = (made as { account: { id: string } }).account;
    const [due] = await lookups.findDueLookups(1);
    const { results, errors } = await concurrently(16, () => lookups.claimLookup(due!));
    expect(errors).toEqual([]);
    expect(results.filter((claimed) => claimed)).toHaveLength(1);
    expect(await lookups.saveLookup(due!, 'found')).toBe(true);
    expect((await accounts.get(id))!.directory).toEqual({ state: 'found', at: clock.now() });
    expect(await lookups.findDueLookups(1)).toEqual([]);
  });
});
