import { Person } from './harness/person';
import { describeOnEveryEngine, useStage } from './harness/stage';

describeOnEveryEngine('portillon audit verify', (stage) => {
  let paul: Person;

  beforeAll(async () => {
    paul = await stage.person();
    await paul.signIn(stage.visitor());
    await paul.givePassword(stage.visitor(), 'wrong');
  });

  it('proves the journal, and prints what to keep', async () => {
    await stage.command(['audit', 'seal']);
    const first = await stage.command(['audit', 'verify']);
    expect([first.code, first.output]).toEqual([0, expect.stringContaining('PROVEN')]);
    const head = /Head: (\d+:[0-9a-f]{64})/.exec(first.output)![1]!;
    const again = await stage.command(['audit', 'verify', '--head', head]);
    expect([again.code, again.output]).toEqual([0, expect.stringContaining('still holds what was noted')]);
  });

  it('says which line was altered, and fails', async () => {
    const alter = (to: string, from: string) =>
      stage.database.execute(
        `UPDATE auditEvent SET name = ? WHERE name = ? AND accountId = ? AND sealSequence IS NOT NULL`,
        [to, from, paul.id],
      );
    await alter('authn_logout', 'authn_login_fail');
    const { code, output } = await stage.command(['audit', 'verify']);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(/WRONG {2}Line \S+ .*was altered[\s\S]*NOT PROVEN/),
    ]);
    await alter('authn_login_fail', 'authn_logout');
    expect((await stage.command(['audit', 'verify'])).code).toBe(0);
  });

  it('refuses a head that is none', async () => {
    const { code, output } = await stage.command(['audit', 'verify', '--head', 'x']);
    expect([code, output]).toEqual([1, expect.stringContaining('sequence:digest')]);
  });
});

describe('a long journal', () => {
  const stage = useStage();

  it('is sealed by the server itself within a minute', async () => {
    const claire = await stage.person();
    await claire.signIn(stage.visitor());
    const waiting = async () => {
      const sql = 'SELECT COUNT(*) AS waiting FROM auditEvent WHERE sealSequence IS NULL';
      return Number((await stage.database.row<{ waiting: number }>(sql))!.waiting);
    };
    const deadline = performance.now() + 60_000;
    while ((await waiting()) > 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await waiting()).toBe(0);
  }, 90_000);

  it('is exported whole', async () => {
    const support = await stage.person();
    await stage.database.execute(`UPDATE account SET roles = 'national-admin' WHERE id = ?`, [support.id]);
    const visitor = stage.visitor();
    await support.signIn(visitor);
    for (let batch = 0; batch < 5; batch++) await write(batch, 400);
    const { text } = await visitor.get('/api/admin/events/export?account=many');
    expect(text.trimEnd().split('\r\n')).toHaveLength(2_001);
  });

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
