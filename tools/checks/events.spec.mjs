import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { journals } from '../journal.mjs';
import { ROOT } from '../workspace/command.mjs';

/** The product's code, without the declarations, the tests, and the map from events to those of webhooks. */
const WRITERS =
  /^(?:libs\/[^/]+|apps\/api)\/src\/(?!.*(?:testing\/|\.spec\.|\.journal\.|webhook-event\.policy)).*\.ts$/;

it('finds the code that records each declared event of the journal: a webhook may wait for it', async () => {
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const written = files
    .filter((file) => WRITERS.test(file) && existsSync(join(ROOT, file)))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const names = (await journals()).flatMap(({ words }) => Object.keys(words.events ?? {}));
  expect(names.length).toBeGreaterThan(100);
  // `email_change_${step}` records several of them.
  const beginnings = [...written.matchAll(/`([a-z_]+_)\$\{/g)].map(([, beginning]) => beginning);
  const isWritten = (name) =>
    written.includes(`'${name}'`) || beginnings.some((beginning) => name.startsWith(beginning));
  expect(names.filter((name) => !isWritten(name))).toEqual([]);
});
