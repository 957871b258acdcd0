import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../api/types';
import { useDates } from '../../composables/dates';
import { useDeviceText } from '../../composables/device-text';
import { useKnownText } from '../../composables/known-text';
import { useJournalData } from './journal-data';

/** The acts that let somebody in beside the rules: they are shown in red, with an icon and words. */
export function isEmergency({ name, data }: AdminEvent): boolean {
  return name === 'authz_admin' || data?.['alarm'] !== undefined;
}

/** A line of the journal in words. */
export function useJournalText() {
  return { nameOf: useNames(), details: useDetails(), proof: useProof() };
}

function useNames() {
  const { t } = useI18n();
  const known = useKnownText();
  return ({ name, data }: AdminEvent): string => {
    if (name === 'authz_admin' && data?.['act'] === 'close') return t('journal.emergencyClosed');
    if (name === 'sensitive_read' && data?.['what'] === 'accounts') return t('journal.accountsExported');
    return known(`events.names.${name}`, name);
  };
}

function useDetails() {
  const deviceText = useDeviceText();
  const known = useKnownText();
  const reasonOf = useReasons();
  const { instant } = useDates();
  return (event: AdminEvent) => {
    const { channel, address, device, structure, data } = event;
    // An emergency access says which means it opens, and until when.
    const means = event.means ?? textIn(data, 'means');
    const until = textIn(data, 'until');
    return filled([
      { label: 'structure', value: structure?.name },
      { label: 'means', value: means && known(`devices.means.${means}`, means) },
      { label: 'until', value: until && instant(until) },
      { label: 'channel', value: channel && known(`journal.channels.${channel}`, channel) },
      { label: 'reason', value: reasonOf(event) },
      { label: 'address', value: address },
      { label: 'device', value: device && deviceText(device) },
    ]);
  };
}

/** A word of the service in a sentence; what an administrator wrote as it was written. */
function useReasons() {
  const known = useKnownText();
  return ({ reason, outcome, actor }: AdminEvent) =>
    reason && (outcome === 'FAILURE' || !actor) ? known(`journal.reasons.${reason}`, reason) : reason;
}

/** What an auditor may ask for, each under its label. */
function useProof() {
  const { t } = useI18n();
  const dataLines = useJournalData();
  return ({ id, name, requestId, seal, device, data }: AdminEvent) => {
    const lines = filled([
      { label: 'id', value: id },
      { label: 'name', value: name },
      { label: 'requestId', value: requestId },
      { label: 'seal', value: seal === null ? t('journal.notSealed') : String(seal) },
      { label: 'userAgent', value: device },
    ]);
    const labelled = lines.map(({ label, value }) => ({ label: t(`journal.fields.${label}`), value }));
    return [...labelled, ...dataLines(data)];
  };
}

function filled(lines: { label: string; value: string | null | undefined }[]) {
  return lines.filter((line): line is { label: string; value: string } => Boolean(line.value));
}

function textIn(data: AdminEvent['data'], name: string): string | undefined {
  const value = data?.[name];
  return typeof value === 'string' ? value : undefined;
}
