import { Client } from 'undici';
import { closedLoop } from './measure.mjs';

/** Runs `work(client)` in a closed loop, each slot on a separate connection. */
export async function onConnections({ server }, limits, work) {
  const clients = Array.from({ length: limits.atOnce }, () => new Client(server.url));
  try {
    return await closedLoop(limits, (slot) => work(clients[slot]));
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

/**
 * One request: its text, its redirect target, and the cookies that it sets, without those it clears. @throws Error
 * unless the answer has this status and contains `text`
 */
export async function send(client, options, { status = 200, text = '' } = {}) {
  const { statusCode, headers, body } = await client.request(options);
  const answer = await body.text();
  if (statusCode !== status || !answer.includes(text))
    throw new Error(`${options.path} answered ${statusCode}: ${answer}`);
  const cookies = [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0]);
  const kept = cookies.filter((cookie) => !/^[^=]+=$/.test(cookie)).join('; ');
  return { answer, location: headers.location, cookies: kept };
}
