import { DAY } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { idempotencyPersistence } from './idempotency.persistence';
import type { IdempotencyService, KeyedRequest } from './idempotency.service';
import { idempotencyOn } from '../testing/idempotency.fixture';

const ANSWER = { body: { id: '1', email: 'claire@hopital.example' }, etag: '"1"' };

describeOnEveryEngine('a creation with a key', [idempotencyPersistence], (fixture) => {
  let clock: SettableClock;
  let idempotency: IdempotencyService;

  beforeEach(async () => {
    await fixture.empty();
    clock = new SettableClock();
    idempotency = idempotencyOn(fixture.dataSource, clock);
  });

  const request = (changes: Partial<KeyedRequest> = {}): KeyedRequest => ({
    caller: { kind: 'application', id: 'one' },
    key: 'k',
    route: 'POST /api/admin/accounts',
    body: { username: 'claire' },
    ...changes,
  });

  async function begun(changes: Partial<KeyedRequest> = {}): Promise<string> {
    const check = await idempotency.begin(request(changes));
    if (check.status !== 'first') throw new Error(check.status);
    return check.id;
  }

  it('takes place once: in progress until it is done, then answered as it was', async () => {
    const id = await begun();
    expect(await idempotency.begin(request())).toEqual({ status: 'in-progress' });
    await idempotency.complete(id, ANSWER);
    expect(await idempotency.begin(request())).toEqual({ status: 'answered', answer: ANSWER });
  });

  it.each<[string, Partial<KeyedRequest>]>([
    ['another body', { body: { username: 'paul' } }],
    ['another route', { route: 'POST /api/admin/structures' }],
  ])('is not answered to %s under its key', async (_, changes) => {
    await idempotency.complete(await begun(), ANSWER);
    expect(await idempotency.begin(request(changes))).toEqual({ status: 'other-request' });
  });

  it.each<[string, Partial<KeyedRequest>]>([
    ['another application', { caller: { kind: 'application', id: 'two' } }],
    ['a person of the same id', { caller: { kind: 'person', id: 'one' } }],
  ])('has nothing to do with the same key of %s', async (_, changes) => {
    await idempotency.complete(await begun(), ANSWER);
    expect(await idempotency.begin(request(changes))).toMatchObject({ status: 'first' });
  });

  it('that was refused may be requested again', async () => {
    await idempotency.release(await begun());
    expect(await idempotency.begin(request())).toMatchObject({ status: 'first' });
  });

  it('that was answered is not forgotten by a late refusal', async () => {
    const id = await begun();
    await idempotency.complete(id, ANSWER);
    await idempotency.release(id);
    expect(await idempotency.begin(request())).toMatchObject({ status: 'answered' });
  });

  it('is forgotten after 24 hours', async () => {
    await idempotency.complete(await begun(), ANSWER);
    clock.advance(DAY);
    expect(await idempotency.purge(10)).toBe(0);
    clock.advance(1);
    expect(await idempotency.purge(10)).toBe(1);
    expect(await idempotency.begin(request())).toMatchObject({ status: 'first' });
  });

  it('leaves no key, no body and no answer to read in the table', async () => {
    await idempotency.complete(await begun({ key: 'order-4711' }), ANSWER);
    const rows = JSON.stringify(await fixture.dataSource.query('SELECT * FROM idempotencyKey'));
    expect(rows).not.toMatch(/4711|claire|hopital/);
  });

  it('is not answered with what another key’s row holds', async () => {
    await idempotency.complete(await begun(), ANSWER);
    const other = await begun({ key: 'other' });
    await idempotency.complete(other, { body: 'other', etag: null });
    const [{ sealedAnswer }] = (await fixture.dataSource.query(
      'SELECT sealedAnswer FROM idempotencyKey WHERE id <> ?',
      [other],
    )) as [{ sealedAnswer: string }];
    await fixture.dataSource.query('UPDATE idempotencyKey SET sealedAnswer = ?', [sealedAnswer]);
    await expect(idempotency.begin(request({ key: 'other' }))).rejects.toThrow('another idempotency key');
  });

  it('has a table that matches its entity, and a migration that can be undone', async () => {
    expect(await fixture.migrator.drift()).toEqual([]);
    await fixture.migrator.undoLast();
    expect(await fixture.migrator.migrate()).toEqual(['CreateIdempotency1764000009001']);
  });
});
