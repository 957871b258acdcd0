import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import clientHeaders from './client-headers.json';
import { ProxyHeaders } from './gated-request';

const GUIDE = join(__dirname, '../../../../docs/guide/integrate');
/** What these proxies set themselves, whatever a client sends. */
const OWN: Record<string, RegExp> = {
  // Caddy without `trusted_proxies`; Traefik without `forwardedHeaders`.
  caddy: /^x-forwarded-(?:for|host|proto)$/,
  traefik: /^x-(?:forwarded-(?:for|host|proto|port|server|method|uri)|real-ip)$/,
  // The gate's answer has each of them, and overwrites the client's.
  envoy: /^(?:remote-(?:user|groups|name|email|structure)|portillon-assertion)$/,
};

const read = (file: string) => readFileSync(join(GUIDE, file), 'utf8');

describe.each(['caddy', 'envoy', 'haproxy', 'nginx', 'traefik'])('the guide for %s', (proxy) => {
  it('removes or sets every header that a client may forge', () => {
    const page = read(`${proxy}.md`).toLowerCase();
    const blocks = [...page.matchAll(/^```[a-z]+\n(.*?)^```/gms)].map(([, text]) => text!).join();
    const names = new Set(blocks.match(/(?<![a-z])[a-z]+(?:-[a-z]+)*/g));
    const prefixes = [...blocks.matchAll(/([a-z][a-z-]*-)(?:\*| -m beg)/g)].map(([, prefix]) => prefix!);
    const isRemoved = (name: string) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
    const left = clientHeaders.filter((name) => !isRemoved(name) && !OWN[proxy]?.test(name));
    expect(left).toEqual([]);
  });
});

describe('the guide for Apache', () => {
  it.each(['apache', 'apache-api'])('%s includes the file that removes them', (page) => {
    expect(read(`${page}.md`)).toContain('\n  Include /etc/apache2/portillon-headers.conf\n');
  });

  it('removes each header in every way of writing, since Apache has no pattern for names', () => {
    const lines = clientHeaders.flatMap(waysOfWriting).map((name) => `RequestHeader unset ${name} early\n`);
    expect(read('portillon-headers.conf').replace(/^#.*\n/gm, '')).toBe(lines.join(''));
  });
});

it('is refused by the gate when it is written with underscores', () => {
  for (const name of clientHeaders.flatMap(waysOfWriting).filter((way) => way.includes('_')))
    expect([name, new ProxyHeaders([name, 'x']).fault()]).toEqual([name, 'header-underscore']);
});

/** A name with a hyphen or an underscore at each place of a hyphen. */
function waysOfWriting(name: string): string[] {
  const [first = '', ...others] = name.split('-');
  return others.reduce((ways, part) => ways.flatMap((way) => [`${way}-${part}`, `${way}_${part}`]), [first]);
}
