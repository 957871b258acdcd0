import { Annuaire, type AnnuaireMood, rppsNumber } from '../harness/services/annuaire';
import { eventually } from '../harness/server/eventually';
import type { Person } from '../harness/people/person';
import { QUICK, Stage } from '../harness/server/stage';

const PEOPLE = 200_000;
const AT_ONCE = 2_000;
const UNKNOWN_EVERY = 10;

/** A server with a directory that knows no one of the tests. */
class AskingStage {
  readonly annuaire = new Annuaire();
  stage!: Stage;

  async open(): Promise<void> {
    await this.annuaire.start();
    this.stage = new Stage({
      ...QUICK,
      environment: { ...QUICK.environment, ...this.annuaire.environment },
    });
    await this.stage.open();
  }

  async close(): Promise<void> {
    await this.stage?.close();
    this.annuaire.stop();
  }
}

describe('the Annuaire Santé and 200,000 people', () => {
  const asking = new AskingStage();
  beforeAll(() => asking.open(), 60_000);
  afterAll(() => asking.close(), 30_000);

  it('are looked up one by one, each number once and with the key, and no account is closed by the result', async () => {
    const { annuaire, stage } = asking;
    for (let index = 0; index < PEOPLE; index++)
      if (index % UNKNOWN_EVERY !== 0) annuaire.known.add(rppsNumber(index));
    for (let from = 0; from < PEOPLE; from += AT_ONCE) await crowd(stage, from);
    const looked = () =>
      stage.database.rows<{ nationalId: string; directoryState: string; status: string }>(
        'SELECT nationalId, directoryState, status FROM account WHERE directoryState IS NOT NULL',
      );
    await eventually('250 looked up', async () => (await looked()).length > 250);
    const told = await looked();
    for (const { nationalId, directoryState } of told)
      expect(directoryState).toBe(annuaire.known.has(nationalId.slice(1)) ? 'found' : 'not-found');
    expect(new Set(told.map(({ directoryState }) => directoryState))).toEqual(
      new Set(['found', 'not-found']),
    );
    expect(new Set(annuaire.asked).size).toBe(annuaire.asked.length);
    for (const headers of annuaire.headers)
      expect(headers['esante-api-key']).toBe('key-of-the-annuaire-of-the-tests');
    const closed = "SELECT id FROM account WHERE status <> 'ACTIVE' LIMIT 1";
    expect(await stage.database.rows(closed)).toEqual([]);
    expect(JSON.stringify(stage.server.lines)).not.toContain('key-of-the-annuaire-of-the-tests');
  }, 240_000);
});

describe('an Annuaire Santé that', () => {
  const asking = new AskingStage();
  let person: Person;
  let rpps: string;
  let count = 0;

  beforeAll(() => asking.open(), 60_000);
  afterAll(() => asking.close(), 30_000);
  beforeEach(async () => {
    asking.annuaire.mood = null;
    person = await asking.stage.person();
    rpps = rppsNumber(PEOPLE + count++);
    asking.annuaire.known.add(rpps);
    const sql = 'UPDATE account SET nationalId = ? WHERE id = ?';
    await asking.stage.database.execute(sql, [`8${rpps}`, person.id]);
    await eventually('found', async () => (await standing())?.directoryState === 'found');
  });

  const standing = () =>
    asking.stage.database.row<{ directoryState: string; directoryLookedUpAt: Date; status: string }>(
      'SELECT directoryState, directoryLookedUpAt, status FROM account WHERE id = ?',
      [person.id],
    );

  it.each<[string, AnnuaireMood]>([
    ['cuts its answer', (response, whole) => void response.writeHead(200).end(whole.slice(0, -40))],
    [
      'hangs up in the middle',
      (response, whole) => {
        response.writeHead(200, { 'content-length': whole.length }).write(whole.slice(0, 40));
        response.destroy();
      },
    ],
    [
      'tells of another person',
      (response, whole) => void response.end(whole.replaceAll(rpps, rppsNumber(7))),
    ],
    ['answers a page of its proxy', (response) => void response.end('<html>Maintenance</html>')],
    ['refuses the key', (response) => void response.writeHead(403).end('{}')],
    ['fails', (response) => void response.writeHead(503).end('{"resourceType":"OperationOutcome"}')],
    [
      'leads elsewhere',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['pours without end', (response) => void response.end(' '.repeat(1_000_000))],
  ])('%s closes nobody and changes nothing', async (_, mood) => {
    const { annuaire, stage } = asking;
    const before = await standing();
    annuaire.mood = mood;
    const asked = annuaire.asked.length;
    const due = 'UPDATE account SET directoryDueAt = createdAt WHERE id = ?';
    await stage.database.execute(due, [person.id]);
    await eventually('asked', () => annuaire.asked.length > asked);
    await eventually('put off', () => JSON.stringify(stage.server.lines).includes(`${person.id} put off`));
    expect(await standing()).toEqual(before);
    await person.signIn(stage.visitor());
  });

  it('refuses the key is reported by doctor, and one that answers is fine', async () => {
    const { annuaire, stage } = asking;
    expect((await stage.command(['doctor'])).output).toMatch(/ok {4}annuaire +answers/);
    annuaire.mood = (response) => void response.writeHead(401).end();
    expect((await stage.command(['doctor'])).output).toMatch(/FAIL {2}annuaire .*status 401.*ANNUAIRE_KEY/);
  });
});

/** People with a national id, from `from` on. */
async function crowd({ database }: Stage, from: number): Promise<void> {
  const columns = `id, username, usernameKey, email, emailKey, displayName, displayNameKey, locale, status, roles,
    codeChannel, createdAt, version, nationalId`;
  const rows = Array.from({ length: AT_ONCE }, (_, index) => {
    const [number, id] = [from + index, String(from + index).padStart(36, '0')];
    return `('${id}', 'p${number}', 'p${number}', 'p@h.example', 'p@h.example', 'Claire', 'claire', 'fr', 'ACTIVE', '',
      'EMAIL', '2026-01-01 00:00:00.000', 1, '8${rppsNumber(number)}')`;
  });
  await database.execute(`INSERT INTO account (${columns}) VALUES ${rows.join(', ')}`, []);
}
