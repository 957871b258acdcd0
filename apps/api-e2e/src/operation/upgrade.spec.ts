import { randomUUID } from 'node:crypto';
import { SqlClient } from '@portillon/testing/servers';
import { PASSWORD } from '../harness/people/person';
import { insertInto, load, readRelease, ReleaseData, releases } from '../harness/server/release-data';
import { Engine, engines, Stage, useStage } from '../harness/server/stage';

/** The writes of a sign-in, to tables where only the first column distinguishes rows. */
const WRITTEN = ['auditEvent', 'notification', 'rememberedBrowser', 'session', 'signIn'];
const MINUTE = 60_000;

const KEPT = releases().flatMap((name) => engines().map((engine): [string, Engine] => [name, engine]));

describe.each(KEPT)('the data of %s (%s)', (name, engine) => {
  const data = readRelease(name, engine);
  const { session, remembered, halfway } = data.life;
  const upgrade = {} as { code: number; written: number; lost: string[] };

  // Migrated as an operator does, while instances of the release go on; then served a minute after the data was made.
  const prepare = async (stage: Stage) => {
    const url = stage.databaseUrl;
    await load(url, data);
    const database = await SqlClient.open(url);
    const before = await database.schema();
    const migration = stage.command(['migrate']);
    upgrade.written = engine === 'embedded' ? 1 : await writeDuring(migration, database, data);
    upgrade.code = (await migration).code;
    upgrade.lost = await database.lostSince(before);
    await database.close();
  };
  const ahead = new Date(data.madeAt).getTime() + MINUTE - Date.now();
  const environment = { ...data.environment, TEST_AHEAD_MS: String(ahead) };
  const stage = useStage({ engine, environment, prepare });

  const browserWith = (cookies: Record<string, string>) => {
    const visitor = stage.visitor();
    for (const [cookie, value] of Object.entries(cookies)) visitor.cookies.set(cookie, value);
    return visitor;
  };

  it('becomes that of this version, while the release before writes its rows', () => {
    expect(upgrade.code).toBe(0);
    expect(upgrade.written).toBeGreaterThan(0);
  });

  it('keeps every column and index that the release before works with', () =>
    expect(upgrade.lost).toEqual([]));

  it('keeps people signed in', async () =>
    expect((await browserWith(session).get('/api/session')).outcome).toBe('200'));

  it('keeps the browser where no code is due', async () => {
    const { username, cookies } = remembered;
    const answer = await browserWith(cookies).post('/api/sign-in/password', { username, password: PASSWORD });
    expect(answer.body.status).toBe('signed-in');
  });

  it('keeps the code that has come', async () => {
    const answer = await browserWith(halfway.cookies).post('/api/sign-in/code', { code: halfway.code });
    expect(answer.outcome).toBe('200');
  });

  it('keeps giving its applications refresh tokens and assertions', async () => {
    const given = await stage.database.rows('SELECT id, offlineAccess, gateAssertion FROM application');
    const before = givenBefore(data);
    expect(before.length).toBeGreaterThan(0);
    expect(given).toEqual(expect.arrayContaining(before));
  });

  it('keeps the journal verifiable, with its new entries', async () => {
    await stage.command(['audit', 'seal']);
    const { code, output } = await stage.command(['audit', 'verify']);
    expect([code, output]).toEqual([0, expect.stringContaining('PROVEN')]);
  });
});

/** What the release gave its applications: before it had these columns, both. */
function givenBefore({ tables }: ReleaseData) {
  const { columns, rows } = tables.find(({ name }) => name === 'application')!;
  return rows.map((row) => {
    const value = (name: string) => (columns.includes(name) ? row[columns.indexOf(name)] : 1);
    return {
      id: value('id'),
      offlineAccess: value('offlineAccess'),
      gateAssertion: value('gateAssertion'),
    };
  });
}

/** Writes rows as the release does, and takes them away, until `end`: how many. */
async function writeDuring(
  end: Promise<unknown>,
  database: SqlClient,
  { tables }: ReleaseData,
): Promise<number> {
  let ended = false;
  void end.finally(() => (ended = true));
  const written = tables.filter(({ name }) => WRITTEN.includes(name));
  for (let count = 0; ; count++) {
    if (ended) return count;
    const { name, columns, rows } = written[count % written.length]!;
    const id = randomUUID();
    await database.execute(insertInto(name, columns), [id, ...rows[0]!.slice(1)]);
    await database.execute(`DELETE FROM ${name} WHERE ${columns[0]!} = ?`, [id]);
  }
}
