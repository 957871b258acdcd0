import { AuditSealService, AuditVerifierService, Head, Verification } from '@portillon/audit';
import { MigratorService } from '@portillon/persistence';
import { withContext } from './context';
import { Refusal } from './refusal';

const HEAD = /^(\d{1,9}):([0-9a-f]{64})$/;

/** Proves the journal, and says in plain words what is wrong with it; exit code 1 when something is. */
export async function verifyAudit(options: { head?: string }): Promise<void> {
  const noted = options.head === undefined ? undefined : parseHead(options.head);
  await withContext(async (app) => {
    if (await app.get(MigratorService).pending())
      throw new Refusal('The database is behind this version: run "portillon migrate"');
    const verification = await app.get(AuditVerifierService).verify(noted, (lines) => {
      console.error(`… ${lines.toLocaleString('en')} lines read`);
    });
    for (const line of report(verification, noted)) console.log(line);
    process.exitCode = verification.proven ? 0 : 1;
  });
}

/** Seals now what has no seal yet: before the journal is copied or taken over. */
export async function sealAudit(): Promise<void> {
  await withContext(async (app) => {
    const seals = app.get(AuditSealService);
    let sealed = 0;
    for (let lines = await seals.seal(); lines > 0; lines = await seals.seal()) sealed += lines;
    const { head } = await seals.state();
    console.log(`${sealed} line(s) sealed. Head: ${head ? textOf(head) : 'none'}`);
  });
}

function parseHead(text: string): Head {
  const match = HEAD.exec(text.trim());
  if (!match)
    throw new Refusal('A head is of the form sequence:digest, as "portillon audit verify" prints it');
  return { sequence: Number(match[1]), digest: match[2]! };
}

function report(verification: Verification, noted: Head | undefined): string[] {
  const { proven, findings, moreFindings } = verification;
  const told = findings.map(({ text }) => `WRONG  ${text}`);
  if (moreFindings > 0) told.push(`WRONG  … and ${moreFindings} more findings.`);
  return [...summary(verification), ...told, proven ? provenText(verification, noted) : 'NOT PROVEN.'];
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

function provenText({ head }: Verification, noted: Head | undefined): string {
  const whole = 'PROVEN: nothing that was sealed was altered, removed, slipped in or put in another order';
  if (noted) return `${whole}, and the journal still holds what was noted as ${noted.sequence}.`;
  if (!head) return `${whole}.`;
  return `${whole}. Keep the head outside of the database and give it next time (--head): only that shows a cut-off end.`;
}

function textOf({ sequence, digest }: Head): string {
  return `${sequence}:${digest}`;
}
