import { Contract } from '../harness/applications/contract';
import { Stage, STRUCTURE, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const SOMEBODY = '01a20e4e-456f-7512-ad13-30b1f69779ef';
/** What only a national administrator does. */
const NATIONAL_ONLY = [
  'POST /api/admin/events/proof',
  'POST /api/admin/structures',
  'PATCH /api/admin/structures/{id}',
  'GET /api/admin/service',
  'GET /api/admin/trust',
  'GET /api/admin/legal-notice',
  'PUT /api/admin/legal-notice',
  'GET /api/admin/setup',
  'POST /api/admin/setup/test-mail',
  'POST /api/admin/setup/test-mail/opened',
  'POST /api/admin/setup/test-sms',
  'POST /api/admin/setup/keys',
  'GET /api/admin/invitation-waves',
  'GET /api/admin/invitation-waves/preview',
  'GET /api/admin/invitation-waves/{id}',
  'POST /api/admin/invitation-waves',
  'POST /api/admin/invitation-waves/{id}/pause',
  'POST /api/admin/invitation-waves/{id}/resume',
  'POST /api/admin/invitation-waves/{id}/remind',
  'POST /api/admin/invitation-waves/{id}/end',
];

/** A body that passes validation, where a route wants one. */
const BODIES: Record<string, object> = {
  'PATCH /api/admin/accounts/{id}': { displayName: 'Another Name' },
  'POST /api/admin/accounts/{id}/link': { nationalId: '899700366999' },
  'POST /api/admin/accounts/{id}/passkeys/{passkey}/identity': { reason: 'badge seen' },
  'POST /api/admin/accounts/{id}/emergency-access': { means: 'password', hours: 1, reason: 'lost phone' },
  'POST /api/admin/accounts/{id}/identity': { reason: 'identity card seen' },
  'POST /api/admin/accounts/{id}/data': { reason: 'asked by letter' },
  'POST /api/admin/accounts/{id}/request-erasure': { receivedOn: '2026-01-20', reason: 'asked by letter' },
  'POST /api/admin/accounts/{id}/hand-over': {
    structureId: '01a20e4e-456f-7512-ad13-30b1f69779ee',
    reason: 'moved to the clinic',
  },
  'POST /api/admin/accounts/{id}/memberships/{structureId}/end': { reason: 'left the clinic' },
  'POST /api/admin/directory-changes/{id}/set-aside': { reason: 'she practises' },
  'PUT /api/admin/weekly-mail': { chosen: true },
  'POST /api/admin/structures/{id}/proposals': { nationalId: '899700366999' },
  'PATCH /api/admin/structures/{id}': { name: 'Another' },
  'POST /api/admin/setup/test-mail/opened': { token: 'none' },
  'POST /api/admin/applications/{id}/explain': { url: 'https://app.example/' },
  'PUT /api/admin/applications/{id}/rules': { rules: [] },
  'PUT /api/admin/faces/{structure}': { displayName: null, accent: null },
  'PUT /api/admin/policies/{structure}': {
    smsForbidden: true,
    mailFirstTimeOnly: false,
    codeWindowHours: null,
    proSanteConnectFrom: null,
  },
};

const operations = new Contract().operations
  .map(({ method, path }) => ({ method, path, name: `${method} ${path}` }))
  .filter(({ path }) => path.startsWith('/api/admin/'));
/** Lists and files that take a structure to look at. */
const withFilter = operations.filter(({ name }) =>
  [
    'GET /api/admin/accounts',
    'GET /api/admin/accounts/export',
    'GET /api/admin/events',
    'GET /api/admin/events/export',
    'GET /api/admin/reports/sign-ins',
    'GET /api/admin/reports/sign-ins/export',
    'GET /api/admin/reports/applications',
    'GET /api/admin/reports/identity',
    'GET /api/admin/reports/strong-means',
  ].includes(name),
);
/**
 * A seal covers the whole journal, and names no line: every reader of events may look at one by its number. A wave of
 * invitations reaches all structures, and is closed to the administrator of one.
 */
const OF_NO_STRUCTURE = [
  'GET /api/admin/events/seals/{sequence}',
  ...NATIONAL_ONLY.filter((name) => name.includes('/invitation-waves/{id}')),
];
type Operation = (typeof operations)[number];
const withId = operations.filter(({ path, name }) => path.includes('{') && !OF_NO_STRUCTURE.includes(name));

function call(browser: Visitor, { method, path, name }: Operation, id: string) {
  const csv = name === 'POST /api/admin/accounts/import';
  const body = ['GET', 'DELETE'].includes(method) || csv ? undefined : (BODIES[name] ?? {});
  return browser.send(method, path.replace(/\{\w+\}/g, id), body, {
    headers: { 'if-match': '"1"', ...(csv && { 'content-type': 'text/csv' }) },
    ...(csv && { raw: '' }),
  });
}

const stage = useSharedStage();

describe('the routes of the administration', () => {
  it('are there', () => {
    expect(operations.length).toBeGreaterThan(25);
    expect(withFilter).toHaveLength(9);
  });

  it.each(operations.map((one) => [one.name, one]))('keep a professional out: %s', async (_name, one) => {
    const { browser } = await memo('professional');
    expect((await call(browser, one, SOMEBODY)).outcome).toBe('403 permission.denied');
  });

  it.each(operations.map((one) => [one.name, one]))(
    'keep out an administrator of no structure: %s',
    async (_name, one) => {
      const { browser } = await memo('structure-admin', null);
      expect((await call(browser, one, SOMEBODY)).outcome).toBe('403 permission.denied');
    },
  );

  it.each(operations.map((one) => [one.name, one]))('let in whom they are for: %s', async (_name, one) => {
    const own = await memo('structure-admin');
    const national = await memo('national-admin', null);
    const target = one.path.includes('/structures/') ? STRUCTURE.id : SOMEBODY;
    const outcome = (await call(own.browser, one, target)).outcome;
    if (NATIONAL_ONLY.includes(one.name)) expect(outcome).toBe('403 permission.denied');
    else expect(outcome).not.toContain('403');
    expect((await call(national.browser, one, SOMEBODY)).outcome).not.toContain('403');
  });

  it('writes down who was kept out', async () => {
    const { person, browser } = await memo('professional');
    await browser.get('/api/admin/accounts');
    const sql = "SELECT name, reason FROM auditEvent WHERE accountId = ? AND name = 'authz_fail'";
    expect(await stage.database.rows(sql, [person.id])).toContainEqual({
      name: 'authz_fail',
      reason: 'role',
    });
  });

  it('do not fill the journal when one user is refused repeatedly', async () => {
    const { person, browser } = await stage.signedIn({ role: 'professional' });
    for (let round = 0; round < 6; round++)
      await Promise.all(Array.from({ length: 10 }, () => browser.get('/api/admin/accounts')));
    const sql = "SELECT COUNT(*) AS count FROM auditEvent WHERE accountId = ? AND name = 'authz_fail'";
    expect(Number((await stage.database.row<{ count: number }>(sql, [person.id]))!.count)).toBe(40);
  });
});

describe('an administrator of one structure', () => {
  // The journal takes some forty refusals of one person.
  it.each(withId.map((one, index) => [one.name, one, Math.floor(index / 30)] as const))(
    'finds nothing under an id of another, and the journal says so: %s',
    async (_name, one, turn) => {
      const { person, browser } = await memo('structure-admin', undefined, `turn ${turn}`);
      const id = await foreignId(one.path);
      const before = await triesOf(person.id);
      expect((await call(browser, one, id)).outcome).toBe('404 not-found');
      expect(await triesOf(person.id)).toBe(before + 1);
    },
  );

  it.each(withFilter.map((one) => [one.name, one]))(
    'finds nothing when asking for another structure, and the journal says so: %s',
    async (_name, one) => {
      const { person, browser } = await memo('structure-admin', undefined, 'another turn');
      const before = await triesOf(person.id);
      const path = `${one.path}?structure=${await stage.structure()}`;
      expect((await browser.get(path)).outcome).toBe('404 not-found');
      expect(await triesOf(person.id)).toBe(before + 1);
    },
  );

  it('neither makes nor touches a national administrator, and may look at one', async () => {
    const { browser } = await memo('structure-admin');
    const boss = await stage.person({ role: 'national-admin' });
    const path = `/api/admin/accounts/${boss.id}`;
    expect((await browser.get(path)).status).toBe(200);
    expect((await browser.post(`${path}/deactivate`, {})).outcome).toBe('403 permission.denied');
    const rename = await browser.patch(path, { displayName: 'X' }, { headers: { 'if-match': '"1"' } });
    expect(rename.outcome).toBe('403 permission.denied');
    const colleague = await stage.person();
    const promotion = await browser.patch(
      `/api/admin/accounts/${colleague.id}`,
      { roles: ['national-admin'] },
      { headers: { 'if-match': '"1"' } },
    );
    expect(promotion.outcome).toBe('403 permission.denied');
    const invited = await browser.post('/api/admin/accounts', invitation({ roles: ['national-admin'] }));
    expect(invited.outcome).toBe('403 permission.denied');
  });

  it('invites into their own structure only, and cannot move users out of it', async () => {
    const { browser } = await memo('structure-admin');
    const elsewhere = await stage.structure();
    const foreign = await browser.post('/api/admin/accounts', invitation({ structureId: elsewhere }));
    expect(foreign.outcome).toBe('404 not-found');
    const own = await browser.post('/api/admin/accounts', invitation({}));
    expect(own.body).toMatchObject({ status: 'INVITED', structure: { name: 'Hôpital des Trois Dames' } });
    const moved = await browser.patch(
      `/api/admin/accounts/${own.body.id as string}`,
      { structureId: elsewhere },
      { headers: { 'if-match': own.headers['etag'] } },
    );
    expect(moved.outcome).toBe('403 permission.denied');
  });

  it('sees only their own users, in the list, the search and the file', async () => {
    const { browser } = await memo('structure-admin');
    const elsewhere = await stage.structure();
    const stranger = await stage.person({ structureId: elsewhere });
    const list = await browser.get(`/api/admin/accounts?limit=100`);
    expect(JSON.stringify(list.body)).not.toContain(stranger.id);
    expect((await browser.get(`/api/admin/accounts?structure=${elsewhere}`)).outcome).toBe('404 not-found');
    expect((await browser.get('/api/admin/accounts/export')).text).not.toContain(stranger.username);
  });
});

const ofAccounts = operations.filter(({ path }) => path.startsWith('/api/admin/accounts/{id}'));
/** Roles of a person in the structures of the tests: the grouping, its site, and a clinic that is not below it. */
const PEOPLE: Record<string, { at: Place } & Partial<Record<Place, string[]>>> = {
  'administers the grouping': { at: 'elsewhere', grouping: ['structure-admin'] },
  'administers a site': { at: 'site', site: ['structure-admin'], elsewhere: ['professional'] },
  'administers two structures': { at: 'site', site: ['structure-admin'], elsewhere: ['structure-admin'] },
  'works in the grouping': { at: 'grouping', grouping: ['professional'] },
  'administers elsewhere': { at: 'elsewhere', elsewhere: ['structure-admin'], site: ['professional'] },
};
type Place = 'grouping' | 'site' | 'elsewhere';

/** Whose accounts each of them handles. */
const REACH: Record<string, readonly Place[]> = {
  'administers the grouping': ['grouping', 'site'],
  'administers a site': ['site'],
  'administers two structures': ['site', 'elsewhere'],
  'works in the grouping': [],
  'administers elsewhere': ['elsewhere'],
};
/** What an administrator reads of a member whom another structure manages. */
const OF_MEMBERS = ['GET /api/admin/accounts/{id}', 'GET /api/admin/accounts/{id}/ways-in'];
const PLACES: readonly Place[] = ['grouping', 'site', 'elsewhere'];

describe('roles of memberships, and structures of a grouping', () => {
  const structures = {} as Record<Place, string>;
  const browsers = new Map<string, Visitor>();

  /** A new account that this structure manages: an act changes it. */
  const managedBy = async (place: Place) => (await stage.person({ structureId: structures[place] })).id;

  beforeAll(async () => {
    for (const place of PLACES) structures[place] = await stage.structure();
    await stage.database.execute("UPDATE structure SET kind = 'grouping' WHERE id = ?", [
      structures.grouping,
    ]);
    const below = 'UPDATE structure SET parentId = ? WHERE id = ?';
    await stage.database.execute(below, [structures.grouping, structures.site]);
    for (const holder of Object.keys(PEOPLE)) {
      const { at, ...held } = PEOPLE[holder]!;
      const role = held[at]?.[0] ?? 'professional';
      const person = await stage.person({ structureId: structures[at], role });
      for (const place of PLACES)
        if (place !== at && held[place]) await stage.member(person.id, structures[place], held[place]);
      const browser = stage.visitor();
      await person.signIn(browser);
      browsers.set(holder, browser);
    }
  }, 60_000);

  const cells = Object.keys(PEOPLE).flatMap((holder) =>
    PLACES.map((place) => [holder, place, REACH[holder]!.includes(place)] as const),
  );

  it.each(cells)('who %s, on accounts of the %s: %s', async (holder, place, reached) => {
    const browser = browsers.get(holder)!;
    const wrong: string[] = [];
    for (const one of ofAccounts) {
      const outcome = (await call(browser, one, await managedBy(place))).outcome;
      if (isRight(one, holder, reached, outcome)) continue;
      wrong.push(`${one.name}: ${outcome}`);
    }
    expect(ofAccounts.length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it('show a member whom another structure manages, and let only the membership be changed', async () => {
    const browser = browsers.get('administers a site')!;
    const wrong: string[] = [];
    for (const one of ofAccounts) {
      const id = await managedBy('elsewhere');
      await stage.member(id, structures.site);
      const { outcome } = await call(browser, one, id);
      const expected = OF_MEMBERS.includes(one.name)
        ? '200'
        : one.path.includes('/memberships/')
          ? '404 not-found'
          : '403 account.managed-elsewhere';
      if (outcome !== expected) wrong.push(`${one.name}: ${outcome}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(cells)('who %s, in the lists of the %s: %s', async (holder, place, reached) => {
    const browser = browsers.get(holder)!;
    const id = await managedBy(place);
    const { body, outcome } = await browser.get('/api/admin/accounts?limit=100&sort=-createdAt');
    if (REACH[holder]!.length === 0) return expect(outcome).toBe('403 permission.denied');
    expect(JSON.stringify(body).includes(id)).toBe(reached);
    const asked = await browser.get(`/api/admin/accounts?structure=${structures[place]}`);
    expect(asked.outcome).toBe(reached ? '200' : '404 not-found');
    return undefined;
  });
});

/** Who handles no account is refused; an account out of reach looks like one that does not exist. */
function isRight({ path }: Operation, holder: string, reached: boolean, outcome: string): boolean {
  if (REACH[holder]!.length === 0) return outcome === '403 permission.denied';
  if (!reached) return outcome === '404 not-found';
  const isOfFactor = path.split('{').length > 2 || /(totp|recovery-codes|hand-over)/.test(path);
  // A factor of this id is not there, nor is the structure that would receive the account.
  return !outcome.startsWith('403') && (outcome !== '404 not-found' || isOfFactor);
}

let named = 0;
function invitation(changes: object) {
  const username = `invited.${Date.now().toString(36)}${named++}`;
  return { username, email: `${username}@hopital.example`, displayName: 'Invited', ...changes };
}

const memory = new Map<string, ReturnType<Stage['signedIn']>>();

/** One of a kind for a whole file: a sign-in costs a hash. */
function memo(role: string, structureId?: null, turn = '') {
  const key = `${role} ${structureId} ${turn}`;
  const known = memory.get(key) ?? stage.signedIn({ role, ...(structureId === null && { structureId }) });
  memory.set(key, known);
  return known;
}

async function foreignId(path: string): Promise<string> {
  const structureId = await stage.structure();
  if (/\/(structures|policies|faces)\//.test(path)) return structureId;
  if (!path.includes('/imports/')) return (await stage.person({ structureId })).id;
  const id = `01a20e4e-456f-7512-ad13-${Math.floor(performance.now() * 1000)
    .toString()
    .padStart(12, '0')
    .slice(-12)}`;
  await stage.database.execute(
    `INSERT INTO accountImport (id, state, mode, whenInterrupted, dryRun, structureId, total, createdAt, changedAt)
     VALUES (?, 'CHECKED', 'GOOD_LINES', 'RESUME', 1, ?, 0, ?, ?)`,
    [id, structureId, new Date(), new Date()],
  );
  return id;
}

async function triesOf(accountId: string): Promise<number> {
  const sql = `SELECT COUNT(*) AS count FROM auditEvent WHERE accountId = ? AND name = 'authz_fail' AND reason = 'other-structure'`;
  return Number((await stage.database.row<{ count: number }>(sql, [accountId]))!.count);
}
