import { Injectable } from '@nestjs/common';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { mayConnect } from './address.policy';

/** Resolves names with the machine's resolver. */
@Injectable()
export class HostResolver {
  resolve(host: string, options: LookupOptions): Promise<LookupAddress[]> {
    return lookup(host, { ...options, all: true });
  }
}

/** The look-up for other clients, such as an agent of Node. `allow`: as in `OutboundOptions`. */
export const outboundLookup = (allow: readonly string[]) => guardedLookup(new HostResolver(), allow);

export const ADDRESS_REFUSED = 'OUTBOUND_ADDRESS_REFUSED';

/**
 * Checks addresses in the look-up of the connection itself, so that the socket uses the checked address and an answer
 * that changes in between is harmless. One refused address refuses the name.
 */
export function guardedLookup(resolver: HostResolver, allow: readonly string[]): LookupFunction {
  return (host, options, done) => {
    checked(resolver, allow, host, options).then(
      ([first, ...others]) =>
        options.all ? done(null, [first, ...others]) : done(null, first.address, first.family),
      (error: NodeJS.ErrnoException) => done(error, []),
    );
  };
}

async function checked(
  resolver: HostResolver,
  allow: readonly string[],
  host: string,
  options: LookupOptions,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolver.resolve(host, options);
  if (!first) throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
  const found: [LookupAddress, ...LookupAddress[]] = [first, ...others];
  if (found.every(({ address }) => mayConnect(address, host, allow))) return found;
  throw Object.assign(new Error(`${host} has an internal address`), { code: ADDRESS_REFUSED });
}
