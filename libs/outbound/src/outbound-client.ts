import { rootCertificates } from 'node:tls';
import { Agent } from 'undici';
import { guardedLookup } from './guarded-lookup';
import type { HostResolver } from './host-resolver.service';
import type { OutboundOptions } from './outbound.options';

const MAX_ANSWER_BYTES = 256 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

/** Connections that go to checked addresses only, each for one request: none rides on a check of an hour ago. */
export function outboundAgent({ allow, authorities }: OutboundOptions, resolver: HostResolver): Agent {
  return new Agent({
    pipelining: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: {
      lookup: guardedLookup(resolver, allow),
      timeout: CONNECT_TIMEOUT_MS,
      ...(authorities ? { ca: [...rootCertificates, authorities] } : {}),
    },
  });
}
