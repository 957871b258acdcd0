import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { idempotencyPersistence } from './idempotency.persistence';
import { idempotencyOn } from '../testing/idempotency.fixture';

describeOnEveryEngine('sixteen creations with one key', [idempotencyPersistence], (fixture) => {
  it('are one that takes place and fifteen that hear of it', async () => {
    const idempotency = idempotencyOn(fixture.dataSource, new SettableClock());
    const caller = { kind: 'application', id: 'one' } as const;
    const request = { caller, key: 'k', route: 'POST /api/admin/accounts', body: { username: 'claire' } };
    const { results, errors } = await concurrently(16, () => idempotency.begin(request));
    expect(errors).toEqual([]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'first',
      ...Array<string>(15).fill('in-progress'),
    ]);
  });
});
