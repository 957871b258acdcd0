import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { conflictText, KeyAnnouncementService } from '@portillon/persistence';
import { CommandRefusal } from '../commands/refusal';

/**
 * Has the others know of this process and its keys.
 *
 * @throws CommandRefusal when its keys and those of a running process do not go together: a step of a rotation was skipped.
 */
export async function announceKeys(app: INestApplicationContext, instance: string): Promise<void> {
  const announcements = app.get(KeyAnnouncementService);
  const conflict = await announcements.announce(instance);
  if (!conflict) return;
  const waitMs = announcements.overAt(conflict.instance).getTime() - app.get(Clock).now().getTime();
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  throw new CommandRefusal(
    `SECRET_KEYS ${conflictText(conflict)}. ` +
      `If ${conflict.instance.name} was killed and runs no more, start again in ${seconds} s.`,
  );
}
