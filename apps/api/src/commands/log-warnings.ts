import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/settings';

/** Tells the log what an operator should know of the settings that a server or a worker starts with. */
export function logWarnings({ warnings }: Settings): void {
  const logger = new Logger('Settings');
  for (const warning of warnings) logger.warn(warning);
}
