import { setTimeout as sleep } from 'node:timers/promises';
import { peopleInTurn, person } from '../people.mjs';
import { Crowd } from './crowd.mjs';
import { openLoop } from './open-loop.mjs';
import { PersonWithBrowser } from './person-with-browser.mjs';

/** Results in a row of a table. */
export const [HELD, LOST] = ['held', 'LOOK HERE'];
/** The crowd's people differ from those of the browser. */
const OF_BROWSER = 100;

/** People arrive at `rateAt(second)` for `seconds`, one more uses a browser, while `meanwhile` runs. */
export async function morning(platform, { seconds, rateAt, nextPerson }, meanwhile = async () => undefined) {
  const { people } = platform.base;
  const crowd = new Crowd(platform, nextPerson ?? peopleInTurn(people - OF_BROWSER));
  let turn = 0;
  const ofBrowser = () => (nextPerson ? nextPerson() : person(people - OF_BROWSER + (turn++ % OF_BROWSER)));
  const browser = await PersonWithBrowser.open(platform, ofBrowser);
  const [, result] = await Promise.all([openLoop(seconds, rateAt, crowd.arrive), meanwhile()]);
  await Promise.all([crowd.gone(), browser.close()]);
  return { crowd, browser, result };
}

/**
 * Runs a load, causes a fault after `before` seconds, repairs it after `during` more, then continues for `after`
 * seconds. Returns the line of the report.
 */
export async function underLoad(platform, { what, rate, before, during, after }, hurt, heal) {
  let hurtAt = performance.now();
  const seconds = before + during + after;
  const { crowd, browser } = await morning(platform, { seconds, rateAt: () => rate }, async () => {
    await sleep(before * 1_000);
    hurtAt = performance.now();
    await hurt();
    await sleep(Math.max(0, during * 1_000 - (performance.now() - hurtAt)));
    await heal?.();
  });
  return { what, ...(await lineOf(crowd, browser)), over: secondsOf(crowd.lastTroubled(hurtAt)) };
}

/** Columns about people, which every table has. */
export async function lineOf(crowd, browser) {
  const { people, first, again, out, p50, p95, worst, seen } = crowd.summary();
  const lost = await crowd.lost();
  const isHeld = out === 0 && lost.sessions === 0 && lost.codes === 0;
  return {
    people: String(people),
    first: String(first),
    again: String(again),
    out: String(out),
    'half within': secondsOf(p50),
    '95 % within': secondsOf(p95),
    worst: secondsOf(worst),
    browser: `${browser.waits.length} times, worst ${secondsOf(browser.worst)}${browser.failures ? `, ${browser.failures} failed` : ''}`,
    'sessions lost': String(lost.sessions),
    'codes unasked': String(lost.codes),
    verdict: isHeld ? HELD : LOST,
    seen: seen || 'nothing else',
  };
}

export function secondsOf(ms) {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}
