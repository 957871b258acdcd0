import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../api/types';
import { useDates } from '../../composables/dates';
import { useDeviceText } from '../../composables/device-text';
import { useJournalData } from './journal-data';

/** The acts that let somebody in beside the rules: they are shown in red, with an icon and words. */
export function isEmergency({ name, data }: AdminEvent): boolean {
  return name === 'authz_admin' || data?.['alarm'] !== undefined;
}

/** A line of the journal in words. */
export function useJournalText() {
  const { t, te } = useI18n();
  const deviceText = useDeviceText();
  const dataLines = useJournalData();
  const { instant } = useDates();
  /** A word that the API has and these pages have not learnt yet is shown as it is. */
  const known = (key: string, word: string) => (te(key, 'fr') ? t(key) : word);

  function nameOf({ name, data }: AdminEvent): string {
    if (name === 'authz_admin' && data?.['act'] === 'close') return t('journal.emergencyClosed');
    if (name === 'sensitive_read' && data?.['what'] === 'accounts') return t('journal.accountsExported');
    return known(`events.names.${name}`, name);
  }
  /** A word of the service in a sentence; what an administrator wrote as it was written. */
  const reasonOf = ({ reason, outcome, actor }: AdminEvent) =>
    reason && (outcome === 'FAILURE' || !actor) ? known(`journal.reasons.${reason}`, reason) : reason;
  function details(event: AdminEvent) {
    const { channel, address, device, structure, data } = event;
    // An emergency access says which means it opens, and until when.
    const means = event.means ?? textIn(data, 'means');
    const until = textIn(data, 'until');
    const lines = [
      { label: 'structure', value: structure?.name },
      { label: 'means', value: means && known(`devices.means.${means}`, means) },
      { label: 'until', value: until && instant(until) },
      { label: 'channel', value: channel && known(`journal.channels.${channel}`, channel) },
      { label: 'reason', value: reasonOf(event) },
      { label: 'address', value: address },
      { label: 'device', value: device && deviceText(device) },
    ];
    return lines.filter(({ value }) => value).map(({ label, value }) => ({ label, value: value! }));
  }
  /** What an auditor may ask for, each under its label. */
  function proof({ id, name, requestId, seal, device, data }: AdminEvent) {
    const lines = [
      { label: 'id', value: id },
      { label: 'name', value: name },
      { label: 'requestId', value: requestId },
      { label: 'seal', value: seal === null ? t('journal.notSealed') : String(seal) },
      { label: 'userAgent', value: device },
    ];
    const known = lines.filter(({ value }) => value);
    return [
      ...known.map(({ label, value }) => ({ label: t(`journal.fields.${label}`), value: value! })),
      ...dataLines(data),
    ];
  }
  return { nameOf, details, proof };
}

function textIn(data: AdminEvent['data'], name: string): string | undefined {
  const value = data?.[name];
  return typeof value === 'string' ? value : undefined;
}
