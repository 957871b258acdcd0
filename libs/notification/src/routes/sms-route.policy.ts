import { DAY, HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';

/** How many SMS a provider took, and how many of their codes were entered. */
export interface Conversion {
  sent: number;
  converted: number;
}

/** What became lately of the SMS of a provider: an account that enters none of its codes is one, however many it has. */
export interface RecentConversion {
  sent: number;
  accounts: number;
  answering: number;
}

/** Fewer messages, or to fewer accounts, say nothing. */
const FEWEST = 20;
const FEWEST_ACCOUNTS = 12;
const POOR = 0.6;
const RECENT_MS = 15 * MINUTE;
/** To type a code. */
const TYPING_MS = MINUTE;
/** A code is entered in ten minutes or never. */
const SETTLED_MS = 15 * MINUTE;

/** What is usual is that of so long. */
export const USUAL_MS = 7 * DAY;
/** How long a provider is tried last before it is given a chance again. */
export const AVOIDED_MS = HOUR;
export const ROUTES_KEPT_MS = 8 * DAY;

/** The fifteen minutes whose codes were sent long enough ago to be typed. */
export function recentWindow(now: Date): [Date, Date] {
  const end = addMilliseconds(now, -TYPING_MS);
  return [addMilliseconds(end, -RECENT_MS), end];
}

/** The latest hour whose codes have all been entered or never will be, and when the next one has. */
export function settledHour(now: Date): { start: Date; end: Date; nextAt: Date } {
  const end = new Date(Math.floor((now.getTime() - SETTLED_MS) / HOUR) * HOUR);
  return { start: addMilliseconds(end, -HOUR), end, nextAt: addMilliseconds(end, HOUR + SETTLED_MS) };
}

/** `usual`, `poor`; `unknown` where too few were sent, now or before. */
export function judgeSmsRoute(recent: RecentConversion, before: Conversion): 'usual' | 'poor' | 'unknown' {
  const isFew = recent.sent < FEWEST || recent.accounts < FEWEST_ACCOUNTS;
  if (isFew || before.sent < FEWEST) return 'unknown';
  return rate(byAccount(recent)) < POOR * rate(before) ? 'poor' : 'usual';
}

/** The poorest first. */
export function poorestFirst<Recent extends RecentConversion>(recent: readonly Recent[]): Recent[] {
  return [...recent].sort((one, other) => rate(byAccount(one)) - rate(byAccount(other)));
}

export function byAccount({ accounts, answering }: RecentConversion): Conversion {
  return { sent: accounts, converted: answering };
}

export function percentage(conversion: Conversion): string {
  return `${Math.round(rate(conversion) * 100)} %`;
}

function rate({ sent, converted }: Conversion): number {
  return converted / sent;
}
