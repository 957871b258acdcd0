import type { TLSSocket } from 'node:tls';

const sockets = new WeakSet<TLSSocket>();

/** Remembers that this connection is one of the card's own port, where certificates are asked for. */
export function markCardTls(socket: TLSSocket): void {
  sockets.add(socket);
}

export function endsCardTls(socket: TLSSocket): boolean {
  return sockets.has(socket);
}
