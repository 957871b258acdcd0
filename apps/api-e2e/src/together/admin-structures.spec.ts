import { useSharedStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

describe('structures', () => {
  const stage = useSharedStage();

  let national: Visitor;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const act = (id: string, name: string, body: object = {}, browser = national) =>
    browser.post(`/api/admin/accounts/${id}/${name}`, body);

  const siret = '73282932000074';

  it('registers one under its numbers, once', async () => {
    const name = `Cabinet ${stage.server.port}`;
    const made = await national.post('/api/admin/structures', { name, siret: '732 829 320 00074' });
    expect(made).toMatchObject({ status: 201, body: { name, siret, finess: null } });
    const twin = await national.post('/api/admin/structures', { name: `${name} bis`, siret });
    expect(twin.outcome).toBe('409 structure.taken');
    expect((await national.post('/api/admin/structures', { name: 'No number' })).outcome).toBe(
      '422 validation.failed',
    );
    const wrong = await national.post('/api/admin/structures', { name: 'Wrong', finess: '750712185' });
    expect(wrong.body.errors).toMatchObject([{ field: 'finess' }]);
  });

  it('is recognised by its face behind its address, by its people, and in their mails', async () => {
    const structureId = await stage.structure();
    const { browser } = await stage.signedIn({ role: 'structure-admin', structureId });
    const address = '198.51.100.200';
    const at = (where: string) => stage.visitor({ 'x-forwarded-for': where });
    const face = async (where: string) => (await at(where).get('/api/service')).body.face;
    const put = (path: string, body: object, version: number) =>
      browser.put(`/api/admin/${path}/${structureId}`, body, { headers: { 'if-match': `"${version}"` } });
    const rules = {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      codeWindowHours: null,
      proSanteConnectFrom: null,
    };
    await put('policies', { ...rules, egressAddresses: [address] }, 1);
    expect(await face(address)).toBeNull();

    const logo =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>CHU</title><path d="M0 0h9"/></svg>';
    const bad = await put(
      'faces',
      { displayName: null, accent: null, logo: logo.replace('<path', '<path onload="x"') },
      2,
    );
    expect([bad.outcome, bad.body.errors]).toMatchObject([
      '422 validation.failed',
      [{ field: 'logo', code: 'active' }],
    ]);
    const kept = await put('faces', { displayName: 'CHU Nord', logo, accent: '#ff0000' }, 2);
    expect(kept.body).toMatchObject({ displayName: 'CHU Nord', accent: '#b50000', version: 3 });
    const shown = { name: 'CHU Nord', logo: kept.body.logo, accent: '#b50000' };
    expect([await face(address), await face('198.51.100.201')]).toEqual([shown, null]);

    const drawing = await at(address).get(kept.body.logo);
    expect(drawing.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy':
        "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect((await at(address).get(`/api/logos/${'0'.repeat(64)}`)).outcome).toBe('404 not-found');
    const claire = await stage.person({ structureId });
    expect((await claire.signIn(at(address))).body.session.account.face).toEqual(shown);
    expect(stage.smtp.lastTo(claire.email).text).toContain('CHU Nord');
  });

  it('accept rules stricter than the deployment’s, but no weaker or impossible ones', async () => {
    const structure = await stage.structure();
    const put = (changes: object, version = 1) =>
      national.put(
        `/api/admin/policies/${structure}`,
        {
          smsForbidden: false,
          mailFirstTimeOnly: false,
          codeWindowHours: null,
          proSanteConnectFrom: null,
          ...changes,
        },
        { headers: { 'if-match': `"${version}"` } },
      );
    expect((await put({ codeWindowHours: 25 })).outcome).toBe('422 validation.failed');
    expect((await put({ smsForbidden: true, mailFirstTimeOnly: true })).outcome).toBe(
      '422 validation.failed',
    );
    // This deployment does not offer it: no one could sign in.
    expect((await put({ proSanteConnectFrom: '2027-01-01T00:00:00.000Z' })).outcome).toBe(
      '422 validation.failed',
    );
    expect((await put({ codeWindowHours: 0, smsForbidden: true })).body).toMatchObject({
      codeWindowHours: 0,
      smsForbidden: true,
      version: 2,
    });
    expect((await put({ codeWindowHours: 1 })).outcome).toBe('412 precondition.failed');
  });

  it('names who could no longer enter, before a date for strong means is set', async () => {
    const structureId = await stage.structure();
    const left = await stage.person({ structureId });
    const linked = await stage.person({ structureId });
    await stage.person({ structureId, status: 'INVITED' });
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [
      `8${stage.server.port}000001`,
      linked.id,
    ]);
    const path = `/api/admin/policies/${structureId}/effect`;
    const named = { id: left.id, username: left.username, displayName: left.displayName };
    expect((await national.get(`${path}?strongMeansFrom=2027-03-01T00:00:00.000Z`)).body).toEqual({
      people: 2,
      withoutCard: { count: 1, items: [named] },
      withoutStrongMeans: { count: 1, items: [named] },
      withoutIdentity: { count: 1, items: [named] },
      identityRequiredFrom: null,
      strongMeansFrom: '2027-03-01T00:00:00.000Z',
      enrolmentUntil: '2027-03-15T00:00:00.000Z',
    });
    expect((await national.get(`${path}?strongMeansFrom=soon`)).outcome).toBe('422 validation.failed');
    const { browser: stranger } = await stage.signedIn({ role: 'structure-admin' });
    expect((await stranger.get(path)).outcome).toBe('404 not-found');
    const report = await national.get(`/api/admin/reports/strong-means?structure=${structureId}`);
    expect(report.body.people).toEqual({ total: 2, strong: 1, email: 1, sms: 0 });
  });

  it('holds its people to it at the next sign-in', async () => {
    const structureId = await stage.structure();
    const { person, browser } = await stage.signedIn({ structureId });
    const again = await person.givePassword(browser);
    expect(again.body.status).toBe('signed-in');
    await stage.database.execute('UPDATE structure SET codeWindowHours = 0 WHERE id = ?', [structureId]);
    expect((await person.givePassword(browser)).body.status).toBe('code-required');
    await stage.database.execute('UPDATE structure SET proSanteConnectFromAt = ? WHERE id = ?', [
      new Date(0),
      structureId,
    ]);
    expect((await person.givePassword(browser)).outcome).toBe('403 means.unavailable');
    expect((await person.givePassword(browser, 'wrong')).outcome).toBe('401 credentials.rejected');
    await opensInEmergency(person.id);
    const entered = await person.givePassword(browser);
    expect(entered.body.challenge.channel).toBe('EMAIL');
    const { session } = (await browser.post('/api/sign-in/code', { code: person.codeInMail() }))
      .body as Answer['body'];
    expect(new Date(session.codeValidUntil as string).getTime()).toBeLessThanOrEqual(
      Date.now() + 2 * 3_600_000,
    );
    await act(person.id, 'close-emergency-access');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await person.givePassword(browser)).outcome).toBe('403 means.unavailable');
  });

  async function opensInEmergency(id: string): Promise<void> {
    const asked = { means: 'password', hours: 2, reason: 'card broken' };
    expect((await act(id, 'emergency-access', { ...asked, reason: '  ' })).outcome).toBe(
      '422 validation.failed',
    );
    expect((await act(id, 'emergency-access', { ...asked, hours: 25 })).outcome).toBe(
      '422 validation.failed',
    );
    expect((await act(id, 'emergency-access', { ...asked, means: 'sms' })).outcome).toBe(
      '422 validation.failed',
    );
    expect((await act(id, 'emergency-access', asked)).body.emergencyAccess.means).toBe('password');
    const sql = "SELECT data, reason FROM auditEvent WHERE accountId = ? AND name = 'authz_admin'";
    const [line] = await stage.database.rows<{ data: string; reason: string }>(sql, [id]);
    expect(JSON.parse(line!.data)).toMatchObject({ alarm: 'emergency-access', means: 'password' });
    expect(line!.reason).toBe('card broken');
    const told = "SELECT subjectId FROM notice WHERE kind = 'emergency-access'";
    const people = (await stage.database.rows<{ subjectId: string }>(told)).map((row) => row.subjectId);
    const bosses = await stage.database.rows<{ id: string }>(
      "SELECT id FROM account WHERE national = 1 AND status = 'ACTIVE'",
    );
    expect(people).toEqual(expect.arrayContaining([id, ...bosses.map((row) => row.id)]));
  }
});
