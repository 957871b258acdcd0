import { SigningKeyInfo, SigningKeyRotationService, SigningKeyService } from '@portillon/openid';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export async function listSigningKeys(): Promise<void> {
  await withTables(async (app) => {
    const keys = await app.get(SigningKeyService).list();
    if (keys.length === 0)
      console.log('None yet: the first token, or the first read of the keys, makes them.');
    for (const key of keys) console.log(lineOf(key));
  });
}

export async function prepareSigningKeys(): Promise<void> {
  await withTables(async (app) => {
    if (!(await app.get(SigningKeyRotationService).prepare()))
      throw new CommandRefusal('The next keys are made already');
    console.log(
      'Made and published. In a day every relying party has read them: run "keys signing rotate" then.',
    );
  });
}

export async function rotateSigningKeys(options: { now?: boolean }): Promise<void> {
  await withTables(async (app) => {
    const rotation = await app.get(SigningKeyRotationService).rotate(options);
    if (rotation.status === 'none-next')
      throw new CommandRefusal('There is no next key: run "keys signing next" first');
    if (rotation.status === 'too-soon') throw new CommandRefusal(waitText(rotation.readyAt));
    for (const key of rotation.keys) console.log(lineOf(key));
  });
}

function waitText(readyAt: Date): string {
  const from = `Relying parties have read the next keys at ${readyAt.toISOString()}`;
  return `${from}: run this again then. A key that was stolen is replaced at once with --now`;
}

function lineOf({ id, algorithm, state, createdAt, activatedAt, retiredAt }: SigningKeyInfo): string {
  const since = (retiredAt ?? activatedAt ?? createdAt).toISOString();
  return [id, algorithm, state, since].join('\t');
}
