import { LoggerService } from '@nestjs/common';
import pino, { Logger } from 'pino';
import { Settings } from '../settings/settings';

/** What may never reach a log, wherever it stands in a line. */
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

/** JSON lines, or readable ones in development. */
export function createLogger(settings: Pick<Settings, 'logLevel' | 'logFormat'>): Logger {
  const options = {
    level: settings.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRETS.flatMap((name) => [`body.${name}`, `headers.${name}`, `req.headers.${name}`]),
      censor: '[secret]',
    },
    serializers: { err: pino.stdSerializers.err },
  };
  if (settings.logFormat === 'json') return pino(options);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 20 ms that production does not pay
  const pretty = require('pino-pretty') as typeof import('pino-pretty');
  return pino(
    options,
    pretty({ sync: true, singleLine: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}

/** Nest's own lines, through the same logger. Its start-up chatter is for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  debug(message: unknown): void {
    this.logger.debug(String(message));
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.logger.error({ stack: typeof stack === 'string' ? stack : undefined }, String(message));
  }
}
