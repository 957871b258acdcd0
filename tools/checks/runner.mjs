import { seconds } from '../workspace/progress.mjs';

/**
 * @typedef {object} Check
 * @property {string} name what the other checks call it in `needs`
 * @property {string} title what a person reads
 * @property {number} cores how many of the machine's cores it keeps busy; one that takes all runs alone
 * @property {string[]} [needs] checks that must have succeeded before
 * @property {() => Promise<Outcome>} run
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string} [output] shown when something failed
 * @property {string} [leftOut] what could not be checked on this machine, and how to get it
 */

/** Runs the checks side by side on `cores` cores and resolves to their outcomes, in the order of their end. */
export async function runChecks(checks, cores) {
  const waiting = [...checks];
  const running = new Map();
  const outcomes = [];

  while (waiting.length || running.size) {
    const free = cores - [...running.keys()].reduce((sum, check) => sum + check.cores, 0);
    const next = waiting.find(
      (check) => isReady(check, waiting, running) && Math.min(check.cores, cores) <= free,
    );
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        next,
        perform(next, outcomes).then((outcome) => ({ check: next, ...outcome })),
      );
      continue;
    }
    const ended = await Promise.race(running.values());
    running.delete(ended.check);
    outcomes.push(ended);
  }
  return outcomes;
}

function isReady(check, waiting, running) {
  return !(check.needs ?? []).some((name) =>
    [...waiting, ...running.keys()].some((one) => one.name === name),
  );
}

async function perform(check, outcomes) {
  const missing = outcomes.find((one) => check.needs?.includes(one.check.name) && one.failed > 0);
  if (missing) {
    console.log(`✘ ${check.title}: not run, because of: ${missing.check.title}`);
    return { passed: 0, failed: 1 };
  }
  console.log(`▸ ${check.title}…`);
  const start = performance.now();
  const outcome = await check.run().catch((error) => ({ passed: 0, failed: 1, output: error.stack }));
  report(check, outcome, seconds(start));
  return outcome;
}

function report(check, { passed, failed, output, leftOut }, time) {
  const sums = passed + failed > 1 ? `: ${passed} passed, ${failed} failed` : '';
  const gap = leftOut ? ' (in part)' : '';
  console.log(`${failed ? '✘' : '✔'} ${check.title}${gap}${sums} (${time})`);
  if (failed && output) console.log(`\n${output.trim()}\n`);
}
