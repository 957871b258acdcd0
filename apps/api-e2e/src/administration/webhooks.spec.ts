import { HttpsReceiver } from '@portillon/testing/servers';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../harness/server/eventually';
import { STRUCTURE, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const receiver = new HttpsReceiver();
const environment = { OUTBOUND_ALLOW: '127.0.0.1', NODE_EXTRA_CA_CERTS: receiver.certificateFile };

beforeAll(() => receiver.start());
afterAll(() => receiver.stop());
beforeEach(() => receiver.reset());

const url = (path = '/hook') => `https://127.0.0.1:${receiver.port}${path}`;
const events = ['session.opened', 'account.deactivated', 'factor.changed'];

describe('webhooks', () => {
  const stage = useStage({ environment });

  let national: Visitor;
  let hospital: Visitor;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    hospital = (await stage.signedIn({ role: 'structure-admin' })).browser;
  }, 30_000);

  const make = async (browser: Visitor, changes: object = {}) => {
    const made = await browser.post('/api/admin/webhooks', {
      name: 'Annuaire',
      url: url(),
      events,
      ...changes,
    });
    expect(made.outcome).toBe('201');
    return made.body as { id: string; secret: string; version: number; structureId: string | null };
  };
  /** The journal is sealed within a minute, and with it the deliveries are written. */
  const seal = () => stage.command(['audit', 'seal']);
  const remove = (browser: Visitor, id: string) => browser.delete(`/api/admin/webhooks/${id}`);
  const came = (path: string) => receiver.requests.filter((one) => one.path === path);
  const deliveriesOf = async (id: string) =>
    (await national.get(`/api/admin/webhooks/${id}/deliveries`)).body.items as {
      id: string;
      state: string;
    }[];

  it('deliver a sign-in, signed and with ids only, after the journal sealed it', async () => {
    const { id, secret } = await make(national);
    const { person } = await stage.signedIn();
    await seal();
    const { body, headers } = await eventually('the delivery', () => came('/hook')[0]);
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(verified).toEqual({
      type: 'session.opened',
      timestamp: expect.any(String),
      data: { eventId: expect.any(String), accountId: person.id, structureId: STRUCTURE.id },
    });
    await eventually('its end', async () => (await deliveriesOf(id))[0]?.state === 'delivered');
    expect((await remove(national, id)).status).toBe(204);
  });

  it('of a structure deliver only the events of that structure', async () => {
    const { id, structureId } = await make(hospital, { url: url('/hospital') });
    expect(structureId).toBe(STRUCTURE.id);
    const elsewhere = await stage.structure();
    await stage.signedIn({ structureId: elsewhere });
    const { person } = await stage.signedIn();
    await seal();
    await eventually('the delivery', () => came('/hospital').length > 0);
    const accounts = came('/hospital').map(({ body }) => JSON.parse(body).data.accountId as string);
    expect(accounts).toEqual([person.id]);
    await remove(hospital, id);
  });

  it('of each structure of a person deliver their events, as if they worked there alone', async () => {
    const clinic = await stage.structure();
    const all = ['session.opened', 'session.ended', 'emergency_access.opened', 'membership.ended'];
    const made = await Promise.all([
      make(national, { url: url('/all'), events: all }),
      make(national, { url: url('/first'), events: all, structureId: STRUCTURE.id }),
      make(national, { url: url('/clinic'), events: all, structureId: clinic }),
    ]);
    const person = await stage.person();
    await stage.member(person.id, clinic);
    const browser = stage.visitor();
    await person.signIn(browser);
    await browser.delete('/api/session');
    const path = `/api/admin/accounts/${person.id}`;
    await hospital.post(`${path}/emergency-access`, {
      means: 'password',
      hours: 1,
      reason: 'Téléphone perdu',
    });
    await national.post(`${path}/memberships/${clinic}/end`, { reason: 'Fin du remplacement' });
    await seal();
    const heard = async (hook: string, number: number) => {
      await eventually(`${number} deliveries to ${hook}`, () => came(hook).length >= number);
      const bodies = came(hook).map(({ body }) => JSON.parse(body));
      expect(bodies.filter(({ data }) => data.accountId !== person.id)).toEqual([]);
      return bodies.map(({ type, data }) => `${type} ${data.structureId}`).sort();
    };
    const [opened, ended, emergency] = ['session.opened', 'session.ended', 'emergency_access.opened'];
    const left = `membership.ended ${clinic}`;
    const inStructure = (id: string) => [opened, ended, emergency].map((type) => `${type} ${id}`);
    expect(await heard('/all', 4)).toEqual([...inStructure(STRUCTURE.id), left].sort());
    expect(await heard('/first', 3)).toEqual(inStructure(STRUCTURE.id).sort());
    expect((await heard('/clinic', 2)).filter((one) => !one.endsWith(clinic))).toEqual([]);
    expect(
      came('/clinic')
        .map(({ body }) => body)
        .join(),
    ).not.toContain(STRUCTURE.id);
    for (const { id } of made) await remove(national, id);
  });

  it('of other structures are out of reach, and look like unknown ones', async () => {
    const { id } = await make(national);
    const { id: other } = await make(national, { structureId: await stage.structure() });
    for (const hidden of [id, other, 'nowhere']) {
      const path = `/api/admin/webhooks/${hidden}`;
      const ifMatch = { headers: { 'if-match': '"1"' } };
      expect((await hospital.get(path)).outcome).toBe('404 not-found');
      expect((await hospital.get(`${path}/deliveries`)).outcome).toBe('404 not-found');
      expect((await hospital.patch(path, { status: 'disabled' }, ifMatch)).outcome).toBe('404 not-found');
      expect((await hospital.post(`${path}/rotate-secret`, {})).outcome).toBe('404 not-found');
      expect((await hospital.post(`${path}/test`, {})).outcome).toBe('404 not-found');
      expect((await remove(hospital, hidden)).outcome).toBe('404 not-found');
    }
    const body = { name: 'x', url: url(), events, structureId: await stage.structure() };
    expect((await hospital.post('/api/admin/webhooks', body)).outcome).toBe('404 not-found');
    expect((await hospital.get('/api/admin/webhooks')).body.items).toEqual([]);
    const tries =
      "SELECT COUNT(*) AS tries FROM auditEvent WHERE name = 'authz_fail' AND reason = 'other-structure'";
    expect(Number(Object.values((await stage.database.row(tries))!)[0])).toBeGreaterThan(10);
    await remove(national, id);
    await remove(national, other);
  });

  it.each([
    'http://hooks.example/',
    'https://user@hooks.example/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://0x7f.1.1.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::a00:1]/',
    'ftp://hooks.example/',
    'nowhere',
  ])('lead to no address inside: %s', async (bad) => {
    const made = await national.post('/api/admin/webhooks', { name: 'x', url: bad, events });
    expect(made).toMatchObject({ outcome: '422 validation.failed', body: { errors: [{ field: 'url' }] } });
  });

  it('report an unresolvable name when they are tested', async () => {
    const { id } = await make(national, { url: `https://hooks.invalid:${receiver.port}/` });
    const tested = await national.post(`/api/admin/webhooks/${id}/test`, {});
    expect(tested.body).toMatchObject({ state: 'failed', lastFailure: 'host-unknown' });
    await remove(national, id);
  });

  it('are tested, replayed and given another secret', async () => {
    const { id, secret } = await make(national);
    receiver.mood = { status: 302, headers: { location: url('/elsewhere') } };
    const failed = await national.post(`/api/admin/webhooks/${id}/test`, {});
    expect(failed.body).toMatchObject({ state: 'failed', lastStatus: 302, lastFailure: 'redirected' });
    expect(came('/elsewhere')).toEqual([]);
    receiver.mood = { status: 200 };
    const rotated = await national.post(`/api/admin/webhooks/${id}/rotate-secret`, {});
    const replay = `/api/admin/webhooks/${id}/deliveries/${failed.body.id}/replay`;
    expect((await national.post(replay, {})).outcome).toBe('202');
    await eventually('the replay', async () => (await deliveriesOf(id))[0]?.state === 'delivered');
    const { body, headers } = receiver.requests.at(-1)!;
    expect(headers['webhook-id']).toBe(failed.body.id);
    for (const one of [secret, rotated.body.secret as string])
      expect(new Webhook(one).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'webhook.test',
      });
    const { id: another } = await make(national);
    for (const foreign of ['nowhere', another]) {
      const path = `/api/admin/webhooks/${foreign}/deliveries/${failed.body.id}/replay`;
      expect((await national.post(path, {})).outcome).toBe('404 not-found');
    }
    await remove(national, another);
    await remove(national, id);
  });

  it('require the version that was read for a change, and send nothing while disabled', async () => {
    const { id } = await make(national);
    const change = (version: number) =>
      national.patch(
        `/api/admin/webhooks/${id}`,
        { status: 'disabled' },
        { headers: { 'if-match': `"${version}"` } },
      );
    expect((await change(1)).body).toMatchObject({
      status: 'disabled',
      disabledReason: 'administrator',
      version: 2,
    });
    expect((await change(1)).outcome).toBe('412 precondition.failed');
    expect((await national.post(`/api/admin/webhooks/${id}/test`, {})).outcome).toBe('409 webhook.disabled');
    await remove(national, id);
  });

  it('keep their secrets out of the journal and of the log', async () => {
    const { id, secret } = await make(national);
    const { lines } = stage.server;
    expect(lines.join('\n')).not.toContain(secret.slice(6));
    const journal = await stage.database.row(
      "SELECT name, data FROM auditEvent WHERE name = 'webhook_created' ORDER BY id DESC LIMIT 1",
    );
    expect(journal).toEqual({ name: 'webhook_created', data: JSON.stringify({ url: url(), webhook: id }) });
    await remove(national, id);
  });

  it('are listed, tested and replayed from the command line', async () => {
    const { id } = await make(national);
    const listed = await stage.command(['webhook', 'list']);
    expect(listed.output).toContain(`${id}\tactive\tevery structure\t"Annuaire"\t${url()}`);
    const tested = await stage.command(['webhook', 'test', id]);
    expect(tested).toMatchObject({ code: 0, output: expect.stringContaining('Taken: 200') });
    const replayed = await stage.command(['webhook', 'replay', (await deliveriesOf(id))[0]!.id]);
    expect(replayed.code).toBe(0);
    await eventually('the replay', () => receiver.requests.length === 2);
    await remove(national, id);
  }, 120_000);

  it('are closed to a professional, and require a fresh proof', async () => {
    const { browser } = await stage.signedIn();
    expect((await browser.get('/api/admin/webhooks')).outcome).toBe('403 permission.denied');
    await stage.server.advance(6 * 60_000);
    const body = { name: 'x', url: url(), events };
    expect((await national.post('/api/admin/webhooks', body)).outcome).toBe('401 reauthentication.required');
  });
});
