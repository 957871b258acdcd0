import { closedLoop } from './closed-loop.mjs';
import { HttpConnection, requestBytes } from './http-connection.mjs';
import { expectStatus, SignInClient } from './sign-in-client.mjs';

/** Opens `atOnce` clients, gives them to `use`, and closes them whatever happens. */
async function withClients(atOnce, open, use) {
  const clients = await Promise.all(Array.from({ length: atOnce }, open));
  try {
    return await use(clients);
  } finally {
    for (const client of clients) client.close();
  }
}

/** The loop of complete sign-ins, 8 at once unless told; `limits` is a duration or a count. */
export function signIns(side, limits, use, atOnce = 8) {
  const open = () => SignInClient.open(side.port, side.mailbox);
  return withClients(atOnce, open, (clients) =>
    use({ atOnce, ...limits, work: (slot) => clients[slot].signIn(side.nextPerson()) }),
  );
}

/** Brings `count` sign-ins to the point where only the code is missing: `{ cookie, person, code }` each. */
export async function waitingForCode(side, count) {
  const started = [];
  const open = () => SignInClient.open(side.port, side.mailbox);
  await withClients(8, open, (clients) =>
    closedLoop({
      atOnce: 8,
      count,
      work: async (slot) => {
        const one = await clients[slot].password(side.nextPerson());
        started.push({ ...one, code: await one.code });
      },
    }),
  );
  return started;
}

/** The loop of code checks over `started`, each once: with the right code, or with a wrong one. */
export function codeChecks(side, started, kind, use) {
  const open = () => SignInClient.open(side.port, side.mailbox);
  let next = 0;
  return withClients(8, open, (clients) =>
    use({
      atOnce: 8,
      count: started.length,
      work: (slot) => {
        const one = started[next++];
        return kind === 'right' ? clients[slot].code(one, one.code) : clients[slot].wrongCode(one, one.code);
      },
    }),
  );
}

/** The loop of `GET /api/session`, 32 at once, over the sessions of `cookies` in turn. */
export function sessionReads(side, cookies, limits, use) {
  const requests = cookies.map((cookie) => requestBytes('GET', '/api/session', { cookie }));
  let next = 0;
  return withClients(
    32,
    () => HttpConnection.open(side.port),
    (clients) =>
      use({
        atOnce: 32,
        ...limits,
        work: async (slot) => {
          const answer = await clients[slot].send(requests[next++ % requests.length]);
          if (answer.status !== 200) expectStatus(answer, 200, 'session');
        },
      }),
  );
}

/** Signs `count` people in and gives their sessions' cookies. */
export async function openSessions(side, count) {
  const cookies = [];
  const open = () => SignInClient.open(side.port, side.mailbox);
  await withClients(8, open, (clients) =>
    closedLoop({
      atOnce: 8,
      count,
      work: async (slot) => void cookies.push(await clients[slot].signIn(side.nextPerson())),
    }),
  );
  return cookies;
}

/** One complete sign-in of `person`: the session's cookie. */
export async function signInOf(side, person) {
  const client = await SignInClient.open(side.port, side.mailbox);
  try {
    return await client.signIn(person);
  } finally {
    client.close();
  }
}
