import { SECOND } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import { emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

describeOnEveryEngine('a requested proof', [auditPersistence], (testDatabase) => {
  let journal: Journal;

  beforeEach(async () => {
    await emptyJournal(testDatabase.dataSource);
    journal = journalOn(testDatabase.dataSource);
    for (let seal = 0; seal < 3; seal++) {
      journal.clock.advance(SECOND);
      await journal.record();
      await journal.seals.seal();
    }
  });

  const ask = (noted: { sequence: number; digest: string } | null = null) =>
    journal.transactions.run((tx) => journal.proofs.ask('nadia', noted, tx));
  const verified = async () => {
    const { items } = await journal.audit.search({ names: ['audit_verified'] }, { limit: 10 });
    return items;
  };

  it('runs in a process with jobs, and contains the head to store elsewhere', async () => {
    const { head } = await journal.seals.state();
    expect(await ask()).toBe(true);
    expect(await journal.proofs.latest()).toMatchObject({ askedBy: 'nadia', total: 3, endedAt: null });
    await journal.proofJob().run();
    const proof = await journal.proofs.latest();
    expect(proof).toMatchObject({ read: 3, endedAt: journal.clock.now() });
    expect(proof!.result).toMatchObject({ verdict: 'PROVEN', lines: 3, seals: 3, wrong: 0, first: null });
    expect(proof!.result!.head).toEqual({ sequence: head!.sequence, digest: head!.digest });
    expect(await verified()).toMatchObject([{ outcome: 'SUCCESS', data: { headSequence: 3, lines: 3 } }]);
  });

  it('names the first problem', async () => {
    await testDatabase.dataSource.query("UPDATE auditEvent SET accountId = 'paul' WHERE sealSequence = 2");
    await ask();
    await journal.proofJob().run();
    const { result } = (await journal.proofs.latest())!;
    expect(result).toMatchObject({ verdict: 'NOT PROVEN', first: { seal: 2 } });
    expect(await verified()).toMatchObject([{ outcome: 'FAILURE', reason: 'not-proven' }]);
  });

  it('detects a removed end, by a head stored elsewhere', async () => {
    const { head } = await journal.seals.state();
    await testDatabase.dataSource.query('DELETE FROM auditEvent WHERE sealSequence = 3');
    await testDatabase.dataSource.query('DELETE FROM auditSeal WHERE sequence = 3');
    await ask({ sequence: head!.sequence, digest: head!.digest });
    await journal.proofJob().run();
    expect((await journal.proofs.latest())!.result!.verdict).toBe('NOT PROVEN');
  });

  it('runs once at a time, and the next one replaces the finished one', async () => {
    expect([await ask(), await ask()]).toEqual([true, false]);
    await journal.proofJob().run();
    expect(await ask()).toBe(true);
    expect((await journal.proofs.latest())!.result).toBeNull();
  });

  it('is continued by another process when the first one died', async () => {
    await ask();
    const dead = await journal.proofs.lease();
    await journal.proofJob().run();
    expect((await journal.proofs.latest())!.endedAt).toBeNull();
    journal.clock.advance(30 * SECOND);
    expect(await journal.proofs.advance(dead!, 1)).toBe(true);
    await journal.proofJob().run();
    expect((await journal.proofs.latest())!.endedAt).toBeNull();
    journal.clock.advance(30 * SECOND);
    await journal.proofJob().run();
    expect((await journal.proofs.latest())!.result!.verdict).toBe('PROVEN');
    expect(await journal.proofs.advance(dead!, 2)).toBe(false);
  });

  it('is passed to another process by one that stops', async () => {
    await ask();
    const stopping = journal.proofJob();
    stopping.onApplicationShutdown();
    await stopping.run();
    expect((await journal.proofs.latest())!.endedAt).toBeNull();
    await journal.proofJob().run();
    expect((await journal.proofs.latest())!.result!.verdict).toBe('PROVEN');
  });
});
