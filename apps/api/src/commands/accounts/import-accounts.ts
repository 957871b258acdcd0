import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { AccountImport, AccountImportService } from '@portillon/account';
import { ImportJob, ImportProblemTextService, ImportsService } from '@portillon/administration';
import type { INestApplicationContext } from '@nestjs/common';
import { AppError, ErrorCatalogService } from '@portillon/kernel';
import { MigratorService } from '@portillon/persistence';
import { withContext } from '../context';
import { readInput, unreadableFile } from '../input-file';
import { CommandRefusal } from '../refusal';

export interface ImportOptions {
  dryRun?: boolean;
  goodLines?: boolean;
  undoWhenInterrupted?: boolean;
}

const ENDED = ['CHECKED', 'DONE', 'REFUSED', 'UNDONE', 'ABANDONED'];
const PAGE = 500;
const WAIT_MS = 200;

/** Imports a CSV file as the page does, and prints the outcome of each bad line. */
export async function importAccounts(path: string, options: ImportOptions): Promise<void> {
  await withContext(async (app) => {
    await app.get(MigratorService).migrate();
    const read = app.get(ImportsService).readFile(await contentOf(path), {
      mode: options.goodLines ? 'GOOD_LINES' : 'ALL_OR_NONE',
      whenInterrupted: options.undoWhenInterrupted ? 'UNDO' : 'RESUME',
      dryRun: options.dryRun === true,
      actorId: null,
      structureId: null,
    });
    const id = await read.catch((error: unknown) => refuseFile(error, app.get(ErrorCatalogService)));
    const job = await workOff(app, id);
    await printBadLines(app, id);
    const { MADE, INVITED, KEPT, FOUND, PROPOSED, BAD } = job.lines;
    const proposed = FOUND + PROPOSED > 0 ? ` ${FOUND + PROPOSED} membership(s) proposed,` : '';
    console.log(
      `${job.state}: ${job.total} line(s), ${MADE + INVITED + KEPT} account(s) made,${proposed} ${BAD} bad line(s).`,
    );
    if (job.state !== 'DONE' && job.state !== 'CHECKED') process.exitCode = 1;
  });
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await buffer(readInput(path));
  } catch (error) {
    throw unreadableFile(path, error);
  }
}

function refuseFile(error: unknown, catalog: ErrorCatalogService): never {
  if (!(error instanceof AppError) || !error.errors) throw error;
  throw new CommandRefusal(
    error.errors.map(({ field, code }) => `${field}: ${catalog.fieldText(code, 'en', field)}`).join('\n'),
  );
}

/** Here, or by a server that took it up first. */
async function workOff(app: INestApplicationContext, id: string): Promise<AccountImport> {
  for (;;) {
    const worked = await app.get(ImportJob).workOff();
    const job = (await app.get(AccountImportService).get(id))!;
    if (ENDED.includes(job.state)) return job;
    if (!worked) await pause(WAIT_MS);
  }
}

async function printBadLines(app: INestApplicationContext, id: string): Promise<void> {
  const texts = app.get(ImportProblemTextService);
  for (let after = 0; ;) {
    const lines = await app.get(AccountImportService).lines(id, { states: ['BAD'], after, limit: PAGE });
    for (const { line, problems } of lines)
      console.log(
        `line ${line}: ${problems.map((one) => `${one.field}: ${texts.text(one, 'en', true)}`).join(' ')}`,
      );
    if (lines.length < PAGE) return;
    after = lines.at(-1)!.line;
  }
}
