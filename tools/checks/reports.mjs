import { existsSync, readFileSync } from 'node:fs';

/**
 * Totals of a report by Jest, Vitest or Playwright. An unreadable test file counts as one failure, and so does a
 * missing report. `mayLeaveOut`: whether a skipped test is accepted.
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
