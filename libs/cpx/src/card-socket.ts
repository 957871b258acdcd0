import type { TLSSocket } from 'node:tls';

const sockets = new WeakSet<TLSSocket>();

/** Marks a connection of the card's own port, which requests certificates. */
export function markCardTls(socket: TLSSocket): void {
  sockets.add(socket);
}

export function endsCardTls(socket: TLSSocket): boolean {
  return sockets.has(socket);
}
