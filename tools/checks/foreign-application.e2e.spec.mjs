import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { SmtpSink } from '../../libs/testing/src/smtp-sink';
import { ThrowAwayMariadb } from '../../libs/testing/src/throw-away-mariadb';
import { installForeign, KINDS, startForeign } from './foreign-application.mjs';

const MAIL = 'claire.martin@hopital.example';

describe('an application of another team, with a TypeOrmModule of its own', () => {
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

  async function post(path, body) {
    const response = await fetch(`${application.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return response.json();
  }

  it.each(Object.keys(KINDS))(
    'issues, sends and uses up a code in its own transactions, by the packages alone (%s)',
    async (kind) => {
      folder = await installForeign(kind, inject('packages'));
      await mariadb.createDatabase(kind);
      application = await startForeign(folder, kind, {
        DATABASE_PORT: String(mariadb.port),
        DATABASE_NAME: kind,
        SMTP_URL: sink.url,
        SECRET_KEYS: `foreign:${randomBytes(32).toString('base64')}`,
      });

      const { id, delivery } = await post('/badges', { mail: MAIL });
      expect(delivery).toBe('SENT');
      const mail = sink.mails.at(-1);
      expect([mail.from.text, mail.subject]).toEqual([
        '"Cantine" <cantine@hopital.example>',
        'Badge de la cantine',
      ]);
      const [code] = /\b\d{8}\b/.exec(mail.text);

      const wrong = code === '00000000' ? '11111111' : '00000000';
      expect(await post(`/badges/${id}/code`, { code: wrong })).toEqual({ outcome: 'rejected' });
      expect(await post(`/badges/${id}/code`, { code, inVain: true })).toEqual({ outcome: 'undone' });
      expect(await (await fetch(`${application.url}/badges/${id}`)).json()).toEqual({ active: false });
      expect(await post(`/badges/${id}/code`, { code })).toEqual({ outcome: 'active' });
      expect(await (await fetch(`${application.url}/badges/${id}`)).json()).toEqual({ active: true });
      expect((await post(`/badges/${id}/code`, { code })).outcome).not.toBe('active');
    },
  );
});
