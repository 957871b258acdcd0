import { once } from 'node:events';
import { connect, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SECOND } from '../clock';

/** Time limit of one look, with name resolution and handshake. */
const PATIENCE_MS = 3 * SECOND;

/** The end of a certificate, as the server of a dependency presents it. */
export interface PresentedCertificate {
  /** The setting that has the address of the server. */
  setting: string;
  /** Host and port of the server. */
  subject: string;
  validTo: Date;
}

interface TlsEndpoint {
  /** The setting that has its address. */
  setting: string;
  host: string;
  port: number;
  /** Has the server begin TLS on a plain connection. Default: it begins with TLS. */
  startTls?: (socket: Socket) => Promise<void>;
}

/** Looks at the certificate that a server presents now. @throws Error when it presents none within 3 s */
async function presentedCertificate(endpoint: TlsEndpoint): Promise<PresentedCertificate> {
  const { setting, host, port, startTls } = endpoint;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const socket = connect({ host, port, signal }).on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal });
    await startTls?.(socket);
    // Nothing secret is sent: the date is also read of a certificate that has expired or that no authority signed.
    const secure = connectTls({ socket, servername: isIP(host) ? '' : host, rejectUnauthorized: false });
    await once(secure, 'secureConnect', { signal });
    const validTo = new Date(secure.getPeerX509Certificate()!.validTo);
    return { setting, subject: `${host}:${port}`, validTo };
  } finally {
    socket.destroy();
  }
}

/** As {@link presentedCertificate} for several servers; those without an answer are left out. */
export async function presentedCertificates(endpoints: TlsEndpoint[]): Promise<PresentedCertificate[]> {
  const looks = await Promise.allSettled(endpoints.map(presentedCertificate));
  return looks.flatMap((look) => (look.status === 'fulfilled' ? look.value : []));
}
