import type { EventCount, EventCounts } from '@portillon/audit';
import './openid.journal';

/** Counts the entries and refusals of an application, those of the gate too. */
export const openidCounts = {
  application_entered: ({ data }) => at('entry', data),
  application_refused: ({ data }) => at('entry-refused', data),
} satisfies EventCounts;

/** Empty for a line that sums up several events: it names no application. */
function at(metric: EventCount['metric'], data: string | null): EventCount[] {
  const { application } = JSON.parse(data ?? '{}') as { application?: string };
  return application ? [{ metric, means: '', application }] : [];
}
