import { createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AccountService } from '@portillon/account';
import { PeopleExportService } from '@portillon/administration';
import { withTables } from '../database/tables';
import { CommandRefusal } from '../refusal';

export interface PeopleExportOptions {
  by: string;
  second: string;
  reason: string;
}

/** Readable by their owner alone: the file has the digests of passwords. */
const OWN_FILE = 0o600;

/** Writes everyone into a file that `move-in` reads, once a second administrator gave the code that was sent to them. */
export async function exportPeople(
  path: string,
  options: PeopleExportOptions,
  ask: (question: string) => Promise<string> = askHere,
): Promise<void> {
  if (existsSync(path)) throw new CommandRefusal(`${path} exists: name another file`);
  await withTables(async (app) => {
    const service = app.get(PeopleExportService);
    const find = async (username: string) => {
      const account = await app.get(AccountService).findByUsername(username);
      if (!account) throw new CommandRefusal(`No account named ${username}`);
      return account;
    };
    const deciders = { requester: await find(options.by), second: await find(options.second) };
    const address = await service.request(deciders);
    const code = await ask(`A code was sent to ${address}. Enter it: `);
    await service.confirm(deciders, code.trim(), options.reason);
    let count = 0;
    const lines = async function* () {
      for await (const person of service.people()) {
        count++;
        yield `${JSON.stringify(person)}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(path, { mode: OWN_FILE, flags: 'wx' }));
    console.log(`${count} people are in ${path}, with the digests of their passwords: keep it encrypted.`);
  });
}

async function askHere(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
