import { Keyring } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from './account.persistence';
import { PasswordAttempts } from './password-attempts';

describeOnEveryEngine('sixteen attempts at once', [accountPersistence], (bench) => {
  it('pass no more passwords than one after the other', async () => {
    const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
    const attempts = new PasswordAttempts(bench.database, new SettableClock(), keyring);
    const { results, errors } = await atOnce(16, () => attempts.begin('claire.martin', null));
    expect(errors).toEqual([]);
    expect(results.filter((one) => one.status === 'allowed')).toHaveLength(3);
    expect(await bench.database.row('SELECT consecutive FROM passwordAttempt')).toEqual({ consecutive: 3 });
  });
});
