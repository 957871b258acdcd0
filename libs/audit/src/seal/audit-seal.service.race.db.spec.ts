import { SECOND } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { IsNull, Not } from 'typeorm';
import { AuditCounterEntity } from '../statistics/audit-counter.repository';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { auditPersistence } from '../audit.persistence';
import { EVERYWHERE } from '../statistics/statistics.registry';
import { emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

describeOnEveryEngine('the sealing under a rush', [auditPersistence], (bench) => {
  let journal: Journal;

  beforeEach(async () => {
    await emptyJournal(bench.dataSource);
    journal = journalOn(bench.dataSource);
  });

  const sealedAndCounted = async () => {
    const sealed = await bench.dataSource
      .getRepository(AuditEventEntity)
      .countBy({ sealSequence: Not(IsNull()) });
    const counters = bench.dataSource.getRepository(AuditCounterEntity);
    return [sealed, Number(await counters.sum('total', { structureId: EVERYWHERE }))];
  };

  it('lets one of 16 seal, and counts once', async () => {
    await journal.recordMany(40);
    journal.clock.advance(SECOND);
    const instances = Array.from({ length: 16 }, () => journalOn(bench.dataSource, { clock: journal.clock }));
    const { results, errors } = await concurrently(16, (index) => instances[index]!.seals.seal());
    expect(errors).toEqual([]);
    expect(results.filter((lines) => lines > 0)).toEqual([40]);
    expect(await sealedAndCounted()).toEqual([40, 40]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', seals: 1, lines: 40 });
  });

  it('misses no line written meanwhile, and counts each once', async () => {
    await concurrently(16, async (index) => {
      const instance = journalOn(bench.dataSource, { clock: journal.clock });
      for (let turn = 0; turn < 8; turn++) {
        await instance.record({ name: index % 2 ? 'authn_login_success' : 'authn_code_sent' });
        await instance.seals.seal();
      }
    });
    await journal.seals.seal();
    expect(await sealedAndCounted()).toEqual([128, 128]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', lines: 128, waiting: 0 });
  });

  it('purges once', async () => {
    await journal.recordMany(20);
    await journal.seals.seal();
    journal.clock.advance(10 * SECOND);
    const { results, errors } = await concurrently(16, () => journal.seals.purge(journal.clock.now(), 100));
    expect(errors).toEqual([]);
    expect(results.filter((lines) => lines > 0)).toEqual([20]);
    expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN', purgedThrough: 1 });
  });
});
