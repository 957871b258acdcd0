import { connect, TLSSocket } from 'node:tls';

export interface Handshake {
  /** Whether an earlier session was taken up again. */
  resumed: boolean;
  session: Buffer | undefined;
}

/** One TLS handshake and what the server did in it. `session`: that of an earlier one, as browsers keep it. */
export async function handshake(
  port: number,
  host: string,
  card: { cert: Buffer; key: Buffer },
  version: 'TLSv1.2' | 'TLSv1.3',
  session?: Buffer,
): Promise<Handshake> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: host,
    rejectUnauthorized: false,
    minVersion: version,
    maxVersion: version,
    ...card,
    ...(session ? { session } : {}),
  });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const resumed = socket.isSessionReused();
  const kept = await sessionOf(socket, host);
  socket.destroy();
  return { resumed, session: kept };
}

/** In TLS 1.3 it comes after the handshake, with the first answer at the latest. */
async function sessionOf(socket: TLSSocket, host: string): Promise<Buffer | undefined> {
  let kept = socket.getSession();
  socket.on('session', (session) => (kept = session));
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await new Promise((resolve) => {
    socket.on('data', () => undefined).once('close', resolve);
    setTimeout(resolve, 1_000);
  });
  return kept;
}
