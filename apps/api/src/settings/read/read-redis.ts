import { isSentinelUrl, sentinelAddress } from '@portillon/rate-limit';
import type { EnvironmentReader } from '../environment-reader';
import { isLoopback } from '@portillon/http';

/** Where the limits are counted: one server, or the master that sentinels name. */
export function redisUrl(read: EnvironmentReader, production: boolean): string | null {
  const allowPlain = read.yes('REDIS_ALLOW_PLAIN');
  const mayBePlain = !production || allowPlain;
  return isSentinelUrl(read.text('REDIS_URL') ?? '')
    ? ofSentinels(read, mayBePlain)
    : ofServer(read, mayBePlain);
}

function ofServer(read: EnvironmentReader, mayBePlain: boolean): string | null {
  const url = read.url('REDIS_URL', ['redis:', 'rediss:']);
  if (!url) return null;
  const { pathname, protocol, hostname } = new URL(url);
  if (!/^\/?\d*$/.test(pathname)) read.refuse('REDIS_URL', 'must end in a number, its database');
  else if (protocol === 'redis:' && !isLoopback(hostname) && !mayBePlain)
    read.refuse('REDIS_URL', 'must be rediss:// in production, or set REDIS_ALLOW_PLAIN=true');
  return url;
}

function ofSentinels(read: EnvironmentReader, mayBePlain: boolean): string | null {
  const url = read.text('REDIS_URL')!;
  const sentinels = sentinelAddress(url);
  if (!sentinels)
    read.refuse(
      'REDIS_URL',
      'must be redis+sentinel://:password@host:26379,host:26379,host:26379/name/database',
    );
  // Wherever the sentinels are, the master that they name may be on another machine.
  else if (!sentinels.tls && !mayBePlain)
    read.refuse('REDIS_URL', 'must be rediss+sentinel:// in production, or set REDIS_ALLOW_PLAIN=true');
  return url;
}
