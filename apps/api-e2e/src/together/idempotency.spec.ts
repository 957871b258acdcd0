import { randomUUID } from 'node:crypto';
import { concurrently } from '@portillon/testing/servers';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

describe('a creation with an Idempotency-Key', () => {
  const stage = useSharedStage();

  let national: Visitor;
  let count = 0;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const draft = () => {
    const username = `once.${count++}.${stage.server.port}`;
    const email = `${username}@hopital.example`;
    return { username, email, displayName: 'Claire Martin', structureId: STRUCTURE.id };
  };
  const under = (key: string) => ({ headers: { 'idempotency-key': `"${key}"` } });
  const invite = (body: object, key: string, browser = national) =>
    browser.post('/api/admin/accounts', body, under(key));

  it('gets the same answer again, with its version, and creates nothing more', async () => {
    const [body, key] = [draft(), randomUUID()];
    const first = await invite(body, key);
    const again = await invite(body, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['etag']).toBe(first.headers['etag']);
  });

  it('of a structure is one too', async () => {
    const key = randomUUID();
    const register = () =>
      national.post('/api/admin/structures', { name: `Clinique ${key}`, finess: '750712184' }, under(key));
    const first = await register();
    expect([first.status, (await register()).body]).toEqual([201, first.body]);
  });

  it('asked for sixteen times at once takes place once', async () => {
    const [body, key] = [draft(), randomUUID()];
    const { results } = await concurrently(16, () => invite(body, key));
    const outcomes = new Set(results.map(({ outcome }) => outcome));
    expect([...outcomes].filter((one) => one !== '201' && one !== '409 idempotency-key.in-progress')).toEqual(
      [],
    );
    const made = results.filter(({ status }) => status === 201).map((answer) => answer.body.id as string);
    expect(new Set(made).size).toBe(1);
    const rows = await stage.database.rows('SELECT id FROM account WHERE username = ?', [body.username]);
    expect(rows).toHaveLength(1);
  });

  it('is refused with another body, and is another one for another administrator', async () => {
    const [body, key] = [draft(), randomUUID()];
    await invite(body, key);
    expect((await invite(draft(), key)).outcome).toBe('422 idempotency-key.reused');
    const other = (await stage.signedIn({ role: 'structure-admin' })).browser;
    expect((await invite(body, key, other)).outcome).toBe('409 account.taken');
  });

  it('that was refused can be corrected and sent again under its key', async () => {
    const [body, key] = [draft(), randomUUID()];
    expect((await invite({ ...body, email: 'nowhere' }, key)).status).toBe(422);
    expect((await invite(body, key)).status).toBe(201);
  });

  it('is not answered once the caller has lost the right to it', async () => {
    const { person, browser } = await stage.signedIn({ role: 'structure-admin' });
    const [body, key] = [draft(), randomUUID()];
    expect((await invite(body, key, browser)).status).toBe(201);
    const { version } = (await national.get(`/api/admin/accounts/${person.id}`)).body as { version: number };
    const headers = { 'if-match': `"${version}"` };
    await national.patch(`/api/admin/accounts/${person.id}`, { roles: ['professional'] }, { headers });
    expect((await invite(body, key, browser)).outcome).toBe('403 permission.denied');
  });

  it('with a key that cannot be read is refused', async () => {
    const headers = { 'idempotency-key': 'two words' };
    const answer = await national.post('/api/admin/accounts', draft(), { headers });
    expect(answer.outcome).toBe('400 idempotency-key.malformed');
  });
});
