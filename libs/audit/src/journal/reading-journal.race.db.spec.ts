import { HOUR, MINUTE } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import { AuditReadingEntity } from './reading-journal.service';
import { anyEvent, emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

const READING = { readerId: 'nadia', subjectId: 'claire' };

describeOnEveryEngine('what was read of others', [auditPersistence], (bench) => {
  let clock: SettableClock;
  let journal: Journal;

  beforeEach(async () => {
    clock = new SettableClock();
    journal = journalOn(bench.dataSource, { clock });
    await emptyJournal(bench.dataSource);
  });

  const read = (reading = READING, name = 'account_read') =>
    journal.readings.record(reading, anyEvent({ name, outcome: 'SUCCESS', accountId: reading.subjectId }));
  const lines = async () => (await journal.audit.search({}, { limit: 100 })).items.map(({ name }) => name);

  it('is one line an hour for 16 concurrent reads on several instances', async () => {
    const others = journalOn(bench.dataSource, { clock }).readings;
    const event = anyEvent({ name: 'account_read', outcome: 'SUCCESS', accountId: 'claire' });
    const { errors } = await concurrently(16, (index) =>
      index % 2 ? journal.readings.record(READING, event) : others.record(READING, event),
    );
    expect(errors).toEqual([]);
    expect(await lines()).toEqual(['account_read']);
  });

  it('is a separate line for each reader, person and kind', async () => {
    await read();
    await read({ ...READING, readerId: 'hugo' });
    await read({ ...READING, subjectId: 'paul' });
    await read(READING, 'journal_read');
    await read();
    expect(await lines()).toHaveLength(4);
  });

  it('is written again in the next hour, and not in the same one', async () => {
    clock.set(new Date('2026-11-24T10:05:00.000Z'));
    await read();
    clock.advance(54 * MINUTE);
    await read();
    expect(await lines()).toHaveLength(1);
    clock.advance(MINUTE);
    await read();
    expect(await lines()).toHaveLength(2);
  });

  it('is written at the next read when the write failed', async () => {
    const failing = {
      name: 'account_read',
      data: {
        toJSON: () => {
          throw new Error('no room');
        },
      },
    };
    await expect(journal.readings.record(READING, anyEvent(failing))).rejects.toThrow('no room');
    await read();
    expect(await lines()).toEqual(['account_read']);
  });

  it('needs only its lines once the hour is over', async () => {
    await read();
    expect(await journal.readings.purge(500)).toBe(0);
    clock.advance(HOUR);
    await read();
    expect(await journal.readings.purge(500)).toBe(1);
    const left = await bench.dataSource.getRepository(AuditReadingEntity).find();
    expect(left).toHaveLength(1);
    expect(await lines()).toHaveLength(2);
  });
});
