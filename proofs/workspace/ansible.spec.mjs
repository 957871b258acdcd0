import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/workspace/command.mjs';

const PLAYBOOK = join(ROOT, 'deploy/ansible/site.yaml');

const folder = mkdtempSync(join(tmpdir(), 'portillon-ansible-'));
/** Every variable that the role asks for. */
const VARIABLES = {
  portillon_host: 'portail.example',
  portillon_mail_from: 'ne-pas-repondre@portail.example',
  portillon_secret_keys: 'k1:c2VjcmV0',
  portillon_smtp_url: 'smtps://mail.example',
  portillon_database_password: 'LettersAndDigits1',
  portillon_migrate_password: 'LettersAndDigits2',
  portillon_release: join(folder, 'release.tar.gz'),
  portillon_certificate: join(folder, 'certificate'),
  portillon_certificate_key: join(folder, 'certificate'),
};

const FURTHER = { portillon_secrets: { 'twilio-auth-token': 'token' } };

/** Reads the files that the role writes into a folder. The proof `machine` runs all of it. */
describe('the role of Ansible, as far as a folder goes', () => {
  const machineRoot = join(folder, 'machine');
  const values = { ansible_connection: 'local', portillon_prefix: machineRoot, ...VARIABLES, ...FURTHER };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const play = (words = [], changed = {}) => {
    writeFileSync(join(folder, 'certificate'), 'certificate');
    writeFileSync(join(folder, 'inventory'), '[portillon]\nlocalhost\n');
    const common = [
      '-i',
      join(folder, 'inventory'),
      PLAYBOOK,
      '-e',
      JSON.stringify({ ...values, ...changed }),
    ];
    return spawnSync('ansible-playbook', [...common, ...words], {
      encoding: 'utf8',
      env: { ...process.env, ANSIBLE_NOCOLOR: '1', ANSIBLE_PIPELINING: '1', ANSIBLE_HOME: folder },
    });
  };

  it('is read by Ansible, the part that a folder cannot show included', () => {
    const { status, stdout, stderr } = play(['--syntax-check']);
    expect({ status, said: status ? stdout + stderr : '' }).toEqual({ status: 0, said: '' });
  });

  it('writes the files of two instances, and changes nothing the second time', () => {
    const first = play();
    expect(first.stdout).toMatch(/changed=[1-9]\d* .*failed=0/);
    const read = (path) => readFileSync(join(machineRoot, path), 'utf8');
    expect(read('etc/nginx/portillon/instances/api.conf')).toBe(
      'server 127.0.0.1:3001 max_fails=0;\nserver 127.0.0.1:3002 max_fails=0;\n',
    );
    expect(read('etc/portillon/2')).toBe('HOST=127.0.0.1\nPORT=3002\nOPS_PORT=9462\n');
    expect(readdirSync(join(machineRoot, 'etc/portillon/secrets')).sort()).toEqual([
      'database-url',
      'secret-keys',
      'smtp-url',
      'twilio-auth-token',
    ]);
    expect(play().stdout).toMatch(/changed=0 .*failed=0/);
  });

  it('writes what changed, and removes a secret that is no longer named', () => {
    play();
    const changed = { portillon_secrets: {}, portillon_settings: { SERVICE_NAME: 'Portail' } };
    expect(play([], changed).stdout).toMatch(/changed=2 .*failed=0/);
    expect(readFileSync(join(machineRoot, 'etc/portillon/settings'), 'utf8')).toMatch(
      /^SERVICE_NAME=Portail$/m,
    );
    expect(readdirSync(join(machineRoot, 'etc/portillon/secrets'))).not.toContain('twilio-auth-token');
  });

  it.each(Object.keys(VARIABLES))('names the variable %s where it is not set', (name) =>
    expect(play([], { [name]: '' }).stdout).toContain(`Set ${name}: see defaults/main.yaml.`),
  );
});
