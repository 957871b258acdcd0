import { createServer } from 'node:net';

/** Whether another program listens on `port` of `host`. What else keeps us from listening is for the server to tell. */
export function isTaken(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code === 'EADDRINUSE'));
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}
