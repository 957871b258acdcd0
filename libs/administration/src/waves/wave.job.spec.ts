import type {
  Account,
  AccountService,
  InvitationWave,
  InvitationWaveService,
  WaveTurn,
} from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import { addMilliseconds, AppError, MINUTE } from '@portillon/kernel';
import type { DispatcherService } from '@portillon/notification';
import type { InvitationService } from '@portillon/recovery';
import { SettableClock, Steps } from '@portillon/testing';
import { claire } from '@portillon/user-management/testing';
import { WaveJob } from './wave.job';

const UNTIL = new Date('2027-01-15T21:00:00.000Z');
const WAVE = { id: 'w1', name: 'Le Nord', createdBy: 'nadia', untilAt: UNTIL } as InvitationWave;

interface Case {
  turns?: Record<string, (WaveTurn | Error)[]>;
  people?: Account[];
  refused?: Error;
  /** Age of the oldest mail of the background queue, minutes. */
  waits?: number;
}

async function run({ turns = {}, people = [], refused, waits }: Case) {
  const steps = new Steps();
  const clock = new SettableClock();
  const [sent, events, unreachable, withdrawn] = [
    [] as unknown[],
    [] as AuditEvent[],
    [] as string[],
    [] as string[],
  ];
  const oldestAt = waits === undefined ? null : addMilliseconds(clock.now(), -waits * MINUTE);
  const job = new WaveJob(
    steps.transactions,
    steps.of<InvitationWaveService>('waves', {
      findDue: async () => Object.keys(turns),
      takeTurn: async (id) => {
        const turn = turns[id]!.shift();
        if (turn instanceof Error) throw turn;
        return turn;
      },
      withdraw: async (_, accountId) => void withdrawn.push(accountId),
    }),
    steps.of<AccountService>('accounts', {
      getAll: async () => new Map(people.map((one) => [one.id, one])),
      recordUnreachable: async (id) => Boolean(unreachable.push(id)),
    }),
    steps.of<InvitationService>('invitations', {
      send: async ({ id }, actor) => {
        if (refused) throw refused;
        sent.push([id, actor]);
      },
    }),
    { waiting: async () => [{ lane: 'bulk', waiting: 1, oldestAt }] } as unknown as DispatcherService,
    steps.of<AuditService>('audit', { record: async (event) => void events.push(event) }),
    clock,
  );
  await job.run();
  return { steps, sent, events, unreachable, withdrawn };
}

const invite = (...accountIds: string[]): WaveTurn => ({ act: 'invite', wave: WAVE, accountIds });
const INVITED = claire({ status: 'INVITED' });

describe('the job of waves of invitations', () => {
  it('invites the people of a turn in its transaction, until the end of the wave, in the background queue', async () => {
    const { steps, sent } = await run({ turns: { w1: [invite('claire')] }, people: [INVITED] });
    expect(sent).toEqual([['claire', { id: 'nadia', bulk: true, until: UNTIL, isReminder: false }]]);
    expect(steps.taken.filter((step) => step === 'invitations.send(tx)')).toHaveLength(1);
  });

  it('says in the mail that it is a reminder', async () => {
    const turn: WaveTurn = { act: 'remind', wave: WAVE, accountIds: ['claire'] };
    const { sent } = await run({ turns: { w1: [turn] }, people: [INVITED] });
    expect(sent).toMatchObject([['claire', { isReminder: true }]]);
  });

  it('leaves out accounts that were closed, erased or activated meanwhile', async () => {
    const { sent, withdrawn } = await run({
      turns: { w1: [invite('claire', 'erased')] },
      people: [claire()],
    });
    expect([sent, withdrawn]).toEqual([[], ['claire', 'erased']]);
  });

  it('counts an address that no mail can be written to as one that bounces', async () => {
    const refused = new AppError('validation.failed');
    const { unreachable } = await run({ turns: { w1: [invite('claire')] }, people: [INVITED], refused });
    expect(unreachable).toEqual(['claire']);
  });

  it('rolls the turn back when mail is off, and goes on with the other waves', async () => {
    const refused = new AppError('channel.unavailable');
    const turns = { w1: [invite('claire')], w2: [{ act: 'end', wave: WAVE } as WaveTurn] };
    const { steps, events, unreachable } = await run({ turns, people: [INVITED], refused });
    expect(steps.taken).toContain('rollback');
    expect(unreachable).toEqual([]);
    expect(events).toMatchObject([{ name: 'invitation_wave_ended', reason: 'wave-over' }]);
  });

  it('records that it paused a wave, with the numbers', async () => {
    const { events } = await run({ turns: { w1: [{ act: 'pause', wave: WAVE, invited: 40, bounced: 3 }] } });
    const data = { wave: 'w1', waveName: 'Le Nord', invited: 40, bounced: 3 };
    expect(events).toMatchObject([
      { name: 'invitation_wave_paused', outcome: 'FAILURE', reason: 'bounces', data },
    ]);
  });

  it.each([
    [9, 1],
    [11, 0],
  ])(
    'waits while the relay is behind: with a mail that is %i minutes old it takes %i turns',
    async (waits, taken) => {
      const { sent } = await run({ turns: { w1: [invite('claire')] }, people: [INVITED], waits });
      expect(sent).toHaveLength(taken);
    },
  );
});
