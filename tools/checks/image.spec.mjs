import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { PROGRAM } from '../workspace/server.mjs';

it('starts what the command line starts, with no option of Node', () => {
  const dockerfile = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
  const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile);
  expect(JSON.parse(entry)).toEqual([`/app/${relative(ROOT, PROGRAM)}`]);
  expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
  expect(readFileSync(PROGRAM, 'utf8').split('\n', 1)).toEqual(['#!/usr/bin/env node']);
});
