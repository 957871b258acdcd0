import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { NODE_ARGS, PROGRAM } from '../workspace/server.mjs';

/** Linux before 5.1 takes no more of a first line, its end included. */
const FIRST_LINE_MOST = 127;

describe('the command line', () => {
  it('is what the image starts, so that Node runs in it as everywhere', () => {
    const dockerfile = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
    const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile);
    expect(JSON.parse(entry)).toEqual([`/app/${relative(ROOT, PROGRAM)}`]);
    expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
  });

  it('tells Node how to run, in a line that every Linux reads whole', () => {
    const [line] = readFileSync(PROGRAM, 'utf8').split('\n', 1);
    expect(line).toBe(`#!/usr/bin/env -S node ${NODE_ARGS.join(' ')}`);
    expect(NODE_ARGS).not.toEqual([]);
    expect(Buffer.byteLength(`${line}\n`)).toBeLessThanOrEqual(FIRST_LINE_MOST);
  });
});
