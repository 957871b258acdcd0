import { AuditSealService, AuditVerifierService, Head, Verdict, Verification } from '@portillon/audit';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

/** Counters cannot be sealed, and so not proven: each seal adds to them. */
const STATISTICS =
  'Statistics: INCONCLUSIVE: they are counted when lines are sealed, and are not sealed themselves. Count an export to check a figure.';
const HEAD = /^(\d{1,9}):([0-9a-f]{64})$/;

/** Lines. */
const REPORT_EVERY = 100_000;

/** 0: all entries are verified. 1: a fault was found. 2: no fault was found, but some checks were impossible. */
const EXIT_CODES: Record<Verdict, number> = { PROVEN: 0, 'NOT PROVEN': 1, INCONCLUSIVE: 2 };

/** Verifies the journal, and reports its faults in plain words. */
export async function verifyAudit(options: { head?: string }): Promise<void> {
  const noted = options.head === undefined ? undefined : parseHead(options.head);
  await withTables(async (app) => {
    let reported = 0;
    const verification = await app.get(AuditVerifierService).verify(noted, (lines) => {
      if (lines - reported < REPORT_EVERY) return;
      reported = lines;
      console.error(`… ${reported.toLocaleString('en')} lines read`);
    });
    for (const line of report(verification, noted)) console.log(line);
    process.exitCode = EXIT_CODES[verification.verdict];
  });
}

/** Seals now what has no seal yet: before the journal is copied or taken over. */
export async function sealAudit(): Promise<void> {
  await withTables(async (app) => {
    const seals = app.get(AuditSealService);
    let sealed = 0;
    for (let lines = await seals.seal(); lines > 0; lines = await seals.seal()) sealed += lines;
    const { head } = await seals.state();
    console.log(`${sealed} line(s) sealed. Head: ${head ? textOf(head) : 'none'}`);
  });
}

/** @throws CommandRefusal */
export function parseHead(text: string): Head {
  const match = HEAD.exec(text.trim());
  if (!match)
    throw new CommandRefusal('A head is of the form sequence:digest, as "portillon audit verify" prints it');
  return { sequence: Number(match[1]), digest: match[2]! };
}

function report(verification: Verification, noted: Head | undefined): string[] {
  const { findings, moreFindings, doubts } = verification;
  const wrong = findings.map(({ text }) => `WRONG  ${text}`);
  if (moreFindings > 0) wrong.push(`WRONG  … and ${moreFindings} more findings.`);
  const unsure = doubts.map(({ text }) => `UNSURE ${text}`);
  return [...summary(verification), ...wrong, ...unsure, verdictText(verification, noted), STATISTICS];
}

function summary({ seals, lines, purgedThrough, foundationThrough, waiting, head }: Verification): string[] {
  return [
    `${seals} seals over ${lines} lines read; ${waiting} waiting for their seal.`,
    ...(purgedThrough > 0
      ? [`The lines of seals 1 to ${purgedThrough} were purged; their seals stand.`]
      : []),
    ...(foundationThrough > 0
      ? [`Seals 1 to ${foundationThrough} cover lines from before lines were marked, as they were found.`]
      : []),
    `Head: ${head ? textOf(head) : 'none: nothing was sealed yet'}`,
  ];
}

function verdictText({ verdict }: Verification, noted: Head | undefined): string {
  if (verdict === 'NOT PROVEN') return 'NOT PROVEN.';
  if (verdict === 'INCONCLUSIVE')
    return 'INCONCLUSIVE: nothing wrong was found, but not everything could be checked.';
  const whole = 'PROVEN: nothing that was sealed was altered, removed, slipped in or put in another order';
  if (noted) return `${whole}, and the journal still holds what was noted as ${noted.sequence}.`;
  return `${whole}. Keep the head outside of the database and give it next time (--head): only that shows a cut-off end.`;
}

function textOf({ sequence, digest }: Head): string {
  return `${sequence}:${digest}`;
}
