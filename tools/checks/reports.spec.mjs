import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sumsOf } from './reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const suite = (status, tests) => ({ status, assertionResults: Array(tests).fill({}) });
const jest = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2 };

it('counts a test file that could not be read as one failure', () => {
  const file = report({ ...jest, testResults: [suite('passed', 7), suite('failed', 3), suite('failed', 0)] });
  expect(sumsOf(file, { mayLeaveOut: true })).toEqual({ passed: 7, failed: 2 });
});

it('counts a skipped test as a failure where nothing may be left out', () => {
  const file = report({ ...jest, testResults: [suite('failed', 10)] });
  expect(sumsOf(file, { mayLeaveOut: false })).toEqual({ passed: 7, failed: 3 });
});

it('counts a report that is not there as one failure', () => {
  expect(sumsOf(join(folder, 'none.json'), { mayLeaveOut: true })).toEqual({ passed: 0, failed: 1 });
});

it('reads the report of Playwright', () => {
  const file = report({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{}] });
  expect(sumsOf(file, { mayLeaveOut: true })).toEqual({ passed: 6, failed: 3 });
  expect(sumsOf(file, { mayLeaveOut: false })).toEqual({ passed: 6, failed: 6 });
});
