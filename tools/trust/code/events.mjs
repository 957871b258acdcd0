import { constantOf, neededConstant } from './constants.mjs';
import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';

const JOURNAL = /\.journal\.ts$/;
const GUIDE = 'docs/guide/siem.md';
const ACTS = 'apps/web/src/features/administration/journal/journal-acts.ts';
const HIGH = 'libs/audit/src/stream/ocsf.ts#HIGH';
const ROW = /^\| `([a-z_]+)` +\| (\d+ [\w ]+?) +\| (\d+ [\w ]+?) +\|$/gm;

/** Every event that a lib registers, with its sentences, and how a collector is told. */
function eventsOf(code) {
  const [french, english] = ['fr', 'en'].map(
    (language) => code.json(`apps/web/src/locales/${language}/events.json`).events.names,
  );
  const streamed = new Map([...code.text(GUIDE).matchAll(ROW)].map(([, name, ...row]) => [name, row]));
  const subjects = Object.entries(neededConstant(code, `${ACTS}#journalActs`));
  const high = neededConstant(code, HIGH);
  const subjectOf = (name) => subjects.find(([, names]) => names.includes(name))?.[0];
  return registered(code).map(({ name, file }) => ({
    name,
    file,
    french: french[name],
    english: english[name],
    subject: subjectOf(name),
    streamed: streamed.get(name),
    severity: high.includes(name) ? 'high' : '',
  }));
}

/** What an event lacks, one sentence each. */
export function eventProblems(code) {
  return eventsOf(code).flatMap(({ name, file, french, english, subject, streamed }) => [
    ...(french ? [] : [`${file}: the event ${name} has no French sentence in events.json.`]),
    ...(english ? [] : [`${file}: the event ${name} has no English sentence in events.json.`]),
    ...(subject ? [] : [`${file}: the event ${name} is in no list of ${ACTS}.`]),
    ...(streamed ? [] : [`${file}: the event ${name} has no row in ${GUIDE}.`]),
  ]);
}

export function eventsPage(code) {
  const events = eventsOf(code);
  const files = [...new Set(events.map(({ file }) => file))].sort();
  const kept = spanOf(neededConstant(code, 'libs/audit/src/audit.policy.ts#JOURNAL_KEPT_MS'));
  return pageOf(
    'Events of the journal',
    `${events.length} events that the libs register, each with the sentence that administrators and auditors read, and its class in the stream to a SIEM ([OCSF](../../guide/siem.md)). A line is kept for ${kept} unless \`AUDIT_RETENTION_MONTHS\` says less, 6 months at least. The alerts of \`deploy/monitoring\` read figures and not these events: an alarm on one is set at the collector.`,
    ...files.map((file) => sectionOf(file, events)),
  );
}

function sectionOf(file, events) {
  const rows = events
    .filter((one) => one.file === file)
    .map(({ name, french, english, subject, streamed, severity }) => [
      `\`${name}\``,
      cell(french ?? ''),
      cell(english ?? ''),
      subject ?? '',
      (streamed ?? []).join(' · '),
      severity,
    ]);
  return [
    `## ${linkTo(file)}`,
    table(['event', 'French', 'English', 'subject', 'OCSF', 'severity'], rows),
  ].join('\n\n');
}

function registered(code) {
  return code.server
    .filter((file) => JOURNAL.test(file))
    .flatMap((file) =>
      objectsOf(code, file).flatMap((name) =>
        (constantOf(code, `${file}#${name}.events`) ?? []).map((event) => ({ name: event, file })),
      ),
    );
}

/** What the file exports: one vocabulary. */
function objectsOf(code, file) {
  return code
    .tree(file)
    .statements.flatMap((one) => (one.declarationList?.declarations ?? []).map(({ name }) => name.text));
}
