import { Logger } from '@nestjs/common';
import type { Settings } from '../settings/settings';

/** Logs warnings about the settings for the operator, when a server or a worker starts. */
export function logWarnings({ warnings }: Settings): void {
  const logger = new Logger('Settings');
  for (const warning of warnings) logger.warn(warning);
}
