import { existsSync, readFileSync } from 'node:fs';

/**
 * The sums of a report by Jest, Vitest or Playwright. A file of tests that could not be read counts as one failure, and
 * so does a report that is not there; `mayLeaveOut`: whether a skipped test is accepted.
 */
export function sumsOf(file, { mayLeaveOut }) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const { passed, failed, skipped } = report.stats ? playwright(report) : jest(report);
  return { passed, failed: failed + (mayLeaveOut ? 0 : skipped) };
}

function jest({ testResults, numPassedTests, numFailedTests, numPendingTests }) {
  const unread = testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unread.length, skipped: numPendingTests };
}

function playwright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}
