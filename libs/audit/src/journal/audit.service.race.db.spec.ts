import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import { anyEvent, journalOn } from '../testing/journal.fixture';

describeOnEveryEngine('the journal under a rush', [auditPersistence], (testDatabase) => {
  it('loses no line of 64, and returns each once while more are added', async () => {
    const clock = new SettableClock();
    const { audit } = journalOn(testDatabase.dataSource, { clock });
    const record = (index: number) =>
      audit.record(anyEvent({ name: `line-${index}`, outcome: 'SUCCESS', accountId: 'claire' }));
    const { errors } = await concurrently(64, (index) =>
      index % 2
        ? record(index)
        : testDatabase.transactions.run(async (tx) => {
            await audit.record(
              anyEvent({ name: `line-${index}`, outcome: 'SUCCESS', accountId: 'claire' }),
              tx,
            );
          }),
    );
    expect(errors).toEqual([]);
    clock.advance(1);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const [page] = await Promise.all([
        audit.ofAccount('claire', { cursor, limit: 10 }),
        record(1_000 + seen.length),
      ]);
      seen.push(...page.items.map(({ name }) => name).filter((name) => !/^line-1\d{3}/.test(name)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(64);
    expect(seen).toHaveLength(64);
  });
});
