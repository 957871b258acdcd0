import { describeGate } from './harness/gate-ways';
import { guideBlock } from './harness/guide-block';

describe('an application behind Traefik', () => {
  describeGate((proxy, { application, portillon, timeoutMs }) => {
    const block = guideBlock('traefik.md', 'yaml', [
      ['app.example', 'app.test'],
      ['3s', `${timeoutMs}ms`],
      application,
      portillon,
    ]);
    return proxy.startTraefik(block);
  });
});
