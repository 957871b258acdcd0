import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

/** The providers of SMS declare their own. */
const FOLDERS = ['apps/api/src/settings', 'libs/notification/src/sms'].map((folder) => join(ROOT, folder));

/** The variables that the code names, in calls such as `read.whole('PORT', …)` and in lists of names. */
function namedInCode() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.startsWith('testing'))
      .map((name) => join(folder, name)),
  );
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return new Set(text.match(/(?<=')(?!ERR_)[A-Z][A-Z0-9]*_[A-Z0-9_]+(?=')|(?<=')(PORT|HOST)(?=')/g));
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
