import type { INestApplicationContext } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import { KeyAnnouncementService, KeyRotationService } from '@portillon/key-rotation';
import { conflictText } from '../keys/conflict-text';
import { fine, Finding, wrong } from './finding';

/** Whether these keys go with those of the processes that run, and read what is kept. */
export async function examineKeys(app: INestApplicationContext): Promise<Finding> {
  const conflict = await app.get(KeyAnnouncementService).conflict();
  if (conflict) return wrong('keys', `SECRET_KEYS ${conflictText(conflict)}`);
  const unreadable = await app.get(KeyRotationService).unreadable();
  if (unreadable.length > 0) {
    const things = unreadable.map(({ keyId, what, rows }) => `${rows} ${what} of ${keyId}`).join(', ');
    return wrong('keys', `SECRET_KEYS cannot read ${things}`, 'add the key, or have these given again');
  }
  const [first, ...others] = app.get(Keyring).ids;
  const read = others.length === 0 ? '' : `; ${others.join(', ')} read`;
  const running = (await app.get(KeyAnnouncementService).running()).length;
  return fine('keys', `${first} makes${read}; ${running} running instance(s) can read it`);
}
