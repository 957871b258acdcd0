import { MINUTE, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import type { AuditFilter } from './audit.types';
import { auditPersistence } from '../audit.persistence';
import { emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

const UNKNOWN_CURSOR = { code: 'validation.failed', errors: [expect.objectContaining({ field: 'cursor' })] };

describeOnEveryEngine('searching the journal', [auditPersistence], (testDatabase) => {
  let journal: Journal;
  let start: Date;

  beforeAll(async () => {
    await emptyJournal(testDatabase.dataSource);
    journal = journalOn(testDatabase.dataSource);
    start = journal.clock.now();
    await say('one', { name: 'authn_login_success', accountId: 'claire', structureId: 'hopital' });
    await say('two', {
      name: 'authn_login_fail',
      outcome: 'FAILURE',
      accountId: 'claire',
      structureId: 'hopital',
    });
    await say('three', {
      requestId: 'r1',
      data: { reference: 'FR4H' },
      name: 'user_updated',
      accountId: 'claire',
      actorId: 'nadia',
      structureId: 'hopital',
    });
    await say('four', { name: 'user_updated', accountId: 'paul', actorId: 'nadia', structureId: 'cabinet' });
    await say('five', { name: 'authn_login_success', accountId: 'paul', structureId: 'cabinet' });
    await say('six', { name: 'authn_login_fail', outcome: 'FAILURE', accountId: null });
  });

  async function say(reason: string, event: Parameters<Journal['record']>[0]): Promise<void> {
    await journal.record({ ...event, reason });
    journal.clock.advance(MINUTE);
  }

  const found = async (filter: AuditFilter, page: { cursor?: string; limit: number } = { limit: 10 }) =>
    (await journal.audit.search(filter, page)).items.map((item) => item.reason);
  const minutes = (count: number) => addMilliseconds(start, count * MINUTE);

  it.each<[string, AuditFilter, string[]]>([
    ['nothing', {}, ['six', 'five', 'four', 'three', 'two', 'one']],
    ['whom it concerns', { accountId: 'claire' }, ['three', 'two', 'one']],
    ['who did it', { actorId: 'nadia' }, ['four', 'three']],
    ['both', { accountId: 'paul', actorId: 'nadia' }, ['four']],
    ['the structure', { structureId: 'cabinet' }, ['five', 'four']],
    ['one name', { names: ['user_updated'] }, ['four', 'three']],
    ['two names', { names: ['user_updated', 'authn_login_fail'] }, ['six', 'four', 'three', 'two']],
    ['the same name twice', { names: ['user_updated', 'user_updated'] }, ['four', 'three']],
    [
      'names and a person',
      { accountId: 'claire', names: ['user_updated', 'authn_login_fail'] },
      ['three', 'two'],
    ],
    ['a name and a structure', { structureId: 'hopital', names: ['authn_login_fail'] }, ['two']],
    ['the result', { outcome: 'FAILURE' }, ['six', 'two']],
    [
      'the result and names',
      { outcome: 'FAILURE', names: ['authn_login_fail', 'user_updated'] },
      ['six', 'two'],
    ],
    [
      'the result, names and a person',
      { outcome: 'SUCCESS', accountId: 'claire', names: ['user_updated'] },
      ['three'],
    ],
    ['the request', { requestId: 'r1' }, ['three']],
    ['the request of another structure', { requestId: 'r1', structureId: 'cabinet' }, []],
    ['a reference', { names: ['user_updated'], reference: 'FR4H' }, ['three']],
    ['a part of a reference', { names: ['user_updated'], reference: 'FR4' }, []],
    ['a name that never comes', { names: ['sequence_fail'] }, []],
    ['SQL text', { accountId: `' OR 1=1 --`, structureId: '%' }, []],
  ])('finds by %s', async (_, filter, reasons) => {
    expect(await found(filter)).toEqual(reasons);
  });

  it('finds by time, first instant included, last excluded', async () => {
    expect(await found({ from: minutes(1), to: minutes(3) })).toEqual(['three', 'two']);
    expect(await found({ from: minutes(4), structureId: 'cabinet' })).toEqual(['five']);
    expect(await found({ to: minutes(0) })).toEqual([]);
  });

  it.each<[string, AuditFilter]>([
    ['all', {}],
    ['several names', { names: ['authn_login_success', 'authn_login_fail', 'user_updated'] }],
  ])('gives pages that leave nothing out: %s', async (_, filter) => {
    const reasons: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal.audit.search(filter, { limit: 2, ...(cursor ? { cursor } : {}) });
      reasons.push(...page.items.map((item) => item.reason));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(reasons).toEqual(['six', 'five', 'four', 'three', 'two', 'one']);
  });

  it('refuses a forged cursor, and too many event names', async () => {
    await expect(journal.audit.search({}, { cursor: `'--`, limit: 10 })).rejects.toMatchObject(
      UNKNOWN_CURSOR,
    );
    const names = Array.from({ length: 21 }, (_, index) => `name_${index}`);
    await expect(journal.audit.search({ names }, { limit: 10 })).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'name' })],
    });
  });

  it('returns all matching lines, page by page', async () => {
    const reasons: (string | null)[] = [];
    for await (const entries of journal.audit.all({ structureId: 'hopital' }))
      reasons.push(...entries.map((entry) => entry.reason));
    expect(reasons).toEqual(['three', 'two', 'one']);
  });

  it('returns more lines than one read contains, each once', async () => {
    await journal.recordMany(1_100, 'many');
    const ids: string[] = [];
    for await (const entries of journal.audit.all({ accountId: 'many' }))
      ids.push(...entries.map((entry) => entry.id));
    expect([ids.length, new Set(ids).size]).toEqual([1_100, 1_100]);
    expect(ids).toEqual(ids.toSorted().reverse());
  });
});
