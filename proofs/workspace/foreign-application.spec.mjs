import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { SmtpSink } from '../../libs/testing/src/services/smtp-sink';
import { ThrowAwayMariadb } from '../../libs/testing/src/services/throw-away-mariadb';
import { installForeign, startForeign } from './foreign-application.mjs';

const MAIL = 'claire.martin@hopital.example';
const PASSWORD = 'orage violet sur la garrigue';

describe('an application of another team, with its own TypeOrmModule and our packages', () => {
  const sink = new SmtpSink();
  let mariadb, application, folder;

  beforeAll(async () => {
    [mariadb] = await Promise.all([ThrowAwayMariadb.start(), sink.start()]);
  });
  afterEach(async () => {
    await application?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  afterAll(async () => {
    await mariadb?.stop();
    await sink.stop();
  });

  async function start(platform) {
    await mariadb.createDatabase(platform);
    folder = await installForeign(platform, inject('packages'));
    application = await startForeign(folder, platform, {
      DATABASE_PORT: String(mariadb.port),
      DATABASE_NAME: platform,
      SMTP_URL: sink.url,
      SECRET_KEYS: `foreign:${randomBytes(32).toString('base64')}`,
      PASSWORD,
    });
  }

  function ask(path, { body, cookie, method = body ? 'POST' : 'GET' } = {}) {
    return fetch(`${application.url}${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...(cookie && { cookie }) },
      body: body && JSON.stringify(body),
    });
  }

  const latestCode = () => /\b\d{6,8}\b/.exec(sink.mails.at(-1).text)[0];

  /** An action of the application: its own writes and the use of the code are one transaction. */
  async function orderBadge(cookie) {
    const answer = async (path, body) => (await ask(path, { body, cookie })).json();
    const { id, delivery } = await answer('/badges', { mail: MAIL });
    expect(delivery).toBe('SENT');
    const { from, subject } = sink.mails.at(-1);
    expect([from.text, subject]).toEqual(['"Cantine" <cantine@hopital.example>', 'Badge de la cantine']);
    const code = latestCode();
    const wrong = code.replace(/./g, (digit) => (Number(digit) + 1) % 10);
    expect(await answer(`/badges/${id}/code`, { code: wrong })).toEqual({ outcome: 'rejected' });
    expect(await answer(`/badges/${id}/code`, { code, inVain: true })).toEqual({ outcome: 'undone' });
    expect(await answer(`/badges/${id}`)).toEqual({ active: false });
    expect(await answer(`/badges/${id}/code`, { code })).toEqual({ outcome: 'active' });
    expect(await answer(`/badges/${id}`)).toEqual({ active: true });
    expect((await answer(`/badges/${id}/code`, { code })).outcome).not.toBe('active');
  }

  /** The application's own sign-in: its password, our code, our session. */
  async function passDoor() {
    const sent = { name: 'Claire', mail: MAIL };
    expect((await ask('/door', { body: { ...sent, password: 'wrong' } })).status).toBe(401);
    const signIn = cookies(await ask('/door', { body: { ...sent, password: PASSWORD } }));
    expect((await ask('/door', { cookie: signIn.replace('sign-in', 'session') })).status).toBe(401);
    const code = latestCode();
    const session = cookies(await ask('/door/code', { body: { code }, cookie: signIn }));
    expect(await (await ask('/door', { cookie: session })).json()).toEqual({ name: 'Claire' });
    expect((await ask('/door/code', { body: { code }, cookie: signIn })).status).toBe(401);
    await ask('/door', { method: 'DELETE', cookie: session });
    expect((await ask('/door', { cookie: session })).status).toBe(401);
  }

  it('uses up a code in its own transactions, and opens sessions after its own password check (NestJS 11, Express)', async () => {
    await start('express');
    await orderBadge();
    await passDoor();
  });

  it('signs people in, closes its routes to all others, and has its own codes (NestJS 12, Fastify)', async () => {
    await start('fastify');
    expect((await ask('/badges/1')).status).toBe(401);
    const first = await ask('/api/sign-in/password', { body: { username: 'claire', password: PASSWORD } });
    expect((await first.json()).status).toBe('code-required');
    expect(sink.mails.at(-1).text).toContain('Cantine');
    const second = await ask('/api/sign-in/code', { body: { code: latestCode() }, cookie: cookies(first) });
    expect((await second.json()).status).toBe('signed-in');
    await orderBadge(cookies(second));
  });
});

function cookies(response) {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
