import { LoggerService } from '@nestjs/common';
import { hostname } from 'node:os';
import { format } from 'node:util';
import pino, { DestinationStream, Level, Logger } from 'pino';
import { currentRequestId } from './request-id';

/** Fields that may never reach a log, at any depth of a line. */
const SECRETS = [
  'password',
  'newPassword',
  'currentPassword',
  'code',
  'token',
  'cookie',
  'authorization',
  'phoneNumber',
];

export interface LogOptions {
  logLevel: Level | 'silent';
  logFormat: 'json' | 'pretty';
}

/** The name of a process among those that serve together: `role` is its port, or what else it does. */
export function instanceName(role: string | number): string {
  return `${hostname()}:${role}`;
}

/**
 * JSON lines, or readable ones in development. Each has the instance, its version and, within a request, the request id;
 * each logger adds a `component`.
 */
export function createLogger(
  { logLevel, logFormat }: LogOptions,
  base: { instance: string; version: string },
  output: DestinationStream = outputOf(logFormat),
): Logger {
  const options = {
    level: logLevel,
    base,
    mixin: () => ({ requestId: currentRequestId() }),
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRETS.flatMap((name) => [`body.${name}`, `headers.${name}`, `req.headers.${name}`]),
      censor: '[secret]',
    },
    serializers: { err: pino.stdSerializers.err },
  };
  return pino(options, output);
}

function outputOf(logFormat: LogOptions['logFormat']): DestinationStream {
  if (logFormat === 'json') return pino.destination({ sync: true });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 20 ms that production does not pay
  const pretty = require('pino-pretty') as typeof import('pino-pretty');
  return pretty({
    sync: true,
    singleLine: true,
    ignore: 'pid,hostname,instance,version',
    translateTime: 'SYS:HH:MM:ss',
  });
}

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
