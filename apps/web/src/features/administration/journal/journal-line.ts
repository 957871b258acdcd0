import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { useDeviceText } from '../../../composables/texts/device-text';
import { useKnownText } from '../../../composables/texts/known-text';
import { useJournalData } from './journal-data';

/** Events of an emergency access, which bypasses the rules: shown in red, with an icon and a text. */
function isEmergency({ name, data }: AdminEvent): boolean {
  return name === 'authz_admin' || data?.['alarm'] !== undefined;
}

/** Colour and icon of a line; a success has none. */
export function toneOf(event: AdminEvent): 'emergency' | 'refused' | 'plain' {
  if (isEmergency(event)) return 'emergency';
  return event.outcome === 'FAILURE' ? 'refused' : 'plain';
}

/** A line of the journal as texts. */
export function useJournalText() {
  return { nameOf: useNames(), brief: useBrief(), details: useDetails(), proof: useProof(), why: useWhy() };
}

/** Facts that fit into a row: application, reason, means, end, author. */
function useBrief() {
  const { t } = useI18n();
  const details = useDetails();
  const why = useWhy();
  return (event: AdminEvent, withStructure: boolean): string => {
    const given = details(event).filter(({ label }) => ['means', 'channel', 'until'].includes(label));
    const actor = event.actor && (event.actor.displayName ?? event.actor.id);
    return [
      event.application?.name,
      ...why(event),
      ...given.map(({ value }) => value),
      actor && t('journal.byName', { name: actor }),
      withStructure && event.structure?.name,
    ]
      .filter(Boolean)
      .join(' · ');
  };
}

/** Why it was refused or done, in sentences; nothing if the journal has no reason. */
function useWhy() {
  const reasonOf = useReasons();
  const known = useKnownText();
  return (event: AdminEvent): string[] => {
    const words = (['why', 'detail'] as const).map((name) => {
      const word = textIn(event.data, name);
      return word && known(`events.words.${name}.${word}`, word);
    });
    return [reasonOf(event), ...words].filter((text): text is string => Boolean(text));
  };
}

export function useActName() {
  const known = useKnownText();
  return (name: string) => known(`events.names.${name}`, name);
}

function useNames() {
  const { t } = useI18n();
  const actName = useActName();
  return ({ name, data }: AdminEvent): string => {
    if (name === 'authz_admin' && data?.['act'] === 'close') return t('journal.emergencyClosed');
    if (name === 'sensitive_read' && data?.['what'] === 'accounts') return t('journal.accountsExported');
    return actName(name);
  };
}

function useDetails() {
  const deviceText = useDeviceText();
  const known = useKnownText();
  const { instant } = useDates();
  return (event: AdminEvent) => {
    const { channel, address, device, structure, application, data } = event;
    // An emergency access shows the means that it opens, and its end.
    const means = event.means ?? textIn(data, 'means');
    const until = textIn(data, 'until');
    return filled([
      { label: 'structure', value: structure?.name },
      { label: 'application', value: application?.name },
      { label: 'means', value: means && known(`devices.means.${means}`, means) },
      { label: 'until', value: until && instant(until) },
      { label: 'channel', value: channel && known(`journal.channels.${channel}`, channel) },
      { label: 'address', value: address },
      { label: 'device', value: device && deviceText(device) },
    ]);
  };
}

/** A code of the service becomes a sentence; an administrator's text is shown unchanged. */
function useReasons() {
  const known = useKnownText();
  return ({ reason, outcome, actor }: AdminEvent) =>
    reason && (outcome === 'FAILURE' || !actor) ? known(`events.reasons.${reason}`, reason) : reason;
}

/** Facts for an auditor, each with its label. */
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
