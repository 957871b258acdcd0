import { existsSync, readFileSync } from 'node:fs';

/**
 * The sums of a Jest or Vitest report. A file that could not be read as tests counts as one failure;
 * `mayLeaveOut`: whether a skipped test is accepted.
 */
export function jestSums(file, { mayLeaveOut }) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  );
  const skipped = mayLeaveOut ? 0 : report.numPendingTests;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length + skipped };
}

/** The sums of a Playwright report. */
export function playwrightSums(file, { mayLeaveOut }) {
  const report = read(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length + (mayLeaveOut ? 0 : skipped),
  };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
