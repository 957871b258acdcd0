import { format } from 'node:util';
import type { Logger } from 'pino';

/**
 * Turns all output of this process into log lines: warnings of Node and libraries, messages of the command, and the reason
 * why the process ended. A collector of JSON lines loses all other lines.
 */
export function captureOutput(logger: Logger): void {
  const say =
    (level: 'info' | 'warn' | 'error') =>
    (...words: unknown[]) =>
      logger[level]({ component: 'console' }, format(...words).trim());
  const [info, warn, error] = [say('info'), say('warn'), say('error')];
  Object.assign(console, { log: info, info, debug: info, warn, error });
  // Node's own listener prints them.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => logger.warn({ component: 'node' }, `${name}: ${message}`));
  process.on('uncaughtException', ({ message, stack }) => {
    logger.fatal({ component: 'node', stack }, message);
    process.exit(1);
  });
}
