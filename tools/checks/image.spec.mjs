import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { NODE_ARGS } from '../workspace/server.mjs';

describe('the image', () => {
  it('starts Node as the command line asks for it', () => {
    const dockerfile = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
    const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile);
    expect(JSON.parse(entry)).toEqual(['node', ...NODE_ARGS, 'apps/api/bin/portillon.mjs']);
    expect(NODE_ARGS).not.toEqual([]);
  });
});
