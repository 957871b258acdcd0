import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { SmtpSink } from '../../libs/testing/src/smtp-sink';
import { ThrowAwayMariadb } from '../../libs/testing/src/throw-away-mariadb';
import { APPLICATIONS, installForeign, startForeign } from './foreign-application.mjs';

const MAIL = 'claire.martin@hopital.example';
const PASSWORD = 'orage violet sur la garrigue';

describe('an application of another team, with a TypeOrmModule of its own and our packages', () => {
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

  async function start(name) {
    const database = `foreign_${randomBytes(4).toString('hex')}`;
    await mariadb.createDatabase(database);
    folder = await installForeign(APPLICATIONS[name], inject('packages'));
    application = await startForeign(folder, APPLICATIONS[name], {
      DATABASE_PORT: String(mariadb.port),
      DATABASE_NAME: database,
      SMTP_URL: sink.url,
      SECRET_KEYS: `foreign:${randomBytes(32).toString('base64')}`,
      PASSWORD,
    });
  }

  function ask(path, { body, cookie } = {}) {
    return fetch(`${application.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...(body && { 'content-type': 'application/json' }), ...(cookie && { cookie }) },
      body: body && JSON.stringify(body),
    });
  }

  const answer = async (path, body) => (await ask(path, { body })).json();

  it.each(['codes, NestJS 11 on Express', 'codes, NestJS 12 on Fastify'])(
    'issues, sends and uses up a code in its own transactions (%s)',
    async (name) => {
      await start(name);
      const { id, delivery } = await answer('/badges', { mail: MAIL });
      expect(delivery).toBe('SENT');
      const mail = sink.mails.at(-1);
      expect([mail.from.text, mail.subject]).toEqual([
        '"Cantine" <cantine@hopital.example>',
        'Badge de la cantine',
      ]);
      const [code] = /\b\d{8}\b/.exec(mail.text);

      const wrong = code === '00000000' ? '11111111' : '00000000';
      expect(await answer(`/badges/${id}/code`, { code: wrong })).toEqual({ outcome: 'rejected' });
      expect(await answer(`/badges/${id}/code`, { code, inVain: true })).toEqual({ outcome: 'undone' });
      expect(await answer(`/badges/${id}`)).toEqual({ active: false });
      expect(await answer(`/badges/${id}/code`, { code })).toEqual({ outcome: 'active' });
      expect(await answer(`/badges/${id}`)).toEqual({ active: true });
      expect((await answer(`/badges/${id}/code`, { code })).outcome).not.toBe('active');
    },
  );

  it('signs people in by password and code, and closes its own routes to all others', async () => {
    await start('sign-in');
    expect((await ask('/menu')).status).toBe(401);
    const body = { username: 'claire', password: PASSWORD };
    const first = await ask('/api/sign-in/password', { body });
    expect((await first.json()).status).toBe('code-required');
    const mail = sink.mails.at(-1);
    expect(mail.text).toContain('Cantine');
    const [code] = /\b\d{6}\b/.exec(mail.text);
    const second = await ask('/api/sign-in/code', { body: { code }, cookie: cookies(first) });
    expect((await second.json()).status).toBe('signed-in');
    const menu = await ask('/menu', { cookie: cookies(second) });
    expect(await menu.json()).toEqual({ today: 'Soupe' });
  });
});

function cookies(response) {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
