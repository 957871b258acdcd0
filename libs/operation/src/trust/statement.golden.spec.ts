import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attestationOf, engagementOf } from './statement.paper';
import { textOf } from './statement.text';
import type { Statement } from './statement.types';
import { asTheProcedureSays, forbidden, strict } from '../testing/deployments.fixture';

const DEPLOYMENTS = { procedure: asTheProcedureSays, strict, forbidden };
const FORMS = { text: textOf, attestation: attestationOf, engagement: engagementOf };

/** Creates a golden file that was deleted. Read its changes line by line before you commit it. */
function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', `${name}.txt`);
  if (!existsSync(file)) {
    writeFileSync(file, text);
    throw new Error(`${file} was missing and is made: read it, then run this again`);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const CASES = Object.entries(DEPLOYMENTS).flatMap(([deployment, make]) =>
  Object.entries(FORMS).map(([form, write]): [string, () => Statement, (one: Statement) => string] => {
    return [`${deployment}.${form}`, make, write];
  }),
);

describe('the statement of a deployment', () => {
  it.each(CASES)('reads as it was checked by hand: %s', (name, make, write) => {
    expectGolden(name, write(make()));
  });

  it('says the same to a program', () => {
    const read = JSON.parse(JSON.stringify(forbidden())) as Statement;
    expect(read).toMatchObject({ signable: false, at: '2026-11-29T15:00:00.000Z', version: '1.2.3' });
    expect(read.reservations.map(({ id }) => id)).toContain('password-alone');
  });
});
