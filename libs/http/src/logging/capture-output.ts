import { format } from 'node:util';
import type { Logger } from 'pino';

/**
 * Has all that this process would print become lines of the log: what Node and the libraries warn of, what the command has
 * to say, and why the process ended. What collects JSON lines loses any other line, the last one first.
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
