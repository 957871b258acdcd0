import { journals } from '../../journal.mjs';
import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';

const JOURNALS = await journals();

export function eventsPage(_code, tables) {
  const count = JOURNALS.reduce((sum, { words }) => sum + Object.keys(words.events ?? {}).length, 0);
  const kept = spanOf(tables.find(({ name }) => name === 'auditEvent').durations.kept);
  return pageOf(
    'Events of the journal',
    `${count} events that the libraries declare, each with the sentence that administrators and auditors read, and its class in the stream to a SIEM ([OCSF](../../guide/siem.md)). A line is kept for ${kept} unless \`AUDIT_RETENTION_MONTHS\` says less, 6 months at least. The alerts of \`deploy/monitoring\` read figures and not these events: an alarm on one is set at the collector.`,
    ...JOURNALS.filter(({ words }) => words.events).map(sectionOf),
  );
}

function sectionOf({ file, words }) {
  const rows = Object.entries(words.events).map(([name, { fr, en, subject, siem, severity = '' }]) => [
    `\`${name}\``,
    cell(fr),
    cell(en),
    subject,
    siem,
    severity,
  ]);
  return [
    `## ${linkTo(file)}`,
    table(['event', 'French', 'English', 'subject', 'OCSF', 'severity'], rows),
  ].join('\n\n');
}
