import { Person } from '../harness/people/person';
import { useStage } from '../harness/server/stage';
import { Visitor } from '../harness/people/visitor';

const OTHER = { id: '01a20e4e-451d-7222-8b7c-0000000000b2', name: '=1+1 "Cabinet" <b>' };
/** The one of the stage. */
const STRUCTURE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';
const FORMULA_NAME = `=1+1 O'Brien "Zoé" <b> \u202E😀`;

describe('the journal and the statistics', () => {
  const stage = useStage();
  let national: Visitor;
  let own: Visitor;
  let claire: Person;
  let paul: Person;

  beforeAll(async () => {
    await stage.structure(OTHER.name, OTHER.id);
    national = (await signedIn('national-admin', null)).visitor;
    const nadia = await signedIn('structure-admin');
    own = nadia.visitor;
    claire = (await signedIn('professional')).person;
    paul = (await signedIn('professional', OTHER.id)).person;
    await paul.givePassword(stage.visitor(), 'wrong');
    await stage.database.execute('UPDATE account SET displayName = ? WHERE id = ?', [FORMULA_NAME, paul.id]);
  }, 30_000);

  /** An account with that role. Default structure: the stage's. */
  async function signedIn(role: string, structureId?: string | null) {
    const person = await stage.person({ role, ...(structureId !== undefined && { structureId }) });
    const visitor = stage.visitor();
    await person.signIn(visitor);
    return { person, visitor };
  }

  const events = async (visitor: Visitor, query = '') =>
    (await visitor.get(`/api/admin/events${query}`)).body.items as {
      name: string;
      reason: string | null;
      account: { id: string; displayName: string | null } | null;
      structure: { id: string } | null;
    }[];

  describe('who may', () => {
    const ROUTES = [
      '/api/admin/events',
      '/api/admin/events/export',
      '/api/admin/reports/sign-ins',
      '/api/admin/reports/sign-ins/export',
      '/api/admin/reports/applications',
    ];

    it.each(ROUTES)('refuses a caller without a session, and a professional: %s', async (path) => {
      expect((await stage.visitor().get(path)).outcome).toBe('401 session.required');
      const { visitor } = await signedIn('professional');
      expect((await visitor.get(path)).outcome).toBe('403 permission.denied');
    });

    it.each(ROUTES)(
      'a structure administrator not for another structure, and the journal says so: %s',
      async (path) => {
        expect((await own.get(`${path}?structure=${OTHER.id}`)).outcome).toBe('404 not-found');
        expect((await own.get(`${path}?structure=no-such`)).outcome).toBe('404 not-found');
        const [latest] = await events(own, '?name=authz_fail');
        expect(latest).toMatchObject({ name: 'authz_fail', reason: 'other-structure' });
      },
    );

    it('shows a structure administrator only their own structure', async () => {
      const ids = new Set((await events(own, '?limit=100')).map(({ structure }) => structure?.id));
      expect([...ids]).toEqual([STRUCTURE]);
      expect((await events(own, `?account=${claire.id}`)).length).toBeGreaterThan(0);
    });

    it('hides people of another structure from a structure administrator, and records the attempt', async () => {
      expect((await own.get(`/api/admin/events?account=${paul.id}`)).outcome).toBe('404 not-found');
      expect((await own.get(`/api/admin/events?actor=${paul.id}`)).outcome).toBe('404 not-found');
      const [latest] = await events(own, '?name=authz_fail');
      expect(latest).toMatchObject({ name: 'authz_fail', reason: 'other-structure' });
    });

    it('does not reveal through the journal whether a person belongs to another structure', async () => {
      const tried = async (account: string) => {
        expect((await own.get(`/api/admin/events?account=${account}`)).outcome).toBe('404 not-found');
        const [latest] = (await events(own, '?name=authz_fail')) as { data?: object }[];
        return latest!.data;
      };
      const nobody = '01a20e4e-451d-7222-8b7c-000000000000';
      expect(await tried(paul.id)).toEqual({ account: paul.id });
      expect(await tried(nobody)).toEqual({ account: nobody });
    });

    it('a national administrator sees all', async () => {
      expect((await events(national, `?account=${paul.id}`)).length).toBeGreaterThan(0);
      const structures = new Set(
        (await events(national, '?limit=100')).map(({ structure }) => structure?.id),
      );
      expect(structures.has(OTHER.id)).toBe(true);
      expect(structures.size).toBeGreaterThan(1);
    });
  });

  it('filters, and gives pages', async () => {
    const failed = await events(national, '?name=authn_login_fail,authn_login_fail_max&outcome=FAILURE');
    expect(failed.map(({ account }) => account?.id)).toContain(paul.id);
    const first = (await national.get('/api/admin/events?limit=2')).body;
    const second = (await national.get(`/api/admin/events?limit=2&cursor=${first.nextCursor}`)).body;
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
    expect(await events(national, '?to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await events(national, '?from=2020-01-01T00:00:00%2B01:00')).length).toBeGreaterThan(0);
  });

  it.each([
    'cursor=%27--',
    'limit=0',
    'limit=1000',
    'from=yesterday',
    'from=2026-02-30T25:00:00Z',
    'outcome=MAYBE',
    'name=a%20b',
    'structure[$ne]=x&structure=a&structure=b',
    `name=${Array.from({ length: 21 }, (_, index) => `n${index}`).join(',')}`,
  ])('refuses what it does not understand: %s', async (query) => {
    expect((await national.get(`/api/admin/events?${query}`)).outcome).toBe('422 validation.failed');
  });

  it('holds no name, no mail address and no phone number, so that an erasure breaks no seal', async () => {
    const rows = await stage.database.rows<Record<string, unknown>>('SELECT * FROM auditEvent');
    const text = JSON.stringify(rows);
    for (const person of [claire, paul])
      for (const personal of [person.username, person.email, person.displayName, person.mobile])
        expect(text).not.toContain(personal);
    expect(text).not.toContain('@');
  });

  describe('the export', () => {
    it('is a table for a spreadsheet in which no cell is a formula', async () => {
      const { text, headers } = await national.get(`/api/admin/events/export?account=${paul.id}`);
      expect(headers['content-type']).toMatch(/^text\/csv/);
      expect(headers['content-disposition']).toBe('attachment; filename="portillon-journal.csv"');
      expect(text.startsWith('\uFEFF"id";"at";')).toBe(true);
      expect(text).toContain(`"'=1+1 O'Brien ""Zoé"" <b>  😀"`);
      expect(text).toContain(`"'=1+1 ""Cabinet"" <b>"`);
      expect(text).not.toMatch(/(^|;)"?[=+\-@]/m);
    });

    it('is JSON, one line each, when asked for', async () => {
      const { text, headers } = await national.get(
        `/api/admin/events/export?format=jsonl&account=${paul.id}`,
      );
      expect(headers['content-type']).toMatch(/^application\/jsonl/);
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { account: { id: string } });
      expect(lines.length).toBeGreaterThan(1);
      expect(new Set(lines.map(({ account }) => account.id))).toEqual(new Set([paul.id]));
    });

    it('is recorded in the journal, with its query', async () => {
      await own.get('/api/admin/events/export?outcome=FAILURE');
      const [latest] = await events(own, '?name=sensitive_read');
      expect(latest).toMatchObject({
        data: { what: 'events', format: 'csv', outcome: 'FAILURE' },
      });
    });

    it('is limited to their own structure for a structure administrator', async () => {
      const { text } = await own.get('/api/admin/events/export?format=jsonl');
      type Line = { account: { id: string } | null; structure: { id: string } | null };
      const lines = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
      expect(lines.map(({ account }) => account?.id)).not.toContain(paul.id);
      expect([...new Set(lines.map(({ structure }) => structure?.id))]).toEqual([STRUCTURE]);
    });
  });

  describe('the statistics', () => {
    const report = async (visitor: Visitor, query = '') =>
      (await visitor.get(`/api/admin/reports/sign-ins${query}`)).body;

    beforeAll(async () => {
      await stage.command(['audit', 'seal']);
    });

    it('show sign-ins, codes and the time from sending to use, within reach', async () => {
      const all = await report(national);
      expect(all).toMatchObject({ structure: null, by: 'month', timeZone: 'Europe/Paris' });
      expect(all.total.signIns.passwordEmail).toBeGreaterThan(3);
      expect(all.total.codes.used.email).toBe(all.total.signIns.passwordEmail);
      expect(all.total.delays[0]).toMatchObject({ upToSeconds: 10 });
      const other = await report(national, `?structure=${OTHER.id}`);
      expect(other.total.signIns.total).toBe(1);
      expect(other.total.refusals.password).toBe(1);
      const mine = await report(own);
      expect(mine.structure).toBe(STRUCTURE);
      expect(mine.total.signIns.total).toBeLessThan(all.total.signIns.total);
    });

    it('have a line for every day or month, also the empty ones', async () => {
      const { items } = await report(national, '?from=2025-12-30&to=2026-01-02&by=day');
      expect(items.map(({ period }: { period: string }) => period)).toEqual([
        '2025-12-30',
        '2025-12-31',
        '2026-01-01',
        '2026-01-02',
      ]);
    });

    it.each([
      'from=2026-02-29',
      'from=2026-01-02&to=2026-01-01',
      'from=2020-01-01&to=2026-01-01&by=day',
      'by=hour',
    ])('refuse an invalid or oversized span: %s', async (query) => {
      const answer = await national.get(`/api/admin/reports/sign-ins?${query}`);
      expect(answer.outcome).toBe('422 validation.failed');
    });

    it('are a table too, the sum last', async () => {
      const { text } = await national.get('/api/admin/reports/sign-ins/export?from=2026-01-01&to=2026-03-31');
      const lines = text.trimEnd().split('\r\n');
      expect(lines[0]).toMatch(/^\uFEFF"period";"sign_ins";/);
      expect(lines.map((line) => line.split(';', 1)[0])).toEqual([
        '\uFEFF"period"',
        '"2026-01"',
        '"2026-02"',
        '"2026-03"',
        '"total"',
      ]);
    });
  });

  describe('by a reference,', () => {
    const found = async (browser: Visitor, query: string) =>
      (await browser.get(`/api/admin/events?${query}`)).body.items as {
        name: string;
        requestId: string;
        account: { id: string };
      }[];

    it('finds the code that a user reads aloud, and its request, only within reach', async () => {
      const { browser: own } = await stage.signedIn({ role: 'structure-admin', structureId: STRUCTURE });
      const structureId = await stage.structure();
      const { browser: elsewhere } = await stage.signedIn({ role: 'structure-admin', structureId });
      const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
      const person = await stage.person();
      const { reference } = (await person.givePassword(stage.visitor())).body.challenge as {
        reference: string;
      };

      const [line, ...others] = await found(own, `code=${reference.toLowerCase()}`);
      expect(others).toEqual([]);
      expect(line).toMatchObject({ name: 'authn_code_sent', account: { id: person.id } });
      const request = `request=${line!.requestId}`;
      expect((await found(own, request)).map(({ requestId }) => requestId)).toContain(line!.requestId);
      expect(await found(national, `code=${reference}`)).toHaveLength(1);
      // The attacker administers another structure, and heard the reference.
      expect(await found(elsewhere, `code=${reference}`)).toEqual([]);
      expect(await found(elsewhere, request)).toEqual([]);
      expect((await elsewhere.get(`/api/admin/events?${request}&structure=${STRUCTURE}`)).outcome).toBe(
        '404 not-found',
      );
    });

    it('rejects wildcards', async () => {
      const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
      for (const query of ['code=%25%25%25%25', 'code=____', 'code=%22%7D', 'request=%25', "request='--"])
        for (const path of ['events', 'events/export'])
          expect((await browser.get(`/api/admin/${path}?${query}`)).outcome).toBe('422 validation.failed');
    });
  });
});
