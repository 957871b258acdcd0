import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeTarget } from './compose.target';
import { deploymentOf } from './deployment';
import { kubernetesTarget } from './kubernetes.target';
import { machineTarget } from './machine.target';
import { changeOf, describe as linesOf, type PlannedFile, writeFiles } from './planned-file';
import { answersText } from './answers';
import type { Answers } from './questions';

const folder = mkdtempSync(join(tmpdir(), 'portillon-init-'));
const certificate = join(folder, 'portail.crt');
const answers: Answers = {
  address: 'https://portail.example',
  operator: 'Hôpital <support@hopital.example>',
  database: 'local',
  mail: 'smtps://user:secret@mail.example',
  sms: 'none',
  tls: `nginx ${certificate} ${certificate}`,
  machines: 'one',
  administrator: 'Hélène Roux <helene.roux@hopital.example>',
};

beforeAll(() => writeFileSync(certificate, 'certificate\n'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesOf(target: typeof machineTarget, changed: Partial<Answers> = {}): PlannedFile[] {
  return target.files(deploymentOf({ answers: { ...answers, ...changed }, settings: {} }, () => undefined));
}

function textOf(files: PlannedFile[], path: string): string {
  return files.find((file) => file.path.endsWith(path))?.text ?? '';
}

describe('the files of a machine', () => {
  const files = filesOf(machineTarget);

  it('are settings without secrets, and secrets for root alone', () => {
    expect(textOf(files, '/settings')).toContain('PUBLIC_URL=https://portail.example\n');
    expect(textOf(files, '/settings')).not.toMatch(/secret|mysql:/);
    const secrets = files.filter(({ path }) => /\/secrets\/|migrate-database-url/.test(path));
    expect(secrets.map(({ path, mode }) => [path.split('/').at(-1), mode])).toEqual([
      ['database-url', 0o600],
      ['smtp-url', 0o600],
      ['secret-keys', 0o600],
      ['migrate-database-url', 0o600],
    ]);
  });

  it('give the two accounts different passwords', () => {
    const [serving, migrating] = ['/secrets/database-url', '/migrate-database-url'].map((path) =>
      textOf(files, path).trim(),
    );
    expect(serving).toMatch(/^mysql:\/\/portillon:[0-9a-f]{48}@127\.0\.0\.1:3306\/portillon$/);
    expect(migrating).toMatch(/^mysql:\/\/portillon-migrate:[0-9a-f]{48}@/);
    expect(new URL(serving!).password).not.toBe(new URL(migrating!).password);
  });

  it('are two instances behind nginx, whose template has no placeholder left', () => {
    expect(textOf(files, '/portillon/2')).toBe('HOST=127.0.0.1\nPORT=3002\nOPS_PORT=9462\n');
    expect(textOf(files, 'conf.d/portillon.conf')).toContain('server_name portail.example;');
    expect(textOf(files, 'conf.d/portillon.conf')).not.toMatch(/\$\{PORTILLON_[A-Z]/);
    expect(textOf(files, 'instances/api.conf')).toMatch(
      /^server 127\.0\.0\.1:3001 .+;\nserver 127\.0\.0\.1:3002 /,
    );
  });

  it('are one instance on the public port where the server ends TLS', () => {
    const own = filesOf(machineTarget, { tls: `server ${certificate} ${certificate}` });
    expect(textOf(own, '/portillon/1')).toContain('PORT=443\n');
    expect(textOf(own, 'tls.conf')).toContain(`LoadCredential=tls-key:${certificate}\n`);
    expect(own.some(({ path }) => path.includes('nginx'))).toBe(false);
  });

  it('include the SQL of the accounts where no administrator of the database is named', () => {
    const asked = filesOf(machineTarget, { database: 'mysql://db.example:3306/portillon' });
    expect(textOf(asked, 'accounts.sql')).toContain("CREATE USER IF NOT EXISTS 'portillon-migrate'@'%'");
    expect(textOf(files, 'accounts.sql')).toBe('');
  });
});

it('keeps the administrator of the database out of the stored answers', () => {
  const text = answersText({
    answers: { ...answers, database: 'mysql://root:hidden@db.example:3306/portillon' },
    settings: {},
  });
  expect(text).toContain('database: mysql://db.example:3306/portillon');
  expect(text).not.toContain('hidden');
});

it('fills the environment of the compose file, which has its own database', () => {
  const text = textOf(filesOf(composeTarget), '.env');
  expect(text).toMatch(/^PORTILLON_HOST=portail\.example\nDATABASE_PASSWORD=[0-9a-f]{48}\n/);
  expect(() => filesOf(composeTarget, { database: 'mysql://root@db/portillon' })).toThrow('must be "local"');
});

it('makes an overlay for Kubernetes, with the host of the answer', () => {
  const files = filesOf(kubernetesTarget, {
    database: 'mysql://db.example:3306/portillon',
    tls: 'proxy 10.244.0.0/16',
  });
  expect(textOf(files, 'ingress.yaml')).toContain('host: portail.example');
  expect(textOf(files, 'settings.env')).toContain('TRUSTED_PROXIES=10.244.0.0/16\n');
  expect(textOf(files, 'settings.env')).toContain('OPS_HOST=0.0.0.0\n');
  expect(() => filesOf(kubernetesTarget)).toThrow('the pods share one');
});

describe('writing the files', () => {
  const settings = () => ({ path: join(folder, 'etc/settings'), text: 'A=1\n' });
  const secret = () => ({ path: join(folder, 'etc/secrets/key'), text: 'hidden\n', mode: 0o600 });

  it('creates them with their permissions, and changes nothing the second time', () => {
    expect(writeFiles([settings(), secret()])).toHaveLength(2);
    expect(statSync(secret().path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'etc/secrets')).mode & 0o777).toBe(0o700);
    expect(writeFiles([settings(), secret()])).toEqual([]);
  });

  it('changes what differs, except a file that another program changes', () => {
    const other = { ...settings(), text: 'A=2\n' };
    expect(changeOf({ ...other, isKept: true })).toBe('keep');
    expect(writeFiles([other, secret()])).toEqual([other.path]);
  });

  it('shows a file, but not a secret', () => {
    expect(linesOf({ ...settings(), path: '/nowhere/settings' })).toEqual([
      'create  /nowhere/settings (0644)',
      '        A=1',
    ]);
    expect(linesOf({ ...secret(), path: '/nowhere/key' }).join()).not.toContain('hidden');
  });
});
