import { eventually } from '../harness/server/eventually';
import { Person } from '../harness/people/person';
import { QUICK, useStage } from '../harness/server/stage';

/** How long a line waits for its seal, so that quiet hours make few seals. */
const SEAL_AFTER_MS = 30_000;

/** What `portillon audit verify` finds, on both databases: `audit-verifier.service.db.spec.ts`. */
describe('the journal', () => {
  const stage = useStage(QUICK);
  let paul: Person;

  beforeAll(async () => {
    paul = await stage.person();
    await paul.signIn(stage.visitor());
    await paul.givePassword(stage.visitor(), 'wrong');
  });

  const verify = (...args: string[]) => stage.command(['audit', 'verify', ...args]);
  const waiting = async () => {
    const sql = 'SELECT COUNT(*) AS waiting FROM auditEvent WHERE sealSequence IS NULL';
    return Number((await stage.database.row<{ waiting: number }>(sql))!.waiting);
  };

  it('is sealed by the server itself', async () => {
    expect(await waiting()).toBeGreaterThan(0);
    await stage.server.advance(SEAL_AFTER_MS);
    await eventually('the last seal', async () => (await waiting()) === 0);
  });

  it('is verified by a command, which finds an altered line and recorded faults', async () => {
    const first = await verify();
    expect([first.code, first.output]).toEqual([0, expect.stringContaining('PROVEN')]);
    const head = /Head: (\d+:[0-9a-f]{64})/.exec(first.output)![1]!;
    await alter('authn_logout', 'authn_login_fail');
    const { code, output } = await verify();
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/WRONG {2}Line \S+ .*was altered[\s\S]*NOT PROVEN/),
    ]);
    await alter('authn_login_fail', 'authn_logout');
    const again = await verify('--head', head);
    expect([again.code, again.output]).toEqual([0, expect.stringContaining('still holds what was noted')]);
  });

  it('is not compared with an invalid head', async () => {
    const { code, output } = await verify('--head', 'x');
    expect([code, output]).toEqual([1, expect.stringContaining('sequence:digest')]);
  });

  it('is exported whole, however long', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin' });
    for (let batch = 0; batch < 5; batch++) await write(batch, 400);
    const { text } = await browser.get('/api/admin/events/export?account=many');
    expect(text.trimEnd().split('\r\n')).toHaveLength(2_001);
  });

  function alter(to: string, from: string): Promise<number> {
    const sql =
      'UPDATE auditEvent SET name = ? WHERE name = ? AND accountId = ? AND sealSequence IS NOT NULL';
    return stage.database.execute(sql, [to, from, paul.id]);
  }

  async function write(batch: number, lines: number): Promise<void> {
    const id = (index: number) =>
      `018f0000-${String(batch).padStart(4, '0')}-7000-8000-${String(index).padStart(12, '0')}`;
    const places = Array.from({ length: lines }, () => `(?, ?, 'sequence_fail', 'FAILURE', 'many')`);
    await stage.database.execute(
      `INSERT INTO auditEvent (id, happenedAt, name, outcome, accountId) VALUES ${places.join(', ')}`,
      Array.from({ length: lines }, (_, index) => [id(index), new Date()]).flat(),
    );
  }
});
