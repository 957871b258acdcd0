import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  AccountAdministrationService,
  AccountImport,
  AccountImportService,
  AccountService,
  ImportLease,
  ImportLine,
  ImportOrder,
  ImportState,
  LineState,
} from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Clock, ScheduledJob, SECOND } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import type { EntityManager } from 'typeorm';
import { ImportCheckService } from './import-check.service';

/** Lines in one transaction: short enough that no sign-in waits behind it. */
const STEP = 25;
const CHECK_STEP = 200;
/** Between two steps the others have the server and the database, as long as the step took: longer when all is slow. */
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = SECOND;

/** What was ordered: all that a step needs to know. */
type Order = ImportOrder & { id: string };

interface Task {
  from: LineState;
  lines: number;
  work: (job: Order, lines: ImportLine[], tx: EntityManager) => Promise<void>;
}

/**
 * Works imports off in small steps, each one transaction that also says that the import is still this worker's. What a
 * killed worker had not committed never was: whoever takes the import up goes on from the lines as they are.
 */
@Injectable()
export class ImportJob extends ScheduledJob implements OnApplicationShutdown {
  #stopping = false;

  readonly #tasks: Partial<Record<ImportState, Task>> = {
    CHECKING: { from: 'NEW', lines: CHECK_STEP, work: (job, lines, tx) => this.#check(job, lines, tx) },
    CREATING: { from: 'GOOD', lines: STEP, work: (job, lines, tx) => this.#create(job, lines, tx) },
    INVITING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#invite(job, lines, tx) },
    UNDOING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#undo(job, lines, tx) },
  };

  constructor(
    private readonly transactions: Transactions,
    private readonly imports: AccountImportService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly check: ImportCheckService,
    private readonly invitations: InvitationService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Another instance goes on where this one stops. */
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

  /** Somebody else worked on it and died: what was chosen for that case. */
  async #undoneInstead({ id, interrupted, state }: ImportLease): Promise<boolean> {
    if (!interrupted || state !== 'CREATING') return false;
    const job = await this.imports.get(id);
    return job?.whenInterrupted === 'UNDO' && this.imports.move(id, ['CREATING'], 'UNDOING');
  }

  /** One step; false when this state is done, or the import is not this worker's any more. */
  #step(lease: ImportLease): Promise<boolean> {
    const task = this.#tasks[lease.state]!;
    const page = { states: [task.from], limit: task.lines };
    return this.transactions.run(async (tx) => {
      if (!(await this.imports.hold(lease, tx))) return false;
      const lines = await this.imports.lines(lease.id, page, tx);
      if (lines.length === 0) return this.#finish(lease, tx);
      const job = await this.imports.ordered(lease.id, tx);
      await task.work(job, lines, tx);
      return true;
    });
  }

  async #finish(lease: ImportLease, tx: EntityManager): Promise<false> {
    const job = (await this.imports.get(lease.id, tx))!;
    const next = nextState(job);
    await this.imports.finish(lease, next, tx);
    if (next === 'DONE' || next === 'UNDONE' || next === 'REFUSED') await this.#record(job, next, tx);
    return false;
  }

  async #check(job: Order, lines: ImportLine[], tx: EntityManager): Promise<void> {
    const problems = await this.check.problems(job, lines, tx);
    const good = lines.filter((_, index) => problems[index]!.length === 0);
    await this.imports.good(
      job.id,
      good.map((one) => one.line),
      tx,
    );
    for (const [index, { line }] of lines.entries())
      if (problems[index]!.length > 0)
        await this.imports.change(job.id, { line, state: 'BAD', problems: problems[index] }, tx);
  }

  async #create(job: Order, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, content } of lines) {
      const created = await this.accounts.create(await this.check.draft(job, content, tx), tx);
      if (created.status === 'created')
        await this.imports.change(job.id, { line, state: 'MADE', accountId: created.account.id }, tx);
      else await this.#takenMeanwhile(job, line, created.status, tx);
    }
  }

  /** Somebody else made it since the check. */
  async #takenMeanwhile(job: Order, line: number, status: string, tx: EntityManager): Promise<void> {
    const field = status === 'username-taken' ? 'username' : 'nationalId';
    await this.imports.change(job.id, { line, state: 'BAD', problems: [{ field, code: 'taken' }] }, tx);
  }

  async #invite(job: Order, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const account = accountId ? await this.accounts.get(accountId, tx) : undefined;
      if (account?.status === 'INVITED')
        await this.invitations.send(account, { id: job.actorId, bulk: true }, tx);
      await this.imports.change(job.id, { line, state: 'INVITED' }, tx);
    }
  }

  async #undo(job: Order, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const undone = accountId !== null && (await this.administration.undoCreation(accountId, tx));
      await this.imports.change(job.id, { line, state: undone ? 'UNDONE' : 'KEPT' }, tx);
    }
  }

  #record(job: AccountImport, state: ImportState, tx: EntityManager): Promise<void> {
    const { id, actorId, structureId, total, lines } = job;
    const data = { import: id, state, total, ...lines };
    const outcome = state === 'DONE' ? 'SUCCESS' : 'FAILURE';
    return this.audit.record({ name: 'users_imported', outcome, actorId, structureId, data }, tx);
  }
}

/** What follows when no line of the present state is left. */
function nextState({ state, dryRun, mode, lines }: AccountImport): ImportState {
  const refused = mode === 'ALL_OR_NONE' && lines.BAD > 0;
  if (state === 'CHECKING') return dryRun ? 'CHECKED' : refused ? 'REFUSED' : 'CREATING';
  if (state === 'CREATING') return refused ? 'UNDOING' : 'INVITING';
  return state === 'UNDOING' ? 'UNDONE' : 'DONE';
}
