import { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Messages of Nest about its own start: each module and each route. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Under this name Nest logs why it did not start: the command line does so itself, in a sentence. */
const STARTING = 'ExceptionHandler';

/** Writes the lines of Nest's loggers with pino, under the name of their component. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, component?: string): void {
    this.logger[component && FRAMEWORK.has(component) ? 'debug' : 'info']({ component }, String(message));
  }

  debug(message: unknown, component?: string): void {
    this.logger.debug({ component }, String(message));
  }

  verbose(message: unknown, component?: string): void {
    this.logger.trace({ component }, String(message));
  }

  warn(message: unknown, component?: string): void {
    this.logger.warn({ component }, String(message));
  }

  fatal(message: unknown, component?: string): void {
    this.logger.fatal({ component }, String(message));
  }

  /** Nest passes the stack, when there is one, before the name of the component. */
  error(message: unknown, ...rest: (string | undefined)[]): void {
    const [component, stack] = rest.reverse();
    this.logger[component === STARTING ? 'debug' : 'error']({ component, stack }, String(message));
  }
}
