import { Machines } from '../harness/server/machine';
import { fault, ScimClient, USER } from '../harness/applications/scim-client';
import type { Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';

const EXTENSION = 'urn:portillon:params:scim:schemas:extension:health:1.0:User';
let numbers = 10_003_400_000 + (Date.now() % 100_000);

describe('the directories of two hospitals with one doctor', () => {
  const stage = useSharedStage();
  let north: ScimClient;
  let south: ScimClient;
  let person: Person;
  let browser: Visitor;
  let rpps: string;

  beforeAll(async () => {
    const machines = new Machines(stage);
    await machines.open();
    north = new ScimClient(stage, machines, await machines.service(STRUCTURE.id));
    south = new ScimClient(stage, machines, await machines.service(await stage.structure()));
  }, 30_000);

  beforeEach(async () => {
    ({ person, browser } = await stage.signedIn());
    rpps = String(numbers++);
    const sql =
      "UPDATE account SET nationalId = ?, identityMethod = 'card', identityVerifiedAt = ? WHERE id = ?";
    await stage.database.execute(sql, [`8${rpps}`, new Date(), person.id]);
  });

  const newcomer = (changes: object = {}) =>
    south.resource({ schemas: [USER, EXTENSION], [EXTENSION]: { nationalId: rpps }, ...changes });
  const post = (resource: object) => south.send('POST', 'Users', resource);
  const accept = (id: string) => browser.post(`/api/account/proposals/${id}/accept`);
  const found = async (externalId: string) =>
    (await south.find(`externalId eq "${externalId}"`)).body.Resources as Record<string, unknown>[];

  /** The doctor of the north works in the south too, by its directory. */
  async function attached() {
    const wanted = newcomer({ title: 'Cardiologue' });
    const { body } = await post(wanted);
    expect((await accept(body.id as string)).status).toBe(204);
    return wanted;
  }
  const accountOf = () =>
    stage.database.row('SELECT username, email, displayName, externalId, status FROM account WHERE id = ?', [
      person.id,
    ]);

  it('propose a membership for a known national id, and have the person once they agree', async () => {
    const wanted = newcomer();
    const first = await post(wanted);
    expect(first).toMatchObject({ status: 201, body: { externalId: wanted.externalId, active: false } });
    expect(first.body.id).not.toBe(person.id);
    expect(JSON.stringify(first.body)).not.toContain(person.username);
    const again = await post(wanted);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const id = first.body.id as string;
    expect(await found(wanted.externalId)).toMatchObject([{ id, active: false }]);
    expect((await south.send('GET', `Users/${id}`)).body).toMatchObject({ id, active: false });
    // What the directory believes changes nothing before the doctor agrees.
    const opened = await south.patch(id, { op: 'replace', path: 'active', value: true });
    expect(opened).toMatchObject({ status: 200, body: { id, active: false } });
    expect((await south.send('GET', 'Users')).body.totalResults).toBe(0);
    expect(fault(await south.send('GET', `Users/${person.id}`))).toEqual([404, '404', undefined]);

    expect((await accept(id)).status).toBe(204);
    const { displayName } = person;
    expect(await found(wanted.externalId)).toMatchObject([{ id: person.id, active: true, displayName }]);
    const [seen] = await found(wanted.externalId);
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${person.username}|${person.email}`));
    expect(fault(await south.send('GET', `Users/${id}`))).toEqual([404, '404', undefined]);
    // A directory that lost the id finds the same person again.
    expect((await post(wanted)).body).toMatchObject({ id: person.id, active: true });
    expect(fault(await post({ ...wanted, externalId: 'another' }))).toEqual([409, '409', 'uniqueness']);
    await south.send('DELETE', `Users/${person.id}`);
  });

  it('own the fields of their membership, and the first one those of the account', async () => {
    const { externalId } = await attached();
    await north.patch(person.id, { op: 'replace', path: 'externalId', value: 'of-north' });
    const before = await accountOf();
    const changed = await south.patch(
      person.id,
      { op: 'replace', path: 'externalId', value: `${externalId}-2` },
      { op: 'replace', path: 'title', value: 'Cheffe' },
      { op: 'replace', path: 'userName', value: 'stolen' },
      { op: 'replace', path: 'displayName', value: 'Volée' },
      { op: 'add', path: 'emails', value: [{ value: 'thief@south.example', type: 'work' }] },
    );
    expect(changed).toMatchObject({ status: 200, body: { title: 'Cheffe', active: true } });
    expect(await accountOf()).toEqual(before);
    const seen = await north.send('GET', `Users/${person.id}`);
    expect(seen.body).toMatchObject({ externalId: 'of-north', userName: person.username });
    expect(seen.body).not.toHaveProperty('title');
    await north.patch(person.id, { op: 'replace', path: 'title', value: 'Interne' });
    const etag = (await south.send('GET', `Users/${person.id}`)).headers.etag!;
    const resource = { schemas: [USER], userName: 'any', externalId, title: 'Cardiologue', active: true };
    const put = await south.send('PUT', `Users/${person.id}`, resource, { 'if-match': etag });
    expect(put).toMatchObject({ status: 200, body: { externalId, title: 'Cardiologue' } });
    const late = await south.send('PUT', `Users/${person.id}`, resource, { 'if-match': etag });
    expect(late.status).toBe(412);
    expect((await north.send('GET', `Users/${person.id}`)).body.title).toBe('Interne');
    await south.send('DELETE', `Users/${person.id}`);
  });

  it.each(['active', 'DELETE'])('end the membership and not the account: %s', async (how) => {
    await attached();
    const structures = async () =>
      (await browser.get('/api/session')).body.session.structures.map(
        ({ id }: { id: string }) => id,
      ) as string[];
    expect(await structures()).toContain(south.service.structureId);
    const left =
      how === 'DELETE'
        ? await south.send('DELETE', `Users/${person.id}`)
        : await south.patch(person.id, { op: 'Replace', path: 'active', value: 'False' });
    expect(left.status).toBe(how === 'DELETE' ? 204 : 200);
    if (how === 'active') expect(left.body.active).toBe(false);
    expect(await structures()).toEqual([STRUCTURE.id]);
    expect((await north.send('GET', `Users/${person.id}`)).body.active).toBe(true);
    expect(fault(await south.send('GET', `Users/${person.id}`))).toEqual([404, '404', undefined]);
    const sql =
      "SELECT actorId, structureId FROM auditEvent WHERE name = 'membership_ended' AND accountId = ?";
    const { id: actorId, structureId } = south.service;
    expect(await stage.database.rows(sql, [person.id])).toEqual([{ actorId, structureId }]);
  });

  it('stay apart when the first one closes the account or deletes it', async () => {
    await attached();
    await north.send('DELETE', `Users/${person.id}`);
    expect((await south.send('GET', `Users/${person.id}`)).body.active).toBe(false);
    // A change of something else is no leaving.
    await south.patch(person.id, { op: 'replace', path: 'title', value: 'Cheffe' });
    expect((await south.send('GET', `Users/${person.id}`)).body.title).toBe('Cheffe');
    expect((await south.send('DELETE', `Users/${person.id}`)).status).toBe(204);
  });

  it('withdraw a proposal when the person leaves before they answered', async () => {
    const { body } = await post(newcomer());
    const id = body.id as string;
    expect((await south.patch(id, { op: 'replace', path: 'active', value: false })).status).toBe(200);
    expect((await accept(id)).outcome).toBe('409 proposal.over');
    expect(fault(await south.send('DELETE', `Users/${id}`))).toEqual([404, '404', undefined]);
    expect(fault(await north.send('DELETE', `Users/${(await post(newcomer())).body.id as string}`))).toEqual([
      404,
      '404',
      undefined,
    ]);
  });

  it('learn nothing from mail addresses, and share no user name of two people', async () => {
    const emails = [{ value: person.email }];
    const stranger = await post(south.resource({ emails }));
    expect(stranger).toMatchObject({ status: 201, body: { active: true } });
    for (const address of [person.email, 'nobody@hopital.example']) {
      const same = south.resource({ userName: person.username, emails: [{ value: address }] });
      expect(fault(await post(same))).toEqual([409, '409', 'uniqueness']);
    }
    const inactive = await post(newcomer({ active: false }));
    expect(fault(inactive)).toEqual([409, '409', 'uniqueness']);
  });
});
