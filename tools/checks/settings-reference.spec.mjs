import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { REFERENCE, settingsReference, settingSources } from './settings-reference.mjs';

it('shows name, type, bounds, default and description of a setting', () => {
  const example = '## Lockers\n\n# Hours for which a locker\n# stays open.\n# LOCKER_HOURS=12\n';
  const source = "read.whole('LOCKER_HOURS', { default: 12, min: 1, max: 24 })";
  expect(settingsReference(example, source)).toContain(
    '## Lockers\n\n- **`LOCKER_HOURS`** (whole number, 1 to 24; default: `12`): Hours for which a locker stays open.\n',
  );
});

it('is current: run "npm run settings" after a change of a setting', () => {
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
  expect(readFileSync(REFERENCE, 'utf8')).toBe(settingsReference(example, settingSources()));
});
