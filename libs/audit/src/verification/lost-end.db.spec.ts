import { MINUTE, SECOND } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { AuditEventRepository } from '../journal/audit-event.repository';
import { AuditSealEntity, AuditSealRepository } from '../seal/audit-seal.repository';
import { journalOn } from '../testing/journal.fixture';
import { LostEndService } from './lost-end.service';
import type { SeenMark } from './lost-end.service';

const START = new Date('2026-12-04T10:00:00.000Z');
const at = (seconds: number) => new Date(START.getTime() + seconds * SECOND);

describeOnEveryEngine('the lost end of a journal', [auditPersistence], (engine) => {
  let clock: SettableClock;
  let journal: ReturnType<typeof journalOn>;
  const lines = () => engine.dataSource.getRepository(AuditEventEntity);
  const seals = () => engine.dataSource.getRepository(AuditSealEntity);
  const compare = (...seen: SeenMark[]) =>
    new LostEndService(new AuditEventRepository(lines()), new AuditSealRepository(seals())).compare(seen);

  /** Writes a line each second, and seals them. Returns the head and the ids of the lines. */
  async function write(count: number) {
    const known = new Set((await lines().find()).map(({ id }) => id));
    for (let line = 0; line < count; line++) {
      await journal.record({ name: 'authn_login_success', outcome: 'SUCCESS' });
      clock.advance(SECOND);
    }
    await journal.seals.seal();
    const ids = (await lines().find({ order: { id: 'ASC' } }))
      .map(({ id }) => id)
      .filter((id) => !known.has(id));
    const { sequence, digest } = (await journal.seals.head())!;
    return { ids, head: { sequence, digest } };
  }
  /** As a server that loses what it had not written to its disk. */
  async function lose({ ids, head }: Awaited<ReturnType<typeof write>>) {
    await lines().delete(ids);
    await seals().delete({ sequence: head.sequence });
  }

  beforeEach(async () => {
    await engine.empty();
    clock = new SettableClock(START);
    journal = journalOn(engine.dataSource, { clock });
  });

  it('is none where all that was seen elsewhere is there', async () => {
    const { ids, head } = await write(3);
    expect(await compare(head, ids[1]!)).toEqual({ missing: [], from: at(2), until: null });
    expect(await compare()).toEqual({ missing: [], from: at(2), until: null });
  });

  it('reaches from the last line that is left to the event that a SIEM received last', async () => {
    const kept = await write(3);
    const lost = await write(2);
    await lose(lost);
    const [first, last] = lost.ids;
    expect(await compare(kept.head, first!, last!)).toEqual({
      missing: [first, last],
      from: at(2),
      until: at(4),
    });
  });

  it('reaches to the first line that was written since', async () => {
    await write(3);
    const lost = await write(2);
    await lose(lost);
    clock.advance(MINUTE);
    await write(1);
    expect(await compare(lost.ids[0]!)).toEqual({ missing: [lost.ids[0]], from: at(2), until: at(65) });
  });

  it('has no known end where only a head was seen', async () => {
    await write(3);
    const lost = await write(2);
    await lose(lost);
    expect(await compare(lost.head)).toEqual({ missing: [lost.head], from: at(2), until: null });
    expect(await compare(lost.head, lost.ids[0]!)).toMatchObject({ from: at(2), until: null });
  });

  it('begins after the last head that is still there where another seal took the number', async () => {
    const kept = await write(3);
    const lost = await write(2);
    await lose(lost);
    const other = await write(1);
    expect(other.head.sequence).toBe(lost.head.sequence);
    const { sealedAt } = (await journal.seals.find(other.head.sequence))!;
    expect(await compare(kept.head, lost.head)).toEqual({
      missing: [lost.head],
      from: at(2),
      until: sealedAt,
    });
    expect(await compare(lost.head)).toMatchObject({ from: null });
  });

  it('begins nowhere in a journal that is empty', async () => {
    expect(await compare()).toEqual({ missing: [], from: null, until: null });
  });
});
