import type { DataWord } from '@portillon/audit';
import { isAmong, isSameSecret } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { TLSSocket } from 'node:tls';
import { endsCardTls } from '../card-server.service';
import { pemToDer } from './certificate';
import type { CpxOptions } from '../cpx.options';

/** Why a certificate header is not trusted. */
type HeaderFault = DataWord<'why'>;

export type Presentation =
  | { status: 'presented'; der: Buffer }
  | { status: 'missing' }
  /** A client other than our proxy claims that a certificate was presented. */
  | { status: 'forged'; why: HeaderFault };

/** Longer than any card's certificate once URL-encoded. */
const LONGEST_HEADER = 12 * 1024;

/** The certificate that was presented in TLS: to ourselves, or to the proxy that proves itself. */
export function presentedCertificate(request: FastifyRequest, options: CpxOptions): Presentation {
  const { socket } = request.raw;
  if (socket instanceof TLSSocket && endsCardTls(socket)) return ofSocket(socket);
  const header = request.headers['x-client-cert'];
  if (!header) return { status: 'missing' };
  const fault = headerFault(socket.remoteAddress, request.headers, options);
  return fault ? { status: 'forged', why: fault } : ofHeader(header);
}

function headerFault(
  peer: string | undefined,
  headers: IncomingHttpHeaders,
  { proxySecret, trustedProxies }: CpxOptions,
): HeaderFault | undefined {
  if (proxySecret === null) return 'no-proxy';
  if (!isAmong(peer, trustedProxies)) return 'untrusted-address';
  return isSameSecret(headers['x-portillon-proxy-secret'], proxySecret) ? undefined : 'wrong-proxy-proof';
}

function ofSocket(socket: TLSSocket): Presentation {
  const certificate = socket.getPeerX509Certificate();
  return certificate ? { status: 'presented', der: certificate.raw } : { status: 'missing' };
}

/** Turns an unreadable header into an empty certificate, which the verifier refuses with the reason. */
function ofHeader(header: string | string[]): Presentation {
  const nothing: Presentation = { status: 'presented', der: Buffer.alloc(0) };
  if (Array.isArray(header) || header.length > LONGEST_HEADER) return nothing;
  try {
    const der = pemToDer(decodeURIComponent(header));
    return der ? { status: 'presented', der } : nothing;
  } catch {
    return nothing;
  }
}
