import { DAY, SECOND, addMilliseconds, SystemRandom } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { AuditEventEntity } from '../journal/audit-event.entity';
import { auditPersistence } from '../audit.persistence';
import { emptyJournal, Journal, journalOn, KEY, YOUNGER_KEY } from '../testing/journal.fixture';

describeOnEveryEngine('an attacker with write access to the database', [auditPersistence], (bench) => {
  let journal: Journal;
  let lines: AuditEventEntity[];

  beforeEach(async () => {
    await emptyJournal(bench.dataSource);
    journal = journalOn(bench.dataSource);
    for (let seal = 0; seal < 3; seal++) await sealed(4);
    lines = await bench.dataSource.getRepository(AuditEventEntity).find({ order: { id: 'ASC' } });
  });

  async function sealed(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      journal.clock.advance(SECOND);
      await journal.record({ data: { total: time } });
    }
    await journal.seals.seal();
  }

  const tamper = (sql: string, ...params: (string | number | Date | null)[]) =>
    bench.dataSource.query(sql, params);
  const copy = (id: string, sealSequence: number | null) =>
    tamper(
      `INSERT INTO auditEvent (id, happenedAt, name, outcome, accountId, mark, sealSequence)
       SELECT ?, happenedAt, 'authn_logout', outcome, accountId, mark, ? FROM auditEvent WHERE id = ?`,
      id,
      sealSequence,
      lines[5]!.id,
    );
  const newId = () => new SystemRandom(journal.clock).id();

  async function expectFound(...texts: (string | RegExp)[]): Promise<void> {
    const { verdict, findings } = await journal.verifier.verify();
    expect(verdict).toBe('NOT PROVEN');
    for (const text of texts)
      expect(findings).toContainEqual(expect.objectContaining({ text: expect.stringMatching(text) }));
  }

  it('is proven intact when nothing was changed', async () => {
    const { findings, ...rest } = await journal.verifier.verify();
    expect(findings).toEqual([]);
    expect(rest).toMatchObject({ verdict: 'PROVEN', seals: 3, lines: 12, waiting: 0, moreFindings: 0 });
  });

  it.each([
    ['the name', `name = 'authn_logout'`],
    ['the outcome', `outcome = 'FAILURE'`],
    ['whom it concerns', `accountId = 'paul'`],
    ['whom it concerns, to nobody', 'accountId = NULL'],
    ['who did it', `actorId = 'nadia'`],
    ['the structure', `structureId = 'hopital'`],
    ['the address', `address = '192.0.2.1'`],
    ['the reason, from nothing to an empty text', `reason = ''`],
    ['the data, in its form only', `data = '{ "total": 1 }'`],
    ['the mark', 'mark = NULL'],
  ])('cannot alter %s of a line', async (_, change) => {
    await tamper(`UPDATE auditEvent SET ${change} WHERE id = ?`, lines[5]!.id);
    await expectFound(`Line ${lines[5]!.id} .* was altered or slipped in`);
  });

  it('cannot move a line by a millisecond', async () => {
    await tamper('UPDATE auditEvent SET happenedAt = ? WHERE id = ?', journal.clock.now(), lines[5]!.id);
    await expectFound(`Line ${lines[5]!.id} .* was altered`);
  });

  it('cannot remove a line from the middle, the beginning or the end of a seal', async () => {
    for (const index of [4, 6, 11]) await tamper('DELETE FROM auditEvent WHERE id = ?', lines[index]!.id);
    await expectFound(
      '2 of the 4 lines of seal 2 are missing',
      `Line ${lines[4]!.id} is missing`,
      '1 of the 4 lines of seal 3 is missing',
      `Line ${lines[11]!.id} is missing`,
    );
  });

  it('cannot insert a line under a seal', async () => {
    const id = newId();
    await copy(id, 2);
    await expectFound(`Line ${id} .* was altered or slipped in`, 'Seal 2 covers 4 lines, and more');
  });

  it.each([99, 0, -3])('cannot insert a line under an invalid seal: %s', async (sequence) => {
    await copy(newId(), sequence);
    await expectFound(`names seal ${sequence}, which does not exist`);
  });

  it('cannot insert a line for the next seal to cover', async () => {
    const id = newId();
    await copy(id, null);
    await expectFound(`Line ${id} .* waits for its seal and bears no mark`);
    await journal.seals.seal();
    await expectFound('1 of the lines of seal 4 were slipped in', `Line ${id} .* bears no mark`);
  });

  it('cannot copy the mark of a line onto another', async () => {
    await tamper('DELETE FROM auditEvent WHERE id = ?', lines[6]!.id);
    await copy(lines[6]!.id, 2);
    await expectFound(`Line ${lines[6]!.id} .* was altered`);
  });

  it('cannot reorder lines', async () => {
    const place = (id: string, as: string) => tamper('UPDATE auditEvent SET id = ? WHERE id = ?', as, id);
    const [one, other] = [lines[5]!.id, lines[6]!.id];
    await place(one, 'aside');
    await place(other, one);
    await place('aside', other);
    await expectFound(`Line ${one} .* was altered`, `Line ${other} .* was altered`);
  });

  it('cannot move lines from seal to seal', async () => {
    const move = (index: number, to: number) =>
      tamper('UPDATE auditEvent SET sealSequence = ? WHERE id = ?', to, lines[index]!.id);
    await move(5, 3);
    await move(9, 2);
    await expectFound('lines of seal 2 are not those', 'lines of seal 3 are not those');
  });

  it('cannot detach a line from its seal, to have it sealed again', async () => {
    await tamper('UPDATE auditEvent SET sealSequence = NULL WHERE id = ?', lines[5]!.id);
    await expectFound('1 of the 4 lines of seal 2 is missing');
    await journal.seals.seal();
    await expectFound('1 of the 4 lines of seal 2 is missing');
  });

  it.each([
    ['lineCount', 'lineCount = 3'],
    ['linesDigest', `linesDigest = '${'0'.repeat(64)}'`],
    ['unmarkedCount', 'unmarkedCount = 1'],
    ['purgedThrough', 'purgedThrough = 1'],
    ['sealedAt', `sealedAt = '2020-01-01 00:00:00.000'`],
  ])('cannot alter %s of a seal', async (_, change) => {
    await tamper(`UPDATE auditSeal SET ${change} WHERE sequence = 2`);
    await expectFound('Seal 2 was altered');
  });

  it('cannot forge or replace a seal', async () => {
    await tamper(`UPDATE auditSeal SET signature = 'test.${'0'.repeat(64)}' WHERE sequence = 2`);
    await expectFound('Seal 2 was not made by Portillon');
    await tamper(`UPDATE auditSeal SET digest = '${'1'.repeat(64)}' WHERE sequence = 2`);
    await expectFound('Seal 2 was altered', 'Seal 3 does not continue seal 2');
  });

  it('cannot remove a seal with all its lines', async () => {
    await tamper('DELETE FROM auditEvent WHERE sealSequence = 2');
    await tamper('DELETE FROM auditSeal WHERE sequence = 2');
    await expectFound('Seal 2 is missing: removed');
    await tamper('DELETE FROM auditSeal WHERE sequence = 1');
    await expectFound('Seals 1 to 2 are missing: removed', '4 lines that Portillon wrote name seal 1, which');
  });

  it('cannot hide other changes behind the many lines of a removed seal', async () => {
    journal.clock.advance(DAY);
    await journal.recordMany(150);
    await journal.seals.seal();
    await sealed(1);
    await tamper('DELETE FROM auditSeal WHERE sequence = 4');
    const [line] = await journal.events.findBySeal(5, 1);
    await tamper(`UPDATE auditEvent SET accountId = 'paul' WHERE id = ?`, line!.id);
    await expectFound(
      'Seal 4 is missing: removed',
      '150 lines that Portillon wrote name seal 4, which does not exist',
      `Line ${line!.id} .* was altered`,
    );
  });

  it('cannot disguise a removal as a purge', async () => {
    await tamper('DELETE FROM auditEvent WHERE sealSequence <= 2');
    await expectFound('4 of the 4 lines of seal 1 are missing');
    await tamper('UPDATE auditSeal SET purgedThrough = 2 WHERE sequence = 3');
    await expectFound('Seal 3 was altered');
  });

  it('reports the progress after each seal, also over those whose lines were purged', async () => {
    await journal.seals.purge(addMilliseconds(journal.clock.now(), -5 * SECOND), 1);
    const progress = jest.fn();
    expect(await journal.verifier.verify(undefined, progress)).toMatchObject({ purgedThrough: 1 });
    expect(progress.mock.calls).toEqual([[0], [4], [8], [8]]);
  });

  it('cannot restore purged lines, nor insert others among them', async () => {
    await journal.seals.purge(addMilliseconds(journal.clock.now(), -5 * SECOND), 1);
    await copy(newId(), 1);
    await expectFound('was slipped in: the lines of seal 1 were purged');
  });

  describe('and removes the end', () => {
    async function cutOff() {
      const head = (await journal.seals.state()).head!;
      await tamper('DELETE FROM auditEvent WHERE sealSequence >= 2');
      await tamper('DELETE FROM auditSeal WHERE sequence >= 2');
      return head;
    }

    it('is detected only by a head stored elsewhere', async () => {
      const head = await cutOff();
      expect(await journal.verifier.verify()).toMatchObject({ verdict: 'PROVEN' });
      const { verdict, findings } = await journal.verifier.verify(head);
      expect([verdict, findings[0]!.text]).toEqual([
        'NOT PROVEN',
        'The journal ends at seal 1, but seal 3 was noted: its end was cut off.',
      ]);
    });

    it('is also detected after the journal continued', async () => {
      const head = await cutOff();
      for (let seal = 0; seal < 4; seal++) await sealed(1);
      const { findings } = await journal.verifier.verify(head);
      expect(findings.map(({ text }) => text)).toEqual([
        'Seal 3 is not the one that was noted: the journal was rewritten.',
      ]);
    });

    it('is not confused with a journal that only grew', async () => {
      const head = (await journal.seals.state()).head!;
      await sealed(2);
      expect(await journal.verifier.verify(head)).toMatchObject({ verdict: 'PROVEN' });
    });
  });

  describe('and removes everything', () => {
    async function takeAll() {
      const { head } = await journal.seals.state();
      await emptyJournal(bench.dataSource);
      return head!;
    }

    it('leaves an inconclusive journal', async () => {
      await takeAll();
      const { verdict, findings, doubts } = await journal.verifier.verify();
      expect([verdict, findings]).toEqual(['INCONCLUSIVE', []]);
      expect(doubts.map(({ text }) => text)).toEqual([expect.stringMatching(/a journal that was emptied/)]);
    });

    it('is detected by a head stored elsewhere', async () => {
      const { verdict, doubts } = await journal.verifier.verify(await takeAll());
      expect([verdict, doubts]).toEqual(['NOT PROVEN', []]);
    });
  });

  describe('when keys rotate', () => {
    const withKeys = (...keys: (typeof KEY)[]) => journalOn(bench.dataSource, { clock: journal.clock, keys });

    it('is detected by the younger key alone: it covers what the older signed', async () => {
      await withKeys(YOUNGER_KEY, KEY).record();
      await withKeys(YOUNGER_KEY, KEY).seals.seal();
      expect(await withKeys(YOUNGER_KEY).verifier.verify()).toMatchObject({ verdict: 'PROVEN', seals: 4 });
      await tamper(`UPDATE auditEvent SET accountId = 'paul' WHERE id = ?`, lines[5]!.id);
      expect(await withKeys(YOUNGER_KEY).verifier.verify()).toMatchObject({ verdict: 'NOT PROVEN' });
    });

    it('is inconclusive while the key of the last seal is missing', async () => {
      const { verdict, findings, doubts } = await withKeys(YOUNGER_KEY).verifier.verify();
      expect([verdict, findings]).toEqual(['INCONCLUSIVE', []]);
      expect(doubts.map(({ text }) => text)).toEqual([
        'The seals from 1 on are signed with a key that is not in SECRET_KEYS ("test"): add it to check them.',
      ]);
    });
  });

  it('is reported at most a hundred times, and counted', async () => {
    journal.clock.advance(DAY);
    await journal.recordMany(150);
    await journal.seals.seal();
    await tamper(`UPDATE auditEvent SET accountId = 'paul' WHERE sealSequence = 4`);
    const { findings, moreFindings } = await journal.verifier.verify();
    expect([findings.length, moreFindings]).toEqual([100, 50]);
  });
});
