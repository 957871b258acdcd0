import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LIST = join(__dirname, '../../../../../libs/gate/src/proxies/client-headers.json');
const NAMES = JSON.parse(readFileSync(LIST, 'utf8')) as string[];
/** No proxy writes it into a header. */
const MARK = 'evil';

interface Reply {
  status: number;
  text: string;
}

/**
 * Forges every header of the gate's list, one in a request: as it is written, and with underscores, which CGI reads as
 * hyphens. Resolves to those that reached the application, which echoes what it received.
 */
export async function forgedHeadersThatPass(
  ask: (headers: Record<string, string>) => Promise<Reply>,
): Promise<string[]> {
  const found: string[] = [];
  for (const name of new Set(NAMES.flatMap((one) => [one, one.replaceAll('-', '_'), one.replace('-', '_')])))
    found.push(...thatPass(await ask({ [name]: `${MARK}-${name}` })));
  return found;
}

function thatPass({ status, text }: Reply): string[] {
  if (status !== 200) return [];
  const { headers } = JSON.parse(text) as { headers: Record<string, string> };
  return Object.keys(headers).filter((name) => headers[name]!.includes(MARK));
}
