import type { INestApplicationContext } from '@nestjs/common';
import { ConfigurationService, EntryChange, SectionName } from '@portillon/administration-configuration';
import { AppError, ErrorCatalogService, type FieldError } from '@portillon/kernel';
import { DispatcherService } from '@portillon/notification';
import { ConfigurationFile, WRONG_FILE } from './configuration-file';
import { printSchema } from './configuration-schema';
import { CommandRefusal } from '../refusal';
import { readSecret } from '../../settings/secret-reference';
import { withTables } from '../database/tables';

export interface ApplyCommandOptions {
  dryRun?: boolean;
  check?: boolean;
  schema?: boolean;
}

const DRIFT = 1;
const UNDECIDED = 2;
const PROGRESS_MS = 3_000;
const RUN_AGAIN = 'nothing of the file was applied, or all of it: run the command again';

/** Applies the configuration file, or prints what would change. */
export async function applyConfiguration(
  path: string | undefined,
  options: ApplyCommandOptions,
): Promise<void> {
  if (options.schema) return printSchema();
  if (path === undefined) throw new CommandRefusal('Name the file: portillon apply gate.yaml', WRONG_FILE);
  // For scripts that check for drift, 1 is an answer: an earlier failure gets another code.
  if (options.check) process.exitCode = UNDECIDED;
  const keep = !options.dryRun && !options.check;
  const file = await ConfigurationFile.read(path);
  const changes = await withTables(async (app) => {
    const applied = await apply(app, file, keep);
    if (keep) await sendInvitations(app, applied);
    return applied;
  });
  for (const line of linesOf(changes)) console.log(line);
  if (options.check) process.exitCode = changes.every(({ kind }) => kind === 'left-alone') ? 0 : DRIFT;
}

async function apply(
  app: INestApplicationContext,
  file: ConfigurationFile,
  keep: boolean,
): Promise<EntryChange[]> {
  try {
    return await app.get(ConfigurationService).apply(file.value, {
      secrets: readSecret,
      keep,
      onProgress: progressLines(),
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.errors)
      throw new CommandRefusal(faultsText(error, file, app.get(ErrorCatalogService)), WRONG_FILE);
    if (error.code === 'precondition.failed')
      throw new CommandRefusal(
        'Somebody changed the same at the same moment: nothing was applied. Run it again.',
      );
    if (error.code === 'service.busy')
      throw new CommandRefusal(`The database went away (${error.message}): ${RUN_AGAIN}`);
    throw error;
  }
}

/** On a terminal, a line every few seconds. */
function progressLines(): (done: number, total: number) => void {
  let printedAt = performance.now();
  return (done, total) => {
    if (!process.stderr.isTTY || performance.now() - printedAt < PROGRESS_MS) return;
    printedAt = performance.now();
    console.error(`${done} of ${total} entries…`);
  };
}

/** They leave with the outbox of a running server, or at once. */
async function sendInvitations(app: INestApplicationContext, changes: EntryChange[]): Promise<void> {
  const invited = changes.filter(({ section, kind }) => section === 'administrators' && kind === 'created');
  if (invited.length > 0) await app.get(DispatcherService).dispatchPending(invited.length);
}

function faultsText(
  { errors = [] }: AppError,
  file: ConfigurationFile,
  catalog: ErrorCatalogService,
): string {
  const sentence = ({ code, field }: FieldError) =>
    catalog.find(code)?.en.detail ?? catalog.fieldText(code, 'en', field);
  return errors.map((error) => `${file.place(error.field)} ${error.field}: ${sentence(error)}`).join('\n');
}

function linesOf(changes: EntryChange[]): string[] {
  const counted = (kind: EntryChange['kind']) => changes.filter((one) => one.kind === kind).length;
  return [
    ...changes.flatMap(({ section, name, kind, fields }) => [
      `${WORDS[kind].padEnd(10)}  ${THINGS[section]} ${name}`.trimEnd(),
      ...fields.flatMap((change) => fieldLines(change)),
    ]),
    `${counted('created')} created, ${counted('changed')} changed, ${counted('left-alone')} left alone.`,
  ];
}

const WORDS = { created: 'created', changed: 'changed', 'left-alone': 'left alone' } as const;

const THINGS: Record<SectionName, string> = {
  structures: 'structure',
  applications: 'application',
  webhooks: 'webhook',
  administrators: 'administrator',
  legalNotice: 'legal notice',
};

/** A secret has no value here, only where it is. */
function fieldLines({ field, from, to }: EntryChange['fields'][number]): string[] {
  if (field === 'secretRef') return [`            secret: from ${String(to)}`];
  return [`            ${field}: ${JSON.stringify(from) ?? 'none'} → ${JSON.stringify(to)}`];
}
