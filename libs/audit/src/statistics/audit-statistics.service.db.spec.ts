import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { auditPersistence } from '../audit.persistence';
import { AnyEvent, emptyJournal, Journal, journalOn } from '../testing/journal.fixture';

const YEAR = { from: '2026-01-01', to: '2026-12-31', by: 'month' } as const;

describeOnEveryEngine('the statistics', [auditPersistence], (testDatabase) => {
  let journal: Journal;

  beforeEach(async () => {
    await emptyJournal(testDatabase.dataSource);
    journal = journalOn(testDatabase.dataSource);
  });

  async function happened(...events: AnyEvent[]): Promise<void> {
    for (const event of events) await journal.record({ structureId: 'hopital', ...event });
    await journal.seals.seal();
  }
  const totalOf = async (structureId: string | null) =>
    (await journal.statistics.of({ ...YEAR, structureIds: structureId === null ? null : [structureId] }))
      .total;
  const signIn = (means: string, more: AnyEvent = {}) => ({
    name: 'authn_login_success',
    means,
    ...more,
  });
  const codeIn = (channel: string, codeAgeSeconds: number) => ({ channel, data: { codeAgeSeconds } });

  it('count sign-ins by means, and by channel of the code', async () => {
    await happened(
      signIn('password', codeIn('EMAIL', 20)),
      signIn('password', codeIn('EMAIL', 20)),
      signIn('password', codeIn('SMS', 4)),
      signIn('password', { channel: 'TOTP' }),
      signIn('password', { channel: 'RECOVERY_CODE' }),
      signIn('password', { data: { codeWaivedBy: 'remembered-browser' } }),
      signIn('pro-sante-connect'),
      signIn('cpx', { structureId: 'cabinet' }),
      signIn('passkey', { structureId: 'cabinet' }),
    );
    expect((await totalOf('hopital')).signIns).toEqual({
      total: 7,
      passwordEmail: 2,
      passwordSms: 1,
      passwordTotp: 1,
      passwordRecoveryCode: 1,
      passwordRemembered: 1,
      proSanteConnect: 1,
      cpx: 0,
      passkey: 0,
    });
    expect((await totalOf('cabinet')).signIns).toMatchObject({ total: 2, cpx: 1, passkey: 1 });
    expect((await totalOf(null)).signIns.total).toBe(9);
  });

  it('count the refusals of an application, including those outside the journal', async () => {
    await happened({ name: 'door_closed' });
    const before = await journal.statistics.ofApplication('agenda', YEAR.from, YEAR.to);
    const at = new Date(`${before[0]!.day}T12:00:00.000Z`);
    await concurrently(16, () => journal.statistics.countRefusal('agenda', at));
    const after = await journal.statistics.ofApplication('agenda', YEAR.from, YEAR.to);
    expect(after).toEqual([{ ...before[0], refused: before[0]!.refused + 16 }]);
  });

  it('count codes sent, used, expired and refused, and locks and refusals', async () => {
    const failure = { outcome: 'FAILURE' } as const;
    await happened(
      { name: 'authn_code_sent', channel: 'EMAIL' },
      { name: 'authn_code_sent', channel: 'SMS' },
      { name: 'authn_step_up', ...codeIn('SMS', 11) },
      { name: 'phone_verified', ...codeIn('SMS', 11) },
      { name: 'authn_code_fail', channel: 'EMAIL', reason: 'expired', ...failure },
      { name: 'authn_code_fail', channel: 'EMAIL', reason: 'rejected', ...failure },
      { name: 'authn_code_lock', reason: 'locked', ...failure },
      { name: 'authn_login_lock', means: 'password', ...failure },
      { name: 'authn_login_fail', means: 'password', ...failure },
      { name: 'authn_login_fail', means: 'password', ...failure },
      { name: 'authn_login_fail', means: 'cpx', ...failure, structureId: null },
      { name: 'user_updated' },
    );
    const total = await totalOf(null);
    expect(total.codes).toEqual({
      sent: { total: 2, email: 1, sms: 1 },
      used: { total: 2, email: 0, sms: 2 },
      expired: { total: 1, email: 1, sms: 0 },
      refused: { total: 2, email: 1, sms: 0 },
    });
    expect(total.locks).toEqual({ total: 2, password: 1, code: 1 });
    expect(total.refusals).toEqual({ total: 3, password: 2, proSanteConnect: 0, cpx: 1, passkey: 0 });
    expect((await totalOf('hopital')).refusals.total).toBe(2);
  });

  it('group the times from sending to use into readable steps', async () => {
    await happened(
      ...[0, 10, 11, 30, 61, 300, 301, 9_999].map((age) => signIn('password', codeIn('EMAIL', age))),
    );
    expect((await totalOf('hopital')).delays).toEqual([
      { upToSeconds: 10, codes: 2 },
      { upToSeconds: 20, codes: 1 },
      { upToSeconds: 30, codes: 1 },
      { upToSeconds: 60, codes: 0 },
      { upToSeconds: 120, codes: 1 },
      { upToSeconds: 300, codes: 1 },
      { upToSeconds: null, codes: 2 },
    ]);
  });

  it('count events at an application by day, and not for a structure', async () => {
    journal.clock.set(new Date('2026-03-30T10:00:00.000Z'));
    await happened({ name: 'door_entered' }, { name: 'door_entered' }, { name: 'door_closed' });
    journal.clock.advance(2 * DAY);
    await happened({ name: 'door_entered', structureId: 'cabinet' });
    expect(await journal.statistics.ofApplication('agenda', '2026-03-30', '2026-04-01')).toEqual([
      { day: '2026-03-30', entered: 2, refused: 1 },
      { day: '2026-04-01', entered: 1, refused: 0 },
    ]);
    expect(await journal.statistics.ofApplication('agenda', '2026-03-31', '2026-03-31')).toEqual([]);
    expect(await journal.statistics.ofApplication('other', '2026-03-30', '2026-04-01')).toEqual([]);
    expect((await journal.statistics.of({ ...YEAR, structureIds: null })).periods).toEqual([]);
    expect(await journal.statistics.byApplication('2026-03-30', '2026-04-01')).toEqual([
      { application: 'agenda', entered: 3, refused: 1 },
    ]);
    expect(await journal.statistics.byApplication('2026-03-31', '2026-03-31')).toEqual([]);
    const latest = await journal.statistics.ofApplications(['agenda', 'other'], '2026-03-30', '2026-04-01');
    expect([latest.get('agenda'), latest.get('other')]).toEqual([
      { entered: 3, refused: 1, lastDay: '2026-04-01' },
      { entered: 0, refused: 0, lastDay: null },
    ]);
  });

  it('count by day in Paris, and sum by day or month', async () => {
    journal.clock.set(new Date('2026-03-31T21:59:59.999Z'));
    await happened(signIn('cpx'));
    journal.clock.set(new Date('2026-03-31T22:00:00.000Z'));
    await happened(signIn('cpx'), signIn('cpx'));
    journal.clock.advance(DAY);
    await happened(signIn('cpx'));
    const by = async (kind: 'day' | 'month', span = YEAR as { from: string; to: string }) =>
      (await journal.statistics.of({ ...span, structureIds: ['hopital'], by: kind })).periods.map(
        ({ period, signIns }) => [period, signIns.total],
      );
    expect(await by('month')).toEqual([
      ['2026-03', 1],
      ['2026-04', 3],
    ]);
    expect(await by('day', { from: '2026-03-31', to: '2026-04-01' })).toEqual([
      ['2026-03-31', 1],
      ['2026-04-01', 2],
    ]);
  });

  it('survive a purge of the lines, and count nothing twice', async () => {
    await happened(signIn('cpx'));
    await journal.seals.seal();
    journal.clock.advance(DAY);
    await journal.seals.purge(journal.clock.now(), 100);
    expect((await totalOf('hopital')).signIns.total).toBe(1);
  });

  it('ignore data that only resembles the age of a code', async () => {
    await happened(
      signIn('cpx', { data: { codeAgeSeconds: '12' } }),
      signIn('cpx', { data: { subject: '"codeAgeSeconds":1' } }),
      { name: 'authn_code_fail', outcome: 'FAILURE', data: { codeAgeSeconds: 1 } },
    );
    expect((await totalOf('hopital')).codes.used.total).toBe(0);
  });
});
