import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from '../settings/settings';

/** Opens the operations port of a server or a worker, until the process is stopped. */
export async function openOperations(
  app: INestApplicationContext,
  { opsHost, opsPort }: Settings,
): Promise<void> {
  if (opsPort === 0) return;
  const { startOperationsServer } = await import('@portillon/operation');
  const server = await startOperationsServer(app, { host: opsHost, port: opsPort });
  process.once('SIGTERM', () => void server.close());
  process.once('SIGINT', () => void server.close());
}
