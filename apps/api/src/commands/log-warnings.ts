import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/settings';

/** Logs what an operator should know of the settings when a server or a worker starts. */
export function logWarnings({ warnings }: Settings): void {
  const logger = new Logger('Settings');
  for (const warning of warnings) logger.warn(warning);
}
