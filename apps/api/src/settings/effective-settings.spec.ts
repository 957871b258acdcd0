import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { effectiveSettings } from './effective-settings';
import { complete, SECRET } from './testing/settings.fixture';

const NONE: ReadonlySet<string> = new Set();

describe('the effective settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-effective-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const of = (environment: Record<string, string>, dotenv = NONE) => {
    const { settings, problems } = effectiveSettings({ ...complete, ...environment }, folder, dotenv);
    const named = new Map(settings.map(({ name, ...one }) => [name, one]));
    return { problems, of: (name: string) => named.get(name) };
  };

  it('say what holds and where it comes from', () => {
    const file = join(folder, 'token');
    writeFileSync(file, SECRET);
    const told = of({ PORT: '8080', LOG_LEVEL: 'warn', REDIS_URL_FILE: file }, new Set(['LOG_LEVEL']));
    expect(
      ['PORT', 'LOG_LEVEL', 'SESSION_MAX_HOURS', 'PUBLIC_URL', 'REDIS_URL', 'SUPPORT_EMAIL'].map(told.of),
    ).toEqual([
      { value: '8080', origin: 'environment' },
      { value: 'warn', origin: '.env' },
      { value: '4', origin: 'default' },
      { value: 'http://localhost:8080', origin: 'default' },
      { value: 'set', origin: 'file' },
      { value: null, origin: 'default' },
    ]);
    expect(told.of('REDIS_URL_FILE')).toBeUndefined();
  });

  it('show where a URL leads, without its user name', () => {
    const told = of({
      DATABASE_URL: `mysql://portillon:${SECRET}@db.example:3307/portillon`,
      SMTP_URL: `smtps://a:${SECRET}@one.example, smtp://b:x,${SECRET}@two.example:2525?password=${SECRET}`,
    });
    expect(told.of('DATABASE_URL')?.value).toBe('mysql://db.example:3307/portillon');
    expect(told.of('SMTP_URL')?.value).toBe('smtps://one.example, smtp://two.example:2525');
    expect(of({ DATABASE_URL: 'sqlite:/var/lib/portillon.db' }).of('DATABASE_URL')?.value).toBe(
      'sqlite:/var/lib/portillon.db',
    );
  });

  it.each([
    `root:${SECRET}@db.example/portillon`,
    `mysql://root:1/${SECRET}@db.example/portillon`,
    `mysql://root:a?${SECRET}@db.example/portillon`,
    `mysql://root:#${SECRET}@db.example/portillon`,
  ])('keep an address that does not read as it was meant to themselves (%#)', (url) => {
    const told = of({ DATABASE_URL: url });
    expect([told.of('DATABASE_URL')?.value, told.problems.length > 0]).toEqual(['set', true]);
  });

  it('hold no secret of a whole environment', () => {
    const example = readFileSync(join(__dirname, '../../../../.env.example'), 'utf8');
    const names = [...example.matchAll(/^# ([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
    const isPath = (name: string) => name.endsWith('_FILE');
    const secret = names.filter(
      (name) => /SECRET|TOKEN|PASSWORD|HEADERS|_KEYS?$/.test(name) && !isPath(name),
    );
    const urls = names.filter((name) => /_URLS?$|_ENDPOINT$|_PROVIDERS$|_STREAM$/.test(name));
    expect([secret.length > 5, urls.length > 5]).toEqual([true, true]);
    const environment = Object.fromEntries([
      ...secret.map((name) => [name, `https://${SECRET}`]),
      ...urls.map((name) => [name, `https://user:${SECRET}@host.example/?key=${SECRET}`]),
    ]) as Record<string, string>;
    const told = JSON.stringify(effectiveSettings(environment, folder, NONE));
    expect(told).not.toContain(SECRET);
    for (const name of ['SECRET_KEYS', 'DATABASE_URL', 'TWILIO_AUTH_TOKEN']) expect(told).toContain(name);
  });
});
