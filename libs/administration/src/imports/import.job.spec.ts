import type { AccountImportService, ImportLine, ImportState } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { SettableClock, Steps } from '@portillon/testing';
import { importJob, importLine } from '../testing/import.fixture';
import { ImportJob } from './import.job';
import type { ImportStepService } from './import-step.service';

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
      hold: async () => held,
      lines: async () => lines.pop() ?? [],
      ordered: async () => job,
      finish: async (_, next) => Boolean(finished.push(next)),
      release: async () => undefined,
    }),
    steps.of<ImportStepService>('step', {
      taskOf: () => ({
        from: 'MADE',
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
const held = ['step.taskOf', 'begin', 'imports.hold(tx)', 'imports.lines(tx)'];

describe('the work on an import', () => {
  it('is a step for each transaction that says it is still this worker’s, until no line is left', async () => {
    const { steps, finished, service } = worker();
    expect(await service.workOff()).toBe(true);
    expect(steps.taken.slice(1)).toEqual([
      ...[...held, 'imports.ordered(tx)', 'work', 'commit'],
      ...[...held, 'imports.get(tx)', 'imports.finish(tx)', 'audit.record(tx)', 'commit'],
    ]);
    expect(finished).toEqual(['DONE']);
  });

  it('ends when another worker took the import', async () => {
    const { steps, service } = worker({ held: false });
    await service.workOff();
    expect(steps.taken.slice(2)).toEqual(['begin', 'imports.hold(tx)', 'commit']);
  });

  it('is given up when a step fails, for another worker to take', async () => {
    const { steps, service } = worker({ fails: true });
    await expect(service.workOff()).rejects.toThrow('the database is away');
    expect(steps.taken.slice(-2)).toEqual(['rollback', 'imports.release']);
  });

  it('is not taken up by a server that stops, nor when there is none', async () => {
    const { steps, service } = worker();
    service.onApplicationShutdown();
    expect(await service.workOff()).toBe(false);
    expect(steps.taken).toEqual([]);
    const idle = worker();
    await idle.service.workOff();
    expect(await idle.service.workOff()).toBe(false);
  });
});
