import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AccountImport, AccountImportService, ImportLease, ImportState } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Clock, ScheduledJob, SECOND } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ImportStepsService } from './import-steps.service';

/** Between two steps the others have the server and the database, as long as the step took: longer when all is slow. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = SECOND;

/**
 * Processes imports in small steps. Each is one transaction, which also checks that this worker still owns the import.
 * After a worker dies, the next one continues from the committed lines.
 */
@Injectable()
export class ImportJob extends ScheduledJob implements OnApplicationShutdown {
  #stopping = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly imports: AccountImportService,
    private readonly steps: ImportStepsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Another instance continues where this one stops. */
  onApplicationShutdown(): void {
    this.#stopping = true;
  }

  /** Works off what waits: an import that was just handed in, or that lost its server, waits a second at most. */
  @Interval(SECOND)
  run(): Promise<void> {
    return this.turn(async () => {
      while (await this.workOff());
    });
  }

  /** Takes one import up, if one has work and no worker, and does all there is to do in its present state. */
  async workOff(): Promise<boolean> {
    const lease = this.#stopping ? undefined : await this.imports.lease();
    if (!lease) return false;
    if (await this.#undoneInstead(lease)) return true;
    try {
      let startedAt = this.clock.now();
      while (!this.#stopping && (await this.#step(lease))) {
        await this.#rest(startedAt);
        startedAt = this.clock.now();
      }
      if (this.#stopping) await this.imports.release(lease);
    } catch (error) {
      await this.imports.release(lease).catch(() => undefined);
      throw error;
    }
    return true;
  }

  #rest(since: Date): Promise<void> {
    const took = this.clock.now().getTime() - since.getTime();
    return pause(Math.min(Math.max(SHORTEST_PAUSE_MS, took), LONGEST_PAUSE_MS));
  }

  /** Another worker had it and died: applies the choice for that case. */
  async #undoneInstead({ id, interrupted, state }: ImportLease): Promise<boolean> {
    if (!interrupted || state !== 'CREATING') return false;
    const job = await this.imports.get(id);
    return job?.whenInterrupted === 'UNDO' && this.imports.move(id, ['CREATING'], 'UNDOING');
  }

  /** Runs one step; false when this state is done, or this worker no longer owns the import. */
  #step(lease: ImportLease): Promise<boolean> {
    const task = this.steps.taskOf(lease.state);
    return this.transactions.run(async (tx) => {
      if (!(await this.imports.renewLease(lease, tx))) return false;
      const lines = await this.imports.lines(lease.id, { states: task.from, limit: task.lines }, tx);
      if (lines.length === 0) return this.#finish(lease, tx);
      await task.work(await this.imports.ordered(lease.id, tx), lines, tx);
      return true;
    });
  }

  async #finish(lease: ImportLease, tx: EntityManager): Promise<false> {
    const job = (await this.imports.get(lease.id, tx))!;
    const next = nextState(job);
    await this.imports.finish(lease, next, tx);
    if (isOver(next)) await this.#record(job, next, tx);
    return false;
  }

  #record(job: AccountImport, state: ImportState, tx: EntityManager): Promise<void> {
    const { id, actorId, structureId, total, lines } = job;
    const data = { import: id, state, total, ...lines };
    const outcome = state === 'DONE' ? 'SUCCESS' : 'FAILURE';
    return this.audit.record({ name: 'users_imported', outcome, actorId, structureId, data }, tx);
  }
}

/** What follows when no line of the present state is left. */
export function nextState({
  state,
  dryRun,
  mode,
  lines,
}: Pick<AccountImport, 'state' | 'dryRun' | 'mode' | 'lines'>): ImportState {
  const refused = mode === 'ALL_OR_NONE' && lines.BAD > 0;
  if (state === 'CHECKING') return dryRun ? 'CHECKED' : refused ? 'REFUSED' : 'CREATING';
  if (state === 'CREATING') return refused ? 'UNDOING' : 'INVITING';
  return state === 'UNDOING' ? 'UNDONE' : 'DONE';
}

/** Whether the import is over in this state. */
export function isOver(state: ImportState): boolean {
  return state === 'DONE' || state === 'UNDONE' || state === 'REFUSED';
}
