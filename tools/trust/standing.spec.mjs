import { expect, it } from 'vitest';
import { standingOf } from './standing.mjs';
import { statementOf } from './statement.mjs';

it('claims nothing whose code or test is not there, and leaves no promise of the guide out', async () => {
  const { problems } = await standingOf();
  expect(problems).toEqual([]);
});

it('states a row that is met as declared where its proof did not pass', () => {
  const rows = [{ id: 'asvs-6.2.1', status: 'met', proof: ['libs/a.spec.ts'] }];
  expect(statementOf(rows, new Map([['libs/a.spec.ts', ['passed']]])).counts).toEqual({ met: 1 });
  expect(statementOf(rows, new Map()).counts).toEqual({ declared: 1 });
});
