import { LostEnd, LostEndService } from '@portillon/audit';
import type { SeenMark } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import { KeyAnnouncementService, RestoreService } from '@portillon/persistence';
import { PERSISTENCE_PARTS } from '../../persistence-parts';
import { parseHead } from '../operation/audit';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from './tables';

interface CleanOptions {
  lostSeconds?: boolean;
  seen?: string[];
}

const EVENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Ends all that a restored backup has revived, or that may have ended in lost seconds, before the first instance serves. */
export async function cleanRestored({ lostSeconds = false, seen = [] }: CleanOptions): Promise<void> {
  const marks = seen.map(markOf);
  await withTables(async (app) => {
    const running = await app.get(KeyAnnouncementService).running();
    if (running.length > 0) throw new CommandRefusal(runningText(running.map(({ name }) => name)));
    const end = await app.get(LostEndService).compare(marks);
    const tables = await app
      .get(RestoreService)
      .clean(PERSISTENCE_PARTS, lostSeconds ? 'last-seconds' : 'backup');
    const data = {
      ...(end.from && { lostFrom: end.from.toISOString() }),
      lostUntil: (end.until ?? app.get(Clock).now()).toISOString(),
    };
    await recordAct(app, lostSeconds ? { name: 'database_end_lost', data } : { name: 'backup_restored' });
    console.log(`Emptied: ${tables.join(', ')}.`);
    console.log(lostText(end, marks.length));
    console.log(
      'People sign in again with a code. Next: "portillon audit verify --head", then start the instances.',
    );
  });
}

function lostText({ missing, from, until }: LostEnd, seen: number): string {
  const last = `The last event is of ${textOf(from)}`;
  if (seen === 0)
    return `${last}: later ones may be missing. Give what your logs or your SIEM received (--seen) to know.`;
  if (missing.length === 0) return `${last}, and nothing that was seen elsewhere is missing.`;
  return `Events are missing from ${textOf(from)} to ${textOf(until)}: ${missing.length} of ${seen} that were seen elsewhere.`;
}

function textOf(time: Date | null): string {
  return time?.toISOString() ?? 'an unknown time';
}

/** @throws CommandRefusal */
function markOf(text: string): SeenMark {
  return EVENT_ID.test(text) ? text : parseHead(text);
}

function runningText(names: string[]): string {
  return `Stop every instance and worker first, or wait 90 seconds after one was killed: ${names.join(', ')}`;
}
