import { Keyring, Random, SystemRandom } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { Account, AccountDraft } from './account';
import { accountPersistence } from './account.persistence';
import { Accounts } from './accounts';
import { Structures } from './structures';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

describeOnEveryEngine('accounts', [accountPersistence], (bench) => {
  let clock: SettableClock;
  let random: Random;
  let accounts: Accounts;
  let structures: Structures;

  beforeEach(async () => {
    clock = new SettableClock();
    random = new SystemRandom(clock);
    accounts = new Accounts(bench.database, clock, random, KEYS);
    structures = new Structures(bench.database, clock, random);
    await bench.database.execute('DELETE FROM account');
    await bench.database.execute('DELETE FROM structure');
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, bench.database);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  it('have no drift between entities and migrations', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
  });

  it('come back whole, with the name of their structure', async () => {
    const made = await structures.create('Hôpital des Trois Dames');
    const structure = made.status === 'created' ? made.structure : undefined;
    const account = await open({
      structureId: structure!.id,
      roles: ['professional', 'structure-admin'],
      locale: 'en',
    });
    expect(await accounts.get(account.id)).toEqual({
      id: account.id,
      username: 'Claire.Martin',
      email: 'Claire.Martin@hopital.example',
      displayName: 'Claire Martin',
      locale: 'en',
      status: 'ACTIVE',
      roles: ['professional', 'structure-admin'],
      structure: { id: structure!.id, name: 'Hôpital des Trois Dames' },
      phone: null,
      codeChannel: 'EMAIL',
      nationalId: null,
      passwordDigest: null,
      passwordChangedAt: null,
      createdAt: clock.now(),
      version: 1,
    });
  });
});
