import { computed, onScopeDispose, reactive } from 'vue';
import { ApiProblem } from '../../../../api/problem';
import type { AccountLine } from '../../../../api/types';
import { bulkActOf, type BulkActName } from './account-bulk-acts';

export interface BulkRefusal {
  account: AccountLine;
  code: string;
}

/** Refusals of one account that do not concern the next. */
const OF_ONE = ['permission.denied', 'not-found', 'account.state', 'act.on-self', 'administrator.last'];

/**
 * Runs one action on many accounts, one after the other. Each is a separate request, with its own rights and line in
 * the journal. A failure that would stop the next one too (no network, no code given) pauses the run.
 */
export function useBulkRun() {
  const run = reactive({
    act: null as BulkActName | null,
    reason: undefined as string | undefined,
    rest: [] as AccountLine[],
    done: [] as AccountLine[],
    refused: [] as BulkRefusal[],
    running: false,
    problem: null as ApiProblem | null,
  });
  let stopped = false;

  async function start(act: BulkActName, accounts: readonly AccountLine[], reason: string | undefined) {
    Object.assign(run, { act, reason, rest: [...accounts], done: [], refused: [] });
    await goOn();
  }
  async function goOn() {
    stopped = false;
    Object.assign(run, { running: true, problem: null });
    while (!stopped && !run.problem && run.rest.length > 0) await step(run.rest[0]!);
    run.running = false;
  }
  async function step(account: AccountLine) {
    try {
      await bulkActOf(run.act!).send(account.id, { reason: run.reason });
      run.done.push(account);
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      if (!OF_ONE.includes(failure.code)) return void (run.problem = failure);
      run.refused.push({ account, code: failure.code });
    }
    run.rest.shift();
  }
  const stop = () => void (stopped = true);
  onScopeDispose(stop);
  return {
    run,
    total: computed(() => run.rest.length + run.done.length + run.refused.length),
    start,
    goOn,
    stop,
    forget: () => void (run.act = null),
  };
}
