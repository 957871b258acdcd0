import { createServer } from 'node:net';

/** Whether another program listens on `port` of `host`. The server reports other reasons why it cannot listen. */
export function isTaken(port, host) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(error.code === 'EADDRINUSE'));
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}
