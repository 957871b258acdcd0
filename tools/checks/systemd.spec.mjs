import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { IN_CI, machine } from './machine.mjs';

const FOLDER = join(ROOT, 'deploy/systemd');
const UNITS = readdirSync(FOLDER).filter((name) => name.endsWith('.service'));
/** Exposure score out of ten; a unit without any option has 9.6. */
const EXPOSURE = 1.5;

describe.runIf(IN_CI || machine.systemd)('the units of systemd, read by systemd itself', () => {
  let folder;

  // Runs the units' program from this clone instead of /opt.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portillon-systemd-'));
    for (const dropIns of ['portillon@.service.d', 'portillon-.service.d'])
      cpSync(join(FOLDER, 'common.conf'), join(folder, dropIns, 'common.conf'));
    for (const unit of UNITS)
      writeFileSync(join(folder, unit), text(unit).replaceAll('/opt/portillon', ROOT));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const analyze = (...words) =>
    spawnSync(machine.systemd ?? 'systemd-analyze', words, { cwd: folder, encoding: 'utf8' });

  it.each(UNITS)('%s has nothing that it does not know, and a program that is there', (unit) => {
    const { status, stdout, stderr } = analyze('verify', '--man=no', `./${unit.replace('@.', '@1.')}`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.each(UNITS)('%s leaves the process next to nothing of the machine', (unit) => {
    const limit = `--threshold=${EXPOSURE * 10}`;
    const { status, stdout } = analyze('security', '--offline=yes', limit, `./${unit}`);
    expect(stdout).toMatch(/Overall exposure level/);
    expect(status).toBe(0);
  });
});

it.runIf(IN_CI || machine.systemd)('the unit beside nginx has nothing that systemd does not know', () => {
  const unit = join(ROOT, 'docker/nginx/portillon-watch.service');
  const { status, stderr } = spawnSync(machine.systemd ?? 'systemd-analyze', ['verify', '--man=no', unit], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describe('the units of systemd', () => {
  const common = text('common.conf');

  it('give each secret that every server needs as a credential, and none in the environment', () => {
    const credentials = common.matchAll(/^LoadCredential=([a-z-]+):/gm);
    const named = common.matchAll(/^Environment=([A-Z_]+)_FILE=%d\/([a-z-]+)$/gm);
    const settings = Array.from(named, ([, name, file]) => [file, name]);
    expect(settings.map(([file]) => file)).toEqual(Array.from(credentials, ([, name]) => name));
    expect(settings.map(([, name]) => name)).toEqual(['SECRET_KEYS', 'DATABASE_URL', 'SMTP_URL']);
  });

  it.each(UNITS)('%s runs as its own user, also where its drop-in is missing', (unit) => {
    expect(text(unit)).toMatch(/^User=portillon$/m);
  });

  it.each(['portillon@.service', 'portillon-worker.service'])(
    '%s is ready when it says so, and is begun anew when it no longer lives',
    (unit) => {
      expect(text(unit)).toMatch(/^Type=notify$/m);
      expect(text(unit)).toMatch(/^NotifyAccess=all$/m);
      expect(text(unit)).toMatch(/^WatchdogSec=\d+$/m);
    },
  );
});

function text(file) {
  return readFileSync(join(FOLDER, file), 'utf8');
}
