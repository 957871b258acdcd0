import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { pagesOf } from '../administration-pages.mjs';
import { signedIn } from '../loads.mjs';
import { makeNation } from '../nation.mjs';
import { person } from '../people.mjs';
import { lineOf, morning, secondsOf } from './load.mjs';
import { Platform } from './platform.mjs';

/** 200,000 accounts and a year of journal: `rate` sign-ins per second, while an administrator opens the pages. */
export async function nation({ accounts, lines, rate, seconds }) {
  const makeBase = (ground, name) => makeNation(ground, name, { accounts, lines });
  const platform = await Platform.open({ people: accounts, makeBase });
  try {
    const nextPerson = inTurn(await able(platform.base));
    const { crowd, browser, result } = await morning(
      platform,
      { seconds, rateAt: () => rate, nextPerson },
      () => lookAround(platform, seconds),
    );
    const what = `${accounts.toLocaleString('en')} accounts, ${lines.toLocaleString('en')} lines`;
    return [{ what, ...(await lineOf(crowd, browser)), administrator: result }];
  } finally {
    await platform.close();
  }
}

/** People who may sign in by password and mail. */
async function able({ run }) {
  const rows = await run(`SELECT username FROM account WHERE status = 'ACTIVE' AND codeChannel = 'EMAIL'
    AND emergencyMeans IS NULL AND erasureRequestedAt IS NULL AND roles = '' ORDER BY SHA1(id) LIMIT 20000`); // prettier-ignore
  return rows.map(({ username }) => Number(username.slice('bench.'.length)));
}

function inTurn(indexes) {
  let at = 0;
  return () => person(indexes[at++ % indexes.length]);
}

async function lookAround({ instances: [server], ground, base }, seconds) {
  const cookie = await signedIn({ server, ground, nextPerson: () => person(0) });
  const client = new Client(server.url);
  const paths = Object.values(pagesOf(base)).flat();
  const times = [];
  let refused = 0;
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; await sleep(500)) {
    const from = performance.now();
    const path = paths[(times.length + refused) % paths.length];
    const answer = await client.request({ method: 'GET', path, headers: { cookie } });
    await answer.body.dump();
    if (answer.statusCode === 200) times.push(performance.now() - from);
    else refused++;
  }
  await client.close();
  times.sort((a, b) => a - b);
  return `${times.length} pages, half within ${secondsOf(times[times.length >> 1])}, worst ${secondsOf(times.at(-1))}, ${refused} refused`;
}
