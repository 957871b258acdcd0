import type { LineWords } from './journal.line';

/** What is counted. */
export type Metric =
  | 'sign-in'
  | 'code-sent'
  | 'code-used'
  | 'code-expired'
  | 'code-refused'
  | `code-within-${DelayBucket}`
  | 'lock'
  | 'refusal';

/** Seconds from sending a code to its use: the upper bounds of the histogram, and `more` beyond the last. */
export const DELAY_BOUNDS = [10, 20, 30, 60, 120, 300] as const;
export type DelayBucket = (typeof DELAY_BOUNDS)[number] | 'more';

/** One line, as the statistics count it. */
export interface Count {
  metric: Metric;
  means: string;
  channel: string;
}

type Rule = readonly [metric: Metric, means?: string];

/** What is counted of a line by its name. Codes are counted by their channel, whatever they were for. */
const RULES: Record<string, Rule[]> = {
  authn_login_success: [['sign-in']],
  authn_login_fail: [['refusal']],
  authn_login_fail_max: [['refusal']],
  authn_login_lock: [['lock', 'password']],
  authn_code_sent: [['code-sent', '']],
  authn_code_fail: [['code-refused', '']],
  authn_code_lock: [
    ['code-refused', ''],
    ['lock', 'code'],
  ],
};
const EXPIRED: Rule[] = [['code-expired', '']];

/** What a line adds to the statistics. */
export function countsOf(line: LineWords): Count[] {
  const rules = isExpired(line) ? EXPIRED : (RULES[line.name] ?? []);
  return [...rules, ...usedCode(line)].map(([metric, means = line.means ?? '']) => ({
    metric,
    means,
    channel: line.channel ?? '',
  }));
}

function isExpired({ name, reason }: LineWords): boolean {
  return name === 'authn_code_fail' && reason === 'expired';
}

/** Whatever a code was used for: its line says how old the code was. */
function usedCode(line: LineWords): Rule[] {
  const age = ageOfCode(line);
  if (line.outcome !== 'SUCCESS' || age === undefined) return [];
  return [
    ['code-used', ''],
    [`code-within-${bucketOf(age)}`, ''],
  ];
}

function ageOfCode({ data }: LineWords): number | undefined {
  if (!data?.includes('"codeAgeSeconds"')) return undefined;
  const { codeAgeSeconds } = JSON.parse(data) as { codeAgeSeconds?: unknown };
  return typeof codeAgeSeconds === 'number' ? codeAgeSeconds : undefined;
}

function bucketOf(seconds: number): DelayBucket {
  return DELAY_BOUNDS.find((bound) => seconds <= bound) ?? 'more';
}
