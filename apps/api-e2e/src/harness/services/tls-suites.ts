import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** No forward secrecy, or CBC: who records a connection and steals the key later reads it. */
const WEAK = ['AES128-SHA', 'AES256-GCM-SHA384', 'ECDHE-RSA-AES128-SHA'];
const STRONG = 'ECDHE-RSA-AES128-GCM-SHA256';

/** Offers a port of TLS 1.2 one suite at a time: those that were taken. */
export async function suitesTaken(port: number, host: string): Promise<string[]> {
  const taken: string[] = [];
  for (const suite of [...WEAK, STRONG]) if (await isTaken(port, host, suite)) taken.push(suite);
  return taken;
}

async function isTaken(port: number, host: string, suite: string): Promise<boolean> {
  const to = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', host];
  const child = spawn('openssl', [...to, '-tls1_2', '-cipher', suite], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
