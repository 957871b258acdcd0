import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../../api/types';
import { csvOf } from '../../../composables/texts/csv';
import { useDates } from '../../../composables/dates/dates';
import { useDeviceText } from '../../../composables/texts/device-text';
import { useJournalText } from './journal-line';

const COLUMNS = [
  'at',
  'act',
  'outcome',
  'who',
  'username',
  'actor',
  'structure',
  'application',
  'reason',
  'means',
  'channel',
  'address',
  'device',
  'seal',
  'id',
] as const;
type Cells = Record<(typeof COLUMNS)[number], string | number | null | undefined>;

/** Converts journal lines (one JSON object each) to a table for a spreadsheet, with the page's texts and time zone. */
export function useJournalSheet() {
  const { t } = useI18n();
  const { instant } = useDates();
  const { nameOf, details, why } = useJournalText();
  const deviceText = useDeviceText();

  function cellsOf(event: AdminEvent): Cells {
    const { account, actor, device, seal } = event;
    const detail = (label: string) => details(event).find((one) => one.label === label)?.value;
    return {
      at: instant(event.at),
      act: nameOf(event),
      outcome: t(`journal.outcome.${event.outcome}`),
      who: account && (account.displayName ?? t('journal.pseudonym', { id: account.id })),
      username: account?.username,
      actor: actor && (actor.displayName ?? t('journal.pseudonym', { id: actor.id })),
      structure: event.structure?.name,
      application: event.application?.name,
      reason: why(event).join(' · '),
      means: detail('means'),
      channel: detail('channel'),
      address: event.address,
      device: device && deviceText(device),
      seal: seal ?? t('journal.notSealed'),
      id: event.id,
    };
  }
  return async (lines: Blob): Promise<Blob> => {
    const events = (await lines.text()).split('\n').filter(Boolean);
    const titles = COLUMNS.map((column) => t(`journal.sheet.${column}`));
    const rows = events.map((line) => {
      const cells = cellsOf(JSON.parse(line) as AdminEvent);
      return COLUMNS.map((column) => cells[column]);
    });
    return csvOf([titles, ...rows]);
  };
}
