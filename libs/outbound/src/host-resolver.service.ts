import { lookup } from 'node:dns/promises';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { Injectable } from '@nestjs/common';

/** Resolves names with the machine's resolver. */
@Injectable()
export class HostResolver {
  resolve(host: string, options: LookupOptions): Promise<LookupAddress[]> {
    return lookup(host, { ...options, all: true });
  }
}
