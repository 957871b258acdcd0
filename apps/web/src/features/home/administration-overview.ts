import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { countAccounts } from '../../api/administration.api';
import { getReport } from '../../api/journal.api';
import type { ReportFigures, SignInReport } from '../../api/types';
import { dayInParis, daysBefore } from '../../composables/dates/paris-day';
import { serverNow } from '../../composables/dates/server-clock';
import { useSessionStore } from '../../stores/session.store';

/** What waits for an administrator, the gravest first: each is a filter of the list of accounts. */
export const WAITING = ['EMERGENCY_ACCESS', 'ERASURE_REQUESTED', 'LOCKED', 'INVITATION_EXPIRED'] as const;
const DAYS = 30;

/** What is drawn by day. */
export const overviewFigures = {
  signIns: ({ signIns }) => signIns.total,
  sent: ({ codes }) => codes.sent.total,
  refusals: ({ refusals }) => refusals.total,
  locks: ({ locks }) => locks.total,
} satisfies Record<string, (figures: ReportFigures) => number>;

export interface Overview {
  waiting: { only: (typeof WAITING)[number]; count: number }[];
  report: SignInReport;
}

/** What an administrator finds at home; asked of the API for them alone. */
export function useAdministrationOverview() {
  const sessions = useSessionStore();
  const { data, error, isPending, refetch } = useQuery({
    key: ['administration-overview'],
    query: readOverview,
    enabled: () => sessions.administers,
  });
  return {
    overview: data,
    /** Where administration wants a card, its own pages say so. */
    problem: computed(() => (error.value?.code === 'means.too-weak' ? null : error.value)),
    asking: computed(() => sessions.administers && isPending.value),
    load: () => refetch(),
  };
}

async function readOverview(): Promise<Overview> {
  const to = dayInParis(new Date(serverNow()).toISOString());
  const [report, ...counts] = await Promise.all([
    getReport({ from: daysBefore(to, DAYS - 1), to, by: 'day' }),
    ...WAITING.map(countAccounts),
  ]);
  const waiting = WAITING.map((only, at) => ({ only, count: counts[at]! }));
  return { report, waiting: waiting.filter(({ count }) => count > 0) };
}
