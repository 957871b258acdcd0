import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../tools/workspace/command.mjs';

const PLAYBOOK = join(ROOT, 'deploy/ansible/site.yaml');

/** Without an init system its services cannot start, so the test reads the written files in a folder. */
describe('the role of Ansible, as far as a folder goes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-ansible-'));
  const machineRoot = join(folder, 'machine');
  const values = {
    ansible_connection: 'local',
    portillon_prefix: machineRoot,
    portillon_host: 'portail.example',
    portillon_mail_from: 'ne-pas-repondre@portail.example',
    portillon_secret_keys: 'k1:c2VjcmV0',
    portillon_smtp_url: 'smtps://mail.example',
    portillon_database_password: 'LettersAndDigits1',
    portillon_certificate: join(folder, 'certificate'),
    portillon_certificate_key: join(folder, 'certificate'),
  };

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const play = (...words) => {
    writeFileSync(join(folder, 'certificate'), 'certificate');
    writeFileSync(join(folder, 'inventory'), '[portillon]\nlocalhost\n');
    const common = ['-i', join(folder, 'inventory'), PLAYBOOK, '-e', JSON.stringify(values)];
    return spawnSync('ansible-playbook', [...common, ...words], {
      encoding: 'utf8',
      env: { ...process.env, ANSIBLE_NOCOLOR: '1', ANSIBLE_PIPELINING: '1', ANSIBLE_HOME: folder },
    });
  };

  it('is read by Ansible, the part that a folder cannot show included', () => {
    const { status, stdout, stderr } = play('--syntax-check');
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
    expect(play().stdout).toMatch(/changed=0 .*failed=0/);
  });
});
