import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { IN_CI, machine } from './machine.mjs';

const file = (name) => join(ROOT, 'deploy', name);

describe.runIf(IN_CI || machine.haproxy)('HAProxy before the database', () => {
  it('takes its configuration, without a warning', () => {
    const { status, stderr } = spawnSync(
      machine.haproxy ?? 'haproxy',
      ['-c', '-V', '-f', file('haproxy/haproxy.cfg')],
      {
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe.runIf(IN_CI || machine.redis)('a sentinel', () => {
  it('takes its configuration, and watches the master by the name that REDIS_URL gives it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portillon-sentinel-'));
    const configuration = join(folder, 'sentinel.conf');
    writeFileSync(configuration, readFileSync(file('valkey/sentinel.conf')));
    const place = ['--port', '0', '--unixsocket', join(folder, 'socket')];
    const sentinel = spawn(machine.redis ?? 'valkey-server', [configuration, '--sentinel', ...place]);
    const exit = once(sentinel, 'exit');
    const lines = [];
    for await (const line of createInterface({ input: sentinel.stdout })) {
      lines.push(line);
      if (line.includes('+monitor')) break;
    }
    sentinel.kill('SIGKILL');
    await exit;
    rmSync(folder, { recursive: true, force: true });
    expect(lines.at(-1)).toContain('+monitor master portillon 10.0.0.21 6379 quorum 2');
  });
});
