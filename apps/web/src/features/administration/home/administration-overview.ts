import { useQuery, useQueryCache } from '@pinia/colada';
import { computed } from 'vue';
import { listAccounts, listDirectoryChanges } from '../../../api/administration.api';
import { getReport } from '../../../api/journal.api';
import { getSetup } from '../../../api/setup.api';
import type {
  AccountLine,
  AdminDirectoryChangePage,
  ReportFigures,
  ServiceState,
  SetupState,
  SignInReport,
} from '../../../api/types';
import { dayInParis, daysBefore } from '../../../composables/dates/paris-day';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { serviceStateQuery } from '../../../composables/service-state';
import { useSessionStore } from '../../../stores/session.store';

/** Pending work of an administrator, most serious first. Each item is a filter of the list of accounts. */
const WAITING = [
  'REPORTED',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'ERASURE_REQUESTED',
  'LOCKED',
  'INVITATION_EXPIRED',
  'ERASURE_DUE',
] as const;
/** Number of days that a day is compared with. */
const DAYS = 30;
/** Rows of each kind before the link to all of them. */
const ROWS = 3;
/** Changes in the national directory of one page. */
const CHANGES = 50;

/** Figures that are drawn by day. */
export const overviewFigures = {
  signIns: ({ signIns }) => signIns.total,
  sent: ({ codes }) => codes.sent.total,
  refusals: ({ refusals }) => refusals.total,
  locks: ({ locks }) => locks.total,
} satisfies Record<string, (figures: ReportFigures) => number>;

export type WaitingKind = (typeof WAITING)[number];
export interface Waiting {
  only: WaitingKind;
  people: AccountLine[];
  total: number;
}
export interface Overview {
  waiting: Waiting[];
  /** What the national directory shows otherwise. */
  directory: AdminDirectoryChangePage;
  report: SignInReport;
  /** For national administrators only. */
  service: ServiceState | null;
  /** For national administrators only. */
  setup: SetupState | null;
}

/** The administrator's home. */
export function useAdministrationOverview() {
  const sessions = useSessionStore();
  const queries = useQueryCache();
  const readService = async () => (await queries.refresh(queries.ensure(serviceStateQuery))).data ?? null;
  const { data, error, isPending, refetch } = useQuery({
    key: ['administration-overview'],
    query: () => readOverview(sessions.national, readService),
  });
  return {
    overview: data,
    /** Where administration requires a card, its own pages explain that. */
    problem: computed(() => (error.value?.code === 'means.too-weak' ? null : error.value)),
    asking: isPending,
    load: () => refetch(),
  };
}

async function readOverview(
  national: boolean,
  readService: () => Promise<ServiceState | null>,
): Promise<Overview> {
  const to = dayInParis(new Date(useServerClockStore().now()).toISOString());
  const [report, directory, service, setup, ...waiting] = await Promise.all([
    getReport({ from: daysBefore(to, DAYS - 1), to, by: 'day' }),
    listDirectoryChanges({ limit: CHANGES }),
    national ? readService() : null,
    national ? getSetup() : null,
    ...WAITING.map(readWaiting),
  ]);
  return { report, directory, service, setup, waiting: waiting.filter(({ total }) => total > 0) };
}

async function readWaiting(only: WaitingKind): Promise<Waiting> {
  const { items, total } = await listAccounts({ only, limit: ROWS });
  return { only, people: items, total: total ?? items.length };
}
