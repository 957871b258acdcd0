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

  it('pass the folder of secrets to every process, and the account that migrates to one alone', () => {
    expect(common.match(/^LoadCredential=.*$/gm)).toEqual([
      'LoadCredential=portillon:/etc/portillon/secrets',
    ]);
    const migrating = UNITS.filter((unit) => text(unit).includes('migrate-database-url'));
    expect(migrating).toEqual(['portillon-migrate.service']);
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
