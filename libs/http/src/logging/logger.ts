import { hostname } from 'node:os';
import pino, { DestinationStream, Level, Logger } from 'pino';
import { currentRequestId } from '../request-id';

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
