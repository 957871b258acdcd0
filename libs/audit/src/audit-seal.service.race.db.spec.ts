import { SECOND } from '@portillon/kernel';
import { atOnce, describeOnEveryEngine } from '@portillon/testing';
import { auditPersistence } from './audit.persistence';
import { emptyJournal, Journal, journalOn } from './testing/journal.fixture';

describeOnEveryEngine('the sealing under a rush', [auditPersistence], (bench) => {
  let journal: Journal;

  beforeEach(async () => {
    await emptyJournal(bench.database);
    journal = journalOn(bench.database);
  });

  const sealed = () =>
    bench.database.row<{ sealed: number; counted: number }>(
      `SELECT (SELECT COUNT(*) FROM auditEvent WHERE sealSequence IS NOT NULL) AS sealed,
        (SELECT SUM(total) FROM auditCounter WHERE structureId = '*') AS counted`,
    );

  it('lets one of 16 seal, and counts once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => journal.record()));
    journal.clock.advance(SECOND);
    const instances = Array.from({ length: 16 }, () => journalOn(bench.database, { clock: journal.clock }));
    const { results, errors } = await atOnce(16, (index) => instances[index]!.seals.seal());
    expect(errors).toEqual([]);
    expect(results.filter((lines) => lines > 0)).toEqual([40]);
    const totals = await sealed();
    expect([Number(totals!.sealed), Number(totals!.counted)]).toEqual([40, 40]);
    expect(await journal.verifier.verify()).toMatchObject({ proven: true, seals: 1, lines: 40 });
  });

  it('misses no line that is written meanwhile, and counts each once', async () => {
    await atOnce(16, async (index) => {
      const instance = journalOn(bench.database, { clock: journal.clock });
      for (let turn = 0; turn < 8; turn++) {
        await instance.record({ name: index % 2 ? 'authn_login_success' : 'authn_code_sent' });
        await instance.seals.seal();
      }
    });
    await journal.seals.seal();
    const totals = await sealed();
    expect([Number(totals!.sealed), Number(totals!.counted)]).toEqual([128, 128]);
    expect(await journal.verifier.verify()).toMatchObject({ proven: true, lines: 128, waiting: 0 });
  });

  it('purges once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => journal.record()));
    await journal.seals.seal();
    journal.clock.advance(10 * SECOND);
    const { results, errors } = await atOnce(16, () => journal.seals.purge(journal.clock.now(), 100));
    expect(errors).toEqual([]);
    expect(results.filter((lines) => lines > 0)).toEqual([20]);
    expect(await journal.verifier.verify()).toMatchObject({ proven: true, purgedThrough: 1 });
  });
});
