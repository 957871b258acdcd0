import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { settingSources } from './settings-reference.mjs';

/** Variables named in the code, in calls such as `read.whole('PORT', …)` and in lists of names. */
function namedInCode() {
  return new Set(
    settingSources().match(/(?<=')(?!ERR_)[A-Z][A-Z0-9]*_[A-Z0-9_]+(?=')|(?<=')(PORT|HOST)(?=')/g),
  );
}

describe('.env.example', () => {
  const lines = readFileSync(join(ROOT, '.env.example'), 'utf8').split('\n');
  const listed = new Set(lines.flatMap((line) => /^# ([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []));

  it('lists every variable that the server reads', () => {
    expect([...namedInCode()].filter((name) => !listed.has(name))).toEqual([]);
  });

  it('gives each a line of comment above it, and sets none', () => {
    const set = lines.filter((line) => /^[A-Z]/.test(line));
    const bare = lines.filter(
      (line, index) => /^# [A-Z0-9_]+=/.test(line) && !/^# .*[.…]$/.test(lines[index - 1]),
    );
    expect({ set, bare }).toEqual({ set: [], bare: [] });
  });
});
