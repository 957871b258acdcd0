import type { INestApplicationContext } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import {
  conflictText,
  KeyAnnouncementService,
  KeyRotationService,
  KeyUse,
  RunningInstance,
} from '@portillon/persistence';
import { newKeyText } from '../../settings/demo-keys';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

const HERE = 'the settings of this command';
const AGAIN = 'Then run this command again.';

/**
 * Reports the progress of a rotation and its next step, and changes nothing. Creates the new key when no rotation is in
 * progress.
 */
export async function rotateKeys(): Promise<void> {
  await withTables(async (app) => {
    for (const line of [...(await present(app)), '', ...(await next(app))]) console.log(line);
  });
}

/** Lists the keys, the instances that have them and the data that they encrypted. */
async function present(app: INestApplicationContext): Promise<string[]> {
  const { ids } = app.get(Keyring);
  const running = await app.get(KeyAnnouncementService).running();
  const uses = await app.get(KeyRotationService).used();
  return [
    `SECRET_KEYS here: ${ids.join(', ')}. The first makes, all are read.`,
    ...(running.length === 0 ? ['No instance runs now.'] : running.map(instanceText)),
    ...uses.map((use) => useText(use, ids)),
  ];
}

function instanceText({ name, keyIds }: RunningInstance): string {
  return `Running: ${name} with ${keyIds.join(', ')}.`;
}

function useText({ keyId, what, rows, vouched }: KeyUse, ids: readonly string[]): string {
  const gone = vouched ? 'not here, and a younger key vouches for them' : 'not here: they cannot be read';
  return `Made by ${keyId}: ${rows} ${what}${ids.includes(keyId) ? '' : ` (${gone})`}.`;
}

async function next(app: INestApplicationContext): Promise<string[]> {
  const conflict = await app.get(KeyAnnouncementService).conflict();
  if (conflict) throw new CommandRefusal(`Mend this first: SECRET_KEYS here ${conflictText(conflict)}.`);
  const { ids } = app.get(Keyring);
  const rotation = await app.get(KeyRotationService).state(HERE);
  switch (rotation.step) {
    case 'none':
      return firstStep(ids);
    case 'adding':
      return [
        `Step 1 of 2, under way: ${rotation.keyId} is still to be added, last, to SECRET_KEYS of: ${rotation.waitingFor.join(', ')}.`,
        AGAIN,
      ];
    case 'added':
      return secondStep(ids, rotation.keyId);
    case 'changing':
      return [
        `Step 2 of 2, under way: ${rotation.makers.map(makerText).join('; ')}. Put the new one first everywhere.`,
        AGAIN,
      ];
  }
}

function makerText({ keyId, names }: { keyId: string; names: string[] }): string {
  return `${keyId} makes at ${names.join(', ')}`;
}

function firstStep(ids: readonly string[]): string[] {
  const [first, ...older] = ids;
  const retired =
    older.length === 0
      ? []
      : [
          `${first} makes everywhere. ${older.join(', ')} may leave SECRET_KEYS once nothing above is made by it, or nothing that is still wanted.`,
        ];
  const key = newKeyText();
  return [
    ...retired,
    `To rotate, step 1 of 2: add this new key, last, to SECRET_KEYS of every instance and worker, one after the other:`,
    '',
    `  SECRET_KEYS=<as it is now>,${key}`,
    '',
    'Then run this command again with the same setting: it says when step 2 may begin. The key is shown once.',
  ];
}

function secondStep(ids: readonly string[], keyId: string): string[] {
  const order = [keyId, ...ids.filter((id) => id !== keyId)].map((id) => `${id}:…`).join(',');
  return [
    `Step 1 of 2 is done: every running instance has ${keyId}. If one that is stopped now has not, add it there before it starts.`,
    `Step 2 of 2: put ${keyId} first on every instance and worker, one after the other:`,
    '',
    `  SECRET_KEYS=${order}`,
    '',
    AGAIN,
  ];
}
