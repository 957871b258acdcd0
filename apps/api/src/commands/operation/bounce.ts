import { UnreachableAddressService } from '@portillon/auth';
import { BounceService } from '@portillon/notification';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

/** A report holds the header of a mail of ours, and a few words of each server. */
const LARGEST_BYTES = 1024 * 1024;
/** Of sysexits.h, which Postfix's pipe(8) reads: it gives up the message on EX_DATAERR, and tries again on EX_TEMPFAIL. */
const EX_OK = 0;
const EX_DATAERR = 65;
const EX_TEMPFAIL = 75;

/** Reads a delivery report from standard input. What hinders it, such as the database, leaves it in the queue. */
export async function readBounce(): Promise<void> {
  process.exitCode = EX_TEMPFAIL;
  process.exitCode = await read();
}

async function read(): Promise<number> {
  const message = await standardInput();
  if (!message) {
    console.error('too large to be a report on a mail of ours');
    return EX_DATAERR;
  }
  return withTables(async (app, settings) => {
    if (!settings.mail?.bounces) throw new CommandRefusal('MAIL_BOUNCE is not set');
    const bounce = await app.get(BounceService).read(message);
    const isNew =
      bounce.status === 'unreachable' && (await app.get(UnreachableAddressService).record(bounce));
    console.log(
      isNew ? `account ${bounce.accountId}: unreachable (${bounce.code})` : `nothing new: ${bounce.status}`,
    );
    return bounce.status === 'not-ours' ? EX_DATAERR : EX_OK;
  });
}

/** Returns undefined when the mail is too large; the rest of it is not read. */
async function standardInput(): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
