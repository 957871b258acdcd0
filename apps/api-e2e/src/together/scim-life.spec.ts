import { Machines } from '../harness/server/machine';
import { fault, ScimClient } from '../harness/applications/scim-client';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

describe('the people of a hospital’s directory', () => {
  const stage = useSharedStage();
  let machines: Machines;
  let scim: ScimClient;

  beforeAll(async () => {
    machines = new Machines(stage);
    await machines.open();
    scim = new ScimClient(stage, machines, await machines.service(STRUCTURE.id));
  }, 30_000);

  it('deletes an account: it is closed, and for the directory it is gone', async () => {
    const { person, browser } = await stage.signedIn();
    const { body } = await scim.send('GET', `Users/${person.id}`);
    expect((await scim.send('DELETE', `Users/${person.id}`)).status).toBe(204);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      expect(
        fault(await scim.send(method, `Users/${person.id}`, method === 'GET' ? undefined : body)),
      ).toEqual([404, '404', undefined]);
    expect((await scim.find(`userName eq "${body.userName as string}"`)).body.totalResults).toBe(0);
    const rows = 'SELECT status, removedAt IS NOT NULL AS gone FROM account WHERE id = ?';
    expect(await stage.database.rows(rows, [person.id])).toMatchObject([{ status: 'DEACTIVATED', gone: 1 }]);
  });

  it('deletes an account that was closed before, which the journal says, and once', async () => {
    const { body } = await scim.create({ active: false });
    const remove = async () => (await scim.send('DELETE', `Users/${body.id as string}`)).status;
    expect([await remove(), await remove()]).toEqual([204, 404]);
    const sql = "SELECT id FROM auditEvent WHERE name = 'user_archived' AND accountId = ?";
    expect(await stage.database.rows(sql, [body.id])).toHaveLength(1);
  });

  it('has a deleted account again by the same user name, or the same external id', async () => {
    const wanted = scim.resource();
    const { body } = await scim.send('POST', 'Users', wanted);
    await scim.send('DELETE', `Users/${body.id as string}`);
    const again = await scim.send('POST', 'Users', {
      ...wanted,
      name: { givenName: 'C.', familyName: 'Durand' },
    });
    expect(again).toMatchObject({
      status: 201,
      body: { id: body.id, active: true, displayName: 'C. Durand' },
    });
    await scim.send('DELETE', `Users/${body.id as string}`);
    const renamed = await scim.send('POST', 'Users', { ...scim.resource(), externalId: wanted.externalId });
    expect([renamed.status, renamed.body.id]).toEqual([201, body.id]);
    await scim.send('DELETE', `Users/${body.id as string}`);
    const other = new ScimClient(stage, machines, await machines.service(await stage.structure()));
    // Its address is the user name of an account elsewhere, whose person is asked; the account stays where it is.
    const proposed = await other.send('POST', 'Users', renamed.body as object);
    expect(proposed).toMatchObject({ status: 201, body: { active: false } });
    expect(proposed.body.id).not.toBe(body.id);
    const named = { ...(renamed.body as object), emails: [{ value: 'other@hopital.example' }] };
    expect(fault(await other.send('POST', 'Users', named))).toEqual([409, '409', 'uniqueness']);
  });

  it.each(['structure-admin', 'auditor', 'national-admin'])(
    'never opens a closed account that administers: %s',
    async (role) => {
      const person = await stage.person({ role });
      const closed = "UPDATE account SET status = 'DEACTIVATED', removedAt = ? WHERE id = ?";
      const rows = 'SELECT status, displayName FROM account WHERE id = ?';
      await stage.database.execute(closed, [null, person.id]);
      const active = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'active', value: true }] };
      expect(fault(await scim.send('PATCH', `Users/${person.id}`, active))).toEqual([
        403,
        '403',
        'mutability',
      ]);
      // Deleted, and created again.
      await stage.database.execute(closed, [new Date(), person.id]);
      const again = { ...scim.resource(), userName: person.username };
      expect(fault(await scim.send('POST', 'Users', again))).toEqual([403, '403', 'mutability']);
      const { displayName } = person;
      expect(await stage.database.row(rows, [person.id])).toEqual({ status: 'DEACTIVATED', displayName });
      expect((await person.givePassword(stage.visitor())).outcome).toBe('401 credentials.rejected');
    },
  );

  it('opens a closed account again, whose password is older than that and opens nothing', async () => {
    const person = await stage.person();
    const setActive = (value: boolean) =>
      scim.send('PATCH', `Users/${person.id}`, {
        schemas: [PATCH_OP],
        Operations: [{ op: 'replace', path: 'active', value }],
      });
    expect([(await setActive(false)).status, (await setActive(true)).status]).toEqual([200, 200]);
    expect((await person.givePassword(stage.visitor())).outcome).toBe('401 credentials.rejected');
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const { body } = await national.get(`/api/admin/accounts/${person.id}/ways-in`);
    expect(body.reasons[0].code).toBe('password-void-closing');
  });

  it('restores a deleted account closed, in one act, where the directory sends it as inactive', async () => {
    const wanted = scim.resource();
    const { id } = (await scim.send('POST', 'Users', wanted)).body as { id: string };
    await scim.send('DELETE', `Users/${id}`);
    const names = 'SELECT name FROM auditEvent WHERE accountId = ? ORDER BY id';
    const before = await stage.database.rows(names, [id]);
    const again = await scim.send('POST', 'Users', { ...wanted, active: false });
    expect(again).toMatchObject({ status: 201, body: { id, active: false } });
    expect((await scim.send('GET', `Users/${id}`)).status).toBe(200);
    const lines = (await stage.database.rows(names, [id])).slice(before.length);
    expect(lines).toMatchObject([{ name: 'user_updated' }]);
  });

  it('creates a closed account ahead of the first day, and invites the account holder when it opens it', async () => {
    const { body } = await scim.create({ active: false });
    const invitations = () =>
      stage.database.rows('SELECT id FROM accountToken WHERE accountId = ?', [body.id]);
    expect([body.active, await invitations()]).toEqual([false, []]);
    const opened = await scim.patch(body.id as string, { op: 'replace', path: 'active', value: true });
    expect([opened.body.active, (await invitations()).length]).toEqual([true, 1]);
  });

  it('changes the parts of a name, which come back as they were sent', async () => {
    const { body } = await scim.create({ name: { givenName: 'Claire', familyName: 'Martin' } });
    const id = body.id as string;
    const after = async (operation: object) => {
      await scim.patch(id, operation);
      const { name, displayName } = (await scim.send('GET', `Users/${id}`)).body;
      return [displayName, name];
    };
    expect(body.name).toEqual({ givenName: 'Claire', familyName: 'Martin' });
    expect(await after({ op: 'replace', path: 'name.familyName', value: 'Durand' })).toEqual([
      'Claire Durand',
      { givenName: 'Claire', familyName: 'Durand' },
    ]);
    const whole = { givenName: 'C.', familyName: 'D.' };
    expect(await after({ op: 'replace', path: 'name', value: whole })).toEqual(['C. D.', whole]);
    await after({ op: 'replace', path: 'displayName', value: 'Dr D.' });
    expect(await after({ op: 'replace', path: 'name.givenName', value: 'Claire' })).toEqual([
      'Dr D.',
      { givenName: 'Claire', familyName: 'D.' },
    ]);
    expect(await after({ op: 'remove', path: 'name' })).toEqual(['Dr D.', undefined]);
    expect(fault(await scim.patch(id, { op: 'remove', path: 'displayName' }))).toEqual([
      400,
      '400',
      'mutability',
    ]);
  });

  it('is answered the attributes that it asks for', async () => {
    const { body } = await scim.create();
    const keys = async (query: string) =>
      Object.keys((await scim.send('GET', `Users/${body.id as string}?${query}`)).body as object).sort();
    expect(await keys('attributes=userName,name.familyName')).toEqual(['id', 'name', 'schemas', 'userName']);
    expect(await keys('excludedAttributes=meta,emails')).not.toContain('meta');
    const { Resources } = (await scim.send('GET', 'Users?count=1&attributes=userName')).body;
    expect(Object.keys(Resources[0] as object).sort()).toEqual(['id', 'schemas', 'userName']);
    expect((await scim.send('GET', 'Groups/auditor?attributes=id')).body).not.toHaveProperty('displayName');
    expect(Date.parse(body.meta.lastModified as string)).toBeGreaterThanOrEqual(
      Date.parse(body.meta.created as string),
    );
  });
});
