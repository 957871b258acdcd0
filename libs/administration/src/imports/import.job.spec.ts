import type { AccountImport, AccountImportService, ImportLine, ImportState } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { SettableClock, Steps } from '@portillon/testing';
import { importJob, importLine } from '../testing/import.fixture';
import { ImportJob, isOver, nextState } from './import.job';
import type { ImportStepsService } from './import-steps.service';

interface Case {
  /** Whether the import stays this worker's. */
  held?: boolean;
  fails?: boolean;
}

function worker({ held = true, fails = false }: Case = {}) {
  const job = importJob({ state: 'INVITING' });
  const steps = new Steps();
  const finished: ImportState[] = [];
  const lease = { id: 'import', leaseId: 'lease', state: job.state, interrupted: false };
  const waiting = [lease];
  const lines: ImportLine[][] = [[importLine(2)]];
  const service = new ImportJob(
    steps.transactions,
    steps.of<AccountImportService>('imports', {
      lease: async () => waiting.pop(),
      get: async () => job,
      renewLease: async () => held,
      lines: async () => lines.pop() ?? [],
      ordered: async () => job,
      finish: async (_, next) => Boolean(finished.push(next)),
      release: async () => undefined,
    }),
    steps.of<ImportStepsService>('step', {
      taskOf: () => ({
        from: ['MADE'],
        lines: 25,
        work: async () => {
          steps.taken.push('work');
          if (fails) throw new Error('the database is away');
        },
      }),
    }),
    steps.of<AuditService>('audit', { record: async () => undefined }),
    new SettableClock(),
  );
  return { steps, finished, service };
}

describe('the work on an import', () => {
  it('is a step for each transaction that says it is still this worker’s, until no line is left, and the end is in the journal', async () => {
    const { steps, finished, service } = worker();
    expect(await service.workOff()).toBe(true);
    const times = (name: string) => steps.taken.filter((step) => step === name).length;
    expect([times('begin'), times('work'), times('commit')]).toEqual([2, 1, 2]);
    expect(times('imports.renewLease(tx)')).toBe(2);
    expect(steps.taken).toContain('audit.record(tx)');
    expect(finished).toEqual(['DONE']);
  });

  it('ends when another worker took the import', async () => {
    const { steps, finished, service } = worker({ held: false });
    await service.workOff();
    expect(steps.taken).not.toContain('work');
    expect(finished).toEqual([]);
  });

  it('is given up when a step fails, for another worker to take', async () => {
    const { steps, service } = worker({ fails: true });
    await expect(service.workOff()).rejects.toThrow('the database is away');
    expect(steps.taken).toContain('rollback');
    expect(steps.taken).toContain('imports.release');
  });

  it('is not taken up by a server that stops, nor when there is none', async () => {
    const { steps, service } = worker();
    service.onApplicationShutdown();
    expect(await service.workOff()).toBe(false);
    expect(steps.taken).not.toContain('imports.lease');
    const idle = worker();
    await idle.service.workOff();
    expect(await idle.service.workOff()).toBe(false);
  });
});

const LINES = { NEW: 0, GOOD: 0, BAD: 0, MADE: 0, INVITED: 0, FOUND: 0, PROPOSED: 0, UNDONE: 0, KEPT: 0 };
type Order = Pick<AccountImport, 'mode' | 'dryRun'>;

/** What follows `state` for an import with so many bad lines. */
function after(state: ImportState, BAD: number, order: Partial<Order> = {}): ImportState {
  return nextState({ state, mode: 'ALL_OR_NONE', dryRun: false, lines: { ...LINES, BAD }, ...order });
}

describe('an import, when no line of its state is left,', () => {
  it.each<[ImportState, number, Partial<Order>, ImportState]>([
    ['CHECKING', 0, {}, 'CREATING'],
    ['CHECKING', 1, {}, 'REFUSED'],
    ['CHECKING', 1, { mode: 'GOOD_LINES' }, 'CREATING'],
    ['CHECKING', 0, { dryRun: true }, 'CHECKED'],
    ['CHECKING', 1, { dryRun: true }, 'CHECKED'],
    ['CREATING', 0, {}, 'INVITING'],
    ['CREATING', 1, {}, 'UNDOING'],
    ['CREATING', 1, { mode: 'GOOD_LINES' }, 'INVITING'],
    ['INVITING', 0, {}, 'DONE'],
    ['UNDOING', 0, {}, 'UNDONE'],
  ])('goes from %s with %i bad lines, %j, to %s', (state, bad, order, next) => {
    expect(after(state, bad, order)).toBe(next);
  });

  it('is over when it is done, undone or refused', () => {
    const states: ImportState[] = ['DONE', 'UNDONE', 'REFUSED', 'CHECKED', 'CREATING', 'INVITING'];
    expect(states.map(isOver)).toEqual([true, true, true, false, false, false]);
  });
});
