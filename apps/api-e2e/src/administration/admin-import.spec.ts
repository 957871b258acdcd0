import { setTimeout as sleep } from 'node:timers/promises';
import { QUICK, Stage, STRUCTURE, useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const HEADER = 'Identifiant;Prénom;Nom;Courriel;Rôle;Structure;Numéro RPPS';
const ENDED = ['CHECKED', 'DONE', 'REFUSED', 'UNDONE', 'ABANDONED'];
let marks = 0;

function importFile(browser: Visitor, file: string | Buffer, query = 'mode=GOOD_LINES'): Promise<Answer> {
  const headers = { 'content-type': 'text/csv' };
  return browser.send('POST', `/api/admin/accounts/import?${query}`, undefined, { headers, raw: file });
}

async function ended(browser: Visitor, id: string, states = ENDED): Promise<Answer['body']> {
  for (let turn = 0; turn < 300; turn++) {
    const { body } = await browser.get(`/api/admin/accounts/imports/${id}`);
    if (states.includes(body.state as string)) return body as Answer['body'];
    await sleep(100);
  }
  throw new Error('The import did not end');
}

function lines(count: number, mark: string, rest = ''): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${mark}.${index};Zoé;Martin;${mark}.${index}@h.example${rest}`,
  );
}

describe('a file of accounts', () => {
  const stage = useStage(QUICK);
  let browser: Visitor;

  beforeAll(async () => {
    browser = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const mark = () => `i${stage.server.port}x${marks++}`;
  const people = (like: string) =>
    stage.database.rows<{
      username: string;
      displayName: string;
      status: string;
      roles: string;
      structureId: string | null;
    }>(
      'SELECT username, displayName, status, roles, structureId FROM account WHERE usernameKey LIKE ? ORDER BY username',
      [`${like}%`],
    );

  it('is in the data of the person whose account it made, and in no other', async () => {
    const [name, other] = [mark(), mark()];
    const file = [HEADER, `${name};Zoé;Martin;${name}@h.example`, `${other};Lou;Roux;${other}@h.example`];
    const made = await importFile(browser, file.join('\n'));
    await ended(browser, made.body.id as string);
    // Another file uses the same user name for a different person: it was refused, and this person must not see it.
    const second = await importFile(browser, `${HEADER}\n${name};Noé;Petit;noe@h.example`);
    await ended(browser, second.body.id as string);
    const sql = 'SELECT id FROM account WHERE username = ?';
    const { id } = (await stage.database.row<{ id: string }>(sql, [name]))!;
    const { body, text } = await browser.post(`/api/admin/accounts/${id}/data`, { reason: 'Lettre' });
    const line = { importId: made.body.id, line: 2, username: name, email: `${name}@h.example` };
    expect(body.imports).toEqual([expect.objectContaining(line)]);
    expect(text).not.toContain('noe@h.example');
  });

  it('deletes only an erased user from every file that named them', async () => {
    const [name, other] = [mark(), mark()];
    const file = [HEADER, `${name};Zoé;Martin;${name}@h.example`, `${other};Lou;Roux;${other}@h.example`];
    const made = await importFile(browser, file.join('\n'));
    await ended(browser, made.body.id as string);
    const again = await importFile(browser, file.join('\n'), 'mode=GOOD_LINES&dryRun=true');
    await ended(browser, again.body.id as string);
    const { id } = (await stage.database.row<{ id: string }>('SELECT id FROM account WHERE username = ?', [
      name,
    ]))!;
    await stage.database.execute('UPDATE account SET erasureRequestedAt = ? WHERE id = ?', [new Date(), id]);
    expect((await browser.post(`/api/admin/accounts/${id}/erase`, {})).status).toBe(200);
    for (const { body } of [made, again]) {
      const { items } = (await browser.get(`/api/admin/accounts/imports/${body.id}/lines`)).body;
      expect(items.map((line: { username: string }) => line.username)).toEqual(['', other]);
    }
    const rows = await stage.database.rows('SELECT content, usernameKey FROM accountImportLine');
    expect(JSON.stringify(rows)).not.toContain(name);
  });

  it('can be checked first, line by line, and applied when confirmed', async () => {
    const name = mark();
    const taken = await stage.person();
    const nationalId = `8997${String(stage.server.port).padStart(8, '0')}`;
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [nationalId, taken.id]);
    const file = [
      `${HEADER};Langue`,
      ...lines(2, name),
      `${name}.0;A;B;again@h.example`,
      `${name}.bad;A;B;no-address`,
      `${taken.username};A;B;t@h.example`,
      `${name}.s;A;B;s@h.example;;Nowhere`,
      `${name}.r;A;B;r@h.example;king`,
      `=1+1;=1+1;@SUM(A1);f@h.example`,
      `${name}.a;A;B;a@h.example;structure-admin`,
      `${name}.n;A;B;n@h.example;;;${nationalId}`,
      `${name}.l;A;B;l@h.example;;;;de`,
    ].join('\n');
    const dry = await importFile(browser, file, 'mode=GOOD_LINES&dryRun=true');
    const id = dry.body.id as string;
    expect(await ended(browser, id)).toMatchObject({
      state: 'CHECKED',
      total: 11,
      checked: 11,
      bad: 9,
      created: 0,
    });
    expect(await people(name)).toEqual([]);
    const report = await browser.get(`/api/admin/accounts/imports/${id}/lines?state=BAD`);
    const problems = (
      report.body.items as { line: number; problems: { field: string; code: string }[] }[]
    ).map(({ line, problems }) => [line, ...problems.map((one) => `${one.field} ${one.code}`)]);
    expect(problems).toEqual([
      [4, 'username double'],
      [5, 'email format'],
      [6, 'username taken'],
      [7, 'structure choice'],
      [8, 'roles choice'],
      [9, 'username format'],
      [10, 'structure required'],
      [11, 'nationalId taken'],
      [12, 'locale choice'],
    ]);
    const written = await browser.get(`/api/admin/accounts/imports/${id}/report`);
    expect(written.text).toMatch(/^\uFEFF"Ligne";"État";"Identifiant"/);
    expect(written.text).toContain(
      '"Structure\u00a0: Aucune structure enregistrée n’a ce nom, ce numéro FINESS ou ce numéro SIRET."',
    );
    expect(written.text).toContain(`"'=1+1"`);
    expect(written.text).not.toMatch(/(^|;)"[=+\-@]/m);
    expect((await browser.post(`/api/admin/accounts/imports/${id}/start`)).status).toBe(200);
    expect(await ended(browser, id, ['DONE'])).toMatchObject({ created: 2, invited: 2 });
    expect(await people(name)).toHaveLength(2);
    expect((await browser.post(`/api/admin/accounts/imports/${id}/start`)).outcome).toBe('409 import.state');
    expect((await browser.post(`/api/admin/accounts/imports/${id}/undo`)).outcome).toBe('409 import.state');
  });

  it('creates no account when one line is bad and all or none was asked', async () => {
    const name = mark();
    const file = [HEADER, ...lines(3, name), `${name}.bad;A;B;no-address`].join('\n');
    const taken = await importFile(browser, file, 'mode=ALL_OR_NONE');
    expect(await ended(browser, taken.body.id as string)).toMatchObject({
      state: 'REFUSED',
      bad: 1,
      created: 0,
    });
    expect(await people(name)).toEqual([]);
  });

  it('goes into the uploader’s own structure, and into no other; it gives no national role', async () => {
    const { browser: own } = await stage.signedIn({ role: 'structure-admin' });
    const name = mark();
    const other = await stage.structure();
    const file = [
      HEADER,
      `${name}.0;A;B;a@h.example;;`,
      `${name}.2;A;B;c@h.example;;${other}`,
      `${name}.1;A;B;b@h.example;national-admin`,
    ].join('\n');
    const taken = await importFile(own, file);
    expect(await ended(own, taken.body.id as string)).toMatchObject({ state: 'DONE', created: 1, bad: 2 });
    expect((await people(name)).map((one) => one.structureId)).toEqual([STRUCTURE.id]);
  });

  it('proposes a membership to a person who works elsewhere, and says so before and after', async () => {
    const person = await stage.person();
    const rpps = '10003459001';
    const sql = 'UPDATE account SET nationalId = ? WHERE id = ?';
    await stage.database.execute(sql, [`8${rpps}`, person.id]);
    const clinic = await stage.structure();
    const { browser: own } = await stage.signedIn({ role: 'structure-admin', structureId: clinic });
    const name = mark();
    const file = [
      HEADER,
      `${name}.0;Zoé;Martin;z@h.example;;;${rpps}`,
      `${name}.1;Lou;Roux;l@h.example;;;`,
      `${person.username};Homonyme;Autre;h@h.example;;;`,
    ].join('\n');
    const id = (await importFile(own, file, 'mode=GOOD_LINES&dryRun=true')).body.id as string;
    expect(await ended(own, id)).toMatchObject({ state: 'CHECKED', bad: 1, proposed: 0 });
    const line = async () => (await own.get(`/api/admin/accounts/imports/${id}/lines`)).body.items[0];
    expect(await line()).toMatchObject({
      problems: [],
      warnings: [{ field: 'nationalId', code: 'has-account' }],
    });
    await own.post(`/api/admin/accounts/imports/${id}/start`);
    const done = await ended(own, id, ['DONE']);
    expect(done).toMatchObject({ bad: 1, created: 1, invited: 1, proposed: 1 });
    expect((await own.get(`/api/admin/accounts/imports/${id}/report`)).text).toContain(
      'compte existant, rattachement proposé',
    );
    const { items } = (await own.get(`/api/admin/structures/${clinic}/proposals`)).body;
    expect(items).toMatchObject([{ roles: ['professional'] }]);
    // The account itself is as it was.
    expect((await people(person.username)).map((one) => one.structureId)).toEqual([STRUCTURE.id]);
  });

  it('is undone while no invitation has left', async () => {
    const name = mark();
    const file = [HEADER, ...lines(400, name)].join('\n');
    const taken = await importFile(browser, file);
    const id = taken.body.id as string;
    await until(async () => (await people(name)).length > 0);
    const undone = await browser.post(`/api/admin/accounts/imports/${id}/undo`);
    if (undone.status !== 200) return;
    expect((await ended(browser, id)).state).toBe('UNDONE');
    expect(await people(name)).toEqual([]);
    const terms = await stage.database.rows('SELECT term FROM accountTerm WHERE term LIKE ?', [`${name}%`]);
    expect(terms).toEqual([]);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
    ['commas', (text: string) => Buffer.from(text.replaceAll(';', ','))],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(';', '\t'))],
    ['a line for Excel', (text: string) => Buffer.from(`sep=;\r\n${text}`)],
    ['old line ends', (text: string) => Buffer.from(text.replaceAll('\r\n', '\n'))],
  ])('is read in %s', async (_name, encode) => {
    const name = mark();
    const file = encode(
      `${HEADER}\r\n${name};Zoé;"O'Brien ""la"" <b>";${name}@h.example;structure-admin;${STRUCTURE.name};\r\n\r\n`,
    );
    const taken = await importFile(browser, file);
    expect(taken.status).toBe(201);
    expect(await ended(browser, taken.body.id as string)).toMatchObject({
      state: 'DONE',
      total: 1,
      created: 1,
      invited: 1,
    });
    expect(await people(name)).toEqual([
      {
        username: name,
        displayName: `Zoé O'Brien "la" <b>`,
        status: 'INVITED',
        roles: 'structure-admin',
        structureId: STRUCTURE.id,
      },
    ]);
  });

  it('imports an export of Portillon', async () => {
    const name = mark();
    await importFile(browser, `username,name,email\n${name},'=1+1 Martin,${name}@h.example`).then((one) =>
      ended(browser, one.body.id as string),
    );
    expect((await people(name))[0]!.displayName).toBe('=1+1 Martin');
    const file = (await browser.get('/api/admin/accounts/export')).text;
    const again = await importFile(browser, file, 'mode=GOOD_LINES&dryRun=true');
    const { total, bad, id } = await ended(browser, again.body.id as string);
    expect(bad).toBe(total);
    const report = await browser.get(`/api/admin/accounts/imports/${id as string}/lines?limit=100`);
    expect(JSON.stringify(report.body)).toContain('=1+1 Martin');
  });

  it.each([
    ['nothing', '', '422 validation.failed'],
    ['no names of columns', 'a;b;c\n1;2;3', '422 validation.failed'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), '422 validation.failed'],
    ['an unending cell', `${HEADER}\n"${'x'.repeat(20_000)}`, '422 validation.failed'],
    ['too much', Buffer.alloc(16 * 1024 * 1024 + 1, 'a'), '413 body.too-large'],
    [
      'good for 5,000 lines',
      [HEADER, ...lines(5_000, 'never'), 'x'.repeat(10_000)].join('\n'),
      '422 validation.failed',
    ],
  ])('that is %s is refused, and no import of it has started', async (_name, file, expected) => {
    const started = () => stage.database.rows("SELECT id FROM auditEvent WHERE name = 'user_import_started'");
    const before = await started();
    expect((await importFile(browser, file)).outcome).toBe(expected);
    expect(await started()).toEqual(before);
    expect(await people('never')).toEqual([]);
  });

  it('is accepted by no other route, and this route accepts no other body', async () => {
    const csv = { headers: { 'content-type': 'text/csv' }, raw: 'a;b' };
    expect((await browser.send('POST', '/api/admin/accounts', undefined, csv)).outcome).toBe(
      '415 media-type.unsupported',
    );
    expect((await browser.post('/api/admin/accounts/import', { a: 1 })).outcome).toBe(
      '415 media-type.unsupported',
    );
  });
});

describe.each(['RESUME', 'UNDO'] as const)('an import whose server is killed in the middle: %s', (choice) => {
  const stage = useStage();
  const COUNT = 200;

  it('ends as was chosen, each account once or none', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const name = `k${choice.toLowerCase()}`;
    const file = [HEADER, ...lines(COUNT, name)].join('\n');
    const taken = await importFile(browser, file, `mode=ALL_OR_NONE&whenInterrupted=${choice}`);
    const id = taken.body.id as string;
    await until(async () => (await made(stage, name)) > 50);
    await stage.server.kill();
    const at = await made(stage, name);
    expect(at).toBeLessThan(COUNT);
    await stage.restart();
    await stage.server.advance(31_000);
    const after = await ended(browser.through(stage.server.url), id, ['DONE', 'UNDONE']);
    const expected = choice === 'RESUME' ? COUNT : 0;
    expect(after).toMatchObject({ state: choice === 'RESUME' ? 'DONE' : 'UNDONE', created: expected });
    expect(await made(stage, name)).toBe(expected);
    const invited = await stage.database.rows("SELECT id FROM notification WHERE kind = 'invitation'");
    expect(invited).toHaveLength(expected);
  }, 60_000);
});

async function made(stage: Stage, name: string): Promise<number> {
  const sql = 'SELECT COUNT(*) AS count FROM account WHERE usernameKey LIKE ?';
  return Number((await stage.database.row<{ count: number }>(sql, [`${name}%`]))!.count);
}

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (await is()) return;
    await sleep(10);
  }
  throw new Error('It never was');
}
