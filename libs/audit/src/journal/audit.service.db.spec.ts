import { MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import type { AuditService } from './audit.service';
import { anyEvent, emptyJournal, journalOn } from '../testing/journal.fixture';

const UNKNOWN_CURSOR = { code: 'validation.failed', errors: [expect.objectContaining({ field: 'cursor' })] };

describeOnEveryEngine('the journal', [auditPersistence], (testDatabase) => {
  let clock: SettableClock;
  let audit: AuditService;

  beforeEach(async () => {
    await emptyJournal(testDatabase.dataSource);
    clock = new SettableClock();
    audit = journalOn(testDatabase.dataSource, { clock }).audit;
  });

  async function recordEachMinute(...names: string[]): Promise<void> {
    for (const name of names) {
      await audit.record(anyEvent({ name }));
      clock.advance(MINUTE);
    }
  }

  const namesOf = async (page: { cursor?: string; limit: number }) => {
    const { items, nextCursor } = await audit.ofAccount('claire', page);
    return { names: items.map(({ name }) => name), nextCursor };
  };

  it('notifies listeners of committed lines, and survives a failing listener', async () => {
    const heard: string[] = [];
    audit.onRecorded(() => {
      throw new Error('a counter that is broken');
    });
    audit.onRecorded(({ name }) => heard.push(name));
    const undone = testDatabase.transactions.run(async (tx) => {
      await audit.record(anyEvent({ name: 'undone' }), tx);
      throw new Error('change of mind');
    });
    await expect(undone).rejects.toThrow('change of mind');
    await audit.record(anyEvent({ name: 'alone' }));
    await testDatabase.transactions.run((tx) => audit.record(anyEvent({ name: 'together' }), tx));
    expect(heard).toEqual(['alone', 'together']);
  });

  it('returns when the newest line of each structure was written', async () => {
    for (const structureId of ['nord', 'sud', 'nord', 'ouest']) {
      await audit.record(anyEvent({ structureId }));
      clock.advance(MINUTE);
    }
    const newest = await audit.newestOf(['nord', 'sud', 'est']);
    const [before, lately] = [
      new Date(clock.now().getTime() - 3 * MINUTE),
      new Date(clock.now().getTime() - 2 * MINUTE),
    ];
    expect([...newest].sort()).toEqual([
      ['nord', lately],
      ['sud', before],
    ]);
  });

  it('returns lines as written, to the millisecond', async () => {
    const event = {
      name: 'authn_login_success',
      outcome: 'SUCCESS' as const,
      accountId: 'claire',
      actorId: 'nadia',
      structureId: 'hopital',
      means: 'password',
      channel: 'EMAIL',
      address: '2001:db8::1',
      device: 'Firefox sur Linux',
      requestId: 'request-1',
      reason: 'emergency',
      data: { codeAgeSeconds: 2, activity: 'Saint-Étienne' },
    };
    await audit.record(anyEvent(event));
    const { items, nextCursor } = await audit.ofAccount('claire', { limit: 10 });
    expect(items).toEqual([
      { ...event, id: expect.stringMatching(/^[0-9a-f-]{36}$/), at: clock.now(), seal: null },
    ]);
    expect(nextCursor).toBeNull();
  });

  it('omits unknown facts', async () => {
    await audit.record(anyEvent({ name: 'authn_login_fail', outcome: 'FAILURE', accountId: 'claire' }));
    const { items } = await audit.ofAccount('claire', { limit: 10 });
    expect(items[0]).toMatchObject({ actorId: null, means: null, device: null, reason: null, data: null });
  });

  it('is read newest first, page by page, each line once', async () => {
    await recordEachMinute('one', 'two', 'three', 'four', 'five');
    const first = await namesOf({ limit: 2 });
    const second = await namesOf({ limit: 2, cursor: first.nextCursor! });
    const third = await namesOf({ limit: 2, cursor: second.nextCursor! });
    expect([first.names, second.names, third.names]).toEqual([['five', 'four'], ['three', 'two'], ['one']]);
    expect(third.nextCursor).toBeNull();
  });

  it('has no further page after a full last one', async () => {
    await recordEachMinute('one', 'two');
    expect((await namesOf({ limit: 2 })).nextCursor).toBeNull();
  });

  it('keeps its pages when a line is added meanwhile', async () => {
    await recordEachMinute('one', 'two', 'three');
    const first = await namesOf({ limit: 2 });
    await recordEachMinute('four');
    expect((await namesOf({ limit: 2, cursor: first.nextCursor! })).names).toEqual(['one']);
  });

  it('shows no person the lines of another', async () => {
    await audit.record(anyEvent({ name: 'authn_login_fail', outcome: 'FAILURE', accountId: 'paul' }));
    await audit.record(anyEvent({ name: 'authn_login_fail', outcome: 'FAILURE', accountId: null }));
    expect((await namesOf({ limit: 10 })).names).toEqual([]);
  });

  it('returns between one and a hundred lines at a time', async () => {
    await recordEachMinute(...Array.from({ length: 102 }, (_, index) => `line-${index}`));
    expect((await namesOf({ limit: 5_000 })).names).toHaveLength(100);
    expect((await namesOf({ limit: 0 })).names).toHaveLength(1);
  });

  it.each([
    ['empty', ''],
    ['SQL text', "' OR 1=1 --"],
    ['a wildcard', '%'],
    ['almost an id', '018f0000-0000-7000-8000-00000000000g'],
    ['very long', '0'.repeat(10_000)],
  ])('refuses a cursor that is %s', async (_, cursor) => {
    await expect(audit.ofAccount('claire', { cursor, limit: 10 })).rejects.toMatchObject(UNKNOWN_CURSOR);
  });

  it('keeps a line when the request that wrote it is rolled back', async () => {
    const refused = testDatabase.transactions.run(async () => {
      throw new Error('refused');
    });
    await Promise.all([
      expect(refused).rejects.toThrow('refused'),
      audit.record(anyEvent({ name: 'authn_login_fail', outcome: 'FAILURE', accountId: 'claire' })),
    ]);
    expect((await namesOf({ limit: 10 })).names).toEqual(['authn_login_fail']);
  });

  it('writes a line in the given transaction, or not at all', async () => {
    const undone = testDatabase.transactions.run(async (tx) => {
      await audit.record(anyEvent({ name: 'authn_step_up', outcome: 'SUCCESS', accountId: 'claire' }), tx);
      throw new Error('change of mind');
    });
    await expect(undone).rejects.toThrow('change of mind');
    expect((await namesOf({ limit: 10 })).names).toEqual([]);
  });

  it('writes hostile text as one harmless line of limited length', async () => {
    const data = { subject: 'a\r\nb\u2028c', password: 'Correct horse', code: '123456' };
    await audit.record(
      anyEvent({
        name: 'authn_login_fail',
        outcome: 'FAILURE',
        accountId: 'claire',
        device: `Mozilla\r\n2026-11-24 authn_login_success \u202Egnp.exe${'😀'.repeat(10_000)}`,
        reason: "'); DROP TABLE auditEvent; --",
        data,
      }),
    );
    const { items } = await audit.ofAccount('claire', { limit: 1 });
    expect(items[0]!.device).toMatch(/^Mozilla 2026-11-24 authn_login_success {2}gnp.exe😀+$/u);
    expect([...items[0]!.device!]).toHaveLength(256);
    expect(items[0]!.reason).toBe("'); DROP TABLE auditEvent; --");
    expect(items[0]!.data).toEqual({ subject: 'a\r\nb c', password: '[left out]', code: '[left out]' });
  });

  it('has tables that match its entities', async () => {
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });

  it('has a migration that can be reverted and repeated', async () => {
    await testDatabase.migrator.undoLast();
    expect(await testDatabase.migrator.pending()).toBe(true);
    expect(await testDatabase.migrator.migrate()).toEqual(['CreateAuditReading1764302005001']);
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });
});
